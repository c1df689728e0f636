"""五必到: at five kinds of events somebody is at the door in time: 已知, 在途, 到场, 记录."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from gridbot.errors import Refusal
from gridbot.handlers.duties import homes
from gridbot.handlers.own_words import of_rounds
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.cases import casework, ledger, questions
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty import arriving, visits
from gridbot.models.duty.duties import Visit
from gridbot.models.territory import onduty
from gridbot.models.territory.org import Household
from gridbot.models.territory.people import Post
from gridbot.nlp import Kind, Urgency
from gridbot.profiles.care import MustVisit

routes = Routes()

JOB = "must_arrive"
LIVES = timedelta(hours=24)
OWN = (
    "我家", "我爸", "我妈", "我父", "我母", "我爱人", "我老公", "我老婆", "我儿", "我女", "家里",
    "老伴", "我失业", "我下岗",
)  # fmt: skip
ON_THE_WAY = ("在途", "在路上", "马上到")


@routes.on("must_visit")
async def must_visit(turn: Turn) -> Sequence[Say]:
    """必到 邻里纠纷 3-502: somebody is to be there by its deadline; 必到 alone lists what is open."""
    turn.require_staff()
    if not turn.rest.strip() and not _chosen(turn):
        return [await _list(turn)]
    homes.in_private(turn) if turn.discreet else None
    found = await homes.maybe(turn)
    if found is None:
        return await _at_a_place(turn)
    home, rest = found
    care = turn.world.directory.profile(home.node).care
    event = care.must_visit(rest.split()[0]) if rest.split() else None
    if event is None:
        raise Refusal("must.which", names="、".join(one.zh for one in care.must_visits))
    return await call(turn, event, home)


async def _at_a_place(turn: Turn) -> Sequence[Say]:
    """必到 社区治安案件 东门小卖店: what happens out of doors has a place and no household."""
    post, (kind, _, place) = turn.require_staff(), turn.rest.strip().partition(" ")
    event = turn.profile.care.must_visit(kind)
    if event is None or not event.categories or not place.strip():
        raise Refusal("must.how")
    return await _given(turn, event, turn.world.directory.grid(post.node), "", place.strip())


def _chosen(turn: Turn) -> bool:
    return bool(turn.reading.command and turn.reading.command.options)


async def call(turn: Turn, event: MustVisit, home: Household) -> list[Say]:
    """Give it to the grid's worker, in private, and tell the speaker by when he has to be there."""
    if await arriving.known(home.id, event.zh) is not None:
        raise Refusal("must.known", why=event.zh, door=visits.door(home))
    return await _given(turn, event, home.node, home.id, visits.door(home))


async def _given(turn: Turn, event: MustVisit, grid: str, household: str, door: str) -> list[Say]:
    visit, post = await _put(turn, event, grid, household, None)
    if visit is None or post is None:
        raise Refusal("refuse.nobody_above", no="")
    by = turn.when(_by(visit))
    mine = post.staff == turn.person.staff
    says = [
        turn.whisper("must.mine" if mine else "must.given", why=event.zh, door=door, by=by, name=post.name)
    ]
    if mine:
        await _await_answer(turn, turn.heard.sender, visit)
    else:
        says += await _card(turn, visit, post, door)
    return says


async def of_ticket(turn: Turn, ticket: Ticket) -> list[Say]:
    """A report that is one of the five events: whoever has it sees by when he must be at the door."""
    event = turn.world.directory.profile(ticket.grid).care.of_category(ticket.category, ticket.sub)
    if event is None or ticket.assignee is None:
        return []
    visit, post = await _put(turn, event, ticket.grid, ticket.household or "", ticket)
    if visit is None or post is None or not post.contact:
        return []
    by = turn.when(_by(visit))
    return [turn.tell(post.contact, "must.ticket", why=event.zh, no=ticket.no, by=by)]


async def _put(
    turn: Turn, event: MustVisit, grid: str, household: str, ticket: Ticket | None
) -> tuple[Visit | None, Post | None]:
    directory, calendar = turn.world.directory, turn.world.calendar
    worker = directory.staff(ticket.assignee) if ticket is not None else directory.worker(grid)
    post = onduty.stand_in(directory, worker, turn.now) if worker is not None else None
    if post is None:
        return None, None
    by = calendar.add(turn.now, event.within.amount, event.within.unit)
    visit = await arriving.called(
        turn.act, household=household, grid=grid, worker=post.staff, why=event.zh, by=by,
        day=calendar.day_of(by), ticket=ticket.no if ticket is not None else None,
    )  # fmt: skip
    await board.put(Plan(JOB, f"visit:{visit.id}", by, "1"))
    return visit, post


