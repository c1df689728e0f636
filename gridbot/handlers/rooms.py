"""Listening in a group: 启用, 停用, 静默; people who come and go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets.timing import said_moment
from gridbot.handlers.turn import Turn
from gridbot.messages import Gap, Say
from gridbot.models import acts
from gridbot.models.territory import rooms
from gridbot.models.territory.directory import Group
from gridbot.profiles import Rank

routes = Routes()

LEADERS = (Rank.LEADER, Rank.DEPUTY)
LONG_GAP = timedelta(minutes=10)


@routes.on("enable")
async def enable(turn: Turn) -> Sequence[Say]:
    """启用: the notice is posted, and from now on reports need not be addressed."""
    group = _group(turn)
    turn.require(group.node, *LEADERS)
    await _listen(turn, group, "keywords")
    office, days = turn.world.office, turn.world.conduct.keep_text.days
    phone = turn.texts.say("rooms.phone", phone=office.phone) if office.phone else ""
    return [
        turn.tell_group(group, "rooms.notice", bot=office.bot, office=office.office, days=days, phone=phone)
    ]


@routes.on("disable")
async def disable(turn: Turn) -> Sequence[Say]:
    """停用: only what is addressed to the bot is read."""
    group = _group(turn)
    turn.require(group.node, *LEADERS)
    await _listen(turn, group, "mention")
    return [turn.tell_group(group, "rooms.disabled")]


async def _listen(turn: Turn, group: Group, listen: str) -> None:
    await rooms.set_group(turn.act, group.id, listen=listen)
    turn.world.org_changed = True
    await acts.record(turn.person.who, turn.now, f"listen {listen}", group.room)


@routes.on("mute")
async def mute(turn: Turn) -> Sequence[Say]:
    """静默 群 2小时: the bot says nothing in the group until then, emergencies apart."""
    group = _group(turn)
    turn.require(group.node, *LEADERS)
    until = _until(turn)
    await rooms.set_group(turn.act, group.id, muted_until=until)
    turn.world.org_changed = True
    await acts.record(turn.person.who, turn.now, "mute", group.room)
    return [turn.whisper("rooms.muted", until=turn.when(until))]


def _until(turn: Turn) -> datetime:
    at = said_moment(turn)
    if at is None or at <= turn.now:
        raise Refusal("rooms.how_long")
    return at


def _group(turn: Turn) -> Group:
    """The group spoken in, or the one named from outside, or the only one of the speaker's."""
    if turn.group is not None and turn.group.residents:
        return turn.group
    turn.require_staff()
    directory = turn.world.directory
    mine = [group for post in turn.person.posts for group in directory.groups_of(post.node)]
    named = [group for group in mine if _named(turn, group)]
    found = list(dict.fromkeys(named or mine))
    if len(found) != 1:
        raise Refusal("rooms.which")
    return found[0]


def _named(turn: Turn, group: Group) -> bool:
    node = turn.world.directory.nodes.get(group.node)
    names = (group.room, group.name, node.name if node else "")
    return any(name and name in turn.rest for name in names)


@routes.on("!topic")
async def renamed(turn: Turn) -> Sequence[Say]:
    """A group has another name: it may tell which building it is for."""
    topic: str = getattr(turn.event, "topic", "")
    if turn.group is not None and turn.group.name != topic:
        await rooms.rename(turn.group.id, topic)
        turn.world.org_changed = True
    return []


@routes.on("!gap")
async def gap(turn: Turn) -> Sequence[Say]:
    """Messages may have been missed for more than ten minutes: leaders should know."""
    assert isinstance(turn.event, Gap)
    if turn.event.until - turn.event.since <= LONG_GAP:
        return []
    texts = turn.texts
    since, until = texts.moment(turn.event.since, turn.now), texts.moment(turn.event.until, turn.now)
    leaders = turn.world.directory.leaders().values()
    contacts = dict.fromkeys(posts[0].contact for posts in leaders if posts[0].contact)
    return [turn.tell(contact, "rooms.gap", since=since, until=until) for contact in contacts]
