"""What is said while an alarm is on, by neighbours and by whoever raised it: those who go there read it."""

from __future__ import annotations

from datetime import timedelta

from gridbot.handlers.reports import adding, locating
from gridbot.handlers.reports.joining import SAME_DANGER, SAME_MATTER
from gridbot.handlers.reports.said import heard
from gridbot.handlers.tickets import cards, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.acts import change
from gridbot.models.cases import around, reported
from gridbot.models.cases.dangers import danger
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp import Urgency
from gridbot.nlp.asks import Ask, only

ALARMED = timedelta(hours=1)  # so long whatever the reporter of an emergency writes is about it


async def of_an_alarm(turn: Turn) -> list[Say] | None:
    """敲了没人开 灯亮着, of a neighbour while an alarm is on here: whoever goes there reads it; else None.

    Words that plainly name a matter are of it only where that is the same at no other place.
    """
    room = turn.heard.where.room
    if room is None or turn.heard.late or turn.person.is_staff:
        return None
    grid = await locating.find_grid(turn, heard(turn), turn.reading.place)
    found = await around.alarms(grid, None, turn.now - SAME_DANGER)
    here = next((each for each in found if each.room == room and not each.sensitive), None)
    if here is None or (turn.plainly_a_matter and not _of_the_same(turn, here)):
        return None
    return await _passed_on(turn, here)


async def _passed_on(turn: Turn, ticket: Ticket) -> list[Say]:
    """The words are kept with the alarm, and all who were called read them."""
    await adding.to_ticket(turn, ticket)
    return told.called(turn, ticket, "card.added", text=cards.quoted(heard(turn).text))


def _of_the_same(turn: Turn, ticket: Ticket) -> bool:
    said = turn.reading.place
    elsewhere = said is not None and said.building and ticket.building and said.building != ticket.building
    return turn.reading.category == ticket.category and not elsewhere


async def calmed(turn: Turn) -> list[Say] | None:
    """她闺女刚才接走了, of whoever raised the alarm: news for all who were called, and no second alarm."""
    if not turn.reading.resolved or turn.person.is_staff:
        return None
    ticket = await reported.last_of(turn.heard.sender, turn.heard.where.room, turn.now - SAME_MATTER)
    if ticket is None or ticket.urgency != Urgency.EMERGENCY:
        return None
    news = await _passed_on(turn, ticket)
    role = told.holder(turn, ticket)
    return [turn.whisper("bye.to_be_seen", no=ticket.no, role=role), *news] if turn.private else news


async def of_his_alarm(turn: Turn) -> list[Say] | None:
    """五岁, 在邻居家 吓死我了, of whoever raised an alarm within the hour: all who were called read it."""
    said = turn.heard.text.strip()
    if turn.person.is_staff or not said or turn.reading.command is not None:
        return None
    ticket = await reported.last_of(turn.heard.sender, turn.heard.where.room, turn.now - ALARMED)
    if ticket is None or ticket.urgency != Urgency.EMERGENCY or only(said, Ask.NOD):
        return None
    return await _passed_on(turn, ticket)


async def clearer(turn: Turn, ticket: Ticket) -> list[Say]:
    """快来人, and then 我婆婆躺地上叫不醒: what the danger is, and whom to call first, is known only now."""
    rules = [because.rule for because in turn.reading.because]
    said = turn.reading.urgency is Urgency.EMERGENCY and ticket.urgency == Urgency.EMERGENCY
    if not said or danger(ticket.because) or not danger(rules):
        return []
    before = cards.call_first(turn, ticket)
    await change(turn.act, ticket, because=rules)
    if (call := cards.call_first(turn, ticket)) == before:
        return []
    role = told.holder(turn, ticket)
    return [turn.say("intake.emergency", urgent=True, no=ticket.no, call=call, role=role)]
