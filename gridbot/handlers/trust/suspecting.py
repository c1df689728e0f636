"""可疑: what a worker finds strange goes to the police in private; no group sees anything."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.trust import masking, searching
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts
from gridbot.models.neighbours import inquiries
from gridbot.models.neighbours.inquiries import SUSPICIOUS

routes = Routes()


@routes.on("suspicious")
async def suspicious(turn: Turn) -> Sequence[Say]:
    """可疑 位置 描述: to the police of the grid in private, pictures with it; no group sees anything."""
    post = turn.require_staff()
    if not turn.rest.strip():
        raise Refusal("search.suspicious_how")
    row = await inquiries.opened(turn.act, searching.inquiry(turn, SUSPICIOUS, post))
    await acts.record(turn.person.who, turn.now, "suspicious", f"inquiry:{row.id}")
    police = [each for each in searching.police(turn, post.node) if each.contact != turn.heard.sender]
    if not police and (leader := turn.world.directory.leader(post.node, but=post.staff)) is not None:
        police = [leader] if leader.contact else []
    if not police:
        return [turn.whisper("search.no_police")]
    says = []
    for officer in police:
        where = turn.private_with(officer.contact)
        await turn.ask(
            officer.contact, "suspicious", where=where, subject=row.id, lives=searching.SEARCHED_FOR
        )
        says.append(
            turn.tell(
                officer.contact, "search.suspicious", urgent=True, buttons=(("1 去看", "1"),), number=row.id,
                name=post.name, phone=post.phone, text=row.text,
            )
        )  # fmt: skip
    names = "、".join(f"{officer.role}{officer.name}" for officer in police)
    key = "search.suspicious_sent_media" if turn.media else "search.suspicious_sent"
    return [turn.whisper(key, names=names), *says]


@routes.on("?suspicious")
async def seen_to(turn: Turn) -> Sequence[Say]:
    """1: the officer goes and looks; words are what he found. Whoever saw it hears of it."""
    question, command = turn.question, turn.reading.command
    row = await inquiries.get(question.subject or 0) if question is not None else None
    if question is None or row is None:
        return []
    going = command is not None and (command.choice == 1 or command.name == "yes")
    words = turn.texts.say("search.going") if going else turn.heard.text.strip()
    if not words:
        return []
    await inquiries.reply(turn.act, row, turn.person.who, masking.words(words, 500))
    if not going:
        await question.delete()
        await inquiries.closed(turn.act, row, outcome=masking.words(words))
    told = turn.tell(row.contact, "search.seen_to", number=row.id, name=turn.person.name, text=words)
    return [turn.whisper("search.noted_seen"), told]