def joined(says: Sequence[Say]) -> list[Say]:
    """The same with the must-visit's line in the message that goes to the same person anyway."""
    found = list(says)
    for line in [say for say in says if say.key == "must.ticket"]:
        for number, say in enumerate(found):
            if say is not line and say.to == line.to:
                found[number] = replace(say, text=f"{say.text}\n{line.text}")
                found.remove(line)
                break
    return found


def _by(visit: Visit) -> datetime:
    assert visit.arrive_by is not None
    return visit.arrive_by


async def _card(turn: Turn, visit: Visit, post: Post, door: str) -> list[Say]:
    if not post.contact:
        return []
    await _await_answer(turn, post.contact, visit)
    buttons = tuple((word, word) for word in (arriving.COMING, arriving.THERE))
    by = turn.when(_by(visit))
    return [
        turn.tell(post.contact, "must.card", urgent=True, buttons=buttons, why=visit.why, door=door, by=by)
    ]


async def _await_answer(turn: Turn, contact: str, visit: Visit) -> None:
    await turn.ask(
        contact, "must_visit", where=turn.private_with(contact), subject=None, data={"visit": visit.id},
        lives=LIVES,
    )  # fmt: skip


@routes.on("?must_visit")
async def answered(turn: Turn) -> Sequence[Say]:
    """在途, 到场, and then what was found: 记录."""
    question, command = turn.asked, turn.reading.command
    visit = await arriving.visit(int(str(question.data.get("visit"))))
    if visit is None or visit.done_at is not None or visit.dropped:
        await questions.answered(question)
        return await which.handlers["talk"](turn)
    said = command.name if command is not None else ""
    staff = turn.person.staff or visit.worker
    door = str((await visits.doors([visit.household])).get(visit.household, ""))
    if said == "arrive" or (said == "answer_muster" and command is not None and "到" in command.options):
        await arriving.step(turn.act, visit, arriving.THERE, worker=staff)
        return [turn.whisper("must.there", why=visit.why, door=door)]
    if said == "answer_muster" or turn.reading.text.startswith(ON_THE_WAY):
        await arriving.step(turn.act, visit, arriving.COMING, worker=staff)
        return [turn.whisper("must.coming", why=visit.why, door=door, by=turn.when(_by(visit)))]
    if said == "no" and visit.arrived_at is None:
        await arriving.drop(turn.act, visit)
        await questions.answered(question)
        return [turn.whisper("must.not_one")]
    if visit.arrived_at is None or command is not None:
        return await which.handlers["talk"](turn)
    outcome = turn.heard.text.strip().removeprefix(arriving.RECORDED).strip(homes.PUNCTUATION)
    await arriving.recorded(turn.act, visit, outcome, visits.AT_THE_DOOR)
    await questions.answered(question)
    return [turn.whisper("must.recorded", why=visit.why, door=door)]


@routes.on("came_instead")
async def came_instead(turn: Turn) -> Sequence[Say]:
    """民警来过了: somebody was at the door, and nobody is sent after the worker; 记录 is still his."""
    staff = turn.person.staff or ""
    found = [visit for visit in await arriving.open_ones([staff]) if visit.arrived_at is None]
    visit = await _said_of(turn, found)
    if visit is None:
        doors = await visits.doors(one.household for one in found)
        lines = "\n".join(f"· {one.why} {doors.get(one.household, '')}" for one in found)
        return [turn.whisper("must.came_where", lines=lines)]
    await arriving.step(turn.act, visit, arriving.THERE, worker=staff)
    if visit.ticket is None:
        await _await_answer(turn, turn.heard.sender, visit)
    door = str((await visits.doors([visit.household])).get(visit.household, ""))
    text = turn.heard.text.strip()
    if visit.ticket is None:
        return [turn.whisper("must.came", why=visit.why, door=door, text=text)]
    return [turn.whisper("must.came_ticket", why=visit.why, door=door, text=text, no=visit.ticket)]


