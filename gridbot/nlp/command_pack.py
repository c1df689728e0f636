"""The words of rules/commands.toml as values, checked: every fault names its file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gridbot.errors import BadInput
from gridbot.nlp.reading import Speaker
from gridbot.nlp.rounds import Round

PACKAGED = Path(__file__).parent.parent / "rules" / "commands.toml"


@dataclass(frozen=True, slots=True)
class Entry:
    """One command of the grammar, as data."""

    id: str
    zh: tuple[str, ...]
    spoken: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    who: frozenset[str] = frozenset()
    number: str = ""
    body: str = ""
    plain: str = ""
    bare: bool = False
    context: bool = False
    home: bool = False
    ends: bool = False
    tail: bool = False
    others: str = ""
    options: tuple[tuple[str, str], ...] = ()  # (as written, as shown), longest first
    joints: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    not_of: tuple[Round, ...] = ()
    with_number: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    def belongs_to(self, speaker: Speaker) -> bool:
        return not self.who or speaker.value in self.who


_LISTS = frozenset(
    {"zh", "spoken", "numbered", "loose", "who", "joints", "unless", "not_of", "examples", "counterexamples"}
)
_TEXTS = {
    "number": ("", "one", "list", "many"),
    "body": ("", "none"),
    "plain": ("", "bare", "number", "text"),
    "others": ("", "text"),
    "with_number": None,
    "id": None,
}
_FLAGS = frozenset({"bare", "context", "home", "ends", "tail"})
_TALK = ("polite", "between", "particles", "thanks", "after")


def load(file: Path | None = None) -> tuple[tuple[Entry, ...], Mapping[str, tuple[str, ...]]]:
    """The commands of `file` (None: the packaged one) and its [talk] words; BadInput names file and line."""
    file = file or PACKAGED
    try:
        source = file.read_text(encoding="utf-8")
        data = tomllib.loads(source)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("the command grammar cannot be read", file=file, hint=str(error)) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise BadInput(
            str(error),
            file=file,
            line=int(line[1]) if line else source.count("\n") + 1,
            hint="see docs/rules.md",
        ) from error
    reader = _PackReader(file, source)
    return reader.entries(data), reader.talk(data)


class _PackReader:
    """Checks one pack and names the line of what is wrong."""

    def __init__(self, file: Path, source: str) -> None:
        self._file, self._lines = file, source.splitlines()

    def talk(self, data: Mapping[str, object]) -> Mapping[str, tuple[str, ...]]:
        talk = data.get("talk", {})
        if not isinstance(talk, dict):
            raise self._fault("talk", "[talk] must be a table", "write [talk]")
        return {key: self._strings(key, talk.get(key, [])) for key in _TALK}

    def entries(self, data: Mapping[str, object]) -> tuple[Entry, ...]:
        tables = data.get("command", [])
        if not isinstance(tables, list) or not tables:
            raise self._fault("", "no [[command]] in the file", "write at least one [[command]] table")
        entries = tuple(self._entry(t) for t in tables)
        seen: set[str] = set()
        for entry in entries:
            if entry.id in seen:
                raise self._fault(
                    f'"{entry.id}"', f"command {entry.id} is there twice", "join the two tables"
                )
            seen.add(entry.id)
        return entries

    def _entry(self, table: object) -> Entry:
        if not isinstance(table, dict) or not isinstance(table.get("id"), str) or not table["id"]:
            raise self._fault("[[command]]", "a command without id", 'write id = "…"')
        name = f'"{table["id"]}"'
        known = _LISTS | set(_TEXTS) | _FLAGS | {"options"}
        for key, value in table.items():
            if key not in known:
                raise self._fault(name, f"unknown key {key}", f"one of {', '.join(sorted(known))}")
            allowed = _TEXTS.get(key)
            if allowed is not None and value not in allowed:
                raise self._fault(name, f"{key} = {value!r}", f"one of {', '.join(repr(a) for a in allowed)}")
            if key in _FLAGS and not isinstance(value, bool):
                raise self._fault(name, f"{key} must be true or false", f"write {key} = true")
        lists = {key: self._strings(name, table.get(key, [])) for key in _LISTS}
        if not lists["zh"]:
            raise self._fault(name, "a command without words", 'write zh = ["…"]')
        who = frozenset(lists.pop("who"))
        if strange := who - {s.value for s in Speaker}:
            raise self._fault(name, f"who = {sorted(strange)}", "resident, staff, department")
        if unknown := sorted(set(lists["not_of"]) - set(Round)):
            raise self._fault(name, f"not_of = {unknown}", "lists of rules/said/rounds.toml")
        return Entry(
            id=table["id"],
            who=who,
            options=self._options(name, table.get("options", {})),
            zh=lists["zh"],
            spoken=lists["spoken"],
            numbered=lists["numbered"],
            loose=lists["loose"],
            joints=lists["joints"],
            unless=lists["unless"],
            not_of=tuple(map(Round, lists["not_of"])),
            examples=lists["examples"],
            counterexamples=lists["counterexamples"],
            number=str(table.get("number", "")),
            body=str(table.get("body", "")),
            plain=str(table.get("plain", "")),
            with_number=str(table.get("with_number", "")),
            bare=table.get("bare") is True,
            context=table.get("context") is True,
            home=table.get("home") is True,
            ends=table.get("ends") is True,
            tail=table.get("tail") is True,
            others=str(table.get("others", "")),
        )

    def _options(self, name: str, table: object) -> tuple[tuple[str, str], ...]:
        if not isinstance(table, dict):
            raise self._fault(name, "options must be a table", 'write options = { "回执" = ["回执"] }')
        pairs = [(written, shown) for shown, words in table.items() for written in self._strings(name, words)]
        return tuple(sorted(pairs, key=lambda p: -len(p[0])))

    def _strings(self, name: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            raise self._fault(name, "a list of words is wanted", 'write ["…", "…"]')
        return tuple(value)

    def _fault(self, needle: str, what: str, hint: str) -> BadInput:
        line = next((n for n, text in enumerate(self._lines, 1) if needle and needle in text), None)
        return BadInput(what, file=self._file, line=line, hint=hint)
