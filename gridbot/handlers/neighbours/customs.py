"""村级组织, 红白事报备, 巡逻表: what a village arranges itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from gridbot.errors import Refusal
from gridbot.handlers.duties import homes
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts, board
from gridbot.models.board import Plan
from gridbot.models.neighbours import customs
from gridbot.nlp.slots import people
from gridbot.nlp.slots import when as whens
from gridbot.profiles import Rank

routes = Routes()

OFFICERS = (Rank.LEADER, Rank.DEPUTY, Rank.WORKER, Rank.DESK)
WEDDING, FUNERAL = FEASTS = ("红事", "白事")
FAMILY = "我俺咱"  # begins what tells whose feast it is, not where
MANY_GUESTS = 100  # from this number on somebody has to see to traffic
REMIND_AT, EVE_AT = time(17, 30), time(16)
WEEK = timedelta(days=7)


def _village(turn: Turn) -> str:
    """The node of the speaker's first post, or his home."""
    if turn.person.posts:
        return turn.person.posts[0].node
    if turn.person.home is None:
        raise Refusal("points.bind_first")
    return turn.world.directory.grid(turn.person.home.node)


# --- organisations ----------------------------------------------------------------------------------------


@routes.on("organisation")
async def organisation(turn: Turn) -> Sequence[Say]:
    """村级组织: what there is and what is missing; 登记组织 红白理事会 郑老 马叔、刘婶: one of them."""
    post = turn.require_staff(*OFFICERS)
    words = turn.rest.split(maxsplit=2)
    if words:
        if len(words) < 2:
            raise Refusal("customs.organisation_how")
        members = words[2] if len(words) > 2 else ""
        await customs.organised(turn.act, post.node, words[0], words[1], members)
        await acts.record(turn.person.who, turn.now, "organisation", post.node)
    directory, say = turn.world.directory, turn.texts.say
    nodes = [*directory.under(post.node), *(node.code for node in directory.up(post.node))]
    rows = await customs.organisations(dict.fromkeys(nodes))
    lines = [
        say(
            "customs.organisation",
            node=directory.nodes[r.node].name,
            name=r.name,
            head=r.head,
            members=r.members,
        )
        for r in rows
    ]
    wanted = directory.profile(post.node).merit.organisations
    missing = [name for name in wanted if not any(row.name == name for row in rows)]
    rest = say("customs.missing", names="、".join(missing)) if missing else ""
    return [turn.whisper("customs.organisations", lines="\n".join(lines) or say("leader.none"), missing=rest)]


# --- weddings and funerals --------------------------------------------------------------------------------


@routes.on("feast")
async def feast(turn: Turn) -> Sequence[Say]:
    """红事报备 10月1日 村礼堂 200人: hints about fire and traffic; the worker knows in time."""
    command = turn.reading.command
    return await arranged(turn, next(iter(command.options), WEDDING) if command is not None else "")


async def arranged(turn: Turn, kind: str) -> Sequence[Say]:
    """A wedding or funeral (`kind`) as the words tell it. Raises Refusal where they name no day to come."""
    when = turn.reading.when
    if when is None or when.start is None:
        raise Refusal("customs.feast_how", kind=kind)
    day = turn.world.local(when.start).date()
    if day < turn.world.local(turn.now).date():
        raise Refusal("announce.past", at=turn.when(when.start))
    node, household = _village(turn), turn.person.home.id if turn.person.home else ""
    rest = turn.rest.replace(when.text, " ", 1)
    if turn.person.is_staff and (named := await homes.maybe(turn)) is not None:
        home, rest = named
        node, household = home.node, home.id
        rest = rest.replace(when.text, " ", 1)
    guests = people.guests(rest)
    words = [word for part in rest.split() for word in _listed(part)]
    form, filing = turn.world.services.form, turn.texts.say("customs.filing")
    plain = [word for word in words if form(word) is None and filing not in word and word[0] not in FAMILY]
    place = " ".join(word for word in plain if people.guests(word) is None)
    await _keep(turn, node, kind, household, day, place, guests)
    what = described(turn, kind, day, place, guests)
    return [turn.whisper("customs.filed", what=what, hints=_hints(turn, guests)), *_told(turn, node, what)]


