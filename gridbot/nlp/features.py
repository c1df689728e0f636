"""What the weights look at: pieces of the text, and which rules and signs of context hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from operator import add

from gridbot.nlp.laying import Match
from gridbot.nlp.weigh import powers

_DIGITS = re.compile(r"[0-9]+")
EDGE = ("^", "$")
BEGUN = "^^"
"""Stands before a piece of the beginning; such a piece is longer than all others."""
BEGINNING = 9  # characters of a dressed text in which it is mostly said who is spoken of, and when
FIRST = 0.7  # what a piece of the beginning counts
_HELLO = (
    "你好|您好|你们好|大家好|各位好|大家早|早上好|上午好|中午好|下午好|晚上好|早安|哈喽|哈啰|哈罗|嗨|hello|hi"
    "|在吗|在不在|在么|有人在吗"
)
_OFFICIAL = "网格员|网格长|师傅|主任|书记|领导|群主|管家|楼长|同志|工作人员"
_EVERYBODY = (
    "各位(?:邻居|业主|领导|家人|亲)?们?|邻居们?|业主们?|大家|亲们?|家人们|社区|居委会?|物业|街道|小助手"
)
_KIN = "[姐哥叔姨嫂]|阿姨|大[姐哥叔爷妈]|叔叔|老师"  # 李姐, 王阿姨
_SALUTED = re.compile(  # 你好，网格员您好 …: whom somebody speaks to says nothing of what he has to say
    rf"(?:(?:[一-鿿]?(?:{_OFFICIAL}|{_KIN})|{_EVERYBODY})?[,，\s]?(?:{_HELLO})[啊呀哈呢哦吖]?"
    rf"|[一-鿿]?(?:{_OFFICIAL})好?)"
    r"(?:[,，。!！~、:?？ \n]+(?=..)"
    r"|(?<=你好|您好|在吗)(?=我[家们想这]|俺|咱|请问|麻烦|想问|[0-9]{1,2}[号栋幢-]))"
)
GREETINGS = frozenset([*_HELLO.split("|"), *_OFFICIAL.split("|")])
"""One of them is in every greeting."""
_SIZES = ((6, "tiny"), (11, "short"), (18, "middle"), (32, "usual"))  # characters at most
_LONG = "long"
_SIZED = [
    next((name for most, name in _SIZES if length <= most), _LONG) for length in range(_SIZES[-1][0] + 2)
]
"""The name of each length; the last is that of all longer ones."""
_BARE = [{f"L:{name}": 1.0} for name in _SIZED]
"""What `signs` begins with for each length where no rule decides."""
_RULED = [
    {f"L:{name}": 1.0, f"S:{name}": 1.0, "R:any": 1.0, "R:top": 0.0, "R:number": 1.0} for name in _SIZED
]
"""The same where rules do."""


def said(text: str) -> str:
    """`text` (folded) without the greeting it begins with; 你好 alone stays."""
    greeting = _SALUTED.match(text)
    return text[greeting.end() :] if greeting else text


def dressed(text: str) -> str:
    """`text` (folded, plain) as the weights see it: no greeting, numbers alike, both ends marked."""
    return marked(said(text))


def marked(text: str) -> str:
    """`text`, numbers alike and both ends marked."""
    alike = _DIGITS.sub("0", text) if _DIGITS.search(text) else text
    return f"{EDGE[0]}{alike}{EDGE[1]}"


def pieces(text: str) -> set[str]:
    """All single characters and pairs of a dressed text."""
    return {*text, *map(add, text, text[1:])}


def told(text: str) -> dict[str, float]:
    """All pieces of a plain text, and those of its beginning once more, marked; what each counts."""
    seen = dressed(text)
    begun = {BEGUN + piece: FIRST for piece in pieces(seen[:BEGINNING])}
    return {**dict.fromkeys(pieces(seen), 1.0), **begun}


def signs(
    matches: Sequence[Match], length: int, power: Mapping[str, float] | None = None
) -> dict[str, float]:
    """``R:…`` for rules, ``C:…`` for signs of context, ``X:…`` for the same beside a rule.

    `length` is that of the plain text in characters: the fewer words, the more a rule says (``S:…``).
    `power` is what `powers` says of the same matches, where it is known already.
    """
    power = powers(matches) if power is None else power
    long = length if length < len(_SIZED) else -1
    values = (_RULED if power else _BARE)[long].copy()
    if power:
        values["R:top"] = max(power.values()) / 2
        if len(power) > 1:
            values["R:number"] = min(3.0, float(len(power)))
    for match in matches:
        rule = match.rule
        if rule.label is None:
            values[rule.sign] = 1.0
            if power:
                values[rule.beside] = 1.0
        elif rule.head == "emergency":
            values["R:emergency"] = 1.0
            values["R:emergencies"] = min(3.0, values.get("R:emergencies", 0.0) + 1)
    return values


def loudest(power: Mapping[str, float]) -> str:
    """The category for which the rules speak most strongly."""
    return next(iter(power)) if len(power) == 1 else max(power, key=lambda label: (power[label], label))


def size(length: int) -> str:
    """The name of a length in characters."""
    return _SIZED[length] if length < len(_SIZED) else _LONG


def labels(power: Mapping[str, float]) -> dict[str, float]:
    """The numbers for choosing a category: ``P:…`` the power of each, ``B:…`` the strongest."""
    values = {}
    for label, value in power.items():
        values[f"P:{label}"] = value
    if power:
        values[f"B:{loudest(power)}"] = 2.0
    return values
