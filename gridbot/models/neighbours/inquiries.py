"""Questions put to staff and what came of them: 核实, 协查, 可疑, accounts that go by a colleague's name."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from gridbot.models.acts import Act, change, created
from gridbot.models.neighbours.trust import Inquiry, InquiryReply

REALLY, SEARCH, SUSPICIOUS, ALIKE, MONEY = "really", "search", "suspicious", "alike", "money"


async def opened(act: Act, row: Inquiry) -> Inquiry:
    """Store a question put at `act.at`; 撤销 takes it back."""
    row.at = act.at
    await row.save()
    await created(act, row)
    return row


async def get(number: int) -> Inquiry | None:
    return await Inquiry.get_or_none(id=number)


async def lately(
    kind: str, contact: str, since: datetime, *, staff: str = "", room: str | None = None
) -> bool:
    """Whether there was one about this account since a moment (about this colleague, in this group)."""
    found = Inquiry.filter(kind=kind, contact=contact, at__gte=since)
    if staff:
        found = found.filter(staff=staff)
    if room is not None:
        found = found.filter(room=room)
    return await found.exists()


async def open_ones(kind: str, nodes: Collection[str]) -> list[Inquiry]:
    """Those nobody has closed at these nodes, newest first."""
    return await Inquiry.filter(kind=kind, node__in=list(nodes), closed_at__isnull=True).order_by("-id")


async def closed(act: Act, row: Inquiry, *, answer: str = "", outcome: str = "") -> None:
    """Somebody has answered it."""
    await change(act, row, answer=answer, outcome=outcome, closed_by=act.by, closed_at=act.at)


async def reply(act: Act, inquiry: Inquiry, staff: str, text: str) -> InquiryReply:
    """A colleague says what he knows."""
    row = await InquiryReply.create(inquiry=inquiry.id, staff=staff, text=text, at=act.at)
    await created(act, row)
    return row


async def replies(inquiry: int) -> list[InquiryReply]:
    """What colleagues said, in order."""
    return await InquiryReply.filter(inquiry=inquiry).order_by("id")


async def blank(before: datetime) -> None:
    """The time for keeping words is over: who, when and what came of it stay."""
    old = await Inquiry.filter(at__lt=before).exclude(text="").values_list("id", flat=True)
    numbers = [int(str(each)) for each in old]
    await Inquiry.filter(id__in=numbers).update(text="", outcome="")
    await InquiryReply.filter(inquiry__in=numbers).update(text="")
