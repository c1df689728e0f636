"""What somebody goes on to ask of a service that is under way: 要带啥材料, 周六去行不行."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.handlers.errands import errand
from gridbot.handlers.reports import adding, checklist, under_way
from gridbot.handlers.tickets import told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import reported
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp import Kind, Urgency
from gridbot.nlp.asks import Ask, asks
from gridbot.services import Item

LONGEST = 20  # characters: a longer message tells of a matter of its own
AT_ONCE = timedelta(minutes=10)  # so long 她 and 那 speak of what was just asked for, whatever else they name


async def asked(turn: Turn) -> Sequence[Say] | None:
    """What is known of it, else a word that whoever has it will answer; None for everything else."""
    reading, text = turn.reading, turn.heard.text.strip()
    alone = turn.private and not turn.person.is_staff and reading.command is None and not turn.media
    if not alone or len(text) > LONGEST or reading.urgency is Urgency.EMERGENCY:
        return None
    if not asks(text, Ask.FOLLOW) or (turn.question is not None and turn.question.kind == "verdict"):
        return None
    if (offered := _offered(turn)) is not None:
        return await _answer(turn, offered, turn.grid, text) or [turn.whisper("intake.question_unknown")]
    ticket = await reported.last_of_person(turn.heard.sender, turn.now - under_way.UNDER_WAY)
    if ticket is None or ticket.kind != Kind.SERVICE or not _of_it(turn, ticket, text):
        return None
    if (item := errand.matter(turn, ticket)) and (known := await _answer(turn, item, ticket.grid, text)):
        return known
    role = told.holder(turn, ticket)
    return [
        turn.whisper("intake.question_passed", no=ticket.no, role=role),
        *await adding.to_ticket(turn, ticket),
    ]


def _offered(turn: Turn) -> Item | None:
    """The matter whose sheet was sent a moment ago, with nobody sent for."""
    question = turn.question
    if question is None or question.kind != "errand_offer":
        return None
    item, named = (
        turn.world.services.item(str(question.data.get("text"))),
        turn.world.services.item(turn.heard.text),
    )
    return item if named is None or named is item else None


async def _answer(turn: Turn, item: Item, grid: str, text: str) -> list[Say]:
    known = await _known(turn, item, grid, text)
    return (
        [turn.whisper("faq.plain", text="\n".join([*known, checklist.sourced(turn, item)]))] if known else []
    )


def _of_it(turn: Turn, ticket: Ticket, text: str) -> bool:
    """Whether the words speak of this matter and of no other."""
    if asks(text[:1], Ask.THAT) and turn.now - ticket.opened_at <= AT_ONCE:
        return True
    named = turn.world.services.item(text)
    mine = errand.matter(turn, ticket)
    if named is not None and (mine is None or named.id != mine.id):
        return False
    return not under_way.speaks_of_another(turn, ticket)


async def _known(turn: Turn, item: Item, grid: str, text: str) -> list[str]:
    """The lines of the matter's sheet that answer."""
    say, found = turn.texts.say, list[str]()
    if asks(text, Ask.PAPERS) or asks(text, Ask.BRING):
        found.append(say("errand.papers", papers=checklist.numbered(item.papers)))
    if asks(text, Ask.OPEN):
        found.append(say("errand.where", where=await checklist.where(turn, item, grid)))
    if asks(text, Ask.LONG) and item.days:
        found.append(say("errand.days", days=item.days))
    if asks(text, Ask.SELF) and item.in_person:
        found.append(say("errand.in_person"))
    return found
