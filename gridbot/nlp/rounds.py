"""What a worker tells of his round without a command, by the words of rules/said/rounds.toml."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from gridbot.nlp import wordlists
from gridbot.nlp.normalize import fold
from gridbot.nlp.rules import SAID
from gridbot.nlp.wordlists import Words

_FILE = SAID / "rounds.toml"


class Round(StrEnum):
    """What is told; the values are the keys of the file."""

    NOBODY = "nobody"
    UNWELL = "unwell"
    GOOD = "good"
    BEEN_THERE = "been_there"
    WENT = "went"
    AT_THE_DOOR = "at_the_door"
    NOT_YET = "not_yet"
    ASKED = "asked"
    SEEN = "seen"
    OLD = "old"
    KNOCKED = "knocked"
    TITLE = "title"
    CANNOT = "cannot"
    COMING = "coming"
    HERE = "here"
    MEDIATED = "mediated"
    CAME = "came"
    NOTHING = "nothing"
    SIGNED = "signed"
    REFUSED = "refused"
    MOVED = "moved"
    AWAY = "away"
    BACK = "back"
    FOUND = "found"


_PHONED = r"(?:打?电话|通电话)(?:问|联系|打)?(?:了|过|给了?)?"
_BY_VIDEO = r"(?:打)?视频(?:问|看|打)?(?:了|过|给了?)?"
_MET = r"(?:在?(?:路上|楼下|小区里?|门口|菜场|菜市场|超市))?(?:碰|遇|撞)(?:到|见|上)了?"
_BY = {"电话": _PHONED, "视频": _BY_VIDEO, "路遇": _MET, "": r"(?:去看?|到|走|看|刚从|上)了?"}
_NOTE = re.compile(
    r"^(?:我|俺|刚刚?|刚才|今天|今早|早上|上午|中午|下午|昨天|又|还|也|把|给|[ ,，])*"
    rf"(?:{'|'.join(f'(?P<by{n}>{way})' for n, way in enumerate(_BY.values()))})?[ ,，]*"
    r"(?P<door>第?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})排-?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})号?|[0-9]{1,3}-[0-9]{1,2}-[0-9]{3,4}|[0-9]{1,3}-[0-9]{3,4}|[0-9]{3,4})"
    r"(?![0-9号元块度天点年分个人户楼栋#-])(?:室|房)?(?P<rest>.*)$",
    re.DOTALL,
)
_BEEN = ("去了", "去过", "看了", "看过", "走了", "走过", "到了", "走访", "上门", "入户")
_NO_DOOR = frozenset({"110", "119", "120", "122"})
_FILLERS = re.compile(
    r"^(?:[ ,，:：。]|那|这|家里?|的|户|家|老人|人|已经|已|都|还是|还|又|全家|一家子?|今天|敲门|敲了?半天|"
    r"去了|我去|喊了?半天|他们?|她们?)*?(?=%s)"
)


@dataclass(frozen=True, slots=True)
class Note:
    """What begins with a door, or the flat alone: 302没人 敲了半天. `mode`: 电话, 视频, 路遇 or "".

    `went`: the words say that he went, called or met somebody; `rest` begins with what came of it.
    """

    door: str
    mode: str
    went: bool
    rest: str


def note(said: str) -> Note | None:
    """The line of a round that a text may be; None where it does not begin with a door."""
    found = _NOTE.match(fold(said).strip())
    if found is None or found["door"] in _NO_DOOR or found["rest"].startswith("没人管"):
        return None
    by = next((n for n in range(len(_BY)) if found[f"by{n}"]), None)
    mode = tuple(_BY)[by] if by is not None else ""
    rest = found["rest"].strip(" ,，:：。")
    for what in (Round.MOVED, Round.REFUSED, Round.NOBODY):
        after = re.sub(_FILLERS.pattern % "|".join(words(what)), "", rest)
        if after.startswith(words(what)):
            rest = after
            break
    return Note(found["door"], mode, by is not None or rest.startswith(_BEEN), rest)


def tells(text: str, *what: Round) -> bool:
    """Whether a word of one of these lists stands in the text."""
    return any(word in text for one in what for word in words(one))


def asked(text: str) -> bool:
    """Whether the end of a text makes a question of it: 3-502去过没."""
    return text.rstrip(" ，。！!?？~").endswith(words(Round.ASKED))


def words(what: Round) -> tuple[str, ...]:
    """The words of a list in their order."""
    return _words()[what]


def pack() -> tuple[Words, ...]:
    """All lists, for the check of the rules."""
    holds: dict[StrEnum, Callable[[str], bool]] = {
        Round.NOTHING: lambda text: text in words(Round.NOTHING),
        Round.ASKED: asked,
    }
    return wordlists.pack(_FILE, Round, holds)


@lru_cache(maxsize=1)
def _words() -> Mapping[StrEnum, tuple[str, ...]]:
    return wordlists.load(_FILE, Round)
