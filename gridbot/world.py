"""What every turn and every job may ask: the org, the texts, the calendar, the reader, the limits."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo
from functools import lru_cache, partial
from typing import TypeVar

from gridbot.messages import Address
from gridbot.models.territory.directory import Directory, Group
from gridbot.models.territory.namesakes import namesake
from gridbot.models.territory.people import Post
from gridbot.models.territory.reached import Place, newer
from gridbot.nlp import Kind, Reader, Reading, Scene, noticed
from gridbot.nlp.slots.node_names import node_names
from gridbot.nlp.slots.place import Gazetteer, PlaceName
from gridbot.services import Services
from gridbot.services import load as load_services
from gridbot.texts import Texts
from gridbot.workdays import WorkCalendar

FAR_NAME = 4  # characters from which the name of a place in another grid is told from everyday words
KEPT = 10_000  # entries of a cache; a full one starts anew

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Conduct:
    """The limits of contract 7 as numbers."""

    quiet_from: time
    quiet_until: time
    group_messages_a_day: int
    two_agree_from: int
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
    services: Services = field(default_factory=load_services)
    accounts: dict[str, str] = field(default_factory=dict)  # the bot's own, by transport
    reached: dict[str, Place] = field(default_factory=dict)  # by contact, where there are several
    org_changed: bool = False  # a turn changed the org: app.py reloads the directory before the next batch
    draw: Callable[[], str] = field(
        default=partial(secrets.token_urlsafe, 24)
    )  # a replay draws the same again
    local_readers: Mapping[str, Reader] = field(default_factory=dict)  # by node code, over `reader`
    _readings: dict[tuple[object, ...], Reading] = field(default_factory=dict)
    _gazetteers: OrderedDict[tuple[int, str], Gazetteer] = field(default_factory=OrderedDict)
    _neighbours: dict[tuple[object, ...], Gazetteer] = field(default_factory=dict)  # grids below one node
    _namesakes: dict[tuple[object, ...], Post | None] = field(default_factory=dict)
    _asked: tuple[datetime | None, time] = (None, time())  # a moment, and what clocks show here then

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone)

    def calendar_at(self, code: str) -> WorkCalendar:
        """The working calendar with the office hours in force at a node."""
        return self.calendar.with_hours(self.directory.profile(code).office_hours)

    def quiet(self, at: datetime, node: str = "") -> bool:
        """Whether groups and off-duty people (of a node, which may have its own hours) are left alone."""
        begins, ends = self.quiet_hours(node)
        if at is not self._asked[0]:  # a burst asks of one moment again and again
            self._asked = at, self.local(at).time()
        now = self._asked[1]
        return now >= begins or now < ends

    def quiet_ends(self, at: datetime, node: str = "") -> datetime:
        """The next end of the quiet hours."""
        return _next(at, self.quiet_hours(node)[1], self.zone)

    def quiet_hours(self, node: str) -> tuple[time, time]:
        """From when in the evening until when in the morning nobody of a node is disturbed."""
        own = self.directory.profile(node).care.quiet if node else None
        return own or (self.conduct.quiet_from, self.conduct.quiet_until)

    def midnight(self, at: datetime) -> datetime:
        """The beginning of this local day."""
        return datetime.combine(self.local(at).date(), time(), self.zone)

    def read(self, text: str, at: datetime, scene: Scene, *, slots: bool = True) -> Reading:
        """What a text means, as Reader.read tells it.

        The report a first look without slots found is still there when the turn comes.
        """
        key = (text, at, scene)
        reading = self._readings.pop(key, None) or self.reader_at(scene.node).read(
            text, at=at, scene=scene, slots=slots
        )
        if not slots and reading.kind is not Kind.NONE:
            _keep(self._readings, key, reading)
        return reading

    def already_read(self, text: str, at: datetime, scene: Scene, reading: Reading) -> None:
        """A report was read elsewhere, without slots: `read` goes on from there."""
        _keep(self._readings, (text, at, scene), reading)

    def reader_at(self, node: str) -> Reader:
        """The reader of the nearest node, this or above, that has rules of its own; else the common one."""
        if not self.local_readers or not node:
            return self.reader
        above = (self.local_readers.get(each.code) for each in self.directory.up(node))
        return next((reader for reader in above if reader is not None), self.reader)

    def read_by(self, reader: Reader, local: Mapping[str, Reader]) -> None:
        """From now on other rules hold; what was read by the old ones is forgotten."""
        self.reader, self.local_readers = reader, local
        self.forget_readings()

    def forget_readings(self) -> None:
        """No turn will ask for what was read so far."""
        self._readings.clear()

    @property
    def several(self) -> bool:
        """Whether people may be on one of several transports."""
        return len(self.accounts) > 1

    def private(self, contact: str, near: Address | None = None, node: str = "") -> Address:
        """The private chat with a contact, on the transport he is on.

        That is where he last spoke to the bot; of whom has not been heard the transport of his groups (a
        colleague's are those of his post, a resident's those of `node`), else `near`'s, else the primary.
        """
        default = near or self.primary
        if not self.several:
            return Address(default.transport, default.account, None, contact)
        if (place := self.reached.get(contact)) is not None and place.transport in self.accounts:
            return Address(place.transport, place.account, None, contact)
        nodes = [post.node for post in self.directory.posts_by_contact(contact)] or [node]
        transport = next(filter(None, map(self._transport_at, nodes)), default.transport)
        account = default.account if transport == default.transport else self.accounts[transport]
        return Address(transport, account, None, contact)

    def _transport_at(self, node: str) -> str:
        """The one transport the groups at a node, or the nearest above that has any, are on; "" for none."""
        known = self.directory.transports_at
        for above in self.directory.up(node) if node else ():
            if found := known.get(above.code):
                return min(found) if len(found) == 1 and found <= self.accounts.keys() else ""
        return ""

    def heard_from(self, contact: str, where: Address, group: Group | None) -> dict[str, Place]:
        """Remember where an account is, and a group whose transport nobody named; returns what is new."""
        self.accounts[where.transport] = where.account
        if where.transport == self.primary.transport and where.account != self.primary.account:
            self.primary = Address(where.transport, where.account)
        if not self.several:
            return {}
        keys = [contact] if contact else []
        if group is not None and not group.transport:
            keys.append(f"#{group.room}")
        new = {key: place for key in keys if (place := newer(self.reached.get(key), where)) is not None}
        self.reached |= new
        return new

    def room(self, group: Group) -> Address:
        """Where a group is: on its transport; where rooms.csv names none (and in replay) on the primary."""
        transport = group.transport if self.directory.by_transport else ""
        if not transport and (place := self.reached.get(f"#{group.room}")) is not None:
            return Address(place.transport, place.account, group.room)
        if transport in ("", self.primary.transport):
            return Address(self.primary.transport, self.primary.account, group.room)
        return Address(transport, self.accounts.get(transport, self.primary.account), group.room)

    def announced(self, text: str, sent_at: datetime | None, now: datetime) -> str:
        """The words of an announcement as they are true today: its 明天 may have come."""
        said_on = self.local(sent_at or now).date()
        return noticed.dated(text, said_on, self.local(now).date())

    def namesake(self, node: str, nickname: str) -> Post | None:
        """The colleague answerable for a node whose name a nickname is, or nearly is."""
        key = (self.directory.version, node, nickname)
        if key not in self._namesakes:
            posts = (post for above in self.directory.up(node) for post in self.directory.at(above.code))
            _keep(self._namesakes, key, namesake(nickname, posts))
        return self._namesakes[key]

    def gazetteer(self, node: str) -> Gazetteer:
        """The names of places that mean something at a node: its own, those above, those below, those of
        nobody; the names of the grids beside it; and what lies farther off in the same town, by names too
        long to be anybody's 小卖店. Where no node is known (a stranger in private) every name counts.
        """
        key = (self.directory.version, node)
        known = self._gazetteers.get(key)
        if known is None:
            if len(self._gazetteers) >= 2048:
                self._gazetteers.popitem(last=False)
            near = {"", *(n.code for n in self.directory.up(node)), *self.directory.under(node)}
            found = self.directory.landmarks_at(near) if node else self.directory.landmarks
            places = [PlaceName(p.name, p.aliases, p.kind, p.node or None) for p in found]
            written = {name for place in places for name in (place.name, *place.aliases)}
            places += self._far(node, near, written) if node else []
            beside = self._grids(node)
            known = self._gazetteers[key] = Gazetteer(places, beside) if places else beside
        return known

    def _far(self, node: str, near: Set[str], written: Set[str]) -> list[PlaceName]:
        """The places of the same town that lie in other grids, by their long names that mean nothing here."""
        directory = self.directory
        if not directory.landmarks:
            return []
        here = directory.grid(node)
        path = [each.code for each in directory.up(here)][: 3 if directory.is_grid(here) else 2]
        town = set(directory.under(path[-1])) - near if path else set()
        told = (
            (p, [w for w in (p.name, *p.aliases) if len(w) >= FAR_NAME and w not in written])
            for p in directory.landmarks_at(town)
        )
        return [PlaceName(words[0], tuple(words[1:]), p.kind, p.node) for p, words in told if words]

    def _grids(self, node: str) -> Gazetteer:
        """The names of the grids that mean something at a node: those below what is above it."""
        directory = self.directory
        here = directory.nodes.get(directory.grid(node)) if node else None
        above = here.parent if here is not None and directory.is_grid(here.code) else node
        key = (directory.version, above)
        if (known := self._neighbours.get(key)) is None:
            codes = directory.under(above) if above else list(directory.nodes)
            named = ((code, directory.nodes[code].name) for code in codes if directory.is_grid(code))
            known = Gazetteer(node_names(named))
            _keep(self._neighbours, key, known)
        return known


@lru_cache(maxsize=256)  # a burst asks of one moment again and again
def _next(at: datetime, clock: time, zone: tzinfo) -> datetime:
    """When clocks show a time next."""
    local = at.astimezone(zone)
    day = local.date() + timedelta(days=0 if local.time() < clock else 1)
    return datetime.combine(day, clock, zone)


def _keep(cache: dict[tuple[object, ...], T], key: tuple[object, ...], value: T) -> None:
    if len(cache) >= KEPT:
        cache.clear()
    cache[key] = value
