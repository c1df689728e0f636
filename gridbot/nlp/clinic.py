"""The health of rule packs: dead and shadowed rules, examples that are not read as they should be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from gridbot.nlp import asks, rounds
from gridbot.nlp.own_words import RESIDENTS
from gridbot.nlp.reader import Reader
from gridbot.nlp.reading import Kind, Speaker, Urgency
from gridbot.nlp.rules import PACKS, Rule
from gridbot.nlp.scene import Scene
from gridbot.nlp.wordlists import Words

IDLE = "对自己的例句一条也不起作用，请检查 say 和 unless"
_AT = datetime(2026, 3, 2, 2, tzinfo=UTC)


_STAFF = Scene(Speaker.STAFF, addressed=True, private=True)
_RESIDENT = Scene(addressed=True, private=True)


class Tested(Protocol):
    """What has a name, a place in a file and texts it must and must not be read from."""

    @property
    def id(self) -> str: ...
    @property
    def file(self) -> Path: ...
    @property
    def line(self) -> int: ...
    @property
    def examples(self) -> tuple[str, ...]: ...
    @property
    def counterexamples(self) -> tuple[str, ...]: ...


def everything(reader: Reader) -> tuple[Tested, ...]:
    """All that is checked: the rules of the packs, commands in own words, lists of words."""
    return (*reader.rules.rules, *_said(reader), *_lists())


def _said(reader: Reader) -> tuple[Rule, ...]:
    """Commands in words of one's own, of colleagues and of residents."""
    return (*reader.own_words.rules, *reader.residents_words.rules)


def _lists() -> tuple[Words, ...]:
    """What residents ask and workers tell, by single words."""
    return (*asks.pack(), *rounds.pack())


def _speaker(rule: Rule) -> Scene:
    return _RESIDENT if rule.file == RESIDENTS else _STAFF


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a rule that an office should look at."""

    rule: Tested
    what: str  # Chinese, for the office
    text: str = ""

    @property
    def is_idle(self) -> bool:
        """Whether the rule never does anything."""
        return self.what == IDLE

    def __str__(self) -> str:
        where = f"{self.rule.file.name}:{self.rule.line}: {self.rule.id}: {self.what}"
        return f"{where}：{self.text}" if self.text else where


def check(reader: Reader) -> Iterator[Finding]:
    """Rules that never hold on their own examples, have none, or were replaced."""
    for old, new in reader.rules.replaced:
        yield Finding(old, f"被 {new.file.name}:{new.line} 的同名规则取代")
    for rule in reader.rules.rules:
        if not rule.examples:
            yield Finding(rule, "没有例句，请在 examples 里写一条")
        elif not any(holds(reader, rule, text) for text in rule.examples):
            yield Finding(rule, IDLE)
    for said in _said(reader):
        if not said.examples:
            yield Finding(said, "没有例句，请在 examples 里写一条")
        elif not any(reader.said_rules(said, text, _AT) for text in said.examples):
            yield Finding(said, IDLE)
    for asked in _lists():
        if not asked.examples:
            yield Finding(asked, "没有例句，请在 [examples] 里写一条")
    yield from _shadowed(reader)


def _shadowed(reader: Reader) -> Iterator[Finding]:
    """Rules of an office that say nothing that another rule for the same thing does not say as loudly."""
    for rule in reader.rules.rules:
        if rule.decides is None or rule.file.parent == PACKS or not rule.examples:
            continue
        others = [_louder(reader, rule, text) for text in rule.examples]
        common = set.intersection(*others) if others else set()
        if common:
            yield Finding(rule, f"例句都已由 {min(common)} 读出，这条规则是多余的")


def _louder(reader: Reader, rule: Rule, text: str) -> set[str]:
    """Other rules that hold in the text, decide the same and are worth as much."""
    held = (match.rule for match in reader.matches(text))
    return {
        other.id
        for other in held
        if other.id != rule.id and other.decides == rule.decides and other.score >= rule.score
    }


def test(reader: Reader) -> Iterator[Finding]:
    """Examples that are read otherwise than the rule says, counterexamples that are read as it says."""
    for rule in reader.rules.rules:
        if rule.decides is None:
            yield from _tried(rule, partial(holds, reader, rule), partial(holds, reader, rule), "成立")
        else:
            read = partial(decides, reader, rule)
            yield from _tried(rule, read, read, "读成这一类")
    for said in _said(reader):
        may, does = partial(_may_mean, reader, said), partial(_means, reader, said)
        yield from _tried(said, may, does, "读成这条指令")
    for asked in _lists():
        yield from _tried(asked, asked.hold, asked.hold, "读成这种问话")


def _tried(
    rule: Tested, good: Callable[[str], bool], bad: Callable[[str], bool], what: str
) -> Iterator[Finding]:
    """Each example has to be `good`, no counterexample `bad`."""
    for text in rule.examples:
        if not good(text):
            yield Finding(rule, f"例句没有{what}", text)
    for text in rule.counterexamples:
        if bad(text):
            yield Finding(rule, f"反例却{what}", text)


def _means(reader: Reader, rule: Rule, text: str) -> bool:
    """Whether a colleague's words, or a resident's, are read as the rule's command."""
    command = reader.read(text, at=_AT, scene=_speaker(rule)).command
    own = command is not None and (command.own or rule.file == RESIDENTS)
    return command is not None and own and command.name == rule.feature


def _may_mean(reader: Reader, rule: Rule, text: str) -> bool:
    """The same, or as a command of the grammar that says so as well: 行 发吧 is a yes."""
    command = reader.read(text, at=_AT, scene=_speaker(rule)).command
    return command is not None and (command.name == rule.feature or reader.said_rules(rule, text, _AT))


def holds(reader: Reader, rule: Rule, text: str) -> bool:
    """Whether the rule itself holds in a text, whatever is decided in the end."""
    return any(match.rule.id == rule.id for match in reader.matches(text))


def decides(reader: Reader, rule: Rule, text: str) -> bool:
    """Whether a text is read as the kind and category the rule stands for, urgent where it is."""
    reading = reader.read(text, at=_AT)
    if rule.decides is None or reading.kind is Kind.NONE:
        return False
    if rule.head == "emergency" and reading.urgency is not Urgency.EMERGENCY:
        return False
    kind, category, _ = rule.decides
    return any((one.kind, one.category) == (kind, category) for one in (reading, *reading.also))
