"""五必到, 四必清, campaigns, crises and registers of a profile: the values, and how they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time

from gridbot.profiles.spans import Span
from gridbot.profiles.tables import Table, Tables

SpanOf = Callable[[Table, str, str], Span]


SHORTENED = 3  # characters of a name from which on some of it may be left out


def _in_order(part: str, whole: str) -> bool:
    """Whether the characters of a word stand in another in this order."""
    rest = iter(whole)
    return all(sign in rest for sign in part)


@dataclass(frozen=True, slots=True)
class MustVisit:
    """An event at which somebody has to be at the door in time.

    `words` of staff call for it; reports of these `categories` do so by themselves.
    """

    zh: str
    within: Span
    words: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Care:
    """What an office does for households beyond their reports."""

    must_visits: tuple[MustVisit, ...] = ()
    sheets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # 家庭情况 → its fields
    area_sheets: frozenset[str] = frozenset()  # sheets of a grid, the others are of each household
    fresh_months: int = 12  # a field is clear while it is newer
    key_classes: frozenset[str] = frozenset()  # classes that are never read without a trace
    campaigns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # templates of checklists
    needs: Mapping[str, int] = field(default_factory=dict)  # 就医 → 1: who goes first in a crisis
    need_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # 就医 → 去医院, 透析
    registers: tuple[str, ...] = ()
    messages_a_day: int = 5  # reminders that can wait, for one worker
    quiet: tuple[time, time] | None = None  # from one evening to the next morning; None: the office's own

    def must_visit(self, name: str) -> MustVisit | None:
        """The event of that name, or the one whose name holds it: 纠纷, 突发困难 of 突发生活困难."""
        known = self.must_visits
        exact = next((one for one in known if one.zh == name), None)
        part = exact or next((one for one in known if name and name in one.zh), None)
        short = len(name) >= SHORTENED
        return part or next((one for one in known if short and _in_order(name, one.zh)), None)

    def called_by(self, text: str) -> MustVisit | None:
        """The event whose words stand in a text."""
        return next((one for one in self.must_visits if any(word in text for word in one.words)), None)

    def need_in(self, text: str) -> str | None:
        """What of `needs` a text begins with, else the most pressing of those whose words it has."""
        begun = next((one for one in self.needs if text.startswith(one)), None)
        told = (one for one, words in self.need_words.items() if any(word in text for word in words))
        return begun or min(
            (one for one in told if one in self.needs), key=self.needs.__getitem__, default=None
        )

    def of_category(self, category: str, sub: str | None = None) -> MustVisit | None:
        """The event that a report of a category (or of category/sub) is."""
        named = {category, f"{category}/{sub}"}
        return next((one for one in self.must_visits if named & set(one.categories)), None)


def care(tables: Tables, table: Table, span: SpanOf) -> Care:
    """Read [must_visit], [clear], [campaigns], [crisis], [crisis_words] and [registers]."""
    usual = Care()
    clear, crisis = tables.sub(table, "clear"), tables.sub(table, "crisis")
    spoken = tables.sub(table, "crisis_words")
    sheets, templates = tables.sub(clear, "sheets"), tables.sub(table, "campaigns")
    events = tables.sub(table, "must_visit")
    return Care(
        must_visits=tuple(_event(tables, key, tables.table(one, key), span) for key, one in events.items()),
        sheets={name: tables.strings(sheets, name) for name in sheets},
        area_sheets=frozenset(tables.strings(clear, "areas")),
        fresh_months=tables.number(clear, "fresh_months", usual.fresh_months),
        key_classes=frozenset(tables.strings(table, "key_classes")),
        campaigns={name: tables.strings(templates, name) for name in templates},
        needs={name: tables.number(crisis, name, 9) for name in crisis},
        need_words={name: tables.strings(spoken, name) for name in spoken},
        registers=tables.strings(table, "registers"),
        quiet=_quiet(tables, tables.text(table, "quiet", "")),
        messages_a_day=tables.number(table, "messages_a_day", usual.messages_a_day),
    )


def _quiet(tables: Tables, text: str) -> tuple[time, time] | None:
    """21:00-08:00: over midnight."""
    if not text:
        return None
    begins, _, ends = text.replace("：", ":").partition("-")
    try:
        return time.fromisoformat(begins.strip().zfill(5)), time.fromisoformat(ends.strip().zfill(5))
    except ValueError:
        raise tables.wrong("quiet", '请写成 "21:00-08:00" 的样子') from None


def _event(tables: Tables, zh: str, table: Table, span: SpanOf) -> MustVisit:
    return MustVisit(
        zh,
        span(table, "within", f"must_visit.{zh}"),
        tables.strings(table, "words"),
        tables.strings(table, "categories"),
    )
