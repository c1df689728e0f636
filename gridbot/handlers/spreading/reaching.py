"""触达 12: who can be reached how with an announcement; lists for SMS and for the telephone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gridbot.handlers.routes import Routes
from gridbot.handlers.spreading import receipts
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts
from gridbot.models.territory import channels
from gridbot.models.territory.channels import Channel

routes = Routes()

SHOWN = 30


@routes.on("channels")
async def reached(turn: Turn) -> Sequence[Say]:
    """触达 [公告号]: counts by channel, whom to call or visit; for leaders, and each look is on record."""
    found = await receipts.sent_one(turn, any_newest=True)
    everybody = await channels.of_announcement(turn.world.directory, found)
    counts = Counter(one.channel for one in everybody)
    await acts.record(turn.person.who, turn.now, "look_up_phones", f"announcement:{found.no}")
    answer = turn.whisper(
        "reach.counts",
        no=found.no,
        wechat=counts[Channel.WECHAT],
        sms=counts[Channel.SMS],
        phone=counts[Channel.PHONE],
        door=counts[Channel.DOOR],
        asked=found.questions,
    )
    calls = [one for one in everybody if one.channel in (Channel.PHONE, Channel.DOOR)]
    if not calls:
        return [answer]
    lines = "\n".join(" ".join(filter(None, (one.door, one.name, one.phone))) for one in calls[:SHOWN])
    return [answer, turn.whisper("reach.calls", no=found.no, lines=lines)]
