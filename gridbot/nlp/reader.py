"""Reading a text: fold, look, and only where a cue was seen rules, context, slots and a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path

from gridbot.nlp import features, segment
from gridbot.nlp.commands import Grammar
from gridbot.nlp.dialect import SUSPECTED, plain
from gridbot.nlp.judge import Bench, Verdict, is_silent, judge, second, turned
from gridbot.nlp.match import Match, Matcher, anchor
from gridbot.nlp.model import STEPS, Model
from gridbot.nlp.normalize import fold
from gridbot.nlp.own_words import RESIDENTS, OwnWords
from gridbot.nlp.reading import SILENCE, Command, Kind, Reading, Speaker, Urgency
from gridbot.nlp.rules import Rule, Rules, load_rules
from gridbot.nlp.scales import Look
from gridbot.nlp.scene import Scene
from gridbot.nlp.slots import people, place, quantity, when

_LONG = 2_000  # characters of a message that are read as a report; the rest of a long text adds nothing
_CHOICE = 3  # characters up to which anything may be an answer
_TERSE = 8  # characters up to which a text is looked at closely for one word of a matter
_GATE = -4000  # thousandths: rough sum of pieces below which a short text without a cue of any rule is talk
_SECOND_GATE = -1500  # the same for the exact sum
_IDLE = 0.4  # probability of a report below which a text is talk; where it is judged, more is asked
_CUE, _THING, _ASKS, _HOMELY, _SOUTHERN, _SIGN, _GREETING = 1, 2, 4, 8, 16, 32, 64  # kinds of words
_ASKING = _CUE | _ASKS | _SOUTHERN | _SIGN  # kinds of words with which no text is talk at once
_ASKING_TERSELY = _ASKING | _THING
_TELLS = 1  # the mark of rules that say something; the others have those of what they may add
_TELLING = 1.2  # weight from which a word of a rule is a cue
_SHORT = 60  # characters up to which a resident's unmarked words may be a command, and a rough sum will do
_SAID_AGAIN = 40  # characters: longer talk is hardly ever said twice
_REMEMBERED = 10_000  # texts; a full memory starts anew
_LONG_NUMBER = re.compile(r"[0-9][0-9 -]{6,}")  # perhaps a telephone or an identity number
_HOUSE = re.compile(r"[0-9]{1,3}(?:号楼|栋|幢)")  # a number that begins no command
_FILLING = frozenset("我家住在是就的这那里边儿,。 ")  # beside a place says nothing more
_HALF = 0.5  # confidence from which half of a message is a matter of its own
_JOINT = re.compile(
    r"(?:还有就是|还有|另外|顺便(?:再)?(?:说|问)?(?:一下|下)?|再就是|再一个|然后就是|还想问)(?![没人谁什么哪多啥几完])"
)
_ASKED = frozenset({"recent", "grid_facts"})  # commands that everyday words at the end of a text make
_GIVES_WAY = _ASKED | {"receipt", "noted"}  # 收到，我去看看 is more than a receipt
_MENTIONED = re.compile(r"(?:@[^\s@]{1,32}\s+)+")
_TOLD = "announce"  # 通知3号楼停水检修 is no report of it
_EVEN_DANGER = frozenset(
    {"announce", "progress", "report_for", "safe", "undo", "urge"}
)  # said of what is dangerous too
_REPORTING = frozenset({"report", "request"})  # commands whose text is itself a report
_LIGHT = frozenset({"plus", "retraction", "hurry", "after", "quote", "resolved", "solicit", "alarm"})
_TELLING_SIGNS = _LIGHT | {"survey", "asking"}  # signs worth keeping by themselves
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

_PERILS = frozenset(
    [
        *(
            "煤气",
            "燃气",
            "天然气",
            "液化气",
            "瓦斯",
            "着火",
            "起火",
            "失火",
            "冒烟",
            "浓烟",
            "漏电",
            "触电",
            "带电",
        ),
        *(
            "救命",
            "被困",
            "晕倒",
            "昏迷",
            "流血",
            "溺水",
            "落水",
            "走丢",
            "走失",
            "砍人",
            "没人接",
            "打不通",
            "没人应",
        ),
    ]
)
"""Words of danger: whatever stands beside them, all rules are asked."""

_NO_SCENE = Scene()
_RESIDENT, _NONE, _EMERGENCY = Speaker.RESIDENT, Kind.NONE, Urgency.EMERGENCY
"""Looked up once: naming a member of an enumeration costs as much as a word."""
_NO_POWER: Mapping[str, float] = {}
_BEGIN, _END = features.EDGE
_TALK = Verdict(Kind.NONE, 0.0, False, False, frozenset(), ())
_COMMAND = _TALK._replace(kind=Kind.COMMAND, confidence=0.97)


def warm() -> None:
    """Load what would otherwise be loaded by the first message that needs it."""
    segment.warm()


class Reader:
    """Rule packs, weights and command grammar, compiled; reading is pure and never raises."""

    def __init__(self, rules: Rules, grammar: Grammar, model: Model, *, zone: tzinfo) -> None:
        self.rules = rules
        self._grammar = grammar
        self._model = model
        self._zone = zone
        gains = sorted(
            {rule.feature for rule in rules.rules if not _tells(rule) and model.may_add(f"C:{rule.feature}")}
        )
        self._gains = {f"C:{feature}": 2 << place for place, feature in enumerate(gains)}
        self._matcher = Matcher(
            rules.rules,
            rules.masks,
            rules.bounded,
            lambda rule: _TELLS if _tells(rule) else self._gains.get(f"C:{rule.feature}", 0),
        )
        things = [word for word in _deciding(rules) if len(word) > 1]
        commands = [plain(word) for words in grammar.words.values() for word in words if len(word) > 1]
        self._talked: dict[str, Reading] = {}  # short talk of residents that reports nothing
        self._whole: dict[str, Reading] = {}  # the same with all that it says
        homely = [plain(word) for word in grammar.homely]
        kinds = [(_cues(rules, model), _CUE), (things, _THING), (commands, _ASKS), (homely, _HOMELY)]
        self._glimpse = model.glimpse(
            _bits([*kinds, (SUSPECTED, _SOUTHERN), ("0123456789#", _SIGN), (features.GREETINGS, _GREETING)])
        )
        self._gained: dict[tuple[int, str], tuple[float, float]] = {}
        """What signs may add, by the marks of their rules and the length of a text."""

    @cached_property
    def own_words(self) -> OwnWords:
        """What colleagues say in private for a command, loaded when the first of them writes."""
        return OwnWords.load(self._grammar.numbered)

    @cached_property
    def residents_words(self) -> OwnWords:
        """What residents say to the bot for a command, loaded when the first of them does."""
        return OwnWords.load(self._grammar.numbered, RESIDENTS)

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

        `at` is the aware moment of speaking. With `slots` False a text that reports nothing may come
        back without place, time and people (as bare silence, where it says nothing at all): that is
        the fast way for group chatter, and what residents say all day ("好的", "哈哈") is looked at once.
        """
        if scene.addressed or scene.speaker is not _RESIDENT:
            return self._read(fold(text), at, scene, slots)
        if slots:
            return self._talk_again(text, at, scene) or self._read_whole(text, at, scene)
        if (known := self._talked.get(text)) is not None:
            return known
        folded = fold(text)
        reading = self._glanced(folded, at, scene)
        if reading is None:
            return SILENCE  # as soon seen again as remembered
        if reading.kind is _NONE and len(text) <= _SAID_AGAIN:
            bare = reading if reading is SILENCE else replace(reading, place=None, when=None, people=None)
            _remember(self._talked, text, bare)
        return reading

    def _glanced(self, folded: str, at: datetime, scene: Scene) -> Reading | None:
        """What a resident's words in a group mean; None where a glimpse tells that they are talk."""
        if not _CHOICE < len(folded) <= _SHORT:
            return self._read(folded, at, scene, slots=False)
        weight, heard = self._glimpse.of(f"{_BEGIN}{folded}{_END}")
        greeted = False
        if heard & _GREETING and (said := features.said(folded)) is not folded:
            greeted = True
            weight, heard = self._glimpse.of(f"{_BEGIN}{said}{_END}")
        if heard & (_ASKING if len(folded) > _TERSE else _ASKING_TERSELY):
            known = not greeted and not heard & _SOUTHERN
            return self._read(folded, at, scene, slots=False, heard=heard if known else None)
        if weight < self._glimpse.least:
            return None
        return self._looked_at(folded, folded, at, scene, greeted=greeted, bare=True)

    def _read_whole(self, text: str, at: datetime, scene: Scene) -> Reading:
        reading = self._read(fold(text), at, scene, slots=True)
        if reading.kind is _NONE and len(text) <= _SAID_AGAIN:
            _remember(self._whole, text, reading)
        return reading

    def _talk_again(self, text: str, at: datetime, scene: Scene) -> Reading | None:
        """Talk that was read as a whole before: only what it says of place and time is read anew."""
        known = self._whole.get(text)
        if known is None:
            return None
        where = place.find(known.text, scene.gazetteer, nickname=scene.nickname)
        return replace(known, place=where, when=when.find(known.text, at=at, zone=self._zone))

    def _read(
        self, folded: str, at: datetime, scene: Scene, slots: bool, heard: int | None = None
    ) -> Reading:
        """What a text means; `heard`: the kinds of its words, where they are known and none is southern."""
        addressed, worded = scene.addressed, folded
        if heard is None:
            worded = plain(folded if len(folded) <= _LONG else folded[:_LONG])
            _, heard = self._glimpse.of(worded)
        command = own = None
        if scene.private and scene.speaker is Speaker.STAFF:
            own = self._own(folded, worded, at, scene)
        elif addressed and scene.speaker is _RESIDENT:
            own = self._residents(folded, scene)
        if addressed or scene.speaker is not _RESIDENT or self._may_command(folded, heard):
            command = self._grammar.read(folded, speaker=scene.speaker, addressed=addressed)
            if command is not None and command.name in _REPORTING and command.rest:
                return self._reported(command, folded, at, scene)
            if command is not None and command.sure and not (own is not None and command.name in _ASKED):
                return self._reading(_COMMAND, folded, command, at, scene)
        greeted = heard & _GREETING > 0
        # 暖气不热: so few words weigh little, and yet say everything
        cued = (
            addressed
            or len(worded) <= _CHOICE
            or heard & (_CUE | _THING if len(worded) <= _TERSE else _CUE) > 0
        )
        if not slots and command is None and own is None:
            reading = self._looked_at(folded, worded, at, scene, cued=cued, greeted=greeted, bare=True)
            if reading is not SILENCE or not heard & _SIGN or not _LONG_NUMBER.search(folded):
                return reading
        return self._looked_at(
            folded, worded, at, scene, command=command, own=own, cued=cued, greeted=greeted, bare=False
        )

    def _looked_at(
        self,
        folded: str,
        worded: str,
        at: datetime,
        scene: Scene,
        *,
        command: Command | None = None,
        own: tuple[Command, float] | None = None,
        cued: bool = False,
        greeted: bool,
        bare: bool,
    ) -> Reading:
        """What the weights and rules make of a text; `cued`: its words ask for it, whatever they weigh.

        `greeted`: it may begin with a greeting.
        """
        addressed = scene.addressed
        look = self._model.look(features.said(worded) if greeted else worded)
        if not (cued or bare) and len(worded) <= _SHORT and look.rough < _GATE:
            return self._talk(look.rough, folded, command, at, scene)
        if not cued and look.sum < _SECOND_GATE:
            return SILENCE if bare else self._talk(look.sum, folded, command, at, scene)
        seen = self._matcher.sight(f"{worded}$")  # rules write $ for the end of the message
        if bare and not addressed and self._must_be_idle(look, seen.marks, len(worded)):
            return SILENCE
        matches = self._matcher.find(seen)
        if bare and not addressed and self._is_idle(look, matches, len(worded)):
            return SILENCE
        bench = Bench(self._model, look, matches, seen, addressed=addressed)
        verdict = self._judged(bench, worded)
        if verdict.category is not None and not (bench.named or bench.danger) and _only_where(folded):
            verdict = _TALK._replace(confidence=0.9)
        if bare and not verdict.is_worth_keeping:
            return SILENCE
        if own is not None and _may_mean(own[0], command) and _holds(own, verdict):
            command = own[0]
        return self._reading(verdict, folded, command, at, scene)

    def _own(self, folded: str, worded: str, at: datetime, scene: Scene) -> tuple[Command, float] | None:
        """What a colleague says in private in words of his own, and up to what report it holds."""
        text = worded if len(worded) == len(folded) else folded
        where = place.find(folded, scene.gazetteer)
        return self.own_words.read(text, where, when.find(folded, at=at, zone=self._zone))

    def _residents(self, folded: str, scene: Scene) -> tuple[Command, float] | None:
        """What a resident says to the bot in words of his own: obeyed like the command itself."""
        text = _MENTIONED.sub("", folded)
        found = self.residents_words.read(text, place.find(text, scene.gazetteer), None)
        if found is None:
            return None
        command, most = found
        return replace(command, rest="", own=False), most

    def own_rules(self, text: str, at: datetime) -> list[Rule]:
        """The rules of rules/said/colleagues that hold in what a colleague says; for checks."""
        folded = fold(text)
        worded = plain(folded[:_LONG])
        where, moment = place.find(folded, None), when.find(folded, at=at, zone=self._zone)
        return self.own_words.holding(worded if len(worded) == len(folded) else folded, where, moment)

    def said_rules(self, rule: Rule, text: str, at: datetime) -> bool:
        """Whether a rule of rules/said holds in a text; for checks."""
        if rule.file != RESIDENTS:
            return rule in self.own_rules(text, at)
        folded = fold(text)
        return rule in self.residents_words.holding(folded, place.find(folded, None), None)

    def _talk(self, weight: int, folded: str, command: Command | None, at: datetime, scene: Scene) -> Reading:
        """What is read as talk without a closer look, with its slots."""
        sure = round(1 - self._model.probability(weight / STEPS), 3)
        return self._reading(_TALK._replace(confidence=sure), folded, command, at, scene)

    def matches(self, text: str) -> list[Match]:
        """Every rule that holds in `text`, context included; for checks, explanations and learning."""
        return self._matcher.matches(f"{plain(fold(text)[:_LONG])}$")

    def _benched(self, worded: str, *, addressed: bool) -> Bench:
        seen = self._matcher.sight(f"{worded}$")
        return Bench(
            self._model,
            self._model.look(features.said(worded)),
            self._matcher.find(seen),
            seen,
            addressed=addressed,
        )

    def _may_command(self, folded: str, heard: int) -> bool:
        """Whether a resident's words in the group hold anything a command is made of."""
        if heard & _ASKS and len(folded) <= _SHORT and (heard & _HOMELY or self._grammar.may_begin(folded)):
            return True
        return len(folded) <= _CHOICE or "#" in folded or (folded[0].isdigit() and not _HOUSE.match(folded))

    def _reported(self, command: Command, folded: str, at: datetime, scene: Scene) -> Reading:
        worded = plain(command.rest[:_LONG])
        verdict = self._judged(self._benched(worded, addressed=True), worded)._replace(
            kind=Kind.COMMAND, confidence=0.97
        )
        return self._reading(verdict, folded, command, at, scene)

    def _judged(self, bench: Bench, worded: str) -> Verdict:
        """The verdict; where a word such as 另外 joins two halves that are reports of two kinds, both."""
        verdict = judge(bench)
        if verdict.category is None or verdict.also or verdict.urgency is _EMERGENCY:
            return verdict
        joint = _JOINT.search(worded)
        if joint is None:
            return verdict
        halves = [
            judge(self._benched(half, addressed=bench.addressed))
            for half in (worded[: joint.start()], worded[joint.end() :])
        ]
        one, two = halves
        if not all(_stands_alone(half) for half in halves) or one.category == two.category:
            return verdict
        sure = max(verdict.confidence, min(one.confidence, two.confidence))
        first = one.category == verdict.category
        both = verdict._replace(also=(second(two if first else one),), confidence=sure)
        return both if first else turned(both)

    def _must_be_idle(self, look: Look, marks: int, length: int) -> bool:
        """Whether no rule that says something can hold, and all that may hold cannot make a report of it.

        `marks` are those of the rules that may hold, `length` is that of the text in characters.
        """
        if marks & _TELLS:
            return False
        size = features.size(length)
        gained = self._gained.get((marks, size))
        if gained is None:
            signs = [f"L:{size}", *[sign for sign, mark in self._gains.items() if marks & mark]]
            gained = self._gained[marks, size] = self._model.gains(signs)
        report, alarm = self._model.most(look, gained)
        return report < _IDLE or is_silent(report, alarm)

    def _is_idle(self, look: Look, matches: Sequence[Match], length: int) -> bool:
        """Whether no rule holds but signs that say nothing alone, and the words weigh too little."""
        for match in matches:
            if match.rule.label is not None or match.rule.feature in _TELLING_SIGNS:
                return False
        signs = features.signs(matches, length, _NO_POWER)
        report = self._model.probability(self._model.report(look, signs))
        return report < _IDLE or is_silent(report, self._model.judge(look, signs, _NO_POWER)[0])

    def _reading(
        self, verdict: Verdict, text: str, command: Command | None, at: datetime, scene: Scene
    ) -> Reading:
        """The verdict with what the text says of place, time, people and telephone."""
        masked, identity = quantity.contacts(text)
        return Reading(
            kind=verdict.kind,
            category=verdict.category,
            sub=verdict.sub,
            urgency=verdict.urgency,
            confidence=verdict.confidence,
            place=place.find(text, scene.gazetteer, nickname=scene.nickname),
            when=when.find(text, at=at, zone=self._zone),
            contact=masked,
            plus_one=verdict.plus_one,
            resolved=verdict.resolved,
            matters=1 + len(verdict.also),
            also=verdict.also,
            because=verdict.because,
            command=command,
            flags=verdict.flags | {"identity"} if identity else verdict.flags,
            people=people.count(text),
            about=verdict.about,
            text=text,
            evidence=verdict.evidence,
        )


