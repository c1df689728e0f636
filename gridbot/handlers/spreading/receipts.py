"""Who has read an announcement: 收到 and what else says so, how it stands, 催."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.duty.duties import Announcement
from gridbot.models.duty.visits import door
from gridbot.models.spreading import announcements
from gridbot.models.territory import households
from gridbot.models.territory.org import Household
from gridbot.models.territory.people import Home
from gridbot.nlp.asks import Ask, only
from gridbot.nlp.slots import notice
from gridbot.nlp.slots import place as places
from gridbot.profiles import Rank

routes = Routes()
BREAKS = " ,，。.!！~～"
RECEIPT = ("收到", "已收到", "收到了", "已阅", "知道了", "看到了")
NODDED_WITHIN = timedelta(hours=1)  # in a group 好的 means the announcement for so long
NAMED = 20  # silent households spelled out


async def receipt(turn: Turn) -> Sequence[Say] | None:
    """收到, 1, +1 or a quote of a resident: his household has acknowledged; silent in a group.

    None where the message is no receipt: somebody else's matter.
    """
    if not (_says_so(turn) or turn.heard.quote is not None):
        return None
    home = await _by_text(turn) or turn.person.home or await by_nickname(turn)
    if home is None:
        return None
    found = await _meant(turn, home)
    if found is None:
        return None
    await announcements.acknowledge(found.no, home.id, turn.heard.sender, turn.now)
    return [turn.say("announce.noted")] if turn.private else []


def _says_so(turn: Turn) -> bool:
    """收到, 1, +1, or an entry of one's own in a chain list (接龙)."""
    command = turn.reading.command
    if turn.reading.plus_one or notice.chained(turn.heard.text) or _received(turn):
        return True
    if turn.private and only(turn.heard.text, Ask.NOD):
        return True  # 知道啦, to the reminder that he was sent
    if turn.heard.where.room is not None and only(turn.heard.text, Ask.NOD):
        return True  # 好的, 👌 right below the announcement; see _clear
    return command is not None and (command.name == "receipt" or command.choice == 1)


def _received(turn: Turn) -> bool:
    """收到 with a word after it: 收到，我家两口人去."""
    text = turn.heard.text.strip()
    for sign in BREAKS:
        text = text.partition(sign)[0]
    return text in RECEIPT or bool(notice.acknowledged_for(turn.heard.text))


async def _by_text(turn: Turn) -> Home | None:
    """The household that the receipt names: a son's for his parents (3-201收到), or by the flat alone."""
    door = notice.acknowledged_for(turn.heard.text)
    if not door or turn.group is None or not turn.group.residents or turn.person.is_staff:
        return None
    nodes, place = turn.world.directory.under(turn.group.node), places.parse_home(door)
    if place is None or not place.room:
        home, _ = await households.at(nodes, None, None, door)
    else:
        home, _ = await households.at(nodes, place.building or place.row, place.unit, place.room)
    return home


async def by_nickname(turn: Turn) -> Home | None:
    """The household at the door in the nickname (3-702刘), of somebody in its group who is not bound."""
    if turn.group is None or not turn.group.residents or turn.person.is_staff:
        return None
    door = places.parse_home(turn.heard.sender_name)
    if door is None or not door.room:
        return None
    nodes = turn.world.directory.under(turn.group.node)
    home, _ = await households.at(nodes, door.building or door.row, door.unit, door.room)
    return home


async def _meant(turn: Turn, home: Home) -> Announcement | None:
    """The announcement quoted, else the newest one here that asked for receipts."""
    quote = turn.heard.quote
    if quote is not None:
        number = await announcements.quoted(quote.id)
        quoted = await announcements.get(number) if number is not None else None
        return quoted if quoted is not None and quoted.receipt else None
    above = {node.code for node in turn.world.directory.up(home.node)}
    room = turn.heard.where.room
    for found in await announcements.waiting(turn.now):
        here = room in found.sent if room is not None else bool(above & set(found.audience))
        if here:
            return found if await _clear(turn, found) else None
    return None


