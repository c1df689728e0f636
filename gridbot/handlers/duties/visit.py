"""A worker was at somebody's door, or called: written down in one line, in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gridbot.handlers.duties import homes
from gridbot.handlers.own_words import colleagues
from gridbot.handlers.reports import finding
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import questions
from gridbot.models.duty import pauses, visits
from gridbot.models.duty.duties import Announcement, Visit
from gridbot.models.spreading import announcements
from gridbot.models.territory import register
from gridbot.models.territory.org import Household
from gridbot.models.territory.people import Post
from gridbot.nlp import passages
from gridbot.nlp.slots import place
from gridbot.workdays import parse_hours

routes = Routes()

MODES = {
    "上门": visits.AT_THE_DOOR, "入户": visits.AT_THE_DOOR, "电话": visits.BY_PHONE, "电访": visits.BY_PHONE,
    "视频": "视频", "路遇": "路遇", "路上": "路遇", "视频走访": "视频", "视频看望": "视频",
    "电话走访": visits.BY_PHONE, "电话问访": visits.BY_PHONE, "上门走访": visits.AT_THE_DOOR,
    "入户走访": visits.AT_THE_DOOR,
}  # fmt: skip
SPOKEN = {
    visits.BY_PHONE: ("打电话", "打了电话", "电话里", "电话联系", "通了电话", "电话问"),
    "视频": ("视频看", "打视频", "微信视频", "视频通话", "视频里"),
    "路遇": ("路上碰", "路上遇", "路上见", "碰见", "碰到", "遇见", "遇到", "楼下见", "小区里见"),
}
NOBODY = (
    "不在家",
    "没人",
    "无人",
    "家里没人",
    "家没人",
    "敲门没应",
    "没应",
    "敲不开",
    "没开门",
    "没见到",
    "没见着",
    "没动静",
    "未遇",
    "锁门",
)
REFUSED = ("拒访", "拒绝", "不开门", "不给开门", "不让进", "不让我进", "不配合", "不肯", "不愿意")
MOVED = ("搬走", "已搬走", "搬家", "搬走了", "已搬家", "搬了", "搬到", "搬出去")
ALL_WELL = ("正常", "都好", "没变化", "无变化", "一切正常")
AGAIN_IN = 2  # working days
LISTED = 10  # doors of a list
BOOK = 6  # visits shown of a household
TITLE = 20  # characters of an announcement that are shown
GAPS = 3  # questions a visit brings
CURRENT = timedelta(days=30)
TOLD_LIVES = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Told:
    """What the worker said of the visit."""

    mode: str
    outcome: str

    def says(self, words: Sequence[str]) -> bool:
        """Whether the outcome begins with, or is, one of these words."""
        return any(self.outcome.startswith(word) for word in words)


@routes.on("visit_plan")
async def visit_plan(turn: Turn) -> Sequence[Say]:
    """走访情况: how far the rounds are, who is due today, who is overdue; a leader reads whose it is."""
    turn.require_staff()
    return [await _progress(turn)]


@routes.on("visit", "call_visit")
async def visit(turn: Turn) -> Sequence[Say]:
    """走访 3-502 正常: the visit is written down; a call (电访) too. Alone it shows the period so far."""
    turn.require_staff()
    bare = not turn.rest.strip() and turn.reading.command is not None and not turn.reading.command.options
    if bare or (homes.address_in(turn.rest) is None and passages.asks(turn.rest)):
        return [await _progress(turn)]
    command = turn.reading.command
    by_phone = command is not None and command.name == "call_visit"
    home, rest = await homes.one(turn)
    told = _told(rest, visits.BY_PHONE if by_phone else visits.AT_THE_DOOR)
    if told.says(MOVED):
        return await _moved(turn, home, told)
    if told.says(NOBODY) or told.says(REFUSED):
        return await _in_vain(turn, home, told)
    return [*await _record(turn, home, told), *await _found(turn, home, told)]


async def _found(turn: Turn, home: Household, told: Told) -> Sequence[Say]:
    """楼道灯不亮, seen on the way to a door: a matter of the stairwell, found and not reported."""
    if told.outcome in ALL_WELL:
        return []
    stairs = f"{home.building}号楼{home.unit}单元" if home.unit else f"{home.building}号楼"
    near = place.find(stairs) if home.building and home.room else None
    return await finding.seen(turn, told.outcome, near=near) or []


async def _progress(turn: Turn) -> Say:
    """Households visited in the running calendar period, by class: in private, for one's own grids only.

    A colleague or a class that is named (张磊走访了多少, 独居老人都看了没) narrows it down.
    """
    done, total, period = Counter[str](), Counter[str](), {}
    left: dict[str, list[str]] = {}
    today, of = turn.world.local(turn.now).date(), colleagues.by_name(turn, turn.heard.text)
    for code in homes.area(turn) if of is None else _worked_by(turn, of):
        profile = turn.world.directory.profile(code)
        dwellings = await visits.dwellings(code)
        made = await visits.made([code], turn.now) if dwellings else {}
        for dwelling in dwellings:
            cadence = profile.cadence(dwelling.classes)
            last = made.get(dwelling.id, visits.Made())
            at = last.at_the_door if cadence.at_the_door else last.at
            first, _ = cadence.period.window(today)
            total[cadence.zh] += 1
            seen = at is not None and turn.world.local(at).date() >= first
            done[cadence.zh] += seen
            period[cadence.zh] = cadence.period
            if not seen:
                left.setdefault(cadence.zh, []).append(dwelling.id)
    named = [why for why in total if why in turn.heard.text]
    lines = [
        turn.texts.say("visit.progress_line", why=why, period=turn.texts.say(f"visit.per_{period[why]}"),
                       done=done[why], total=total[why])
        for why in sorted(named or total, key=lambda why: period[why].days)
    ]  # fmt: skip
    whose = turn.texts.say("visit.progress_of", name=of.name) if of is not None else ""
    more = [await _left(left.get(why, ()), turn) for why in named] if named else []
    if not named and of is None:
        more = await _open(turn, today)
    return turn.whisper("visit.progress", whose=whose, lines="\n".join([*lines, *more]))


def _worked_by(turn: Turn, post: Post) -> list[str]:
    """The grids a colleague works, of those that the speaker's posts cover."""
    directory = turn.world.directory
    own = [p.node for p in directory.posts_of(post.staff) if not p.deputy_of]
    below = {code for node in own for code in directory.under(node)}
    return [code for code in homes.area(turn) if code in below]


