"""A profile's list of duties with what proves each, and its sheet of indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gridbot.profiles.tables import Table, Tables

# What is on record anyway and may prove a duty; models/duty/worklist.py counts each.
PROOFS = (
    "facts", "presence", "homes", "campaigns", "opinions", "tickets", "services", "disputes", "patrols",
    "screenings", "visits", "calls", "talks", "look_ins", "announcements", "trainings", "diaries", "meetings",
    "emergencies", "fraud", "needs", "hazards",
)  # fmt: skip
RATES = ("on_time", "answered", "satisfied", "visited", "reported")


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something an office is measured by: its full mark, and the rate it comes from ("" by hand)."""

    name: str
    weight: float
    rate: str = ""


@dataclass(frozen=True, slots=True)
class Worklist:
    """`duties`: 信息登记 → its items → what proves each; `indicators` in the order of the sheet."""

    duties: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()


def worklist(tables: Tables, table: Table) -> Worklist:
    """Read [worklist] and [indicators]."""
    duties: dict[str, dict[str, str]] = {}
    for name, value in tables.sub(table, "worklist").items():
        items = tables.table(value, f"worklist.{name}")
        duties[name] = {
            item: _known(tables, f"worklist.{name}.{item}", proof, PROOFS) for item, proof in items.items()
        }
    indicators = []
    for name, value in tables.sub(table, "indicators").items():
        known = tables.table(value, f"indicators.{name}")
        weight = known.get("weight", 10)
        if isinstance(weight, bool) or not isinstance(weight, int | float) or weight <= 0:
            raise tables.wrong(f"indicators.{name}.weight", "请写大于 0 的数")
        rate = known.get("rate", "")
        indicators.append(
            Indicator(name, float(weight), _known(tables, f"indicators.{name}.rate", rate, ("", *RATES)))
        )
    return Worklist(duties, tuple(indicators))


def _known(tables: Tables, key: str, value: object, choices: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in choices:
        raise tables.wrong(key, f"请写其中一个：{' '.join(filter(None, choices))}")
    return value