def _only_where(text: str) -> bool:
    """Whether a text says where and nothing else: 3号楼2单元504."""
    found = place.find(text) if len(text) <= _SHORT else None
    return found is not None and bool(found.text) and _FILLING.issuperset(text.replace(found.text, "", 1))


def _may_mean(own: Command, command: Command | None) -> bool:
    """Whether words of one's own may stand for a command though the grammar has heard one."""
    unsure = command is not None and command.name == own.name == _TOLD and not command.sure
    return command is None or command.name in _GIVES_WAY or unsure


def _holds(own: tuple[Command, float], verdict: Verdict) -> bool:
    """Whether a command in words of one's own is meant, and not the report that the words may be."""
    command, most = own
    if verdict.category is None or verdict.kind is Kind.NONE:
        return True
    danger = verdict.urgency is Urgency.EMERGENCY and verdict.confidence >= _HALF
    return verdict.confidence < most and not (danger and command.name not in _EVEN_DANGER)


def _remember(talk: dict[str, Reading], text: str, reading: Reading) -> None:
    """Keep what short talk that reports nothing was read as."""
    if len(talk) >= _REMEMBERED:
        talk.clear()
    talk[text] = reading


def _stands_alone(half: Verdict) -> bool:
    """Whether half of a message is plainly a matter by itself, and none that cannot wait."""
    return half.category is not None and half.confidence >= _HALF and half.urgency is not Urgency.EMERGENCY


