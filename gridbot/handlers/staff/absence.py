"""请假, 交班: somebody is away; his deputy or whoever he names has his matters meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from gridbot.errors import Refusal
from gridbot.handlers.own_words import colleagues
from gridbot.handlers.routes import Routes
from gridbot.handlers.staff import handing_off
from gridbot.handlers.tickets import cards, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.territory import absences, onduty
from gridbot.models.territory.directory import Away
from gridbot.models.territory.people import Post
from gridbot.nlp import Urgency, When

routes = Routes()

DAY = timedelta(days=1)
ASKED_LIVES = timedelta(hours=2)
LONGEST = timedelta(days=92)
AHEAD = timedelta(days=7)
PARTS = ("上午", "下午")
LAST_MINUTE = time(23, 59)


@routes.on("absence")
async def leave(turn: Turn) -> Sequence[Say]:
    """请假 明天 [给 赵副]: new matters and those due meanwhile go to whoever stands in."""
    post = turn.require_staff()
    if turn.reading.when is None:
        data = {"intent": "absence", "rest": turn.rest}
        await turn.ask(turn.heard.sender, "until", data=data, lives=ASKED_LIVES)
        return [turn.reply("absence.which_day")]
    starts, ends = _span(turn)
    named = _named(turn)
    stand_in = named or _usual(turn, post, starts)
    if stand_in is None or stand_in.staff == post.staff:
        raise Refusal("absence.nobody")
    await _away(turn, post, starts, ends, stand_in, named=named is not None)
    span = _said(turn, starts, ends)
    said = turn.reply("absence.noted", span=span, name=stand_in.name)
    span = _said(turn, starts, ends, by_others=True)
    return [
        said,
        *_told(turn, post, stand_in, "absence.stand_in", span),
        *_told_leader(turn, post, stand_in, span),
    ]


@routes.on("hand_off")
async def hand_off(turn: Turn) -> Sequence[Say]:
    """交班 李四: from now until the speaker's own hours begin again, 李四 has it. 交班 旧 新: for good."""
    if (two := handing_off.pair(turn)) is not None:
        return await handing_off.for_good(turn, *two)
    post = turn.require_staff()
    stand_in = _named(turn) or turn.world.directory.deputy(post.staff)
    if stand_in is None or stand_in.staff == post.staff:
        raise Refusal("absence.to_whom")
    ends = _next_shift(turn, post)
    await _away(turn, post, turn.now, ends, stand_in, named=True)
    until = turn.when(ends)
    return [
        turn.reply("absence.handed_off", name=stand_in.name, until=until),
        *_told(turn, post, stand_in, "absence.shift", until),
    ]


@routes.on("back")
async def back(turn: Turn) -> Sequence[Say]:
    """销假, 我下午能回来 假不请了: the leave ends now, or at the moment that is named."""
    post, when = turn.require_staff(), turn.reading.when
    at = when.start if when is not None and when.start is not None and when.start > turn.now else turn.now
    row = await absences.end(turn.act, post.staff, at)
    if row is None:
        raise Refusal("absence.not_away")
    turn.world.org_changed = True
    stand_in = turn.world.directory.staff(row.stand_in) or _usual(turn, post, turn.now)
    leader = turn.world.directory.leader(post.node, but=post.staff)
    contacts = {each.contact for each in (stand_in, leader) if each is not None and each.contact}
    later, moment = row.starts_at < at and at > turn.now, turn.when(at)
    noted = turn.reply("absence.back_at_noted" if later else "absence.back_noted", at=moment)
    key = "absence.back_at" if later else "absence.back"
    others = sorted(contacts - {turn.heard.sender})
    says = [turn.tell(contact, key, name=told.name(turn), at=moment) for contact in others]
    return [noted, *(cards.held(turn, say) for say in says)]


@routes.on("away_list")
async def away_list(turn: Turn) -> Sequence[Say]:
    """谁请假了, 张磊请假了吗: who is away in the next days below the speaker; or a colleague."""
    turn.require_staff()
    named = colleague(turn)
    if named is not None:
        return [turn.reply("absence.line", name=named.name, state=_state(turn, named))]
    below = [code for post in turn.person.posts for code in turn.world.directory.under(post.node)]
    posts = {post.staff: post for code in below for post in turn.world.directory.at(code)}
    lines = [
        turn.texts.say("absence.line", name=post.name, state=_state(turn, post))
        for post in posts.values() if _next_away(turn, post) is not None
    ]  # fmt: skip
    return [turn.reply("absence.list", lines="\n".join(lines)) if lines else turn.reply("absence.none")]


def colleague(turn: Turn) -> Post | None:
    """The colleague whom the message names, 老李 too; the nearest where several have the name."""
    return _named(turn, turn.heard.text) or colleagues.spoken_of(turn, turn.heard.text)


def _next_away(turn: Turn, post: Post) -> Away | None:
    """The absence that holds or begins within a week."""
    coming = [one for one in turn.world.directory.away(post.staff) if one.ends_at > turn.now]
    coming.sort(key=lambda one: one.starts_at)
    return next((one for one in coming if one.starts_at <= turn.now + AHEAD), None)


