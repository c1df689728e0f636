"""Which of several matters words are about: by its place, its sort, who has it, or what is at hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.handlers.tickets import cards
from gridbot.handlers.turn import Turn
from gridbot.models.cases import workload
from gridbot.models.cases.casework import LIVE
from gridbot.models.cases.tickets import Candidate, Ticket
from gridbot.nlp import Command, Reading, Urgency
from gridbot.nlp.slots import choosing, house_words, telling
from gridbot.profiles import Rank

MOST_LED = 100  # open tickets of a leader's area among which one may be described
PLACE, SORT, WELL = 4, 3, 1  # what a place and a sort weigh; from when on a ticket is described
SURE_SORT = 0.3  # confidence from which on the sort that was read describes a ticket
JUST_COME = timedelta(minutes=10)
AT_HAND = timedelta(hours=1)  # an emergency that was taken on keeps its holder busy so long


# --- what can be meant ------------------------------------------------------------------------------------


async def his(turn: Turn) -> list[Ticket]:
    """What the speaker has and is not over."""
    return await workload.assigned(turn.person.who, LIVE)


async def his_and_around(turn: Turn) -> list[Ticket]:
    """What he has, and what is open in the grids that he works."""
    own = await his(turn)
    known = {each.no for each in own}
    return [*own, *(each for each in await _around(turn) if each.no not in known)]


async def _around(turn: Turn) -> list[Ticket]:
    grids = {post.node for post in turn.person.posts if post.rank in (Rank.WORKER, Rank.DEPUTY)}
    return (await workload.open_at(grids, MOST_LED))[0] if grids else []


async def led(turn: Turn) -> list[Ticket]:
    """What is open where the speaker leads, the most urgent first."""
    directory = turn.world.directory
    tops = [post.node for post in turn.person.posts if post.rank is Rank.LEADER]
    nodes = {code for top in tops for code in directory.under(top)}
    return (await workload.open_at(nodes, MOST_LED))[0] if nodes else []


async def any_of(turn: Turn, command: Command) -> bool:
    """Whether there is any ticket that words of one's own could be about."""
    if command.numbers or turn.heard.quote is not None or await workload.assigned(turn.person.who, LIVE):
        return True
    return bool(await led(turn))


# --- by all that describes it: a colleague's words --------------------------------------------------------


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
    room = turn.heard.text.strip() if house_words.bare_room(turn.heard.text.strip()) else ""
    fits = [fit(turn, each, turn.reading) + PLACE * bool(room and room in each.place) for each in found]
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
    if _with_its_body(turn, ticket, text):
        fit += SORT
    fit += _same_sort(turn, reading, ticket.category, ticket.sub)
    what = cards.called(turn, ticket.category, ticket.sub)
    if ticket.urgency == Urgency.EMERGENCY and cards.call_first(turn, ticket)[:3] in text:
        fit += SORT  # 120接走了
    if place is not None and place.text:
        text = text.replace(place.text, "")  # 5号楼 is not alike 3号楼
    return fit + telling.likeness(text, (ticket.summary, what, ticket.place))


def _with_its_body(turn: Turn, ticket: Ticket, text: str) -> bool:
    """Whether the words begin with a department that does such matters: 维保在路上, of a lift."""
    kinds = (ticket.category, f"{ticket.category}/{ticket.sub}")
    return any(
        text.startswith(body.name[-2:]) and any(kind in body.categories for kind in kinds)
        for body in turn.world.directory.departments
    )


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


def at_hand(turn: Turn, his: Sequence[Ticket]) -> list[Ticket]:
    """The emergency that has just come, else the one that he has taken on within the hour."""
    new = [each for each in his if each.urgency == Urgency.EMERGENCY and each.first_reply_at is None]
    newest = max(new, key=lambda each: each.opened_at, default=None)
    if newest is not None and turn.now - newest.opened_at <= JUST_COME:
        return [newest]
    urgent = (each for each in his if each.urgency == Urgency.EMERGENCY and each.first_reply_at is not None)
    found = [each for each in urgent if turn.now - (each.first_reply_at or turn.now) <= AT_HAND]
    return found if len(found) == 1 else []


# --- by the sort that is named: a resident's words --------------------------------------------------------


def there(turn: Turn, ticket: Ticket) -> bool:
    """Whether the words name no other place than the ticket's."""
    place = turn.reading.place
    if place is None or not (place.text or place.landmark):
        return True  # a door that only the nickname tells
    pairs = ((place.building, ticket.building), (place.unit, ticket.unit), (place.landmark, ticket.landmark))
    return not any(said and known and said != known for said, known in pairs)


def newest_named(turn: Turn, tickets: Sequence[Ticket]) -> Ticket | None:
    """The newest of the kind that the words name, as people call it or as they read; else the newest."""
    reading = turn.reading
    clear = (reading.category, reading.sub) if reading.confidence >= turn.world.conduct.act_at else None
    called = turn.profile.category_word(turn.heard.text)
    named = [named for named in (called, clear) if named and named[0]]
    if not named:
        return tickets[0] if tickets else None
    for category, sub in named:
        for each in tickets:
            if each.category == category and (not sub or not each.sub or each.sub == sub):
                return each
    return None


def only_named(turn: Turn, tickets: Sequence[Ticket]) -> Ticket | None:
    """The only one, else the newest of the kind that the words name; None where they name none."""
    if len(tickets) == 1:
        return tickets[0]
    category = turn.reading.category or (turn.profile.category_word(turn.reading.text) or ("",))[0]
    return next((each for each in tickets if each.category == category), None)


def all_named(turn: Turn, mine: Sequence[Ticket]) -> Sequence[Ticket]:
    """Those that the words name, services as people call them too; all where they name nothing."""
    reading, services = turn.reading, turn.world.services
    item = services.item(turn.heard.text)
    known = turn.profile.category_word(turn.heard.text)
    read = (reading.category, reading.sub) if reading.confidence >= SURE_SORT else (None, None)
    category, sub = (item.category, item.sub) if item is not None else known or read
    if category is None:
        return mine
    same = [each for each in mine if each.category == category]
    return [each for each in same if sub and each.sub == sub] or same