async def _left(households: Sequence[str], turn: Turn) -> str:
    """Who of a class has not been visited yet, door by door."""
    if not households:
        return turn.texts.say("visit.left_none")
    doors = await visits.doors(households)
    shown = "、".join(str(doors.get(one, visits.NOWHERE)) for one in households[:LISTED])
    more = "…" if len(households) > LISTED else ""
    return turn.texts.say("visit.left_doors", count=len(households), doors=shown + more)


async def _open(turn: Turn, today: date) -> list[str]:
    """Who is to be seen today and who should have been, door by door."""
    owed = await visits.owed_until(homes.area(turn), today)
    doors = await visits.doors(visit.household for visit in owed)
    own = {post.staff for post in turn.person.posts}
    lines = []
    for key, part in (
        ("visit.open_late", [visit for visit in owed if visit.due_on < today]),
        ("visit.open_today", [visit for visit in owed if visit.due_on == today]),
    ):
        named = [_whose(turn, doors, visit, own) for visit in part[:LISTED]]
        if named:
            more = "…" if len(part) > LISTED else ""
            lines.append(turn.texts.say(key, count=len(part), doors="、".join(named) + more))
    return lines or [turn.texts.say("visit.open_none")]


def _whose(turn: Turn, doors: Mapping[str, visits.Door], visit: visits.Owed, own: set[str]) -> str:
    """A door, with the name of the colleague whose visit it is."""
    door, worker = str(doors.get(visit.household, visits.NOWHERE)), turn.world.directory.staff(visit.worker)
    if worker is None or worker.staff in own:
        return door
    return turn.texts.say("visit.whose", door=door, name=worker.name)


