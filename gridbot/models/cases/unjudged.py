"""What may be a report and no worker has judged yet, and the card about it that he has not read yet."""

from __future__ import annotations

from datetime import datetime

from gridbot.models import letters, recent
from gridbot.models.cases.ledger import candidate
from gridbot.models.cases.tickets import Candidate
from gridbot.models.database import first, moment
from gridbot.models.mail import Outbox

CARD = "card.candidate"


async def alike(grid: str, room: str, category: str, since: datetime, but: str) -> list[Candidate]:
    """What others than `but` said in a group since a moment about a sort of matter, oldest first."""
    if recent.nothing_unsure(grid, category, since, but):
        return []
    found = Candidate.filter(grid=grid, answer="", room=room, category=category, at__gte=since)
    return [each for each in await found.order_by("id") if each.contact != but]


async def newest(room: str, since: datetime) -> Candidate | None:
    """The newest thing said in a group since a moment that a worker has not judged yet."""
    return await Candidate.filter(room=room, at__gte=since, answer="").order_by("-id").first()


async def waiting(staff: str) -> list[Candidate]:
    """What a worker was asked to judge and has not."""
    return await Candidate.filter(asked=staff, answer="").order_by("id")


async def last_of(contact: str, room: str | None, since: datetime) -> Candidate | None:
    """The newest unanswered candidate of this person in this conversation since a moment."""
    if recent.nothing_to_judge(contact, since):
        return None
    found = await first(
        "SELECT id FROM candidate WHERE contact = ? AND at >= ? AND COALESCE(room, '') = ? AND answer = '' "
        "ORDER BY id DESC LIMIT 1",
        contact,
        moment(since),
        room or "",
    )
    return None if found is None else await candidate(int(str(found)))


async def by_message(room: str | None, message: str) -> Candidate | None:
    return await Candidate.filter(message=message, room=room).order_by("-id").first()


async def forget_words(candidate: Candidate) -> None:
    """What was said, and how its speaker called himself."""
    candidate.text = ""
    candidate.reading = {key: value for key, value in candidate.reading.items() if key != "called"}
    await candidate.save(update_fields=["text", "reading"])


async def unsend(candidate: Candidate) -> None:
    """The card about it goes nowhere, where it waits for the morning."""
    waiting = await Outbox.filter(key=CARD, state="queued", attempts=0, made_at__gte=candidate.at)
    await letters.drop([row for row in waiting if _about(row) == candidate.id])


def _about(row: Outbox) -> object:
    about = row.extra.get("about")
    return about.get("candidate") if isinstance(about, dict) else None
