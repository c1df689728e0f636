"""The frozen values a services pack is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar


class At(StrEnum):
    """Who can do a matter: the nearest of three levels."""

    VILLAGE = "村"
    TOWN = "镇"
    COUNTY = "县"


@dataclass(frozen=True, slots=True)
class Item:
    """One matter that residents come for. `in_person`: nobody can do it for another.

    `local`: it differs from place to place, so an office reads it before anybody is told; `review_by`: by
    when somebody has to read it again.
    """

    id: str
    zh: str
    words: tuple[str, ...]
    category: str
    sub: str | None = None
    at: At = At.VILLAGE
    in_person: bool = False
    papers: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    days: str = ""
    note: str = ""
    where: tuple[str, ...] = ()  # kinds of place that do it
    source: str = ""
    as_of: date | None = None
    local: bool = False
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A known answer with its source and day; with `place` it is a place of the office instead of words."""

    id: str
    question: str
    words: tuple[str, ...]
    answer: str = ""
    source: str = ""
    as_of: date | None = None
    place: tuple[str, ...] = ()
    local: bool = False
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class Circle:
    """One circle of daily life: kinds of place, each with what else people call it."""

    zh: str
    kinds: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Form:
    """A short form; `asks` names what must be in it: home, day, people."""

    zh: str
    words: tuple[str, ...]
    asks: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Services:
    """All packs together."""

    items: tuple[Item, ...] = ()
    answers: tuple[Answer, ...] = ()
    circles: tuple[Circle, ...] = ()
    forms: tuple[Form, ...] = ()
    errand_kinds: frozenset[str] = frozenset()  # categories, and "category/sub" that are not
    no_errands: frozenset[str] = frozenset()
    _by_sub: Mapping[tuple[str, str], Item] = field(default_factory=dict, repr=False)

    def item(self, text: str, category: str | None = None, sub: str | None = None) -> Item | None:
        """The matter a text is about: that of its sub-category, else by words, in its category if known."""
        exact = self._by_sub.get((category or "", sub or ""))
        if exact is not None:
            return exact
        same = [item for item in self.items if item.category == category and (not sub or not item.sub)]
        anywhere = category in (None, "other", "consult")
        return _best(text, self.items if anywhere else same)

    def errand(self, category: str, sub: str | None) -> bool:
        """Whether papers go to an office for it and come back."""
        return category in self.errand_kinds and f"{category}/{sub}" not in self.no_errands

    def answer(self, text: str) -> Answer | None:
        """The known answer to a question; where several fit, the one whose words say most."""
        return _best(text, self.answers)

    def form(self, text: str) -> Form | None:
        """The form a text names."""
        named = [form for form in self.forms if form.zh in text or any(word in text for word in form.words)]
        return named[0] if named else None

    def kinds(self, word: str) -> tuple[str, ...]:
        """The kinds of place a word stands for: a kind, one of its other names, or all of a circle."""
        for circle in self.circles:
            if word == circle.zh:
                return tuple(circle.kinds)
        exact = [kind for kind in self._kinds() if word == kind[0] or word in kind[1]]
        loose = [kind for kind in self._kinds() if kind[0] in word or any(name in word for name in kind[1])]
        return tuple(kind for kind, _ in exact or loose)

    def circle_of(self, kind: str) -> str:
        """The circle a kind of place belongs to, "" for an unknown kind."""
        return next((circle.zh for circle in self.circles if kind in circle.kinds), "")

    def _kinds(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        return (pair for circle in self.circles for pair in circle.kinds.items())


T = TypeVar("T", Item, Answer)


def _best(text: str, among: Iterable[T]) -> T | None:
    scored = [(said(text, each.words), each) for each in among]
    score, found = max(scored, key=lambda pair: pair[0], default=(0, None))
    return found if score else None


def said(text: str, words: Iterable[str]) -> int:
    """How many characters of a text are these words ("a+b" wants both); 0 where none is there."""
    return max((_length(text, word.split("+")) for word in words), default=0)


def _length(text: str, parts: list[str]) -> int:
    return sum(len(part) for part in parts) if all(part in text for part in parts) else 0
