"""协查 asks all staff of a place, keeps what they answer, and ends as a paper for the police."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import answers
from gridbot.handlers.trust import masking
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts
from gridbot.models.neighbours import inquiries
from gridbot.models.neighbours.inquiries import SEARCH
from gridbot.models.neighbours.trust import Inquiry
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank

routes = Routes()

SEARCHED_FOR = timedelta(days=7)
OPEN = 5  # shown of those that are not over
MOST = 500  # people asked one by one
LEADERS = (Rank.LEADER, Rank.DEPUTY, Rank.DESK, Rank.POLICE)


@routes.on("assist")
async def assist(turn: Turn) -> Sequence[Say]:
    """协查 内容: to staff only; 协查 3 内容 is what a colleague knows; 协查 3 alone shows the answers."""
    turn.require_staff()
    words = turn.rest.split(maxsplit=1)
    number = int(words[0].lstrip("#")) if words and words[0].lstrip("#").isdigit() else None
    if number is not None:
        row = await _open(turn, number)
        return await _told(turn, row, words[1]) if len(words) > 1 else [await _state(turn, row)]
    if not turn.rest.strip():
        return [await _under_way(turn)]
    post = turn.require_staff(*LEADERS)
    row = await inquiries.opened(turn.act, inquiry(turn, SEARCH, post))
    await acts.record(turn.person.who, turn.now, "search", f"inquiry:{row.id}")
    people = _staff(turn, post.node)
    says = [await _asked(turn, row, contact) for contact in people]
    return [turn.whisper("search.sent", number=row.id, count=len(people)), *says]


async def _under_way(turn: Turn) -> Say:
    """协查 alone: what is not over here; raises Refusal where nothing is."""
    rows = await _not_over(turn)
    if not rows:
        raise Refusal("search.how")
    line, say = "search.open_line", turn.texts.say
    lines = "\n".join(say(line, number=row.id, text=masking.words(row.text, 40)) for row in rows[:OPEN])
    return turn.whisper("search.open", lines=lines)


async def _not_over(turn: Turn) -> list[Inquiry]:
    """The open ones at the speaker's nodes, above and below, newest first."""
    directory, posts = turn.world.directory, turn.person.posts
    nodes = {node.code for post in posts for node in directory.up(post.node)}
    nodes |= {code for post in posts for code in directory.under(post.node)}
    return await inquiries.open_ones(SEARCH, sorted(nodes))


def inquiry(turn: Turn, kind: str, post: Post) -> Inquiry:
    """What the speaker asks, numbers masked, for staff at his post's node."""
    where = turn.heard.where
    return Inquiry(
        kind=kind, node=post.node, transport=where.transport, account=where.account,
        contact=turn.heard.sender, room=where.room, staff=post.staff, text=masking.words(turn.rest, 500),
    )  # fmt: skip


def _staff(turn: Turn, node: str) -> list[str]:
    """Everybody with an account and a post at a node or below it, but for the speaker."""
    directory = turn.world.directory
    posts = (post for code in directory.under(node) for post in directory.at(code))
    found = dict.fromkeys(post.contact for post in posts if post.contact != turn.heard.sender)
    return [contact for contact in found if contact][:MOST]


def officers(turn: Turn, node: str) -> list[Post]:
    """The nearest officers with an account at a node or above it."""
    directory = turn.world.directory
    for above in directory.up(node):
        if found := [post for post in directory.at(above.code, Rank.POLICE) if post.contact]:
            return found
    below = (post for code in directory.under(node) for post in directory.at(code, Rank.POLICE))
    return [post for post in below if post.contact][:1]


def police(turn: Turn, node: str) -> list[Post]:
    """The nearest officers; where there is none, who leads there."""
    if found := officers(turn, node):
        return found
    leader = turn.world.directory.leader(node, but=turn.person.staff)
    return [leader] if leader is not None and leader.contact else []


async def _asked(turn: Turn, row: Inquiry, contact: str) -> Say:
    where = turn.private_with(contact)
    await turn.ask(contact, "search", where=where, subject=row.id, lives=SEARCHED_FOR)
    return turn.tell(contact, "search.ask", urgent=True, number=row.id, text=row.text)


