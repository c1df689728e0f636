"""Which household a command is about: by its door, by a number where several are meant, and by a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gridbot.errors import Refusal, Unclear
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import questions
from gridbot.models.duty import visits
from gridbot.models.territory.org import Household, Resident
from gridbot.nlp import Command, Place
from gridbot.nlp.slots import place

routes = Routes()

PUNCTUATION = " ,，。.;；、:：!！"
CHOICES = 9
_CHOSEN = "home:"  # an option of a command whose household was chosen by number


def area(turn: Turn) -> list[str]:
    """Every node the speaker's posts cover."""
    directory = turn.world.directory
    return list(dict.fromkeys(code for post in turn.person.posts for code in directory.under(post.node)))


async def one(turn: Turn, *, need: str = "visit.need_home", names: bool = False) -> tuple[Household, str]:
    """The household that a command names, and its other words; the speaker's post covers it.

    `names`: where a person's name alone tells the household, it stays among the other words. Raises
    Refusal (`need` where no door is said), and Unclear where several doors are meant.
    """
    found = await maybe(turn, names=names)
    if found is None:
        raise Refusal(need)
    return found


async def maybe(turn: Turn, *, names: bool = False) -> tuple[Household, str] | None:
    """The same, None where no door is said."""
    if (known := await _chosen_before(turn)) is not None:
        return known, turn.rest.strip(PUNCTUATION)
    address = address_in(turn.rest)
    if address is None:
        return await _otherwise(turn, names=names)
    rest = " ".join(turn.rest.replace(address.text, " ", 1).split()).strip(PUNCTUATION)
    buildings = [b for b in (address.building, address.row, f"{address.row}排" if address.row else None) if b]
    homes = await visits.homes(area(turn), buildings, address.unit, address.room or "")
    if not homes:
        raise Refusal("visit.no_home", door=address.text)
    if len(homes) > 1:
        raise _which(turn, homes, rest)
    turn.require(homes[0].node)
    return homes[0], rest


async def _otherwise(turn: Turn, *, names: bool) -> tuple[Household, str] | None:
    """A house of a village by its number (2号), else the household of somebody named; in private only."""
    if not turn.private:
        return None
    house = place.parse_house(turn.rest)
    found = await visits.numbered(area(turn), house.room or "") if house is not None else []
    said = house.text if house is not None else ""
    if not found:
        by_id = {home.id: home for home in await visits.named_in(area(turn), turn.rest)}
        found = list(by_id.values())
        said = "" if names else next((home.head for home in found if home.head in turn.rest), "")
    rest = " ".join(turn.rest.replace(said, " ", 1).split()).strip(PUNCTUATION) if said else turn.rest
    if len(found) > 1:
        raise _which(turn, found, rest)
    return (found[0], rest) if found else None


def address_in(text: str) -> Place | None:
    """The first door in a text, word by word; as a whole where it is written with blanks."""
    for part in (*text.split(), text):
        found = place.parse_home(part)
        if found is not None and found.room:
            return found
    return None


async def door_of(turn: Turn, text: str) -> str | None:
    """The door of the only household of the speaker's area one of whose members these words name."""
    found = {home.id: home for home in await visits.named_in(area(turn), text)}
    return visits.door(next(iter(found.values()))) if len(found) == 1 else None


async def person(turn: Turn, name: str, rest: str) -> tuple[Household, Resident | None]:
    """The household and the member of a name within the speaker's area; raises Refusal and Unclear."""
    chosen = await _chosen_before(turn)
    found = await visits.people_named([chosen.node] if chosen else area(turn), name)
    if chosen is not None:
        found = [(who, home) for who, home in found if home.id == chosen.id]
    if not found:
        raise Refusal("visit.no_person", name=name)
    if len(found) > 1:
        raise _which(turn, [home for _, home in found], rest)
    resident, home = found[0]
    turn.require(home.node)
    return home, resident


async def _chosen_before(turn: Turn) -> Household | None:
    options = turn.reading.command.options if turn.reading.command else frozenset()
    id = next((one.removeprefix(_CHOSEN) for one in options if one.startswith(_CHOSEN)), None)
    return await visits.household(id) if id is not None else None


def _which(turn: Turn, homes: Sequence[Household], rest: str) -> Unclear:
    command = turn.reading.command
    assert command is not None
    shown = homes[:CHOICES]
    nodes = turn.world.directory.nodes
    lines = [
        " ".join((str(number), nodes[home.node].name, visits.door(home), home.head)).strip()
        for number, home in enumerate(shown, 1)
    ]
    data = {
        "intent": command.name,
        "rest": rest,
        "options": sorted(command.options),
        "homes": [home.id for home in shown],
    }
    return Unclear("visit.which", "home", data, choices="\n".join(lines))


@routes.on("?home")
async def chosen(turn: Turn) -> Sequence[Say]:
    """The number of the door that was meant: the same command again."""
    question, command = turn.asked, turn.reading.command
    homes, options = question.data.get("homes"), question.data.get("options")
    number = command.choice or (command.numbers[0] if command.numbers else 0) if command else 0
    if not isinstance(homes, list) or not 1 <= number <= len(homes):
        return await which.handlers["talk"](turn)
    await questions.answered(question)
    intent = str(question.data.get("intent"))
    held = [str(option) for option in options] if isinstance(options, list) else []
    again = Command(
        intent,
        rest=str(question.data.get("rest") or ""),
        options=frozenset([*held, f"{_CHOSEN}{homes[number - 1]}"]),
    )
    turn.reading = replace(turn.reading, command=again)
    turn.question = None
    return await which.handlers[intent](turn)


def in_private(turn: Turn) -> None:
    """Only in private: what is said of people at home is nobody else's business. Raises Refusal."""
    if not turn.private:
        raise Refusal("register.in_private")
