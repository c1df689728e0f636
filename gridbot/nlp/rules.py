"""Rule packs: what they say, read from TOML, every fault named with file, line and key.

A rule's id tells what it decides: ``issue.CATEGORY.SUB[.variant]``, ``service.CATEGORY.SUB[.variant]``,
``emergency.GROUP.NAME`` (with `as`, the issue or service it is; the others may have it too) or
``context.FEATURE.NAME`` (a sign that strengthens or weakens a report). A later pack's rule with the same id
replaces the earlier one. ``said.COMMAND.NAME`` (rules/said) is a command in words of one's own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from pathlib import Path

from gridbot.errors import BadInput, unreadable
from gridbot.nlp.pattern import Pattern, PatternFault, compile_pattern
from gridbot.nlp.reading import Urgency

PACKS = Path(__file__).parent.parent / "rules"
NOT_PACKS = frozenset({"commands.toml", "slips.toml"})
SAID = PACKS / "said"
"""What people say to the bot in words of their own: no packs, but commands and questions."""

_RULE_KEYS = {"id", "say", "unless", "score", "urgency", "as", "examples", "counterexamples", "off"}
_PACK_KEYS = {"rule", "lists", "masks", "bounded"}
_HEADS = ("issue", "service", "emergency", "context", "said")
_TEXTS = ("say", "unless", "examples", "counterexamples")
CALM = (Urgency.HIGH, Urgency.NORMAL, Urgency.LOW)
"""What a rule may say of something that can wait, the most urgent first."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `decides` is (kind, category, sub) and is None for a sign of context."""

    id: str
    say: tuple[Pattern, ...]
    unless: tuple[Pattern, ...] = ()
    score: float = 0.8
    urgency: Urgency | None = None
    decides: tuple[str, str | None, str | None] | None = None
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    file: Path = Path()
    line: int = 0
    head: str = field(init=False)
    """issue, service, emergency or context."""
    feature: str = field(init=False)
    """The second part of the id: a category, a kind of danger, or a feature of context."""
    label: str | None = field(init=False)
    """``kind.category`` of what it decides; None for a sign of context."""
    is_own: bool = field(init=False)
    """Whether an office wrote it: its file is none of the shipped packs."""
    sub: str | None = field(init=False)
    """The sub-category of what it decides."""
    logit: float = field(init=False)
    """Its score in logits."""
    rank: int = field(init=False)
    """The place of its urgency in `CALM`; behind them all where it names none of these."""
    sign: str = field(init=False)
    """What it is called among the signs that are weighed, if it is a sign of context."""
    beside: str = field(init=False)
    """The same beside a rule that decides."""

    def __post_init__(self) -> None:
        head, feature, *_ = self.id.split(".")
        known = {
            "head": head,
            "feature": feature,
            "label": self.decides and f"{self.decides[0]}.{self.decides[1]}",
            "is_own": PACKS not in self.file.parents,
            "sub": self.decides and self.decides[2],
            "logit": log(self.score / (1 - self.score)),
            "rank": CALM.index(self.urgency) if self.urgency in CALM else len(CALM),
            "sign": f"C:{feature}",
            "beside": f"X:{feature}",
        }
        for name, value in known.items():
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True)
class Rules:
    """All packs together."""

    rules: tuple[Rule, ...]
    masks: frozenset[str] = frozenset()
    bounded: frozenset[str] = frozenset()
    replaced: tuple[tuple[Rule, Rule], ...] = ()  # (the old one, the one that took its place)


@dataclass(slots=True)
class _Pack:
    """One file as written; `lines` without the blanks at their ends."""

    file: Path
    lines: Sequence[str]
    table: Mapping[str, object]
    lists: dict[str, list[str]] = field(default_factory=dict)

    def line(self, key: str, after: int = 0) -> int:
        """The line on which `key` is first written after line `after`; 1 if nowhere."""
        for number in range(after, len(self.lines)):
            if self.lines[number].startswith(key):
                return number + 1
        return after or 1

    def fault(self, what: str, *, line: int, hint: str) -> BadInput:
        return BadInput(what, file=self.file, line=line, hint=hint)


def load_rules(packs: Sequence[Path] = ()) -> Rules:
    """The built-in packs and an office's own on top.

    `packs` are TOML files or directories of them. Raises BadInput with file, line and key.
    """
    files = [*_toml_files(PACKS), *(file for path in packs for file in _toml_files(path))]
    read = [_read(file) for file in files if file.name not in NOT_PACKS]
    lists: dict[str, list[str]] = {}
    for pack in read:
        lists.update(pack.lists)
    chosen: dict[str, Rule] = {}
    replaced: list[tuple[Rule, Rule]] = []
    masks: set[str] = set()
    bounded: set[str] = set()
    for pack in read:
        masks.update(_text_list(pack, "masks", pack.table.get("masks", []), pack.line("masks")))
        bounded.update(_text_list(pack, "bounded", pack.table.get("bounded", []), pack.line("bounded")))
        for rule, off in _rules(pack, {**lists, **pack.lists}):
            if rule.id in chosen:
                if chosen[rule.id].file == rule.file:
                    raise pack.fault(f"id「{rule.id}」写了两次", line=rule.line, hint="请给其中一条换个末尾")
                replaced.append((chosen[rule.id], rule))
            if off:
                chosen.pop(rule.id, None)
            else:
                chosen[rule.id] = rule
    return Rules(tuple(chosen.values()), frozenset(masks), frozenset(bounded), tuple(replaced))


