"""Messages with their right answers: read from TOML or JSON lines, and scored.

TOML: tables ``[[cases]]`` with `kind` and, where they apply, `category`, `sub`, `urgency`, `tag`, and the
texts in `dev` and `test`. JSON lines: one object each with `text`, `kind` and the same keys.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gridbot.errors import BadInput, unreadable
from gridbot.nlp.reader import Reader
from gridbot.nlp.reading import Kind, Reading, Urgency

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)  # a Monday morning in China
_KINDS = frozenset(kind.value for kind in Kind)


@dataclass(frozen=True, slots=True)
class Case:
    """One message and what it ought to be read as; None where the label does not say."""

    text: str
    kind: str
    category: str | None = None
    sub: str | None = None
    urgency: str | None = None
    matters: int | None = None
    split: str = "dev"
    tag: str = ""

    @property
    def reports(self) -> bool:
        return self.kind in ("issue", "service")


def load_cases(file: Path) -> list[Case]:
    """The cases of one file; BadInput names file and line."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise unreadable(file, fault) from fault
    return list(_from_toml(file, text) if file.suffix == ".toml" else _from_lines(file, text))


def _from_toml(file: Path, text: str) -> Iterator[Case]:
    try:
        tables = tomllib.loads(text).get("cases", [])
    except tomllib.TOMLDecodeError as fault:
        raise unreadable(file, fault) from fault
    for number, table in enumerate(tables, 1):
        for split in ("dev", "test"):
            for message in table.get(split, []):
                yield _case(file, number, {**table, "text": message, "split": split})


def _from_lines(file: Path, text: str) -> Iterator[Case]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            table = json.loads(line)
        except ValueError as fault:
            raise BadInput("不是 JSON", file=file, line=number, hint="每行写一个对象") from fault
        if not isinstance(table, dict):
            raise BadInput("不是 JSON 对象", file=file, line=number, hint='请写 {"text": …, "kind": …}')
        if "kind" not in table and "start" in table:
            continue  # labels a time alone
        yield _case(file, number, table)


def _case(file: Path, number: int, table: dict[str, object]) -> Case:
    text, kind = table.get("text"), table.get("kind")
    if not isinstance(text, str) or kind not in _KINDS:
        raise BadInput(
            "缺少 text 或 kind", file=file, line=number, hint="kind 请写 issue、service、command 或 none"
        )

    def word(key: str) -> str | None:
        value = table.get(key)
        return value if isinstance(value, str) else None

    matters = table.get("matters")
    return Case(
        text=text,
        kind=str(kind),
        category=word("category"),
        sub=word("sub"),
        urgency=word("urgency"),
        matters=matters if isinstance(matters, int) else None,
        split=word("split") or "dev",
        tag=word("tag") or "",
    )


@dataclass(frozen=True, slots=True)
class Score:
    """What a reader makes of labelled messages; rates are None where nothing was to be found."""

    cases: int
    precision: float | None
    recall: float | None
    f1: float | None
    false_alarms: float | None  # of the messages that are neither report nor request
    category: float | None  # right category, of the true ones found
    emergencies: float | None  # found
    false_emergencies: float | None  # of the messages that report nothing
    calibration: float | None  # expected calibration error over answers of all kinds
    two_matters: float | None  # of the messages with two, told as two
    wrongly_two: float | None  # of the true ones found that hold one, told as two
    by_tag: tuple[tuple[str, int, float], ...]  # false alarms: tag, messages, rate
    by_category: tuple[tuple[str, int, int, int], ...]  # category, messages, found, found with the right one
    confusion: tuple[tuple[str, str, int], ...]  # right, read, times
    wrong: tuple[tuple[Case, Reading], ...]


