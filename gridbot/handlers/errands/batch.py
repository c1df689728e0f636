"""收齐, 受理, 代办清单, 代办: papers go from the grid to the desk, and with the day's batch to the office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from gridbot.errors import Refusal
from gridbot.handlers.errands import incomplete
from gridbot.handlers.errands.errand import ON_DUTY, applicant, desk, matter
from gridbot.handlers.reports import checklist
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.cases import casework, errands
from gridbot.models.cases.casework import State
from gridbot.models.cases.errands import Stage
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank, Span, Unit
from gridbot.services import At, Item

routes = Routes()
DESK_WITHIN = Span(4, Unit.WORKHOUR)  # a desk that has not taken papers in by then is reminded
GATHERED_AT = time(16, 0)  # what is taken in until then goes with this day's batch


async def meant(turn: Turn, *stages: Stage) -> list[Ticket]:
    """The errands a step names, or the only one in these stages within the speaker's nodes.

    Raises Refusal where one is no errand or in another stage, Unclear where several could be meant.
    """
    command = turn.reading.command
    named = command is not None and bool(command.numbers)
    if not named and await chosen.quoted(turn) is None:
        mine = await _mine(turn, stages)
        return [chosen.one_of(turn, await _described(turn, mine) or mine)]
    found = await chosen.tickets(turn)
    for ticket in found:
        if errands.of(ticket) is None:
            raise Refusal("errand.no_errand", no=ticket.no)
        if not any(ticket.stage == stage for stage in stages):
            state = f"{casework.STATE_ZH[State(ticket.state)]}，{ticket.stage}"
            raise Refusal("refuse.illegal", no=ticket.no, state=state)
    return found


async def _described(turn: Turn, found: Sequence[Ticket]) -> list[Ticket]:
    """Those whose matter, door or applicant stands in the words: 王大妈的老年证材料收齐了."""
    words = turn.rest
    if not words or len(found) < 2:
        return []
    item = turn.world.services.item(words)
    same = [each for each in found if item and (each.category, each.sub) == (item.category, item.sub)]
    some = same or list(found)
    who = [each for each in some if each.place and each.place in words]
    for each in some if not who else ():
        person = await turn.world.directory.person(each.transport, each.reporter) if each.reporter else None
        if person is not None and person.name and person.name in words:
            who.append(each)
    return who or same


async def _mine(turn: Turn, stages: Sequence[Stage]) -> list[Ticket]:
    """The errands in these stages at or below the speaker's posts, oldest first."""
    nodes = {code for post in turn.person.posts for code in turn.world.directory.under(post.node)}
    return await errands.in_stages(sorted(nodes), stages)


@routes.on("collected")
async def collected(turn: Turn) -> Sequence[Say]:
    """收齐: the papers are complete; whoever is on duty takes them in."""
    turn.require_staff()
    says: list[Say] = []
    for ticket in await meant(turn, Stage.COLLECTING):
        item = matter(turn, ticket)
        to = desk(turn, ticket.grid, ON_DUTY, item.at if item else At.VILLAGE)
        if to is not None and await incomplete.waits_at_desk(ticket):
            says.append(turn.reply("errand.collected_before", no=ticket.no, name=to.name))
            continue
        await casework.move(
            ticket, "collect", turn.act, turn.rest, first_reply_at=ticket.first_reply_at or turn.now
        )
        await planning.unpaused(turn, ticket)
        await board.cancel(f"ticket:{ticket.no}", "first_reply")
        if to is None or to.staff == turn.person.staff:
            says.append(turn.reply("errand.collected_alone", no=ticket.no))
            continue
        says.append(turn.reply("errand.collected", no=ticket.no, name=to.name))
        says.append(await _desk_card(turn, ticket, to, item))
        at = turn.world.calendar_at(to.node).add(turn.now, DESK_WITHIN.amount, DESK_WITHIN.unit)
        await board.again(Plan("errand_waits", f"ticket:{ticket.no}", at, "", {"desk": to.staff}))
    return says


async def _desk_card(turn: Turn, ticket: Ticket, to: Post, item: Item | None) -> Say:
    lane = turn.private_with(to.contact)
    await turn.ask(to.contact, "take_in", where=lane, subject=ticket.no, lives=cards.CARD_LIVES)
    say = turn.tell(
        to.contact,
        "errand.desk_card",
        buttons=((turn.texts.say("errand.take_in"), f"受理 {ticket.no}"),),
        no=ticket.no,
        what=cards.danger_called(turn, ticket),
        who=await applicant(turn, ticket),
        level=checklist.level_of(turn, item, ticket.grid),
        name=told.name(turn),
    )
    return cards.held(turn, say, ticket.urgency)


