"""职责: the list of duties fills itself from what is on record. 自评: the sheet of indicators."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.duty import worklist
from gridbot.models.duty.worklist import Scope
from gridbot.models.territory.people import Post
from gridbot.nlp.slots import quantity
from gridbot.profiles import Period, Rank

routes = Routes()


@routes.on("duty_list")
async def duties(turn: Turn) -> Sequence[Say]:
    """职责: each item of the list with what is on record this month, of one's own grids."""
    post = turn.require_staff()
    profile = turn.world.directory.profile(post.node)
    if not profile.worklist.duties:
        raise Refusal("worklist.none")
    first, last = Period.MONTH.window(turn.world.local(turn.now).date())
    scope = _scope(turn, post, first, last)
    say, lines, number = turn.texts.say, [], 0
    for name, items in profile.worklist.duties.items():
        parts = []
        for item, proof in items.items():
            number += 1
            count = await worklist.COUNTS[proof](scope)
            parts.append(say("worklist.item", number=number, name=item, count=count))
        lines.append(say("worklist.major", name=name, items="；".join(parts)))
    node = turn.world.directory.nodes[post.node].name
    return [turn.whisper("worklist.duties", node=node, month=first.month, lines="\n".join(lines))]


def _scope(turn: Turn, post: Post, first: date, last: date) -> Scope:
    directory, calendar = turn.world.directory, turn.world.calendar
    below = directory.under(post.node)
    staff = {each.staff for code in below for each in directory.at(code)}
    return Scope(
        below, sorted(staff), calendar.at(first, time()), min(calendar.at(last, time(23, 59, 59)), turn.now)
    )


@routes.on("indicators")
async def indicators(turn: Turn) -> Sequence[Say]:
    """自评: the sheet of the year; 自评 宣传活动 8 社区公告栏: a mark given by hand, with its proof."""
    post = turn.require_staff(Rank.LEADER)
    listed = turn.world.directory.profile(post.node).worklist.indicators
    if not listed:
        raise Refusal("worklist.no_indicators")
    year = turn.world.local(turn.now).year
    words = turn.rest.split(maxsplit=2)
    if words:
        known = next((one for one in listed if one.name == words[0]), None)
        score = quantity.number(words[1].rstrip("分")) if len(words) > 1 else None
        if known is None or known.rate or score is None or not 0 <= score <= known.weight:
            names = "、".join(one.name for one in listed if not one.rate)
            raise Refusal("worklist.how_to_mark", names=names)
        evidence = words[2] if len(words) > 2 else ""
        await worklist.mark(turn.act, post.node, year, known.name, float(score), evidence)
        return [
            turn.reply("worklist.marked", name=known.name, score=f"{score:g}", weight=f"{known.weight:g}")
        ]
    return [await _sheet(turn, post, year)]


async def _sheet(turn: Turn, post: Post, year: int) -> Say:
    scope = _scope(turn, post, date(year, 1, 1), date(year, 12, 31))
    given = await worklist.marked(post.node, year)
    say, lines, total, whole = turn.texts.say, [], 0.0, 0.0
    for one in turn.world.directory.profile(post.node).worklist.indicators:
        value: float | None
        if one.rate:
            share = await worklist.rate(one.rate, scope)
            value, proof = (
                (None if share is None else round(share * one.weight, 2)),
                say("worklist.from_record"),
            )
        else:
            row = given.get(one.name)
            value, proof = (row.score, row.evidence) if row is not None else (None, "")
        if value is not None:
            total, whole = total + value, whole + one.weight
        shown = say("worklist.open") if value is None else f"{value:g}"
        lines.append(
            say("worklist.indicator", name=one.name, score=shown, weight=f"{one.weight:g}",
                proof=say("worklist.proof", text=proof) if proof else "")
        )  # fmt: skip
    rate = f"{total / whole:.2%}" if whole else say("worklist.open")
    node = turn.world.directory.nodes[post.node].name
    return turn.whisper(
        "worklist.sheet", node=node, year=year, lines="\n".join(lines), total=f"{total:g}",
        whole=f"{whole:g}", rate=rate,
    )  # fmt: skip
