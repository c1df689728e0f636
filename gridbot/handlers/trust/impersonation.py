"""Somebody goes by a colleague's name, or asks for money in an office's; 核实 asks the real one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.trust import masking
from gridbot.handlers.turn import Turn
from gridbot.messages import Address, Say
from gridbot.models import acts, board
from gridbot.models.board import Plan
from gridbot.models.neighbours import inquiries
from gridbot.models.neighbours.inquiries import ALIKE, MONEY, REALLY
from gridbot.models.neighbours.trust import Inquiry
from gridbot.models.territory.directory import Group
from gridbot.models.territory.people import Post

routes = Routes()

ALIKE_AGAIN = timedelta(days=30)  # one account with one colleague's name is worth one word a month
WARN_AGAIN = timedelta(hours=1)  # a group is warned once an hour, however often somebody asks
ANSWER_WITHIN = timedelta(minutes=15)  # then the next one up is asked
BRIEF = 16  # characters: 假的，别信 is an answer, a long message is about something else
ASKED_LIVES = timedelta(hours=12)


# --- names ------------------------------------------------------------------------------------------------


async def watch(turn: Turn) -> list[Say]:
    """What is to be done because of who speaks, before the words are answered: nothing, nearly always."""
    group = turn.group
    if group is None or not group.residents or turn.person.is_staff or not turn.heard.sender_name:
        return []
    known = turn.person.home is not None
    says = await alike(turn, turn.heard.sender, turn.heard.sender_name, known=known)
    named = turn.world.namesake(group.node, turn.heard.sender_name)
    if named is not None and "money" in turn.reading.flags and "solicit" not in turn.reading.flags:
        says += await _warned(turn, group)
    return says


async def alike(turn: Turn, contact: str, nickname: str, *, known: bool) -> list[Say]:
    """An account that no post is bound to has a colleague's name: a private word to the leader, once.

    `known`: a neighbour who is bound to his household may be called what he is called.
    """
    group = turn.group
    post = turn.world.namesake(group.node, nickname) if group is not None else None
    if group is None or post is None or known or contact == post.contact:
        return []
    if await inquiries.lately(ALIKE, contact, turn.now - ALIKE_AGAIN, staff=post.staff):
        return []
    await inquiries.opened(turn.act, _row(turn, ALIKE, group.node, contact=contact, staff=post.staff))
    await acts.record("bot", turn.now, "alike", post.staff, group.room)
    return _to_leader(
        turn, group.node, "guard.alike", nickname=masking.words(nickname, 30), account=contact,
        group=turn.world.directory.called(group), role=post.role, name=post.name,
    )  # fmt: skip


def _row(turn: Turn, kind: str, node: str, *, contact: str, staff: str = "", text: str = "") -> Inquiry:
    where = turn.heard.where
    return Inquiry(
        kind=kind, node=node, transport=where.transport, account=where.account, contact=contact,
        room=where.room, staff=staff, text=text,
    )  # fmt: skip


def _to_leader(turn: Turn, node: str, key: str, **params: object) -> list[Say]:
    """A private word to the leader of a node."""
    post = turn.world.directory.leader(node)
    if post is None or not post.contact:
        return []
    return [turn.written(turn.private_with(post.contact), key, params, urgent=True)]


# --- money ------------------------------------------------------------------------------------------------


@routes.on("solicit")
async def solicit(turn: Turn) -> Sequence[Say]:
    """Money or codes are asked for in an office's name by an account no post is bound to."""
    if turn.group is None or turn.person.department is not None:
        return []
    return await _warned(turn, turn.group)


async def _warned(turn: Turn, group: Group) -> list[Say]:
    """The group reads how to make sure (no accusation); the leader who wrote what."""
    sender, room = turn.heard.sender, turn.heard.where.room
    before = await inquiries.lately(MONEY, sender, turn.now - WARN_AGAIN, room=room)
    text = masking.words(turn.heard.text)
    row = await inquiries.opened(turn.act, _row(turn, MONEY, group.node, contact=sender, text=text))
    await acts.record("bot", turn.now, "solicited", f"inquiry:{row.id}", group.room)
    if before:
        return []
    phone = turn.world.office.phone
    key = "guard.warning" if phone else "guard.warning_plain"
    hour = f"guard:{group.room}:{int(turn.now.timestamp() // WARN_AGAIN.total_seconds())}"
    warning = replace(turn.tell_group(group, key, urgent=True, phone=phone), once=hour)
    return [
        warning,
        *_to_leader(
            turn, group.node, "guard.money", account=sender,
            nickname=turn.heard.sender_name or turn.texts.say("guard.no_nickname"),
            group=turn.world.directory.called(group), text=text,
        ),
    ]  # fmt: skip


