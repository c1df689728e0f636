"""Who mediates: the pool of a place, by subject and turn, never somebody with a stake in it.

`choose` is what routes ask; it is told the households that quarrel.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from gridbot.models.acts import Act, change, created
from gridbot.models.neighbours.trust import Mediator
from gridbot.models.territory.directory import Directory
from gridbot.models.territory.org import Household
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank

LIVES_THERE, KIN, SAME_BUILDING = "lives_there", "kin", "same_building"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is to mediate (None: nobody can), and who was passed over for which stake in it."""

    post: Post | None
    passed_over: tuple[tuple[Post, str], ...] = ()


def pool(directory: Directory, code: str) -> list[Post]:
    """The mediators of a node and of everything above it, the nearest first, each once."""
    found: dict[str, Post] = {}
    for node in directory.up(code):
        for post in directory.at(node.code, Rank.MEDIATOR):
            found.setdefault(post.staff, post)
    return list(found.values())


async def known(staff: Collection[str]) -> dict[str, Mediator]:
    """What is known of mediators, by staff id."""
    return {row.staff: row for row in await Mediator.filter(staff__in=list(staff))}


async def choose(
    directory: Directory, code: str, kind: str, households: Collection[str], but: Collection[str] = ()
) -> Choice:
    """Who mediates a dispute of a kind (sub-category, or its Chinese name) between households at a node.

    Who knows the subject comes first, then whoever was called longest ago, then the nearest. `but` are
    staff ids that are not asked (again).
    """
    posts = [post for post in pool(directory, code) if post.staff not in but]
    facts = await known([post.staff for post in posts])
    parties = await Household.filter(id__in=list(households))
    homes = {row.id: row for row in await Household.filter(id__in=[f.home for f in facts.values() if f.home])}
    free: list[tuple[bool, datetime, int, Post]] = []
    passed: list[tuple[Post, str]] = []
    for number, post in enumerate(posts):
        fact = facts.get(post.staff)
        why = stake(fact, homes.get(fact.home) if fact else None, parties)
        if why:
            passed.append((post, why))
            continue
        expert = fact is not None and any(word in kind or kind in word for word in fact.subjects if kind)
        free.append((not expert, (fact.last_at if fact else None) or LONG_AGO, number, post))
    best = min(free, key=lambda each: each[:3], default=None)
    return Choice(best[3] if best else None, tuple(passed))


def stake(fact: Mediator | None, home: Household | None, parties: Collection[Household]) -> str:
    """Why somebody should not mediate between these households; "" where nothing is known against it."""
    if fact is None:
        return ""
    for party in parties:
        if party.id == fact.home:
            return LIVES_THERE
        if party.id in fact.kin:
            return KIN
        same = home is not None and (home.node, home.building) == (party.node, party.building)
        if same and party.building:
            return SAME_BUILDING
    return ""


async def called(act: Act, staff: str) -> None:
    """It was his turn: the next one goes to somebody else."""
    row = await Mediator.get_or_none(staff=staff)
    if row is None:
        row = await Mediator.create(staff=staff, by=act.by, at=act.at, last_at=act.at)
        await created(act, row)
    else:
        await change(act, row, last_at=act.at)


async def described(act: Act, staff: str, subjects: list[str], home: str | None, kin: list[str]) -> Mediator:
    """Write down what is known of a mediator; what is not said stays."""
    row = await Mediator.get_or_none(staff=staff)
    if row is None:
        row = await Mediator.create(
            staff=staff, subjects=subjects, home=home or "", kin=kin, by=act.by, at=act.at
        )
        await created(act, row)
        return row
    more = {"subjects": subjects or row.subjects, "home": home or row.home, "kin": kin or row.kin}
    await change(act, row, **more)
    return row
