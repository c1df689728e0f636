"""附近 药店: places of the five circles of daily life, which staff keep up to date by private message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gridbot.errors import BadInput, NotAllowed, Refusal
from gridbot.handlers.own_words import questions
from gridbot.handlers.reports import checklist
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.territory import facilities
from gridbot.nlp.asks import Ask, asks
from gridbot.profiles import Rank
from gridbot.workdays import parse_hours

routes = Routes()

ADD, REMOVE = "添加", "删除"  # options of the command
KEEPERS = (Rank.LEADER, Rank.WORKER, Rank.DEPUTY, Rank.DESK)
PHONE_DIGITS = 5
DAYS = ("周", "星期", "工作日", "每天", "每日")
A_NAME = 5  # characters of a name that may tell the kind too


@routes.on("nearby")
async def nearby(turn: Turn) -> Sequence[Say]:
    """附近 药店: the nearest on file, with hours and telephone; 添加 and 删除 for staff."""
    command = turn.reading.command
    options = command.options if command is not None else frozenset()
    words = turn.rest.split()
    if ADD in options:
        return await _add(turn, words)
    if REMOVE in options:
        return await _remove(turn, " ".join(words))
    word = "".join(words).strip("，。？?！的有吗")
    if turn.discreet and not questions.addressed(turn) and not turn.world.services.kinds(word):
        return await which.handlers["talk"](turn)  # 附近 有流浪狗, said among neighbours
    return await _find(turn, word) or []


async def spoken(turn: Turn) -> list[Say] | None:
    """附近有药店吗, 康民药店几点关门, said to the bot without the command; None for everything else.

    Where nothing is on file, only who asked what is 附近 hears so.
    """
    text, services = turn.heard.text, turn.world.services
    if not asks(text, Ask.NEARBY):
        return None
    near = turn.texts.say("nearby.word") in text
    named = await facilities.named(_around(turn), text)
    if named is not None:
        word, place = named.name, checklist.place(turn, named)
        return [turn.reply("nearby.one", word=word, place=place)]
    kinds = services.kinds(text)
    return await _find(turn, "、".join(kinds[:1]), silent=not near) if kinds else None


def _around(turn: Turn) -> list[str]:
    """The nodes whose places a speaker may mean: his own, those above and below."""
    node = turn.grid or turn.world.directory.top()
    above = [each.code for each in turn.world.directory.up(node)]
    return list(dict.fromkeys([*above, *turn.world.directory.under(node)]))


async def _find(turn: Turn, word: str, *, silent: bool = False) -> list[Say] | None:
    """What is on file; where nothing is, a word that there is nothing (`silent`: None)."""
    services = turn.world.services
    circles = "\n".join(f"{circle.zh}：{'、'.join(circle.kinds)}" for circle in services.circles)
    if not word:
        return [turn.reply("nearby.how", circles=circles)]
    kinds = services.kinds(word)
    if kinds and word not in kinds and len(kinds) == 1:
        word = kinds[0]
    around = _around(turn)
    found = await facilities.of_kinds(around, kinds, word)
    known = {each.name for each in found}
    marks = [name for name in _landmarks(turn, around, kinds, word) if name not in known]
    lines = [*(checklist.place(turn, each) for each in found), *marks][: facilities.SHOWN]
    if not lines and silent:
        return None
    if not lines:
        return [turn.reply("nearby.none", word=word[:20])]
    return [turn.reply("nearby.found", word=word[:20], lines=checklist.numbered(lines))]


def _landmarks(turn: Turn, nodes: Sequence[str], kinds: Iterable[str], word: str) -> list[str]:
    """Places of places.csv whose kind or name fits, beside what is on file with hours and telephone."""
    known = set(kinds) | {word}
    near = [place for place in turn.world.directory.landmarks if place.node in nodes]
    services = turn.world.services
    fit = [
        place.name
        for place in near
        if place.kind in known or word in place.name or set(services.kinds(place.kind)) & set(kinds)
    ]
    return fit[: facilities.SHOWN]


@dataclass(slots=True)
class _Written:
    """What a worker wrote of a place, taken apart."""

    hours: str = ""
    phone: str = ""
    matters: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


async def _add(turn: Turn, words: Sequence[str]) -> list[Say]:
    """附近 添加 药店 康民药店 东门南50米 8:00-21:00 0943-1234567 [办:低保、居住证]"""
    post = turn.require_staff(*KEEPERS)
    services = turn.world.services
    if words and any(words[0] == circle.zh for circle in services.circles):
        words = words[1:]
    every = [kind for circle in services.circles for kind in circle.kinds]
    said = next((word for word in words if word in every), words[0] if words else "")
    kinds = services.kinds(said) if said else ()
    if len(words) < 2 or not kinds:
        raise Refusal("nearby.how_add", kinds="、".join(every))
    named = [word for word in words if word != said]
    apart = said in every or any(services.kinds(word) == kinds for word in named)
    found = _taken_apart(turn, named if apart else words)  # 康民诊所 alone is the name as well
    if said not in every and len(said) >= A_NAME and len(found.words) <= 1:
        found.words.insert(0, said)  # 青石社区党群服务中心 解放路1号: the name tells the kind
    if not found.words:
        raise Refusal("nearby.how_add", kinds="、".join(kinds))
    row = await facilities.add(
        turn.act,
        post.node,
        services.circle_of(kinds[0]),
        kinds[0],
        found.words[0][:60],
        address="".join(found.words[1:])[:120],
        hours=found.hours,
        phone=found.phone,
        matters=found.matters,
    )
    node = turn.world.directory.nodes[post.node].name
    return [turn.reply("nearby.added", node=node, circle=row.circle, place=checklist.place(turn, row))]


def _taken_apart(turn: Turn, words: Sequence[str]) -> _Written:
    found, does = _Written(), turn.texts.say("nearby.does")
    for word in words:
        if _hours(word):
            found.hours = ",".join(part for part in (found.hours, word) if part)
        elif sum(character.isdigit() for character in word) >= PHONE_DIGITS and not found.phone:
            found.phone = word
        elif word.startswith(does) and found.words:
            for name in word.removeprefix(does).lstrip(":：").split("、"):
                known = turn.profile.category_word(name)
                found.matters += [known[0]] if known is not None else []
        else:
            found.words.append(word)
    return found


def _hours(word: str) -> bool:
    """8:30-17:30, also with the days before it: 周一到周五8:30-17:30."""
    if word.startswith(DAYS):
        word = word.lstrip("".join(c for c in word if not c.isdigit()))
    try:
        return bool(parse_hours(word))
    except BadInput:
        return False


async def _remove(turn: Turn, name: str) -> list[Say]:
    post = turn.require_staff(*KEEPERS)
    nodes = turn.world.directory.under(post.node)
    above = [node.code for node in turn.world.directory.up(post.node)]
    found = await facilities.of_kinds([*nodes, *above], (), name) if name else []
    mine = [row for row in found if row.node in nodes]
    if found and not mine:
        raise NotAllowed
    if len(mine) != 1:
        raise Refusal("nearby.how_remove")
    await facilities.remove(turn.act, mine[0])
    return [turn.reply("nearby.removed", name=mine[0].name)]
