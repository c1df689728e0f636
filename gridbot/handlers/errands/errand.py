"""代办: what a service takes, which desk does it, and what its resident is told of it."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.handlers.reports import checklist
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases.errands import Stage
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory import facilities
from gridbot.models.territory.people import Post
from gridbot.nlp import Kind
from gridbot.profiles import Rank
from gridbot.services import At, Item

routes = Routes()
ON_DUTY = "值班"  # how the role of a desk is called that takes in


def matter(turn: Turn, ticket: Ticket) -> Item | None:
    """What the services packs know of a ticket's matter."""
    return turn.world.services.item(ticket.summary, ticket.category, ticket.sub)


def desk(turn: Turn, code: str, word: str, at: At = At.VILLAGE) -> Post | None:
    """The desk for a grid's errands: at the level that does the matter, else the nearest one above.

    `word` is preferred in the name of the role; only somebody who can be reached counts.
    """
    above = [
        post
        for node in turn.world.directory.up(code)
        for post in turn.world.directory.at(node.code, Rank.DESK)
        if post.contact
    ]
    node = checklist.node_at(turn, code, at)
    fit = [post for post in above if node is not None and post.node == node.code] or above
    return next((post for post in fit if word in post.role), fit[0] if fit else None)


def first_stage(turn: Turn, kind: str, category: str, sub: str | None) -> str | None:
    """收集 for a service whose papers go to an office; None for everything else."""
    services = turn.world.services
    if kind != Kind.SERVICE or not services.errand(category, sub):
        return None
    item = services.item("", category, sub)
    return None if item is not None and item.in_person else Stage.COLLECTING


async def opened(turn: Turn, ticket: Ticket) -> list[Say]:
    """The papers of a new errand, in private: to the resident, or to the worker who files for him."""
    item = matter(turn, ticket) if ticket.kind == Kind.SERVICE else None
    if item is None:
        return _known(turn, ticket)
    if item.in_person:  # a worker took it for a matter after all: the resident reads how it is done
        sheet = await checklist.text(turn, item, ticket.grid)
        to = (
            told.private(ticket, ticket.reporter) if ticket.reporter else turn.private_with(turn.heard.sender)
        )
        return [turn.written(to, "faq.plain", {"text": sheet})]
    papers = checklist.numbered(item.papers)
    if not ticket.reporter:
        return [turn.whisper("errand.checklist_worker", no=ticket.no, papers=papers)]
    node = checklist.node_at(turn, ticket.grid, item.at)
    return [
        turn.tell_at(
            told.private(ticket, ticket.reporter),
            "errand.checklist",
            no=ticket.no,
            papers=papers,
            level=checklist.level_of(turn, item, ticket.grid),
            name=f"（{node.name}）" if node else "",
            source=checklist.sourced(turn, item),
        )
    ]


def _known(turn: Turn, ticket: Ticket) -> list[Say]:
    """What is known of a service that is no matter of the packs: the answer besides the ticket."""
    answer = turn.world.services.answer(ticket.summary) if ticket.kind == Kind.SERVICE else None
    if answer is None or not answer.answer or not ticket.reporter:
        return []
    text = turn.texts.say("faq.answer", answer=answer.answer, source=answer.source, day=answer.as_of)
    to, role = told.private(ticket, ticket.reporter), told.holder(turn, ticket)
    return [turn.tell_at(to, "faq.meanwhile", no=ticket.no, text=text, role=role)]


async def applicant(turn: Turn, ticket: Ticket) -> str:
    """For whom it is, as colleagues read it."""
    if not ticket.reporter:
        return ticket.place or turn.texts.say("card.nobody")
    return cards.speaker(await turn.world.directory.person(ticket.transport, ticket.reporter))


@routes.on("guide")
async def guide(turn: Turn) -> Sequence[Say]:
    """办事指南 老年证: the papers, the place, the hours; nothing is opened."""
    services, word = turn.world.services, turn.rest.strip(" ，。？?")
    known = "、".join(item.zh for item in services.items)
    if not word:
        return [turn.reply("errand.guide_how", items=known)]
    item = services.item(word)
    if item is None:
        if (answer := services.answer(word)) is not None and answer.answer:
            text = turn.texts.say("faq.answer", answer=answer.answer, source=answer.source, day=answer.as_of)
            return [turn.reply("faq.plain", text=text)]
        return [turn.reply("errand.guide_unknown", word=word[:20], items=known)]
    node = turn.grid or turn.world.directory.top()
    await facilities.told(turn.now, node, "告知", item.id, None)
    return [turn.reply("faq.plain", text=await checklist.text(turn, item, node))]