async def _said_of(turn: Turn, found: Sequence[Visit]) -> Visit | None:
    """The only one, else the one whose door the words name."""
    address = homes.address_in(turn.heard.text)
    if len(found) == 1 or address is None:
        return found[0] if len(found) == 1 else None
    doors = await visits.doors(one.household for one in found)
    named = [one for one in found if str(doors.get(one.household, "")).endswith(address.room or "-")]
    return named[0] if len(named) == 1 else None


async def heard_of(turn: Turn) -> list[Say] | None:
    """Words that name one of the five events: 3-502 老张去世了. None where there is none.

    From staff with a door it is called at once; from a resident about his own home the worker is asked.
    Nothing of it is ever said in a group.
    """
    if turn.reading.command is not None or turn.heard.late:
        return None
    if (said := await of_rounds.told(turn)) is not None:
        return said
    event = turn.profile.care.called_by(turn.reading.text)
    if event is None or (turn.reading.kind is not Kind.NONE and _is_reported(turn, event)):
        return None
    if not turn.person.is_staff:
        return await _maybe(turn, event)
    address = homes.address_in(turn.reading.text)
    if address is None:
        return None
    buildings = [part for part in (address.building, address.row) if part]
    found = await visits.homes(homes.area(turn), buildings, address.unit, address.room or "")
    if len(found) != 1 or await arriving.known(found[0].id, event.zh) is not None:
        return None
    return await call(turn, event, found[0])


def _is_reported(turn: Turn, event: MustVisit) -> bool:
    """Whether the ordinary way of a report already sends somebody."""
    return bool(event.categories) or turn.reading.urgency is Urgency.EMERGENCY


async def _maybe(turn: Turn, event: MustVisit) -> list[Say] | None:
    """A resident says that it happened at home: the worker decides with one tap."""
    home = turn.person.home
    reported = bool(event.categories) and turn.reading.kind is not Kind.NONE
    if home is None or reported or not any(word in turn.reading.text for word in OWN):
        return None
    worker = turn.world.directory.worker(home.node)
    if worker is None or not worker.contact or await arriving.known(home.id, event.zh) is not None:
        return None
    where = turn.private_with(worker.contact)
    data = {"home": home.id, "event": event.zh}
    await turn.ask(worker.contact, "must_maybe", where=where, data=data, lives=LIVES)
    door = str((await visits.doors([home.id])).get(home.id, ""))
    buttons = (("1 去", "1"), ("2 不用", "2"))
    asked = turn.tell(worker.contact, "must.maybe", buttons=buttons, why=event.zh, door=door)
    role = worker.role
    return [asked, turn.whisper("must.passed_on", role=role)] if turn.private else [asked]


@routes.on("?must_maybe")
async def decided(turn: Turn) -> Sequence[Say]:
    """1 or 好: it is one of the five; anything else: it is not."""
    question, command = turn.asked, turn.reading.command
    await questions.answered(question)
    if command is None or not (command.name == "yes" or command.choice == 1):
        return [turn.whisper("must.not_one")] if command is not None else await which.handlers["talk"](turn)
    home = await visits.household(str(question.data.get("home")))
    event = turn.profile.care.must_visit(str(question.data.get("event")))
    if home is None or event is None:
        return []
    turn.require(home.node)
    return await call(turn, event, home)


async def _ended(turn: Turn, visit: Visit) -> bool:
    """Whether its ticket is done with: then somebody was there, and nothing is left to be recorded."""
    ticket = await ledger.ticket(visit.ticket) if visit.ticket is not None else None
    if ticket is None or ticket.state in casework.LIVE:
        return False
    await arriving.came(visit, ticket.resolved_at or turn.now, done=True)
    return True


async def _list(turn: Turn) -> Say:
    """What the speaker's area has open, in private."""
    directory = turn.world.directory
    staff = {post.staff for code in homes.area(turn) for post in directory.at(code)}
    found = [one for one in await arriving.open_ones(staff) if not await _ended(turn, one)]
    if not found:
        return turn.whisper("must.none")
    doors = await visits.doors(one.household for one in found)
    lines = "\n".join(
        f"· {one.why} {doors.get(one.household, '')} {arriving.state(one)} {turn.when(_by(one))}"
        for one in found
    )
    return turn.whisper("must.list", lines=lines)
