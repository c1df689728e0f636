"""The health of rule packs: dead and shadowed rules, examples that are not read as they should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from gridbot.nlp.reader import Reader
from gridbot.nlp.reading import Kind, Urgency
from gridbot.nlp.rules import PACKS, Rule

_AT = datetime(2026, 3, 2, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a rule that an office should look at."""

    rule: Rule
    what: str  # Chinese, for the office
    text: str = ""

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
            yield Finding(rule, "对自己的例句一条也不起作用，请检查 say 和 unless")
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
            continue
        for text in rule.examples:
            if not decides(reader, rule, text):
                yield Finding(rule, "例句没有读成这一类", text)
        for text in rule.counterexamples:
            if decides(reader, rule, text):
                yield Finding(rule, "反例被读成了这一类", text)


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
