"""Questions put to neighbours, what they said and promised, what was decided."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from gridbot.models.acts import Act, change, created
from gridbot.models.mail import Outbox
from gridbot.models.neighbours.trust import Discussion, Emblem, Voice

OPEN, SUMMED, DONE = "open", "summed", "done"
PLEDGE = "pledge"


async def opened(act: Act, node: str, title: str, closes_at: datetime, rooms: Sequence[str]) -> Discussion:
    """A new question."""
    row = await Discussion.create(
        node=node, title=title[:128], by=act.by, at=act.at, closes_at=closes_at, rooms=list(rooms)
    )
    await created(act, row, undone={"state": DONE})
    return row


async def get(number: int) -> Discussion | None:
    return await Discussion.get_or_none(id=number)


async def at(nodes: Collection[str]) -> list[Discussion]:
    """What is not decided yet at these nodes."""
    return await Discussion.filter(node__in=list(nodes)).exclude(state=DONE).order_by("id")


def once(number: int, room: str) -> str:
    """What makes the post of a question unique in a group."""
    return f"discuss:{number}:{room}"


async def quoted(message: str, text: str) -> Discussion | None:
    """The question that a message of the bot's own asked, by its id, else by its words."""
    posts = Outbox.filter(once__startswith="discuss:")
    row = await posts.filter(sent_id=message).order_by("-id").first()
    if row is None and text:
        row = await posts.filter(text=text).order_by("-id").first()
    return await get(int(row.once.split(":")[1])) if row is not None and row.once else None


async def said(act: Act, row: Discussion, contact: str, household: str, words: str, stance: str) -> Voice:
    """A household's word; a newer one takes the place of the older, promises add up."""
    same = Voice.filter(discussion=row.id, contact=contact).exclude(stance=PLEDGE)
    old = await same.first() if stance != PLEDGE else None
    if old is not None:
        await change(act, old, words=words, stance=stance, at=act.at)
        return old
    voice = await Voice.create(
        discussion=row.id, contact=contact, household=household, words=words, stance=stance, at=act.at
    )
    await created(act, voice)
    return voice


async def voices(number: int) -> list[Voice]:
    """What was said and promised, in order."""
    return await Voice.filter(discussion=number).order_by("id")


@dataclass(frozen=True, slots=True)
class Tally:
    """Households for, against, with another opinion; promises."""

    agree: int
    against: int
    other: int
    pledges: int

    @property
    def all(self) -> int:
        return self.agree + self.against + self.other


def tally(found: Sequence[Voice]) -> Tally:
    """Count households (accounts where none is bound), each by its last word."""
    last: dict[str, str] = {}
    pledges = 0
    for voice in found:
        if voice.stance == PLEDGE:
            pledges += 1
        else:
            last[voice.household or voice.contact] = voice.stance
    stances = list(last.values())
    return Tally(
        stances.count("for"), stances.count("against"),
        len([each for each in stances if each not in ("for", "against")]), pledges,
    )  # fmt: skip


async def summed(row: Discussion) -> None:
    """The time for opinions is over."""
    row.state = SUMMED
    await row.save(update_fields=["state"])


async def decided(act: Act, row: Discussion, result: str) -> None:
    """What came of it."""
    await change(act, row, state=DONE, result=result, decided_at=act.at)


async def tasked(act: Act, row: Discussion, ticket: int) -> None:
    """A task came of it."""
    await change(act, row, tickets=[*row.tickets, ticket])


async def blank(before: datetime) -> None:
    """The time for keeping words is over: counts and results stay."""
    rows = await Discussion.filter(closes_at__lt=before).values_list("id", flat=True)
    await Voice.filter(discussion__in=[int(str(each)) for each in rows]).update(words="", contact="")


# --- the stars of an estate -------------------------------------------------------------------------------


async def emblems(node: str) -> dict[str, Emblem]:
    """The stars an estate has evidence for, by name."""
    return {row.name: row for row in await Emblem.filter(node=node)}


async def emblem(act: Act, node: str, name: str, *, met: bool, evidence: str) -> None:
    """Write down whether a star is met, and by what."""
    row = await Emblem.get_or_none(node=node, name=name)
    if row is None:
        row = await Emblem.create(node=node, name=name, met=met, evidence=evidence, by=act.by, at=act.at)
        await created(act, row)
    else:
        await change(act, row, met=met, evidence=evidence, by=act.by, at=act.at)