def _told(text: str, mode: str) -> Told:
    """The way it was made, where words name one, and the rest as the outcome."""
    words = text.split()
    for way, said in SPOKEN.items():
        if any(one in text for one in said):
            mode = way
    for word in words:
        if word.strip(homes.PUNCTUATION) in MODES:
            mode = MODES[word.strip(homes.PUNCTUATION)]
            words.remove(word)
            break
    return Told(mode, " ".join(words).strip(homes.PUNCTUATION))


async def _record(turn: Turn, home: Household, told: Told) -> Sequence[Say]:
    profile = turn.world.directory.profile(home.node)
    cadence = profile.cadence(await visits.classes_of(home))
    staff = turn.person.posts[0].staff
    made, settled = await visits.record(
        turn.act, home, worker=staff, mode=told.mode, outcome=told.outcome, needs_door=cadence.at_the_door
    )
    there = told.mode == visits.AT_THE_DOOR
    seen = await _looked_in(turn, home, told, staff) if there else []
    if told.says(ALL_WELL) and there:
        await register.confirm(turn.act, home, register.fields(profile.care))
    left = len(await visits.near([staff], turn.world.local(turn.now).date()))
    lines = [
        turn.texts.say(
            "visit.recorded" if settled else "visit.recorded_call",
            door=visits.door(home),
            mode=told.mode,
            outcome=told.outcome or turn.texts.say("visit.made"),
            left=turn.texts.say("visit.left", count=left) if left else "",
        ),
        *([turn.texts.say("visit.seen_too", why="、".join(seen))] if seen else []),
        *await _gaps(turn, home),
        *await _current(turn, home, made),
    ]
    return [turn.whisper("visit.lines", lines="\n".join(lines))]


async def _looked_in(turn: Turn, home: Household, told: Told, staff: str) -> list[str]:
    """Who lives alone (or was named) was seen by this visit: the look-ins of these hours are made by it too.

    The evening's only once its hours have begun.
    """
    local = turn.world.local(turn.now)
    evening = parse_hours(turn.world.directory.profile(home.node).pair.evening)[0][0]
    whys = (visits.MORNING, visits.EVENING) if local.time() >= evening else (visits.MORNING,)
    rows = await visits.look_ins_at(home.id, local.date(), whys)
    alone = bool(rows) and len((await register.entry(home)).members) <= 1
    rows = [row for row in rows if alone or row.person in told.outcome]
    await visits.seen(turn.act, rows, worker=staff, outcome=told.outcome)
    return [row.why for row in rows]


async def _gaps(turn: Turn, home: Household) -> list[str]:
    """What the four sheets still want to know of this household."""
    missing = await gaps(turn, home)
    if not missing:
        return []
    door, fields = visits.door(home), "、".join(missing[:GAPS])
    return [turn.texts.say("visit.gaps", fields=fields, door=door, field=missing[0])]


async def gaps(turn: Turn, home: Household) -> list[str]:
    """The fields of a household's sheets that are unknown or too old."""
    care = turn.world.directory.profile(home.node).care
    return register.questions(await register.entry(home), care, turn.world.calendar, turn.now)


async def _current(turn: Turn, home: Household, made: Visit) -> list[str]:
    """The announcements in force here, to be ticked as explained at the door."""
    above = [node.code for node in turn.world.directory.up(home.node)]
    found = await announcements.current(above, turn.now - CURRENT)
    held = [one for one in found if not _over(turn, one)]
    titles = [_title(one.text) for one in held]
    if not titles:
        return []
    where = turn.private_with(turn.heard.sender)
    data = {"titles": titles, "visit": made.id}
    await turn.ask(turn.heard.sender, "visit_told", where=where, data=data, lives=TOLD_LIVES)
    told = (f"{title}{_sent_on(turn, one)}" for title, one in zip(titles, held, strict=True))
    lines = "\n".join(f"{number}. {title}" for number, title in enumerate(told, 1))
    return [turn.texts.say("visit.tell", lines=lines)]


