"""Points for what neighbours do: given by one colleague, confirmed by another, exchanged for goods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from gridbot.errors import Refusal
from gridbot.handlers.duties import homes
from gridbot.handlers.neighbours import seconding
from gridbot.handlers.neighbours.seconding import OFFICERS
from gridbot.handlers.routes import Routes
from gridbot.handlers.spreading import announce
from gridbot.handlers.tickets import cards
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts
from gridbot.models.duty.visits import door
from gridbot.models.neighbours import appointments, merits
from gridbot.models.neighbours.merits import ACT, CONFIRMED, GOODS
from gridbot.models.neighbours.trust import Good, PointEntry
from gridbot.models.spreading import announcements
from gridbot.models.territory.people import Home, Post
from gridbot.profiles import Points, Rank

routes = Routes()

ASKED_LIVES = timedelta(days=7)
SHOWN = 5


def rules(turn: Turn, node: str) -> Points:
    """The rules of points in force at a node."""
    return turn.world.directory.profile(node).merit.points


# --- earning ----------------------------------------------------------------------------------------------


@routes.on("award")
async def award(turn: Turn) -> Sequence[Say]:
    """加分 3-502 2 事由: written down, and worth nothing before a second colleague has confirmed it."""
    turn.require_staff(*OFFICERS)
    home, rest = await homes.one(turn, need="points.how")
    number, _, why = rest.partition(" ")
    amount = int(number.rstrip("分")) if number.rstrip("分").isdigit() else 0
    if not amount or not why.strip():
        raise Refusal("points.how")
    turn.require(home.node, *OFFICERS)
    if await appointments.household_of(turn.heard.sender) == home.id:
        raise Refusal("points.own")
    await _fair(turn, home.id, home.node, amount, why)
    row = await merits.entered(turn.act, home.id, home.node, amount, why, ACT)
    await acts.record(turn.person.who, turn.now, "points", f"entry:{row.id}")
    return await ask_second(turn, [row], home.node, f"{door(home)} +{amount} {why}")


async def _fair(turn: Turn, household: str, node: str, amount: int, why: str) -> None:
    """No points for how many things somebody reported; a limit a day; one act counts once."""
    limits = rules(turn, node)
    if any(word in why for word in limits.not_for):
        raise Refusal("points.not_for_reports")
    today = await merits.earned_since(household, turn.world.midnight(turn.now))
    if any(row.why == why for row in today):
        raise Refusal("points.given")
    if sum(row.amount for row in today) + amount > limits.most_a_day:
        raise Refusal("points.most", most=limits.most_a_day)


async def ask_second(turn: Turn, rows: Sequence[PointEntry], node: str, what: str) -> list[Say]:
    """Ask somebody else to confirm entries; raises Refusal where there is nobody else."""
    second = _second(turn, node)
    if second is None:
        raise Refusal("points.nobody_else")
    where = turn.private_with(second.contact)
    data = {"entries": [row.id for row in rows]}
    await turn.ask(second.contact, "award", where=where, data=data, lives=ASKED_LIVES)
    button = (turn.texts.say("points.confirm"), turn.texts.say("points.confirm"))
    card = turn.tell(second.contact, "points.card", buttons=(button,), what=what, name=turn.person.name)
    return [turn.whisper("points.waiting", name=second.name), card]


def _second(turn: Turn, node: str) -> Post | None:
    """The leader of the place, else anybody else who works there."""
    directory = turn.world.directory
    leader = directory.leader(node, but=turn.person.staff)
    near = [post for above in directory.up(node) for post in directory.at(above.code, *OFFICERS)]
    wanted = [leader, *near]
    others = (p for p in wanted if p is not None and p.contact and p.staff != turn.person.staff)
    return next((post for post in others if post.contact != turn.heard.sender), None)


@routes.on("?award")
async def confirmed(turn: Turn) -> Sequence[Say]:
    """确认 of the second colleague makes it count; 不是 drops it."""
    question, command = turn.question, turn.reading.command
    if question is None or command is None:
        return []
    if command.numbers and await announcements.get(command.numbers[0]) is not None:
        return await announce.confirm(turn)
    draft = await announcements.drafted(turn.person.who, turn.now - announce.DRAFT_LIVES)
    if draft is not None and command.choice is None and not turn.heard.quote:
        raise Refusal("points.which", number=draft.no)
    yes = command.name in ("confirm", "yes") or command.choice == 1
    if not yes and command.name != "no" and command.choice != 2:
        return []
    await question.delete()
    numbers = question.data.get("entries")
    rows = await merits.get([int(each) for each in numbers] if isinstance(numbers, list) else [])
    return await seconding.settle(turn, rows, yes=yes)


# --- looking and spending ---------------------------------------------------------------------------------


def own_home(turn: Turn) -> Home:
    """The household of the speaker; raises Refusal where he is not bound to one."""
    if turn.person.home is None:
        raise Refusal("points.bind_first")
    return turn.person.home


@routes.on("points")
async def points(turn: Turn) -> Sequence[Say]:
    """积分: the balance of the speaker's household, in private."""
    home = own_home(turn)
    say = turn.texts.say
    lines = [
        say(
            "points.line", day=f"{turn.world.local(row.at):%m-%d}", amount=f"{row.amount:+d}", why=row.why,
            state="" if row.state == CONFIRMED else say(f"points.{row.state}"),
        )
        for row in await merits.last(home.id, SHOWN)
    ]  # fmt: skip
    balance, shelf = await merits.balance(home.id), await _shelf(turn, home)
    goods_ = "、".join(say("points.good", name=g.name, price=g.price, stock=g.stock) for g in shelf[:SHOWN])
    lines = [
        *(lines or [say("points.none")]),
        say("points.worth", goods=goods_) if shelf else say("points.empty"),
    ]
    answer = turn.whisper("points.balance", balance=balance, lines="\n".join(lines))
    return [answer, *([] if shelf else _to_be_filled(turn, home))]


