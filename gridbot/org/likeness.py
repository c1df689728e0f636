"""How a row of a file finds its like in the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gridbot.models.territory.org import Resident, Table
from gridbot.org.rows import Row
from gridbot.org.sheets import Sheet

Find = Callable[[Mapping[str, object]], Table | None]
"""Values of a row, by field → what the table holds of it."""


def finder(sheet: Sheet, there: Sequence[Table], rows: Sequence[Row]) -> Find:
    """By the sheet's key; a resident also by his account, where he was nameless or has moved."""
    if sheet.model is Resident:
        return _Residents([each for each in there if isinstance(each, Resident)], rows)
    key = [column.at for name in sheet.key if (column := sheet.column(name))]
    by_key = {tuple(getattr(each, name) for name in key): each for each in there}
    return lambda values: by_key.get(tuple(values.get(name) for name in key))


class _Residents:
    def __init__(self, there: Sequence[Resident], rows: Sequence[Row]) -> None:
        self.named = {(each.household, each.name): each for each in there if each.name}
        self.nameless = {(each.household, each.contact): each for each in there if not each.name}
        staying = {(row.text("household"), row.text("name")) for row in rows}
        self.movable = {
            (each.name, each.contact): each
            for each in there
            if each.contact and each.name and (each.household, each.name) not in staying
        }

    def __call__(self, values: Mapping[str, object]) -> Resident | None:
        home, name, contact = str(values["household"]), str(values["name"]), str(values.get("contact") or "")
        found = self.named.get((home, name)) or (self.nameless.get((home, contact)) if contact else None)
        return found or self.movable.pop((name, contact), None)
