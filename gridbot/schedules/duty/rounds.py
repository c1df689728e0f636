"""When a household is visited: by its class, by the last visit, spread over the period and the stairwells.

Pure: facts go in, visits to be stored come out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from gridbot.models import plain
from gridbot.models.duty.duties import Visit
from gridbot.models.duty.visits import Dwelling, Made, Open
from gridbot.profiles import Cadence, Profile
from gridbot.workdays import WorkCalendar

NEWCOMER = "新入户"
NEW_FOR = timedelta(days=30)  # who moved in longer ago was here before the bot was
LITTLE = 4  # less than one part in so many of a period is too little for all of its visits
LOOK_BACK = 15  # working days searched before the wanted day, when that is full


@dataclass(frozen=True, slots=True)
class Want:
    """A household is to be visited by a day; `spread`: any day up to it is as good."""

    dwelling: Dwelling
    by: date
    why: str
    person: str = ""
    spread: bool = False


@dataclass(slots=True)
class Rounds:
    """The plan of one grid for one worker. `load` (visits a day) is shared by all grids of the worker."""

    profile: Profile
    calendar: WorkCalendar
    today: date
    worker: str
    load: dict[date, int]
    new: list[Visit] = field(default_factory=list)
    changed: dict[int, Open] = field(default_factory=dict)
    _known: dict[frozenset[str], tuple[Cadence, date]] = field(default_factory=dict)

    def plan(
        self,
        dwellings: Sequence[Dwelling],
        owed: Iterable[Open],
        made: Mapping[str, Made],
        resting: Collection[str] = (),
    ) -> None:
        """Plan what is missing, move what has to come earlier, drop what is owed to nobody any more.

        Nothing new is planned for households that are `resting` (in hospital, moved away).
        """
        open_ones: dict[str, Open] = {}
        for visit in owed:
            open_ones.setdefault(visit.household, visit)
            self._keep_up(visit)
        homes = {dwelling.id for dwelling in dwellings}
        for visit in open_ones.values():
            if visit.household not in homes:
                self._change(visit, dropped=True)
        awake = [dwelling for dwelling in dwellings if dwelling.id not in resting]
        wants = [self._want(dwelling, made.get(dwelling.id, Made())) for dwelling in awake]
        firm = sorted((w for w in wants if not w.spread), key=lambda w: w.by)
        for want in firm:
            self._settle(want, open_ones.get(want.dwelling.id))
        self._spread([w for w in wants if w.spread], open_ones)

    def _keep_up(self, visit: Open) -> None:
        if visit.worker != self.worker:
            self._change(visit, worker=self.worker)

    def _change(self, visit: Open, **values: object) -> None:
        for name, value in values.items():
            setattr(visit, name, value)
        self.changed[visit.id] = visit

    def _want(self, dwelling: Dwelling, made: Made) -> Want:
        cadence, last_day = self._cadence(dwelling.classes)
        if dwelling.since is not None and self._is_new(dwelling.since, made):
            return Want(dwelling, dwelling.since + timedelta(days=self.profile.first_visit_days), NEWCOMER)
        last = made.at_the_door if cadence.at_the_door else made.at
        person = next((n for n, held in dwelling.people.items() if cadence.zh in held), "")
        if last is not None:
            by = cadence.period.after(self.calendar.day_of(last))
            return Want(dwelling, by, cadence.zh, person)
        return Want(dwelling, last_day, cadence.zh, person, spread=True)

    def _cadence(self, classes: frozenset[str]) -> tuple[Cadence, date]:
        """How often these classes are visited, and the last day of their period."""
        if classes not in self._known:
            cadence = self.profile.cadence(classes)
            self._known[classes] = cadence, self._end_of_window(cadence)
        return self._known[classes]

    def _is_new(self, since: date, made: Made) -> bool:
        visited = made.at is not None and self.calendar.day_of(made.at) >= since
        return not visited and self.today - since <= NEW_FOR

    def _end_of_window(self, cadence: Cadence) -> date:
        """The last day of the calendar period; a whole period from today where little of this one is left.

        An org that is entered in the last days of a quarter owes nobody all of the quarter's visits at once.
        """
        first, last = cadence.period.window(self.today)
        left = len(_workdays(self.calendar, self.today + timedelta(days=1), last))
        if left * LITTLE < len(_workdays(self.calendar, first, last)):
            return cadence.period.after(self.today)
        return last

    def _settle(self, want: Want, known: Open | None) -> None:
        """Plan one visit with a firm day; one already planned moves only when its reason has changed."""
        if known is None:
            self._add(want, self._free(want.by))
        elif _comes_earlier(want, known):
            self._move(known, want, self._free(want.by))

    def _spread(self, wants: Sequence[Want], open_ones: Mapping[str, Open]) -> None:
        """Give each household its share of the period, in the order of the stairwells."""
        by_end: dict[date, list[Want]] = {}
        for want in wants:
            known = open_ones.get(want.dwelling.id)
            if known is None or _comes_earlier(want, known):
                by_end.setdefault(want.by, []).append(want)
        for end in sorted(by_end):
            days = _workdays(self.calendar, self.today + timedelta(days=1), end)
            part = by_end[end]
            for number, want in enumerate(part):
                wanted = days[(2 * number + 1) * len(days) // (2 * len(part))]
                known = open_ones.get(want.dwelling.id)
                if known is None:
                    self._add(want, self._free(wanted))
                else:
                    self._move(known, want, self._free(wanted))

    def _add(self, want: Want, day: date) -> None:
        self.load[day] = self.load.get(day, 0) + 1
        self.new.append(
            plain.new(
                Visit, household=want.dwelling.id, grid=want.dwelling.node, person=want.person,
                worker=self.worker, due_on=day, why=want.why,
            )
        )  # fmt: skip

    def _move(self, known: Open, want: Want, day: date) -> None:
        assert known.due_on is not None
        self.load[known.due_on] = self.load.get(known.due_on, 1) - 1
        self.load[day] = self.load.get(day, 0) + 1
        self._change(known, due_on=day, why=want.why, reminded_on=None)

    def _free(self, wanted: date) -> date:
        """The last working day up to the wanted one with room for one more visit; else the first after it."""
        first = self.today
        day = self.calendar.workday_on_or_before(wanted)
        for _ in range(LOOK_BACK):
            if day < first:
                break
            if self._has_room(day):
                return day
            day = self.calendar.workday_on_or_before(day - timedelta(days=1))
        day = max(wanted, first)
        while not (self.calendar.is_workday(day) and self._has_room(day)):
            day += timedelta(days=1)
        return day

    def _has_room(self, day: date) -> bool:
        return self.load.get(day, 0) < self.profile.visits_a_day


@lru_cache(maxsize=64)
def _workdays(calendar: WorkCalendar, first: date, last: date) -> tuple[date, ...]:
    """The working days of a span, both ends included; every grid asks for the same few spans."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if calendar.is_workday(day))


def _comes_earlier(want: Want, known: Open) -> bool:
    """Whether a planned visit has another reason now and has to be made sooner."""
    return known.why != want.why and known.due_on is not None and want.by < known.due_on
