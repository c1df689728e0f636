"""From tables of text to typed rows, with what is wrong in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from gridbot.errors import BadInput
from gridbot.org.files import Table, read_tables
from gridbot.org.rows import Cell, Finding, OrgFiles, Row
from gridbot.org.sheets import BY_NAME, Column, Kind, Sheet

_NUMBERED = re.compile(r"(?:第)?([0-9A-Za-z]+)\s*(?:号楼|号院|栋|幢|座|楼|单元|门|号房|室|号|房)")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00(?::00)?)?")
_BETWEEN = re.compile(r"[;；、]")
ENDLESS = 1_000_000
_YES = ("yes", "y", "是", "true", "1", "户主")
_NO = ("no", "n", "否", "不是", "false", "0", "")


def read(path: Path) -> OrgFiles:
    """Read an org: a directory of CSV files or a workbook.

    Faults of single cells become findings; raises BadInput for what cannot be read at all.
    """
    findings: list[Finding] = []
    sheets: dict[str, tuple[Row, ...]] = {}
    for name, table in read_tables(path).items():
        if name not in BY_NAME:
            findings.append(_unknown_sheet(table, name))
            continue
        sheets[name] = tuple(_rows(BY_NAME[name], table, findings))
    if not sheets:
        raise BadInput(
            "里面没有组织数据",
            file=path,
            hint=f"至少要有一个：{'、'.join(f'{name}.csv' for name in BY_NAME)}",
        )
    return OrgFiles(path, sheets, tuple(findings))


def _unknown_sheet(table: Table, name: str) -> Finding:
    near = get_close_matches(name, BY_NAME, n=1)
    hint = f"是不是 {near[0]}？" if near else f"认识的有：{'、'.join(BY_NAME)}"
    return Finding(table.file, None, f"不认识“{name}”这张表，没有读", hint, fatal=False)


def _rows(sheet: Sheet, table: Table, findings: list[Finding]) -> list[Row]:
    if not table.header:
        return []
    columns = [
        _Cells(index, column, _limit(sheet, column)) for index, column in _columns(sheet, table, findings)
    ]
    rows = []
    for number, cells in table.lines:
        if len(cells) > len(table.header) and any(cells[len(table.header) :]):
            what = f"这一行有 {len(cells)} 格，表头只有 {len(table.header)} 列"
            findings.append(
                Finding(table.file, number, what, "多半是多了逗号；含逗号的内容请加双引号", fatal=True)
            )
            continue
        values: dict[str, Cell] = {}
        for column in columns:
            try:
                values[column.name] = column.value(cells[column.index] if column.index < len(cells) else "")
            except ValueError as error:
                what, _, hint = str(error).partition("|")
                findings.append(Finding(table.file, number, f"{column.name} {what}", hint, fatal=True))
        if len(values) == len(columns):
            rows.append(Row(table.file, number, values))
    return rows


class _Cells:
    """The cells of one column of a file: where they stand, and how they are read."""

    __slots__ = ("_column", "_limit", "_parse", "index", "name")

    def __init__(self, index: int, column: Column, limit: int) -> None:
        self.index, self.name = index, column.name
        self._column, self._limit = column, limit
        self._parse = None if column.kind is Kind.TEXT else _KINDS[column.kind]

    def value(self, text: str) -> Cell:
        """Raises ValueError("what|hint")."""
        if "\x00" in text:
            raise ValueError("里有不可见的字符|请重新输入这一格")
        if not text and self._column.filled:
            raise ValueError("是空的|这一格必须填写")
        value = text if self._parse is None else self._parse(self._column, text)
        if isinstance(value, str) and len(value) > self._limit:
            raise ValueError(f"太长，有 {len(value)} 个字|最多 {self._limit} 个字")
        return value


def _limit(sheet: Sheet, column: Column) -> int:
    """The most characters its field holds."""
    return int(getattr(sheet.model._meta.fields_map[column.at], "max_length", None) or ENDLESS)


def _columns(sheet: Sheet, table: Table, findings: list[Finding]) -> list[tuple[int, Column]]:
    found: list[tuple[int, Column]] = []
    for index, name in enumerate(table.header):
        column = sheet.column(name)
        if column is None:
            if name:
                near = get_close_matches(name, [each.name for each in sheet.columns], n=1)
                hint = (
                    f"是不是 {near[0]}？"
                    if near
                    else f"认识的列有：{'、'.join(c.name for c in sheet.columns)}"
                )
                findings.append(Finding(table.file, 1, f"不认识“{name}”这一列，没有读", hint, fatal=False))
        elif any(column is other for _, other in found):
            findings.append(Finding(table.file, 1, f"“{name}”这一列出现了两次", "请删去一列", fatal=True))
        else:
            found.append((index, column))
    have = {column.name for _, column in found}
    for column in sheet.columns:
        if column.needed and column.name not in have:
            hint = f"第一行写列名：{','.join(each.name for each in sheet.columns)}"
            findings.append(Finding(table.file, 1, f"缺少“{column.name}”这一列", hint, fatal=True))
    return found


def _text(_: Column, text: str) -> Cell:
    return text


def _number(_: Column, text: str) -> Cell:
    if text.isdecimal():
        return text
    match = _NUMBERED.fullmatch(text)
    return match[1] if match else text


def _count(_: Column, text: str) -> Cell:
    if not text:
        return None
    if not text.isdecimal() or len(text) > 9:
        raise ValueError(f"“{text}”不是数|请写整数，例如 421，或留空")
    return int(text)


def _day(_: Column, text: str) -> Cell:
    if not text:
        return None
    match = _DAY.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise ValueError(f"“{text}”不是日期|请写成 2026-03-02 的样子") from None


def _list(_: Column, text: str) -> Cell:
    if not _BETWEEN.search(text):
        return (text,) if text else ()
    parts = (part.strip() for part in _BETWEEN.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _yes_no(_: Column, text: str) -> Cell:
    folded = text.lower()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise ValueError(f"“{text}”看不懂|请写 yes 或 no")


def _choice(column: Column, text: str) -> Cell:
    if not text:
        return ""
    chosen = column.choices.get(text.lower())
    if chosen is None:
        raise ValueError(f"“{text}”看不懂|请写 {' 或 '.join(dict.fromkeys(column.choices.values()))}")
    return chosen


_KINDS: dict[Kind, Callable[[Column, str], Cell]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.COUNT: _count,
    Kind.DAY: _day,
    Kind.LIST: _list,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
}


def written(value: object) -> str:
    """A cell as it is written to a file: the inverse of reading."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ";".join(map(str, value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
