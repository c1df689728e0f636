"""Who mediates: the pool, and calling whoever's turn it is and has no stake in the matter."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers.duties import doors
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import chosen
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts
from gridbot.models.cases import disputes, mediators
from gridbot.models.cases.mediators import Choice
from gridbot.models.cases.tickets import Ticket
from gridbot.models.neighbours.trust import Dispute
from gridbot.models.territory.people import Post
from gridbot.nlp.slots import place
from gridbot.profiles import Rank

routes = Routes()

CHIEFS = (Rank.LEADER, Rank.DEPUTY, Rank.DESK, Rank.WORKER)
LIVES, AVOIDS = ("住",), ("回避", "亲属", "亲戚")  # 住5-101 回避3-502、3-601
SUBJECTS = ("专长", "擅长")  # may stand before the subjects


async def choice(turn: Turn, ticket: Ticket, row: Dispute) -> Choice:
    """Whose turn it is for a dispute; whoever has it already is not asked again."""
    known = turn.world.directory.profile(row.node).category(disputes.CATEGORY)
    kind = known.subs.get(row.kind, "")
    but = [row.mediator] if row.mediator else []
    return await mediators.choose(turn.world.directory, ticket.grid, kind, row.households, but)


async def called(turn: Turn, ticket: Ticket, row: Dispute) -> list[Say]:
    """Call the mediator whose turn it is; nothing where the place has none."""
    found = await choice(turn, ticket, row)
    if found.post is None:
        return []
    return await given(turn, ticket, row, found.post)


async def whose_turn(turn: Turn, ticket: Ticket, usual: Post) -> Post:
    """Who mediates where a route says 调解员; `usual` where nobody without a stake is left."""
    row = await disputes.of_ticket(turn.act, ticket)
    found = await choice(turn, ticket, row)
    post = found.post or usual
    await disputes.noted(turn.act, row, disputes.MEDIATOR, post.name, mediator=post.staff)
    await mediators.called(turn.act, post.staff)
    return post


async def given(turn: Turn, ticket: Ticket, row: Dispute, post: Post) -> list[Say]:
    """The mediator hears in private what it is about; it stands in the ledger."""
    await disputes.noted(turn.act, row, disputes.MEDIATOR, post.name, mediator=post.staff)
    await mediators.called(turn.act, post.staff)
    if not post.contact or post.contact == turn.heard.sender:
        return []
    known = turn.world.directory.profile(row.node).category(disputes.CATEGORY)
    due = ticket.first_reply_due_at
    by = turn.texts.say("dispute.by", by=turn.when(due)) if due is not None else ""
    return [
        turn.tell(
            post.contact, "dispute.call", no=ticket.no, risk=row.risk, words=row.words, by=by,
            kind=known.subs.get(row.kind, known.zh), place=ticket.place or turn.texts.say("places.unknown"),
        )
    ]  # fmt: skip


@routes.on("mediators")
async def pool(turn: Turn) -> Sequence[Say]:
    """调解员: who there is; 调解员 12: call one; 调解员 姓名 专长 住5-101 回避3-502: what is known of one."""
    words = turn.rest.split()
    if not words:
        return [await _pool(turn)]
    if words[0].lstrip("#").isdigit():
        return await _call(turn, int(words[0].lstrip("#")))
    return [await _described(turn, words)]


async def _pool(turn: Turn) -> Say:
    turn.require_staff()
    directory, say = turn.world.directory, turn.texts.say
    posts: dict[str, Post] = {}
    for own in turn.person.posts:
        posts |= {post.staff: post for post in mediators.pool(directory, own.node)}
        below = (p for code in directory.under(own.node) for p in directory.at(code, Rank.MEDIATOR))
        posts |= {post.staff: post for post in below}
    facts = await mediators.known(list(posts))
    lines = []
    for staff, post in posts.items():
        fact = facts.get(staff)
        last = turn.world.local(fact.last_at).date() if fact and fact.last_at else None
        lines.append(
            say(
                "dispute.mediator", name=post.name, node=directory.nodes[post.node].name,
                subjects="、".join(fact.subjects) if fact and fact.subjects else say("dispute.anything"),
                last=f"{last:%m-%d}" if last else say("dispute.never"),
            )
        )  # fmt: skip
    return turn.whisper("dispute.pool", lines="\n".join(lines) or say("dispute.no_mediators"))


async def _call(turn: Turn, number: int) -> Sequence[Say]:
    ticket = await chosen.by_number(number)
    turn.require(ticket.grid, *CHIEFS)
    if not disputes.is_one(ticket):
        raise Refusal("dispute.not_one", no=number)
    row = await disputes.of_ticket(turn.act, ticket)
    before = turn.world.directory.staff(row.mediator) if row.mediator else None
    found = await choice(turn, ticket, row)
    say = turn.texts.say
    passed = "、".join(
        say("dispute.passed", name=post.name, why=say(f"dispute.why_{why}"))
        for post, why in found.passed_over
    )
    note = say("dispute.passed_over", people=passed) if passed else ""
    if found.post is None:
        raise Refusal("dispute.nobody_left", no=number, note=note)
    told = await given(turn, ticket, row, found.post)
    if before is not None and before.contact and before.contact != turn.heard.sender:
        told.append(turn.tell(before.contact, "dispute.relieved", no=number, name=found.post.name))
    return [turn.whisper("dispute.called", no=number, name=found.post.name, note=note), *told]


def _without(words: Sequence[str], marks: tuple[str, ...]) -> list[str]:
    """The words that begin with a mark, without it."""
    found = ((word, next((mark for mark in marks if word.startswith(mark)), "")) for word in words)
    return [word.removeprefix(mark).lstrip(":：") for word, mark in found if mark]


async def _described(turn: Turn, words: list[str]) -> Say:
    turn.require_staff(*CHIEFS)
    directory = turn.world.directory
    name, rest = words[0], words[1:]
    post = next((p for p in directory.posts if p.rank is Rank.MEDIATOR and name in (p.name, p.staff)), None)
    if post is None:
        raise Refusal("dispute.no_such_mediator", name=name)
    if not any(
        turn.world.directory.inside(p.node, post.node) or turn.world.directory.inside(post.node, p.node)
        for p in turn.person.posts
    ):
        raise NotAllowed
    home = await _doors(turn, _without(rest, LIVES), post)
    kin = await _doors(turn, _without(rest, AVOIDS), post)
    others = [word for word in rest if not word.startswith((*LIVES, *AVOIDS))]
    others = [next(iter(_without([word], SUBJECTS)), word) for word in others]
    subjects = [one for word in others for one in word.split("、") if one]
    await mediators.described(turn.act, post.staff, subjects, home[0] if home else None, kin)
    await acts.record(turn.person.who, turn.now, "mediator", post.staff)
    return turn.whisper("dispute.described", name=post.name)


async def _doors(turn: Turn, words: list[str], post: Post) -> list[str]:
    """The households of doors written one after another."""
    nodes = turn.world.directory.under(post.node)
    found = []
    for door in (one for word in words for one in word.split("、") if one):
        address = place.parse_home(door)
        if address is None or not address.room:
            raise Refusal("visit.no_home", door=door)
        found.append((await doors.one(turn, address, nodes)).id)
    return found
