"""代办: a resident's papers go from the grid to an office and come back, one word a step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers.errands import incomplete
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
from gridbot.models.territory import facilities
from gridbot.models.territory.people import Post
from gridbot.nlp import Kind
from gridbot.profiles import Rank, Span, Unit
from gridbot.services import At, Item

routes = Routes()

DESK_WITHIN = Span(4, Unit.WORKHOUR)  # a desk that has not taken papers in by then is reminded
GATHERED_AT = time(16, 0)  # what is taken in until then goes with this day's batch
ON_DUTY, RUNNER = "值班", "代办"  # what roles of a desk are called who takes in, and who goes


def matter(turn: Turn, ticket: Ticket) -> Item | None:
    """What the services packs know of a ticket's matter."""
    return turn.world.services.item(ticket.summary, ticket.category, ticket.sub)


def desk(turn: Turn, code: str, word: str, at: At = At.VILLAGE) -> Post | None:
    """The desk for a grid's errands: at the level that does the matter, else the nearest one above.

    `word` is preferred in the name of the role; only somebody who can be reached counts.
    """
    above = [
        post
        for node in turn.world.directory.up(code)
        for post in turn.world.directory.at(node.code, Rank.DESK)
        if post.contact
    ]
    node = checklist.node_at(turn, code, at)
    fit = [post for post in above if node is not None and post.node == node.code] or above
    return next((post for post in fit if word in post.role), fit[0] if fit else None)


def first_stage(turn: Turn, kind: str, category: str, sub: str | None) -> str | None:
    """收集 for a service whose papers go to an office; None for everything else."""
    services = turn.world.services
    if kind != Kind.SERVICE or not services.errand(category, sub):
        return None
    item = services.item("", category, sub)
    return None if item is not None and item.in_person else Stage.COLLECTING


async def opened(turn: Turn, ticket: Ticket) -> list[Say]:
    """The papers of a new errand, in private: to the resident, or to the worker who files for him."""
    item = matter(turn, ticket) if ticket.kind == Kind.SERVICE else None
    if item is None:
        return _known(turn, ticket)
    if item.in_person:  # a worker took it for a matter after all: the resident reads how it is done
        sheet = await checklist.text(turn, item, ticket.grid)
        to = (
            told.private(ticket, ticket.reporter) if ticket.reporter else turn.private_with(turn.heard.sender)
        )
        return [turn.written(to, "faq.plain", {"text": sheet})]
    papers = checklist.numbered(item.papers)
    if not ticket.reporter:
        return [turn.whisper("errand.checklist_worker", no=ticket.no, papers=papers)]
    node = checklist.node_at(turn, ticket.grid, item.at)
    return [
        turn.tell_at(
            told.private(ticket, ticket.reporter),
            "errand.checklist",
            no=ticket.no,
            papers=papers,
            level=checklist.level_of(turn, item, ticket.grid),
            name=f"（{node.name}）" if node else "",
            source=checklist.sourced(turn, item),
        )
    ]


def _known(turn: Turn, ticket: Ticket) -> list[Say]:
    """What is known of a service that is no matter of the packs: the answer besides the ticket."""
    answer = turn.world.services.answer(ticket.summary) if ticket.kind == Kind.SERVICE else None
    if answer is None or not answer.answer or not ticket.reporter:
        return []
    text = turn.texts.say("faq.answer", answer=answer.answer, source=answer.source, day=answer.as_of)
    to, role = told.private(ticket, ticket.reporter), told.holder(turn, ticket)
    return [turn.tell_at(to, "faq.meanwhile", no=ticket.no, text=text, role=role)]


async def _meant(turn: Turn, *stages: Stage) -> list[Ticket]:
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
    for ticket in await _meant(turn, Stage.COLLECTING):
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


async def applicant(turn: Turn, ticket: Ticket) -> str:
    """For whom it is, as colleagues read it."""
    if not ticket.reporter:
        return ticket.place or turn.texts.say("card.nobody")
    return cards.speaker(await turn.world.directory.person(ticket.transport, ticket.reporter))


@routes.on("take_in")
async def take_in(turn: Turn) -> Sequence[Say]:
    """受理: the desk has the papers; they go with today's batch, after four o'clock with the next."""
    turn.require_staff(Rank.DESK, Rank.LEADER, Rank.WORKER)
    return await taken_in(turn, await _meant(turn, Stage.COLLECTING))


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
        found = await _meant(turn, Stage.COLLECTING, Stage.TAKEN_IN, Stage.GATHERED)
    else:
        found = await _waiting(turn, post)
    if not found:
        raise Refusal("errand.no_batch")
    for ticket in found:
        await casework.move(ticket, "run", turn.act, turn.person.staff or "", stage=Stage.RUNNING)
        await planning.unpaused(turn, ticket)
    return [turn.reply("errand.running", numbers="、".join(f"#{ticket.no}" for ticket in found))]


def _day(turn: Turn, at: datetime) -> str:
    local = turn.world.local(at)
    return turn.texts.say("errand.day", month=local.month, day=local.day)


def has_papers(ticket: Ticket) -> bool:
    """Whether somebody has taken papers in for it, which have to go back when it is done."""
    return errands.of(ticket) is not None and not errands.before(ticket, Stage.TAKEN_IN)


