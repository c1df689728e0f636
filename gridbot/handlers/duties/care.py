"""People in care: in private only, each reading recorded; and classes with programmes of an office's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.errors import Refusal
from gridbot.handlers.duties import homes
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.duty import keypeople, visits
from gridbot.models.duty.care import KeyPerson
from gridbot.models.territory.org import Household
from gridbot.nlp.slots import quantity
from gridbot.profiles import Rank

routes = Routes()

EVERY = 30  # days between two talks where nothing says so
SHOWN = 5


@routes.on("care_class")
async def make_class(turn: Turn) -> Sequence[Say]:
    """自定类别 三违职工 每10天 谈心 家访 学安规 回访: a leader makes a class with its programme."""
    post = turn.require_staff(Rank.LEADER)
    homes.in_private(turn)
    words = turn.rest.replace("、", " ").replace("；", " ").split()
    days = _days(words[1]) if len(words) > 1 else None
    if days is None or len(words) < 3:
        raise Refusal("care.class_how")
    row = await keypeople.make_class(turn.act, post.node, words[0], days, words[2:])
    steps = " → ".join(row.steps)
    return [turn.whisper("care.class_made", name=row.name, days=row.days, steps=steps)]


def _days(word: str) -> int | None:
    """每10天, 每周, 每月."""
    known = {"每天": 1, "每日": 1, "每周": 7, "每半月": 15, "每月": 30, "每季度": 91}
    if word in known:
        return known[word]
    return quantity.number(word.removeprefix("每").removesuffix("天")) if word.startswith("每") else None


@routes.on("care_open")
async def open_file(turn: Turn) -> Sequence[Say]:
    """建档 3-502 张三 社区矫正 每月谈话: into care; the grid's worker answers for it."""
    turn.require_staff(Rank.WORKER, Rank.LEADER)
    homes.in_private(turn)
    home, rest = await homes.one(turn, need="care.open_how")
    words = rest.split()
    if len(words) < 2:
        raise Refusal("care.open_how")
    name, kind, plan = words[0], words[1], " ".join(words[2:])
    days, steps = await _programme(turn, home.node, kind)
    if days is None:
        known = turn.world.directory.profile(home.node).care.key_classes
        raise Refusal("care.which_class", classes="、".join(sorted(known)))
    worker = turn.world.directory.worker(home.node) or turn.person.posts[0]
    today = turn.world.local(turn.now).date()
    person = await keypeople.open_file(
        turn.act, home, name=name, kind=kind, plan=plan, worker=worker.staff, today=today,
        next_on=today + timedelta(days=min(days, 7)),
    )  # fmt: skip
    assert person.next_on is not None
    step = turn.texts.say("care.next_step", step=steps[0]) if steps else ""
    return [
        turn.whisper(
            "care.opened",
            no=person.id,
            kind=kind,
            worker=worker.name,
            day=turn.texts.on(person.next_on),
            step=step,
        )
    ]


async def _programme(turn: Turn, node: str, kind: str) -> tuple[int | None, list[str]]:
    """Days between two talks and the steps; (None, []) for a class that nobody knows."""
    above = [one.code for one in turn.world.directory.up(node)]
    own = await keypeople.own_class(above, kind)
    if own is not None:
        return own.days, list(own.steps)
    profile = turn.world.directory.profile(node)
    if kind in profile.visits:
        return profile.visits[kind].period.days, []
    return (EVERY, []) if kind in profile.care.key_classes else (None, [])


@routes.on("care_show")
async def show(turn: Turn) -> Sequence[Say]:
    """重点 3-502: the files of a household, to who answers for them and the leaders; it is recorded."""
    turn.require_staff()
    found = await homes.maybe(turn, names=True)
    if found is None and not turn.private:
        return await which.handlers["talk"](turn)
    homes.in_private(turn)
    if found is None:
        return [await _counts(turn)]
    people = await keypeople.of_home(found[0].id)
    lines = await _from_the_register(turn, found[0])
    if not people and not lines:
        raise Refusal("care.none", door=visits.door(found[0]))
    for person in people:
        _may_read(turn, person)
        await keypeople.read(turn.act, person)
        lines.append(await _file(turn, person))
    return [turn.whisper("care.file", door=visits.door(found[0]), lines="\n".join(lines))]


async def _counts(turn: Turn) -> Say:
    """No household named: how many there are, no names."""
    area = homes.area(turn)
    kinds = {kind for post in turn.person.posts for kind in _kinds(turn, post.node)}
    unfiled = len(await keypeople.listed(area, kinds))
    more = turn.texts.say("care.count_listed", count=unfiled) if unfiled else ""
    return turn.whisper("care.count", count=await keypeople.counted(area), more=more)


