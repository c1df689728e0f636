"""Tables in and out of files: CSV of whatever encoding, or a workbook with one sheet a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import python_calamine

from gridbot.errors import BadInput

BOOKS = (".xlsx", ".xls", ".ods")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as written: header and lines of text, each with its number in the file."""

    file: str
    header: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]


def read_tables(path: Path) -> dict[str, Table]:
    """Read a directory of CSV files, one of them, or a workbook; table name (lower case) → table.

    Raises BadInput where the path, a file or its encoding cannot be used.
    """
    if path.is_dir():
        files = sorted(each for each in path.iterdir() if each.suffix.lower() == ".csv")
        return {each.stem.lower(): _csv(each) for each in files}
    if not path.exists():
        raise BadInput("没有这个文件或目录", file=path, hint="请写组织目录，或一个 .xlsx 文件的路径")
    if path.suffix.lower() in BOOKS:
        return _book(path)
    if path.suffix.lower() == ".csv":
        return {path.stem.lower(): _csv(path)}
    raise BadInput("不是组织目录，也不是 .xlsx 文件", file=path, hint="请写放着 nodes.csv 等文件的目录")


def _csv(file: Path) -> Table:
    try:
        text = decode(file.read_bytes())
    except OSError as error:
        raise BadInput("读不了这个文件", file=file, hint=error.strerror or "请检查权限") from error
    except UnicodeDecodeError as error:
        raise BadInput("认不出文字编码", file=file, hint="请另存为 UTF-8 的 CSV") from error
    first = text.partition("\n")[0]
    separator = "\t" if "\t" in first and "," not in first else ","
    records = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return _table(str(file), _numbered(file, records))


def _numbered(file: Path, records: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on (a quoted cell may run over several lines)."""
    begins = 1
    while True:
        try:
            record = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadInput(
                "引号不成对，或这一行太长", file=file, line=begins, hint="请检查这一行的双引号"
            ) from error
        yield begins, record
        begins = records.line_num + 1  # type: ignore[attr-defined]


def decode(data: bytes) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM, else GBK; raises UnicodeDecodeError."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _book(path: Path) -> dict[str, Table]:
    try:
        book = python_calamine.load_workbook(str(path))
        names = book.sheet_names
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise BadInput("不是能读的工作簿", file=path, hint="请用 Excel 或 WPS 另存为 .xlsx") from error
    return {
        name.strip().lower().removesuffix(".csv"): _table(
            f"{path}[{name}]",
            ((number, [_cell(value) for value in row]) for number, row in enumerate(rows, start=1)),
        )
        for name, rows in sheets
    }


def _cell(value: object) -> str:
    """What a person sees in the cell: 302.0 is 302, a telephone number keeps all its digits."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _table(file: str, records: Iterator[tuple[int, list[str]]]) -> Table:
    header: tuple[str, ...] = ()
    lines: list[tuple[int, tuple[str, ...]]] = []
    for number, record in records:
        cells = tuple(cell.strip() for cell in record)
        if not any(cells):
            continue
        if not header:
            header = tuple(cell.lower() for cell in cells)
        else:
            lines.append((number, cells))
    return Table(file, header, tuple(lines))


def write_tables(path: Path, tables: Mapping[str, tuple[Sequence[str], Sequence[Sequence[str]]]]) -> None:
    """Write name → (header, lines): a workbook for a path ending in .xlsx, else a directory of CSV.

    CSV is UTF-8 with BOM, so that Excel and WPS show it rightly. Raises BadInput where it cannot be written.
    """
    try:
        if path.suffix.lower() == ".xlsx":
            _write_book(path, tables)
            return
        path.mkdir(parents=True, exist_ok=True)
        for name, (header, lines) in tables.items():
            with (path / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(header)
                writer.writerows(lines)
    except OSError as error:
        raise BadInput("写不进去", file=path, hint=error.strerror or "请换一个目录") from error


def _write_book(path: Path, tables: Mapping[str, tuple[Sequence[str], Sequence[Sequence[str]]]]) -> None:
    import xlsxwriter  # takes as long to load as all sheets do

    path.parent.mkdir(parents=True, exist_ok=True)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 — the same rows, the same bytes
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    for name, (header, lines) in tables.items():
        sheet = book.add_worksheet(name)
        sheet.set_column(0, max(len(header) - 1, 0), 16, text)
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(header):
            sheet.write_string(0, column, title, bold)
        for number, line in enumerate(lines, start=1):
            for column, value in enumerate(line):
                if value:
                    sheet.write_string(number, column, value, text)
    book.close()
    path.write_bytes(content.getvalue())
