"""Reading a text: fold, look, and only where a cue was seen rules, context, slots and a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path

from gridbot.nlp import judge, segment
from gridbot.nlp.commands import Grammar
from gridbot.nlp.dialect import plain
from gridbot.nlp.judge import Bench
from gridbot.nlp.match import Match, Matcher
from gridbot.nlp.model import Look, Model
from gridbot.nlp.normalize import fold
from gridbot.nlp.reading import SILENCE, Command, Kind, Reading, Speaker
from gridbot.nlp.rules import Rules, load_rules
from gridbot.nlp.scan import Scanner, Seen
from gridbot.nlp.scene import Scene
from gridbot.nlp.slots import people, place, quantity, when

_LONGEST = 20_000  # characters of a message that are looked at
_LONG = 2_000  # of these, the characters that are read as a report; the rest of a long text adds nothing
_GATE = -3.0  # sum of pieces below which a text without a cue of any rule is talk
_REPORTING = frozenset({"report", "request"})  # commands whose text is itself a report
_NO_SCENE = Scene()


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
        self._matcher = Matcher(rules.rules)
        deciding = Matcher([rule for rule in rules.rules if rule.head != "context"])
        self._first = Scanner(deciding.anchors | _light(rules))
        self._scanner = Scanner(self._matcher.words, rules.masks, rules.bounded)

    @classmethod
    def load(cls, packs: Sequence[Path] = (), *, zone: tzinfo) -> Reader:
        """The built-in packs with an office's own on top; BadInput names file, line and key."""
        return cls(load_rules(packs), Grammar.load(), Model.load(), zone=zone)

    def read(self, text: str, *, at: datetime, scene: Scene = _NO_SCENE, slots: bool = True) -> Reading:
        """What `text` means. Total: any text gets an answer.

        `at` is the aware moment of speaking. With `slots` False a text that reports nothing comes
        back as bare silence: no place, no time, no text; that is the fast way for group chatter.
        """
        folded = fold(text[:_LONGEST])[:_LONGEST]
        command = self._command(folded, scene)
        if command is not None and command.name in _REPORTING and command.rest:
            return self._reported(command, folded, at, scene)
        if command is not None and command.sure:
            said = Reading(kind=Kind.COMMAND, confidence=0.97, command=command, text=folded)
            return self._with_slots(said, at, scene)
        worded = plain(folded[:_LONG])
        look = self._model.look(worded)
        if look.sum < _GATE and not scene.addressed and not self._first.any(worded):
            if not slots and command is None:
                return SILENCE
            sure = round(1 - self._model.probability(look.sum), 3)
            return self._with_slots(Reading(confidence=sure, command=command, text=folded), at, scene)
        reading = replace(self._weighed(worded, look, scene), text=folded, command=command)
        if not slots and command is None and not judge.is_worth_keeping(reading):
            return SILENCE
        return self._with_slots(reading, at, scene)

    def matches(self, text: str) -> list[Match]:
        """Every rule that holds in `text`, context included; for checks, explanations and learning."""
        return self._matcher.find(self._scan(plain(fold(text[:_LONGEST])[:_LONG])))

    def _scan(self, worded: str) -> Seen:
        return self._scanner.scan(f"{worded}$")  # rules write $ for the end of the message

    def _command(self, folded: str, scene: Scene) -> Command | None:
        if (
            scene.speaker is Speaker.RESIDENT
            and not scene.addressed
            and len(folded) > 60
            and "#" not in folded
        ):
            return None
        return self._grammar.read(folded, speaker=scene.speaker, addressed=scene.addressed)

    def _reported(self, command: Command, folded: str, at: datetime, scene: Scene) -> Reading:
        worded = plain(command.rest[:_LONG])
        inner = self._weighed(worded, self._model.look(worded), replace(scene, addressed=True))
        said = replace(inner, kind=Kind.COMMAND, command=command, confidence=0.97, text=folded)
        return self._with_slots(said, at, scene)

    def _weighed(self, worded: str, look: Look, scene: Scene) -> Reading:
        seen = self._scan(worded)
        return judge.judge(Bench(self._model, look, self._matcher.find(seen), seen, scene.addressed))

    def _with_slots(self, reading: Reading, at: datetime, scene: Scene) -> Reading:
        text = reading.text
        masked, identity = quantity.contacts(text)
        return replace(
            reading,
            place=place.find(text, scene.gazetteer, nickname=scene.nickname),
            when=when.find(text, at=at, zone=self._zone),
            contact=masked,
            people=people.count(text),
            flags=reading.flags | {"identity"} if identity else reading.flags,
        )


def _light(rules: Rules) -> frozenset[str]:
    """Words of context that alone make a text worth a closer look."""
    wanted = {"plus", "retraction", "resolved", "hurry", "quote"}
    light = [rule for rule in rules.rules if rule.head == "context" and rule.feature in wanted]
    return frozenset(word for rule in light for pattern in rule.say for word in pattern.steps[-1].words)
