"""A fictional street to try gridbot with: its org, and three days of chat.

Nothing here is real: no such street, no such people, no such telephone numbers.
"""

from pathlib import Path

_HERE = Path(__file__).parent

ORG: Path = _HERE / "org"
"""The org directory, as `gridbot import` reads it."""

LOGS: tuple[Path, ...] = tuple(_HERE / f"day{number}.jsonl" for number in (1, 2, 3))
"""One chat log a day, as `gridbot replay` reads them; 2 to 4 March 2026."""
