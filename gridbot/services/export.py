"""How tickets leave for another platform: its columns, and its words for ours."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Map
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gridbot.errors import BadInput, unreadable

FILE = Path(__file__).with_name("export.toml")
FIELDS = (
    "no", "exported_no", "module", "line", "platform", "category", "sub", "gb39666", "scale", "urgency",
    "grid", "grid_name", "place", "summary", "opened_at", "state", "result", "resolved_at", "satisfaction",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mapping:
    """Columns as (title, field) in the platform's order, and its words for categories and urgencies."""

    zh: str
    columns: tuple[tuple[str, str], ...]
    modules: Map[str, str]
    gb39666: Map[str, str]
    scale: Map[str, str]
    urgency: Map[str, str]

    def module(self, category: str) -> str:
        """The platform's module for a category."""
        return self.modules.get(category) or self.modules.get("default", "")

    def scale_of(self, people: int) -> str:
        """How large a matter is, by how many reported it."""
        size = "one" if people < 2 else "some" if people < 10 else "many"
        return self.scale.get(size, "")


@cache
def load(file: Path = FILE) -> Mapping:
    """Read a mapping; raises BadInput naming file and key."""
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise unreadable(file, error) from error
    columns = []
    for each in data.get("column", []):
        title, field = each.get("title"), each.get("field")
        if not isinstance(title, str) or field not in FIELDS:
            raise BadInput(
                f"列「{title}」写得不对", file=file, hint=f"field 请写其中一个：{' '.join(FIELDS)}"
            )
        columns.append((title, str(field)))
    if not columns:
        raise BadInput("一列也没有", file=file, hint='请写 [[column]] title = "…" field = "no"')
    words = {
        name: _words(file, name, data.get(name, {})) for name in ("modules", "gb39666", "scale", "urgency")
    }
    return Mapping(str(data.get("zh", file.stem)), tuple(columns), **words)


def _words(file: Path, name: str, table: object) -> Map[str, str]:
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise BadInput(f"「{name}」写得不对", file=file, hint='请写成 我们的 = "他们的"')
    return table
