"""Announcements at their time: into the groups of the audience, each as soon as it may have it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from gridbot.messages import Address, Say
from gridbot.models import announcements, board
from gridbot.models.announcements import CONFIRMED, JOB, SENT
from gridbot.models.board import Plan
from gridbot.models.directory import Group
from gridbot.models.duties import Announcement, Due
from gridbot.schedules.jobs import Jobs
from gridbot.world import World

jobs = Jobs()

TOO_LATE = timedelta(hours=2)


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
    moments = await _moments(world, groups, found, now)
    ready = [group for group in groups if moments[group.id] <= now]
    await announcements.leave(found, [group.room for group in ready], now)
    late: dict[datetime, list[str]] = defaultdict(list)
    for group in groups:
        if moments[group.id] > now:
            late[moments[group.id]].append(group.room)
    for at, rooms in late.items():
        await board.put(Plan(JOB, row.what, at, f"{row.occurrence}@{at.isoformat()}", {"rooms": rooms}))
    posts = [_post(world, found, group) for group in ready]
    return [*posts, *_told(world, found, len(ready), late)]


async def _moments(
    world: World, groups: Sequence[Group], found: Announcement, now: datetime
) -> dict[int, datetime]:
    """When each group may have it: `now`, or later."""
    lanes = {group.id: address(world, group).lane for group in groups}
    written = await announcements.written_today(list(lanes.values()), world.midnight(now))
    tomorrow = world.quiet_ends(world.midnight(now) + timedelta(days=1))
    moments: dict[int, datetime] = {}
    for group in groups:
        at = now
        if not found.urgent:
            if written.get(lanes[group.id], 0) >= world.conduct.group_messages_a_day:
                at = tomorrow
            if group.muted_until is not None and group.muted_until > at:
                at = group.muted_until
            if world.quiet(at):
                at = world.quiet_ends(at)
        moments[group.id] = at
    return moments


def _post(world: World, found: Announcement, group: Group) -> Say:
    texts = world.texts
    lines = [texts.say("announce.post", text=found.text, to=_to(world, found, group), by=_by(world, found))]
    if found.receipt:
        lines.append(texts.say("announce.please" if group.listen == "keywords" else "announce.please_quote"))
    return Say(
        address(world, group), "\n".join(lines), "announce.post", about={"announcement": found.no},
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


def _told(world: World, found: Announcement, sent: int, late: dict[datetime, list[str]]) -> Iterable[Say]:
    """The author hears that it has gone out, and which groups have to wait."""
    author = world.directory.staff(found.by)
    if author is None or not author.contact:
        return
    text = world.texts.say("announce.sent", no=found.no, groups=sent) if sent else ""
    if late:
        waiting = world.texts.say("announce.waiting", no=found.no, groups=sum(map(len, late.values())))
        text = f"{text}\n{waiting}".strip()
    if text:
        yield Say(world.private(author.contact), text, "announce.sent")


def address(world: World, group: Group) -> Address:
    """Where a group is; in replay, and where rooms.csv names no transport, on the primary one."""
    at = replace(world.primary, room=group.room, contact=None)
    return replace(at, transport=group.transport) if _known_elsewhere(world, group) else at


def _known_elsewhere(world: World, group: Group) -> bool:
    return bool(group.transport) and world.directory.group(world.primary.transport, group.room) is None
