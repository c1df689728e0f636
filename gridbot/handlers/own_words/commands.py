"""What a worker or a leader asks for in words of his own becomes the command it is, or talk again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from gridbot.errors import Refusal
from gridbot.handlers.duties import homes
from gridbot.handlers.own_words import colleagues, given_back, of_rounds, of_work
from gridbot.handlers.routes import Routes
from gridbot.handlers.spreading import among_us, announce
from gridbot.handlers.spreading.audience import knows
from gridbot.handlers.staff import absence
from gridbot.handlers.tickets import answers, chosen, spoken_of, which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import ledger
from gridbot.models.cases.casework import LIVE, State
from gridbot.models.cases.tickets import Ticket
from gridbot.models.spreading import announcements, calling
from gridbot.models.territory.directory import Department
from gridbot.nlp import Command, Kind, Urgency
from gridbot.nlp.slots import doing, telling
from gridbot.profiles import Rank

routes = Routes()

Way = Callable[[Turn, Command], Awaitable[Sequence[Say] | None]]

OVERSEERS = (Rank.LEADER, Rank.PATRON, Rank.MEMBER, Rank.SUPERVISOR)
NEW = (State.OPEN,)
KEEP = "留"
CALLED = ("到位", "动员")
SAYS_SO = frozenset({"undo", "confirm", "help", "announce", "mobilise", "report_for", "supplement"})
PLAINLY_TOLD = frozenset({"safe", "zero", "pause", "resume", "answer_muster"})  # of_rounds.py knows more
FRESH = timedelta(minutes=10)
ANNOUNCED = ("通知", "公告", "发错")
CORRECTABLE = ("时间", "日期", "地点", "楼号", "电话")
CORRECTED_WITHIN = timedelta(days=1)
DRILL = "演练"
ANYBODY = ("谁", "哪", "有人", "几个")


@routes.on("!own")
async def meant(turn: Turn) -> Sequence[Say]:
    """Run the command that was meant; where it cannot be meant here, the words are read as any others."""
    command = turn.reading.command
    assert command is not None
    if not turn.person.is_staff or _answers_a_question(turn, command):
        return await _as_talk(turn)
    if doing.orders(turn.heard.text) and (about := await given_back.asked(turn)) is not None:
        return about
    if command.name not in SAYS_SO and (told := await _told(turn, command)) is not None:
        return told
    if command.rest.startswith("@"):
        command = replace(command, rest=command.rest.partition(" ")[2].strip())
    way = WAYS.get(command.name)
    says = await way(turn, command) if way is not None else await _run(turn, command)
    return says if says is not None else await _as_talk(turn)


async def _told(turn: Turn, command: Command) -> Sequence[Say] | None:
    """What of_rounds.py knows better: who is looked in on, who was called, which campaign is on."""
    turn.reading = replace(turn.reading, command=None)
    asked = turn.question
    if asked is not None and asked.kind == "called":
        turn.question = None
    told = await of_rounds.told(turn)
    turn.question = asked
    if told is None:
        turn.reading = replace(turn.reading, command=command)
    return told


def _answers_a_question(turn: Turn, command: Command) -> bool:
    """Whether the words are the result that was asked for a moment ago."""
    question = turn.question
    if question is None or command.name in ("undo", "help"):
        return False
    if question.kind == "why" or (question.kind == "until" and turn.reading.when is not None):
        return turn.now - question.asked_at <= FRESH
    if question.kind != "result":
        return False
    return turn.now - question.asked_at <= FRESH


async def _as_talk(turn: Turn) -> Sequence[Say]:
    command = turn.reading.command
    turn.reading = replace(turn.reading, command=None)
    from_question = turn.question
    if command is not None and from_question is not None and turn.reading.kind is Kind.NONE:
        return await which.handlers[f"?{from_question.kind}"](turn)
    report = turn.reading.kind in (Kind.ISSUE, Kind.SERVICE)
    return await which.handlers["found" if report else "talk"](turn)


async def _run(turn: Turn, command: Command, name: str = "", **values: object) -> Sequence[Say]:
    name = name or command.name
    turn.reading = replace(turn.reading, command=replace(command, name=name, **values))  # type: ignore[arg-type]
    return await which.handlers[name](turn)


def _overseer(turn: Turn) -> bool:
    return any(post.rank in OVERSEERS for post in turn.person.posts)


# --- one matter -------------------------------------------------------------------------------------------


async def _accept(turn: Turn, command: Command) -> Sequence[Say] | None:
    """A card or a new ticket is taken; who has none that is new tells of his work."""
    cards = await ledger.open_cards(turn.heard.sender, turn.heard.where.lane, turn.now)
    if not command.numbers and cards:
        cards = list(await answers.described(turn, cards))
        subjects = list({(card.kind, card.subject or 0): None for card in cards})
        if len(subjects) == 1 or any(word in turn.heard.text for word in answers.ALL_OF_THEM):
            return await answers.all_taken(turn, subjects)
    new = await ledger.assigned(turn.person.who, NEW)
    if not (command.numbers or new or turn.heard.quote):
        return None
    return await _run(turn, command, rest="")


async def _arrive(turn: Turn, command: Command) -> Sequence[Say] | None:
    if not command.numbers and not await ledger.assigned(turn.person.who, LIVE):
        return None
    return await _run(turn, command)


async def _resolve(turn: Turn, command: Command) -> Sequence[Say] | None:
    """Nothing is closed on words of one's own: one question first."""
    if command.numbers or turn.heard.quote is not None:
        found = await chosen.tickets(turn)
    else:
        found = spoken_of.described(turn, await ledger.assigned(turn.person.who, LIVE))
    return await of_work.finish(turn, found, command.rest or turn.heard.text.strip())