def load_said(path: Path, lists: Mapping[str, Sequence[str]]) -> tuple[Rule, ...]:
    """The rules of a file, or of a folder's files by name, in order; BadInput names file, line and key.

    `lists` and those of every file hold in all of them.
    """
    packs = [_read(file) for file in _toml_files(path)]
    known = dict(lists)
    for pack in packs:
        known.update(pack.lists)
    return tuple(rule for pack in packs for rule, off in _rules(pack, known) if not off)


def _toml_files(path: Path) -> Iterable[Path]:
    if path.is_dir():
        return sorted(path.glob("*.toml"))
    if path.is_file():
        return [path]
    raise BadInput("没有这个规则包", file=path, hint="请写一个 .toml 文件，或放着它们的目录")


def _read(file: Path) -> _Pack:
    try:
        text = file.read_text(encoding="utf-8-sig")
        table = tomllib.loads(text)
    except (OSError, ValueError) as fault:
        raise unreadable(file, fault) from fault
    pack = _Pack(file, [line.strip() for line in text.splitlines()], table)
    for key in table:
        if key not in _PACK_KEYS:
            raise pack.fault(
                f"没有「{key}」这一项", line=pack.line(key), hint=f"可以写：{_any_of(_PACK_KEYS)}"
            )
    lists = table.get("lists", {})
    if not isinstance(lists, dict):
        raise pack.fault(
            "「lists」不是一张表", line=pack.line("lists"), hint='请写 [lists]，下面写 名字 = ["…"]'
        )
    for name, words in lists.items():
        pack.lists[name] = list(_text_list(pack, name, words, pack.line(name)))
    return pack


def _rules(pack: _Pack, lists: Mapping[str, Sequence[str]]) -> Iterable[tuple[Rule, bool]]:
    tables = pack.table.get("rule", [])
    if not isinstance(tables, list):
        raise pack.fault("「rule」写得不对", line=pack.line("[rule"), hint="请写成 [[rule]]")
    at = 0
    for table in tables:
        at = pack.line("[[rule]]", after=at)
        yield _rule(pack, table, at, lists), table.get("off") is True


def _rule(pack: _Pack, table: Mapping[str, object], at: int, lists: Mapping[str, Sequence[str]]) -> Rule:
    for key in table:
        if key not in _RULE_KEYS:
            raise pack.fault(
                f"没有「{key}」这一项", line=pack.line(key, after=at), hint=f"可以写：{_any_of(_RULE_KEYS)}"
            )
    name = table.get("id")
    line = pack.line("id", after=at) if "id" in table else at
    hint = '请写 id = "issue.类别.子类"，或以 service、emergency、context 开头'
    if not isinstance(name, str):
        raise pack.fault("这条规则没有 id", line=line, hint=hint)
    parts = name.split(".")
    if len(parts) < 3 or parts[0] not in _HEADS:
        raise pack.fault(f"id「{name}」看不出是什么事", line=line, hint=hint)
    off = table.get("off") is True
    texts = {key: _text_list(pack, key, table.get(key, []), pack.line(key, after=at)) for key in _TEXTS}
    if not texts["say"] and not off:
        raise pack.fault(f"规则「{name}」没有 say", line=line, hint='请写 say = ["…"]')
    patterns = {
        key: tuple(
            _compiled(pack, text, f"{name}.{key}", pack.line(key, after=at), lists) for text in texts[key]
        )
        for key in ("say", "unless")
    }
    return Rule(
        id=name,
        say=patterns["say"],
        unless=patterns["unless"],
        score=_score(pack, table, at),
        urgency=_urgency(pack, table, at),
        decides=_decides(pack, name, table, at),
        examples=texts["examples"],
        counterexamples=texts["counterexamples"],
        file=pack.file,
        line=line,
    )


def _score(pack: _Pack, table: Mapping[str, object], at: int) -> float:
    score = table.get("score", 0.8)
    if isinstance(score, bool) or not isinstance(score, int | float) or not 0 < score < 1:
        raise pack.fault(
            f"score 写成了 {score!r}", line=pack.line("score", after=at), hint="请写 0 和 1 之间的数"
        )
    return float(score)


def _urgency(pack: _Pack, table: Mapping[str, object], at: int) -> Urgency | None:
    value = table.get("urgency")
    if value is None:
        return None
    if value not in {urgency.value for urgency in Urgency}:
        raise pack.fault(
            f"urgency 写成了 {value!r}",
            line=pack.line("urgency", after=at),
            hint=f"请写其中一个：{_any_of(Urgency)}",
        )
    return Urgency(str(value))


def _decides(
    pack: _Pack, name: str, table: Mapping[str, object], at: int
) -> tuple[str, str | None, str | None] | None:
    parts = name.split(".")
    if parts[0] in ("context", "said"):
        return None
    if parts[0] == "emergency" or "as" in table:
        target = table.get("as", "issue.other")
        parts = target.split(".") if isinstance(target, str) else []
        if len(parts) < 2 or parts[0] not in ("issue", "service"):
            raise pack.fault(
                f"as 写成了 {target!r}", line=pack.line("as", after=at), hint='请写 as = "issue.类别.子类"'
            )
    sub = parts[2] if len(parts) > 2 else None
    return parts[0], parts[1], sub


def _text_list(pack: _Pack, key: str, value: object, line: int) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise pack.fault(f"「{key}」不是一串文字", line=line, hint=f'请写成 {key} = ["…", "…"]')
    return tuple(value)


def _compiled(pack: _Pack, text: str, key: str, line: int, lists: Mapping[str, Sequence[str]]) -> Pattern:
    try:
        return compile_pattern(text, lists)
    except PatternFault as fault:
        raise pack.fault(
            f"「{key}」写得不对：{fault}", line=line, hint="记号见 docs/rules.zh-CN.md"
        ) from fault


def _any_of(words: Iterable[str]) -> str:
    return "、".join(sorted(words))
