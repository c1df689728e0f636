"""Which ticket a command means: by number, by quote, by the card just answered, or the only one there is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.errors import NotAllowed, Refusal, Unclear
from gridbot.handlers.tickets import cards
from gridbot.handlers.turn import Turn
from gridbot.models.cases import ledger, teamwork
from gridbot.models.cases.casework import LIVE, State
from gridbot.models.cases.tickets import Candidate, Ticket
from gridbot.nlp import Command, Reading, Urgency
from gridbot.nlp.slots import choosing, telling
from gridbot.profiles import Rank

MOST_CHOICES = 9
MOST_LED = 100  # open tickets of a leader's area among which one may be described
PLACE, SORT, WELL = 4, 3, 1  # what a place and a sort weigh; from when on a ticket is described
SURE_SORT = 0.3  # confidence from which on the sort that was read describes a ticket
AT_HAND = timedelta(hours=1)  # an emergency that was taken on keeps its holder busy so long
AT_WORK = (State.ACCEPTED, State.WORKING, State.WAITING)


async def by_number(number: int) -> Ticket:
    """The ticket of that number; raises Refusal where there is none."""
    found = await ledger.ticket(number)
    if found is None:
        raise Refusal("refuse.no_ticket", no=number)
    return found


async def ticket(turn: Turn, *, likely: Sequence[State] = LIVE, pressing: bool = False) -> Ticket:
    """The ticket a staff command is about, which the speaker may act on.

    Without a number or a quote it is his only one, those in a `likely` state first. Raises Refusal
    (Unclear: he is asked which), or NotAllowed where no post of his covers it. `pressing`: nothing is done
    to it but that somebody says he waits for it, as 挂包领导 may too.
    """
    return (await tickets(turn, likely=likely, pressing=pressing))[0]


async def tickets(turn: Turn, *, likely: Sequence[State] = LIVE, pressing: bool = False) -> list[Ticket]:
    """All tickets a staff command names; without numbers the only one that can be meant."""
    if not turn.person.is_staff and turn.person.department is None:
        raise NotAllowed
    command = turn.reading.command
    if command is not None and command.numbers:
        found = [await by_number(number) for number in dict.fromkeys(command.numbers)]
    elif (number := await quoted(turn)) is not None:
        found = [await by_number(number)]
    else:
        found = [await _only(turn, likely)]
    for each in found:
        await permitted(turn, each, pressing=pressing)
        acting(turn, each)
    return found


def acting(turn: Turn, ticket: Ticket) -> None:
    """The speaker acts in the role whose duty the ticket is."""
    turn.act_as(ticket.grid, cards.called(turn, ticket.category))


async def permitted(turn: Turn, ticket: Ticket, *, pressing: bool = False) -> None:
    """Whoever may act on it, or takes part in it; raises NotAllowed."""
    try:
        allowed(turn, ticket, pressing=pressing)
    except NotAllowed:
        if not await teamwork.takes_part(ticket.no, turn.person.staff, turn.person.department):
            raise


def allowed(turn: Turn, ticket: Ticket, *, pressing: bool = False) -> None:
    """Whoever has it, whoever's post covers its grid, a department it was given to; raises NotAllowed."""
    person, directory = turn.person, turn.world.directory
    if person.staff is not None and ticket.assignee == person.staff:
        return
    if person.department is not None and person.department in ticket.departments:
        return
    for post in person.posts:
        idle = post.rank.reads_only or (post.rank is Rank.PATRON and not pressing)
        if not idle and directory.inside(ticket.grid, post.node):
            return
    raise NotAllowed


async def _only(turn: Turn, likely: Sequence[State]) -> Ticket:
    person = turn.person
    mine = await ledger.assigned(person.who, LIVE) if person.is_staff else []
    if person.department is not None:
        mine += await ledger.of_department(person.department)
    if not mine and person.is_staff:
        mine += await teamwork.working(person.who)
    mine = [each for each in mine if each.state in likely] or mine
    if turn.heard.quote is not None:
        return one_of(turn, mine)  # what is quoted tells of several: words beside it do not settle which
    mine = described(turn, mine)
    if len(mine) > 1:
        mine = at_hand(turn, mine) or mine
    if not mine or (len(mine) > 1 and _in_own_words(turn)):
        mine = described(turn, await led(turn)) or mine
    return one_of(turn, mine)


def at_hand(turn: Turn, his: Sequence[Ticket]) -> list[Ticket]:
    """The one emergency that he has taken on within the hour: nothing else is on his mind."""
    urgent = (each for each in his if each.urgency == Urgency.EMERGENCY and each.first_reply_at is not None)
    found = [each for each in urgent if turn.now - (each.first_reply_at or turn.now) <= AT_HAND]
    return found if len(found) == 1 else []


def _in_own_words(turn: Turn) -> bool:
    command = turn.reading.command
    return command is not None and command.own


async def any_of(turn: Turn, command: Command) -> bool:
    """Whether there is any ticket that words of one's own could be about."""
    if command.numbers or turn.heard.quote is not None or await ledger.assigned(turn.person.who, LIVE):
        return True
    return bool(await led(turn))


async def led(turn: Turn) -> list[Ticket]:
    """What is open where the speaker leads, the most urgent first."""
    directory = turn.world.directory
    tops = [post.node for post in turn.person.posts if post.rank is Rank.LEADER]
    nodes = {code for top in tops for code in directory.under(top)}
    return (await ledger.open_at(nodes, MOST_LED))[0] if nodes else []