async def _reassign(turn: Turn, command: Command) -> Sequence[Say] | None:
    """漏水的给物业, 这个给小张: whom is looked up among colleagues and departments."""
    if not await spoken_of.any_of(turn, command):
        return None
    ticket = await chosen.ticket(turn)
    to = colleagues.named(turn, command.rest, ticket.grid)
    if to is None:
        raise Refusal("refuse.to_whom", no=ticket.no)
    who = to.id if isinstance(to, Department) else to.staff
    return await _run(turn, command, numbers=(ticket.no,), rest=f"{who} {command.rest}")


async def _whistle(turn: Turn, command: Command) -> Sequence[Say] | None:
    """路灯那个吹一下城管: the department is looked for in the words."""
    if not await spoken_of.any_of(turn, command):
        return None
    ticket = await chosen.ticket(turn)
    body = colleagues.body_in(turn, command.rest, ticket.grid)
    if body is None:
        raise Refusal("refuse.which_department", no=ticket.no)
    return await _run(turn, command, numbers=(ticket.no,), rest=body.name)


async def _promise(turn: Turn, command: Command) -> Sequence[Say] | None:
    """得两三天 is no moment to be held to: it is told, not promised."""
    when = turn.reading.when
    if when is None or (when.start is None and when.end is None) or doing.vague(turn.heard.text):
        turn.reading = replace(turn.reading, command=None)
        return await of_work.said(turn)
    return await _about_one(turn, command)


async def _about_one(turn: Turn, command: Command) -> Sequence[Say] | None:
    """A command about one matter that the speaker may act on; talk where he has none."""
    return await _run(turn, command) if await spoken_of.any_of(turn, command) else None


async def _recategorise(turn: Turn, command: Command) -> Sequence[Say] | None:
    if not await spoken_of.any_of(turn, command):
        return None
    return await _run(turn, command, rest=telling.sort_of(command.rest))


async def _merge(turn: Turn, command: Command) -> Sequence[Say] | None:
    """12和14是一回事: the older remains, unless 留31 says which; a card that waits is the second."""
    numbers = sorted(command.numbers)
    cards = await ledger.open_cards(turn.heard.sender, turn.heard.where.lane, turn.now)
    new = [card.subject for card in cards if card.kind == "card" and card.subject]
    if len(numbers) == 1 and len(new) == 1:
        numbers = sorted({*numbers, *new})
    kept = [no for no in numbers if f"{KEEP}{no}" in turn.heard.text]
    if len(numbers) < 2:
        mine = await ledger.assigned(turn.person.who, LIVE)
        if len(mine) != 2:
            return None if not mine else await _run(turn, command, rest="")
        numbers = sorted(each.no for each in mine)
    ordered = tuple(dict.fromkeys([*kept, *numbers]))
    return await _run(turn, command, numbers=ordered, rest="")


