"""Reading a text: fold, look, and only where a cue was seen rules, context, slots and a verdict."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path

from gridbot.nlp import features, judge, segment
from gridbot.nlp.commands import Grammar
from gridbot.nlp.dialect import plain
from gridbot.nlp.judge import Bench
from gridbot.nlp.match import Match, Matcher, anchor
from gridbot.nlp.model import Model
from gridbot.nlp.normalize import fold
from gridbot.nlp.reading import SILENCE, Command, Kind, Reading, Speaker
from gridbot.nlp.rules import PACKS, Rule, Rules, load_rules
from gridbot.nlp.scan import Scanner, Seen
from gridbot.nlp.scene import Scene
from gridbot.nlp.slots import people, place, quantity, when

_LONG = 2_000  # characters of a message that are read as a report; the rest of a long text adds nothing
_GATE = -2.2  # rough sum of pieces below which a text without a cue of any rule is talk
_TERSE = 8  # characters up to which a text is looked at closely for one word of a matter
_SECOND_GATE = -1.5  # the same for the exact sum
_IDLE = 0.4  # probability of a report below which a text is talk; where it is judged, more is asked
_TELLING = 1.2  # weight from which a word of a rule is a cue
_SHORT = 60  # characters up to which a resident's words may be a command without being marked
_LONG_NUMBER = re.compile(r"[0-9][0-9 -]{6,}")  # perhaps a telephone or an identity number
_REPORTING = frozenset({"report", "request"})  # commands whose text is itself a report
_LIGHT = frozenset({"plus", "retraction", "hurry", "quote", "resolved", "solicit"})
_TELLING_SIGNS = _LIGHT | {"survey"}  # signs worth keeping by themselves
_EVERYDAY = frozenset(
    [
        *(
            "现在",
            "可以",
            "什么时候",
            "啥时候",
            "已经",
            "不用",
            "马上",
            "完了",
            "有人",
            "一个人",
            "刚刚",
            "刚才",
        ),
        *("孩子", "走了", "有个", "回来了", "找到", "上了", "房子", "终于", "门口", "没了", "丢了", "我要去"),
        *("去看看", "小孩", "早就", "掉了", "出来了", "住了", "我可以", "几个人", "速度", "赶紧", "抓紧"),
        *("下来了", "同样", "着了"),
    ]
)
"""Words of rules so common that they open nothing by themselves."""

_NO_SCENE = Scene()


def warm() -> None:
    """Load what would otherwise be loaded by the first message that needs it."""
    segment.warm()


class Reader:
    """Rule packs, weights and command grammar, compiled; reading is pure and never raises."""

    def __init__(self, rules: Rules, grammar: Grammar, model: Model, *, zone: tzinfo) -> None:
        self.rules = rules
        self._grammar = grammar
        self._commands = Scanner(word for words in grammar.words.values() for word in words if len(word) > 1)
        self._model = model
        self._zone = zone
        self._matcher = Matcher(rules.rules)
        self._first = Scanner(_cues(rules, model))
        self._things = Scanner(word for word in _deciding(rules).anchors if len(word) > 1)
        self._scanner = Scanner(self._matcher.words, rules.masks, rules.bounded)

    @property
    def command_words(self) -> Mapping[str, tuple[str, ...]]:
        """What people say for each command, by its id."""
        return self._grammar.words

    @classmethod
    def load(cls, packs: Sequence[Path] = (), *, zone: tzinfo) -> Reader:
        """The built-in packs with an office's own on top; BadInput names file, line and key."""
        return cls(load_rules(packs), Grammar.load(), Model.load(), zone=zone)

    def read(self, text: str, *, at: datetime, scene: Scene = _NO_SCENE, slots: bool = True) -> Reading:
        """What `text` means. Total: any text gets an answer.

        `at` is the aware moment of speaking. With `slots` False a text that reports nothing comes
        back as bare silence: no place, no time, no text; that is the fast way for group chatter.
        """
        folded = fold(text)
        command = self._command(folded, scene)
        if command is not None and command.name in _REPORTING and command.rest:
            return self._reported(command, folded, at, scene)
        if command is not None and command.sure:
            said = Reading(kind=Kind.COMMAND, confidence=0.97, command=command, text=folded)
            return self._with_slots(said, at, scene)
        worded = plain(folded[:_LONG])
        bare = not slots and command is None and _LONG_NUMBER.search(folded) is None
        if not scene.addressed and (talk := self._talk(worded)) is not None:
            if bare:
                return SILENCE
            sure = round(1 - self._model.probability(talk), 3)
            return self._with_slots(Reading(confidence=sure, command=command, text=folded), at, scene)
        bench = self._bench(worded, scene.addressed)
        if bare and _is_idle(bench):
            return SILENCE
        reading = judge.judge(bench)
        if bare and not judge.is_worth_keeping(reading):
            return SILENCE
        return self._with_slots(replace(reading, text=folded, command=command), at, scene)

    def _talk(self, worded: str) -> float | None:
        """The sum of the weights if it is low and no cue is seen: then this is talk; None otherwise."""
        # 暖气不热: so few words weigh little, and yet say everything
        if self._first.any(worded) or (len(worded) <= _TERSE and self._things.any(worded)):
            return None
        total = self._model.glance(worded)
        if total >= _GATE:
            total = self._model.look(worded).sum
        return total if total < _SECOND_GATE else None

    def matches(self, text: str) -> list[Match]:
        """Every rule that holds in `text`, context included; for checks, explanations and learning."""
        return self._matcher.find(self._scan(plain(fold(text)[:_LONG])))

    def _scan(self, worded: str) -> Seen:
        return self._scanner.scan(f"{worded}$")  # rules write $ for the end of the message

    def _command(self, folded: str, scene: Scene) -> Command | None:
        if scene.speaker is Speaker.RESIDENT and not scene.addressed and not self._may_command(folded):
            return None
        return self._grammar.read(folded, speaker=scene.speaker, addressed=scene.addressed)

    def _may_command(self, folded: str) -> bool:
        """Whether a resident's words in the group hold anything a command is made of."""
        if "#" in folded or len(folded) <= 3 or folded[:1].isdigit():
            return True
        return len(folded) <= _SHORT and self._commands.any(folded)

    def _reported(self, command: Command, folded: str, at: datetime, scene: Scene) -> Reading:
        worded = plain(command.rest[:_LONG])
        inner = judge.judge(self._bench(worded, addressed=True))
        said = replace(inner, kind=Kind.COMMAND, command=command, confidence=0.97, text=folded)
        return self._with_slots(said, at, scene)

    def _bench(self, worded: str, addressed: bool) -> Bench:
        seen = self._scan(worded)
        return Bench(self._model, self._model.look(worded), self._matcher.find(seen), seen, addressed)

    def _with_slots(self, reading: Reading, at: datetime, scene: Scene) -> Reading:
        text = reading.text
        masked, identity = quantity.contacts(text)
        where = place.find(text, scene.gazetteer, nickname=scene.nickname)
        moment = when.find(text, at=at, zone=self._zone)
        count = people.count(text)
        if where is None and moment is None and count is None and not identity:
            return reading  # most talk: nothing to fill in
        flags = reading.flags | {"identity"} if identity else reading.flags
        return replace(reading, place=where, when=moment, contact=masked, people=count, flags=flags)


