"""Announcements at their time: into the groups of the audience, each as soon as it may have it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.duty.duties import Announcement, Due
from gridbot.models.duty.visits import door
from gridbot.models.spreading import announcements
from gridbot.models.spreading.announcements import CONFIRMED, JOB, SENT
from gridbot.models.territory.directory import Group
from gridbot.models.territory.org import Household
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank
from gridbot.schedules.jobs import Jobs, Late
from gridbot.world import World

jobs = Jobs()

TOO_LATE = timedelta(hours=2)
CANARY_FROM = 10  # groups from which one is written to first, and the others a while later
CANARY_WAIT = timedelta(minutes=10)
CHASED_AT = time(10, 0)


@jobs.on(JOB)
async def announce(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Send what is confirmed; groups that must wait (night, muted, six a day) are planned again."""
    says: list[Say] = []
    for row in rows:
        found = await announcements.get(int(row.what.rpartition(":")[2]))
        if found is None or found.state not in (CONFIRMED, SENT):
            continue
        late = row.due_at is not None and now - row.due_at > TOO_LATE
        says += await _ask_again(world, found, now) if late else await _send(world, found, row, now)
    return says


async def _ask_again(world: World, found: Announcement, now: datetime) -> list[Say]:
    """Nothing ran at its time and hours have passed: the author decides whether it still makes sense."""
    author = world.directory.staff(found.by)
    key = "announce.late_rest" if found.state == SENT else "announce.late"
    await announcements.postpone(found, now)
    if author is None or not author.contact:
        return []
    text = world.texts.say(key, number=found.no, text=found.text)
    return [Say(world.private(author.contact), text, key)]


async def _send(world: World, found: Announcement, row: Due, now: datetime) -> list[Say]:
    wanted = row.data.get("rooms")
    groups = [
        group for group in announcements.groups_for(world.directory, found.audience)
        if group.room not in found.sent and (not isinstance(wanted, list) or group.room in wanted)
    ]  # fmt: skip
    if found.corrects is not None:
        before = await announcements.get(found.corrects)
        groups = [group for group in groups if before is not None and group.room in before.sent]
    moments = await _moments(world, groups, found, now)
    first = not found.sent and len(groups) >= CANARY_FROM and not found.urgent and found.corrects is None
    if first:
        waits = {group.id: now + CANARY_WAIT * bool(number) for number, group in enumerate(groups)}
        moments = {number: max(at, waits[number]) for number, at in moments.items()}
    ready = [group for group in groups if moments[group.id] <= now]
    await announcements.leave(found, [group.room for group in ready], now)
    late: dict[datetime, list[str]] = defaultdict(list)
    for group in groups:
        if moments[group.id] > now:
            late[moments[group.id]].append(group.room)
    for at, rooms in late.items():
        await board.put(Plan(JOB, row.what, at, f"{row.occurrence}@{at.isoformat()}", {"rooms": rooms}))
    if found.receipt and ready:
        await board.put(*_chases(world, found, now))
    posts = [_post(world, found, group) for group in ready]
    known = bool(row.data.get("at_once"))
    return [*posts, *_told(world, found, len(ready), late, first=first, known=known)]


def _chases(world: World, found: Announcement, now: datetime) -> list[Plan]:
    """The silent are asked after one, two and three days of work, each time another way."""
    plans = []
    for step in range(1, len(CHASES) + 1):
        day = world.local(world.calendar.add_days(now, step)).date()
        at = world.calendar.at(day, CHASED_AT)
        plans.append(Plan("announce_chase", announcements.subject(found.no), at, str(step)))
    return plans


async def _moments(
    world: World, groups: Sequence[Group], found: Announcement, now: datetime
) -> dict[int, datetime]:
    """When each group may have it: `now`, or later."""
    lanes = {group.id: world.room(group).lane for group in groups}
    written = await announcements.written_today(list(lanes.values()), world.midnight(now))
    midnight = world.midnight(now) + timedelta(days=1)
    moments: dict[int, datetime] = {}
    for group in groups:
        at = now
        if not found.urgent:
            if written.get(lanes[group.id], 0) >= world.conduct.group_messages_a_day:
                at = world.quiet_ends(midnight, group.node)
            if group.muted_until is not None and group.muted_until > at:
                at = group.muted_until
            if world.quiet(at, group.node):
                at = world.quiet_ends(at, group.node)
        moments[group.id] = at
    return moments


def _post(world: World, found: Announcement, group: Group) -> Say:
    texts = world.texts
    key = "announce.post" if found.corrects is None else "announce.correction"
    lines = [texts.say(key, text=found.text, to=_to(world, found, group), by=_by(world, found))]
    if found.receipt:
        lines.append(texts.say("announce.please" if group.listen == "keywords" else "announce.please_quote"))
    return Say(
        world.room(group), "\n".join(lines), "announce.post", about={"announcement": found.no},
        urgent=found.urgent, once=announcements.once(found.no, group.room),
    )  # fmt: skip


