"""补贴表, 户籍人口, 人才名单: sheets for leaders in private; files come from `gridbot sheet`."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.digests import allowance, scoring
from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.staff import assessing
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts
from gridbot.models.territory import census, handing
from gridbot.profiles import Rank

routes = Routes()

SHOWN = 12


@routes.on("allowance")
async def sheet(turn: Turn) -> Sequence[Say]:
    """补贴表 [上季度]: base by people, reward by stars; the bot moves no money."""
    posts = assessing.below(turn)
    turn.require_staff(Rank.LEADER)
    mine = {post.staff for post in posts}
    quarter = await assessing.quarter_asked(turn, mine)
    await scoring.settle(turn.world, scoring.quarter_named(turn.world, quarter, turn.now), mine)
    lines = await allowance.sheet(turn.world, posts, quarter)
    await acts.record(turn.person.who, turn.now, "read.allowance", quarter)
    say = turn.texts.say
    shown = [
        say(
            "allowance.line", grid=line.grid, name=line.name, people=line.people, base=f"{line.base:g}",
            stars=line.stars, reward=f"{line.reward:g}", phone=line.phone,
        )
        for line in lines[:SHOWN]
    ]  # fmt: skip
    if len(lines) > SHOWN:
        shown.append(say("leader.more", count=len(lines) - SHOWN))
    return [
        turn.whisper(
            "allowance.sheet", quarter=quarter, lines="\n".join(shown) or say("leader.none"),
            base=f"{sum(line.base for line in lines):g}", reward=f"{sum(line.reward for line in lines):g}",
        )
    ]  # fmt: skip


@routes.on("population")
async def population(turn: Turn) -> Sequence[Say]:
    """户籍人口 第一网格 1130: what the budget is reckoned from."""
    words = turn.rest.split()
    node = turn.world.directory.node_named(words[0]) if len(words) == 2 else None
    number = words[1].rstrip("人") if len(words) == 2 else ""
    if node is None or not number.isdigit():
        raise Refusal("allowance.how")
    turn.require(node.code, Rank.LEADER)
    await census.told(turn.act, node.code, int(number))
    await acts.record(turn.person.who, turn.now, "population", node.code)
    return [turn.whisper("allowance.population", node=node.name, people=int(number))]


@routes.on("source")
async def source(turn: Turn) -> Sequence[Say]:
    """来源 李网 老党员: where somebody who works below the speaker came from."""
    turn.require_staff(Rank.LEADER)
    words = turn.rest.split()
    post = next((post for post in assessing.below(turn) if words and post.name == words[0]), None)
    if post is None or len(words) < 2:
        raise Refusal("allowance.how_source")
    await handing.came_from(turn.act, post.staff, "".join(words[1:])[:60])
    await acts.record(turn.person.who, turn.now, "source", f"staff:{post.staff}")
    return [turn.whisper("allowance.source", name=post.name, source="".join(words[1:])[:60])]


@routes.on("talents")
async def talents(turn: Turn) -> Sequence[Say]:
    """人才名单: where workers came from, how they did, who might be furthered."""
    posts, quarter = assessing.below(turn), assessing.quarter_meant(turn)
    turn.require_staff(Rank.LEADER)
    rows = await allowance.talent_list(turn.world, posts, quarter)
    await acts.record(turn.person.who, turn.now, "read.talents", quarter)
    say = turn.texts.say
    lines = [
        say(
            "allowance.talent", name=row[0], role=row[1], node=row[2], source=row[3], stars=row[5],
            good=say("allowance.good") if row[6] else "",
        )
        for row in rows[:SHOWN]
    ]  # fmt: skip
    return [turn.whisper("allowance.talents", count=len(rows), lines="\n".join(lines) or say("leader.none"))]
