"""How long texts are kept, and what residents may have done about theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gridbot.models.acts import Act, created
from gridbot.models.cases import hotline, unjudged
from gridbot.models.cases.parties import Party
from gridbot.models.cases.tickets import Candidate, History, Ticket, TicketMessage
from gridbot.models.duty import following
from gridbot.models.mail import Outbox
from gridbot.models.neighbours import partners, traces
from gridbot.models.territory import binding, directory, reached
from gridbot.models.territory.org import OptOut


@dataclass(frozen=True, slots=True)
class Held:
    """How much is kept of one person."""

    tickets: int
    messages: int


async def held(contact: str) -> Held:
    """Counts of the matters and messages of an account."""
    return Held(
        tickets=await Ticket.filter(reporter=contact).count(),
        messages=await TicketMessage.filter(contact=contact).exclude(text="").count(),
    )


async def erase(contact: str) -> None:
    """Blank the words of an account and cut its tie to a household; facts of tickets stay."""
    await TicketMessage.filter(contact=contact).update(text="", media=[])
    await Ticket.filter(reporter=contact).update(summary="", called="")
    for candidate in await Candidate.filter(contact=contact):
        await unjudged.forget_words(candidate)
    await Outbox.filter(contact=contact, due_at__isnull=True).update(text="")
    tickets = await Ticket.filter(reporter=contact).values_list("no", flat=True)
    await _forget_cards([int(str(no)) for no in tickets])
    await partners.forget(contact)
    await following.forget(contact)
    await traces.forget(contact)
    await reached.forget(contact)
    await binding.unbind(contact)


async def _forget_cards(tickets: Sequence[int]) -> None:
    """The bot's own messages quote residents: those that have left are blanked too."""
    if tickets:
        await Outbox.filter(ticket__in=list(tickets), due_at__isnull=True).update(text="")


async def blank_ticket(no: int) -> None:
    """The time for keeping words is over: the facts of the ticket stay."""
    await Ticket.filter(no=no).update(summary="", result="", called="")
    await TicketMessage.filter(ticket=no).update(text="", media=[])
    await History.filter(ticket=no).update(note="")
    await hotline.blank(no)
    await Party.filter(ticket=no).update(words="")
    await _forget_cards([no])


async def blank_candidate(number: int) -> None:
    """The time for keeping words is over."""
    if (candidate := await Candidate.get_or_none(id=number)) is not None:
        await unjudged.forget_words(candidate)
    await TicketMessage.filter(candidate=number, ticket__isnull=True).update(text="", media=[])


async def opt_out(act: Act, transport: str, contact: str) -> None:
    """The account is left unread in groups from now on; may be called twice."""
    row, new = await OptOut.get_or_create(transport=transport, contact=contact, defaults={"at": act.at})
    if new:
        await created(act, row)
        await directory.raise_version()


async def opt_in(transport: str, contact: str) -> None:
    """The account is read again."""
    await OptOut.filter(transport=transport, contact=contact).delete()
    await directory.raise_version()
