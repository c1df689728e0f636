"""Signed opinions: asked of a worker by a leader, kept apart from tickets, never shown to residents."""

from __future__ import annotations

from gridbot.models.acts import Act, change, created
from gridbot.models.cases.serving import Opinion


async def ask(act: Act, matter: str, node: str, worker: str, household: str | None) -> Opinion:
    """Write down what is asked of whom."""
    row = await Opinion.create(
        matter=matter, household=household, node=node, asked_by=act.by, asked_at=act.at, worker=worker
    )
    await created(act, row)
    return row


async def get(number: int) -> Opinion | None:
    return await Opinion.get_or_none(id=number)


async def waiting_for(worker: str) -> list[Opinion]:
    """What a worker was asked and has not answered, oldest first."""
    return await Opinion.filter(worker=worker, signed_at__isnull=True).order_by("id")


async def asked_by(staff: str) -> list[Opinion]:
    """What a leader asked, newest first."""
    return await Opinion.filter(asked_by=staff).order_by("-id").limit(10)


async def sign(act: Act, row: Opinion, answer: str, words: str) -> None:
    """The worker's answer with his reasons, under his name and at this moment."""
    await change(act, row, answer=answer, words=words, signed_at=act.at)
