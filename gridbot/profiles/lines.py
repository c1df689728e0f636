"""Where a key stands in a TOML file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_HEADER = re.compile(r"\s*\[+([^\[\]]+)\]+\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")


def find(files: Iterable[Path], key: str) -> tuple[Path, int] | None:
    """The file and line (from 1) that has `key`, dotted from the top, else the nearest table above it.

    Of several files the first that has it; None where no part of it is written anywhere.
    """
    known = [(file, dict(_keys(file))) for file in files]
    while key:
        for file, lines in known:
            if key in lines:
                return file, lines[key]
        key = key.rpartition(".")[0]
    return None


def _keys(file: Path) -> Iterator[tuple[str, int]]:
    table = ""
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
        if header := _HEADER.match(line):
            table = _plain(header[1])
            yield table, number
        elif key := _KEY.match(line):
            yield f"{table}.{_plain(key[1])}" if table else _plain(key[1]), number


def _plain(key: str) -> str:
    return re.sub(r"[\s\"']", "", key)
