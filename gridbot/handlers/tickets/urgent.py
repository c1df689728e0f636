"""急: past everybody in between, to the top at once; and 应急: the right people are called together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gridbot.errors import Refusal
from gridbot.handlers.reports import candidate as candidates
from gridbot.handlers.reports import checklist, opening
from gridbot.handlers.reports.said import Said, heard
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, ledger, questions, routing, teamwork
from gridbot.models.cases.parties import Party
from gridbot.models.cases.tickets import History, Ticket
from gridbot.models.duty import arriving
from gridbot.models.territory.people import Post
from gridbot.nlp import Kind, Reading, Urgency
from gridbot.profiles import Rank
from gridbot.services import At

routes = Routes()

DANGER = "safety_hazard"
GRAVE = "grave"
ANSWERS = {"到": teamwork.CAME, "在途": teamwork.CALLED_NOW, "不能": teamwork.RETURNED}
LOGGED = frozenset(
    {"open", "call", "respond", "arrive", "accept", "report", "promise", "whistle", "check_in", "resolve"}
)


@routes.on("urgent")
async def urgent(turn: Turn) -> Sequence[Say]:
    """急 …: worker, deputy, leader and the top of the tree hear it in the same second."""
    turn.require_staff()
    text = turn.rest.strip()
    if not text:
        raise Refusal("urgent.how")
    said = replace(heard(turn), text=text)
    ticket, says = await opening.open_ticket(
        turn, _grave(turn, said), said=said, note=turn.texts.say("urgent.note")
    )
    if ticket.assignee is not None and ticket.assignee == turn.person.staff:
        says = await _his_own(turn, ticket, says)
    above = await _to_the_top(turn, ticket, said)
    names = "、".join(dict.fromkeys(f"{post.role}{post.name}" for post in above))
    await casework.move(ticket, "call", turn.act, names)
    call = cards.call_first(turn, ticket)
    return [
        turn.reply("urgent.done", urgent=True, no=ticket.no, names=names, call=call),
        *says,
        *await _cards(turn, ticket, above, says, said),
    ]


async def _his_own(turn: Turn, ticket: Ticket, says: Sequence[Say]) -> list[Say]:
    """Whoever calls from the spot has it: he is not asked to answer himself; the others read of it."""
    await casework.move(ticket, "accept", turn.act, first_reply_at=turn.now)
    await planning.answered(ticket)
    if await arriving.of_ticket(ticket.no) is not None:
        return list(says)  # his card tells by when he has to be there
    await questions.drop(ticket.no, "card")
    return [say for say in says if say.to.contact != turn.heard.sender]


def _grave(turn: Turn, said: Said) -> Reading:
    """What the words mean, as an emergency, whatever they mean."""
    reading = candidates.reread(turn, said)
    return replace(reading, kind=Kind.ISSUE, category=reading.category or DANGER, urgency=Urgency.EMERGENCY)


async def _to_the_top(turn: Turn, ticket: Ticket, said: Said) -> list[Post]:
    """Whom the profile's route for the grave names; the leader of the topmost node where it names nobody."""
    directory = turn.world.directory
    route = directory.profile(ticket.grid).routing.route(ticket.category, ticket.sub, GRAVE)
    steps = route.at_once if route is not None and route.at_once else (routing.TOP,)
    found = (routing.holder(directory, ticket.grid, step) for step in steps)
    return [post for post in found if post is not None and post.staff != said.person.staff]


async def _cards(
    turn: Turn, ticket: Ticket, posts: Sequence[Post], sent: Sequence[Say], said: Said
) -> list[Say]:
    reached = {say.to.contact for say in sent}
    says: list[Say] = []
    for post in posts:
        if post.contact and post.contact not in reached:
            says += await cards.ticket_card(turn, ticket, post.contact, said=said)
    return says


# --- 应急 -------------------------------------------------------------------------------------------------


@routes.on("muster")
async def muster(turn: Turn) -> Sequence[Say]:
    """应急 防汛 东河涨水: the village's roster for this kind; 应急 12: the log of it, with times."""
    turn.require_staff()
    word, _, rest = turn.rest.strip().partition(" ")
    number = word.lstrip("#＃")
    if number.isdecimal():
        return await _log(turn, int(number))
    profile = turn.world.directory.profile(turn.person.posts[0].node)
    known = profile.routing.roster(word) if word else None
    if known is None:
        raise Refusal("urgent.which_kind", kinds="、".join(profile.routing.rosters))
    told = rest.strip() if word == known[0] else turn.rest.strip()
    return await _mustered(turn, known[0], known[1], told or known[0])


