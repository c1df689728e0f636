"""A worker was at somebody's door, called, or looked in on an old neighbour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gridbot.errors import Refusal
from gridbot.handlers import opening
from gridbot.handlers.routes import Routes
from gridbot.handlers.said import Said
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import visits
from gridbot.models.org import Household, Resident
from gridbot.models.people import Home, Person
from gridbot.nlp import Because, Kind, Reading, Urgency
from gridbot.nlp.slots import place

routes = Routes()

MODES = {
    "上门": visits.AT_THE_DOOR, "入户": visits.AT_THE_DOOR, "电话": visits.BY_PHONE, "电访": visits.BY_PHONE,
    "视频": "视频", "路遇": "路遇", "路上": "路遇",
}  # fmt: skip
PUNCTUATION = " ,，。.;；、:：!！"
CHOICES = 9


@dataclass(frozen=True, slots=True)
class Told:
    """What the worker said of the visit."""

    mode: str
    outcome: str


@routes.on("visit", "call_visit")
async def visit(turn: Turn) -> Sequence[Say]:
    """走访 3-502 正常: the visit is written down; a call (电访) too."""
    turn.require_staff()
    command = turn.reading.command
    by_phone = command is not None and command.name == "call_visit"
    address = place.parse_home(turn.rest)
    if address is None or not address.room:
        raise Refusal("visit.need_home")
    told = _told(turn.rest.replace(address.text, " ", 1), visits.BY_PHONE if by_phone else visits.AT_THE_DOOR)
    buildings = [b for b in (address.building, address.row, f"{address.row}排" if address.row else None) if b]
    homes = await visits.homes(_area(turn), buildings, address.unit, address.room)
    if not homes:
        raise Refusal("visit.no_home", door=address.text)
    if len(homes) > 1:
        return [await _ask(turn, "visit_home", homes, mode=told.mode, outcome=told.outcome)]
    return [await _record(turn, homes[0], told)]


@routes.on("?visit_home")
async def chosen_home(turn: Turn) -> Sequence[Say]:
    """The number of the door that was meant."""
    home = await _chosen(turn)
    if home is None or turn.question is None:
        return []
    told = Told(str(turn.question.data.get("mode")), str(turn.question.data.get("outcome")))
    await turn.question.delete()
    return [await _record(turn, home, told)]


def _area(turn: Turn) -> list[str]:
    """Every node the speaker's posts cover."""
    directory = turn.world.directory
    return list(dict.fromkeys(code for post in turn.person.posts for code in directory.under(post.node)))


def _told(text: str, mode: str) -> Told:
    """The way it was made, where a word of its own names one, and the rest as the outcome."""
    words = text.split()
    for word in words:
        if word.strip(PUNCTUATION) in MODES:
            mode = MODES[word.strip(PUNCTUATION)]
            words.remove(word)
            break
    return Told(mode, " ".join(words).strip(PUNCTUATION))


async def _record(turn: Turn, home: Household, told: Told) -> Say:
    turn.require(home.node)
    classes = await visits.classes_of(home)
    cadence = turn.world.directory.profile(home.node).cadence(classes)
    post = turn.person.posts[0]
    _, settled = await visits.record(
        turn.act, home, worker=post.staff, mode=told.mode, outcome=told.outcome,
        needs_door=cadence.at_the_door,
    )  # fmt: skip
    left = len(await visits.near([post.staff], turn.world.local(turn.now).date()))
    return turn.whisper(
        "visit.recorded" if settled else "visit.recorded_call",
        door=visits.door(home),
        mode=told.mode,
        outcome=told.outcome or turn.texts.say("visit.made"),
        left=turn.texts.say("visit.left", count=left) if left else "",
    )


async def _ask(turn: Turn, kind: str, homes: Sequence[Household], **data: object) -> Say:
    """Which of these doors? Answered by a number."""
    shown = homes[:CHOICES]
    where = turn.private_with(turn.heard.sender)
    await turn.ask(turn.heard.sender, kind, where=where, data={"homes": [home.id for home in shown], **data})
    nodes = turn.world.directory.nodes
    lines = [
        " ".join((str(number), nodes[home.node].name, visits.door(home), home.head)).strip()
        for number, home in enumerate(shown, 1)
    ]
    return turn.whisper("visit.which", choices="\n".join(lines))


async def _chosen(turn: Turn) -> Household | None:
    command, question = turn.reading.command, turn.question
    homes = question.data.get("homes") if question else None
    number = command.choice or (command.numbers[0] if command.numbers else 0) if command else 0
    if not isinstance(homes, list) or not 1 <= number <= len(homes):
        return None
    return await visits.household(str(homes[number - 1]))


# --- looking in on the old --------------------------------------------------------------------------------

GOOD = "好"
NOON = 12


@routes.on("safe")
async def safe(turn: Turn) -> Sequence[Say]:
    """平安 姓名 好/不适/无人: anything but 好 alarms worker, deputy and leader at once."""
    turn.require_staff()
    command = turn.reading.command
    state = next(iter(command.options), "") if command else ""
    words = turn.rest.split()
    if not state or not words:
        raise Refusal("visit.safe_how")
    found = await visits.people_named(_area(turn), words[0])
    if not found:
        raise Refusal("visit.no_person", name=words[0])
    note = " ".join(words[1:])
    if len(found) > 1:
        homes = [home for _, home in found]
        return [await _ask(turn, "safe_home", homes, state=state, note=note, name=words[0])]
    return await _looked_in(turn, *found[0], state, note)


@routes.on("?safe_home")
async def chosen_person(turn: Turn) -> Sequence[Say]:
    """The number of the person's door."""
    home = await _chosen(turn)
    if home is None or turn.question is None:
        return []
    data = turn.question.data
    found = await visits.people_named([home.node], str(data.get("name")))
    resident = next((who for who, where in found if where.id == home.id), None)
    await turn.question.delete()
    return await _looked_in(turn, resident, home, str(data.get("state")), str(data.get("note")))


async def _looked_in(
    turn: Turn, resident: Resident | None, home: Household, state: str, note: str
) -> Sequence[Say]:
    turn.require(home.node)
    name = resident.name if resident else home.head
    outcome = f"{state} {note}".strip()
    local = turn.world.local(turn.now)
    await visits.looked_in(
        turn.act, home, name, worker=turn.person.posts[0].staff, outcome=outcome, day=local.date(),
        first=visits.MORNING if local.hour < NOON else visits.EVENING,
    )  # fmt: skip
    answer = turn.whisper("visit.safe", name=name, state=state)
    if state == GOOD:
        return [answer]
    return [answer, *await _alarm(turn, name, home, outcome)]


async def _alarm(turn: Turn, name: str, home: Household, outcome: str) -> Sequence[Say]:
    """An emergency like any other: cards to worker, deputy and leader, whatever the hour."""
    where = Home(home.id, home.node, home.building, home.unit, home.room, home.address)
    person = Person("", turn.heard.where.transport, home=where, name=name)
    reading = Reading(
        kind=Kind.SERVICE, category="elderly_care", sub="home_visit", urgency=Urgency.EMERGENCY,
        confidence=1.0, because=(Because("emergency.life.safe"),),
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
