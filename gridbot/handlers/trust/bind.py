"""绑定: an account is tied to a post or a household; who of a grid can be reached at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Address, Say
from gridbot.models import acts
from gridbot.models.cases import questions
from gridbot.models.cases.tickets import Question
from gridbot.models.duty import visits
from gridbot.models.neighbours import keeping
from gridbot.models.territory import binding, households
from gridbot.models.territory.people import Home
from gridbot.nlp.slots import place

routes = Routes()

ASKED_LIVES = timedelta(days=3)
LISTED = 40  # doors spelled out
HEAD, NOT = "户主", "不是户主"
MOST = 9  # applications to choose from


@routes.on("bind")
async def bind(turn: Turn) -> Sequence[Say]:
    """绑定 CODE: the code came from the office on paper or by hand; whoever knows it is whom it was made for.

    绑定 3-502 户主 without a code: the worker is asked whether it is so.
    """
    words = turn.rest.split()
    if not words:
        raise Refusal("bind.how")
    command = turn.reading.command
    head = (command is not None and HEAD in command.options) or (HEAD in turn.rest and NOT not in turn.rest)
    said = turn.rest.replace(HEAD, " ").strip()
    if (door := place.parse_home(said)) is not None and door.room:
        found, _ = await households.at(_here(turn), door.building or door.row, door.unit, door.room or "")
        return await _asked(turn, found, door.text, head=head)
    if (house := place.parse_house(said)) is not None:
        return await _asked(turn, await _house(turn, house.room or "", said), house.text, head=head)
    if (
        turn.group is not None
        and not (command is not None and command.marked)
        and not turn.heard.mentions_bot
    ):
        return []  # 绑定手机要多少钱: talk of a group
    bound = await binding.bind(
        turn.heard.sender, words[0], now=turn.now, name=turn.heard.sender_name, head=head
    )
    await keeping.opt_in(turn.heard.where.transport, turn.heard.sender)
    turn.world.org_changed = True
    await acts.record(bound.staff or turn.heard.sender, turn.now, "bind", bound.staff or bound.household)
    if bound.staff:
        return [turn.whisper("bind.staff", name=bound.name)]
    taken = [turn.whisper("seat.taken")] if head and not bound.head else []
    return [turn.whisper("bind.household"), *taken]


# --- by the door ------------------------------------------------------------------------------------------


def _here(turn: Turn) -> list[str]:
    """The nodes a door is looked for in: the group's, everywhere in private."""
    directory = turn.world.directory
    return directory.under(turn.group.node) if turn.group is not None else list(directory.nodes)


async def _house(turn: Turn, number: str, said: str) -> Home | None:
    """The only house of a village by its number; of several the one whose address was said."""
    found = await visits.numbered(_here(turn), number)
    if len(found) > 1:
        found = [one for one in found if one.address and one.address in said]
    return (await households.bound(found[0]))[0] if len(found) == 1 else None


async def _asked(turn: Turn, home: Home | None, door: str, *, head: bool) -> Sequence[Say]:
    """The worker of the door decides; nothing is bound before."""
    directory = turn.world.directory
    if home is None:
        raise Refusal("seat.no_home", door=door)
    worker = directory.worker(home.node)
    if worker is None or not worker.contact:
        raise Refusal("seat.no_worker")
    where = turn.heard.where
    data: dict[str, object] = {
        "contact": turn.heard.sender, "transport": where.transport, "account": where.account,
        "household": home.id, "head": head, "name": turn.heard.sender_name, "door": door,
    }  # fmt: skip
    to = turn.private_with(worker.contact)
    await turn.ask(worker.contact, "bind", where=to, data=data, lives=ASKED_LIVES)
    who = turn.heard.sender_name or turn.heard.sender
    card = turn.tell(
        worker.contact, "seat.card", buttons=(("1 同意", "1"), ("2 不同意", "2")), who=who, door=door,
        seat=_seat(turn, head=head),
    )  # fmt: skip
    return [turn.whisper("seat.asked"), card]


def _seat(turn: Turn, *, head: bool) -> str:
    return turn.texts.say("seat.head" if head else "seat.member")


