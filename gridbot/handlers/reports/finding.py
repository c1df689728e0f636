"""What a worker finds in his own grid: his at once, counted as found and not as reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from gridbot.handlers.reports import candidate as candidates
from gridbot.handlers.reports import gathering, locating, opening
from gridbot.handlers.reports.said import Said, heard
from gridbot.handlers.tickets import cards, joint, planning
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, workload
from gridbot.models.territory.people import Post
from gridbot.nlp import Kind, Place, Urgency
from gridbot.profiles import OTHER

TODAY = timedelta(hours=12)


async def own_grid(turn: Turn) -> Post | None:
    """The speaker's post where he reports, in private, what is his own to do anyway; not an emergency."""
    reading, directory = turn.reading, turn.world.directory
    if not (turn.private and turn.person.is_staff) or reading.urgency is Urgency.EMERGENCY:
        return None
    grid = await locating.find_grid(turn, heard(turn), reading.place)
    worker = directory.worker(grid)
    if worker is None or worker.staff != turn.person.staff:
        return None
    route = directory.profile(grid).routing.route(reading.category or OTHER, reading.sub, reading.urgency)
    return None if route is not None and route.steps else worker


async def found(turn: Turn, post: Post, *, said: Said | None = None) -> list[Say]:
    """What a worker finds in his own grid is his at once: one line instead of a card.

    `said`: his words without what makes them a command.
    """
    says: list[Say] = []
    for reading in (turn.reading, *turn.reading.also):
        ticket, _ = await opening.open_ticket(turn, reading, said=said, taken_by=post)
        await casework.move(ticket, "accept", turn.act, first_reply_at=turn.now)
        await planning.answered(ticket)
        await gathering.pictures_of(turn, ticket)
        what = cards.danger_called(turn, ticket)
        says.append(turn.whisper("work.registered", no=ticket.no, what=what))
        says += await joint.by_route(turn, ticket)
    return says


async def seen(turn: Turn, text: str, *, near: Place | None = None) -> list[Say] | None:
    """What was seen on a round or a visit (`text`) and is plainly a matter of one's own grid: see `found`.

    `near`: where that was, for words that name no place. None where it is no such matter.
    """
    said = replace(heard(turn), text=text)
    reading = candidates.reread(turn, said)
    plain = reading.category is not None and reading.confidence >= turn.world.conduct.act_at
    if not plain or reading.resolved or reading.kind is not Kind.ISSUE:
        return None
    if turn.profile.category(reading.category or OTHER).sensitive:
        return None
    turn.reading = replace(reading, place=reading.place or near)
    post = await own_grid(turn)
    if post is None or await _done_with(turn, post.node):
        return None
    return await found(turn, post, said=said)


async def _done_with(turn: Turn, grid: str) -> bool:
    """Whether it was put right there today: 电梯停了两小时, 菜由女儿送到 tells how it was."""
    reading = turn.reading
    building = reading.place.building if reading.place is not None else None
    return any(
        (each.category, each.sub) == (reading.category, reading.sub) and each.building in (None, building)
        for each in await workload.finished([grid], turn.now - TODAY)
    )
