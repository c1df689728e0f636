"""What people were asked in a place and have not answered yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from gridbot.models import plain, recent
from gridbot.models.cases.tickets import Question
from gridbot.models.database import first, moment


async def ask(
    contact: str,
    lane: str,
    kind: str,
    now: datetime,
    lives: timedelta,
    *,
    subject: int | None = None,
    data: dict[str, object] | None = None,
) -> None:
    """Remember what a person is asked in a place, for what he answers there."""
    row = plain.new(
        Question,
        lane=lane,
        contact=contact,
        kind=kind,
        subject=subject,
        data=data or {},
        asked_at=now,
        expires_at=now + lives,
    )
    await plain.add([row])
    recent.asked(contact, lane)


async def newest(contact: str, lane: str, now: datetime) -> Question | None:
    """What a person was asked last in a place and has not answered."""
    if recent.asked_nothing(contact, lane):
        return None
    found = await first(
        "SELECT id FROM question WHERE contact = ? AND lane = ? AND expires_at > ? ORDER BY id DESC LIMIT 1",
        contact,
        lane,
        moment(now),
    )
    return None if found is None else await plain.row(Question, "WHERE id = ?", found)


async def waiting(contact: str, lane: str, now: datetime, kind: str | None = None) -> list[Question]:
    """What a person was asked in a place and has not answered, newest first."""
    asked = Question.filter(contact=contact, lane=lane, expires_at__gt=now)
    if kind:
        asked = asked.filter(kind=kind)
    return await asked.order_by("-id")


async def cards(contact: str, lane: str, now: datetime) -> list[Question]:
    """The cards a person has not answered yet, oldest first."""
    return await Question.filter(
        contact=contact, lane=lane, expires_at__gt=now, kind__in=("card", "candidate")
    ).order_by("id")


async def answered(question: Question) -> None:
    """A question is settled."""
    await Question.filter(id=question.id).delete()


async def drop(subject: int, *kinds: str) -> None:
    """The matter is settled: nobody needs to answer about it any more."""
    await Question.filter(subject=subject, kind__in=kinds).delete()


async def forget(now: datetime) -> None:
    """Drop questions that can no longer be answered."""
    await Question.filter(expires_at__lte=now).delete()