def score(reader: Reader, cases: Sequence[Case]) -> Score:
    """Read every case and compare."""
    pairs = [(case, reader.read(case.text, at=AT)) for case in cases]
    found = [(case, reading) for case, reading in pairs if reports(reading)]
    true = [(case, reading) for case, reading in pairs if case.reports]
    hit = [(case, reading) for case, reading in found if case.reports]
    idle = [(case, reading) for case, reading in pairs if not case.reports]
    precision, recall = _rate(len(hit), len(found)), _rate(len(hit), len(true))
    labelled = [(case, reading) for case, reading in hit if case.category]
    urgent = [(case, reading) for case, reading in pairs if case.urgency == Urgency.EMERGENCY]
    return Score(
        cases=len(pairs),
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / (precision + recall) if precision and recall else None,
        false_alarms=_rate(sum(reports(reading) for _, reading in idle), len(idle)),
        category=_rate(sum(case.category == reading.category for case, reading in labelled), len(labelled)),
        emergencies=_rate(sum(is_alarm(reading) for _, reading in urgent), len(urgent)),
        false_emergencies=_rate(sum(is_alarm(reading) for _, reading in idle), len(idle)),
        calibration=calibration_error(pairs),
        two_matters=_rate(
            sum(reading.matters == 2 for case, reading in pairs if case.matters == 2),
            sum(case.matters == 2 for case in cases),
        ),
        wrongly_two=_rate(
            sum(reading.matters == 2 for case, reading in hit if case.matters != 2),
            sum(case.matters != 2 for case, _ in hit),
        ),
        by_tag=tuple(_by_tag(idle)),
        by_category=tuple(_by_category(true)),
        confusion=tuple(_confusion(pairs)),
        wrong=tuple((case, reading) for case, reading in pairs if not right(case, reading)),
    )


def reports(reading: Reading) -> bool:
    """Whether a reading says that something is reported or asked for."""
    return reading.kind in (Kind.ISSUE, Kind.SERVICE)


def is_alarm(reading: Reading) -> bool:
    """Whether a reading calls for help at once."""
    return reports(reading) and reading.urgency is Urgency.EMERGENCY


def right(case: Case, reading: Reading) -> bool:
    """Whether kind (report or not) and category are as labelled."""
    if case.reports != reports(reading):
        return False
    return not case.reports or case.category is None or case.category == reading.category


def calibration_error(pairs: Iterable[tuple[Case, Reading]], bins: int = 10) -> float | None:
    """Expected calibration error of the confidences, ten bins."""
    heaps: dict[int, list[tuple[float, bool]]] = {}
    for case, reading in pairs:
        slot = min(bins - 1, int(reading.confidence * bins))
        heaps.setdefault(slot, []).append((reading.confidence, right(case, reading)))
    total = sum(map(len, heaps.values()))
    if not total:
        return None
    gap = 0.0
    for heap in heaps.values():
        said = sum(confidence for confidence, _ in heap) / len(heap)
        was = sum(good for _, good in heap) / len(heap)
        gap += abs(said - was) * len(heap) / total
    return gap


def _rate(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _by_tag(idle: Sequence[tuple[Case, Reading]]) -> Iterator[tuple[str, int, float]]:
    for tag in sorted({case.tag for case, _ in idle}):
        some = [reports(reading) for case, reading in idle if case.tag == tag]
        yield tag, len(some), sum(some) / len(some)


def _by_category(true: Sequence[tuple[Case, Reading]]) -> Iterator[tuple[str, int, int, int]]:
    for category in sorted({case.category for case, _ in true if case.category}):
        some = [reading for case, reading in true if case.category == category]
        found = [reading for reading in some if reports(reading)]
        yield category, len(some), len(found), sum(reading.category == category for reading in found)


def _confusion(pairs: Iterable[tuple[Case, Reading]]) -> Iterator[tuple[str, str, int]]:
    counts: Counter[tuple[str, str]] = Counter()
    for case, reading in pairs:
        was = (case.category or case.kind) if case.reports else "none"
        read = (reading.category or reading.kind.value) if reports(reading) else "none"
        if was != read and not (case.reports and case.category is None and read != "none"):
            counts[was, read] += 1
    for (was, read), times in counts.most_common():
        yield was, read, times
