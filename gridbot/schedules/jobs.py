"""The shape of a job, and the table that names them: one file a job."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gridbot.messages import Say
from gridbot.models.duties import Due
from gridbot.world import World


class Late(StrEnum):
    """What becomes of an occurrence whose moment passed while nobody was running."""

    NOW = "now"  # do it now
    FOLD = "fold"  # several late occurrences of one subject become one
    SKIP = "skip"  # leave it out and say so in the digest


Run = Callable[[World, Sequence[Due], datetime], Awaitable[Sequence[Say]]]


@dataclass(frozen=True, slots=True)
class Job:
    """`run(world, rows, now)` does all rows of its kind that fell due at one moment (UTC)."""

    kind: str
    run: Run
    late: Late = Late.NOW
    grace_s: float = 3600  # how late is late


class Jobs:
    """Jobs by kind; each schedules/*.py file registers its own."""

    def __init__(self) -> None:
        self.table: dict[str, Job] = {}

    def on(self, kind: str, *, late: Late = Late.NOW, grace_s: float = 3600) -> Callable[[Run], Run]:
        def register(run: Run) -> Run:
            assert kind not in self.table, kind
            self.table[kind] = Job(kind, run, late, grace_s)
            return run

        return register
