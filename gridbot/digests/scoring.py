"""Quarterly scores in words: brought up to date, drafted, for leaders alone; a person decides."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time

from gridbot.models.neighbours import outcomes, scores
from gridbot.models.neighbours.outcomes import Outcome, Quarter, Rates
from gridbot.models.neighbours.trust import Star
from gridbot.models.territory.people import Post
from gridbot.profiles import Period, Rank, ScoreRule, Scoring
from gridbot.texts import Texts
from gridbot.world import World

SCORED = (Rank.WORKER,)


def quarter_named(world: World, name: str, now: datetime) -> Quarter:
    """The quarter of a name (2026Q1), up to `now`."""
    first = date(int(name[:4]), int(name[5:]) * 3 - 2, 1)
    following = Period.QUARTER.after(first)
    at = world.calendar.at
    return Quarter(name, at(first, time()), at(following, time()), world.local(now).date())


async def settle(world: World, quarter: Quarter, who: Collection[str] | None = None) -> Sequence[Outcome]:
    """Bring the ledger of a quarter (of these) up to date, and the drafts of stars; what counted."""
    found = await outcomes.between(quarter, world.calendar.day_of, who)

    def rules(one: Outcome) -> Sequence[ScoreRule]:
        scoring = world.directory.profile(one.node).merit.scoring
        return scoring.departments if one.department else scoring.rules

    await scores.settle(quarter, found, rules, who)
    few = who if who is not None and len(who) <= outcomes.MANY else ()
    sums = scores.sums(await scores.entries(quarter.name, few))
    for post in scored(world):
        if who is not None and post.staff not in who:
            continue
        scoring = _scoring(world, post)
        total = round(scoring.base + sums.get(post.staff, 0), 1)
        await scores.drafted(post.staff, post.node, quarter.name, total, scoring.star(total))
    return found


def scored(world: World) -> list[Post]:
    """Whoever is scored, each once."""
    return list({post.staff: post for post in world.directory.posts if post.rank in SCORED}.values())


def _scoring(world: World, post: Post) -> Scoring:
    return world.directory.profile(post.node).merit.scoring


async def draft(world: World, posts: Sequence[Post], name: str) -> str:
    """The drafts of some workers, by name; who was low for several quarters is to be looked at again."""
    say = world.texts.say
    lines, again = [], []
    for post in sorted(posts, key=lambda each: each.name):
        row = await scores.star(post.staff, name)
        if row is None:
            continue
        given = say("score.given", stars=row.stars) if row.stars is not None else ""
        lines.append(say("score.line", name=post.name, total=f"{row.total:g}", draft=row.draft, given=given))
        if await low_again(world, post, row):
            again.append(post.name)
    count = _scoring(world, posts[0]).review_after if posts else 0
    review = "\n" + say("score.review", names="、".join(again), count=count) if again else ""
    quarter = say("score.quarter", year=name[:4], number=name[5:])
    return say("score.draft", quarter=quarter, lines="\n".join(lines) or say("leader.none"), review=review)


async def low_again(world: World, post: Post, row: Star) -> bool:
    """Whether somebody has had few stars for so many quarters running that a person should look."""
    scoring = _scoring(world, post)
    quarters = [scores.before(row.quarter, number) for number in range(scoring.review_after)]
    stars = (await scores.stars_of(quarters)).get(post.staff, {})
    return all(stars.get(quarter, scoring.low + 1) <= scoring.low for quarter in quarters)


def node_lines(world: World, found: Sequence[Outcome], tops: Collection[str]) -> list[str]:
    """首次回复及时率 and 按期办结率 of what lies right below some nodes, where it is no grid itself."""
    directory, say = world.directory, world.texts.say
    lines = []
    for code in dict.fromkeys(child for top in tops for child in directory.children.get(top, ())):
        if not directory.children.get(code):
            continue
        below = set(directory.under(code))
        events = [one.event for one in found if one.node in below and not one.department]
        parts = {
            what: _rate(world.texts, (events.count(f"{what}_in_time"), _times(events, what)))
            for what in ("replied", "resolved")
        }
        lines.append(say("score.node_rates", name=directory.nodes[code].name, **parts))
    return lines


def _times(events: Sequence[str], what: str) -> int:
    return events.count(f"{what}_in_time") + events.count(f"{what}_late")


def rates_line(texts: Texts, name: str, rates: Rates) -> str:
    """报到及时率, 按期办结率 and 退回率 of one department, each with its numbers."""
    parts = {what: _rate(texts, getattr(rates, what)) for what in ("came", "done", "returned")}
    return texts.say("score.rates", name=name, **parts)


def _rate(texts: Texts, part: tuple[int, int]) -> str:
    some, all_of_them = part
    if not all_of_them:
        return texts.say("leader.none")
    return texts.say("score.rate", percent=round(100 * some / all_of_them), some=some, all=all_of_them)
