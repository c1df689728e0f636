"""A command about one matter: which it is, who gets it, by when, from the words themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from gridbot.errors import Refusal
from gridbot.handlers.duties import looking_in
from gridbot.handlers.own_words import colleagues, of_work
from gridbot.handlers.own_words.ways import Way, overseer, run
from gridbot.handlers.tickets import answers, chosen, spoken_of
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import questions, reported, workload
from gridbot.models.cases.casework import LIVE, State
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory.directory import Department
from gridbot.models.territory.people import Post
from gridbot.nlp import Command, Urgency
from gridbot.nlp.slots import doing, telling

NEW = (State.OPEN,)
KEEP = "留"


async def _accept(turn: Turn, command: Command) -> Sequence[Say] | None:
    """A card or a new ticket is taken; who has none that is new tells of his work."""
    cards = await questions.cards(turn.heard.sender, turn.heard.where.lane, turn.now)
    if not command.numbers and cards:
        cards = list(await answers.described(turn, cards))
        subjects = list({(card.kind, card.subject or 0): None for card in cards})
        if len(subjects) == 1 or answers.all_meant(turn):
            return await answers.all_taken(turn, subjects)
    new = await workload.assigned(turn.person.who, NEW)
    if not (command.numbers or new or turn.heard.quote):
        return None
    return await run(turn, command, rest="")


async def _arrive(turn: Turn, command: Command) -> Sequence[Say] | None:
    if not command.numbers and not await workload.assigned(turn.person.who, LIVE):
        return None
    return await run(turn, command)


async def _resolve(turn: Turn, command: Command) -> Sequence[Say] | None:
    """Nothing is closed on words of one's own: one question first."""
    if command.numbers or turn.heard.quote is not None:
        found = await chosen.tickets(turn)
    else:
        found = spoken_of.described(turn, await workload.assigned(turn.person.who, LIVE))
    within = any(not chosen.stands_alone(turn, number) for number in command.numbers)  # 是1202的儿子抽烟
    words = turn.heard.text.strip() if within or not command.rest else command.rest
    return await of_work.finish(turn, found, words)


async def _reassign(turn: Turn, command: Command) -> Sequence[Say] | None:
    """漏水的给物业, 这个给小张: whom is looked up among colleagues and departments."""
    if (seen := await looking_in.by_somebody_else(turn)) is not None:
        return seen
    if (several := await _of_each(turn, command)) is not None:
        return several
    if (given := await _given(turn, command, colleagues.named, "refuse.to_whom")) is None:
        return None
    no, to = given
    who = to.id if isinstance(to, Department) else to.staff
    return await run(turn, command, numbers=(no,), rest=f"{who} {command.rest}")


async def _whistle(turn: Turn, command: Command) -> Sequence[Say] | None:
    """路灯那个吹一下城管: the department is looked for in the words."""
    if (several := await _of_each(turn, command)) is not None:
        return several
    given = await _given(turn, command, colleagues.body_in, "refuse.which_department")
    return await run(turn, command, numbers=(given[0],), rest=given[1].name) if given is not None else None


async def _of_each(turn: Turn, command: Command) -> Sequence[Say] | None:
    """坑让市政填 路灯找城管: each part of the words names a body for a matter; None for fewer than two."""
    mine, found = await spoken_of.his(turn), dict[int, list[str]]()
    parts = doing.clauses(turn.heard.text)
    for part in parts if len(parts) > 1 and not turn.heard.quote else ():
        named = spoken_of.fitting(turn, mine, turn.read(part))
        ticket = named[0] if len(named) == 1 else mine[0] if len(mine) == 1 else None
        body = colleagues.body_in(turn, part, ticket.grid) if ticket is not None else None
        if ticket is not None and body is not None and body.name not in found.setdefault(ticket.no, []):
            found[ticket.no].append(body.name)
    if sum(len(names) for names in found.values()) < 2:
        return None
    says: list[Say] = []
    for no, names in found.items():
        for rest in names if command.name == "reassign" else (" ".join(names),):
            says += await run(turn, command, numbers=(no,), rest=rest)
    return says


async def _given(
    turn: Turn, command: Command, named: Callable[[Turn, str, str], Post | Department | None], missing: str
) -> tuple[int, Post | Department] | None:
    """The matter that is given away and to whom; raises Refusal (`missing`) where the words name nobody."""
    if not await spoken_of.any_of(turn, command):
        return None
    ticket = await chosen.ticket(turn)
    to = named(turn, command.rest, ticket.grid)
    if to is None:
        raise Refusal(missing, no=ticket.no)
    return ticket.no, to


async def _promise(turn: Turn, command: Command) -> Sequence[Say] | None:
    """得两三天 is no moment to be held to: it is told, not promised."""
    when = turn.reading.when
    if when is None or (when.start is None and when.end is None) or doing.vague(turn.heard.text):
        turn.reading = replace(turn.reading, command=None)
        return await of_work.said(turn)
    return await _about_one(turn, command)


