"""An index of some rows of a table only: what is done needs no place in the index of what waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tortoise.indexes import Index


class Where(Index):
    """The rows for which `where` (SQL) holds; a query has to say as much to use it."""

    def __init__(self, *, fields: Sequence[str], where: str) -> None:
        super().__init__(fields=tuple(fields))
        self.where, self.extra = where, f" WHERE {where}"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"where": self.where}
