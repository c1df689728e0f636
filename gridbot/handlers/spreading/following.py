"""订阅 停水 第一网格 每天 and 报备 红事 3-502 3月8日: a digest of one's own, and short forms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers.duties import homes
from gridbot.handlers.neighbours import customs
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.cases.serving import Filing, Subscription
from gridbot.models.duty import following, visits
from gridbot.models.territory import register
from gridbot.models.territory.org import Household
from gridbot.models.territory.people import Home
from gridbot.nlp.slots import people, when
from gridbot.nlp.slots import place as places
from gridbot.services import Form

routes = Routes()

COMES_AND_GOES = "外出返乡"  # the form that says who is there
PERIODS = ("day", "week", "month")
FILED_LATELY = timedelta(days=30)


@routes.on("subscribe")
async def subscribe(turn: Turn) -> Sequence[Say]:
    """订阅 类别 范围 频率: staff within their nodes, residents in their own grid; alone: the list."""
    words = turn.rest.split()
    if not words:
        return await _subscribed(turn)
    period, words = _period(turn, words)
    node, words = _scope(turn, words)
    category, sub = _category(turn, node, words)
    row = await following.subscribe(
        turn.act, turn.private_with(turn.heard.sender), turn.heard.sender, category, sub, node, period
    )
    at = following.next_at(turn.world.calendar, period, turn.now)
    await board.again(Plan("subscription", f"sub:{row.id}", at, f"{at:%Y%m%dT%H%M}"))
    return [turn.reply("following.subscribed", what=described(turn, row), at=turn.when(at))]


def _period(turn: Turn, words: list[str]) -> tuple[str, list[str]]:
    """每天, 每周 or 每月 among the words; daily where none is said."""
    for period in PERIODS:
        names = turn.texts.say(f"following.said_{period}").split()
        if found := next((word for word in words if word in names), None):
            return period, [word for word in words if word != found]
    return "day", words


def _scope(turn: Turn, words: list[str]) -> tuple[str, list[str]]:
    """The node that is named, or one's own; raises NotAllowed for somebody else's."""
    directory, person = turn.world.directory, turn.person
    own = person.posts[0].node if person.posts else person.home.node if person.home else turn.grid
    if not own:
        phone = turn.world.office.phone
        raise Refusal("enquiry.no_grid" if phone else "enquiry.no_grid_plain", phone=phone)
    for word in words:
        node = directory.node_named(word)
        if node is None:
            continue
        mine = directory.covers(person, node.code) if person.posts else directory.grid(own) == node.code
        if not mine:
            raise NotAllowed
        return node.code, [other for other in words if other != word]
    return own if person.posts else directory.grid(own), words


def _category(turn: Turn, node: str, words: Sequence[str]) -> tuple[str, str | None]:
    """What is named; nothing named is everything. Residents hear of no sensitive matter."""
    if not words or words[0] in turn.texts.say("following.everything").split():
        return "", None
    profile = turn.world.directory.profile(node)
    found = profile.category_word(" ".join(words))
    if found is None:
        raise Refusal("refuse.no_category", word=words[0][:20])
    if profile.category(found[0]).sensitive:
        raise Refusal("following.sensitive")
    return found


def described(turn: Turn, row: Subscription) -> str:
    """停水，第一网格，每天"""
    profile = turn.world.directory.profile(row.node)
    category = profile.category(row.category) if row.category else None
    what = category.subs.get(row.sub or "", category.zh) if category else turn.texts.say("following.all")
    node = turn.world.directory.nodes.get(row.node)
    period = turn.texts.say(f"following.said_{row.period}").split()[0]
    return "，".join((what, node.name if node else row.node, period))


async def _subscribed(turn: Turn) -> list[Say]:
    rows = await following.subscriptions(turn.heard.sender)
    lines = "\n".join(f"{n}. {described(turn, row)}" for n, row in enumerate(rows, 1))
    return [turn.reply("following.list", lines=lines) if rows else turn.reply("following.how")]


@routes.on("unsubscribe")
async def unsubscribe(turn: Turn) -> Sequence[Say]:
    """退订 [停水]: this one, or everything."""
    rows = await following.subscriptions(turn.heard.sender)
    word = turn.rest.strip()
    fit = [row for row in rows if word in described(turn, row)]
    if not fit:
        raise Refusal("following.none")
    for row in fit:
        await following.unsubscribe(turn.act, row)
        await board.cancel(f"sub:{row.id}")
    return [turn.reply("following.unsubscribed", count=len(fit))]


@routes.on("filing")
async def filing(turn: Turn) -> Sequence[Say]:
    """报备 红事 3-502 3月8日 20桌: kept and told to the leader; alone: what was filed lately.

    A resident files for his own household; the worker hears of it.
    """
    text = turn.rest.strip()
    if not turn.person.is_staff and turn.person.home is None:
        raise Refusal("points.bind_first")
    own = turn.person.posts[0].node if turn.person.posts else ""
    if not text and own:
        return await _filed(turn, own)
    form = turn.world.services.form(text)
    if form is None:
        raise Refusal("following.no_form", forms=_forms(turn))
    if form.zh in customs.FEASTS and not own:
        return await customs.arranged(turn, form.zh)
    home: Home | Household | None = turn.person.home if not own else await _home(turn)
    day = _day(turn, text)
    missing = _missing(turn, form, home, day, text)
    if missing:
        raise Refusal("following.missing", missing="、".join(missing), example=form.example)
    node = turn.world.directory.grid(home.node) if home else own
    row = await following.file(turn.act, form.zh, node, home.id if home else None, day, text[:300])
    await _noted_there(turn, form, home)
    return [await _thanks(turn, row, node), *_passed_on(turn, row, node)]


async def _noted_there(turn: Turn, form: Form, home: Home | Household | None) -> None:
    """Who went away or came home stands in the register at once: nobody is asked for it again."""
    state = next((one for one in (register.BACK, register.AWAY) if one in turn.rest), "")
    known = await visits.household(home.id) if home is not None and form.zh == COMES_AND_GOES else None
    if known is None or not state:
        return
    for member in (await register.entry(known)).members:
        if member.name in turn.rest:
            await register.there(turn.act, known, member.name, state)


async def _thanks(turn: Turn, row: Filing, node: str) -> Say:
    """That it is kept and who hears of it; with a feast what to look after."""
    key = "following.filed" if turn.person.is_staff else "following.filed_own"
    if row.form not in customs.FEASTS or row.day is None:
        return turn.reply(key, number=row.id, text=row.text)
    hints = await customs.filed(turn, row.form, node, row.household or "", row.day, row.text)
    return turn.reply("following.filed_feast", number=row.id, text=row.text, hints=hints)


def _passed_on(turn: Turn, row: Filing, node: str) -> list[Say]:
    """To the leader of whoever filed it; a resident's to the worker."""
    directory, says = turn.world.directory, list[Say]()
    by_staff = turn.person.is_staff
    leader = directory.leader(node, but=turn.person.staff) if by_staff else directory.worker(node)
    text = row.text
    if leader is not None and leader.contact:
        say = turn.tell(leader.contact, "following.filed_for", number=row.id, text=text, name=told.name(turn))
        says.append(cards.held(turn, say))
    return says


