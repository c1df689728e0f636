"""事项清单: which matters the office has taken on, by whose decision and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

DISPUTE, PARTY = "dispute", "party_veteran"
PLATFORMS = ("诉求办理", "纠纷化解", "便民服务", "智慧党建", "社区治理")


@dataclass(frozen=True, slots=True)
class Admission:
    """Who put an entry on the list, since when and until when (both days included; None: open)."""

    by: str
    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`entries` are keyed by category or category/sub; what has no entry was admitted by `by`, for good."""

    version: str = ""
    by: str = ""
    leaves_out: frozenset[str] = frozenset()
    entries: Mapping[str, Admission] = field(default_factory=dict)
    platforms: Mapping[str, str] = field(default_factory=dict)  # issue, service, category or category/sub

    def admission(self, category: str, sub: str | None = None) -> Admission:
        """By whom and until when an entry is on the list: the narrower entry counts."""
        return self.entries.get(f"{category}/{sub}") or self.entries.get(category) or Admission(self.by)

    def admits(self, category: str, sub: str | None, day: date) -> bool:
        """Whether a matter is on the list on a day."""
        if self.leaves_out & {category, f"{category}/{sub}"}:
            return False
        return self.admission(category, sub).covers(day)

    def platform(self, kind: str, category: str, sub: str | None) -> str:
        """Which of the top-level platforms a matter belongs to."""
        names = (f"{category}/{sub}", category, kind)
        return next((self.platforms[name] for name in names if name in self.platforms), PLATFORMS[0])