def _title(text: str) -> str:
    """The beginning of an announcement, up to where it may be cut."""
    first = text.splitlines()[0]
    head = first.split("，")[0].split("。")[0]
    return head if len(head) <= TITLE else f"{head[:TITLE]}…"


def _sent_on(turn: Turn, one: Announcement) -> str:
    """The day it was sent, unless that is today: 明天 in it means the day after that one."""
    sent = turn.world.local(one.sent_at or turn.now).date()
    if sent == turn.world.local(turn.now).date():
        return ""
    return turn.texts.say("visit.tell_sent", month=sent.month, day=sent.day)


def _over(turn: Turn, one: Announcement) -> bool:
    """Whether the time an announcement speaks of is past: nobody explains that at the door any more."""
    when = turn.world.reader.read(one.text, at=one.sent_at or turn.now).when
    moment = (when.end or when.start) if when is not None else None
    return moment is not None and turn.world.local(moment).date() < turn.world.local(turn.now).date()


@routes.on("?visit_told")
async def explained(turn: Turn) -> Sequence[Say]:
    """1 3: the announcements that were explained at the door."""
    question = turn.asked
    titles = question.data.get("titles")
    made = await visits.one(int(str(question.data.get("visit"))))
    words = turn.reading.text.replace("、", " ").replace("，", " ").replace(",", " ").split()
    numbers = [int(word) for word in words if word.isdecimal()]
    await questions.answered(question)
    if not isinstance(titles, list) or made is None or not numbers:
        return []
    told = [str(titles[number - 1]) for number in numbers if 1 <= number <= len(titles)]
    await visits.told(turn.act, made, told)
    return [turn.whisper("visit.told", titles="、".join(told))] if told else []


async def _in_vain(turn: Turn, home: Household, told: Told) -> Sequence[Say]:
    """Nobody there, or nobody let him in: kept, and planned again for one of the next days."""
    staff = turn.person.posts[0].staff
    await visits.attempted(turn.act, home, worker=staff, mode=told.mode, outcome=told.outcome)
    day = turn.world.local(turn.now).date()
    for _ in range(AGAIN_IN):
        day = turn.world.calendar.next_workday(day)
    today = turn.world.local(turn.now).date()
    await visits.put_off(turn.act, home.id, day, told_on=today)
    due = await visits.due_on(home.id)
    key = "visit.again_none" if due is None else "visit.again" if due == day else "visit.again_later"
    by = turn.texts.on(due) if due is not None else ""
    return [turn.whisper(key, door=visits.door(home), outcome=told.outcome, day=by)]


async def _moved(turn: Turn, home: Household, told: Told) -> Sequence[Say]:
    """They live elsewhere now: nothing is owed until somebody says 恢复, and the leader may look at it."""
    staff = turn.person.posts[0].staff
    await visits.attempted(turn.act, home, worker=staff, mode=told.mode, outcome=told.outcome)
    today = turn.world.local(turn.now).date()
    await pauses.pause(turn.act, register.of_home(home.id), today, None, told.outcome)
    await visits.drop_owed(turn.act, home.id)
    return [turn.whisper("visit.moved", door=visits.door(home))]


@routes.on("visit_book")
async def book(turn: Turn) -> Sequence[Say]:
    """走访记录 3-502: what the paper book of a household would show, newest first; in private only."""
    turn.require_staff()
    homes.in_private(turn)
    home, _ = await homes.one(turn)
    made = await visits.book(home.id, BOOK)
    if not made:
        return [turn.reply("visit.book_empty", door=visits.door(home))]
    lines = []
    for one in made:
        post = turn.world.directory.staff(one.worker)
        assert one.done_at is not None
        day = f"{turn.world.local(one.done_at):%m-%d}"
        name = post.name if post else one.worker
        told = turn.texts.say("visit.book_told", titles="、".join(one.told)) if one.told else ""
        lines.append(f"{day} {one.mode} {one.outcome or turn.texts.say('visit.made')} {name}{told}")
    return [turn.reply("visit.book", door=visits.door(home), lines="\n".join(lines))]
