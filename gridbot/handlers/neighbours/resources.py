"""Wheelchairs, skills, organisations: who has what to lend or can do what, and asking them for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers.duties import homes
from gridbot.handlers.neighbours.nearby import PHONE_DIGITS
from gridbot.handlers.reports.talk import talk
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import questions
from gridbot.models.cases.serving import Resource
from gridbot.models.duty import visits
from gridbot.models.neighbours import partners
from gridbot.models.neighbours.partners import SKILL, THING
from gridbot.models.territory.org import Household, Resident
from gridbot.profiles import Rank

routes = Routes()

OFFER_LIVES = timedelta(days=3)
CANCEL = "取消"  # option of 登记特长
ASKED = "特长"


@routes.on("resource_add")
async def register(turn: Turn) -> Sequence[Say]:
    """登记资源 轮椅 2辆 青石卫生站 0943-1234567: a colleague or a partner puts something on file."""
    if not turn.person.is_staff and turn.person.department is None:
        raise NotAllowed
    words = turn.rest.split()
    if not words:
        raise Refusal("resource.how")
    phone = next((word for word in words[1:] if _phone(word)), "")
    note = " ".join(word for word in words[1:] if word != phone)
    partner = next((d for d in turn.world.directory.departments if d.id == turn.person.department), None)
    own = partner is not None and not turn.person.is_staff
    node = turn.person.posts[0].node if turn.person.posts else (partner.node if partner else "")
    row = await partners.register(
        turn.act,
        node or turn.world.directory.top(),
        THING,
        words[0][:60],
        owner=partner.name if own and partner else "",
        contact=turn.heard.sender if own else "",
        phone=phone,
        note=note[:200],
    )
    return [turn.reply("resource.added", number=row.id, what=_called(turn, row))]


def _phone(word: str) -> bool:
    return sum(character.isdigit() for character in word) >= PHONE_DIGITS


@routes.on("skill")
async def skill(turn: Turn) -> Sequence[Say]:
    """登记特长 理发 周末有空: somebody would do this for neighbours; 取消 takes it off again.

    特长 理发 of a colleague asks who can do it.
    """
    command, words = turn.reading.command, turn.rest.split()
    if turn.person.is_staff and words:
        if len(words) > 1 and (neighbour := await _neighbour(turn, words[0])) is not None:
            return await _of_neighbour(turn, *neighbour, words[1:])
        if turn.heard.text.strip().lstrip("#＃ ").startswith(ASKED):
            return await search(turn)
    if command is not None and CANCEL in command.options:
        count = await partners.withdraw(turn.act, turn.heard.sender, words[0] if words else "")
        return [turn.reply("resource.withdrawn", count=count)]
    if not words:
        raise Refusal("resource.how_skill")
    node = turn.grid or turn.world.directory.top()
    row = await partners.register(
        turn.act,
        turn.world.directory.grid(turn.person.home.node if turn.person.home else node),
        SKILL,
        words[0][:60],
        owner=turn.person.name or turn.heard.sender_name,
        contact=turn.heard.sender,
        note=" ".join(words[1:])[:200],
    )
    return [turn.reply("resource.skill_added", what=row.name)]


async def _neighbour(turn: Turn, name: str) -> tuple[Resident, Household] | None:
    """The only resident of the speaker's grids who is called just so; in private only."""
    if not turn.private:
        return None
    known = await visits.people_named(homes.area(turn), name)
    found = [(who, home) for who, home in known if who is not None and who.name == name]
    return found[0] if len(found) == 1 else None


async def _of_neighbour(turn: Turn, who: Resident, home: Household, words: Sequence[str]) -> list[Say]:
    """登记特长 霍一 理发: a colleague writes down what somebody said he would do."""
    row = await partners.register(
        turn.act,
        turn.world.directory.grid(home.node),
        SKILL,
        words[0][:60],
        owner=who.name,
        contact=who.contact,
        phone="" if who.contact else who.phone,
        note=" ".join(words[1:])[:200],
    )
    return [turn.whisper("resource.added", number=row.id, what=_called(turn, row))]


@routes.on("resource")
async def search(turn: Turn) -> Sequence[Say]:
    """找资源 轮椅: what is on file hereabouts, nearest first; for staff only, in private."""
    post = turn.require_staff()
    word = turn.rest.strip()
    if not word:
        raise Refusal("resource.how_search")
    found = await partners.search(_around(turn, post.node), word)
    if not found:
        return [turn.whisper("resource.none", word=word[:20])]
    lines = "\n".join(
        turn.texts.say("resource.line", number=row.id, what=_called(turn, row)) for row in found
    )
    return [turn.whisper("resource.found", word=word[:20], lines=lines)]


def _around(turn: Turn, node: str) -> list[str]:
    """The speaker's own nodes, those above them, then his neighbours' below the same parent."""
    directory = turn.world.directory
    above = [each.code for each in directory.up(node)]
    beside = directory.under(above[1]) if len(above) > 1 else []
    return list(dict.fromkeys([*directory.under(node), *above, *beside]))


def _called(turn: Turn, row: Resource) -> str:
    return " ".join(part for part in (row.name, row.note, row.owner, row.phone) if part)


@routes.on("resource_use")
async def use(turn: Turn) -> Sequence[Say]:
    """对接 3 用途: asked for; an owner with an account says 1 or 2, another is called. Kept either way."""
    post = turn.require_staff(Rank.LEADER, Rank.WORKER, Rank.DEPUTY, Rank.DESK, Rank.HELPER)
    command = turn.reading.command
    number = command.numbers[0] if command is not None and command.numbers else 0
    row = await partners.get(number)
    if row is None or row.node not in _around(turn, post.node):
        raise Refusal("resource.no_such", number=number)
    offer = await partners.ask(turn.act, row, post.node, cards.masked(turn.rest)[:120])
    if not row.contact:
        return [turn.whisper("resource.call", what=row.name, phone=row.phone or row.note or row.owner)]
    to = turn.private_with(row.contact)
    await turn.ask(row.contact, "offer", where=to, subject=offer.id, lives=OFFER_LIVES)
    place = turn.world.directory.nodes[post.node].name
    purpose = turn.texts.say("resource.purpose", purpose=offer.purpose) if offer.purpose else ""
    ask = turn.tell(
        row.contact,
        "resource.asked",
        buttons=(("1", "1"), ("2", "2")),
        place=place,
        what=row.name,
        purpose=purpose,
        name=told.name(turn),
        phone=post.phone,
    )
    return [turn.whisper("resource.asking", what=row.name), cards.held(turn, ask)]


@routes.on("?offer")
async def answered(turn: Turn) -> Sequence[Say]:
    """1 or 2 of whoever was asked; the colleague hears it."""
    question, said = turn.asked, turn.one_or_two()
    offer = await partners.offer(question.subject or 0)
    if said is None or offer is None:
        return await talk(turn)
    await questions.answered(question)
    await partners.answered(turn.act, offer, "yes" if said == 1 else "no")
    row = await partners.get(offer.resource)
    what = row.name if row is not None else ""
    key = "resource.yes" if said == 1 else "resource.no"
    asker = turn.world.directory.staff(offer.asked_by)
    says = [turn.whisper("resource.thanks" if said == 1 else "resource.no_matter")]
    if asker is not None and asker.contact:
        owner = row.owner if row is not None else ""
        says.append(turn.tell(asker.contact, key, what=what, owner=owner or turn.heard.sender_name))
    return says
