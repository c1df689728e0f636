"""`gridbot rules check` and `test` look at all that people's words are read by."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from gridbot.nlp import Reader, clinic

READER = Reader.load(zone=ZoneInfo("Asia/Shanghai"))


def test_colleagues_words_questions_and_signs_of_context_are_checked_too() -> None:
    files = {rule.file.name for rule in clinic.everything(READER)}
    assert {"6_one_matter.toml", "residents.toml", "asks.toml", "rounds.toml"} <= files
    assert {"context.toml", "context_after.toml", "context_talk.toml"} <= files
    assert all(rule.examples for rule in clinic.everything(READER))


def test_nothing_shipped_is_amiss() -> None:
    assert [str(one) for one in (*clinic.check(READER), *clinic.test(READER))] == []


def test_an_example_that_is_read_otherwise_is_named_with_file_and_line() -> None:
    reader = Reader.load(zone=ZoneInfo("Asia/Shanghai"))
    own = reader.own_words
    broken = replace(own.rules[0], examples=("今天天气真好",), counterexamples=own.rules[0].examples[:1])
    own.rules = (broken, *own.rules[1:])
    found = list(clinic.test(reader))
    assert [one.text for one in found] == ["今天天气真好", *broken.counterexamples]
    assert str(found[0]).startswith(f"{broken.file.name}:{broken.line}: {broken.id}: 例句没有")
    assert [one.is_idle for one in clinic.check(reader)] == [True]
