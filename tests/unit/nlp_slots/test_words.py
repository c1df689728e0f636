"""Single words of people, each with what it tells: tests/cases/slot_words.toml has a table a function."""

from __future__ import annotations

import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from gridbot.nlp.slots import correction

CASES = Path(__file__).parents[2] / "cases" / "slot_words.toml"


def _cases() -> list[tuple[str, str, str]]:
    tables = tomllib.loads(CASES.read_text(encoding="utf-8")).items()
    return [(of, value, text) for of, found in tables for value, texts in found.items() for text in texts]


def _written(value: object) -> str:
    """A value as the file writes it."""
    return str(value).lower() if isinstance(value, bool) or value is None else str(value)


@pytest.mark.parametrize(("function", "value", "text"), _cases())
def test_words_tell_what_they_mean(function: str, value: str, text: str) -> None:
    module, _, name = function.partition(".")
    found = getattr(import_module(f"gridbot.nlp.slots.{module}"), name)(text)
    assert _written(found) == value


@pytest.mark.parametrize(
    ("text", "building"),
    [("不是3号楼 是4号楼", "4"), ("说错了 是5号楼", "5"), ("不是3号楼", None), ("是这样的", None)],
)
def test_what_is_put_right_names_the_place_that_is_not_denied(text: str, building: str | None) -> None:
    place = correction.meant(text)
    assert (place.building if place is not None else None) == building
