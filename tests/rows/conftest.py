"""Scenarios: one for each row of what the five source systems do, played through replay.

A scenario writes the lines of a log (`scene.says`, `scene.private`, `scene.happens`), plays them, and
claims what each person saw and what the report holds.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """An empty log of the small town, on Monday the second of March 2026."""
    return Scene(tmp_path)