@routes.on("take_in")
async def take_in(turn: Turn) -> Sequence[Say]:
    """受理: the desk has the papers; they go with today's batch, after four o'clock with the next."""
    turn.require_staff(Rank.DESK, Rank.LEADER, Rank.WORKER)
    return await taken_in(turn, await meant(turn, Stage.COLLECTING))


async def taken_in(turn: Turn, found: Sequence[Ticket]) -> list[Say]:
    """The desk has the papers of these; whoever collected them is told."""
    says: list[Say] = []
    for ticket in found:
        holder = ticket.assignee
        await casework.move(
            ticket,
            "take_in",
            turn.act,
            turn.rest,
            stage=Stage.TAKEN_IN,
            first_reply_at=ticket.first_reply_at or turn.now,
        )
        await board.cancel(f"ticket:{ticket.no}", "first_reply")
        at = next_batch(turn)
        await board.put(
            Plan(
                "errand_batch",
                f"node:{errands.desk_node(turn.person.posts)}",
                at,
                f"{turn.world.local(at).date()}",
            )
        )
        says.append(turn.reply("errand.taken_in", no=ticket.no, by=turn.when(at)))
        if holder != turn.person.staff:
            says += told.staff(turn, ticket, holder, "errand.taken_in_by", name=told.name(turn))
    return says


def next_batch(turn: Turn) -> datetime:
    """The next closing of a batch: four o'clock of a working day."""
    calendar, today = turn.world.calendar, turn.world.local(turn.now).date()
    at = calendar.at(today, GATHERED_AT)
    if calendar.is_workday(today) and turn.now < at:
        return at
    return calendar.at(calendar.next_workday(today), GATHERED_AT)


@routes.on("errands")
async def listed(turn: Turn) -> Sequence[Say]:
    """代办清单: what is in the batch and not started, printed again."""
    post = turn.require_staff(Rank.DESK, Rank.LEADER)
    waiting = await _waiting(turn, post)
    if not waiting:
        return [turn.reply("errand.no_batch")]
    lines = [await _line(turn, n, ticket) for n, ticket in enumerate(waiting, 1)]
    node = turn.world.directory.nodes[post.node].name
    day = turn.texts.say(
        "errand.day", month=turn.world.local(turn.now).month, day=turn.world.local(turn.now).day
    )
    return [turn.whisper("errand.batch", day=day, node=node, count=len(waiting), lines="\n".join(lines))]


async def _waiting(turn: Turn, post: Post) -> list[Ticket]:
    """The batch of whoever goes; for a leader everything that is in one below him."""
    mine = await errands.batch_of(post.staff)
    return mine or await errands.gathered(turn.world.directory.under(post.node))


async def _line(turn: Turn, n: int, ticket: Ticket) -> str:
    item = matter(turn, ticket)
    centre = await checklist.place_for(turn, item, ticket.grid) if item is not None else None
    return turn.texts.say(
        "errand.batch_line",
        n=n,
        no=ticket.no,
        what=cards.danger_called(turn, ticket),
        who=await applicant(turn, ticket),
        level=checklist.level_of(turn, item, ticket.grid),
        centre=turn.texts.say("errand.to_centre", name=centre.name) if centre else "",
    )


@routes.on("run_errand")
async def run(turn: Turn) -> Sequence[Say]:
    """代办 [12]: off to the office with these, or with everything that is in the batch."""
    post = turn.require_staff(Rank.DESK, Rank.LEADER, Rank.WORKER)
    command = turn.reading.command
    if command is not None and command.numbers:
        found = await meant(turn, Stage.COLLECTING, Stage.TAKEN_IN, Stage.GATHERED)
    else:
        found = await _waiting(turn, post)
    if not found:
        raise Refusal("errand.no_batch")
    for ticket in found:
        await casework.move(ticket, "run", turn.act, turn.person.staff or "", stage=Stage.RUNNING)
        await planning.unpaused(turn, ticket)
    return [turn.reply("errand.running", numbers="、".join(f"#{ticket.no}" for ticket in found))]
