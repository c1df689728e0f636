"""Appointments, points, scores and allowances: the values a profile holds of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Appointing:
    """Who may not be appointed, and how many households have to stand behind somebody.

    `forbidden` are kinds of people (三类人员): 在职干部, 长期外出, 无群众基础 are found by the program,
    others are for people to tell. `approves`: the level whose leader approves, "" for the second above.
    """

    forbidden: tuple[str, ...] = ()
    backing: int = 3
    approves: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """Points of households: at most `most_a_day`, one an hour, of an activity at most `most_hours`."""

    most_a_day: int = 30
    an_hour: int = 1
    most_hours: int = 2
    teams: Mapping[str, str] = field(default_factory=dict)  # name → what it does
    not_for: tuple[str, ...] = ()  # words of reasons that earn nothing: the number of reports


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """So many points for an event, at most `cap` (in absolute numbers) in a quarter."""

    id: str
    zh: str
    event: str
    points: float
    cap: float


@dataclass(frozen=True, slots=True)
class Scoring:
    """How a quarter is scored: a base, rules, and from how many points on there are 1, 2 … stars.

    `low` stars or fewer in `review_after` quarters running call for a review, which a person decides.
    """

    base: float = 60
    stars: tuple[int, ...] = (0, 50, 60, 75, 90)
    low: int = 2
    review_after: int = 3
    rules: tuple[ScoreRule, ...] = ()
    departments: tuple[ScoreRule, ...] = ()

    def star(self, total: float) -> int:
        """The stars a total is worth."""
        return sum(1 for least in self.stars if total >= least)


@dataclass(frozen=True, slots=True)
class Allowance:
    """Yuan a registered person and year, the part paid out every quarter, and how the rest is divided."""

    per_person: int = 10
    quarter_percent: int = 20
    weights: tuple[int, ...] = (0, 0, 1, 2, 3)  # parts of the reward by stars
    phone: tuple[int, ...] = (20, 20, 40, 60, 100)  # yuan a month by stars


@dataclass(frozen=True, slots=True)
class Merit:
    """Everything a profile says about people's standing."""

    appointing: Appointing = Appointing()
    points: Points = Points()
    scoring: Scoring = Scoring()
    allowance: Allowance = Allowance()
    emblems: tuple[str, ...] = ()  # the stars of an estate (五星小区)
    organisations: tuple[str, ...] = ()  # what every village should have
    discuss_days: int = 3  # how long neighbours may say what they think