async def _mustered(turn: Turn, kind: str, roles: Sequence[str], text: str) -> list[Say]:
    post = turn.person.posts[0]
    village = scope(turn, post.node)
    people = roster(turn, village, roles)
    said = replace(heard(turn), text=f"{kind}：{text}", node=post.node)
    reading = replace(_grave(turn, said), category=DANGER, sub=None)
    ticket, _ = await opening.open_ticket(turn, reading, said=said, note=kind, taken_by=post)
    await casework.move(ticket, "accept", turn.act, first_reply_at=turn.now)
    await planning.answered(ticket)
    names = "、".join(f"{each.role}{each.name}" for each in people)
    await casework.move(ticket, "call", turn.act, f"{kind}：{names}")
    says: list[Say] = []
    for each in people:
        await teamwork.call(turn.act, ticket, each.staff, teamwork.CALLED, department=False)
        says += await _call(turn, ticket, each, kind, text)
    node = turn.world.directory.nodes[village].name
    return [
        turn.reply("urgent.mustered", no=ticket.no, kind=kind, node=node, count=len(people), names=names),
        *says,
    ]


def scope(turn: Turn, code: str) -> str:
    """The village or community of a node: by its level, else the nearest led node above its grid."""
    directory = turn.world.directory
    if village := checklist.node_at(turn, code, At.VILLAGE):
        return village.code
    levels = directory.profile(code).grid_levels
    above = [node for node in directory.up(code) if node.level not in levels]
    led = (node.code for node in above if directory.at(node.code, Rank.LEADER))
    return next(led, above[0].code if above else code)


def roster(turn: Turn, village: str, roles: Sequence[str]) -> list[Post]:
    """Everybody in the village whom these roles call, the village's leader first; each once."""
    directory = turn.world.directory
    inside = set(directory.under(village))
    found = [*directory.at(village, Rank.LEADER)[:1]]
    found += [post for role in roles for post in routing.called_by(directory, role, inside)]
    people = {post.staff: post for post in reversed(found)}
    people.pop(turn.person.staff or "", None)
    return list(reversed(people.values()))


async def _call(turn: Turn, ticket: Ticket, post: Post, kind: str, text: str) -> list[Say]:
    if not post.contact:
        return []
    to = turn.private_with(post.contact)
    await turn.ask(post.contact, "called", where=to, subject=ticket.no, lives=cards.CARD_LIVES)
    key, name = "urgent.call", told.name(turn)
    return [
        turn.tell_at(
            to,
            key,
            urgent=True,
            no=ticket.no,
            kind=kind,
            text=text,
            name=name,
            place=ticket.place or turn.world.directory.nodes[ticket.grid].name,
        )
    ]


@routes.on("?called")
async def responded(turn: Turn) -> Sequence[Say]:
    """到, 在途, 不能: written into the log with its time; whoever called reads it."""
    question, command = turn.asked, turn.reading.command
    ticket = await ledger.ticket(question.subject or 0)
    answer = next((word for word in ANSWERS if command is not None and word in command.options), None)
    if command is not None and answer is None and command.name == "yes":
        answer = "在途"
    part = await _own_part(turn, ticket) if ticket is not None else None
    if ticket is None or part is None or answer is None:
        return []
    words = " ".join(filter(None, (answer, command.rest if command else "")))
    came = turn.now if answer == "到" else part.came_at
    await teamwork.mark(turn.act, part, ANSWERS[answer], words=words, came_at=came)
    if ticket.state in casework.LIVE:
        await casework.move(ticket, "respond", turn.act, words)
    if answer != "在途":
        await questions.answered(question)
    says = [turn.reply("urgent.noted", no=ticket.no, answer=answer)]
    return [*says, *told.staff(turn, ticket, part.by, "urgent.answered", name=told.name(turn), answer=words)]


async def _own_part(turn: Turn, ticket: Ticket) -> Party | None:
    parts = await teamwork.of(ticket.no, teamwork.CALLED)
    return next((each for each in parts if each.who == turn.person.staff), None)


async def _log(turn: Turn, number: int) -> list[Say]:
    """Who was called, who answered what and when, what was done."""
    ticket = await ledger.ticket(number)
    if ticket is None:
        raise Refusal("refuse.no_ticket", no=number)
    turn.require(ticket.grid)
    lines = [line for line in await ledger.history(ticket.no) if line.what in LOGGED]
    parts = await teamwork.of(ticket.no, teamwork.CALLED)
    counts = {word: sum(1 for each in parts if each.state == state) for word, state in ANSWERS.items()}
    silent = sum(1 for each in parts if not each.words)
    return [
        turn.reply(
            "urgent.log",
            no=ticket.no,
            lines="\n".join(_line(turn, line) for line in lines),
            came=counts["到"],
            away=counts["不能"],
            coming=counts["在途"] - silent,
            silent=silent,
        )
    ]


def _line(turn: Turn, line: History) -> str:
    post = turn.world.directory.staff(line.by)
    key = f"urgent.did_{line.what}"
    return turn.texts.say(
        "urgent.log_line",
        at=f"{turn.world.local(line.at):%H:%M}",
        who=post.name if post else line.by,
        did=turn.texts.say(key),
        note=line.note,
    )
