"""The house keeps its own rules."""

from __future__ import annotations

import re
import statistics
import tokenize
from pathlib import Path

import pytest

import gridbot
from gridbot.handlers.all import ALL as ROUTES
from gridbot.schedules.timetable import ALL as JOBS
from gridbot.texts import Texts

ROOT = Path(gridbot.__file__).parent
SOURCES = [
    path for path in ROOT.rglob("*.py") if "migrations" not in path.parts and not path.stem.endswith("_pb2")
]
FILES = (".py", ".toml", ".html", ".svg")
NO_SENTENCES = {
    "console.in",
    "console.look",
    "digest.day",
    "reports.diary",
    "web.key",
    "web.port",
}  # an audit's word, a setting …
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;!?]|[,;!?][\u4e00-\u9fff]")


def _sentences() -> dict[str, str]:
    from zoneinfo import ZoneInfo

    texts = Texts.load(ZoneInfo("Asia/Shanghai"))
    return dict(texts._sentences)


def test_half_of_all_files_are_under_two_hundred_lines() -> None:
    lengths = [len(path.read_text("utf-8").splitlines()) for path in SOURCES]
    assert statistics.median(lengths) < 200


def test_no_room_is_called_a_drawer_for_everything() -> None:
    drawers = {"utils", "helpers", "base", "manager", "common", "misc"}
    assert not [path for path in SOURCES if path.stem in drawers]


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        p for p in SOURCES if p.read_text("utf-8").strip() and not p.read_text("utf-8").startswith('"""')
    ]
    assert not silent


def test_handlers_hold_no_chinese_sentences() -> None:
    """Words to compare with may stand in a handler; what people read stands in zh.toml."""
    found = []
    for path in (ROOT / "handlers").rglob("*.py"):
        with path.open("rb") as source:
            for token in tokenize.tokenize(source.readline):
                plain = token.type == tokenize.STRING and not token.string.startswith('"""')
                if plain and len(CHINESE.findall(token.string)) > 12:
                    found.append(f"{path.name}:{token.start[0]} {token.string}")
    assert not found


def test_every_sentence_is_typeset_in_full_width() -> None:
    wrong = {key: text for key, text in _sentences().items() if HALF_WIDTH.search(text)}
    assert not wrong


def test_the_bot_says_nin() -> None:
    rude = {key for key, text in _sentences().items() if re.search(r"你(?!好)", text)}
    assert not rude


def test_every_sentence_that_code_names_exists_and_none_lies_idle() -> None:
    source = "".join(path.read_text("utf-8") for path in [*SOURCES, *ROOT.rglob("*.html")])
    named = set(re.findall(r"""["']([a-z_]+\.[a-z_0-9]+)["']""", source))
    made = tuple(re.findall(r'f"([a-z_]+\.[a-z_]*)\{', source))  # f"digest.{name}"
    known = set(_sentences())
    sections = {key.split(".")[0] for key in known}
    asked_for = {key for key in named if key.split(".")[0] in sections and not key.endswith(FILES)}
    assert not asked_for - known - NO_SENTENCES
    assert not {key for key in known - named if not key.startswith(made)}


@pytest.mark.parametrize("intent", sorted(ROUTES))
def test_every_intent_is_documented(intent: str) -> None:
    assert ROUTES[intent].__doc__


@pytest.mark.parametrize("kind", sorted(JOBS))
def test_every_job_is_documented(kind: str) -> None:
    assert JOBS[kind].run.__doc__