def _kinds(turn: Turn, node: str) -> frozenset[str]:
    return turn.world.directory.profile(node).care.key_classes


async def _from_the_register(turn: Turn, home: Household) -> list[str]:
    """Those of a household whom the register puts into care and for whom nobody has opened a file."""
    found = await keypeople.listed([home.node], _kinds(turn, home.node), home.id)
    if not found:
        return []
    worker = turn.world.directory.worker(home.node)
    if worker is None or turn.person.staff != worker.staff:
        turn.require(home.node, Rank.LEADER)
    await keypeople.read_listed(turn.act, home.id)
    return [
        turn.texts.say(
            "care.listed", name=one.name, kind=one.kind, worker=worker.name if worker else "",
            door=visits.door(home),
        )
        for one in found
    ]  # fmt: skip


def _may_read(turn: Turn, person: KeyPerson) -> None:
    """Who answers for somebody, and the leaders of the grid; raises NotAllowed."""
    if turn.person.staff == person.worker:
        return
    turn.require(person.grid, Rank.LEADER)


async def _file(turn: Turn, person: KeyPerson) -> str:
    worker = turn.world.directory.staff(person.worker)
    return turn.texts.say(
        "care.line", no=person.id, name=person.name, kind=person.kind,
        plan=person.plan or turn.texts.say("care.no_plan"), worker=worker.name if worker else "",
        talks=await keypeople.talks(person), day=turn.texts.on(person.next_on) if person.next_on else "",
    )  # fmt: skip


@routes.on("care_talk")
async def talk(turn: Turn) -> Sequence[Say]:
    """帮教 张三 谈心 情绪稳定: one talk; the next date and step follow from the class."""
    turn.require_staff()
    words = turn.rest.split()
    if not turn.private and not (words and await keypeople.named(homes.area(turn), words[0])):
        return await which.handlers["talk"](turn)
    homes.in_private(turn)
    if not words:
        raise Refusal("care.talk_how")
    person = await _named(turn, words[0])
    _may_read(turn, person)
    days, steps = await _programme(turn, person.grid, person.kind)
    following = steps[person.step] if person.step < len(steps) else ""
    rest = words[1:]
    step = rest.pop(0) if rest and rest[0] in steps else ""
    if step and step != following and step not in steps[: person.step]:
        raise Refusal("care.other_step", step=following)
    today = turn.world.local(turn.now).date()
    done = step if step == following else ""
    await keypeople.talked(turn.act, person, done, " ".join(rest), days or EVERY, today)
    home = await visits.household(person.household)
    if home is not None:
        await _also_a_visit(turn, home, step)
    assert person.next_on is not None
    after = steps[person.step] if person.step < len(steps) else ""
    hint = turn.texts.say("care.next_step", step=after) if after else ""
    if steps and not after:
        hint = turn.texts.say("care.all_steps")
    return [turn.whisper("care.talked", no=person.id, day=turn.texts.on(person.next_on), step=hint)]


async def _also_a_visit(turn: Turn, home: Household, step: str) -> None:
    """A talk is a visit of the household too; what it was about stays in the file."""
    await visits.record(
        turn.act, home, worker=turn.person.posts[0].staff, mode=visits.AT_THE_DOOR,
        outcome=turn.texts.say("care.visit"), needs_door=False,
    )  # fmt: skip


async def _named(turn: Turn, name: str) -> KeyPerson:
    found = await keypeople.named(homes.area(turn), name)
    if not found and homes.address_in(name) is not None and (home := await homes.maybe(turn)) is not None:
        found = await keypeople.of_home(home[0].id)
    if not found:
        raise Refusal("visit.no_person", name=name)
    if len(found) > 1:
        mine = [person for person in found if person.worker == turn.person.staff]
        if len(mine) != 1:
            raise Refusal("care.two", name=name)
        return mine[0]
    return found[0]


@routes.on("care_close")
async def close(turn: Turn) -> Sequence[Say]:
    """销档 张三: a leader ends it; the file stays, nothing is asked any more."""
    turn.require_staff(Rank.LEADER)
    homes.in_private(turn)
    words = turn.rest.split()
    if not words:
        raise Refusal("care.talk_how")
    person = await _named(turn, words[0])
    turn.require(person.grid, Rank.LEADER)
    await keypeople.close(turn.act, person, turn.world.local(turn.now).date())
    return [turn.whisper("care.closed", no=person.id)]