def _state(turn: Turn, post: Post) -> str:
    gone = _next_away(turn, post)
    if gone is None:
        return turn.texts.say("absence.here")
    acting = onduty.stand_in(turn.world.directory, post, max(gone.starts_at, turn.now))
    name = acting.name if acting is not None else ""
    return turn.texts.say("absence.gone", span=_said(turn, gone.starts_at, gone.ends_at), name=name)


async def _away(
    turn: Turn, post: Post, starts: datetime, ends: datetime, stand_in: Post, *, named: bool
) -> None:
    """Write it down, but not why; from the next turn on everybody goes by it."""
    who = stand_in.staff if named else ""
    await absences.begin(turn.act, post.staff, starts, ends, who)
    turn.world.org_changed = True


def _span(turn: Turn) -> tuple[datetime, datetime]:
    """From when to when; a day means the whole of it. Raises Refusal where no day is named."""
    when, world = _half_day(turn) or turn.reading.when, turn.world
    if when is None or (when.start is None and when.end is None):
        raise Refusal("absence.when")
    start = when.start or when.end
    assert start is not None
    midnight = world.calendar.at(world.local(start).date() + DAY, time())
    ends = when.end or (midnight if world.local(start).time() == time() else _closing(turn, start))
    if world.local(ends).time() >= LAST_MINUTE:
        ends = world.calendar.at(world.local(ends).date() + DAY, time())
    if ends < turn.now:  # 1月5日, said in December, is next year's
        start, ends = (world.local(at).replace(year=world.local(at).year + 1) for at in (start, ends))
    begins = max(start, turn.now)
    if ends <= begins or ends - begins > LONGEST:
        raise Refusal("absence.when")
    return begins, ends


def _half_day(turn: Turn) -> When | None:
    """明天家长会，下午请半天: the part of the day that stands apart from the day; None for the whole day."""
    said, when = turn.heard.text, turn.reading.when
    part = next((part for part in PARTS if part in said), "")
    if when is None or not part or when.start is None or when.end is not None or part in when.text:
        return None
    local = turn.world.local(when.start)
    if local.time() != time():
        return None
    return turn.world.reader.read(f"{when.text}{part}", at=turn.heard.at).when


def _closing(turn: Turn, at: datetime) -> datetime:
    calendar = turn.world.calendar
    day = turn.world.local(at).date()
    closing = calendar.at(day, calendar.hours[-1][1])
    return closing if closing > at else calendar.at(day + DAY, time())


def _next_shift(turn: Turn, post: Post) -> datetime:
    """When the speaker is next on duty; the opening of the next working day where he has no hours."""
    calendar = turn.world.calendar
    tomorrow = calendar.at(turn.world.local(turn.now).date() + DAY, time())
    if post.hours:
        return onduty.next_on_duty(calendar, post, tomorrow)
    return calendar.next_open(tomorrow)


def _named(turn: Turn, said: str = "") -> Post | None:
    """The colleague whose name stands in the words, the nearest where several have it."""
    directory, own = turn.world.directory, turn.person.posts[0]
    words = said or turn.rest
    found = [post for post in directory.posts if post.name and post.name in words and post.staff != own.staff]
    found.sort(
        key=lambda post: not (directory.inside(post.node, own.node) or directory.inside(own.node, post.node))
    )
    return found[0] if found else None


def _usual(turn: Turn, post: Post, at: datetime) -> Post | None:
    """His deputy where he is there, else the main post he is deputy of, else the leader."""
    directory = turn.world.directory
    for each in (directory.deputy(post.staff), directory.staff(post.deputy_of)):
        if each is not None and onduty.away(directory, each.staff, at) is None:
            return each
    return directory.leader(post.node, but=post.staff)


def _said(turn: Turn, starts: datetime, ends: datetime, *, by_others: bool = False) -> str:
    """明天, 明天至后天, or moments where it is less than a day; `by_others`: as those read it who are not
    disturbed at night."""
    later = by_others and cards.waits(turn, Urgency.NORMAL)
    seen_at = turn.world.quiet_ends(turn.now, turn.grid) if later else turn.now
    world, today = turn.world, turn.world.local(seen_at).date()
    first, last = world.local(starts), world.local(ends - timedelta(seconds=1))
    moment = turn.texts.moment
    if world.local(ends).time() != time():
        return turn.texts.say("absence.span", first=moment(starts, seen_at), last=moment(ends, seen_at))
    if first.date() == last.date():
        return turn.texts.day(first.date(), today) or turn.texts.say("absence.today")
    begin = turn.texts.day(first.date(), today) or turn.texts.say("absence.today")
    return turn.texts.say("absence.span", first=begin, last=turn.texts.day(last.date(), today))


def _told(turn: Turn, post: Post, to: Post, key: str, span: str) -> list[Say]:
    if not to.contact or to.contact == turn.heard.sender:
        return []
    return [cards.held(turn, turn.tell(to.contact, key, name=told.name(turn), role=post.role, span=span))]


def _told_leader(turn: Turn, post: Post, stand_in: Post, span: str) -> list[Say]:
    leader = turn.world.directory.leader(post.node, but=post.staff)
    if leader is None or not leader.contact or leader.staff == stand_in.staff:
        return []
    say = turn.tell(leader.contact, "absence.leader", name=told.name(turn), other=stand_in.name, span=span)
    return [cards.held(turn, say)]
