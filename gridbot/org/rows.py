"""The values an org import is made of: cells, rows, what was found, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from gridbot.errors import BadInput

Cell = str | int | bool | date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an office clerk should know about a file; `fatal` ones stop the import.

    `what` and `hint` are Chinese sentences; `line` counts from 1, the header included.
    """

    file: str
    line: int | None
    what: str
    hint: str
    fatal: bool

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.what}" + (f"——{self.hint}" if self.hint else "")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of one sheet; `values` holds the columns its file has, by column name."""

    file: str
    line: int
    values: Mapping[str, Cell]

    def text(self, column: str) -> str:
        value = self.values.get(column)
        return value if isinstance(value, str) else ""

    def listed(self, column: str) -> tuple[str, ...]:
        value = self.values.get(column)
        return value if isinstance(value, tuple) else ()


@dataclass(frozen=True, slots=True)
class OrgFiles:
    """Everything read from one org, sheet name → rows, with what was found while reading."""

    path: Path
    sheets: Mapping[str, tuple[Row, ...]]
    findings: tuple[Finding, ...] = ()

    def rows(self, sheet: str) -> tuple[Row, ...]:
        return self.sheets.get(sheet, ())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or would do: sheet name → number of rows."""

    added: Mapping[str, int]
    changed: Mapping[str, int]
    unchanged: Mapping[str, int]
    removed: Mapping[str, int]  # posts that a person named in staff.csv no longer holds
    findings: tuple[Finding, ...]
    days: int  # days named in calendar.csv
    dry_run: bool = False

    @property
    def quiet(self) -> bool:
        """Did (or would) nothing change at all?"""
        return not any((*self.added.values(), *self.changed.values(), *self.removed.values()))


class OrgRefused(BadInput):
    """An org with fatal findings: the message is the first of them, `findings` holds all."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        first = next(each for each in findings if each.fatal)
        super().__init__(first.what, file=first.file, line=first.line, hint=first.hint)


@dataclass(frozen=True, slots=True)
class NodeFact:
    """What checking needs to know of a node."""

    parent: str
    name: str
    level: str
    profile: str
    declared: int | None = None
    kind: str = ""
    area: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class PostFact:
    """What checking needs to know of a post."""

    staff: str
    name: str
    role: str
    node: str
    contact: str = ""
    deputy_of: str = ""
    phone: str = ""
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DepartmentFact:
    """What checking needs to know of a department; `categories` are ids, as the table holds them."""

    id: str
    node: str
    categories: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """What checking needs to know of a landmark."""

    node: str
    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the installation holds already."""

    nodes: Mapping[str, NodeFact] = field(default_factory=dict)
    posts: tuple[PostFact, ...] = ()
    households: Mapping[str, str] = field(default_factory=dict)  # id → node
    departments: tuple[DepartmentFact, ...] = ()
    places: tuple[PlaceFact, ...] = ()


NOTHING = Known()
