"""A command that somebody says to the bot in words of his own, by the files of rules/said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from gridbot.nlp.match import Matcher
from gridbot.nlp.reading import Command, Place, When
from gridbot.nlp.rules import SAID, Rule, load_said
from gridbot.nlp.scan import Lookout
from gridbot.nlp.slots import quantity

COLLEAGUES, RESIDENTS = SAID / "colleagues", SAID / "residents.toml"
_DOOR, _NUMBER, _TIME = "⌂", "№", "⌚"
_SIGNS = {"door": [_DOOR], "no": [_NUMBER], "time": [_TIME]}
_LIKELY = 0.5  # two words, each shared by four commands, or one shared by two
_LONGEST = 48  # characters; whoever writes more tells a story
_DOORS = re.compile(r"[0-9]{1,4}(?:号?[楼栋幢]|-)(?:[0-9]{1,2}(?:单元|-))?[0-9]{2,4}室?(?![0-9])")
_UNIT = r"[点时分元块天个人户月日年楼栋幢座层室排岁斤度万位次%米条家格片公里]|单元|小时|礼拜|星期|多"
_IDS = re.compile(
    rf"(?:工单|单号|编号)?#?(?<![0-9.:])(?:([0-9]{{1,7}})(?![0-9]|[-.:/到至][0-9]|号?(?:{_UNIT})(?!事))|"
    r"([一二三四五六七八九十百千零]{1,7})号?(?=$|号[那这单])|(?<=查一下)([一二三四五六七八九十百千零]{2,7})$)"
    r"(?:号工单|号单|号)?"
)
_DAY_GOES_ON = frozenset("上下前晚早之我到至休请开日-,， ")  # 12号上午 is a day, 12号修好没 a ticket


class OwnWords:
    """The rules of a file or a folder, compiled; reading is pure and never raises."""

    def __init__(self, rules: Sequence[Rule], numbered: frozenset[str]) -> None:
        """`numbered`: the commands that take the numbers in a text as ids."""
        self.rules = tuple(rules)
        self._numbered = numbered
        self._order = {rule.id: place for place, rule in enumerate(rules)}
        self._matcher = Matcher(self.rules)
        self._meanings = _meanings(self.rules)
        self._lookout = Lookout(self._meanings)

    @classmethod
    def load(cls, numbered: frozenset[str], path: Path = COLLEAGUES) -> OwnWords:
        """The packaged rules; BadInput names file, line and key."""
        return cls(load_said(path, _SIGNS), numbered)

    def read(self, text: str, place: Place | None, when: When | None) -> tuple[Command, float] | None:
        """The command these words are, with `text` (folded) without its ids as `rest`; None for other talk.

        With it the confidence up to which it is held against a report in the same words.
        """
        numbers: list[int] = []
        spared = when.text if when is not None else ""
        rules = self.holding(text, place, when, numbers)
        if not rules:
            return None
        rule = rules[0]
        ids = tuple(dict.fromkeys(numbers)) if rule.feature in self._numbered else ()
        rest = _IDS.sub(lambda one: _numbered(one, spared, []).replace(_NUMBER, ""), text) if ids else text
        return Command(rule.feature, ids, rest.strip(" ,，。;"), own=True), rule.score

    def holding(
        self, text: str, place: Place | None, when: When | None, numbers: list[int] | None = None
    ) -> list[Rule]:
        """The rules that hold in `text` (folded), the one that decides first; its ids join `numbers`."""
        if not text or len(text) > _LONGEST:
            return []
        doors = _DOORS.sub(_DOOR, text)
        if place is not None and place.room and place.text:
            doors = doors.replace(place.text, _DOOR)
        into = numbers if numbers is not None else []
        spared = when.text if when is not None else ""
        signs = _IDS.sub(lambda found: _numbered(found, spared, into), doors)
        sign = f" {_TIME}" if when is not None else ""
        found = self._matcher.matches(f"^{signs}${sign}")
        held = {match.rule.id: match.rule for match in found}
        return sorted(held.values(), key=lambda one: self._order[one.id])

    def likely(self, text: str, most: int = 3) -> list[str]:
        """The commands whose words stand in `text` (folded), the likeliest first; for a question, no more."""
        if not text or len(text) > _LONGEST:
            return []
        weights: dict[str, float] = {}
        for word in sorted(set(self._lookout.seen(text))):  # sums and ties alike in every process
            for name in self._meanings.get(word, ()):
                weights[name] = weights.get(name, 0) + (len(word) - 1) / len(self._meanings[word])
        found = sorted(weights, key=lambda name: (-weights[name], name))
        return [name for name in found if weights[name] >= _LIKELY][:most]


def _meanings(rules: Sequence[Rule]) -> dict[str, set[str]]:
    """Each word of two signs and more with the commands whose rules have it."""
    found: dict[str, set[str]] = {}
    for rule in rules:
        for word in {word for pattern in rule.say for step in pattern.steps for word in step.words}:
            if len(word) > 1:
                found.setdefault(word, set()).add(rule.feature)
    return found


def _numbered(found: re.Match[str], spared: str, numbers: list[int]) -> str:
    """The sign for an id, which joins `numbers`; what belongs to a time stays."""
    written = found[0]
    first = found.start() == 0 and found.string[found.end() : found.end() + 1] not in _DAY_GOES_ON
    if spared and written.strip("#号") in spared and not (first and written.endswith("号")):
        return written
    value = int(found[1]) if found[1] else quantity.number(found[2] or found[3])
    if value is None or value == 0:
        return written
    numbers.append(int(value))
    return _NUMBER
