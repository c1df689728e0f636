"""What points, sign-ups, discussions and inquiries keep of one person, and how it is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gridbot.models.cases import disputes
from gridbot.models.neighbours import discussions, inquiries, merits
from gridbot.models.neighbours.trust import Appointment, Inquiry, SignUp, Voice

GONE = "已删除"


@dataclass(frozen=True, slots=True)
class Traces:
    """Counts; `points` are the household's."""

    points: int
    signups: int
    voices: int


async def of(contact: str, household: str | None) -> Traces:
    """What is kept of an account."""
    return Traces(
        points=await merits.balance(household) if household else 0,
        signups=await SignUp.filter(contact=contact).count(),
        voices=await Voice.filter(contact=contact).count(),
    )


async def forget(contact: str) -> None:
    """Blank what an account said and take its name off the lists; counts and points of the household stay."""
    await Voice.filter(contact=contact).update(words="", contact="")
    await SignUp.filter(contact=contact, activity__isnull=True).delete()
    await SignUp.filter(contact=contact).update(name=GONE)
    await Inquiry.filter(contact=contact, kind=inquiries.REALLY).update(text="", outcome="")
    await Appointment.filter(contact=contact, state="open").update(contact="", phone="")


async def blank(before: datetime) -> None:
    """The time for keeping words is over."""
    await inquiries.blank(before)
    await disputes.blank(before)
    await discussions.blank(before)
