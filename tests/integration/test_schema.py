"""A new database gets its tables from the models: those of the migrations are the same."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tortoise.config import TortoiseConfig
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.schema_generator.state_apps import StateApps

from gridbot.models import database


def _tables(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as db:
        found = db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {_words(sql) for (sql,) in found if "sqlite_" not in sql}


def _words(sql: str) -> str:
    """Without blanks that say nothing, and without the name of an index, which is made from its columns."""
    return re.sub(r'(INDEX )"\w+"', r"\1", re.sub(r"\s+|IF NOT EXISTS ", " ", sql).replace("  ", " "))


async def test_the_tables_of_the_models_are_those_of_the_migrations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # made anew for all tables with each of them, and asked by none
    monkeypatch.setattr(StateApps, "_build_initial_querysets", lambda _: None)
    async with database.opened(f"sqlite://{tmp_path / 'models.db'}"):
        pass
    played = tmp_path / "played.db"
    config = database.tortoise_config(f"sqlite://{played}")
    async with TortoiseContext() as context:
        await context.init(config=TortoiseConfig.from_dict(config))
        await MigrationExecutor(get_connection("default"), config["apps"]).migrate(None)
    assert _tables(played) == _tables(tmp_path / "models.db")