def described(turn: Turn, found: Sequence[Ticket]) -> list[Ticket]:
    """Those that the words of the message fit best (那个灯, 3-502那件); all where they fit none."""
    if len(found) < 2:
        return list(found)
    return fitting(turn, found) or list(found)


def fitting(
    turn: Turn, found: Sequence[Ticket], said: Reading | None = None, least: int = WELL
) -> list[Ticket]:
    """Those that words (the message's, or `said`) fit best, and no worse than `least`; [] for none."""
    reading = said or turn.reading
    fits = {each.no: fit(turn, each, reading) for each in found}
    best = max(fits.values(), default=0)
    return [each for each in found if fits[each.no] == best] if best >= least else []


def line_named(turn: Turn, found: Sequence[Ticket]) -> int | None:
    """第二个, 漏水那家: the line of a list of these, from 1; None where the words name none or several."""
    if (nth := choosing.ordinal(turn.heard.text, len(found))) is not None:
        return nth
    fits = [fit(turn, each, turn.reading) for each in found]
    best = max(fits, default=0)
    return fits.index(best) + 1 if best and fits.count(best) == 1 else None


def fit(turn: Turn, ticket: Ticket, reading: Reading) -> int:
    """How well words describe a ticket: its place, its sort, who has it, words of the report."""
    text, place, fit = reading.text, reading.place, 0
    if place is not None and place.room and place.room in ticket.place:
        fit += PLACE
    if place is not None and place.building and place.building == ticket.building:
        fit += PLACE
    holder = turn.world.directory.staff(ticket.assignee)
    if holder is not None and holder.name and holder.name in text:
        fit += PLACE
    fit += _same_sort(turn, reading, ticket.category, ticket.sub)
    what = cards.called(turn, ticket.category, ticket.sub)
    return fit + telling.likeness(text, (ticket.summary, what, ticket.place))


def _same_sort(turn: Turn, reading: Reading, category: str, sub: str | None) -> int:
    sure = reading.confidence >= SURE_SORT
    named, kind = turn.profile.category_word(reading.text) or (
        (reading.category, reading.sub) if sure else (None, None)
    )
    if named is None or named != category:
        return 0
    if kind and sub and kind != sub:
        return WELL  # 电梯, of a lamp: both are public facilities
    return SORT + (SORT if kind is not None and kind == sub else 0)


def fit_unjudged(turn: Turn, candidate: Candidate, reading: Reading) -> int:
    """How well words describe what no worker has judged yet."""
    sub, place = str(candidate.reading.get("sub") or ""), str(candidate.reading.get("place") or "")
    what = cards.called(turn, candidate.category, sub)
    same = _same_sort(turn, reading, candidate.category or "", sub or None)
    return same + telling.likeness(reading.text, (candidate.text, what, place))


def one_of(turn: Turn, found: Sequence[Ticket]) -> Ticket:
    """The only one; raises Unclear where there are several and Refusal where there is none."""
    if len(found) == 1:
        return found[0]
    command = turn.reading.command
    if not found or command is None:
        word = turn.heard.text.split()[0][:12] if turn.heard.text.split() else ""
        raise Refusal("refuse.which_ticket", example=f"{word} 12")
    some = list(found[:MOST_CHOICES])
    raise Unclear(
        "card.which",
        "which",
        {
            "intent": command.name,
            "rest": command.rest,
            "options": sorted(command.options),
            "own": command.own,
            "choices": [each.no for each in some],
        },
        choices=choices(turn, some),
    )


def choices(turn: Turn, found: Sequence[Ticket]) -> str:
    """Numbered lines to choose from."""
    return "\n".join(f"{n}. {label(turn, each)}" for n, each in enumerate(found, 1))


def label(turn: Turn, ticket: Ticket) -> str:
    """One line that names a ticket: number, what, where."""
    what = cards.danger_called(turn, ticket)
    return " ".join(part for part in (f"#{ticket.no}", what, _place(turn, ticket)) if part)


def _place(turn: Turn, ticket: Ticket) -> str:
    """Where it is; a department reads no door in its lists."""
    building = ticket.building or ""
    if turn.person.department and ticket.household and not building and not ticket.landmark:
        node = turn.world.directory.nodes.get(ticket.grid)
        return node.name if node is not None else ""
    door = bool(building) and ticket.place.startswith(f"{building}-")
    if turn.person.is_staff or turn.person.department is None or not door:
        return ticket.place
    return turn.texts.say("card.building", building=building) if building.isdigit() else building


async def own(
    turn: Turn,
    states: Sequence[State] = (*LIVE, State.RESOLVED),
    *,
    otherwise: Sequence[State] = (),
    nothing: str = "refuse.nothing_of_yours",
) -> Ticket:
    """The ticket a resident's command is about: named, quoted, or his only one in these states.

    `otherwise`: the states that count where he has none in those. `nothing`: what he reads without any.
    """
    command = turn.reading.command
    if command is not None and command.numbers:
        return await by_number(command.numbers[0])
    if (number := await quoted(turn)) is not None:
        return await by_number(number)
    all_his = await ledger.reported_by(turn.heard.sender)
    mine = [each for each in all_his if each.state in states]
    mine = mine or [each for each in all_his if each.state in otherwise]
    if not mine:
        raise Refusal(nothing)
    return one_of(turn, mine)


async def quoted(turn: Turn) -> int | None:
    """The number of the ticket that the quoted message is about."""
    quote = turn.heard.quote
    if quote is None:
        return None
    found = await ledger.by_message(turn.heard.where.room, quote.id)
    return found.no if found else await ledger.about_sent(quote.id, quote.text)
