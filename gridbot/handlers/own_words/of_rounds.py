"""What a worker writes to the bot of his rounds in words of his own: a name or a door, and how it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gridbot.handlers.duties import homes
from gridbot.handlers.tickets import which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.duty import campaigns, reporting, visits
from gridbot.models.spreading import calling
from gridbot.models.spreading.calling import Answer
from gridbot.nlp import Command, Kind
from gridbot.profiles import Rank

GOOD, UNWELL, NOBODY = "好", "不适", "无人"
STATES = {
    NOBODY: ("家没人", "家里没人", "没开门", "不开门", "不在家", "没应", "敲不开", "没见到", "没见着"),
    UNWELL: (
        "不适", "不舒服", "不太舒服", "头晕", "胸闷", "病了", "摔倒", "摔了", "摔跤", "发烧", "难受",
        "不太好", "身体不好", "情况不好",
    ),
    GOOD: (
        "挺好", "很好", "都好", "还好", "好着", "好的", "蛮好", "没事", "正常", "平安", "精神不错", "精神好",
        "精神挺", "放心",
    ),
}  # in this order: 不太好 is not 好  # fmt: skip
BEEN_THERE = (
    "走访", "上门", "入户", "去过", "看过", "走过", "见到", "家访", "去看了", "看了看", "看望", "慰问",
    "到过", "电话联系", "打了电话", "通了电话", "电话里", "视频通话",
)  # fmt: skip
WENT = ("去", "去了", "到", "到了", "走了", "看了", "刚从")  # right before the door: 刚去3-502看了
WORDS_OF_A_VISIT = ("看", "坐", "聊", "问", "正常", "都好", "挺好", "走了")
NOT_YET = (
    "谁",
    "什么时候",
    "明天",
    "后天",
    "下午去",
    "准备",
    "打算",
    "吗",
    "？",
    "?",
    "没去",
    "还没",
    "要不要",
    "怎么",
)
ROUNDS = (Rank.WORKER, Rank.DEPUTY, Rank.HELPER)  # who goes from door to door
PAUSED = "暂停"
AWAY = "请假"
COMING: dict[str, tuple[str, ...]] = {
    Answer.CANNOT: (
        "来不了",
        "去不了",
        "到不了",
        "过不去",
        "过不来",
        "赶不",
        "回不去",
        "参加不了",
        "脱不开身",
    ),
    Answer.COMING: ("路上", "马上", "正在", "赶过", "赶来", "出发", "分钟"),
    Answer.HERE: ("到了", "到位", "到达", "已到", "在现场"),
}  # in this order: 马上到 is not yet 到
SEEN = ("看了", "去看了", "看过", "都好", "挺好")
OLD = ("老太太", "老人家", "老爷子", "老头子")
TITLES = (
    "奶奶", "爷爷", "大妈", "大娘", "大婶", "婆婆", "阿姨", "阿婆", "阿公", "大爷", "大伯", "大叔", "老师",
    "老人", "老太", "老汉", "孃孃",
)  # fmt: skip
SHORT = 16  # characters of an answer
ZERO, SIGNED = "零报告", "签字"
NOTHING = (
    "无", "没有", "没事", "没情况", "没有情况", "无情况", "无异常", "没有异常", "一切正常", "今天没事",
    "今天没情况", "没什么事", "没发现问题", "没有问题", "没别的事", "没别的事了", "今天没别的事了",
    "今天没别的事", "没有别的事了",
)  # fmt: skip


async def told(turn: Turn) -> list[Say] | None:
    """平安, 走访, 暂停, 零报告 or 签字 without the word in front: 陈师傅挺好的; 3-1-101 看过了 都好.

    None where it is none of them.
    """
    text = turn.heard.text.strip()
    among_us = turn.group is not None and not turn.group.residents
    ordinary = turn.reading.command is None and (turn.private or among_us) and not turn.heard.late
    if not (ordinary and turn.person.posts):
        return None
    yet = any(word in text for word in NOT_YET)
    command = await _of_himself(turn, text) if turn.private else None if yet else _round(turn, text)
    if command is None and turn.private and not yet:
        command = await _meant(turn, text)
    if command is None:
        return None
    turn.reading = replace(turn.reading, command=command)
    return list(await which.handlers[command.name](turn))


async def _meant(turn: Turn, text: str) -> Command | None:
    if (office := await _of_the_office(turn, text)) is not None:
        return office
    name = await _looked_after(turn, text)
    if name and PAUSED in text:
        return Command("pause", rest=f"{name} {_without(text, name, PAUSED)}")
    if turn.reading.kind is not Kind.NONE:
        return None
    state = state_in(text)
    if name and state:
        return Command("safe", rest=f"{name} {_without(text, name, '平安')}", options=frozenset({state}))
    rounds = [post.node for post in turn.person.posts if post.rank in ROUNDS]
    if not rounds:
        return None
    if homes.address_in(text) is None:
        return await _of_a_name(turn, text)
    return _round(turn, text) or await _of_a_campaign(turn, text, rounds)


def _round(turn: Turn, text: str) -> Command | None:
    """3-502 入户走访，都好; 刚去3-502看了看: a visit that was made."""
    door = homes.address_in(text)
    if door is None or not any(post.rank in ROUNDS for post in turn.person.posts):
        return None
    if turn.reading.kind is not Kind.NONE:
        return None
    went = any(f"{verb}{door.text}" in text for verb in WENT)
    if any(word in text for word in (*BEEN_THERE, *(WORDS_OF_A_VISIT if went else ()))):
        return Command("visit", rest=text)
    return None


async def _of_a_name(turn: Turn, text: str) -> Command | None:
    """马长林家没人，电话也不接: a visit of the only household whose people are so called."""
    if not any(word in text for word in (*BEEN_THERE, *STATES[NOBODY])):
        return None
    door = await homes.door_of(turn, text)
    return Command("visit", rest=f"{door} {text}") if door is not None else None


def state_in(text: str) -> str:
    """How she was, in the words of 平安; "" where the text does not tell."""
    state = next((one for one, words in STATES.items() if any(word in text for word in words)), "")
    return state or (GOOD if text.rstrip(homes.PUNCTUATION).endswith(GOOD) else "")


async def name_in(turn: Turn, text: str) -> str:
    """Whom of the speaker's area a text without blanks names: 王奶奶今晚挺好; "" where nobody, or several."""
    return await _looked_after(turn, text) or await visits.name_in(homes.area(turn), text)


