"""算我一个, 我家去两个: neighbours sign up for what a notice calls them to, in their own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gridbot.handlers.neighbours import volunteers
from gridbot.handlers.spreading import receipts
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.acts import Act
from gridbot.models.duty.duties import Announcement
from gridbot.models.neighbours import volunteering
from gridbot.models.neighbours.trust import Activity
from gridbot.models.spreading import announcements
from gridbot.nlp.slots import attending, when

OUTAGES = ("停水", "停电", "停气", "停暖", "检修", "抢修", "维修")  # nobody signs up for these
NO_HOUR = timedelta(days=14)  # so long people may sign up where the notice names no time
TITLE = 20


@dataclass(frozen=True, slots=True)
class Call:
    """What an announcement calls people to; `at` None where it names no time."""

    one: Announcement
    title: str
    at: datetime | None


async def heard(turn: Turn) -> Sequence[Say] | None:
    """Signed up, or taken back, with a word in private; None where no notice calls, or nothing is said."""
    if turn.person.is_staff or turn.heard.late or (turn.private and turn.reading.command is not None):
        return None
    if attending.not_coming(turn.heard.text):
        return await _taken_back(turn)
    if (named := await _named_activity(turn)) is not None:
        return named
    people = attending.coming(turn.heard.text)
    call = await _call(turn) if people is not None else None
    if call is None or people is None:
        return None
    home = turn.person.home or await receipts.by_nickname(turn)
    row = await _activity(turn, call)
    name = turn.person.name or turn.heard.sender_name
    if people > 1:
        name = turn.texts.say("volunteer.with", name=name, count=people)
    new = await volunteering.joined(
        turn.act, row.team, row.id, row.node, turn.heard.sender, home.id if home else "", name
    )
    if home is not None and call.one.receipt:
        await announcements.acknowledge(call.one.no, home.id, turn.heard.sender, turn.now)
    return [turn.whisper("volunteer.joined" if new else "volunteer.known", what=_named(turn, call))]


async def _named_activity(turn: Turn) -> Sequence[Say] | None:
    """周六大扫除我去: what is to come and is called so."""
    home = turn.person.home
    if home is None or not attending.at_the_end(turn.heard.text):
        return None
    above = [node.code for node in turn.world.directory.up(home.node)]
    coming = await volunteering.coming(above, turn.now)
    row = next((row for row in coming if row.title and row.title in turn.heard.text), None)
    if row is None:
        return None
    new = await volunteering.joined(
        turn.act, row.team, row.id, row.node, turn.heard.sender, home.id, turn.person.name
    )
    what = turn.texts.say("volunteer.named", title=row.title, at=turn.when(row.starts_at))
    return [turn.whisper("volunteer.joined" if new else "volunteer.known", what=what)]


def _named(turn: Turn, call: Call) -> str:
    if call.at is None:
        return call.title
    return turn.texts.say("volunteer.named", title=call.title, at=turn.when(call.at))


async def _call(turn: Turn) -> Call | None:
    """The newest notice read here that calls people and is not over; the one quoted where one is."""
    quote = turn.heard.quote
    number = await announcements.quoted(quote.id) if quote is not None else None
    sure = number is not None or attending.explicit(turn.heard.text)
    for one in await _read_here(turn):
        if number is not None and one.no != number:
            continue
        meant = attending.invites(one.text) or (sure and not any(word in one.text for word in OUTAGES))
        if meant and (call := _told(turn, one)) is not None and (call.at is None or call.at > turn.now):
            return call
    return None


async def _read_here(turn: Turn) -> list[Announcement]:
    """What hangs in this group, or was sent to the speaker's home."""
    found, room = await announcements.hanging(turn.now), turn.heard.where.room
    if room is not None:
        return [one for one in found if room in one.sent]
    home = turn.person.home
    above = {node.code for node in turn.world.directory.up(home.node)} if home is not None else set()
    return [one for one in found if above & set(one.audience)]


def _told(turn: Turn, one: Announcement) -> Call | None:
    read = when.find(one.text, at=one.sent_at or turn.now, zone=turn.world.zone)
    at = read.start if read is not None else None
    first = one.text.partition("\n")[0]
    left = first.replace(read.text, " ", 1) if read is not None else first
    for sign in "，,。；;":
        left = left.replace(sign, " ")
    title = next(iter(left.split()), first)
    return Call(one, title[:TITLE], at)


async def _activity(turn: Turn, call: Call) -> Activity:
    """The activity of a notice, made when the first neighbour signs up."""
    node, begins = call.one.audience[0], call.at or (call.one.sent_at or turn.now) + NO_HOUR
    for row in await volunteering.coming([node], turn.now):
        if row.title == call.title and row.starts_at == begins:
            return row
    teams = volunteers.teams_at(turn)
    team = next((name for name in teams if name in call.one.text), next(iter(teams), ""))
    made = await volunteering.planned(Act(call.one.by, turn.now), node, team, call.title, begins)
    await volunteers.remind(turn, made)
    return made


async def _taken_back(turn: Turn) -> Sequence[Say] | None:
    """不去了, of what he signed up for last; None where there is nothing."""
    found = await volunteering.signed_up(turn.heard.sender, turn.now)
    if found is None:
        return None
    row, activity = found
    await volunteering.left(turn.act, row)
    return [turn.whisper("volunteer.left", title=activity.title)]
