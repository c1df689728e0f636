"""What came of a replay, as one JSON object built from the rows and written piece by piece."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, tzinfo
from typing import IO, TypeVar

from tortoise.models import Model

from gridbot.models import acts, letters, plain
from gridbot.models.audit import Audit
from gridbot.models.cases import teamwork
from gridbot.models.cases.parties import Party
from gridbot.models.cases.serving import Filing, Offer, Told
from gridbot.models.cases.tickets import Candidate, History, Supporter, Ticket, TicketMessage
from gridbot.models.duty import arriving
from gridbot.models.duty.duties import AckRow, Announcement, DigestRow, Visit
from gridbot.models.duty.owed import Diary, Duty
from gridbot.models.mail import Inbox, Outbox
from gridbot.models.spreading import announcements, calling
from gridbot.models.spreading.calling import Mobilisation
from gridbot.replay.standing import Standing
from gridbot.world import World

Json = dict[str, object]
Section = Callable[[], AsyncIterator[Json]]

M = TypeVar("M", bound=Model)
CHUNK = 300  # rows held in memory at a time


class Report:
    """Reads the open database; `write` puts the whole object into a file, one row a line."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.sections: Mapping[str, Section] = {
            "tickets": self.tickets,
            "candidates": self.candidates,
            "visits": self.visits,
            "duties": self.duties,
            "announcements": self.announcements,
            "mobilisations": self.mobilisations,
            "digests": self.digests,
            "diaries": self.diaries,
            "told": self.told,
            "filings": self.filings,
            "offers": self.offers,
            **Standing(world.zone).sections,
        }

    async def write(self, file: IO[str]) -> None:
        file.write("{")
        for name, section in self.sections.items():
            file.write(f'\n"{name}": [')
            between = "\n "
            async for row in section():
                file.write(between + _dumped(row))
                between = ",\n "
            file.write("],")
        parts = {"inbox": asdict(await inbox()), "outbox": asdict(await outbox()), "audit": await audit()}
        file.write(",".join(f'\n"{name}": {_dumped(part)}' for name, part in parts.items()))
        file.write("\n}\n")

    async def tickets(self) -> AsyncIterator[Json]:
        async for rows in _chunks(Ticket, "no"):
            numbers = [row.no for row in rows]
            lines = _grouped(await _about(History, numbers), "ticket")
            said = _grouped(await _about(TicketMessage, numbers), "ticket")
            joined = _grouped(await _about(Supporter, numbers), "ticket")
            parts = _grouped(await teamwork.of_many(numbers), "ticket")
            for row in rows:
                told = self._ticket(row, lines[row.no], said[row.no], joined[row.no])
                yield {**told, **self._together(row, parts[row.no])}

    def _together(self, row: Ticket, parts: Iterable[Party]) -> Json:
        """By which route it went, who had to be there, who took part."""
        return {
            "scale": row.scale,
            "route": row.route or None,
            "lead": row.lead or None,
            "returns": row.returns,
            "arrive_due_at": self._at(row.arrive_due_at),
            "arrived_at": self._at(row.arrived_at),
            "parties": [
                {
                    "who": one.who,
                    "role": one.role,
                    "state": one.state,
                    "called_at": self._at(one.called_at),
                    "due_at": self._at(one.due_at),
                    "came_at": self._at(one.came_at),
                    "done_at": self._at(one.done_at),
                    "words": one.words,
                    "rating": one.rating or None,
                }
                for one in parts
            ],
        }

    def _ticket(
        self,
        row: Ticket,
        lines: Iterable[History],
        said: Iterable[TicketMessage],
        joined: Iterable[Supporter],
    ) -> Json:
        return {
            "no": row.no,
            "kind": row.kind,
            "category": row.category,
            "sub": row.sub,
            **self._kind(row),
            "urgency": row.urgency,
            "state": row.state,
            "node": row.node,
            "grid": row.grid,
            "place": row.place,
            "room": row.room,
            "reporters": [row.reporter] if row.reporter else [],
            "supporters": [one.contact for one in joined],
            "messages": [one.message for one in said],
            "assignee": row.assignee,
            "departments": list(row.departments),
            "opened_at": self._at(row.opened_at),
            "first_reply_at": self._at(row.first_reply_at),
            "due_at": self._at(row.due_at),
            "promised_at": self._at(row.promised_at),
            "resolved_at": self._at(row.resolved_at),
            "closed_at": self._at(row.closed_at),
            "satisfaction": row.satisfaction,
            "stage": row.stage,
            "return_due": self._at(row.return_due_at),
            "exported_no": row.exported_no,
            "history": [
                {
                    "at": self._at(one.at),
                    "what": one.what,
                    "by": one.by,
                    "role": one.role or None,
                    "from": one.was or None,
                    "to": one.now or None,
                    "note": one.note,
                }
                for one in lines
            ],
        }

    def _kind(self, row: Ticket) -> Json:
        """Line of business, platform and standard code, as the profile in force has them."""
        profile = self._world.directory.profile(row.grid)
        category = profile.category(row.category)
        platform = profile.catalogue.platform(row.kind, row.category, row.sub)
        return {"line": category.line, "platform": platform, "gb39666": category.gb39666}

    async def candidates(self) -> AsyncIterator[Json]:
        async for rows in _chunks(Candidate, "id"):
            for row in rows:
                yield {
                    "id": row.id,
                    "room": row.room,
                    "from": row.contact,
                    "kind": row.kind,
                    "category": row.category,
                    "confidence": row.confidence,
                    "asked": row.asked or None,
                    "answer": row.answer or None,
                }

    async def visits(self) -> AsyncIterator[Json]:
        async for rows in _chunks(Visit, "id"):
            for row in rows:
                if row.dropped and row.done_at is None:
                    continue
                yield {
                    "household": row.household,
                    "person": row.person or None,
                    "worker": row.worker or None,
                    "due_on": row.due_on.isoformat() if row.due_on else None,
                    "why": row.why,
                    "done_at": self._at(row.done_at),
                    "mode": row.mode or None,
                    "outcome": row.outcome or None,
                    "told": list(row.told),
                    **(self._must(row) if row.arrive_by is not None else {}),
                }

    def _must(self, row: Visit) -> Json:
        """五必到: how far it is, and by when somebody had to be there."""
        return {"state": arriving.state(row), "arrive_by": self._at(row.arrive_by)}

    async def announcements(self) -> AsyncIterator[Json]:
        async for rows in _chunks(Announcement, "no"):
            for row in rows:
                acknowledged = await self._acknowledged(row)
                yield {
                    "id": row.no,
                    "audience": list(row.audience),
                    "sent": list(row.sent),
                    "acknowledged": acknowledged,
                    "silent": await self._silent(row, acknowledged),
                    "questions": row.questions,
                }

    async def _acknowledged(self, row: Announcement) -> list[str]:
        found = AckRow.filter(announcement=row.no).order_by("id")
        return [one.household for one in await found] if row.receipt else []

    async def _silent(self, row: Announcement, acknowledged: Sequence[str]) -> list[str]:
        if not row.receipt or row.sent_at is None:
            return []
        nodes = {code for top in row.audience for code in self._world.directory.under(top)}
        homes = await announcements.audience(row, sorted(nodes))
        return sorted({home.id for home in homes} - set(acknowledged))

    async def told(self) -> AsyncIterator[Json]:
        """What was answered without a ticket."""
        async for rows in _chunks(Told, "id"):
            for row in rows:
                yield {
                    "at": self._at(row.at),
                    "node": row.node,
                    "what": row.what,
                    "item": row.item,
                    "room": row.room,
                }

    async def filings(self) -> AsyncIterator[Json]:
        async for rows in _chunks(Filing, "id"):
            for row in rows:
                yield {
                    "id": row.id,
                    "form": row.form,
                    "node": row.node,
                    "household": row.household,
                    "day": row.day.isoformat() if row.day else None,
                    "by": row.by,
                    "at": self._at(row.at),
                }

    async def offers(self) -> AsyncIterator[Json]:
        """What was asked of a resource's owner, and his answer."""
        async for rows in _chunks(Offer, "id"):
            for row in rows:
                yield {
                    "id": row.id,
                    "resource": row.resource,
                    "asked_by": row.asked_by,
                    "at": self._at(row.at),
                    "answer": row.answer or None,
                }

    async def duties(self) -> AsyncIterator[Json]:
        async for rows in _chunks(Duty, "id"):
            for row in rows:
                yield {
                    "name": row.name,
                    "node": row.node,
                    "window_start": row.window_start.isoformat(),
                    "window_end": row.window_end.isoformat(),
                    "state": row.state,
                    "signed_by": row.signed_by or None,
                }

    async def diaries(self) -> AsyncIterator[Json]:
        async for rows in _chunks(Diary, "id"):
            for row in rows:
                yield {
                    "worker": row.worker,
                    "day": row.day.isoformat(),
                    "text": row.text,
                    "accepted": row.accepted,
                }

    async def mobilisations(self) -> AsyncIterator[Json]:
        async for rows in _chunks(Mobilisation, "no"):
            for row in rows:
                people = await calling.everybody(row.no)
                yield {
                    "id": row.no,
                    "called": [one.contact for one in people],
                    "answered": {one.contact: one.answer for one in people if one.answer},
                    "closed_at": self._at(row.closed_at),
                }

    async def digests(self) -> AsyncIterator[Json]:
        async for rows in _chunks(DigestRow, "id"):
            for row in rows:
                yield {
                    "to": row.to,
                    "node": row.node,
                    "period": row.period,
                    "at": self._at(row.at),
                    "text": row.text,
                }

    def _at(self, moment: datetime | None) -> str | None:
        return moment.astimezone(self._zone).isoformat() if moment is not None else None

    @property
    def _zone(self) -> tzinfo:
        return self._world.zone


