"""A handful of reminders a day: what can wait is merged, and comes in a person's own hours.

Only jobs that say `waits=True` are tempered; first replies, emergencies, questions and the morning list never
are, nor what is unique by itself (`once`). What falls due at night or before the list is told in the list.
Who gets no morning list gets everything, merged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from gridbot.clock import Breath
from gridbot.messages import Say
from gridbot.models.duty import notes
from gridbot.models.territory import onduty
from gridbot.models.territory.people import Post
from gridbot.schedules.mornings import list_at, reads_one
from gridbot.world import World

IN_THE_LIST = ("chase.due_soon", "chase.overdue")  # the list names what is due and late by itself


async def tempered(world: World, says: Sequence[Say], now: datetime) -> list[Say]:
    """The messages as they may leave: one for each of the staff, the rest kept for his next morning list."""
    others: list[Say] = []
    waiting: dict[str, list[Say]] = {}
    for say in says:
        posts = world.directory.posts_by_contact(say.to.contact) if say.to.contact else ()
        if say.urgent or say.once or not say.to.private or not posts:
            others.append(say)
        else:
            waiting.setdefault(posts[0].staff, []).append(say)
    lanes = {staff: found[0].to.lane for staff, found in waiting.items()}
    moments: dict[tuple[object, ...], tuple[datetime, bool]] = {}
    said = await notes.said_today(lanes.values(), world.midnight(now))
    breath = Breath()
    for staff, found in waiting.items():
        await breath.take()
        post = world.directory.staff(staff)
        assert post is not None
        care = world.directory.profile(post.node).care
        at, before_the_list = _may_come(world, post, now, moments)
        enough = before_the_list or said.get(lanes[staff], 0) >= care.messages_a_day
        if enough and reads_one(world, staff):
            await notes.hold(staff, [say.text for say in found if say.key not in IN_THE_LIST], now)
        else:
            others.append(_merged(found, at, now))
    return others


def _before_the_list(world: World, post: Post, at: datetime) -> bool:
    """Whether somebody would read it right before his morning list, which then tells it too."""
    listed = list_at(world, post, world.local(at).date())
    return listed is not None and at < listed


def _may_come(
    world: World, post: Post, now: datetime, known: dict[tuple[object, ...], tuple[datetime, bool]]
) -> tuple[datetime, bool]:
    """When a reminder may come: in the hours of whoever it is for; and whether his list comes right after.

    `known`: by hours, what was found.
    """
    quiet = world.directory.profile(post.node).care.quiet
    hours = (post.hours, post.employment, post.deputy_of != "", quiet)
    if (found := known.get(hours)) is None:
        at = onduty.reminded_at(world.calendar, post, onduty.next_on_duty(world.calendar, post, now))
        at = world.quiet_ends(at, post.node) if world.quiet(at, post.node) else at
        found = known[hours] = (at, _before_the_list(world, post, at))
    return found


def _merged(found: Sequence[Say], at: datetime, now: datetime) -> Say:
    """A burst as one message, at a moment from now on; about nothing where it is about several things."""
    first = found[0]
    if len(found) == 1 and (at <= now or at == first.not_before):
        return first
    text = "\n".join([say.text for say in found])
    about = first.about if all(say.about == first.about for say in found) else {}
    return replace(first, text=text, about=about, not_before=at if at > now else first.not_before)
