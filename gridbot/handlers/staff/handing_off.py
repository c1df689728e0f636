"""交班 旧 新: a grid goes from one colleague to another in one act, when both have said so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, planning
from gridbot.handlers.turn import Turn
from gridbot.messages import Address, Say
from gridbot.models import acts
from gridbot.models.cases import ledger, questions
from gridbot.models.cases.casework import State
from gridbot.models.cases.tickets import Ticket
from gridbot.models.neighbours.trust import Handing
from gridbot.models.territory import handing
from gridbot.models.territory.directory import Group
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank

routes = Routes()

ASKED_LIVES = timedelta(days=3)
HANDED = (Rank.WORKER, Rank.DEPUTY, Rank.HELPER)
DIARIES = 5  # that the successor gets to read
SHORTEST = 40  # characters of a message in a residents' group


def pair(turn: Turn) -> tuple[Post, Post] | None:
    """The two colleagues that are named, 交班 旧 新; None where it is only one: then it is about a shift."""
    words = turn.rest.replace("、", " ").split()
    return (_named(turn, words[0]), _named(turn, words[1])) if len(words) == 2 else None


async def for_good(turn: Turn, old: Post, new: Post) -> Sequence[Say]:
    """The grid of one goes to the other (said by himself or by who leads him); not before both agree."""
    turn.require_staff()
    if old.staff != turn.person.staff:
        _leads(turn, old)
    if old.staff == new.staff:
        raise Refusal("handing.no_self")
    posts = _posts(turn, old.staff)
    if not posts:
        raise Refusal("handing.nothing", name=old.name)
    nodes = list(dict.fromkeys(post.node for post in posts))
    by_old = old.staff == turn.person.staff
    row = await handing.proposed(turn.act, old.staff, new.staff, nodes, by_old=by_old)
    load = await handing.load(old.staff, nodes)
    await acts.record(turn.person.who, turn.now, "hand_off", f"handing:{row.id}")
    asked = [new] if by_old else [old, new]
    says = [await _ask(turn, row, post, old, new, load) for post in asked if post.contact]
    return [turn.whisper("handing.waiting", names="、".join(post.name for post in asked)), *says]


def _named(turn: Turn, name: str) -> Post:
    found = [post for post in turn.world.directory.posts if name in (post.name, post.staff)]
    if not found:
        raise Refusal("refuse.no_colleague", name=name[:20])
    if len({post.staff for post in found}) > 1:
        ids = "、".join(dict.fromkeys(post.staff for post in found))
        raise Refusal("refuse.two_colleagues", name=name[:20], ids=ids)
    return found[0]


def _leads(turn: Turn, old: Post) -> None:
    if not any(_covers(turn, post) for post in turn.world.directory.posts_of(old.staff)):
        raise NotAllowed


def _covers(turn: Turn, post: Post) -> bool:
    directory = turn.world.directory
    return any(p.rank is Rank.LEADER and directory.inside(post.node, p.node) for p in turn.person.posts)


def _posts(turn: Turn, staff: str) -> list[Post]:
    """The posts that change hands; of a leader's colleague only those at nodes he leads."""
    held = [post for post in turn.world.directory.posts_of(staff) if post.rank in HANDED]
    return held if staff == turn.person.staff else [post for post in held if _covers(turn, post)]


async def _ask(turn: Turn, row: Handing, post: Post, old: Post, new: Post, load: handing.Load) -> Say:
    where = turn.private_with(post.contact)
    await turn.ask(post.contact, "hand_off", where=where, subject=row.id, lives=ASKED_LIVES)
    return turn.tell(
        post.contact, "handing.ask", buttons=(("确认", "确认"),), old=old.name, new=new.name,
        nodes=_names(turn, row), tickets=len(load.tickets), visits=load.visits,
    )  # fmt: skip


def _names(turn: Turn, row: Handing) -> str:
    nodes = turn.world.directory.nodes
    return "、".join(nodes[code].name for code in row.nodes if code in nodes)