async def _progress(turn: Turn, command: Command) -> Sequence[Say] | None:
    if command.numbers:
        return await _run(turn, command)
    mine = await _mine(turn)
    if turn.reading.urgency is Urgency.EMERGENCY:  # 困人那个怎么样了; a danger that nobody has is a new one
        found = spoken_of.fitting(turn, [each for each in mine if each.urgency == Urgency.EMERGENCY])
    else:
        found = spoken_of.described(turn, mine)
    return await _run(turn, command, numbers=tuple(each.no for each in found[:3])) if found else None


async def _mine(turn: Turn) -> list[Ticket]:
    """What the speaker has or has reported, what lies in his area where he leads."""
    found = {each.no: each for each in await ledger.assigned(turn.person.who, LIVE)}
    found |= {each.no: each for each in await ledger.concerning(turn.heard.sender) if each.state in LIVE}
    return list(found.values()) or await spoken_of.led(turn)


async def _urge(turn: Turn, command: Command) -> Sequence[Say] | None:
    numbers = command.numbers
    if not numbers:
        if not await spoken_of.any_of(turn, command):
            return None
        numbers = ((await chosen.ticket(turn)).no,)
    return await _run(turn, command, numbers=numbers)


async def _supervise(turn: Turn, command: Command) -> Sequence[Say] | None:
    if not _overseer(turn):
        return await _urge(turn, replace(command, name="urge"))
    return await _about_one(turn, command)


async def _make_ticket(turn: Turn, command: Command) -> Sequence[Say] | None:
    return await _run(turn, command, rest="") if turn.heard.quote is not None else None


# --- households -------------------------------------------------------------------------------------------


async def _report_for(turn: Turn, command: Command) -> Sequence[Say] | None:
    """Only what is a report may be filed; 502的陈师傅 is looked for among the speaker's people."""
    if turn.reading.category is None and turn.profile.category_word(command.rest) is None:
        return None
    place = homes.address_in(command.rest) or turn.reading.place
    door = None if place is not None and place.room else await homes.door_of(turn, command.rest)
    return await _run(turn, command, rest=f"{door} {command.rest}") if door else await _run(turn, command)


async def _at_a_door(turn: Turn, command: Command) -> Sequence[Say] | None:
    """走访, 电访 of a door that is named; a name alone is looked for among those the speaker looks after."""
    rest = command.rest
    if homes.address_in(rest) is None:
        door = await homes.door_of(turn, rest)
        if door is None:
            return None
        rest = f"{door} {rest}"
    return await _run(turn, command, rest=rest)


async def _supplement(turn: Turn, command: Command) -> Sequence[Say] | None:
    """A household's sheet; a new telephone is written down at once."""
    address = homes.address_in(command.rest) or turn.reading.place
    if address is None or not address.room:
        return None
    phone = telling.telephone(turn.heard.text)
    field = turn.texts.say("own.telephone")
    return await _run(turn, command, rest=f"{address.text} {field} {phone}" if phone else address.text)


async def _award(turn: Turn, command: Command) -> Sequence[Say] | None:
    address, amount = homes.address_in(command.rest), telling.points(command.rest)
    door = address.text if address is not None else await homes.door_of(turn, command.rest)
    if not door or not amount:
        raise Refusal("points.how")
    return await _run(turn, command, rest=f"{door} {amount} {command.rest}")


# --- figures, places, people ------------------------------------------------------------------------------


async def _figures(turn: Turn, command: Command) -> Sequence[Say] | None:
    """日报 of whoever oversees; a worker reads what he has to do."""
    return await _run(turn, command) if _overseer(turn) else await _run(turn, command, "todo", rest="")


async def _channels(turn: Turn, command: Command) -> Sequence[Say]:
    """多少人看到了: who has acknowledged, nobody is reminded; without receipts, who is reached how."""
    found = await announce.sent_one(turn, any_newest=True)
    return [await announce.standing(turn, found)] if found.receipt else await _run(turn, command, rest="")


async def _chase(turn: Turn, command: Command) -> Sequence[Say] | None:
    """没回的再催催: of the newest announcement, whose answer says so where it asked for no receipt."""
    found = await announce.sent_one(turn, any_newest=True)
    return await _run(turn, command, numbers=(found.no,), rest="")


async def _bare(turn: Turn, command: Command) -> Sequence[Say]:
    return await _run(turn, command, rest="")


async def _todo(turn: Turn, command: Command) -> Sequence[Say] | None:
    """张磊手上现在几件事: of the colleague a leader names; else of the speaker."""
    looks = _overseer(turn) or any(post.rank is Rank.DESK for post in turn.person.posts)
    named = colleagues.by_name(turn, turn.heard.text) if looks else None
    rest = named.name if named is not None else _place_below(turn) if looks else ""
    return await _run(turn, command, rest=rest)