def _tells(rule: Rule) -> bool:
    """Whether a rule says something by itself."""
    return rule.label is not None or rule.feature in _TELLING_SIGNS


def _deciding(rules: Rules) -> frozenset[str]:
    """The words that rules which decide are looked up by."""
    patterns = [pattern for rule in rules.rules if rule.head != "context" for pattern in rule.say]
    return frozenset(word for pattern in patterns for word in anchor(pattern).words)


def _bits(kinds: Iterable[tuple[Iterable[str], int]]) -> dict[str, int]:
    """Each word with the bits of its kinds."""
    bits: dict[str, int] = {}
    for words, bit in kinds:
        for word in words:
            bits[word] = bits.get(word, 0) | bit
    return bits


def _cues(rules: Rules, model: Model) -> frozenset[str]:
    """Words that alone make a text worth a closer look, whatever its other words weigh.

    Those that stand for a matter by themselves (停水), are long or weigh much, the office's own, and
    signs such as +1 or 发错群.
    """
    cues: set[str] = set()
    for rule in rules.rules:
        light = rule.head == "context" and rule.feature in _LIGHT
        own = rule.head != "context" and rule.is_own
        for pattern in rule.say:
            alone = rule.head != "context" and len(pattern.steps) == 1
            words = [word for word in anchor(pattern).words if len(word) > 1]
            if rule.head != "context" and not own and not alone:
                words = [word for word in words if len(word) > 2 or model.weight(word) >= _TELLING]
            if light or rule.head != "context":
                cues.update(words)
    return frozenset((cues - _EVERYDAY) | _PERILS)
