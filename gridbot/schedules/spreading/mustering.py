"""A drill begins at its hour; the silent are called again; after an hour its leader has the report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gridbot.digests import roll
from gridbot.messages import Say
from gridbot.models.duty.duties import Due
from gridbot.models.spreading import calling
from gridbot.schedules.jobs import Jobs, Late
from gridbot.world import World

jobs = Jobs()


@jobs.on(calling.BEGIN)
async def begin(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The hour of a drill that was fixed before: everybody in scope is called, its leader hears how many."""
    says: list[Say] = []
    for row in rows:
        made = await calling.get(_number(row))
        if made is None or made.closed_at is not None:
            continue
        made.called_at = now
        await made.save(update_fields=["called_at"])
        people, _ = calling.people_of(world.directory, made.nodes, but=made.by)
        await calling.begin(made, people, now)
        says += [*roll.calls(world, made, people, round_=0), *roll.posts(world, made, people)]
        says += _to_leader(world, made, world.texts.say("mobilise.begun", number=made.no, count=len(people)))
    return says


@jobs.on(calling.AGAIN, late=Late.FOLD)
async def again(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Call the silent once more and tell the leader how many have answered what."""
    says: list[Say] = []
    for no in dict.fromkeys(_number(row) for row in rows):
        made = await calling.get(no)
        if made is None or made.closed_at is not None:
            continue
        people = await calling.everybody(no)
        minutes = int((now - made.called_at).total_seconds() // 60)
        silent = [one for one in people if not one.answer]
        if silent:  # where all have answered the leader knows it, and the hour's report is still to come
            says += roll.calls(world, made, silent, round_=minutes)
            says += _to_leader(world, made, roll.report(world, made, people, done=False))
    return says


@jobs.on(calling.REPORT)
async def report(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The hour is over: who came, who is on the way, who cannot, who said nothing, and where."""
    says: list[Say] = []
    for row in rows:
        made = await calling.get(_number(row))
        if made is None or made.closed_at is not None:
            continue
        await calling.close(made, now)
        text = roll.report(world, made, await calling.everybody(made.no), done=True)
        says += _to_leader(world, made, text)
    return says


def _number(row: Due) -> int:
    return int(row.what.rpartition(":")[2])


def _to_leader(world: World, made: calling.Mobilisation, text: str) -> list[Say]:
    leader = world.directory.staff(made.by)
    if leader is None or not leader.contact:
        return []
    about = {"mobilisation": made.no}
    return [Say(world.private(leader.contact), text, "mobilise.text", urgent=True, about=about)]
