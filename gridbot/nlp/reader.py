"""Reading a text: fold, scan, and only where a cue was seen rules, context, slots and a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path

from gridbot.nlp import segment, weigh
from gridbot.nlp.commands import Grammar
from gridbot.nlp.dialect import plain
from gridbot.nlp.match import Match, Matcher
from gridbot.nlp.normalize import fold
from gridbot.nlp.reading import SILENCE, Because, Command, Kind, Reading, Speaker, Urgency
from gridbot.nlp.rules import Rules, load_rules
from gridbot.nlp.scan import Scanner, Seen
from gridbot.nlp.scene import Scene
from gridbot.nlp.slots import people, place, quantity, when
from gridbot.nlp.weigh import ACT, ASK, Verdict

_LONGEST = 20_000  # characters that are looked at; a chat message has fewer
_REPORTING = frozenset({"report", "request"})  # commands whose text is itself a report
_NO_SCENE = Scene()
_FLAGS = {
    "thanks": "thanks",
    "retraction": "retraction",
    "survey": "weak",
    "hurry": "hurry",
    "notice": "notice",
    "advert": "advert",
    "classified": "advert",
    "anonymous": "anonymous",
    "info": "question",
}


def warm() -> None:
    """Load what would otherwise be loaded by the first message that needs it."""
    segment.warm()


class Reader:
    """Rule packs and command grammar, compiled; reading is pure and never raises."""

    def __init__(self, rules: Rules, grammar: Grammar, *, zone: tzinfo) -> None:
        self.rules = rules
        self._grammar = grammar
        self._zone = zone
        self._matcher = Matcher(rules.rules)
        self._deciding = Matcher([rule for rule in rules.rules if rule.head != "context"])
        self._first = Scanner(self._deciding.anchors | _light(rules))
        self._scanner = Scanner(self._matcher.words, rules.masks, rules.bounded)

    @classmethod
    def load(cls, packs: Sequence[Path] = (), *, zone: tzinfo) -> Reader:
        """The built-in packs with an office's own on top; BadInput names file, line and key."""
        return cls(load_rules(packs), Grammar.load(), zone=zone)

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
            return self._with_slots(
                Reading(kind=Kind.COMMAND, confidence=0.97, command=command, text=folded), at, scene
            )
        worded = plain(folded)
        if not scene.addressed and not self._first.any(worded):
            return self._silent(folded, command, at, scene, slots)
        reading = self._weighed(worded, folded, scene)
        if command is not None:
            reading = replace(reading, command=command)
        if not slots and reading.kind is Kind.NONE and not _worth_keeping(reading):
            return SILENCE
        return self._with_slots(reading, at, scene)

    def matches(self, text: str) -> list[Match]:
        """Every rule that holds in `text`, context included; for checks and explanations."""
        return self._matcher.find(self._scanner.scan(plain(fold(text[:_LONGEST]))))

    def _command(self, folded: str, scene: Scene) -> Command | None:
        if (
            scene.speaker is Speaker.RESIDENT
            and not scene.addressed
            and len(folded) > 60
            and "#" not in folded
        ):
            return None
        return self._grammar.read(folded, speaker=scene.speaker, addressed=scene.addressed)

    def _silent(
        self, folded: str, command: Command | None, at: datetime, scene: Scene, slots: bool
    ) -> Reading:
        if not slots and command is None:
            return SILENCE
        return self._with_slots(Reading(confidence=0.99, command=command, text=folded), at, scene)

    def _reported(self, command: Command, folded: str, at: datetime, scene: Scene) -> Reading:
        rest = command.rest
        inner = self._weighed(plain(rest), folded, replace(scene, addressed=True))
        return self._with_slots(
            replace(inner, kind=Kind.COMMAND, command=command, confidence=0.97, text=folded), at, scene
        )

    def _weighed(self, worded: str, folded: str, scene: Scene) -> Reading:
        seen = self._scanner.scan(worded)
        found = self._matcher.find(seen)
        context = {m.rule.feature: m for m in found if m.rule.head == "context"}
        verdicts = self._verdicts(found, context, seen, scene)
        flags = frozenset(_FLAGS[name] for name in context if name in _FLAGS)
        base = Reading(
            text=folded,
            plus_one="plus" in context,
            resolved="resolved" in context,
            flags=flags,
            evidence=tuple(f"{name}:{'/'.join(match.words)}" for name, match in context.items()),
        )
        if not verdicts or verdicts[0].probability < ASK:
            sure = 1 - (verdicts[0].probability if verdicts else 0.03)
            return replace(base, confidence=round(sure, 3), because=_because(verdicts[:1]))
        first, *others = [_as_reading(base, verdict) for verdict in verdicts]
        return replace(first, matters=1 + len(others[:1]), also=tuple(others[:1]))

    def _verdicts(
        self, found: Sequence[Match], context: dict[str, Match], seen: Seen, scene: Scene
    ) -> list[Verdict]:
        ballot = weigh.votes(found)
        if not ballot:
            return []
        shade = 0.0
        for name in context:
            if scene.addressed and name in weigh.SUPPRESSORS and name not in weigh.KEPT_WHEN_ADDRESSED:
                continue
            shade += weigh.WEIGHTS.get(name, 0.0)
        if scene.addressed:
            shade += 1.2
        ranked = sorted(
            ((weigh.strength(matches), key, matches) for key, matches in ballot.items()),
            key=lambda item: (-item[0], item[1][0], item[1][1] or ""),
        )
        power, (kind, category), matches = ranked[0]
        top = max(matches, key=lambda m: (m.rule.score, len("".join(m.words))))
        sub = top.rule.decides[2] if top.rule.decides else None
        verdicts = [Verdict(kind, category, sub, weigh.sigmoid(power - 1.2 + shade), tuple(matches))]
        return verdicts

    def _with_slots(self, reading: Reading, at: datetime, scene: Scene) -> Reading:
        text = reading.text
        masked, identity = quantity.contacts(text)
        flags = reading.flags | {"identity"} if identity else reading.flags
        return replace(
            reading,
            place=place.find(text, scene.gazetteer, nickname=scene.nickname),
            when=when.find(text, at=at, zone=self._zone),
            contact=masked,
            people=people.count(text),
            flags=flags,
        )


def _light(rules: Rules) -> frozenset[str]:
    """Words of context that alone make a text worth a closer look."""
    wanted = {"plus", "retraction", "resolved", "hurry", "quote"}
    return frozenset(
        word
        for rule in rules.rules
        if rule.head == "context" and rule.feature in wanted
        for pattern in rule.say
        for word in pattern.steps[-1].words
    )


def _worth_keeping(reading: Reading) -> bool:
    return bool(
        reading.plus_one or reading.resolved or reading.flags & {"retraction", "weak", "hurry", "alarm"}
    )


def _because(verdicts: Sequence[Verdict]) -> tuple[Because, ...]:
    return tuple(Because(match.rule.id, match.words) for verdict in verdicts for match in verdict.matches)


def _as_reading(base: Reading, verdict: Verdict) -> Reading:
    urgencies = [match.rule.urgency for match in verdict.matches if match.rule.urgency is not None]
    order = [Urgency.EMERGENCY, Urgency.HIGH, Urgency.NORMAL, Urgency.LOW]
    urgency = min(urgencies, key=order.index, default=Urgency.NORMAL)
    return replace(
        base,
        kind=Kind(verdict.kind),
        category=verdict.category,
        sub=verdict.sub,
        urgency=urgency,
        confidence=round(min(verdict.probability, 0.99), 3),
        because=_because([verdict]),
    )


__all__ = ["ACT", "ASK", "Reader", "warm"]
