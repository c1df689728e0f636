"""A leader tells his colleagues something: it goes to their work group, never to the residents'."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, told, which
from gridbot.handlers.turn import Buttons, Turn
from gridbot.messages import Say
from gridbot.models.territory.directory import Group
from gridbot.models.territory.people import Post
from gridbot.nlp.slots import telling
from gridbot.profiles import Rank

routes = Routes()

LIVES = timedelta(hours=2)
SEND: Buttons = (("1 发", "1"), ("2 不用", "2"))
MOST = 60  # colleagues written to one by one


async def proposed(turn: Turn) -> list[Say] | None:
    """通知各网格员周五下午两点开会: one question first; None where it is not for colleagues."""
    found = telling.to_colleagues(turn.heard.text.strip())
    if found is None:
        return None
    groups, alone = _readers(turn)
    if not groups and not alone:
        return None
    to, text = found
    await turn.ask(turn.heard.sender, "among_us", data={"to": to, "text": text}, lives=LIVES)
    where = turn.texts.say("among.groups", count=len(groups)) if groups else ""
    if alone:
        where += turn.texts.say("among.besides" if groups else "among.alone", count=len(alone))
    return [turn.whisper("among.preview", where=where, to=to, text=text, buttons=SEND)]


def _readers(turn: Turn) -> tuple[list[Group], list[Post]]:
    """The work groups of what the speaker leads, and the colleagues there who are in none of them."""
    directory = turn.world.directory
    tops = [post.node for post in turn.person.posts if post.rank is Rank.LEADER]
    nodes = {code for top in tops for code in directory.under(top)}
    groups = [group for group in directory.groups if not group.residents and group.node in nodes]
    alone: dict[str, Post] = {}
    for code in nodes:
        for post in directory.at(code):
            covered = any(directory.inside(post.node, group.node) for group in groups)
            ours = post.contact and post.staff != turn.person.staff and post.rank is not Rank.DEPARTMENT
            if ours and not covered:
                alone[post.contact] = post
    return groups, list(alone.values())[:MOST]


@routes.on("?among_us")
async def sent(turn: Turn) -> Sequence[Say]:
    """1 or 发: they read it; 2: nobody does."""
    question = turn.asked
    if (said := await which.unless_yes(turn, "confirm")) is not None:
        return said
    groups, alone = _readers(turn)
    to, text = str(question.data.get("to") or ""), str(question.data.get("text") or "")
    name = told.name(turn)
    letters = [turn.tell(post.contact, "among.post", name=name, to=to, text=text) for post in alone]
    return [
        turn.whisper("among.sent"),
        *(turn.tell_group(group, "among.post", name=name, to=to, text=text) for group in groups),
        *(cards.held(turn, letter) for letter in letters),
    ]
