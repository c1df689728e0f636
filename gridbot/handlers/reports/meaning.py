"""Words that are no plain report: of a colleague's work, of a matter under way, of nothing that is known."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.handlers.own_words import (
    asking_after,
    guesses,
    of_work,
    to_residents,
)
from gridbot.handlers.reports import (
    registering,
    relapse,
    unclear,
    under_way,
)
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.nlp import passages
from gridbot.nlp.slots import doing


async def of_his_work(turn: Turn) -> Sequence[Say] | None:
    """What a colleague says, without a command, of a matter he has."""
    if not turn.person.is_staff or (
        turn.plainly_a_matter
        and not (turn.private and (doing.of_own_work(turn.heard.text) or await of_work.done_with(turn)))
    ):
        return None
    return await of_work.said(turn)


async def sought(turn: Turn) -> list[Say]:
    """A colleague chooses among the commands his words may be; others are told how to go on."""
    if turn.person.is_staff and doing.farewell(turn.heard.text.strip()):
        return []
    if (
        not turn.person.is_staff
        and passages.asks(turn.heard.text)
        and (told := await asking_after.asked(turn))
    ):
        return list(told)  # 明天几点, of whoever waits for somebody
    if await relapse.recognised(turn):
        return list(await registering.new(turn, quietly=False))
    if (added := await under_way.told_of_it(turn)) is not None:
        return added
    if (for_resident := await to_residents.asked(turn) or await to_residents.answered(turn)) is not None:
        return for_resident
    return await of_work.about_one(turn) or await guesses.asked_back(turn) or await unclear.offered(turn)
