"""What the pages show: reads only, each bounded, each within the nodes the reader covers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gridbot.messages import Address, Outgoing
from gridbot.models.database import connection
from gridbot.models.mail import Outbox
from gridbot.models.org import Household, Resident
from gridbot.wire import say_from

READ_BACK = 200  # messages of the bot shown again after a restart
MOST_PEOPLE = 2_000


async def said(where: Address) -> list[tuple[datetime, Outgoing]]:
    """What the bot said in a conversation, oldest first, the newest 200."""
    rows = await Outbox.filter(lane=where.lane, state="sent").order_by("-id").limit(READ_BACK)
    return [
        (
            row.sent_at or row.made_at,
            Outgoing(str(row.id), say_from(where, row.text, row.key, row.urgent, row.extra)),
        )
        for row in reversed(rows)
    ]


async def residents_with_account() -> list[str]:
    """The contacts of residents, in the order of the register."""
    rows = await Resident.exclude(contact="").order_by("id").limit(MOST_PEOPLE)
    return [row.contact for row in rows]


async def neighbour(nodes: Sequence[str], *, building: str) -> str | None:
    """Some resident with an account who lives at one of the nodes, in that building if anybody does."""
    homes = Household.filter(node__in=list(nodes))
    for found in (homes.filter(building=building), homes):
        ids = await found.order_by("id").limit(200).values_list("id", flat=True)
        row = await Resident.filter(household__in=ids).exclude(contact="").order_by("id").first()
        if row is not None:
            return row.contact
    return None


async def answers() -> None:
    """Return when the database has answered a question; raises what it raises."""
    await connection().execute_query("SELECT 1")
