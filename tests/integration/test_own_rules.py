"""Rules an office owns: packs by node over the common ones, read again while the program runs."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gridbot import app
from gridbot.config import Settings, load
from gridbot.nlp import Kind, Scene

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
PACK = """
[[rule]]
id = "issue.env_sanitation.odor.dragon"
say = ["龙潭子翻泡"]
score = 0.97
examples = ["龙潭子翻泡了"]
"""
SAID = "龙潭子翻泡了"


def read(running: app.App, node: str = "") -> str | None:
    return running.world.read(SAID, AT, Scene(node=node)).category


def settings(**more: object) -> Settings:
    return load().model_copy(update=more)


async def test_a_changed_pack_holds_without_a_restart_and_a_broken_one_changes_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pack = tmp_path / "ours.toml"
    pack.write_text("", "utf-8")
    async with app.opened(settings(rules=[str(pack)]), tmp_path) as running:
        assert read(running) is None
        pack.write_text(PACK, "utf-8")
        await running.follow()
        assert read(running) == "env_sanitation"
        pack.write_text(PACK.replace("score = 0.97", "scroe = 0.97"), "utf-8")
        with caplog.at_level(logging.ERROR):
            await running.follow()
        assert read(running) == "env_sanitation"
        told = caplog.text
        assert "ours.toml" in told
        assert "scroe" in told
        assert ":5" in told
        caplog.clear()
        await running.follow()
        assert caplog.text == ""


async def test_a_node_reads_by_its_own_packs_and_its_neighbours_do_not(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "ours.toml").write_text(PACK, "utf-8")
    async with app.opened(settings(rules_at={"g1": [str(folder)]}), tmp_path) as running:
        assert running.world.read(SAID, AT, Scene()).kind is Kind.NONE
        assert running.world.local_readers["g1"].read(SAID, at=AT).category == "env_sanitation"