def _place_below(turn: Turn) -> str:
    """新塔今天有啥急的: the name of the part of what he oversees that the words name; "" for none."""
    directory, text = turn.world.directory, turn.heard.text
    own = {post.node for post in turn.person.posts}
    below = [directory.nodes[code] for top in own for code in directory.under(top) if code not in own]
    found = [node.name for node in below if node.name and node.name in text]
    found = found or [node.name for node in below if node.parent in own and node.name[:2] in text]
    return max(set(found), key=len) if found else ""


async def _recent(turn: Turn, command: Command) -> Sequence[Say]:
    place = turn.reading.place
    return await _run(turn, command, rest=place.text if place is not None else "")


async def _who(turn: Turn, command: Command) -> Sequence[Say]:
    """7号楼归谁管: of the building or the place that is named."""
    place = turn.reading.place
    node = place.node if place is not None else None
    if place is not None and not node and place.building:
        node = next(iter(await announcements.grids_with(place.building, homes.area(turn))), None)
    named = turn.world.directory.node_named(place.text) if place is not None and not node else None
    turn.grid = node or (named.code if named is not None else "") or turn.grid
    return await _run(turn, command, rest="")


async def _diary(turn: Turn, command: Command) -> Sequence[Say]:
    return await _run(turn, command, rest=telling.noted(turn.heard.text.strip()))


async def _hand_off(turn: Turn, command: Command) -> Sequence[Say] | None:
    if len(both := colleagues.all_named(turn, turn.heard.text)) > 1:
        raise Refusal("own.hand_off_two", old=both[0].name, new=both[1].name)
    to = colleagues.named(turn, turn.heard.text, turn.person.posts[0].node)
    return None if to is None or isinstance(to, Department) else await _run(turn, command, rest=to.name)


# --- what is told to many ---------------------------------------------------------------------------------


async def _announce(turn: Turn, command: Command) -> Sequence[Say] | None:
    """Only a leader's; the preview waits for his 确认."""
    if not any(post.rank is Rank.LEADER for post in turn.person.posts):
        return None
    if (among := await among_us.proposed(turn)) is not None:
        return among
    return await _run(turn, command, rest=telling.told(turn.heard.text.strip()))


async def _muster_standing(turn: Turn, command: Command) -> Sequence[Say] | None:
    """谁还没到: of the speaker's own call; whoever has called nobody speaks of something else."""
    clear = any(word in turn.heard.text for word in CALLED)
    known = clear or await calling.newest(turn.person.who) is not None
    return await _run(turn, command, rest="") if known else None


async def _mobilise(turn: Turn, command: Command) -> Sequence[Say] | None:
    """Nobody is called out on a guess: one question first."""
    if not any(post.rank is Rank.LEADER for post in turn.person.posts):
        return None
    text = turn.heard.text.strip()
    scope, why, place = telling.called(text)
    known = scope if scope and knows(turn, scope) else ""
    rest = " ".join(filter(None, (known, why, place))) if known and why and place else text
    options = [DRILL] if any(word in text for word in telling.DRILL) else []
    data = {"intent": command.name, "rest": rest, "options": options}
    await turn.ask(turn.heard.sender, "meant", data=data)
    return [turn.whisper("own.mobilise", text=turn.heard.text.strip())]


@routes.on("?guess")
async def guessed(turn: Turn) -> Sequence[Say]:
    """The number of what was meant: the words of before are now that command."""
    question, command = turn.question, turn.reading.command
    assert question is not None
    names, choice = question.data.get("names"), command.choice if command is not None else None
    if not isinstance(names, list) or choice is None or not 1 <= choice <= len(names):
        return await which.anew(turn)
    await ledger.answered(question)
    turn.question = None
    text = str(question.data.get("text") or "")
    turn.heard = replace(turn.heard, text=text)
    own = Command(str(names[choice - 1]), rest=text.strip(), own=True)
    turn.reading = replace(of_work.read_alone(turn, text), command=own)
    return await meant(turn)


