"""Messages labelled with the moment they speak of: read from TOML or JSON lines, and scored.

TOML: tables of ``case`` (or ``[[cases]]``) with `text`, `start` and, where it was said at another moment than
the `at` of the file, `at`. JSON lines: one object each with the same keys. A table of ``case`` without
`start`, in a file that labels times, must be read without one. Moments without an offset are the place's own.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from gridbot.errors import BadInput, unreadable
from gridbot.nlp.labelled import AT
from gridbot.nlp.reader import Reader


@dataclass(frozen=True, slots=True)
class Timed:
    """A text said `at` a moment, and the `start` it speaks of (both aware); None where it speaks of none."""

    text: str
    at: datetime
    start: datetime | None


def load_times(file: Path, zone: tzinfo) -> list[Timed]:
    """The labelled times of one file, none where it has none; BadInput names file and line."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise unreadable(file, fault) from fault
    rows = _tables(file, text) if file.suffix == ".toml" else _lines(text)
    return [_timed(file, number, row, zone) for number, row in rows]


def right_times(reader: Reader, cases: Sequence[Timed]) -> tuple[Timed, ...]:
    """The cases whose start is read as labelled."""
    return tuple(case for case in cases if _start(reader, case) == case.start)


def _start(reader: Reader, case: Timed) -> datetime | None:
    when = reader.read(case.text, at=case.at).when
    return when.start if when is not None else None


def _tables(file: Path, text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise unreadable(file, fault) from fault
    said = {"at": document["at"]} if "at" in document else {}
    rows = document.get("case", [])
    if not any("start" in row for row in rows):
        rows = []
    more = [row for row in document.get("cases", []) if "start" in row and "text" in row]
    yield from enumerate([{**said, **row} for row in (*rows, *more)], 1)


def _lines(text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(text.splitlines(), 1):
        try:
            row = json.loads(line)
        except ValueError:
            continue  # said by whoever reads the kinds
        if isinstance(row, dict) and "start" in row:
            yield number, row


def _timed(file: Path, number: int, row: Mapping[str, object], zone: tzinfo) -> Timed:
    text = row.get("text")
    if not isinstance(text, str):
        raise BadInput("缺少 text", file=file, line=number, hint='请写 {"text": …, "start": …}')
    moments = [_moment(file, number, row.get(key), zone) for key in ("at", "start")]
    return Timed(text, moments[0] or AT, moments[1])


def _moment(file: Path, number: int, written: object, zone: tzinfo) -> datetime | None:
    if written is None:
        return None
    try:
        moment = written if isinstance(written, datetime) else datetime.fromisoformat(str(written))
    except ValueError as fault:
        raise BadInput("不是时间", file=file, line=number, hint="请写成 2026-11-22T08:30") from fault
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
