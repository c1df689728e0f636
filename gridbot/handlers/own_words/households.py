"""A command about a household or somebody in it: whose door or name the words hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gridbot.errors import Refusal
from gridbot.handlers.duties import homes, persons, seen
from gridbot.handlers.own_words.ways import Way, run
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.nlp import Command
from gridbot.nlp.slots import telling


async def _report_for(turn: Turn, command: Command) -> Sequence[Say] | None:
    """Only what is a report may be filed; 502的陈师傅 is looked for among the speaker's people."""
    if turn.reading.category is None and turn.profile.category_word(command.rest) is None:
        return None
    place = homes.address_in(command.rest) or turn.reading.place
    door = None if place is not None and place.room else await homes.door_of(turn, command.rest)
    return await run(turn, command, rest=f"{door} {command.rest}") if door else await run(turn, command)


async def _at_a_door(turn: Turn, command: Command) -> Sequence[Say] | None:
    """走访, 电访 of a door that is named; a name alone is looked for among those the speaker looks after."""
    rest = command.rest
    if homes.address_in(rest) is None:
        door = await homes.door_of(turn, rest)
        if door is None:
            return None
        rest = f"{door} {rest}"
    return await run(turn, command, rest=rest)


async def _supplement(turn: Turn, command: Command) -> Sequence[Say] | None:
    """A household's sheet; a new telephone is written down at once."""
    address = homes.address_in(command.rest) or turn.reading.place
    if address is None or not address.room:
        return None
    phone = telling.telephone(turn.heard.text)
    field = turn.texts.say("own.telephone")
    return await run(turn, command, rest=f"{address.text} {field} {phone}" if phone else address.text)


async def _award(turn: Turn, command: Command) -> Sequence[Say] | None:
    address, amount = homes.address_in(command.rest), telling.points(command.rest)
    door = address.text if address is not None else await homes.door_of(turn, command.rest)
    if not door or not amount:
        raise Refusal("points.how")
    return await run(turn, command, rest=f"{door} {amount} {telling.why_points(command.rest)}")


async def _pause(turn: Turn, command: Command) -> Sequence[Say] | None:
    """吴国强住院了，先别去看: of somebody whose household is the speaker's; talk of anybody else."""
    name = await persons.name_in(turn, turn.heard.text)
    if not name:
        return None
    rest = turn.heard.text.strip().replace(name, " ", 1)
    return await run(turn, command, rest=f"{name} {' '.join(rest.split())}")


async def _seen(turn: Turn, command: Command) -> Sequence[Say] | None:
    """何桂兰今早有人看过没: her look-ins; of whoever is not looked in on every day, the book of visits."""
    if (told := await seen.of_day(turn, turn.heard.text)) is not None:
        return told
    door = await homes.door_of(turn, turn.heard.text)
    return await run(turn, command, "visit_book", rest=door) if door is not None else None


WAYS: Mapping[str, Way] = {
    "seen": _seen,
    "report_for": _report_for, "visit": _at_a_door, "call_visit": _at_a_door, "visit_book": _at_a_door,
    "supplement": _supplement, "award": _award, "pause": _pause, "resume": _pause,
}  # fmt: skip
