"""又返了, 跟没修一样, of what was done a few days ago: the same matter once more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from gridbot.handlers.turn import Turn
from gridbot.models.cases import reported
from gridbot.models.cases.casework import State
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp import Kind, Urgency
from gridbot.nlp.slots import doing
from gridbot.nlp.slots import place as places

OVER = (State.RESOLVED, State.CLOSED)
LATELY = timedelta(days=7)
LONGEST = 20  # characters: more words tell what it is


async def recognised(turn: Turn) -> bool:
    """Whether vague words mean that a matter of the speaker's is back; it is read as that then.

    In a group only a matter that he told of there counts.
    """
    text = turn.heard.text.strip()
    vague = not turn.person.is_staff and turn.reading.command is None and not turn.media
    if not vague or len(text) > LONGEST or not doing.relapsed(text):
        return False
    before = await _before(turn)
    if before is None:
        return False
    urgency = Urgency(before.urgency)
    turn.reading = replace(
        turn.reading,
        kind=Kind.ISSUE,
        category=before.category,
        sub=before.sub,
        urgency=urgency if urgency is not Urgency.EMERGENCY else Urgency.HIGH,
        place=turn.reading.place or places.find(before.place),
        confidence=1.0,
    )
    turn.heard = replace(turn.heard, text=turn.texts.say("intake.relapsed", text=text, no=before.no))
    return True


async def _before(turn: Turn) -> Ticket | None:
    """The newest matter of the speaker's, where it was done a few days ago."""
    room = turn.heard.where.room
    his = await reported.by(turn.heard.sender)
    newest = next((each for each in his if room is None or each.room == room), None)
    if newest is None or newest.state not in OVER or newest.resolved_at is None or newest.sensitive:
        return None
    return newest if turn.now - newest.resolved_at <= LATELY else None
