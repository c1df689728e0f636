"""Looking in on old people: 平安, and the days on which nobody need be asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from gridbot.errors import Refusal
from gridbot.handlers.duties import homes, persons
from gridbot.handlers.reports import opening
from gridbot.handlers.reports.said import Said
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, timing, told, work
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.cases import around
from gridbot.models.duty import pauses, visits
from gridbot.models.duty.visits import NOWHERE
from gridbot.models.territory import register
from gridbot.models.territory.org import Household
from gridbot.models.territory.people import Home, Person
from gridbot.nlp import Because, Kind, Reading, Urgency

routes = Routes()

GOOD = "好"
NOON = 12
ASKED_LIVES = timedelta(hours=2)
ALARM = "emergency.life.safe"  # the rule that a bad or missing 平安 stands for


@routes.on("safe")
async def safe(turn: Turn) -> Sequence[Say]:
    """平安 姓名 好/不适/无人: all but 好 alarms worker, deputy and leader at once; alone it shows the day."""
    turn.require_staff()
    command = turn.reading.command
    state = next((one for one in command.options if ":" not in one), "") if command else ""
    if not state and not turn.rest:
        return [await _day(turn)]
    state = state or persons.state_in(turn.rest)
    who, more = await _who(turn, turn.rest)
    if not state or not who:
        raise Refusal("visit.safe_how")
    home, resident = await homes.person(turn, who, turn.rest)
    name = resident.name if resident else home.head
    outcome = more if more.startswith(state) else f"{state} {more}".strip()
    local = turn.world.local(turn.now)
    await visits.looked_in(
        turn.act, home, name, worker=turn.person.posts[0].staff, outcome=outcome, day=local.date(),
        first=visits.MORNING if local.hour < NOON else visits.EVENING,
    )  # fmt: skip
    answer = turn.whisper("visit.safe", name=name, state=state)
    if state == GOOD:
        return [answer, *await _alarm_over(turn, name, home, outcome)]
    return [answer, *await _alarm(turn, name, home, outcome)]


async def _who(turn: Turn, text: str) -> tuple[str, str]:
    """The name and what is said besides, also where no blank stands between them: 王奶奶不适 头晕."""
    first, _, more = text.partition(" ")
    name = await persons.name_in(turn, text)
    if name and name in first and name != first:
        rest = text.replace(name, "", 1)
        return name, " ".join(rest.split()).strip(homes.PUNCTUATION)
    return first, " ".join(more.split())


async def _alarm_over(
    turn: Turn, name: str, home: Household, outcome: str, key: str = "visit.alarm_over"
) -> list[Say]:
    """She has been seen, or it is known where she is: the alarm is done with, and all it reached hear it."""
    ticket = await around.alarm_for(home.id, ALARM)
    if ticket is None:
        return []
    result = turn.texts.say(key, name=name, outcome=outcome)
    says = await work.resolved(turn, [ticket], result)
    known = {say.to.contact for say in says}
    directory = turn.world.directory
    worker = directory.worker(home.node)
    posts = (
        worker,
        directory.deputy(worker.staff) if worker else None,
        directory.leader(home.node, but=worker.staff if worker else None),
    )
    for post in posts:
        if post is not None and post.contact and post.contact not in known:
            known.add(post.contact)
            says += told.staff(turn, ticket, post.staff, "visit.alarm_over_told", result=result)
    return says


async def _day(turn: Turn) -> Say:
    """Who was looked in on today and who was not, in private."""
    today = turn.world.local(turn.now).date()
    found = await visits.look_ins_of(homes.area(turn), today)
    if not found:
        return turn.whisper("visit.safe_how")
    doors = await visits.doors(one.household for one in found)
    open_yet = turn.texts.say("visit.safe_open")
    lines = "\n".join(
        f"· {one.why} {one.person}（{doors.get(one.household, NOWHERE)}）{one.outcome or open_yet}"
        for one in found
    )
    return turn.whisper("visit.safe_day", lines=lines)


async def _alarm(turn: Turn, name: str, home: Household, outcome: str) -> Sequence[Say]:
    """An emergency like any other: cards to worker, deputy and leader, whatever the hour."""
    where = Home(home.id, home.node, home.building, home.unit, home.room, home.address)
    person = Person("", turn.heard.where.transport, home=where, name=name)
    reading = Reading(
        kind=Kind.SERVICE, category="elderly_care", sub="home_visit", urgency=Urgency.EMERGENCY,
        confidence=1.0, because=(Because(ALARM),),
    )  # fmt: skip
    said = Said(
        where=turn.private_with(turn.heard.sender),
        person=person,
        message=turn.heard.id,
        text=turn.texts.say("visit.alarm", name=name, outcome=outcome),
        at=turn.now,
        node=home.node,
    )
    _, cards = await opening.open_ticket(turn, reading, said=said)
    return cards


@routes.on("pause")
async def pause(turn: Turn) -> Sequence[Say]:
    """暂停 王奶奶 住院 到周五: nobody is sent to her until then; it ends by itself."""
    turn.require_staff()
    today = turn.world.local(turn.now).date()
    last = _last_day(turn)
    if last is None and turn.rest.strip() and turn.private:
        data = {"intent": "pause", "rest": turn.rest}
        await turn.ask(turn.heard.sender, "until", data=data, lives=ASKED_LIVES)
        return [turn.whisper("visit.pause_until")]
    if last is None or last < today:
        raise Refusal("visit.pause_how")
    words = timing.reason(turn).split()
    home, name, subject = await _whom(turn, words)
    why = " ".join(words[1:])
    await pauses.pause(turn.act, subject, today, last, why)
    await visits.rest_look_ins(turn.act, home.id, name, today, last, rest=True)
    if subject == register.of_home(home.id) or await _lives_alone(home):
        await visits.put_off(turn.act, home.id, turn.world.calendar.next_workday(last))
    paused = turn.whisper("visit.paused", name=name or visits.door(home), day=turn.texts.on(last))
    known = await _alarm_over(turn, name or home.head, home, why, "visit.alarm_known") if why else []
    return [paused, *known]


@routes.on("resume")
async def resume(turn: Turn) -> Sequence[Say]:
    """恢复 王奶奶: from today on she is looked after again."""
    turn.require_staff()
    today = turn.world.local(turn.now).date()
    home, name, subject = await _whom(turn, turn.rest.split())
    ended = await pauses.resume(turn.act, subject, today)
    ended = await pauses.resume(turn.act, register.of_home(home.id), today) or ended
    if not ended:
        raise Refusal("visit.not_paused", name=name or visits.door(home))
    await visits.rest_look_ins(turn.act, home.id, name, today, None, rest=False)
    await board.put(Plan("plan_visits", f"node:{home.node}", turn.now, f"resume:{turn.id}"))
    return [turn.whisper("visit.resumed", name=name or visits.door(home))]


async def by_somebody_else(turn: Turn) -> Sequence[Say] | None:
    """让李晓梅帮看下赵淑芬: the colleague is asked to look in; None where nobody to look in on is named."""
    today = turn.world.local(turn.now).date()
    rows = [row for row in await visits.look_ins_of(homes.area(turn), today) if row.done_at is None]
    row = next((row for row in rows if row.person and row.person in turn.heard.text), None)
    others = [p for p in turn.world.directory.posts if p.staff != turn.person.staff and p.contact]
    to = next((post for post in others if post.name and post.name in turn.heard.text), None)
    if row is None or to is None:
        return None
    doors, name = await visits.doors([row.household]), turn.person.posts[0].name
    door = doors.get(row.household, NOWHERE)
    return [
        turn.whisper("visit.asked_to_look_in", name=to.name, person=row.person),
        cards.held(
            turn, turn.tell(to.contact, "visit.please_look_in", name=name, person=row.person, door=door)
        ),
    ]


async def _whom(turn: Turn, words: Sequence[str]) -> tuple[Household, str, str]:
    """The household, the member ("" for all of it) and the subject of a pause."""
    if not words:
        raise Refusal("visit.pause_how")
    if _is_door(words[0]) and (found := await homes.maybe(turn)) is not None:
        return found[0], "", register.of_home(found[0].id)
    home, resident = await homes.person(turn, words[0], turn.rest)
    name = resident.name if resident else home.head
    return home, name, pauses.of_person(home.id, name)


def _is_door(word: str) -> bool:
    return any(sign.isdigit() for sign in word)


async def _lives_alone(home: Household) -> bool:
    return len((await register.entry(home)).members) <= 1


def _last_day(turn: Turn) -> date | None:
    at = timing.said_moment(turn)
    return turn.world.local(at).date() if at is not None else None