async def _keep(
    turn: Turn, node: str, kind: str, household: str, day: date, place: str, guests: int | None
) -> None:
    """Kept, and on the eve somebody goes to have a look."""
    row = await customs.feast(turn.act, node, kind, household, day, place[:64], guests)
    await acts.record(turn.person.who, turn.now, "feast", f"feast:{row.id}")
    eve = turn.world.calendar.at(day - timedelta(days=1), EVE_AT)
    await board.put(Plan("feast_eve", f"feast:{row.id}", max(eve, turn.now)))


async def filed(turn: Turn, kind: str, node: str, household: str, day: date, text: str) -> str:
    """The same of a form a colleague filed; returns the hints for whoever holds it."""
    guests = people.guests(text)
    await _keep(turn, node, kind, household, day, "", guests)
    return _hints(turn, guests)


def described(turn: Turn, kind: str, day: date, place: str, guests: int | None) -> str:
    """红事，3月8日，村礼堂，200人"""
    many = turn.texts.say("customs.guests", count=guests) if guests else ""
    parts = (kind, f"{day.month}月{day.day}日", place, many)
    return "，".join(part for part in parts if part)


def _hints(turn: Turn, guests: int | None) -> str:
    say = turn.texts.say
    hints = [say("customs.fire"), say("customs.food")]
    if guests is not None and guests >= MANY_GUESTS:
        hints.append(say("customs.traffic"))
    return "\n".join(hints)


def _told(turn: Turn, node: str, what: str) -> list[Say]:
    """The worker; with many guests the police too."""
    directory = turn.world.directory
    worker = directory.worker(node)
    police = [p for above in directory.up(node) for p in directory.at(above.code, Rank.POLICE)][:1]
    contacts = dict.fromkeys(p.contact for p in (worker, *police) if p is not None and p.contact)
    return [turn.tell(c, "customs.to_come", what=what) for c in contacts if c != turn.heard.sender]


# --- patrols ----------------------------------------------------------------------------------------------


@routes.on("patrol_roster")
async def roster(turn: Turn) -> Sequence[Say]:
    """巡逻表 周五 李网、赵副: who goes round; 巡逻表: the next seven days."""
    post = turn.require_staff(*OFFICERS)
    today = turn.world.local(turn.now).date()
    if turn.rest:
        turns = _turns(turn)
        if not turns or not all(turns.values()):
            raise Refusal("customs.roster_how")
        for day, names in turns.items():
            if day < today:
                raise Refusal("announce.past", at=turn.when(turn.world.calendar.at(day, REMIND_AT)))
            await customs.on_patrol(turn.act, post.node, day, names)
            at = max(turn.world.calendar.at(day, REMIND_AT), turn.now)
            await board.again(Plan("patrol_tonight", f"patrol:{post.node}", at, day.isoformat()))
    rows = await customs.patrols([post.node], today, today + WEEK)
    say = turn.texts.say
    lines = [
        say("customs.turn", day=f"{r.day.month}月{r.day.day}日", people="、".join(r.people)) for r in rows
    ]
    return [turn.whisper("customs.roster", lines="\n".join(lines) or say("leader.none"))]


def _turns(turn: Turn) -> dict[date, list[str]]:
    """Day → names, in the order written; of 石五 4月2日 石六 4月3日 each name goes with the day after it."""
    words = [word for part in turn.rest.split() for word in _listed(part)]
    days = [_day(turn, word) for word in words]
    if sum(day is not None for day in days) < 2:
        when = turn.reading.when
        if when is None or when.start is None:
            return {}
        rest = turn.rest.replace(when.text, " ", 1) if when.text else turn.rest
        names = [name for part in rest.split() for name in _listed(part)]
        return {turn.world.local(when.start).date(): names}
    turns: dict[date, list[str]] = {}
    waiting: list[str] = []
    for word, day in zip(words, days, strict=True):
        if day is None and days[0] is not None:
            turns[list(turns)[-1]].append(word)
        elif day is None:
            waiting.append(word)
        else:
            turns[day] = [*turns.get(day, []), *waiting]
            waiting = []
    return turns


def _listed(words: str) -> list[str]:
    """石五、石六；石七 → the three."""
    for sign in (",", "，", ";", "；", "：", ":"):
        words = words.replace(sign, "、")
    return [word for word in words.split("、") if word]


def _day(turn: Turn, word: str) -> date | None:
    """The day that a word is, if it is nothing else."""
    found = whens.find(word, at=turn.heard.at, zone=turn.world.zone)
    whole = found is not None and found.text == word and found.start is not None
    return turn.world.local(found.start).date() if whole and found and found.start else None
