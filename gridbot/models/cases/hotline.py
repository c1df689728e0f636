"""Orders of a hotline that became tickets, and what people decided for the replies."""

from __future__ import annotations

from datetime import datetime

from gridbot.models.acts import Act, change, created
from gridbot.models.cases.serving import HotlineOrder, ReplyForm


async def known(number: str) -> HotlineOrder | None:
    """The order of that number, where it has been taken in."""
    return await HotlineOrder.get_or_none(number=number)


async def of_ticket(no: int) -> HotlineOrder | None:
    return await HotlineOrder.filter(ticket=no).order_by("id").first()


async def keep(
    act: Act, number: str, ticket: int, *, source: str, caller: str, phone: str, due_at: datetime | None
) -> HotlineOrder:
    """Write down whose order a ticket is."""
    return await HotlineOrder.create(
        number=number, ticket=ticket, source=source, caller=caller, phone=phone, due_at=due_at, at=act.at
    )


async def form(no: int) -> ReplyForm:
    """What was decided for a ticket's reply; an empty form where nothing was."""
    return await ReplyForm.get_or_none(no=no) or ReplyForm(no=no)


async def decide(act: Act, no: int, **values: object) -> ReplyForm:
    """Set what only a person can say in a reply: whether it was true, beyond the duty, which number."""
    row = await ReplyForm.get_or_none(no=no)
    if row is None:
        row = await ReplyForm.create(no=no)
        await created(act, row)
    await change(act, row, **values)
    return row


async def blank(no: int) -> None:
    """The time for keeping words is over: nobody's name or number stays."""
    await HotlineOrder.filter(ticket=no).update(caller="", phone="")
    await ReplyForm.filter(no=no).update(phone="")
