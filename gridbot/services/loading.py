"""Read the services packs: TOML files, an office's own after the packaged ones, every fault named."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from gridbot.errors import BadInput, unreadable
from gridbot.services.values import Answer, At, Circle, Form, Item, Services

HERE = Path(__file__).parent
PACKS = ("items.toml", "faq.toml", "circles.toml", "forms.toml")
_TABLES = ("item", "answer", "circle", "form", "errands", "review_by")
_ASKS = ("home", "day", "people")

Table = dict[str, object]


@cache
def load(own: tuple[str, ...] = ()) -> Services:
    """The packaged packs, and the office's own files over them: same id or name, the later one counts.

    Raises BadInput naming file and key.
    """
    items: dict[str, Item] = {}
    answers: dict[str, Answer] = {}
    circles: dict[str, Circle] = {}
    forms: dict[str, Form] = {}
    kinds: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    for file in (*(HERE / name for name in PACKS), *map(Path, own)):
        pack = _Pack(file)
        items.update({item.id: item for item in map(pack.item, pack.tables("item"))})
        answers.update({one.id: one for one in map(pack.answer, pack.tables("answer"))})
        circles.update({one.zh: one for one in map(pack.circle, pack.tables("circle"))})
        forms.update({form.zh: form for form in map(pack.form, pack.tables("form"))})
        kinds, without = pack.errands() or (kinds, without)
    by_sub = {(item.category, item.sub): item for item in reversed(items.values()) if item.sub}
    return Services(
        tuple(items.values()), tuple(answers.values()), tuple(circles.values()), tuple(forms.values()),
        kinds, without, by_sub,
    )  # fmt: skip


class _Pack:
    """One file; knows its name for complaints."""

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self._data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError) as error:
            raise unreadable(file, error) from error
        for key in self._data:
            if key not in _TABLES:
                raise self.wrong(key, f"请写其中一种：[[{']], [['.join(_TABLES)}]]")

    def tables(self, name: str) -> Sequence[Table]:
        found = self._data.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise self.wrong(name, f"请写成 [[{name}]]")
        return found

    def errands(self) -> tuple[frozenset[str], frozenset[str]] | None:
        """Which services are errands, where this file says so."""
        table = self._data.get("errands")
        if table is None:
            return None
        if not isinstance(table, dict):
            raise self.wrong("errands", "请写成 [errands]")
        return frozenset(self.strings(table, "kinds")), frozenset(self.strings(table, "without", ()))

    def item(self, table: Table) -> Item:
        name = self.text(table, "id")
        at = self.text(table, "at", "村")
        if at not in tuple(At):
            raise self.wrong(f"{name}.at", f"请写其中一个：{' '.join(At)}")
        return Item(
            id=name, zh=self.text(table, "zh"), words=self.strings(table, "words"),
            category=self.text(table, "category"), sub=self.text(table, "sub", "") or None, at=At(at),
            in_person=table.get("in_person") is True, papers=self.strings(table, "papers"),
            steps=self.strings(table, "steps", ()), days=self.text(table, "days", ""),
            note=self.text(table, "note", ""), where=self.strings(table, "where", ()),
            source=self.text(table, "source"), as_of=self.day(table, name),
            local=table.get("local") is True, review_by=self.review(table, name),
        )  # fmt: skip

    def answer(self, table: Table) -> Answer:
        name = self.text(table, "id")
        place = self.strings(table, "place", ())
        if place:
            return Answer(name, self.text(table, "question"), self.strings(table, "words"), place=place)
        return Answer(
            name, self.text(table, "question"), self.strings(table, "words"), self.text(table, "answer"),
            self.text(table, "source"), self.day(table, name),
            local=table.get("local") is True, review_by=self.review(table, name),
        )  # fmt: skip

    def circle(self, table: Table) -> Circle:
        name, kinds = self.text(table, "zh"), table.get("kinds")
        if not isinstance(kinds, dict):
            raise self.wrong(f"{name}.kinds", '请写成 kinds = { "药店" = ["药房"] }')
        return Circle(name, {kind: self.strings(kinds, kind) for kind in kinds})

    def form(self, table: Table) -> Form:
        name, asks = self.text(table, "zh"), self.strings(table, "asks", ())
        if strange := set(asks) - set(_ASKS):
            raise self.wrong(
                f"{name}.asks", f"没有 {'、'.join(sorted(strange))}，请从这些里选：{' '.join(_ASKS)}"
            )
        return Form(name, self.strings(table, "words", ()), asks, self.text(table, "example"))

    def text(self, table: Table, key: str, default: str | None = None) -> str:
        value = table.get(key, default)
        if not isinstance(value, str) or (default is None and not value):
            raise self.wrong(f"{table.get('id') or table.get('zh') or '?'}.{key}", "请写引号里的文字")
        return value

    def strings(self, table: Table, key: str, default: Iterable[str] | None = None) -> tuple[str, ...]:
        value = table.get(key, None if default is None else list(default))
        if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
            raise self.wrong(f"{table.get('id') or table.get('zh') or '?'}.{key}", '请写成 ["…", "…"]')
        return tuple(value)

    def day(self, table: Table, name: str) -> date:
        value = table.get("as_of")
        if not isinstance(value, date):
            raise self.wrong(f"{name}.as_of", "请写是哪一天的规定，例如 2026-01-01")
        return value

    def review(self, table: Table, name: str) -> date | None:
        """By when it has to be read again: its own day, else that of the file; None where none is said."""
        value = table.get("review_by", self._data.get("review_by"))
        if value is not None and not isinstance(value, date):
            raise self.wrong(f"{name}.review_by", "请写日子，例如 2027-01-31")
        return value

    def wrong(self, key: str, hint: str) -> BadInput:
        return BadInput(f"「{key}」写得不对", file=self.file, hint=hint)