async def _about_one(turn: Turn, command: Command) -> Sequence[Say] | None:
    """A command about one matter that the speaker may act on; talk where he has none."""
    return await run(turn, command) if await spoken_of.any_of(turn, command) else None


async def _recategorise(turn: Turn, command: Command) -> Sequence[Say] | None:
    if not await spoken_of.any_of(turn, command):
        return None
    return await run(turn, command, rest=telling.sort_of(command.rest))


async def _merge(turn: Turn, command: Command) -> Sequence[Say] | None:
    """12和14是一回事: the older remains, unless 留31 says which; a card that waits is the second."""
    numbers = sorted(command.numbers)
    cards = await questions.cards(turn.heard.sender, turn.heard.where.lane, turn.now)
    new = [card.subject for card in cards if card.kind == "card" and card.subject]
    if len(numbers) == 1 and len(new) == 1:
        numbers = sorted({*numbers, *new})
    if not numbers and new:
        return await _reported_before(turn, command, new)
    kept = [no for no in numbers if f"{KEEP}{no}" in turn.heard.text]
    if len(numbers) < 2:
        mine = await workload.assigned(turn.person.who, LIVE)
        if len(mine) != 2:
            return None if not mine else await run(turn, command, rest="")
        numbers = sorted(each.no for each in mine)
    ordered = tuple(dict.fromkeys([*kept, *numbers]))
    return await run(turn, command, numbers=ordered, rest="")


async def _reported_before(turn: Turn, command: Command, new: Sequence[int]) -> Sequence[Say]:
    """这个昨天报过了, of the newest card: it joins what is open of that sort there; else how to go on."""
    ticket = await chosen.by_number(max(new))
    every = await spoken_of.his_and_around(turn)
    alike = [each for each in every if each.no < ticket.no and _alike(each, ticket)]
    if len(alike) == 1:
        return await run(turn, command, numbers=(alike[0].no, ticket.no), rest="")
    if not alike:
        return [turn.whisper("own.none_before", no=ticket.no)]
    return [turn.whisper("own.which_before", no=ticket.no, choices=chosen.choices(turn, alike[:3]))]


def _alike(one: Ticket, other: Ticket) -> bool:
    """Whether two can be one matter: of one sort, in one grid, at no two buildings."""
    same = (one.grid, one.category) == (other.grid, other.category) and not other.sensitive
    sub = not (one.sub and other.sub) or one.sub == other.sub
    return same and sub and (one.building or "") in ("", other.building or "", other.building)


async def _progress(turn: Turn, command: Command) -> Sequence[Say] | None:
    if command.numbers:
        return await run(turn, command)
    mine = await _mine(turn)
    if turn.reading.urgency is Urgency.EMERGENCY:  # 困人那个怎么样了; a danger that nobody has is a new one
        found = spoken_of.fitting(turn, [each for each in mine if each.urgency == Urgency.EMERGENCY])
    else:
        every = {each.no: each for each in [*mine, *await spoken_of.led(turn)]}
        found = spoken_of.fitting(turn, list(every.values())) or spoken_of.described(turn, mine)
    return await run(turn, command, numbers=tuple(each.no for each in found[:3])) if found else None


async def _mine(turn: Turn) -> list[Ticket]:
    """What the speaker has or has reported, what lies in his area where he leads."""
    found = {each.no: each for each in await workload.assigned(turn.person.who, LIVE)}
    found |= {each.no: each for each in await reported.concerning(turn.heard.sender) if each.state in LIVE}
    return list(found.values()) or await spoken_of.led(turn)


async def _urge(turn: Turn, command: Command) -> Sequence[Say] | None:
    numbers = command.numbers
    if not numbers:
        if not await spoken_of.any_of(turn, command):
            return None
        numbers = ((await chosen.ticket(turn)).no,)
    return await run(turn, command, numbers=numbers)


async def _supervise(turn: Turn, command: Command) -> Sequence[Say] | None:
    if not overseer(turn):
        return await _urge(turn, replace(command, name="urge"))
    return await _about_one(turn, command)


async def _make_ticket(turn: Turn, command: Command) -> Sequence[Say] | None:
    return await run(turn, command, rest="") if turn.heard.quote is not None else None


WAYS: Mapping[str, Way] = {
    "accept": _accept, "arrive": _arrive, "resolve": _resolve, "reassign": _reassign, "whistle": _whistle,
    "promise": _promise, "recategorise": _recategorise, "merge": _merge, "progress": _progress, "urge": _urge,
    "supervise": _supervise, "make_ticket": _make_ticket,
    **dict.fromkeys(("return", "escalate", "extend", "suspend", "watch"), _about_one),
}  # fmt: skip