def _forms(turn: Turn) -> str:
    return "、".join(form.zh for form in turn.world.services.forms)


async def _home(turn: Turn) -> Household | None:
    """The household a form names; raises Refusal for a door that is not there, Unclear for several."""
    found = await homes.maybe(turn)
    return found[0] if found is not None else None


def _day(turn: Turn, text: str) -> date | None:
    doors = (places.parse_home, places.parse_house)
    doorless = " ".join(word for word in text.split() if not any(door(word) for door in doors))
    found = when.find(doorless, at=turn.heard.at, zone=turn.world.zone)
    return turn.world.local(found.start).date() if found is not None and found.start is not None else None


def _missing(turn: Turn, form: Form, home: Home | Household | None, day: date | None, text: str) -> list[str]:
    """What a form asks for and the text does not say."""
    said = {"home": home is not None, "day": day is not None, "people": people.guests(text) is not None}
    return [turn.texts.say(f"following.asks_{asked}") for asked in form.asks if not said[asked]]


async def _filed(turn: Turn, node: str) -> list[Say]:
    rows = await following.filed(turn.world.directory.under(node), turn.now - FILED_LATELY)
    lines = "\n".join(f"{row.id}. {row.text}" for row in rows) or turn.texts.say("papers.none")
    return [turn.whisper("following.forms", forms=_forms(turn), lines=lines)]
