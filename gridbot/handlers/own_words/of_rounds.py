"""What a worker writes to the bot of his rounds in words of his own: a name or a door, and how it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gridbot.handlers.duties import homes, persons
from gridbot.handlers.own_words import of_calls
from gridbot.handlers.tickets import which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.duty import campaigns, pauses, reporting, visits
from gridbot.nlp import Command, Kind, Urgency, rounds
from gridbot.nlp.rounds import Round, tells, words
from gridbot.profiles import Rank

IN_VAIN = (*words(Round.NOBODY), *words(Round.REFUSED), *words(Round.MOVED))
ROW = "排"
DOUBTFUL = 0.3  # confidence below which a report may as well be a line of his round
ROUNDS = (Rank.WORKER, Rank.DEPUTY, Rank.HELPER)  # who goes from door to door
PAUSED, AWAY, ZERO = "暂停", "请假", "零报告"


async def told(turn: Turn) -> list[Say] | None:
    """平安, 走访, 暂停, 零报告 or 签字 without the word in front: 陈师傅挺好的; 3-1-101 看过了 都好.

    None where it is none of them.
    """
    text = turn.heard.text.strip()
    among_us = turn.group is not None and not turn.group.residents
    ordinary = turn.reading.command is None and (turn.private or among_us) and not turn.heard.late
    if not (ordinary and turn.person.posts):
        return None
    yet = tells(text, Round.NOT_YET) or rounds.asked(text)
    if turn.private:
        command = await _of_himself(turn, text)
    else:
        command = await of_calls.to_a_muster(turn, text) or (None if yet else _round(turn, text))
    if command is None and turn.private and not yet:
        command = await _meant(turn, text)
    if command is None:
        return None
    turn.reading = replace(turn.reading, command=command)
    return list(await which.handlers[command.name](turn))


async def _meant(turn: Turn, text: str) -> Command | None:
    if (office := await _of_the_office(turn, text)) is not None:
        return office
    away = tells(text, Round.AWAY, Round.BACK)
    name = await (persons.name_in if away else persons.looked_after)(turn, text)
    if name and PAUSED in text:
        return Command("pause", rest=f"{name} {_without(text, name, PAUSED)}")
    if name and (rests := await _rests(turn, text, name)) is not None:
        return rests
    doubtful = turn.reading.confidence < DOUBTFUL or turn.reading.kind is Kind.NONE
    if doubtful and (noted := await _noted(turn, text)) is not None:
        return noted
    if not _hardly_a_report(turn):
        return None
    state = persons.state_in(text)
    if name and state:
        return Command("safe", rest=f"{name} {_without(text, name, '平安')}", options=frozenset({state}))
    if turn.reading.kind is not Kind.NONE:
        return None
    rounds = [post.node for post in turn.person.posts if post.rank in ROUNDS]
    if not rounds:
        return None
    if homes.address_in(text) is None:
        return await _of_a_name(turn, text)
    return _round(turn, text) or await _of_a_campaign(turn, text, rounds)


def _hardly_a_report(turn: Turn) -> bool:
    """Whether the words are no report, or so hardly one that a line of his round is likelier."""
    reading = turn.reading
    doubtful = reading.confidence < DOUBTFUL and reading.urgency is not Urgency.EMERGENCY
    return reading.kind is Kind.NONE or doubtful


async def _noted(turn: Turn, text: str) -> Command | None:
    """302没人 敲了半天; 电话问了402 都好; 路上碰到702老张: a visit, by the flat alone where one has it."""
    note = rounds.note(text)
    went = note is not None and (note.went or tells(note.rest, Round.BEEN_THERE, Round.GOOD))
    if note is None or not (went or note.rest.startswith(IN_VAIN)):
        return None
    door = note.door if "-" in note.door or ROW in note.door else await _only_flat(turn, note.door)
    if not door:
        return None
    return Command("visit", rest=" ".join(filter(None, (door, note.mode, note.rest))))


async def _only_flat(turn: Turn, flat: str) -> str:
    """The door of the only household with such a flat in the speaker's own grids, else in all of his."""
    for ranks in ((Rank.WORKER,), ROUNDS):
        own = [post.node for post in turn.person.posts if post.rank in ranks]
        nodes = [code for node in own for code in turn.world.directory.under(node)]
        found = await visits.homes(nodes, (), None, flat)
        if len(found) == 1:
            return visits.door(found[0])
        if found:
            return flat  # he is asked which
    return ""


async def _rests(turn: Turn, text: str, name: str) -> Command | None:
    """赵淑芬住院了，大概一个礼拜; 赵淑芬出院了: nobody goes there meanwhile, and then again."""
    if tells(text, Round.BACK):
        resting = await pauses.resting_on(turn.world.local(turn.now).date())
        return Command("resume", rest=name) if any(one.endswith(f"/{name}") for one in resting) else None
    if not tells(text, Round.AWAY):
        return None
    return Command("pause", rest=f"{name} {_without(text, name)}")


def _round(turn: Turn, text: str) -> Command | None:
    """3-502 入户走访，都好; 刚去3-502看了看: a visit that was made."""
    door = homes.address_in(text)
    if door is None or not any(post.rank in ROUNDS for post in turn.person.posts):
        return None
    if turn.reading.kind is not Kind.NONE:
        return None
    went = any(f"{verb}{door.text}" in text for verb in words(Round.WENT))
    if tells(text, Round.BEEN_THERE) or (went and tells(text, Round.AT_THE_DOOR)):
        return Command("visit", rest=text)
    return None


async def _of_a_name(turn: Turn, text: str) -> Command | None:
    """马长林家没人，电话也不接: a visit of the only household whose people are so called."""
    if not tells(text, Round.BEEN_THERE, Round.NOBODY):
        return None
    door = await homes.door_of(turn, text)
    return Command("visit", rest=f"{door} {text}") if door is not None else None


async def _of_a_campaign(turn: Turn, text: str, nodes: Sequence[str]) -> Command | None:
    """3-502 回来1人, while one campaign over households is on: its answer for that door."""
    above = {node.code for code in nodes for node in turn.world.directory.up(code)}
    rows = [row for row in await campaigns.open_at(above) if row.kind == campaigns.HOMES]
    if len(rows) != 1:
        return None
    return Command("campaign", rest=f"{rows[0].name} {text}")


async def _of_himself(turn: Turn, text: str) -> Command | None:
    """我明天下午请假; and what is said to a call."""
    when = turn.reading.when
    himself = when is not None and ("我" in text or text.startswith(f"{when.text}{AWAY}"))  # 明天请假
    if AWAY in text and himself and not rounds.asked(text):
        return Command("absence", rest=_without(text, AWAY))
    return await of_calls.answered(turn, text)


async def _of_the_office(turn: Turn, text: str) -> Command | None:
    """没有情况，零报告; 今天没事, where a word is owed today; 核对无误，签字."""
    today = turn.world.local(turn.now).date()
    nothing = turn.question is None and text.strip(homes.PUNCTUATION) in words(Round.NOTHING)
    if text.endswith(ZERO) or (nothing and await reporting.open_for(homes.area(turn), today)):
        return Command("zero")
    leads = [post.node for post in turn.person.posts if post.rank is Rank.LEADER]
    if text.strip(homes.PUNCTUATION).endswith(words(Round.SIGNED)) and await reporting.unsigned(leads):
        return Command("sign")
    return None


def _without(text: str, *words: str) -> str:
    for word in words:
        text = text.replace(word, " ", 1)
    return " ".join(text.split()).strip(homes.PUNCTUATION)
