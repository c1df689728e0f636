"""Who gets a new matter, from when on, and why (route, vacancy, leave, hours), for the history."""

from __future__ import annotations

from datetime import datetime, timedelta

from gridbot.handlers.turn import Turn
from gridbot.models.cases import routing
from gridbot.models.cases.routing import Start
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory import onduty
from gridbot.models.territory.people import Post
from gridbot.nlp import Urgency
from gridbot.profiles import Span, Unit
from gridbot.values import value

IN_OFFICE = {Unit.WORKMINUTE: "minutes", Unit.WORKHOUR: "hours"}
AT_ANY_HOUR = (Urgency.EMERGENCY, Urgency.HIGH)


@value(frozen=True, slots=True)
class Assigned:
    """`post` has to do with it from `since` on (UTC); `start` is where the route or the tree sent it."""

    post: Post | None
    since: datetime
    start: Start
    why: str


def first(turn: Turn, grid: str, category: str, sub: str | None, urgency: str, by: str | None) -> Assigned:
    """Whoever a new matter goes to; `by` is the staff id of a colleague who reports it."""
    directory = turn.world.directory
    start = routing.start(directory, grid, category, sub, urgency, by)
    why = _way(turn, grid, start)
    if start.post is None:
        return Assigned(None, turn.now, start, why)
    calendar, urgent = turn.world.calendar_at(grid), urgency in AT_ANY_HOUR
    acting = onduty.acting(directory, calendar, start.post, turn.now, urgent=urgent)
    if acting.post.staff != start.post.staff:
        why += turn.texts.say(f"route.{acting.why}", name=start.post.name, other=acting.post.name)
    return Assigned(acting.post, acting.since, start, why)


def reply_by(turn: Turn, grid: str, assigned: Assigned, span: Span, usual: datetime) -> datetime:
    """By when whoever has it answers: a deputy on duty in the evening within his own hours, if they suffice.

    `usual` is what office hours make of the span.
    """
    post = assigned.post
    if post is None or not post.deputy_of or assigned.since > turn.now or span.unit not in IN_OFFICE:
        return usual
    ends = onduty.shift_ends(turn.world.calendar_at(grid), post, turn.now)
    at = turn.now + timedelta(**{IN_OFFICE[span.unit]: span.amount})
    return at if ends is not None and at <= min(ends, usual) else usual


def _way(turn: Turn, grid: str, start: Start) -> str:
    """The route in words: 按「矛盾纠纷」路线（楼长→单元长→社区→调解员）先交楼长."""
    role = start.post.role if start.post else turn.texts.say("route.nobody")
    vacant = turn.texts.say("route.vacant", post=start.vacancy) if start.vacancy else ""
    if start.route is None or not start.route.steps:
        node = turn.world.directory.nodes.get(grid)
        return turn.texts.say("route.plain", grid=node.name if node else "", role=role) + vacant
    steps = "→".join(start.route.steps)
    return turn.texts.say("route.opened", route=start.route.zh, steps=steps, role=role) + vacant


def duty_note(turn: Turn, ticket: Ticket) -> str:
    """18:00后由副岗值守: what a resident reads where the deputy has it outside the main post's hours."""
    post = turn.world.directory.staff(ticket.assignee)
    if post is None or not post.deputy_of or not post.hours:
        return ""
    main = turn.world.directory.staff(post.deputy_of)
    calendar = turn.world.calendar_at(ticket.grid)
    if main is None or not main.hours or onduty.on_duty(calendar, main, turn.now):
        return ""
    since = onduty.next_on_duty(calendar, post, turn.now)
    at = turn.when(since) if since > turn.now else ""
    return turn.texts.say("route.deputy_from", since=at) if at else turn.texts.say("route.deputy_now")


def on_duty(turn: Turn, grid: str, worker: Post | None) -> list[str]:
    """Who has the grid now, where that is not its worker: 18:00后由副网格员赵副值守, with his number."""
    if worker is None:
        return []
    calendar = turn.world.calendar_at(grid)
    acting = onduty.acting(turn.world.directory, calendar, worker, turn.now, urgent=False)
    post = acting.post
    if post.staff == worker.staff:
        return []
    params = {"role": post.role, "name": post.name, "phone": post.phone}
    if acting.since > turn.now:
        return [turn.texts.say("route.on_duty_from", since=turn.when(acting.since), **params)]
    return [turn.texts.say("route.on_duty_now", **params)]
