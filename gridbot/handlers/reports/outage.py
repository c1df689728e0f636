"""Planned outages: an office's notice is pasted once, and answers who asks until it ends."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import knowing
from gridbot.models.cases.knowing import OUTAGE
from gridbot.models.duty.duties import Announcement
from gridbot.models.spreading import announcements
from gridbot.nlp.slots import place, when

routes = Routes()


@routes.on("outage")
async def planned(turn: Turn) -> Sequence[Say]:
    """停水通知 3月3日8:00至17:00 第一网格 …: kept until it ends."""
    if not turn.person.is_staff and turn.person.department is None:
        raise NotAllowed
    if turn.discreet:
        raise Refusal("outage.in_private")
    return await register(turn, turn.heard.text)


async def pasted(turn: Turn) -> list[Say] | None:
    """The notice itself, without a command before it: said in private by a colleague or a department."""
    ours = turn.person.is_staff or turn.person.department is not None
    if not (turn.private and ours and "notice" in turn.reading.flags) or _sub(turn, turn.heard.text) is None:
        return None
    found = when.find(turn.heard.text, at=turn.heard.at, zone=turn.world.zone)
    if found is None or found.start is None or found.end is None:
        return None
    return await register(turn, turn.heard.text)


async def register(turn: Turn, text: str) -> list[Say]:
    """Keep a notice as a planned outage; raises Refusal where its hours or its kind are missing."""
    sub = _sub(turn, text)
    if sub is None:
        raise Refusal("outage.how")
    found = when.find(text, at=turn.heard.at, zone=turn.world.zone)
    if found is None or found.start is None or found.end is None or found.end <= turn.now:
        raise Refusal("outage.how")
    nodes = _scope(turn, text)
    buildings = place.buildings(text) if len(nodes) == 1 else ()
    for node in nodes:
        for building in buildings or ("",):
            await knowing.plan_outage(
                turn.act, node, sub, building, found.start, found.end, text[:500], _source(turn)
            )
    where = "、".join(turn.world.directory.nodes[node].name for node in nodes)
    where += "、".join(turn.texts.say("outage.building", n=building) for building in buildings)
    return [
        turn.reply(
            "outage.planned",
            kind=_called(turn, sub),
            where=where,
            start=turn.when(found.start),
            end=turn.when(found.end),
            over=turn.texts.say("outage.over", what=_called(turn, sub)[1:2]),
        )
    ]


async def announced(turn: Turn, draft: Announcement) -> None:
    """An announcement of an outage with its hours answers who asks, too; 撤销 takes both back."""
    before = await announcements.get(draft.corrects) if draft.corrects is not None else None
    if before is not None:
        for row in await knowing.planned_by(before.audience, before.text, turn.now):
            await knowing.end_outage(turn.act, row)
    sub = _sub(turn, draft.text) or (_sub(turn, before.text) if before is not None else None)
    found = when.find(draft.text, at=turn.heard.at, zone=turn.world.zone) if sub else None
    if sub is None or found is None or found.start is None or found.end is None or found.end <= turn.now:
        return
    for node in draft.audience:
        await knowing.plan_outage(
            turn.act, node, sub, draft.building, found.start, found.end, draft.text, _source(turn)
        )


def _sub(turn: Turn, text: str) -> str | None:
    """Which supply: the sub-category whose name or words stand in the text."""
    subs = turn.profile.category(OUTAGE).sub_categories.values()
    return next((sub.id for sub in subs if sub.zh in text or any(word in text for word in sub.words)), None)


def _called(turn: Turn, sub: str) -> str:
    return turn.profile.category(OUTAGE).subs.get(sub, sub)


def _scope(turn: Turn, text: str) -> list[str]:
    """The nodes a notice is for: those it names among the speaker's, the smallest; else all of his."""
    directory = turn.world.directory
    mine = [post.node for post in turn.person.posts] or [turn.grid or directory.top()]
    below = list(dict.fromkeys(code for node in mine for code in directory.under(node)))
    named = [code for code in below if directory.nodes[code].name in text]
    smallest = [
        code for code in named if not any(other != code and directory.inside(other, code) for other in named)
    ]
    said = turn.reading.place
    if len(smallest) < 2 and said is not None and said.node in below:
        return [str(said.node)]
    return smallest or mine[:1]


def _source(turn: Turn) -> str:
    department = next(
        (d.name for d in turn.world.directory.departments if d.id == turn.person.department), ""
    )
    return department or turn.world.office.office


@routes.on("outage_over")
async def over(turn: Turn) -> Sequence[Say]:
    """恢复供水: it is over earlier; from now on a report is a report again."""
    if not turn.person.is_staff and turn.person.department is None:
        raise NotAllowed
    directory = turn.world.directory
    nodes = [code for post in turn.person.posts for code in directory.under(post.node)] or list(
        directory.nodes
    )
    sub = _restored(turn)
    found = await knowing.open_outages(nodes, turn.now, sub)
    if not found:
        raise Refusal("outage.none")
    for row in found:
        await knowing.end_outage(turn.act, row)
    return [turn.reply("outage.ended", count=len(found))]


def _restored(turn: Turn) -> str | None:
    """恢复供水, 停水结束 → water_out: what the words and the names of the supplies share."""
    said = turn.heard.text
    for sub in turn.profile.category(OUTAGE).sub_categories.values():
        if len(sub.zh) == 2 and sub.zh[1] in said:
            return sub.id
    return None