@routes.on("?meant")
async def sure(turn: Turn) -> Sequence[Say]:
    """1: it was meant; 2: it was not."""
    question, choice = turn.question, turn.one_or_two("confirm")
    assert question is not None
    if choice is None:
        return await which.anew(turn)
    await ledger.answered(question)
    if choice == 2:
        return [turn.whisper("own.not_meant")]
    turn.question = None
    options = question.data.get("options")
    named = Command(
        str(question.data.get("intent")),
        rest=str(question.data.get("rest") or ""),
        options=frozenset(str(one) for one in options) if isinstance(options, list) else frozenset(),
    )
    return await _run(turn, named)


async def _confirm(turn: Turn, command: Command) -> Sequence[Say] | None:
    """就这么发 answers whatever was asked last."""
    question = turn.question
    if question is None:
        return None
    return await _run_question(turn, replace(command, name="yes", numbers=(), rest=""), question.kind)


async def _run_question(turn: Turn, command: Command, kind: str) -> Sequence[Say]:
    turn.reading = replace(turn.reading, command=command)
    return await which.handlers[f"?{kind}"](turn)


async def _undo(turn: Turn, command: Command) -> Sequence[Say]:
    """The last act; an announcement that has not left, where that is what waits."""
    question = turn.question
    draft = question.subject if question is not None and question.kind == "announce" else None
    wrong = draft is None and any(word in turn.heard.text for word in ANNOUNCED)
    if wrong and (amended := await _amended(turn, command)) is not None:
        return amended
    return await _run(turn, command, numbers=(draft,) if draft else (), rest="")


async def _amended(turn: Turn, command: Command) -> Sequence[Say] | None:
    """刚才那个通知时间错了，是下午两点: what has left is corrected, after a preview; None for none of his."""
    newest = await announcements.newest_by(turn.person.who)
    if newest is None or newest.state != announcements.SENT or not newest.sent_at:
        return None
    if turn.now - newest.sent_at > CORRECTED_WITHIN:
        return None
    what = next((word for word in CORRECTABLE if word in turn.heard.text), "")
    said = telling.corrected(turn.heard.text.strip()) if what else ""
    if not said:
        raise Refusal("own.amend_how", no=newest.no)
    text = turn.texts.say("own.amended", what=what, said=said)
    return await _run(turn, command, "amend", numbers=(newest.no,), rest=text)


async def _pause(turn: Turn, command: Command) -> Sequence[Say] | None:
    """吴国强住院了，先别去看: of somebody whose household is the speaker's; talk of anybody else."""
    name = await of_rounds.name_in(turn, turn.heard.text)
    if not name:
        return None
    rest = turn.heard.text.strip().replace(name, " ", 1)
    return await _run(turn, command, rest=f"{name} {' '.join(rest.split())}")


async def _away_list(turn: Turn, command: Command) -> Sequence[Say] | None:
    """张磊请假了吗: of a colleague; of anybody else it is talk."""
    anybody = any(word in turn.heard.text for word in ANYBODY)
    return await _run(turn, command, rest="") if anybody or absence.colleague(turn) else None


async def _wordless(turn: Turn, command: Command) -> Sequence[Say] | None:
    """各格都报了没有, 有几个人报名了: the command alone."""
    return await _run(turn, command, rest="")


async def _nothing(turn: Turn, command: Command) -> Sequence[Say] | None:
    """Nobody is looked in on, called or asked for a word today: then it is talk."""
    return None


WAYS: Mapping[str, Way] = {
    "accept": _accept, "arrive": _arrive, "resolve": _resolve, "reassign": _reassign,
    "recategorise": _recategorise, "merge": _merge, "progress": _progress, "urge": _urge,
    "supervise": _supervise, "make_ticket": _make_ticket, "report_for": _report_for, "visit": _at_a_door,
    "call_visit": _at_a_door, "visit_book": _at_a_door, "supplement": _supplement,
    "award": _award, "daily": _figures,
    "weekly": _figures, "monthly": _figures, "todo": _todo, "grid_facts": _bare, "posts": _bare,
    "help": _bare, "channels": _channels, "chase": _chase, "recent": _recent, "who": _who,
    "diary": _diary, "hand_off": _hand_off, "announce": _announce, "mobilise": _mobilise,
    "confirm": _confirm, "undo": _undo, "whistle": _whistle, "promise": _promise, "visit_plan": _bare,
    "muster_standing": _muster_standing, "away_list": _away_list, "reports_standing": _wordless,
    "roster": _wordless,
    **dict.fromkeys(("return", "escalate", "extend", "suspend", "watch"), _about_one),
    **dict.fromkeys(PLAINLY_TOLD, _nothing), "pause": _pause, "resume": _pause,
}  # fmt: skip