@routes.on("?bind")
async def decided(turn: Turn) -> Sequence[Say]:
    """1: it is so, and the account is bound; 2: it is not. Where several wait he is asked which one."""
    question, choice = turn.question, turn.one_or_two()
    if question is None or choice is None:
        return []
    waiting = await _waiting(turn)
    if len(waiting) == 1:
        return await _settled(turn, question, yes=choice == 1)
    data: dict[str, object] = {"ids": [each.id for each in waiting], "yes": choice == 1}
    await turn.ask(turn.heard.sender, "bind_which", data=data, lives=ASKED_LIVES)
    choices = "\n".join(f"{n}. {_applied(turn, each)}" for n, each in enumerate(waiting, 1))
    verdict = turn.texts.say("seat.agreed" if choice == 1 else "seat.declined")
    return [turn.whisper("seat.which", verdict=verdict, choices=choices)]


@routes.on("?bind_which")
async def which_one(turn: Turn) -> Sequence[Say]:
    """The number of the application that was meant."""
    question, command = turn.question, turn.reading.command
    number = (command.choice or 0) if command is not None else 0
    found = question.data.get("ids") if question is not None else None
    if question is None or not isinstance(found, list) or not 1 <= number <= len(found):
        return []
    await question.delete()
    meant = next((each for each in await _waiting(turn) if each.id == found[number - 1]), None)
    return await _settled(turn, meant, yes=question.data["yes"] is True) if meant is not None else []


async def _waiting(turn: Turn) -> list[Question]:
    """The applications the speaker has to decide on, the oldest first."""
    found = await questions.waiting(turn.heard.sender, turn.heard.where.lane, turn.now, "bind")
    return list(reversed(found))[:MOST]


def _applied(turn: Turn, question: Question) -> str:
    """Who wants to be what where."""
    data = question.data
    seat = _seat(turn, head=data["head"] is True)
    return turn.texts.say("seat.applied", who=data["name"] or data["contact"], door=data["door"], seat=seat)


async def _settled(turn: Turn, question: Question, *, yes: bool) -> list[Say]:
    await question.delete()
    data = question.data
    verdict = turn.texts.say("seat.agreed" if yes else "seat.declined")
    noted = turn.whisper("seat.noted", verdict=verdict, what=_applied(turn, question))
    contact, household = str(data["contact"]), str(data["household"])
    to = Address(str(data["transport"]), str(data["account"]), None, contact)
    if not yes:
        return [noted, turn.tell_at(to, "seat.refused")]
    head = await binding.move_in(contact, household, str(data["name"]), head=data["head"] is True)
    await keeping.opt_in(to.transport, contact)
    turn.world.org_changed = True
    await acts.record(turn.person.who, turn.now, "bind", household)
    key = "seat.done" if head or not data["head"] else "seat.taken"
    return [noted, turn.tell_at(to, key, seat=_seat(turn, head=head))]


# --- who is there -----------------------------------------------------------------------------------------


@routes.on("coverage")
async def coverage(turn: Turn) -> Sequence[Say]:
    """在群情况: 15/17 heads of households can be reached; who is missing is for his worker alone."""
    turn.require_staff()
    directory = turn.world.directory
    grids = [code for post in turn.person.posts for code in directory.under(post.node)]
    lines = []
    for code in dict.fromkeys(grids):
        found = await binding.coverage(code)
        if not found.all:
            continue
        node = directory.nodes[code]
        lines.append(turn.texts.say("coverage.line", node=node.name, bound=found.bound, all=found.all))
        if not found.missing:
            lines.append(turn.texts.say("coverage.all_in"))
        elif any(post.node == code for post in turn.person.posts):
            doors = sorted((await visits.doors(found.missing)).values(), key=lambda door: door.stairwell)
            named = "、".join(str(door) for door in doors[:LISTED])
            lines.append(turn.texts.say("coverage.missing", doors=named))
    says = [turn.whisper("leader.digest", text="\n".join(lines) or turn.texts.say("leader.none"))]
    await acts.record(turn.person.who, turn.now, "read.coverage", turn.person.posts[0].node)
    return says if turn.private else [turn.say("coverage.private"), *says]