# --- 核实 -------------------------------------------------------------------------------------------------


@routes.on("really")
async def really(turn: Turn) -> Sequence[Say]:
    """核实 …: the one it is said of (else the leader) is asked in private; the asker gets his answer."""
    text = turn.rest or (turn.heard.quote.text if turn.heard.quote else "")
    if not text.strip():
        raise Refusal("guard.really_how")
    return await doubted(turn, text)


async def doubted(turn: Turn, text: str) -> list[Say]:
    """Ask whoever it is said of whether it is true; the asker hears how long that takes."""
    post = _whom(turn, text)
    if post is None:
        phone = turn.world.office.phone
        return [turn.reply("guard.nobody" if phone else "guard.nobody_plain", phone=phone)]
    said = masking.words(text)
    row = _row(turn, REALLY, turn.grid or post.node, contact=turn.heard.sender, staff=post.staff, text=said)
    row = await inquiries.opened(turn.act, row)
    await board.put(Plan("really_waits", f"inquiry:{row.id}", turn.now + ANSWER_WITHIN))
    return [turn.reply("guard.asking", minutes=_minutes()), await ask(turn, row, post)]


def _minutes() -> int:
    return int(ANSWER_WITHIN.total_seconds() // 60)


def _whom(turn: Turn, text: str) -> Post | None:
    """The colleague who is named, nearest first; else the leader of the asker's place; with an account."""
    directory = turn.world.directory
    node = turn.grid or directory.top()
    near = [post for above in directory.up(node) for post in directory.at(above.code)]
    named = turn.world.namesake(node, text)
    wanted = [named, directory.leader(node, but=turn.person.staff), *near]
    reachable = (post for post in wanted if post is not None and post.contact != turn.heard.sender)
    return next((post for post in reachable if post.contact), None)


async def ask(turn: Turn, row: Inquiry, post: Post) -> Say:
    """Ask a colleague whether it is true."""
    where = turn.private_with(post.contact)
    await turn.ask(post.contact, "really", where=where, subject=row.id, lives=ASKED_LIVES)
    return turn.tell(
        post.contact, "guard.ask", buttons=(("1 是", "1"), ("2 不是", "2")), urgent=True, number=row.id,
        text=row.text,
    )  # fmt: skip


@routes.on("?really")
async def answered(turn: Turn) -> Sequence[Say]:
    """1 it is true, 2 it is not; words besides are passed on."""
    question, command = turn.question, turn.reading.command
    row = await inquiries.get(question.subject or 0) if question is not None else None
    if question is None or row is None:
        return []
    answer = _yes_or_no(turn)
    if answer == "":
        return [turn.whisper("guard.yes_or_no")]
    await question.delete()
    if row.closed_at is not None:
        return [turn.whisper("guard.answered_before")]
    words = command.rest if command is not None else turn.heard.text.strip()
    await inquiries.closed(turn.act, row, answer=answer, outcome=masking.words(words))
    await board.cancel(f"inquiry:{row.id}", "really_waits")
    await acts.record(turn.person.who, turn.now, "really", f"inquiry:{row.id}", answer)
    asker = Address(row.transport, row.account, None, row.contact)
    post = turn.person.posts[0]
    told = turn.tell_at(
        asker, f"guard.is_{answer}", urgent=True, role=post.role, text=masking.words(row.text, 60),
        words=turn.texts.say("guard.words", words=words) if words else "", phone=turn.world.office.phone,
    )  # fmt: skip
    return [turn.whisper("guard.passed_on"), told]


def _yes_or_no(turn: Turn) -> str:
    command, said = turn.reading.command, turn.heard.text
    brief = len(said) <= BRIEF and (command is None or command.choice is None)
    for answer in ("no", "yes") if brief else ():
        if any(word in said for word in turn.texts.say(f"guard.{answer}_words").split()):
            return answer
    if command is None:
        return ""
    if command.name == "yes" or command.choice == 1:
        return "yes"
    return "no" if command.name == "no" or command.choice == 2 else ""