def _is_idle(bench: Bench) -> bool:
    """Whether the words weigh little and no rule holds but signs that say nothing alone: no need to judge."""
    if bench.addressed or any(match.rule.decides or _tells(match.rule) for match in bench.matches):
        return False
    z = bench.model.report(bench.look, features.signs(bench.matches))
    return bench.model.probability(z) < _IDLE


def _tells(rule: Rule) -> bool:
    return rule.head != "context" or rule.feature in _TELLING_SIGNS


def _deciding(rules: Rules) -> Matcher:
    return Matcher([rule for rule in rules.rules if rule.head != "context"])


def _cues(rules: Rules, model: Model) -> frozenset[str]:
    """Words that alone make a text worth a closer look, whatever its other words weigh.

    Those that stand for a matter by themselves (停水), are long or weigh much, the office's own, and
    signs such as +1 or 发错群.
    """
    cues: set[str] = set()
    for rule in rules.rules:
        light = rule.head == "context" and rule.feature in _LIGHT
        own = rule.head != "context" and rule.file.parent != PACKS
        for pattern in rule.say:
            alone = rule.head != "context" and len(pattern.steps) == 1
            words = [word for word in anchor(pattern).words if len(word) > 1]
            if rule.head != "context" and not own and not alone:
                words = [word for word in words if len(word) > 2 or model.weight(word) >= _TELLING]
            if light or rule.head != "context":
                cues.update(words)
    return frozenset(cues - _EVERYDAY)