async def nothing_yet() -> AsyncIterator[Json]:
    """A list for what gridbot does not do yet."""
    rows: tuple[Json, ...] = ()
    for row in rows:
        yield row


@dataclass(frozen=True, slots=True)
class CameIn:
    """`received` counts a message once, `duplicate` each further delivery, `none` what meant nothing."""

    received: int
    duplicate: int
    none: int
    parked: int


@dataclass(frozen=True, slots=True)
class WentOut:
    """What was sent, and what never could be."""

    sent: int
    dead: int


async def inbox() -> CameIn:
    """What came in, over all crashes."""
    sums = await letters.tallies()
    return CameIn(
        received=sums.get("received", 0),
        duplicate=sums.get("duplicate", 0),
        none=sums.get("none", 0),
        parked=await Inbox.filter(parked=True).count(),
    )


async def outbox() -> WentOut:
    """What went out, and what never could."""
    return WentOut(await Outbox.filter(state="sent").count(), await Outbox.filter(state="dead").count())


async def audit() -> Json:
    return {"entries": await Audit.all().count(), "chain_ok": await acts.chain_ok()}


async def _about(model: type[M], tickets: Sequence[int]) -> list[M]:
    """The rows of some tickets, in order of creation."""
    marks = ", ".join("?" * len(tickets))
    return await plain.rows(model, f"WHERE ticket IN ({marks}) ORDER BY id", *tickets)


async def _chunks(model: type[M], key: str) -> AsyncIterator[list[M]]:
    """All rows in order of their key, some at a time."""
    last = 0
    while rows := await plain.rows(model, f"WHERE {key} > ? ORDER BY {key} LIMIT {CHUNK}", last):
        yield rows
        last = getattr(rows[-1], key)


def _grouped(rows: Iterable[M], key: str) -> Mapping[int, list[M]]:
    groups: dict[int, list[M]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups


_dumped = json.JSONEncoder(ensure_ascii=False).encode
