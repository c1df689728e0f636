"""What an office wants to be reminded of by rules of its own: a line in the morning list of that day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from gridbot.messages import Say
from gridbot.models.duty import notes
from gridbot.models.duty.duties import Due
from gridbot.profiles import Rank
from gridbot.profiles.reporting import Reminder
from gridbot.recurrence import Lunar, Ruled, Schedule, Shift
from gridbot.schedules.jobs import Jobs, Late
from gridbot.world import World

jobs = Jobs()

AT = time(7, 30)  # before the morning lists
BEGAN = date(2020, 1, 1)  # what an RRULE without a beginning counts from


def _subjects(world: World) -> Iterable[str]:
    """Every post that one of its node's reminders is for: "remind:NODE:STAFF:NAME"."""
    for post in world.directory.posts:
        if post.contact and post.rank in (Rank.WORKER, Rank.LEADER):
            for one in world.directory.profile(post.node).reports.reminders:
                if one.to == post.rank:
                    yield f"remind:{post.node}:{post.staff}:{one.name}"


def _reminder(world: World, subject: str) -> Reminder | None:
    _, node, _, name = subject.split(":", 3)
    known = world.directory.profile(node).reports.reminders
    return next((one for one in known if one.name == name), None)


def _schedule(world: World, subject: str) -> Schedule | None:
    one = _reminder(world, subject)
    if one is None:
        return None
    since = one.since or BEGAN
    rule = Lunar(*one.lunar) if one.lunar else Ruled(one.rrule, since, one.but)
    return Schedule(rule, AT, Shift(one.shift), one.since, one.until)


@jobs.every("own_reminder", _schedule, _subjects, late=Late.SKIP, grace_s=12 * 3600)
async def own_reminder(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Kept for the morning list; whoever has several grids reads it once."""
    told: dict[str, list[str]] = {}
    for row in rows:
        one = _reminder(world, row.what)
        if one is None or str(row.occurrence) in {day.isoformat() for day in one.but}:
            continue
        text = world.texts.say("reports.own", name=one.name, text=one.text)
        mine = told.setdefault(row.what.split(":", 3)[2], [])
        if text not in mine:
            mine.append(text)
    for staff, texts in told.items():
        await notes.hold(staff, texts, now)
    return []