async def _open(turn: Turn, number: int) -> Inquiry:
    row = await inquiries.get(number)
    if row is None or row.kind != SEARCH:
        raise Refusal("search.no_such", number=number)
    if not any(_concerns(turn, row, post) for post in turn.person.posts):
        raise Refusal("refuse.not_allowed")
    return row


def _concerns(turn: Turn, row: Inquiry, post: Post) -> bool:
    directory = turn.world.directory
    return directory.inside(post.node, row.node) or directory.inside(row.node, post.node)


@routes.on("?search")
async def replied(turn: Turn) -> Sequence[Say]:
    """Whatever is answered to a search belongs to it, a lone 没有 too; a number answers a card."""
    question, command = turn.question, turn.reading.command
    if command is not None and command.choice is not None:
        return await answers.answer_card(turn)
    row = await inquiries.get(question.subject or 0) if question is not None else None
    if question is None or row is None or not turn.heard.text.strip():
        return []
    await question.delete()
    return await _told(turn, row, turn.heard.text.strip())


async def _told(turn: Turn, row: Inquiry, words: str) -> Sequence[Say]:
    if row.closed_at is not None:
        raise Refusal("search.over", number=row.id)
    post = turn.person.posts[0]
    await inquiries.reply(turn.act, row, post.staff, masking.words(words, 500))
    asked_by = turn.world.directory.staff(row.staff)
    says = [turn.whisper("search.noted", number=row.id)]
    if asked_by is not None and asked_by.contact and not _nothing(turn):
        key = "search.heard"
        says.append(turn.tell(asked_by.contact, key, urgent=True, number=row.id, name=post.name, text=words))
    return says


def _nothing(turn: Turn) -> bool:
    """Whether the answer is a plain no: it is kept, and disturbs nobody."""
    return turn.heard.text.strip(" 。！!，,了") in turn.texts.say("search.nothing_words").split()


async def _state(turn: Turn, row: Inquiry) -> Say:
    return turn.whisper("search.state", number=row.id, text=row.text, replies=await _lines(turn, row))


async def _lines(turn: Turn, row: Inquiry) -> str:
    directory = turn.world.directory
    lines = []
    for each in await inquiries.replies(row.id):
        post = directory.staff(each.staff)
        at = turn.world.local(each.at)
        lines.append(
            turn.texts.say(
                "search.reply", at=f"{at:%m-%d %H:%M}", name=post.name if post else each.staff, text=each.text
            )
        )
    return "\n".join(lines) or turn.texts.say("search.none")


@routes.on("search_over")
async def over(turn: Turn) -> Sequence[Say]:
    """协查结束 3 移交派出所: closed, with a paper for the police."""
    command = turn.reading.command
    turn.require_staff()
    number = command.numbers[0] if command is not None and command.numbers else None
    only = await _not_over(turn) if number is None else []
    if number is None and len(only) != 1:
        raise Refusal("search.over_how")
    row = only[0] if number is None else await _open(turn, number)
    turn.require(row.node, *LEADERS)
    if row.closed_at is not None:
        raise Refusal("search.over", number=row.id)
    outcome = turn.rest or turn.texts.say("search.handed")
    await inquiries.closed(turn.act, row, outcome=masking.words(outcome))
    await acts.record(turn.person.who, turn.now, "search_over", f"inquiry:{row.id}")
    asked_by = turn.world.directory.staff(row.staff)
    paper = turn.texts.say(
        "search.paper", number=row.id, office=turn.world.office.office,
        at=f"{turn.world.local(row.at):%Y-%m-%d %H:%M}", name=asked_by.name if asked_by else row.staff,
        text=row.text, replies=await _lines(turn, row), outcome=outcome,
        closed=f"{turn.world.local(turn.now):%Y-%m-%d %H:%M}", by=turn.person.name,
    )  # fmt: skip
    given = [post for post in officers(turn, row.node) if post.contact != turn.heard.sender]
    begun = [asked_by.contact] if asked_by is not None and asked_by.contact else []
    contacts = dict.fromkeys([turn.heard.sender, *begun, *(post.contact for post in given)])
    says = [turn.tell(contact, "search.closed", paper=paper) for contact in contacts]
    names = "、".join(f"{post.role}{post.name}" for post in given)
    return [*says, turn.whisper("search.given", names=names)] if given else says
