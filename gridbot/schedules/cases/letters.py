"""What the clock says about tickets, and to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from gridbot.messages import Address, Button, Say
from gridbot.models.cases import questions
from gridbot.models.cases.dangers import CALLS, danger
from gridbot.models.cases.ledger import Held
from gridbot.models.cases.tickets import Candidate, Ticket
from gridbot.models.territory import onduty
from gridbot.models.territory.people import Post
from gridbot.world import World

CARD_LIVES = timedelta(days=3)
LONGEST = 60
WARN_BEFORE = timedelta(hours=2)

Matter = Ticket | Held  # as much of a ticket as a word to a colleague needs


def what(world: World, ticket: Matter) -> str:
    """What people call a matter: an emergency by its danger, else its category. A Held tells no danger."""
    kind = danger(ticket.because) if isinstance(ticket, Ticket) and ticket.urgency == "emergency" else ""
    if kind in CALLS:
        return world.texts.say(f"danger.{kind}")
    return called(world, ticket.grid, ticket.category, ticket.sub)


def matter(world: World, ticket: Ticket) -> str:
    """Which one it is, for colleagues: what and where."""
    return "，".join(part for part in (what(world, ticket), ticket.place) if part)


def words(world: World, ticket: Ticket) -> str:
    """What was said, as a line of its own between others; "" where it is forgotten."""
    said = ticket.summary if len(ticket.summary) <= LONGEST else ticket.summary[:LONGEST] + "…"
    return world.texts.say("chase.words", text=said) if said else ""


def called(world: World, grid: str, category: str | None, sub: str | None) -> str:
    """The Chinese name of a category, with its sub-category where there is one."""
    known = world.directory.profile(grid).category(category)
    named = known.sub_categories.get(sub) if sub else None
    return named.zh if named else known.zh


def to_staff(
    world: World, ticket: Matter, post: Post | None, key: str, now: datetime, **params: object
) -> list[Say]:
    """A word to a colleague about a ticket; nothing where he has no account. At night only emergencies."""
    if post is None or not post.contact:
        return []
    return to_contact(world, ticket, post.contact, key, now, **params)


def to_contact(
    world: World, ticket: Matter, contact: str, key: str, now: datetime, **params: object
) -> list[Say]:
    """The same to an account, a department's for example."""
    to = world.private(contact, _place(ticket.transport, ticket.account))
    text, about = world.texts.say(key, no=ticket.no, **params), {"ticket": ticket.no}
    if ticket.urgency == "emergency":
        return [Say(to, text, key, about=about, urgent=True)]
    posts = world.directory.posts_by_contact(contact)
    at = onduty.reminded_at(world.calendar, posts[0], now) if posts else now
    if world.quiet(at, ticket.grid):
        at = world.quiet_ends(at, ticket.grid)
    return [Say(to, text, key, about=about, not_before=None if at == now else at)]


def chats(world: World, ticket: Ticket) -> Iterator[str]:
    """The lanes of whoever is reminded of a ticket: its holder, his deputy, the leader."""
    directory, near = world.directory, _place(ticket.transport, ticket.account)
    holder = directory.staff(ticket.assignee)
    leader = directory.leader(ticket.node or ticket.grid, but=ticket.assignee)
    for post in (holder, directory.deputy(holder.staff) if holder else None, leader):
        if post is not None and post.contact:
            yield world.private(post.contact, near).lane


_place = lru_cache(maxsize=64)(Address)  # a minute may bring a hundred thousand words to colleagues


def to_reporter(world: World, ticket: Ticket, key: str, *, once: str, **params: object) -> list[Say]:
    """A word to the reporter in private, once; a colleague who found it is told as one, not as a resident."""
    if not ticket.reporter or ticket.own:
        return []
    to = Address(ticket.transport, ticket.account, None, ticket.reporter)
    text = world.texts.say(key, no=ticket.no, **params)
    return [Say(to, text, key, about={"ticket": ticket.no}, once=once)]


async def ask(world: World, ticket: Ticket, contact: str, now: datetime) -> None:
    """From now on `1` of this person takes the ticket."""
    lane = world.private(contact, Address(ticket.transport, ticket.account)).lane
    await questions.ask(contact, lane, "card", now, CARD_LIVES, subject=ticket.no)


async def candidate_for(world: World, candidate: Candidate, post: Post, now: datetime) -> Say:
    """The card of a candidate for somebody who was not asked at first."""
    to = world.private(post.contact, Address(candidate.transport, candidate.account))
    await questions.ask(post.contact, to.lane, "candidate", now, CARD_LIVES, subject=candidate.id)
    sub = str(candidate.reading.get("sub") or "")
    place = str(candidate.reading.get("place") or "")
    group = world.directory.group(candidate.transport, candidate.room)
    text = world.texts.say(
        "card.candidate",
        candidate=candidate.id,
        who=await _speaker(world, candidate),
        group=world.directory.called(group) if group else world.texts.say("card.private_chat"),
        text=candidate.text,
        what=called(world, candidate.grid, candidate.category, sub),
        place=world.texts.say("card.at", place=place) if place else "",
    )
    buttons = (Button("1 登记", "1"), Button("2 不是", "2"))
    return Say(to, text, "card.candidate", buttons=buttons, about={"candidate": candidate.id})


async def _speaker(world: World, candidate: Candidate) -> str:
    person = await world.directory.person(candidate.transport, candidate.contact)
    return person.name or candidate.contact


async def late_list(world: World, staff: str, late: Sequence[Candidate], now: datetime) -> list[Say]:
    """One message with a line for each; answered by their numbers."""
    post = world.directory.staff(staff)
    if post is None or not post.contact:
        return []
    first = late[0]
    to = world.private(post.contact, Address(first.transport, first.account))
    lines = []
    for n, each in enumerate(late, 1):
        text = each.text if len(each.text) <= LONGEST else each.text[:LONGEST] + "…"
        lines.append(world.texts.say("card.late_line", n=n, who=await _speaker(world, each), text=text))
    data: dict[str, object] = {"candidates": [each.id for each in late]}
    await questions.ask(post.contact, to.lane, "late", now, CARD_LIVES, data=data)
    text = world.texts.say("card.late", count=len(late), lines="\n".join(lines))
    return [Say(to, text, "card.late")]