async def _of_a_campaign(turn: Turn, text: str, nodes: Sequence[str]) -> Command | None:
    """3-502 回来1人, while one campaign over households is on: its answer for that door."""
    above = {node.code for code in nodes for node in turn.world.directory.up(code)}
    rows = [row for row in await campaigns.open_at(above) if row.kind == campaigns.HOMES]
    if len(rows) != 1:
        return None
    return Command("campaign", rest=f"{rows[0].name} {text}")


async def _of_himself(turn: Turn, text: str) -> Command | None:
    """我明天下午请假; 我到了, 马上到, 过不去, of whoever was called and has not come yet."""
    if AWAY in text and "我" in text and turn.reading.when is not None:
        return Command("absence", rest=_without(text, AWAY))
    answer = next((one for one, words in COMING.items() if any(word in text for word in words)), "")
    if not answer or turn.question is not None or len(text) > SHORT:
        return None
    found = await calling.waiting_for(turn.heard.sender)
    if found is None or found[1].answer == answer:
        return None
    return Command("answer_muster", rest=text, options=frozenset({answer}))


async def _of_the_office(turn: Turn, text: str) -> Command | None:
    """没有情况，零报告; 今天没事, where a word is owed today; 核对无误，签字."""
    today = turn.world.local(turn.now).date()
    nothing = turn.question is None and text.strip(homes.PUNCTUATION) in NOTHING
    if text.endswith(ZERO) or (nothing and await reporting.open_for(homes.area(turn), today)):
        return Command("zero")
    leads = [post.node for post in turn.person.posts if post.rank is Rank.LEADER]
    if text.strip(homes.PUNCTUATION).endswith(SIGNED) and await reporting.unsigned(leads):
        return Command("sign")
    return None


async def _looked_after(turn: Turn, text: str) -> str:
    """Who of those that are still to be looked in on today is named; "" where none is, or several are."""
    today = turn.world.local(turn.now).date()
    rows = await visits.look_ins_of(homes.area(turn), today)
    names = {one.person for one in rows if one.person and one.done_at is None}
    if (
        len(names) == 1
        and len(text) <= SHORT
        and (text.startswith(SEEN) or any(word in text for word in OLD))
    ):
        return next(iter(names))  # 看了 都好, 老太太有点发烧: of the only one there is
    named = [name for name in names if name in text]
    named = named or [name for name in names if any(f"{name[0]}{title}" in text for title in TITLES)]
    return named[0] if len(named) == 1 else ""


def _without(text: str, *words: str) -> str:
    for word in words:
        text = text.replace(word, " ", 1)
    return " ".join(text.split()).strip(homes.PUNCTUATION)


__all__ = ["told"]
