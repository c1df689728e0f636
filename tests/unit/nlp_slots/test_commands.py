"""Commands are told from talk, whatever the spelling and the order of words."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gridbot.errors import BadInput
from gridbot.nlp.commands import Grammar
from gridbot.nlp.reading import Speaker

CASES = Path(__file__).parents[2] / "cases" / "commands.toml"
GRAMMAR = Grammar.load()


def _cases() -> list[dict[str, Any]]:
    return tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]


def _name(case: dict[str, Any]) -> str:
    return f"{case.get('from', 'resident')}{'+' if case.get('addressed') else ''}:{case['text'][:16]}"


@pytest.mark.parametrize("case", _cases(), ids=_name)
def test_a_labelled_text_is_the_command_it_is_labelled_with(case: dict[str, Any]) -> None:
    speaker = Speaker(case.get("from", "resident"))
    found = GRAMMAR.read(case["text"], speaker=speaker, addressed=case.get("addressed", False))
    assert (found.name if found else "") == case["is"]
    if found:
        assert list(found.numbers) == case.get("numbers", list(found.numbers))
        assert found.rest == case.get("rest", found.rest)
        assert found.options == frozenset(case.get("options", found.options))
        assert found.choice == case.get("choice", found.choice)
        assert found.sure == case.get("sure", found.sure)


def _speaker_of(entry_who: frozenset[str]) -> Speaker:
    return next((s for s in (Speaker.STAFF, Speaker.DEPARTMENT) if s.value in entry_who), Speaker.RESIDENT)


@pytest.mark.parametrize("entry", GRAMMAR.entries, ids=lambda e: e.id)
def test_every_example_of_the_pack_is_read_as_its_command(entry: Any) -> None:
    for text in entry.examples:
        found = GRAMMAR.read(text, speaker=_speaker_of(entry.who), addressed=True)
        assert found is not None, text
        assert found.name in (entry.id, entry.with_number), text


@pytest.mark.parametrize("entry", GRAMMAR.entries, ids=lambda e: e.id)
def test_no_counterexample_of_the_pack_is_read_as_its_command(entry: Any) -> None:
    for text in entry.counterexamples:
        found = GRAMMAR.read(text, speaker=_speaker_of(entry.who), addressed=True)
        assert found is None or found.name != entry.id, text


def test_every_command_has_words_for_the_help() -> None:
    assert GRAMMAR.words["resolve"][0] == "办结"
    assert all(words for words in GRAMMAR.words.values())


@pytest.mark.parametrize(
    ("pack", "says", "line"),
    [
        ('[[command]]\nid = "x"\n', "without words", 2),
        ('[[command]]\nid = "x"\nzh = ["好"]\nnumber = "two"\n', "number", 2),
        ('[[command]]\nid = "x"\nzh = ["好"]\nwords = 1\n', "unknown key words", 2),
        ('[[command]]\nid = "x"\nzh = ["好"]\nwho = ["king"]\n', "king", 2),
        ('[[command]]\nid = "x"\nzh = ["好"]\n[[command]]\nid = "x"\nzh = ["好"]\n', "twice", 2),
        ('[[command]]\nid = "x"\nzh = [', "nvalid", 3),
        ("", "no [[command]]", None),
    ],
)
def test_a_broken_pack_is_named_with_file_and_line(
    tmp_path: Path, pack: str, says: str, line: int | None
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(pack, encoding="utf-8")
    with pytest.raises(BadInput, match=says.replace("[", r"\[")) as fault:
        Grammar.load(file)
    assert (fault.value.file, fault.value.line) == (file, line)
    assert fault.value.hint


def test_a_pack_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        Grammar.load(tmp_path / "none.toml")
