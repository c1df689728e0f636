"""确认 of a second colleague: points that somebody else has written down begin to count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts
from gridbot.models.duty.visits import door
from gridbot.models.neighbours import appointments, merits
from gridbot.models.neighbours.merits import GOODS, PENDING
from gridbot.models.neighbours.trust import PointEntry
from gridbot.models.spreading import announcements
from gridbot.models.territory import households
from gridbot.profiles import Rank

OFFICERS = (Rank.WORKER, Rank.LEADER, Rank.DEPUTY, Rank.DESK)
WAITS = timedelta(days=7)
TIMES = "×"  # 肥皂×2
SHOWN = 8


async def confirmed(turn: Turn) -> Sequence[Say] | None:
    """确认 said by anybody who works there, without a card; None where nothing waits for him.

    Raises Refusal where several things wait: he is shown their numbers.
    """
    command = turn.reading.command
    nodes = [
        code for post in turn.person.posts if post.rank in OFFICERS
        for code in turn.world.directory.under(post.node)
    ]  # fmt: skip
    if command is None or not nodes:
        return None
    found = await merits.pending(nodes, turn.now - WAITS)
    rows = [row for row in found if row.by not in (turn.person.who, turn.heard.sender)]
    if command.numbers:
        if await announcements.get(command.numbers[0]) is not None:
            return None
        rows = [row for row in rows if row.id == command.numbers[0]]
    if not rows:
        if found and not any(post.rank is Rank.LEADER for post in turn.person.posts):
            raise Refusal("points.not_yourself")
        return None
    if len({(row.by, row.at, row.why) for row in rows}) > 1:
        raise Refusal("points.several", lines=await _lines(rows[:SHOWN]))
    return await settle(turn, rows, yes=True)


async def _lines(rows: Sequence[PointEntry]) -> str:
    homes = {home.id: door(home) for home in await households.by_ids(row.household for row in rows)}
    return "\n".join(f"{row.id}. {homes.get(row.household, '')} {row.amount:+d} {row.why}" for row in rows)


async def settle(turn: Turn, rows: Sequence[PointEntry], *, yes: bool) -> list[Say]:
    """Confirm or drop entries; raises NotAllowed where they are the speaker's own or his household's."""
    own = await appointments.household_of(turn.heard.sender)
    rows = [row for row in rows if row.state == PENDING]
    if any(row.by == turn.person.who or row.household == own for row in rows):
        raise NotAllowed
    for row in rows:
        await merits.settled(turn.act, row, yes=yes)
        await acts.record(turn.person.who, turn.now, "points_yes" if yes else "points_no", f"entry:{row.id}")
    return [turn.whisper("points.done" if yes else "points.dropped"), *await _told(turn, rows, yes=yes)]


async def _told(turn: Turn, rows: Sequence[PointEntry], *, yes: bool) -> list[Say]:
    """The households hear of it in private; goods that are not handed out go back on the shelf."""
    says = []
    accounts = await announcements.reachable([row.household for row in rows])
    for row in rows:
        if row.kind == GOODS and not yes:
            await _back(turn, row)
        key = ("points.spent" if yes else "points.not_spent") if row.kind == GOODS else "points.earned"
        if not yes and row.kind != GOODS:
            continue
        left = await merits.balance(row.household)
        for contact in accounts.get(row.household, [])[:1]:
            says.append(turn.tell(contact, key, amount=abs(row.amount), why=row.why, balance=left))
    return says


async def _back(turn: Turn, row: PointEntry) -> None:
    name, _, count = row.why.rpartition(TIMES)
    above = [node.code for node in turn.world.directory.up(row.grid)]
    await merits.returned(turn.act, above, name, int(count))
