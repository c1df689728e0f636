"""Rules that would have read kept examples right, with all that they would change; a person decides."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gridbot.nlp.labelled import AT, Case, right
from gridbot.nlp.normalize import fold
from gridbot.nlp.reader import Reader
from gridbot.nlp.reading import Kind, Reading
from gridbot.nlp.rules import Rule

SCORE = 0.86  # of a proposed rule
MOST_WORDS = 6  # alternatives in one proposed rule
LONGEST = 4  # characters of a proposed word
_SIGNS = re.compile(r"[^\u4e00-\u9fff]+")
_IDLE = frozenset("的了吗呢吧啊呀哦么是在有不没我你他她这那就都也又还很太一个们到去来说要会能给把被让和跟")


@dataclass(frozen=True, slots=True)
class Change:
    """One example that would be read otherwise."""

    text: str
    was: str
    now: str
    better: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule as TOML, the examples it is proposed for, and what it would change on all examples."""

    toml: str
    why: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def better(self) -> int:
        return sum(change.better for change in self.changes)

    @property
    def worse(self) -> int:
        return len(self.changes) - self.better


def proposals(
    reader: Reader, examples: Sequence[Case], with_pack: Callable[[str], Reader]
) -> Iterator[Proposal]:
    """One for each category that was missed and each rule that spoke up wrongly, the most useful first.

    `examples` are the kept ones; the packs' own examples are read as well, as a guard. `with_pack`
    makes a reader with a further pack, given as TOML.
    """
    everything = [*examples, *_own(reader)]
    before = {case: reader.read(case.text, at=AT) for case in everything}
    wrong = [case for case in examples if not right(case, before[case])]
    found = []
    for number, (toml, why) in enumerate(_drafts(reader, wrong, everything, before), 1):
        text = toml.replace("NUMBER", str(number))
        changes = tuple(_changes(with_pack(text), before))
        proposal = Proposal(text, tuple(case.text for case in why), changes)
        if proposal.better > proposal.worse:
            found.append(proposal)
    yield from sorted(found, key=lambda one: one.worse - one.better)


def _own(reader: Reader) -> Iterator[Case]:
    for rule in reader.rules.rules:
        if rule.decides is not None:
            kind, category, _ = rule.decides
            yield from (Case(text, kind, category) for text in rule.examples)


def _drafts(
    reader: Reader, wrong: Sequence[Case], everything: Sequence[Case], before: Mapping[Case, Reading]
) -> Iterator[tuple[str, Sequence[Case]]]:
    missed: dict[tuple[str, str], list[Case]] = defaultdict(list)
    alarms: dict[str, list[Case]] = defaultdict(list)
    for case in wrong:
        if case.reports and case.category:
            missed[case.kind, case.category].append(case)
        elif not case.reports:
            alarms[_spoke(before[case])].append(case)
    for (kind, category), cases in missed.items():
        others = [case for case in everything if (case.kind, case.category) != (kind, category)]
        if words := _telling(cases, others):
            yield _written(f"{kind}.{category}.ours_NUMBER", words, cases, like=f"{kind}.{category}"), cases
    rules = {rule.id: rule for rule in reader.rules.rules}
    for name, cases in alarms.items():
        words = _telling(cases, [case for case in everything if case.reports])
        if words and name in rules:
            yield _excepting(rules[name], words, cases), cases
        elif words:
            yield _written("context.idiom.ours_NUMBER", words, cases), cases


def _spoke(reading: Reading) -> str:
    return next((because.rule for because in reading.because), "")


def _telling(cases: Sequence[Case], others: Iterable[Case]) -> list[str]:
    """Words that the cases hold and the others do not: the fewest and longest that cover all cases."""
    elsewhere = {word for case in others for word in _words(case.text)}
    held = {case: _words(case.text) - elsewhere for case in cases}
    left, chosen = set(cases), list[str]()
    while left and len(chosen) < MOST_WORDS:
        counts = Counter(word for case in left for word in held[case])
        if not counts:
            break
        best = max(counts, key=lambda word: (counts[word], len(word), word))
        chosen.append(best)
        left = {case for case in left if best not in held[case]}
    return chosen


def _words(text: str) -> set[str]:
    found = set()
    for clause in _SIGNS.split(fold(text)):
        for size in range(2, LONGEST + 1):
            for start in range(len(clause) - size + 1):
                word = clause[start : start + size]
                if word[0] not in _IDLE and word[-1] not in _IDLE:
                    found.add(word)
    return found


def _written(name: str, words: Sequence[str], cases: Sequence[Case], *, like: str = "") -> str:
    lines = ["[[rule]]", f'id = "{name}"']
    if like:
        lines.append(f'as = "{like}"')
    lines += [f'say = ["{"|".join(words)}"]', f"score = {SCORE}", f"examples = {_list(cases)}"]
    return "\n".join(lines) + "\n"


def _excepting(rule: Rule, words: Sequence[str], cases: Sequence[Case]) -> str:
    """The rule once more, with the words added to its `unless`."""
    unless = [pattern.text for pattern in rule.unless] + ["|".join(words)]
    lines = ["[[rule]]", f'id = "{rule.id}"']
    if rule.decides is not None:
        lines.append(f'as = "{".".join(part for part in rule.decides if part)}"')
    lines += [
        f"say = {_texts([pattern.text for pattern in rule.say])}",
        f"unless = {_texts(unless)}",
        f"score = {rule.score:g}",
    ]
    if rule.urgency is not None:
        lines.append(f'urgency = "{rule.urgency}"')
    lines.append(f"examples = {_texts(rule.examples)}")
    lines.append(f"counterexamples = {_texts([*rule.counterexamples, *(case.text for case in cases)])}")
    return "\n".join(lines) + "\n"


def _list(cases: Sequence[Case]) -> str:
    return _texts([case.text for case in cases])


def _texts(texts: Iterable[str]) -> str:
    return json.dumps(list(texts), ensure_ascii=False)  # a JSON list of strings is a TOML one


def _changes(reader: Reader, before: Mapping[Case, Reading]) -> Iterator[Change]:
    for case, old in before.items():
        new = reader.read(case.text, at=AT)
        if right(case, old) != right(case, new):
            yield Change(case.text, _named(old), _named(new), right(case, new))


def _named(reading: Reading) -> str:
    return reading.category or "none" if reading.kind is not Kind.NONE else "none"
