"""What a meeting should talk about, from what is on record: nobody prepares it by hand."""

from __future__ import annotations

from collections.abc import Iterator

from gridbot.digests import measured
from gridbot.digests.analysis import analysed
from gridbot.digests.spans import Period, span_of
from gridbot.models.cases import teamwork
from gridbot.models.cases.tickets import Ticket
from gridbot.models.spreading import meetings
from gridbot.models.spreading.meetings import Meeting
from gridbot.world import World

LISTED = 6


async def compose(world: World, made: Meeting) -> str:
    """The agenda: what was decided last time and is not done, joint work, what grows, what is late."""
    head = world.texts.say(
        "meeting.agenda", number=made.no, node=world.directory.nodes[made.node].name,
        name=world.texts.say(f"meeting.{made.kind}"), at=world.texts.moment(made.starts_at, made.starts_at),
    )  # fmt: skip
    parts = [*await _last_time(world, made), *await _joint(world, made), *await _month(world, made)]
    return "\n".join([head, *parts])


async def _last_time(world: World, made: Meeting) -> list[str]:
    earlier = await meetings.before(made)
    if earlier is None or not earlier.decisions:
        return []
    left = await meetings.unfinished(earlier)
    if not left:
        return [world.texts.say("meeting.all_done", count=len(earlier.decisions))]
    return [world.texts.say("meeting.left", count=len(left), cases=_cases(world, left))]


async def _joint(world: World, made: Meeting) -> list[str]:
    """Tickets that several work on, and what they wait for."""
    grids = set(world.directory.under(made.node))
    found = [ticket for ticket in await teamwork.joint_now() if ticket.grid in grids]
    return [world.texts.say("meeting.joint", count=len(found), cases=_cases(world, found))] if found else []


async def _month(world: World, made: Meeting) -> list[str]:
    say, day = world.texts.say, world.local(made.starts_at).date()
    found = await measured(world, [made.node], span_of(world, Period.MONTH, day, made.starts_at))
    seen = analysed(found, world.local)
    profile = world.directory.profile(made.node)

    def lines() -> Iterator[str]:
        yield say(
            "meeting.flow", opened=found.flow.opened, before=found.before.opened,
            resolved=found.flow.resolved, live=found.live,
        )  # fmt: skip
        if found.kinds:
            kinds = "、".join(f"{profile.category(kind).zh} {count}" for kind, count in found.kinds[:4])
            yield say("meeting.kinds", kinds=kinds)
        for spot, category, count in seen.clusters[:3]:
            yield say("digest.cluster", place=spot.place, kind=profile.category(category).zh, count=count)
        if found.overdue:
            cases = "、".join(f"#{case.no}" for case in found.overdue[:LISTED])
            yield say("meeting.overdue", count=len(found.overdue), cases=cases)

    return list(lines())


def _cases(world: World, tickets: list[Ticket]) -> str:
    """Numbers with what they are about and who has them."""
    parts = []
    for ticket in tickets[:LISTED]:
        known = world.directory.profile(ticket.grid).category(ticket.category)
        post = world.directory.staff(ticket.assignee)
        what = known.subs.get(ticket.sub or "", known.zh)
        parts.append(f"#{ticket.no} {what}{'（' + post.name + '）' if post else ''}")
    return "、".join(parts) + ("…" if len(tickets) > LISTED else "")
