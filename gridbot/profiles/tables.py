"""Reading values out of a profile's tables, with complaints that name file and key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from gridbot.errors import BadInput

Table = Mapping[str, object]
T = TypeVar("T")


class Tables:
    """One profile file's tables; every complaint is a BadInput that names the file and the key."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def text(self, table: Table, key: str, default: str) -> str:
        value = table.get(key, default)
        if not isinstance(value, str):
            raise self.wrong(key, "write a text in quotation marks")
        return value

    def number(self, table: Table, key: str, default: int) -> int:
        value = table.get(key, default)
        if not isinstance(value, int):
            raise self.wrong(key, "write a whole number")
        return value

    def count(self, value: object, key: str) -> bool:
        """Whether a number of people is more than none; raises for what is no whole number."""
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.wrong(key, "write a whole number")
        return value > 0

    def strings(self, table: Table, key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(key, 'write a list of texts: ["…", "…"]')
        return tuple(value)

    def sub(self, table: Table, key: str) -> Table:
        return self.table(table.get(key, {}), key)

    def table(self, value: object, key: str) -> Table:
        if not isinstance(value, dict):
            raise self.wrong(key, "must be a table")
        return value

    def tried(self, key: str, make: Callable[[str], T], text: str) -> T:
        try:
            return make(text)
        except (ValueError, BadInput) as error:
            raise self.wrong(key, str(error)) from error

    def wrong(self, key: str, hint: str) -> BadInput:
        return BadInput(f"key {key}", file=self.file, hint=hint)