async def _clear(turn: Turn, found: Announcement) -> bool:
    """Whether it can only mean the announcement: 收到 always, a 1 or +1 while nothing newer was reported."""
    command, room = turn.reading.command, turn.heard.where.room
    if _received(turn) or (command is not None and command.name == "receipt"):
        return True
    assert found.sent_at is not None
    if room is not None and turn.heard.quote is None and _only_nods(turn):
        recently = turn.now - found.sent_at <= NODDED_WITHIN
        return recently and not await announcements.reported_since(room, turn.heard.sender, found.sent_at)
    return not await announcements.reported_since(room, turn.heard.sender, found.sent_at)


def _only_nods(turn: Turn) -> bool:
    """好的, 👌: in a group they may as well answer a neighbour."""
    command = turn.reading.command
    said = turn.reading.plus_one or notice.chained(turn.heard.text) or (command and command.choice == 1)
    return not said and only(turn.heard.text, Ask.NOD)


async def sent_one(turn: Turn, *, any_newest: bool = False) -> Announcement:
    """The announcement named, else the speaker's newest one with receipts; sent, and his to ask about.

    `any_newest`: his newest one, with receipts or without.
    """
    turn.require_staff(Rank.LEADER)
    command = turn.reading.command
    if command is not None and command.numbers:
        found = await announcements.get(command.numbers[0])
    else:
        newest = await announcements.newest_by(turn.person.who) if any_newest else None
        found = newest or await announcements.last_by([turn.person.who])
    if found is None or found.state != announcements.SENT:
        raise Refusal("announce.not_sent")
    for node in found.audience:
        turn.require(node, Rank.LEADER)
    return found


async def standing(turn: Turn, found: Announcement) -> Say:
    """How many have acknowledged and who is silent; nobody hears of the question."""
    silent, count = await _silent(turn, found)
    if not silent:
        return turn.whisper("announce.all_in", number=found.no, count=count)
    return turn.whisper(
        "announce.standing", number=found.no, all=count, done=count - len(silent),
        silent=len(silent), names=_named(silent),
    )  # fmt: skip


async def _silent(turn: Turn, found: Announcement) -> tuple[list[Household], int]:
    """The households that have not acknowledged, and how many it was sent to in all."""
    below = {code for node in found.audience for code in turn.world.directory.under(node)}
    homes = await announcements.audience(found, below)
    done = set(await announcements.acknowledged(found.no))
    return [home for home in homes if home.id not in done], len(homes)


def _named(silent: Sequence[Household]) -> str:
    return "、".join(door(home) for home in silent[:NAMED]) + ("…" if len(silent) > NAMED else "")


@routes.on("chase")
async def chase(turn: Turn) -> Sequence[Say]:
    """催 [公告号]: how many have acknowledged, who is silent; the silent are reminded in private."""
    found = await sent_one(turn)
    if not found.receipt:
        raise Refusal("announce.no_receipt", number=found.no)
    silent, count = await _silent(turn, found)
    if not silent:
        return [turn.whisper("announce.all_in", number=found.no, count=count)]
    reachable = await announcements.reachable([home.id for home in silent])
    unbound = len(silent) - len(reachable)
    newest = await announcements.corrected_by(found.no) or found
    text = turn.world.announced(newest.text, newest.sent_at, turn.now)
    answer = turn.whisper(
        "announce.count", number=found.no, all=count, done=count - len(silent),
        silent=len(silent), names=_named(silent), chased=len(reachable),
        rest=turn.texts.say("announce.unbound", count=unbound) if unbound else "",
    )  # fmt: skip
    return [answer, *(_reminder(turn, found, text, c) for contacts in reachable.values() for c in contacts)]


def _reminder(turn: Turn, found: Announcement, text: str, contact: str) -> Say:
    """Once a day, and not at night."""
    say = turn.tell(contact, "announce.reminder", text=text)
    day = turn.world.local(turn.now).date()
    return Say(
        say.to, say.text, say.key, about={"announcement": found.no}, once=f"chase:{found.no}:{contact}:{day}",
        not_before=turn.world.quiet_ends(turn.now) if turn.world.quiet(turn.now) else None,
    )  # fmt: skip
