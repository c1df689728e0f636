"""Somebody is not content with a colleague: who leads him hears of it, and he himself does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from gridbot.handlers.tickets import cards
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts
from gridbot.models.cases import reported
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory.people import Post
from gridbot.nlp.asks import Ask, asks

ONCE = timedelta(minutes=30)  # bare words of displeasure reach the leader once in this time
FEW = 10  # characters
LATELY = timedelta(days=14)  # so long a bare 我要投诉 is about the speaker's own matter


async def told(turn: Turn) -> list[Say] | None:
    """那个张磊态度太差, 我要投诉他, said to the bot: to the leader, in private; None for other talk."""
    alone = turn.private or turn.heard.mentions_bot
    text = turn.heard.text
    if not alone or turn.person.is_staff or turn.reading.command is not None or not asks(text, Ask.GRIEVANCE):
        return None
    directory = turn.world.directory
    node = turn.grid or await reported.grid_of(turn.heard.sender)
    about = _meant(turn, node)
    ticket = await _his_matter(turn) if about is None and _bare(text) else None
    if about is None and ticket is None and not asks(text, Ask.OF_STAFF):
        return None
    worker = about or directory.worker(node)
    leader = directory.leader(node, but=worker.staff if worker is not None else None) if node else None
    if leader is None or not leader.contact:
        return None
    await acts.record(turn.person.who, turn.now, "grievance", leader.staff, node)
    if ticket is not None:
        what = cards.called(turn, ticket.category, ticket.sub)
        text = turn.texts.say("grievance.of_matter", text=text, no=ticket.no, what=what)
    who = cards.speaker(turn.person, turn.heard.sender_name)
    card = turn.tell(leader.contact, "grievance.card", who=who, text=cards.quoted(text))
    hour = f"grievance:{turn.heard.sender}:{int(turn.now.timestamp() // ONCE.total_seconds())}"
    return [
        turn.whisper("grievance.passed_on", role=leader.role),
        replace(card, once=hour) if ticket else card,
    ]


def _bare(text: str) -> bool:
    """Whether it says no more than that somebody is not content: 我要投诉, 你们这是什么态度."""
    return len(text.strip()) <= FEW


async def _his_matter(turn: Turn) -> Ticket | None:
    return await reported.last_of_person(turn.heard.sender, turn.now - LATELY)


def _meant(turn: Turn, node: str) -> Post | None:
    """The colleague of the speaker's place who is named."""
    directory = turn.world.directory
    near = [post for above in directory.up(node) for post in directory.at(above.code)] if node else []
    return next((post for post in near if len(post.name) > 1 and post.name in turn.heard.text), None)
