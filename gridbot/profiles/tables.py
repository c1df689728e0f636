"""Reading values out of a profile's tables, with complaints that name file and key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from gridbot.errors import BadInput
from gridbot.profiles import lines

Table = Mapping[str, object]
T = TypeVar("T")


class Tables:
    """One profile file's tables; every complaint is a BadInput that names file, line and key.

    `root` is what the file says, inherited things included; `files` are those it was made of, its own first.
    """

    def __init__(self, file: Path, root: Table, files: Sequence[Path]) -> None:
        self.file, self.root, self.files = file, root, files

    def text(self, table: Table, key: str, default: str) -> str:
        value = table.get(key, default)
        if not isinstance(value, str):
            raise self.wrong(self.named(table, key), "请写引号里的文字")
        return value

    def number(self, table: Table, key: str, default: int) -> int:
        value = table.get(key, default)
        if not isinstance(value, int):
            raise self.wrong(self.named(table, key), "请写整数")
        return value

    def count(self, value: object, key: str) -> bool:
        """Whether a number of people is more than none; raises for what is no whole number."""
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.wrong(key, "请写整数")
        return value > 0

    def strings(self, table: Table, key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(self.named(table, key), '请写成一串文字，例如 ["…", "…"]')
        return tuple(value)

    def sub(self, table: Table, key: str) -> Table:
        return self.table(table.get(key, {}), self.named(table, key))

    def table(self, value: object, key: str) -> Table:
        if not isinstance(value, dict):
            raise self.wrong(key, f"请写成一张表：[{key}]")
        return value

    def tried(self, key: str, make: Callable[[str], T], text: str, hint: str = "") -> T:
        try:
            return make(text)
        except BadInput as error:
            raise self.wrong(key, f"{error.what}，{error.hint}") from error
        except ValueError as error:
            raise self.wrong(key, hint or f"“{text}”看不懂，请照 docs/profiles.md 里的样子写") from error

    def wrong(self, key: str, hint: str) -> BadInput:
        file, line = lines.find(self.files, key) or (self.file, None)
        return BadInput(f"「{key}」写得不对", file=file, line=line, hint=hint)

    def missing(self, key: str, hint: str) -> BadInput:
        return BadInput(f"缺少「{key}」", file=self.file, hint=hint)

    def named(self, table: Table, key: str) -> str:
        """The key with the tables it stands in, from the top."""
        above = _path(self.root, table)
        return f"{above}.{key}" if above else key


def _path(root: Table, wanted: Table) -> str:
    """Where a table stands below another, dotted; "" for the root itself and for what is not there."""
    for key, value in root.items():
        if value is wanted:
            return key
        if isinstance(value, dict) and (below := _path(value, wanted)):
            return f"{key}.{below}"
    return ""
