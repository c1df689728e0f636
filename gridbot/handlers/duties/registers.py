"""The register of households: completing it, what is missing, who is there, the numbers of a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gridbot.errors import Refusal
from gridbot.handlers.duties import homes
from gridbot.handlers.duties.visit import gaps
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts
from gridbot.models.duty import campaigns, visits
from gridbot.models.territory import elements, register
from gridbot.models.territory.org import Household
from gridbot.models.territory.register import Entry
from gridbot.nlp.slots import doing
from gridbot.nlp.slots.quantity import mask
from gridbot.profiles import Rank

routes = Routes()

BAR = 10
ALSO = {
    "人口": "人数", "家庭人数": "人数", "人口数": "人数", "手机": "电话", "手机号": "电话",
    "电话号码": "电话", "联系电话": "电话", "房屋": "住房", "房子": "住房", "姓名": "户主", "类型": "类别",
}  # other names of the fields  # fmt: skip
WRITERS = (Rank.WORKER, Rank.LEADER, Rank.DEPUTY, Rank.HELPER)
READERS = (Rank.WORKER, Rank.LEADER, Rank.DEPUTY)  # who sees a page in full: the rest sees it masked


@routes.on("supplement")
async def supplement(turn: Turn) -> Sequence[Say]:
    """补 3-502 电话 138…: one field of a household, in private only; without a field it shows the page."""
    turn.require_staff()
    homes.in_private(turn)
    home, rest = await homes.one(turn, need="register.how")
    words = rest.split()
    if not words:
        return [await _page(turn, home)]
    turn.require(home.node, *WRITERS)
    name, value = ALSO.get(words[0], words[0]), " ".join(words[1:])
    known = _fields(turn, home)
    if name not in known:
        raise Refusal("register.which_field", fields="、".join(known))
    if not value:
        raise Refusal("register.how")
    await register.correct(turn.act, home, name, value)
    left = await gaps(turn, home)
    rest_of = (
        turn.texts.say("register.left", fields="、".join(left)) if left else turn.texts.say("register.clear")
    )
    return [turn.whisper("register.noted", door=visits.door(home), field=name, left=rest_of)]


def _fields(turn: Turn, home: Household) -> list[str]:
    return register.fields(turn.world.directory.profile(home.node).care)


async def _page(turn: Turn, home: Household) -> Say:
    """The page: in full for who works with it, masked for anybody else; the reading is recorded."""
    page = await register.entry(home)
    full = any(
        post.rank in READERS and turn.world.directory.inside(home.node, post.node)
        for post in turn.person.posts
    )
    await acts.record(turn.person.who, turn.now, "register_read", f"household:{home.id}")
    fields = _fields(turn, home)
    missing = await gaps(turn, home)
    lines = [f"· {name}：{_shown(page, name, full=full)}" for name in fields]
    there = "、".join(f"{_name(member.name, full=full)}{member.presence}" for member in page.members)
    done = len(fields) - len(missing)
    bar = "▓" * (BAR * done // len(fields)) + "░" * (BAR - BAR * done // len(fields))
    return turn.whisper(
        "register.page", door=visits.door(home), bar=bar, done=done, total=len(fields),
        lines="\n".join(lines),
        people=there or turn.texts.say("register.unknown"),
        missing=turn.texts.say("register.left", fields="、".join(missing)) if missing else "",
    )  # fmt: skip


def _shown(page: Entry, name: str, *, full: bool) -> str:
    value, _ = page.facts.get(name, ("", None))
    if full or not value:
        return value or "？"
    if name == register.HEAD:
        return _name(value, full=False)
    return "＊" if name == register.CLASSES else mask(value)


def _name(name: str, *, full: bool) -> str:
    return name if full else register.masked(name)


@routes.on("presence")
async def presence(turn: Turn) -> Sequence[Say]:
    """外出 3-502 张三, 返乡 …, 在家 …: who is there."""
    turn.require_staff()
    if not turn.private and await homes.maybe(turn) is None:
        return await which.handlers["talk"](turn)
    if _tells_more(turn) and await homes.maybe(turn) is None:
        turn.reading = replace(turn.reading, command=None)
        return await which.handlers["talk"](turn)  # 我下午两点去看 让楼上也在家
    homes.in_private(turn)
    command = turn.reading.command
    state = next((one for one in command.options if ":" not in one), "") if command else ""
    home, rest = await homes.one(turn, need="register.presence_how", names=True)
    members = [member.name for member in (await register.entry(home)).members]
    named = [name for name in members if name in rest]
    names = named or rest.split() or members or [home.head]
    for name in names[:9]:
        await register.there(turn.act, home, name, register.AWAY if state == campaigns.NOT_BACK else state)
    await _in_campaigns(turn, home, state)
    return [turn.whisper("register.there", door=visits.door(home), names="、".join(names[:9]), state=state)]


def _tells_more(turn: Turn) -> bool:
    """Whether it is a sentence with a time or a plan in it, and no line for the register."""
    return turn.reading.when is not None or doing.find(turn.heard.text) != doing.OTHER


async def _in_campaigns(turn: Turn, home: Household, state: str) -> None:
    """A campaign that asks for just this has its answer: nobody is asked twice."""
    above = [node.code for node in turn.world.directory.up(home.node)]
    for row in await campaigns.open_at(above):
        asked = state in row.name or (state == campaigns.NOT_BACK and register.BACK in row.name)
        item = await campaigns.item(row, home.id) if state and asked else None
        if item is not None and item.at is None:
            await campaigns.answered(turn.act, item, state)


@routes.on("clear_sheets")
async def four_clear(turn: Turn) -> Sequence[Say]:
    """四必清 [3-502]: which sheets are clear; 四必清 消防设施 完好 fills a field of the grid."""
    post = turn.require_staff()
    homes.in_private(turn)
    if (found := await homes.maybe(turn)) is not None:
        return [await _page(turn, found[0])]
    care = turn.world.directory.profile(post.node).care
    fields = [name for sheet in care.sheets if sheet in care.area_sheets for name in care.sheets[sheet]]
    words = turn.rest.split()
    if words and words[0] in fields and len(words) > 1:
        await register.learn(turn.act, register.of_node(post.node), words[0], " ".join(words[1:]))
    return [turn.whisper("register.sheets", lines="\n".join(await _sheets(turn, post.node)))]


async def _sheets(turn: Turn, code: str) -> list[str]:
    """One line a sheet: households that are clear, or the fields of the grid that are not."""
    directory, care = turn.world.directory, turn.world.directory.profile(code).care
    since = register.since(care, turn.world.calendar, turn.now)
    area = await register.known(register.of_node(code))
    dwellings = [home for node in directory.under(code) for home in await register.entries(node)]
    lines = []
    for sheet, names in care.sheets.items():
        if sheet in care.area_sheets:
            old = [name for name in names if not area.get(name) or (area[name][1] or turn.now) < since]
            lines.append(
                turn.texts.say("register.sheet_open", sheet=sheet, fields="、".join(old)) if old
                else turn.texts.say("register.sheet_clear", sheet=sheet)
            )  # fmt: skip
            continue
        clear = sum(not page.missing(names, since) for page in dwellings)
        lines.append(turn.texts.say("register.sheet_homes", sheet=sheet, clear=clear, total=len(dwellings)))
    return lines


@routes.on("element")
async def element(turn: Turn) -> Sequence[Say]:
    """要素 地 东门地下室 消防 出租: an entry of the six registers with tags; 要素 消防 finds by tag."""
    post = turn.require_staff()
    homes.in_private(turn)
    words = turn.rest.replace("、", " ").replace("#", "").split()
    registers = turn.world.directory.profile(post.node).care.registers
    if not words:
        raise Refusal("elements.how", registers="、".join(registers))
    if words[0] in registers and len(words) > 1:
        row = await elements.put(turn.act, post.node, words[0], words[1], words[2:])
        tags = "、".join(row.tags) or turn.texts.say("elements.no_tags")
        return [turn.whisper("elements.noted", register=row.register, name=row.name, tags=tags)]
    found = await elements.find(homes.area(turn), words[0])
    if not found:
        raise Refusal("elements.none", word=words[0])
    linked = await elements.linked([row.id for row in found])
    lines = "\n".join(
        f"· {row.register} {row.name}（{'、'.join(row.tags)}）{_links(linked.get(row.id, []))}"
        for row in found[:9]
    )
    return [turn.whisper("elements.list", word=words[0], count=len(found), lines=lines)]


def _links(found: Sequence[str]) -> str:
    return " ".join("#" + what.removeprefix("ticket:") for what in found if what.startswith("ticket:"))


@routes.on("link_element")
async def link(turn: Turn) -> Sequence[Say]:
    """关联 1024 东门地下室: the ticket has to do with it; with a door, the last visit there has."""
    turn.require_staff()
    command = turn.reading.command
    numbers = command.numbers if command is not None else ()
    if numbers:
        what, name = f"ticket:{numbers[0]}", turn.rest.strip()
    else:
        home, name = await homes.one(turn, need="elements.link_how")
        made = await visits.book(home.id, 1)
        if not made:
            raise Refusal("visit.book_empty", door=visits.door(home))
        what = f"visit:{made[0].id}"
    found = [row for row in await elements.find(homes.area(turn), name) if row.name == name]
    if not found:
        raise Refusal("elements.none", word=name)
    await elements.link(turn.act, found[0], what)
    return [turn.whisper("elements.linked", name=name, register=found[0].register)]