def _to(world: World, found: Announcement, group: Group) -> str:
    """Whom it is for, where the group holds more people than that."""
    if found.building:
        return world.texts.say("announce.to_building", building=found.building)
    nodes, inside = world.directory.nodes, world.directory.inside
    if any(inside(group.node, code) for code in found.audience):
        return ""
    names = "、".join(nodes[code].name for code in found.audience if inside(code, group.node))
    return world.texts.say("announce.to_node", node=names)


def _by(world: World, found: Announcement) -> str:
    """The office it comes from: the author's node."""
    posts = world.directory.posts_of(found.by)
    node = world.directory.nodes.get(posts[0].node) if posts else None
    return node.name if node else world.office.office


def _told(
    world: World, found: Announcement, sent: int, late: dict[datetime, list[str]], *, first: bool, known: bool
) -> Iterable[Say]:
    """The author hears that it has gone out (unless he has just sent it: `known`), and what has to wait."""
    author = world.directory.staff(found.by)
    if author is None or not author.contact:
        return
    text = world.texts.say("announce.sent", no=found.no, groups=sent) if sent and (late or not known) else ""
    if late:
        key = "announce.canary" if first else "announce.waiting"
        waiting = world.texts.say(key, no=found.no, groups=sum(map(len, late.values())))
        text = f"{text}\n{waiting}".strip()
    if text:
        yield Say(world.private(author.contact), text, "announce.sent")


# --- the silent -------------------------------------------------------------------------------------------


@jobs.on("announce_chase", late=Late.FOLD)
async def chase(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The silent are asked in private, then through the building's lead, then at the door."""
    says: list[Say] = []
    last = {row.what: row for row in sorted(rows, key=lambda row: row.occurrence)}
    for what, row in last.items():
        found = await announcements.get(int(what.rpartition(":")[2]))
        if found is None or found.state != SENT or (found.expires_at is not None and found.expires_at <= now):
            continue
        below = {code for node in found.audience for code in world.directory.under(node)}
        done = set(await announcements.acknowledged(found.no))
        silent = [home for home in await announcements.audience(found, below) if home.id not in done]
        if silent:
            newest = await announcements.corrected_by(found.no) or found
            text = world.announced(newest.text, newest.sent_at, now)
            says += await CHASES[int(row.occurrence) - 1](world, found, text, silent)
    return says


async def _in_private(world: World, found: Announcement, text: str, silent: Sequence[Household]) -> list[Say]:
    reachable = await announcements.reachable([home.id for home in silent])
    said = world.texts.say("announce.reminder", text=text)
    return [
        Say(
            world.private(contact, node=home.node), said, "announce.reminder",
            about={"announcement": found.no}, once=f"chase:{found.no}:{contact}:1",
        )
        for home in silent for contact in reachable.get(home.id, ())
    ]  # fmt: skip


async def _by_the_lead(
    world: World, found: Announcement, text: str, silent: Sequence[Household]
) -> list[Say]:
    """The lead of each building (or its worker, where it has none) gets the doors."""
    homes: dict[str, list[Household]] = defaultdict(list)
    for home in silent:
        lead = _lead(world, home)
        if lead is not None and lead.contact:
            homes[lead.contact].append(home)
    return [
        _doors(world, "announce.ask_them", found, text, contact, doors) for contact, doors in homes.items()
    ]


def _lead(world: World, home: Household) -> Post | None:
    directory = world.directory
    near = [
        code for code in directory.under(home.node) if directory.nodes[code].name.startswith(home.building)
    ]
    helpers = [post for code in [*near, home.node] for post in directory.at(code, Rank.HELPER)]
    own = [post for post in helpers if not home.building or home.building in directory.nodes[post.node].name]
    return own[0] if own else directory.worker(home.node)


async def _at_the_door(
    world: World, found: Announcement, text: str, silent: Sequence[Household]
) -> list[Say]:
    """The worker has the list of those to be told on the doorstep."""
    homes: dict[str, list[Household]] = defaultdict(list)
    for home in silent:
        worker = world.directory.worker(home.node)
        if worker is not None and worker.contact:
            homes[worker.contact].append(home)
    return [
        _doors(world, "announce.visit_them", found, text, contact, doors) for contact, doors in homes.items()
    ]


def _doors(
    world: World, key: str, found: Announcement, text: str, contact: str, homes: Sequence[Household]
) -> Say:
    names = "、".join(door(home) for home in homes[:NAMED]) + ("…" if len(homes) > NAMED else "")
    said = world.texts.say(key, number=found.no, text=text, count=len(homes), names=names)
    return Say(world.private(contact), said, key, about={"announcement": found.no})


NAMED = 30
CHASES = (_in_private, _by_the_lead, _at_the_door)
