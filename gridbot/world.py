"""What every turn and every job may ask: the org, the texts, the calendar, the reader, the rules of conduct."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo

from gridbot.messages import Address
from gridbot.models.directory import Directory
from gridbot.nlp import Reader
from gridbot.nlp.slots.place import Gazetteer, PlaceName
from gridbot.texts import Texts
from gridbot.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Conduct:
    """The limits of contract 7 as numbers."""

    quiet_from: time
    quiet_until: time
    group_messages_a_day: int
    act_at: float
    ask_at: float
    burst: timedelta
    undo: timedelta
    keep_text: timedelta


@dataclass(frozen=True, slots=True)
class Office:
    """Who runs the bot, as people read it."""

    bot: str
    office: str
    phone: str
    url: str = ""


@dataclass(slots=True)
class World:
    """Made by app.py; `directory` is replaced when the org changes, everything else stays."""

    directory: Directory
    texts: Texts
    calendar: WorkCalendar
    reader: Reader
    conduct: Conduct
    office: Office
    zone: tzinfo
    primary: Address  # transport and account for what nobody's message caused
    org_changed: bool = False  # a turn changed the org: app.py reloads the directory before the next batch
    _gazetteers: OrderedDict[tuple[int, str], Gazetteer] = field(default_factory=OrderedDict)

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone)

    def quiet(self, at: datetime) -> bool:
        """Whether groups and off-duty people are left alone at this moment."""
        now = self.local(at).time()
        return now >= self.conduct.quiet_from or now < self.conduct.quiet_until

    def quiet_ends(self, at: datetime) -> datetime:
        """The next end of the quiet hours."""
        local = self.local(at)
        day = local.date() + timedelta(days=0 if local.time() < self.conduct.quiet_until else 1)
        return datetime.combine(day, self.conduct.quiet_until, self.zone)

    def midnight(self, at: datetime) -> datetime:
        """The beginning of this local day."""
        return datetime.combine(self.local(at).date(), time(), self.zone)

    def private(self, contact: str) -> Address:
        """The private chat with a contact on the primary transport."""
        return Address(self.primary.transport, self.primary.account, None, contact)

    def gazetteer(self, node: str) -> Gazetteer:
        """The names of places that mean something at a node: its own, those above, those below."""
        key = (self.directory.version, node)
        known = self._gazetteers.get(key)
        if known is None:
            if len(self._gazetteers) >= 2048:
                self._gazetteers.popitem(last=False)
            near = {n.code for n in self.directory.up(node)} | set(self.directory.under(node))
            known = self._gazetteers[key] = Gazetteer(
                [
                    PlaceName(p.name, p.aliases, p.kind, p.node)
                    for p in self.directory.landmarks
                    if p.node in near
                ]
            )
        return known
