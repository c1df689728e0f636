"""What somebody promises: 明早 is a moment, 明天下午 and 周五 are a while in which he comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, joint, planning, timing, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.cases import casework, questions, teamwork
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp.slots.quantity import mask
from gridbot.profiles import Rank

routes = Routes()

CLOCK = ("点", "时", ":", "分")  # in the words of who names a moment of the clock
TIMES = ("今", "明", "后天", "周", "点", "早上", "上午", "下午", "晚")
A_SENTENCE = 6  # characters from which on words behind the time are meant for the resident
NOON, AFTERNOON, EVENING, NIGHT = time(12), time(13), time(18), time(21)


@dataclass(frozen=True, slots=True)
class Promise:
    """When somebody comes, UTC: at a moment, or between it and `until`."""

    at: datetime
    until: datetime | None = None

    @property
    def moments(self) -> dict[str, datetime | None]:
        """The fields of a ticket that hold it."""
        return {"promised_at": self.at, "promised_until": self.until}

    def said(self, turn: Turn) -> str:
        """明天08:30, or 明天13:00至17:30."""
        return planning.between(turn, self.at, self.until)


@routes.on("promise")
async def promise(turn: Turn) -> Sequence[Say]:
    """承诺 1024 明早: the resident reads the same time; whoever promised is reminded of it."""
    ticket = await chosen.ticket(turn)
    found = part_of_day(turn, ticket.grid)
    if found is None:
        at = timing.said_moment(turn, end_of_day=False, code=ticket.grid)
        if at is None or at <= turn.now:
            raise Refusal("refuse.until_when", no=ticket.no)
        found = Promise(at)
    first, holder = ticket.first_reply_at or turn.now, turn.person.staff or ticket.assignee
    before = ticket.assignee
    await casework.move(
        ticket, "promise", turn.act, turn.rest, **found.moments, first_reply_at=first, assignee=holder
    )
    await planning.replan(turn, ticket)
    await questions.drop(ticket.no, "card")
    by = found.said(turn)
    return [
        turn.reply("work.promised" if ticket.reporter else "work.promised_nobody", no=ticket.no, by=by),
        *_to_resident(turn, ticket, by),
        *await told_to_bodies(turn, ticket, found.until or found.at, by),
        *(
            told.staff(
                turn,
                ticket,
                before,
                "work.taken_by_other",
                what=cards.matter(turn, ticket),
                name=told.name(turn),
            )
            if before != holder
            else ()
        ),
        *await joint.tell_below(turn, ticket, turn.texts.say("route.news_promised", by=by)),
    ]


def _to_resident(turn: Turn, ticket: Ticket, by: str) -> list[Say]:
    """The time in the bot's words, or the sentence that was written for the resident: he reads the same."""
    when = turn.reading.when
    words = turn.rest.strip()
    words = words.removeprefix(when.text if when is not None else "").strip(" ，,。：:")
    if len(words) < A_SENTENCE:
        return told.reporter(turn, ticket, "work.promised_resident", by=by)
    text = words if any(mark in words for mark in TIMES) else f"{by}，{words}"
    return told.reporter(turn, ticket, "desk.said", text=mask(text))


async def told_to_bodies(turn: Turn, ticket: Ticket, at: datetime, by: str) -> list[Say]:
    """Departments that were called and have not come read what a leader promised; they are due by then."""
    if not any(post.rank in (Rank.LEADER, Rank.DESK) for post in turn.person.posts):
        return []
    bodies = {each.id: each for each in turn.world.directory.departments}
    says = []
    for part in await teamwork.of(ticket.no, *teamwork.WORKING):
        body = bodies.get(part.who)
        if body is None or part.state != teamwork.CALLED_NOW:
            continue
        await teamwork.mark(turn.act, part, part.state, due_at=at)
        await board.cancel(f"party:{part.id}", "check_in")
        await board.again(Plan("check_in", f"party:{part.id}", at, f"{at:%Y%m%dT%H%M}"))
        if body.contact:
            say = turn.tell(body.contact, "work.promised_department", no=ticket.no, by=by)
            says.append(cards.held(turn, say, ticket.urgency))
    return says


def part_of_day(turn: Turn, code: str) -> Promise | None:
    """The part of a day, or the day, that is named without a clock and not over; None for anything else.

    `code`: the node whose office hours count.
    """
    when = turn.reading.when
    if when is None or when.start is None or when.end is not None or any(mark in when.text for mark in CLOCK):
        return None
    begins, calendar = turn.world.local(when.start), turn.world.calendar_at(code)
    hours = calendar.hours
    parts = {
        time(): (hours[0][0], hours[-1][1]),
        time(7): (hours[0][0], NOON),
        NOON: (NOON, AFTERNOON),
        AFTERNOON: (AFTERNOON, hours[-1][1]),
        EVENING: (EVENING, NIGHT),
    }
    if begins.time() not in parts:
        return None
    at, until = (calendar.at(begins.date(), each) for each in parts[begins.time()])
    return Promise(max(at, turn.now), until) if until > turn.now else None