def promised(turn: Turn, ticket: Ticket, result: str) -> str:
    """A result as its resident reads it: with the day on which his papers come back."""
    if errands.of(ticket) is None or ticket.return_due_at is None or not ticket.reporter:
        return result
    return turn.texts.say(
        "errand.with_return", result=result.rstrip("。"), by=_day(turn, ticket.return_due_at)
    )


async def done(turn: Turn, ticket: Ticket) -> list[Say]:
    """After 办结: the papers have to be back on the second working day after; who brings them is told."""
    if ticket.return_due_at is None:
        return []
    what, due = f"ticket:{ticket.no}", ticket.return_due_at
    morning = turn.world.calendar.at(turn.world.local(due).date(), time(8, 30))
    await board.again(
        Plan("errand_return", what, morning), Plan("errand_late", what, due + timedelta(minutes=1))
    )
    says: list[Say] = []
    by = _day(turn, due)
    bringer = turn.world.directory.worker(ticket.grid)
    if bringer is not None and bringer.contact:
        kind = cards.danger_called(turn, ticket)
        say = turn.tell(bringer.contact, "errand.done_worker", no=ticket.no, what=kind, by=by)
        says.append(cards.held(turn, say))
    return says


@routes.on("give_back")
async def give_back(turn: Turn) -> Sequence[Say]:
    """返还: the papers are back with the resident, who is asked to sign for them."""
    turn.require_staff()
    says: list[Say] = []
    for ticket in await _given_back(turn):
        await casework.move(ticket, "give_back", turn.act, turn.rest, stage=Stage.GIVEN_BACK)
        await board.cancel(f"ticket:{ticket.no}", "errand_return", "errand_late")
        says.append(turn.reply("errand.given_back", no=ticket.no))
        if ticket.reporter:
            to = told.private(ticket, ticket.reporter)
            buttons = ((turn.texts.say("errand.sign"), f"签收 {ticket.no}"),)
            says.append(turn.tell_at(to, "errand.sign_please", buttons=buttons, no=ticket.no))
    return says


async def _given_back(turn: Turn) -> list[Ticket]:
    """What is meant by 返还; raises Refusal where it is not done yet."""
    command = turn.reading.command
    if command is None or not command.numbers:
        return await _meant(turn, Stage.DONE)
    for number in command.numbers:
        if errands.before(await chosen.by_number(number), Stage.DONE):
            raise Refusal("errand.too_early", no=number)
    return await _meant(turn, Stage.DONE, Stage.GIVEN_BACK)


async def received(turn: Turn) -> list[Say] | None:
    """收到了，谢谢, in private from whoever was asked to sign: that is his signature; None for all else."""
    command = turn.reading.command
    if not turn.private or turn.person.is_staff or command is None or command.name != "receipt":
        return None
    owed = await errands.owed(turn.heard.sender)
    return await _signed(turn, owed[0]) if len(owed) == 1 else None


@routes.on("sign_for")
async def sign_for(turn: Turn) -> Sequence[Say]:
    """签收: the resident (or the worker, for a signature on paper) has everything back."""
    return await _signed(turn, await _handed_back(turn))


async def _signed(turn: Turn, ticket: Ticket) -> list[Say]:
    if errands.of(ticket) is None:
        raise Refusal("errand.no_errand", no=ticket.no)
    mine = ticket.reporter == turn.heard.sender  # who has them in hand need not wait for the worker's word
    if ticket.stage != Stage.GIVEN_BACK and not (mine and ticket.stage == Stage.DONE):
        raise Refusal("errand.not_given_back", no=ticket.no)
    await board.cancel(f"ticket:{ticket.no}", "errand_return", "errand_late")
    await casework.move(ticket, "sign", turn.act, turn.rest, stage=Stage.SIGNED)
    says = [turn.reply("errand.signed", no=ticket.no)]
    bringer = turn.world.directory.worker(ticket.grid)
    return [*says, *told.staff(turn, ticket, bringer.staff if bringer else None, "errand.signed_by")]


async def _handed_back(turn: Turn) -> Ticket:
    command = turn.reading.command
    if command is None or not command.numbers:
        owed = await errands.owed(turn.heard.sender)
        if not owed:
            raise Refusal("errand.nothing_to_sign")
        return chosen.one_of(turn, owed)
    ticket = await chosen.by_number(command.numbers[0])
    if ticket.reporter == turn.heard.sender:
        return ticket
    home = turn.person.home
    if home is not None and ticket.household == home.id:
        return ticket
    if not turn.world.directory.covers(turn.person, ticket.grid):
        raise NotAllowed
    return ticket


@routes.on("guide")
async def guide(turn: Turn) -> Sequence[Say]:
    """办事指南 老年证: the papers, the place, the hours; nothing is opened."""
    services, word = turn.world.services, turn.rest.strip(" ，。？?")
    known = "、".join(item.zh for item in services.items)
    if not word:
        return [turn.reply("errand.guide_how", items=known)]
    item = services.item(word)
    if item is None:
        if (answer := services.answer(word)) is not None and answer.answer:
            text = turn.texts.say("faq.answer", answer=answer.answer, source=answer.source, day=answer.as_of)
            return [turn.reply("faq.plain", text=text)]
        return [turn.reply("errand.guide_unknown", word=word[:20], items=known)]
    node = turn.grid or turn.world.directory.top()
    await facilities.told(turn.now, node, "告知", item.id, None)
    return [turn.reply("faq.plain", text=await checklist.text(turn, item, node))]
