"""What README.md tells people to type works: its marked blocks are run, its targets and files exist.

A block is run when the comment MARK stands on the line before its opening ```sh.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gridbot.config import Settings

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
MARK = "<!-- run by tests/e2e/test_readme.py -->"
BLOCK = re.compile(re.escape(MARK) + r"\n```sh\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
TARGET = re.compile(r"^\s+make ([a-z]+)|`make ([a-z]+)`", re.MULTILINE)


def commands() -> str:
    """The shell lines of README.md that are promised to work."""
    found: list[str] = BLOCK.findall((ROOT / "README.md").read_text("utf-8"))
    return "".join(found)


@pytest.mark.timeout(600)
def test_the_commands_of_the_readme_work_one_after_the_other(tmp_path: Path) -> None:
    (tmp_path / "gridbot").mkdir()
    (tmp_path / "gridbot" / "demo").symlink_to(ROOT / "gridbot" / "demo")
    here = Path(sys.executable).parent
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GRIDBOT_")}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands()],
        cwd=tmp_path,
        env={**kept, "PATH": f"{here}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "一切正常" in done.stdout
    assert '"sub": "elevator"' in done.stdout
    for made in ("said.jsonl", "report.json", "office.backup", "org.xlsx", "elsewhere/gridbot.db"):
        assert (tmp_path / made).stat().st_size > 0, made


def test_the_readme_has_commands_to_run() -> None:
    assert commands().count("gridbot ") > 5


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_points_to_is_there(page: Path) -> None:
    for link in LINK.findall(page.read_text("utf-8")):
        assert (page.parent / link).exists(), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_make_targets_of_a_page_exist(page: Path) -> None:
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {one or other for one, other in TARGET.findall(page.read_text("utf-8"))}
    assert named <= made


def test_the_settings_table_names_every_setting() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for section, field in Settings.model_fields.items():
        for key in getattr(field.annotation, "model_fields", None) or [section]:
            assert re.search(rf"\b{key}\b", text), f"{section}.{key}"