@routes.on("?hand_off")
async def confirmed(turn: Turn) -> Sequence[Say]:
    """确认 of one of the two; with the second one everything changes hands."""
    question, command = turn.question, turn.reading.command
    if question is None or command is None or not (command.name in ("confirm", "yes") or command.choice == 1):
        return []
    await question.delete()
    row = await handing.get(question.subject or 0)
    staff = turn.person.staff
    if row is None or staff is None or staff not in (row.old, row.new):
        return []
    if not await handing.agreed(turn.act, row, staff):
        other = turn.world.directory.staff(row.new if staff == row.old else row.old)
        return [turn.whisper("handing.half", name=other.name if other else "")]
    return await _done(turn, row)


async def _done(turn: Turn, row: Handing) -> list[Say]:
    directory = turn.world.directory
    old, new = directory.staff(row.old), directory.staff(row.new)
    assert old is not None and new is not None
    posts = [p for p in directory.posts_of(row.old) if p.node in row.nodes and p.rank in HANDED]
    note = f"{old.name}→{new.name}"
    load = await handing.carry_out(turn.act, row, posts, new, note)
    for no in load.tickets:
        ticket = await ledger.ticket(no)
        if ticket is not None:
            await planning.replan(turn, ticket)
            await _asked(turn, ticket, new.contact)
    turn.world.org_changed = True
    await acts.record(turn.person.who, turn.now, "handed_off", f"handing:{row.id}")
    groups = [group for code in row.nodes for group in directory.groups_of(code)]
    rooms = "、".join(directory.called(group) for group in groups) or turn.texts.say("handing.no_rooms")
    leader = directory.leader(row.nodes[0])
    people = dict.fromkeys(post.contact for post in (old, new, leader) if post is not None and post.contact)
    says = [
        turn.tell(
            contact, "handing.done", nodes=_names(turn, row), old=old.name, new=new.name,
            tickets=len(load.tickets), numbers="、".join(f"#{no}" for no in load.tickets) or "—",
            visits=load.visits, people=load.people, rooms=rooms,
        )
        for contact in people
    ]  # fmt: skip
    says += await _diaries(turn, row, old, new)
    return [*says, *(_to_residents(turn, group, old, new) for group in groups)]


async def _asked(turn: Turn, ticket: Ticket, contact: str) -> None:
    """From now on `1` of this colleague, and of nobody else, takes the ticket."""
    await questions.drop(ticket.no, "card")
    if contact and ticket.state == State.OPEN:
        where = turn.private_with(contact)
        await turn.ask(contact, "card", where=where, subject=ticket.no, lives=cards.CARD_LIVES)


async def given_back(turn: Turn, row: Handing) -> Say:
    """撤销 of it: everything is again his who had it; whoever was told reads `correction`."""
    await handing.given_back(row.id)
    load, name = await handing.load(row.old, row.nodes), await handing.name_of(row.old)
    contact = await handing.contact_of(row.old)
    for no in load.tickets:
        if (ticket := await ledger.ticket(no)) is not None:
            await _asked(turn, ticket, contact)
    return turn.whisper(
        "handing.undone", nodes=_names(turn, row), name=name, tickets=len(load.tickets), visits=load.visits
    )


async def correction(turn: Turn, row: Handing, to: Address) -> Say:
    """For one of those who read that it had changed hands."""
    name = await handing.name_of(row.old)
    if to.room is not None:
        role = await handing.role_of(row.old) or turn.texts.say("card.somebody")
        return turn.tell_at(to, "handing.still", name=name, role=role)
    return turn.tell_at(to, "handing.corrected", nodes=_names(turn, row), name=name)


async def _diaries(turn: Turn, row: Handing, old: Post, new: Post) -> list[Say]:
    """What went on lately in the grid, in the words of whoever had it."""
    rows = await handing.diaries(row.old, row.nodes, DIARIES)
    if not rows or not new.contact:
        return []
    say = turn.texts.say
    lines = [say("diary.line", month=each.day.month, day=each.day.day, text=each.text) for each in rows]
    return [turn.tell(new.contact, "handing.diaries", name=old.name, lines="\n".join(lines))]


def _to_residents(turn: Turn, group: Group, old: Post, new: Post) -> Say:
    say = turn.tell_group(group, "handing.group", role=old.role, old=old.name, new=new.name, phone=new.phone)
    if new.phone and len(say.text) <= SHORTEST:
        return say
    return turn.tell_group(group, "handing.group_plain", role=old.role, old=old.name, new=new.name)
