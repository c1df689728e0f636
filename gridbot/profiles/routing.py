"""Routes by kind of event, the duty ladder, whistles and emergency rosters as values of a profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gridbot.profiles.spans import Span, Unit

ANYTHING = "*"
URGENCIES = ("emergency", "high", "normal", "low", "grave")  # grave is what 急 … asks for


@dataclass(frozen=True, slots=True)
class Route:
    """Who gets a kind of event, in which order, whatever the tree of nodes says.

    `events` are `category`, `category/sub` or `*`; `urgencies` empty means any. A step names a level of
    the profile (its leader is meant) or a role. `at_once` get a card besides the first step. `big` makes
    it a joint task of `lead` and `support` (words that departments go by). `arrive` is the time in which
    whoever is `arrive_by` (the last step unless named) has to be there once he was called.
    """

    id: str
    zh: str
    events: tuple[str, ...]
    urgencies: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    at_once: tuple[str, ...] = ()
    big: bool = False
    lead: str = ""
    support: tuple[str, ...] = ()
    arrive: Span | None = None
    arrive_by: str = ""

    def weight(self, category: str, sub: str | None, urgency: str) -> int:
        """How closely the route fits: 0 not at all, more for a sub-category and a named urgency."""
        if self.urgencies and urgency not in self.urgencies:
            return 0
        fits = {ANYTHING: 1, category: 3, f"{category}/{sub}": 5}
        best = max((fits.get(event, 0) for event in self.events), default=0)
        return best + bool(self.urgencies) if best else 0

    @property
    def target(self) -> str:
        """The step that has to be on the spot within `arrive`."""
        return self.arrive_by or (self.steps[-1] if self.steps else "")


@dataclass(frozen=True, slots=True)
class Whistle:
    """吹哨–报告–报到: how long the town's desk may take to confirm, and a department to come."""

    confirm: Span = field(default=Span(30, Unit.WORKMINUTE))
    urgent: Span = field(default=Span(2, Unit.HOUR))
    ordinary: Span = field(default=Span(1, Unit.WORKDAY))


@dataclass(frozen=True, slots=True)
class Routing:
    """Everything a profile says about who is called when."""

    routes: tuple[Route, ...] = ()
    whistle: Whistle = Whistle()
    ladder: tuple[Span, ...] = (Span(5, Unit.MINUTE), Span(10, Unit.MINUTE), Span(15, Unit.MINUTE))
    escalate_after: Span = field(default=Span(1, Unit.WORKDAY))  # past the deadline: the next level has it
    hazards: tuple[str, ...] = ("safety_hazard",)  # categories that go through 发现 … 复核
    cluster: int = 3  # similar signals in one place that make a warning
    rosters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # kind of emergency → roles
    roster_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # kind → its other names

    def route(self, category: str, sub: str | None, urgency: str) -> Route | None:
        """The route that fits a matter most closely; of equals the first."""
        weighed = [(each.weight(category, sub, urgency), each) for each in self.routes]
        best = max((weight for weight, _ in weighed), default=0)
        return next((each for weight, each in weighed if weight == best), None) if best else None

    def roster(self, kind: str) -> tuple[str, tuple[str, ...]] | None:
        """The kind of emergency a word means, with the roles that are called to it."""
        for known, roles in self.rosters.items():
            words = self.roster_words.get(known, ())
            if known in kind or kind in known or any(word in kind for word in words):
                return known, roles
        return None

    def dead(self, matters: Sequence[tuple[str, str | None]]) -> Iterable[tuple[Route, tuple[Route, ...]]]:
        """Routes that none of the matters (category, sub) ever goes by, with those that go before them.

        Of two that contradict each other the later is left out: `conflicts` names it.
        """
        taken: dict[str, dict[str, Route]] = {each.id: {} for each in self.routes}
        for category, sub in matters:
            for urgency in URGENCIES:
                chosen = self.route(category, sub, urgency)
                for each in self.routes if chosen else ():
                    if chosen is not None and each.weight(category, sub, urgency):
                        taken[each.id][chosen.id] = chosen
        double = {other.id for _, other, _ in self.conflicts()}
        for each in self.routes:
            before = taken[each.id]
            if each.id not in before and each.id not in double:
                yield each, tuple(before.values())

    def conflicts(self) -> Iterable[tuple[Route, Route, str]]:
        """Pairs of routes of which nothing tells which one an event goes by."""
        for number, one in enumerate(self.routes):
            for other in self.routes[number + 1 :]:
                same_urgency = not one.urgencies and not other.urgencies
                if same_urgency or set(one.urgencies) & set(other.urgencies):
                    for event in one.events:
                        if event in other.events:
                            yield one, other, event