async def _shelf(turn: Turn, home: Home) -> list[Good]:
    return await merits.goods([node.code for node in turn.world.directory.up(home.node)])


def _to_be_filled(turn: Turn, home: Home) -> list[Say]:
    """Whoever could put something on an empty shelf hears once that neighbours ask, and how it is done."""
    leader = turn.world.directory.leader(home.node)
    if leader is None or not leader.contact:
        return []
    note = turn.tell(leader.contact, "points.fill_shelf")
    return [cards.held(turn, replace(note, once=f"shelf:{leader.node}"))]


@routes.on("redeem")
async def redeem(turn: Turn) -> Sequence[Say]:
    """兑换: what there is; 兑换 肥皂 2: asked for, and handed out once a colleague confirms."""
    home = own_home(turn)
    shelf = await _shelf(turn, home)
    words = turn.rest.split() or [good.name for good in shelf if good.name in turn.heard.text][:1]
    if not shelf:
        return [turn.whisper("points.empty"), *_to_be_filled(turn, home)]
    if not words:
        lines = "\n".join(
            turn.texts.say("points.good", name=g.name, price=g.price, stock=g.stock) for g in shelf
        )
        return [turn.whisper("points.shelf", lines=lines, name=shelf[0].name)]
    good = next((each for each in shelf if each.name == words[0]), None)
    if good is None:
        raise Refusal("points.no_good", name=words[0][:20])
    count = int(words[1]) if len(words) > 1 and words[1].isdigit() else 1
    balance = await merits.balance(home.id)
    if count < 1 or count > good.stock:
        raise Refusal("points.no_stock", name=good.name, stock=good.stock)
    if good.price * count > balance:
        raise Refusal("points.too_few", price=good.price * count, balance=balance)
    why = f"{good.name}{seconding.TIMES}{count}"
    row = await merits.entered(turn.act, home.id, home.node, -good.price * count, why, GOODS)
    await merits.taken(turn.act, good, count)
    directory = turn.world.directory
    worker = directory.worker(home.node)
    if worker is None or not worker.contact:
        raise Refusal("points.nobody_else")
    where = turn.private_with(worker.contact)
    await turn.ask(worker.contact, "award", where=where, data={"entries": [row.id]}, lives=ASKED_LIVES)
    button = (turn.texts.say("points.confirm"), turn.texts.say("points.confirm"))
    card = turn.tell(
        worker.contact, "points.wish", buttons=(button,), door=home.door, what=why, amount=-row.amount
    )
    return [turn.whisper("points.asked", what=why, amount=-row.amount), card]


@routes.on("goods")
async def goods(turn: Turn) -> Sequence[Say]:
    """上架 肥皂 15分 20块, 下架 肥皂: what points can be exchanged for."""
    post = turn.require_staff(*OFFICERS)
    command = turn.reading.command
    off = command is not None and "下架" in command.options
    words = turn.rest.split()
    numbers = ["".join(c for c in word if c.isdigit()) for word in words[1:]]
    if not words or (not off and len([n for n in numbers if n]) < 2):
        raise Refusal("points.goods_how")
    price, stock = (0, 0) if off else [int(n) for n in numbers if n][:2]
    nodes = _shelves(turn, post)
    for node in nodes:
        await merits.offered(turn.act, node, words[0], price, stock)
    key = "points.off_shelf" if off else "points.on_shelf" if len(nodes) == 1 else "points.on_shelves"
    return [turn.whisper(key, name=words[0], price=price, stock=stock, count=len(nodes))]


def _shelves(turn: Turn, post: Post) -> list[str]:
    """The worker's grid; every node a leader answers for, each with goods of its own."""
    if post.rank is Rank.WORKER:
        return [turn.world.directory.grid(post.node)]
    return list(dict.fromkeys(each.node for each in turn.person.posts if each.rank is post.rank))
