"""Is this person from the office? 验证 by anybody, and the card that a newcomer of a group gets."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.trust import impersonation, masking
from gridbot.handlers.turn import Turn
from gridbot.messages import Joined, Say
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank

routes = Routes()


@routes.on("verify")
async def verify(turn: Turn) -> Sequence[Say]:
    """验证 姓名或证号: whether somebody works here, with what a person at the door can be compared with."""
    words = turn.rest.split()
    if not words:
        raise Refusal("verify.how")
    posts = [
        post for post in turn.world.directory.posts if words[0] in (post.name, post.staff, post.phone or None)
    ]
    if not posts:
        return [turn.reply("verify.unknown", who=words[0], phone=_call(turn))]
    return [_told(turn, posts)]


async def spoken(turn: Turn) -> list[Say] | None:
    """李网是不是网格员: a colleague is named and asked about; None where nobody is."""
    text = turn.heard.text
    posts = [post for post in turn.world.directory.posts if len(post.name) > 1 and post.name in text]
    if posts and "money" in turn.reading.flags:  # the name is right, and the account may be anybody's
        return await impersonation.doubted(turn, text)
    return [_told(turn, posts)] if posts else None


def _told(turn: Turn, posts: Sequence[Post]) -> Say:
    """What may be compared with the person at the door; the post nearest to the speaker."""
    here = [post for post in posts if _here(turn, post)]
    post = (here or posts)[0]
    node = turn.world.directory.nodes.get(post.node)
    known = "verify.known" if here else "verify.elsewhere" if _own(turn) else "verify.leader"
    return turn.reply(
        known,
        node=node.name if node else "",
        role=post.role,
        name=masking.name(post.name),
        id=post.staff,
        phone=masking.phone(post.phone) or turn.texts.say("verify.no_phone"),
        rule=turn.texts.say("verify.rule"),
    )


def _own(turn: Turn) -> list[str]:
    """The nodes the speaker belongs to; none for a stranger in private."""
    own = [turn.grid, *([turn.person.home.node] if turn.person.home else [])]
    return [code for code in (*own, *(each.node for each in turn.person.posts)) if code]


def _here(turn: Turn, post: Post) -> bool:
    """Whether the post is at the speaker's grid, above it or (for whoever leads) below it."""
    inside = turn.world.directory.inside
    return any(inside(code, post.node) or inside(post.node, code) for code in _own(turn))


def _call(turn: Turn) -> str:
    office = turn.world.office.phone
    return turn.texts.say("verify.call", phone=office) if office else turn.texts.say("verify.ask")


@routes.on("!joined")
async def joined(turn: Turn) -> Sequence[Say]:
    """Newcomers of a residents' group get in private who is responsible and what the bot never asks for."""
    assert isinstance(turn.event, Joined)
    group, where = turn.group, turn.heard.where
    if group is None or not group.residents:
        return []
    says: list[Say] = []
    names = (*turn.event.names, *[""] * len(turn.event.who))
    for contact, nickname in zip(turn.event.who, names, strict=False):
        if contact == where.account or turn.world.directory.posts_by_contact(contact):
            continue
        person = await turn.world.directory.person(where.transport, contact)
        says += await impersonation.alike(turn, contact, nickname, known=person.home is not None)
        if not person.opted_out:
            says.append(_card(turn, contact, group.node))
    return says


def _card(turn: Turn, contact: str, node: str) -> Say:
    directory, office, say = turn.world.directory, turn.world.office, turn.texts.say
    people = [directory.worker(node), directory.leader(node)]
    lines = dict.fromkeys(
        say("verify.person", role=post.role, name=post.name, phone=post.phone or say("verify.no_phone"))
        for post in people
        if post is not None and post.rank in (Rank.WORKER, Rank.LEADER)
    )
    if office.phone:
        lines[say("verify.office", phone=office.phone)] = None
    return turn.tell(
        contact, "verify.card", bot=office.bot, office=office.office, people="\n".join(lines),
        rule=say("verify.rule"), days=turn.world.conduct.keep_text.days,
    )  # fmt: skip
