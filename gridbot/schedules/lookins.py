"""Old people without a telephone are looked in on every evening and again the next morning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from gridbot.messages import Say
from gridbot.models import board, visits
from gridbot.models.board import Plan
from gridbot.models.directory import Post
from gridbot.models.duties import Due, Visit
from gridbot.models.visits import EVENING, MORNING, NOWHERE, Door, Dwelling
from gridbot.profiles import Profile
from gridbot.schedules.jobs import Jobs, Late
from gridbot.workdays import parse_hours
from gridbot.world import World

jobs = Jobs()

MISSED_AFTER = timedelta(minutes=30)


async def plan(
    world: World, code: str, worker: str, dwellings: Sequence[Dwelling], today: date, now: datetime
) -> None:
    """Put this day's two look-ins of every such person on the board; planning twice changes nothing."""
    profile = world.directory.profile(code)
    people = [(home, name) for home in dwellings for name in _paired(profile, home)]
    if not people:
        return
    for why, window in ((MORNING, profile.pair.morning), (EVENING, profile.pair.evening)):
        starts, ends = (world.calendar.at(today, at) for at in parse_hours(window)[0])
        if ends <= now:
            continue
        known = await visits.planned_look_ins(code, today, why)
        new = [
            Visit(household=home.id, grid=code, person=name, worker=worker, due_on=today, why=why)
            for home, name in people
            if (home.id, name) not in known
        ]
        await visits.store(new, [])
        occurrence = f"{today}:{why}"
        await board.put(
            Plan("look_in", f"node:{code}", starts, occurrence),
            Plan("look_in_missed", f"node:{code}", ends + MISSED_AFTER, occurrence),
        )


def _paired(profile: Profile, home: Dwelling) -> list[str]:
    """Who of a household: the members whose own classes say so, else whoever the household's are about."""
    members = [name for name, classes in home.people.items() if profile.paired(classes)]
    return members or ([home.head] if profile.paired(home.classes) else [])


@jobs.on("look_in", late=Late.SKIP, grace_s=2 * 3600)
async def look_in(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The worker is asked to go round."""
    says = []
    for found in (await _waiting(rows)).values():
        doors = await visits.doors(visit.household for visit in found)
        worker = world.directory.staff(found[0].worker)
        if worker is not None and worker.contact:
            text = world.texts.say("visit.look_in", why=found[0].why, people=_people(found, doors))
            says.append(Say(world.private(worker.contact), text, "visit.look_in"))
    return says


@jobs.on("look_in_missed", late=Late.SKIP, grace_s=12 * 3600)
async def look_in_missed(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Nobody has said 平安: worker, deputy and leader hear of it at once, whatever the hour."""
    says = []
    for found in (await _waiting(rows)).values():
        doors = await visits.doors(visit.household for visit in found)
        text = world.texts.say("visit.missed", why=found[0].why, people=_people(found, doors))
        for contact in _alarmed(world, found[0]):
            says.append(Say(world.private(contact), text, "visit.missed", urgent=True))
    return says


async def _waiting(rows: Sequence[Due]) -> dict[tuple[str, str], list[Visit]]:
    """The look-ins of these rows that nobody has made, by occurrence and worker."""
    found: dict[tuple[str, str], list[Visit]] = defaultdict(list)
    for row in rows:
        day, _, why = row.occurrence.partition(":")
        code = row.what.removeprefix("node:")
        for visit in await visits.open_look_ins(code, date.fromisoformat(day), why):
            found[row.occurrence, visit.worker].append(visit)
    return found


def _people(found: Sequence[Visit], doors: dict[str, Door]) -> str:
    return "、".join(f"{visit.person}（{doors.get(visit.household, NOWHERE)}）" for visit in found)


def _alarmed(world: World, visit: Visit) -> list[str]:
    directory = world.directory
    posts: list[Post | None] = [
        directory.staff(visit.worker), directory.deputy(visit.worker),
        directory.leader(visit.grid, but=visit.worker),
    ]  # fmt: skip
    return list(dict.fromkeys(post.contact for post in posts if post is not None and post.contact))
