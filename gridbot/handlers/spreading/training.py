"""A leader invites staff to a training; who is there says so; who was not makes it up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.spreading.audience import audience_of, knows
from gridbot.handlers.tickets import cards
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.spreading import courses, meetings
from gridbot.models.spreading.courses import Attendance, Training
from gridbot.nlp.slots import notice
from gridbot.profiles import Rank

routes = Routes()

REMIND = timedelta(hours=1)
CLOSE = timedelta(hours=4)
NAMED = 30
ROLL = ("名单", "情况", "签到", "签到情况", "到课情况", "出勤")  # who was there, asked of the last one
TAUGHT = (Rank.WORKER, Rank.DEPUTY, Rank.HELPER, Rank.LEADER, Rank.MEDIATOR, Rank.POLICE, Rank.DESK)


@routes.on("training")
async def training(turn: Turn) -> Sequence[Say]:
    """培训 范围 时间 题目 地点: an invitation to everybody in scope; 培训 [12]: who was there."""
    post = turn.require_staff(Rank.LEADER)
    number = turn.rest.strip("#＃ ")
    if number.isdecimal():
        return [await _tally(turn, await _led(turn, int(number)))]
    if (not number or number in ROLL) and (
        last := await courses.latest(turn.world.directory.under(post.node))
    ):
        return [await _tally(turn, await _led(turn, last.no))]
    read = notice.read(
        turn.rest, options=(), is_scope=lambda name: knows(turn, name), at=turn.heard.at, zone=turn.world.zone
    )
    if read.at is None or not read.text:
        raise Refusal("training.how")
    if read.at < turn.now:
        raise Refusal("announce.past", at=turn.when(read.at))
    to = await audience_of(turn, read.scope)
    people = _people(turn, to.nodes)
    made = Training(by=turn.person.who, nodes=list(to.nodes), text=read.text, starts_at=read.at)
    return await _invited(turn, made, people)


@routes.on("training_year")
async def year(turn: Turn) -> Sequence[Say]:
    """培训计划: what was and will be taught this year below the speaker, and how many came."""
    post = turn.require_staff(Rank.LEADER)
    below, today = set(turn.world.directory.under(post.node)), turn.world.local(turn.now).date()
    since = turn.world.calendar.at(today.replace(month=1, day=1), time())
    until = turn.world.calendar.at(today.replace(year=today.year + 1, month=1, day=1), time())
    found = [one for one in await courses.held(since, until) if below & set(one.nodes)]
    if not found:
        raise Refusal("training.none_yet", year=today.year)
    lines = [await _line(turn, one) for one in found[-NAMED:]]
    return [turn.whisper("training.year", year=today.year, count=len(found), lines="\n".join(lines))]


async def _line(turn: Turn, made: Training) -> str:
    people = await courses.everybody(made.no)
    key = "training.line" if made.starts_at <= turn.now else "training.line_to_come"
    return turn.texts.say(
        key, number=made.no, at=turn.texts.on(turn.world.local(made.starts_at).date()), text=made.text,
        all=len(people), came=sum(one.came_at is not None for one in people),
    )  # fmt: skip


@routes.on("make_up")
async def make_up(turn: Turn) -> Sequence[Say]:
    """补课 12 周三下午3点: those who were not there are invited once more."""
    post = turn.require_staff(Rank.LEADER)
    command = turn.reading.command
    last = await courses.latest(turn.world.directory.under(post.node))
    number = command.numbers[0] if command and command.numbers else last.no if last is not None else 0
    before = await _led(turn, number)
    read = notice.read(f"{turn.rest} {before.text}", options=(), is_scope=lambda _: False,
                       at=turn.heard.at, zone=turn.world.zone)  # fmt: skip
    if read.at is None or read.at < turn.now:
        raise Refusal("training.how_to_make_up")
    missing = await courses.absent(before.no)
    if not missing:
        raise Refusal("training.nobody_missing", number=before.no)
    people = [Attendance(staff=one.staff, contact=one.contact, node=one.node) for one in missing]
    made = Training(
        by=turn.person.who, nodes=before.nodes, text=before.text, starts_at=read.at, makes_up=before.no
    )
    return await _invited(turn, made, people)


async def _invited(turn: Turn, made: Training, people: list[Attendance]) -> list[Say]:
    if not people:
        raise Refusal("training.nobody")
    plans = [(courses.CLOSE, made.starts_at + CLOSE)]
    if made.starts_at - REMIND > turn.now:
        plans.append((courses.REMIND, made.starts_at - REMIND))
    await courses.invite(turn.act, made, people, plans)
    at = turn.when(made.starts_at)
    key = "training.again" if made.makes_up else "training.invitation"
    invitations = [turn.tell(one.contact, key, number=made.no, at=at, text=made.text) for one in people]
    return [turn.whisper("training.invited", number=made.no, count=len(people), at=at), *invitations]


def _people(turn: Turn, nodes: Sequence[str]) -> list[Attendance]:
    """Everybody with a post in these nodes or below who can be reached, each once, the speaker left out."""
    directory, found = turn.world.directory, dict[str, Attendance]()
    for code in dict.fromkeys(code for node in nodes for code in directory.under(node)):
        for post in directory.at(code, *TAUGHT):
            if post.contact and post.staff != turn.person.who:
                invited = Attendance(staff=post.staff, contact=post.contact, node=post.node)
                found.setdefault(post.staff, invited)
    return list(found.values())


async def here(turn: Turn) -> Sequence[Say] | None:
    """到, said at the time of a training: noted; None where none takes place now."""
    found = await courses.now_on(turn.heard.sender, turn.now)
    if found is None:
        return None
    await courses.came(found[1], turn.now)
    return [turn.whisper("training.noted", number=found[0].no)] if turn.private else []


async def cannot(turn: Turn) -> Sequence[Say] | None:
    """去不了 of whoever is invited to a training: its organiser reads so; None where none is to come."""
    found = await courses.invited_to(turn.heard.sender, turn.now)
    if found is None or not turn.private:
        return await _not_to_the_meeting(turn) if turn.private else None
    made, at = found[0], turn.when(found[0].starts_at)
    leader, name = turn.world.directory.staff(made.by), turn.person.posts[0].name
    thanks = turn.whisper("training.excused", number=made.no, name=leader.name if leader else "")
    if leader is None or not leader.contact:
        return [thanks]
    told = turn.tell(
        leader.contact, "training.cannot", number=made.no, at=at, name=name, text=turn.heard.text.strip()
    )
    return [thanks, cards.held(turn, told)]


async def _not_to_the_meeting(turn: Turn) -> Sequence[Say] | None:
    made = await meetings.invited_to(turn.heard.sender, turn.now)
    caller = turn.world.directory.staff(made.by) if made is not None else None
    if made is None or caller is None or not caller.contact:
        return None
    name, at = turn.person.posts[0].name, turn.when(made.starts_at)
    told = turn.tell(
        caller.contact, "meeting.cannot", number=made.no, at=at, name=name, text=turn.heard.text.strip()
    )
    return [turn.whisper("meeting.excused", number=made.no, name=caller.name), cards.held(turn, told)]


async def _led(turn: Turn, number: int) -> Training:
    made = await courses.get(number)
    if made is None or made.stopped:
        raise Refusal("training.unknown")
    for node in made.nodes:
        turn.require(node, Rank.LEADER)
    return made


async def _tally(turn: Turn, made: Training) -> Say:
    people, missing = await courses.everybody(made.no), await courses.absent(made.no)
    names = [post.name for one in missing if (post := turn.world.directory.staff(one.staff)) is not None]
    shown = "、".join(names[:NAMED]) + ("…" if len(names) > NAMED else "")
    key = "training.tally" if missing else "training.tally_full"
    came = sum(one.came_at is not None for one in people)
    return turn.whisper(key, number=made.no, text=made.text, all=len(people), came=came,
                        missing=len(missing), names=shown)  # fmt: skip


async def taken_back(turn: Turn, number: int) -> Sequence[Say] | None:
    """撤销 12 of a training that has not begun: those invited hear it; None where it is none."""
    made = await courses.get(number)
    if made is None:
        return None
    if made.by != turn.person.who:
        raise Refusal("refuse.not_allowed")
    if made.stopped or made.starts_at <= turn.now:
        raise Refusal("training.over", number=number)
    await courses.stop(made)
    people = await courses.everybody(number)
    off = [turn.tell(one.contact, "training.off", number=number, text=made.text) for one in people]
    return [turn.whisper("training.stopped", number=number, count=len(people)), *off]
