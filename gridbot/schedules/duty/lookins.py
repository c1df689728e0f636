"""Old people without a telephone are looked in on every evening and again the next morning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.duty import pauses, visits
from gridbot.models.duty.duties import Due, Visit
from gridbot.models.duty.visits import EVENING, MORNING, NOWHERE, Door, Dwelling
from gridbot.models.territory import onduty
from gridbot.models.territory.people import Post
from gridbot.models.territory.register import of_home
from gridbot.profiles import Profile, Rank
from gridbot.schedules.jobs import Jobs, Late
from gridbot.workdays import parse_hours
from gridbot.world import World

jobs = Jobs()

MISSED_AFTER = timedelta(minutes=30)
NEXT_AFTER = (timedelta(minutes=15), timedelta(minutes=30))  # the building's lead, then the next leader up


async def plan(
    world: World,
    code: str,
    worker: str,
    dwellings: Sequence[Dwelling],
    today: date,
    now: datetime,
    rest: Collection[str],
) -> None:
    """Put this day's two look-ins of every such person on the board; planning twice changes nothing.

    Who is paused today (`rest`: in hospital, away) is left out until somebody says that she is back.
    """
    profile = world.directory.profile(code)
    people = [(home, name) for home in dwellings for name in _paired(profile, home)]
    people = [(home, name) for home, name in people if not any(s in rest for s in _subjects(home.id, name))]
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


def _subjects(home: str, name: str) -> tuple[str, str]:
    """How a pause may name somebody: herself, or the whole household."""
    return pauses.of_person(home, name), of_home(home)


def _paired(profile: Profile, home: Dwelling) -> list[str]:
    """Who of a household: the members whose own classes say so, else whoever the household's are about."""
    members = [name for name, classes in home.people.items() if profile.paired(classes)]
    return members or ([home.head] if profile.paired(home.classes) else [])


@jobs.on("look_in", late=Late.SKIP, grace_s=2 * 3600)
async def look_in(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The worker is asked to go round, or whoever stands in for him."""
    says = []
    for found in (await _waiting(rows)).values():
        doors = await visits.doors(visit.household for visit in found)
        worker = world.directory.staff(found[0].worker)
        post = onduty.stand_in(world.directory, worker, now) if worker is not None else None
        if post is not None and post.contact:
            people, name = _people(found, doors), found[0].person
            text = world.texts.say("visit.look_in", why=found[0].why, people=people, name=name)
            says.append(Say(world.private(post.contact), text, "visit.look_in"))
    return says


@jobs.on("look_in_missed", late=Late.SKIP, grace_s=12 * 3600)
async def look_in_missed(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Nobody has said 平安: worker, deputy and leader hear of it at once, whatever the hour.

    A quarter of an hour later the building's lead is asked to knock, after another half hour the next
    leader up is told; each of them only while nobody has been seen.
    """
    says = []
    for row in rows:
        for found in (await _waiting([row])).values():
            doors = await visits.doors(visit.household for visit in found)
            step = int(str(row.data.get("step", 0)))
            key, contacts = _rung(world, found[0], [doors.get(v.household, NOWHERE) for v in found], step)
            text = world.texts.say(key, **_named(key, found, doors))
            says += [Say(world.private(contact), text, key, urgent=True) for contact in contacts]
            if step < len(NEXT_AFTER):
                await board.put(
                    Plan(
                        "look_in_missed", row.what, now + NEXT_AFTER[step],
                        f"{row.occurrence.split('/')[0]}/{step + 1}", {"step": step + 1},
                    )
                )  # fmt: skip
    return says


def _rung(world: World, visit: Visit, doors: Sequence[Door], step: int) -> tuple[str, list[str]]:
    """Who hears of it now, and in which words."""
    directory = world.directory
    if step == 0:
        return "visit.missed", _alarmed(world, visit)
    if step == 1:
        return "visit.missed_helper", _neighbours(world, visit.grid, doors)
    first = directory.leader(visit.grid, but=visit.worker)
    above = next((node.parent for node in directory.up(first.node)), None) if first is not None else None
    upper = directory.leader(above, but=first.staff if first else None) if above else None
    return "visit.missed_above", [upper.contact] if upper is not None and upper.contact else []


def _neighbours(world: World, grid: str, doors: Sequence[Door]) -> list[str]:
    """The leads of these buildings; all of the grid where none of them is theirs by name."""
    directory = world.directory
    posts = [post for code in directory.under(grid) for post in directory.at(code, Rank.HELPER)]
    known = [post for post in posts if post.contact]
    buildings = {door.building for door in doors if door.building}
    near = [post for post in known if any(building in _where(world, post) for building in buildings)]
    return list(dict.fromkeys(post.contact for post in near or known))


def _where(world: World, post: Post) -> str:
    """What a helper looks after: 3号楼楼长, or a node of that name."""
    node = world.directory.nodes.get(post.node)
    return f"{post.role}{node.name if node is not None else ''}"


def _named(key: str, found: Sequence[Visit], doors: dict[str, Door]) -> dict[str, object]:
    named: dict[str, object] = {"people": _people(found, doors)}
    return named if key == "visit.missed_helper" else {"why": found[0].why, **named}


async def _waiting(rows: Sequence[Due]) -> dict[tuple[str, str], list[Visit]]:
    """The look-ins of these rows that nobody has made, by occurrence and worker."""
    found: dict[tuple[str, str], list[Visit]] = defaultdict(list)
    for row in rows:
        day, _, why = row.occurrence.partition("/")[0].partition(":")
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
