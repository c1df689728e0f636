"""Lists of single words by which something is told, with what each list must and must not be read from."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one list as they stand in the file; `hold` tells whether a text is read by them."""

    id: str
    words: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    line: int
    file: Path
    hold: Callable[[str], bool]


def load(file: Path, kinds: type[StrEnum]) -> Mapping[StrEnum, tuple[str, ...]]:
    """The lists of a file, whose table [words] has a key for each of the kinds."""
    known = tomllib.loads(file.read_text(encoding="utf-8"))["words"]
    return {what: tuple(known[what]) for what in kinds}


def pack(
    file: Path, kinds: type[StrEnum], holds: Mapping[StrEnum, Callable[[str], bool]]
) -> tuple[Words, ...]:
    """The same for the check of the rules; what is not in `holds` is read wherever a word of it stands."""
    written = file.read_text(encoding="utf-8")
    known, lines = tomllib.loads(written), written.splitlines()

    def told(table: str, what: StrEnum) -> tuple[str, ...]:
        return tuple(known.get(table, {}).get(what, ()))

    def anywhere(what: StrEnum) -> Callable[[str], bool]:
        return lambda text: any(word in text for word in told("words", what))

    return tuple(
        Words(
            f"{file.stem}.{what}", told("words", what), told("examples", what), told("counterexamples", what),
            max(n for n, line in enumerate(lines, 1) if line.startswith(f"{what} =")), file,
            holds.get(what) or anywhere(what),
        )
        for what in kinds
    )  # fmt: skip
