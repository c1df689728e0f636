"""Plays every row's scenario: one line a row on standard output, and docs/rows.md beside it.

`python -m tests.rows` (or `make rows`); rows may be named: `python -m tests.rows S2-05 S0-13`.
Exit 0 if all rows that were asked for work.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PAGE = HERE.parent.parent / "docs" / "rows.md"
QUIETLY = ("-o", "addopts=--import-mode=importlib", "-p", "no:terminal")
_FILE = re.compile(r"test_(s\d)_(\d\d)")
_HEAD = """# The rows

One line for each mechanism of the five source systems, made by `make rows` from what its scenarios in
`tests/rows/` show when they are played through replay. A row works when it has scenarios and all pass.
"""


@dataclass
class Played:
    """Outcomes of scenarios by row, as pytest tells them."""

    passed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    failed: set[str] = field(default_factory=set)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        row = row_of(report.nodeid)
        if row is None:
            return
        if not report.passed:
            self.failed.add(row)
        elif report.when == "call":
            self.passed[row].append(sentence(report.nodeid))

    def works(self, row: str) -> bool:
        return bool(self.passed[row]) and row not in self.failed


def row_of(text: str) -> str | None:
    """The id in a file's name: tests/rows/test_s2_05_three_visits.py → S2-05."""
    found = _FILE.search(text)
    return f"{found[1].upper()}-{found[2]}" if found else None


def sentence(nodeid: str) -> str:
    """A test's name as what it claims."""
    return nodeid.rpartition("::")[2].removeprefix("test_").split("[")[0].replace("_", " ")


def titles() -> dict[str, str]:
    """All rows in order, with their titles."""
    tables = tomllib.loads((HERE / "titles.toml").read_text("utf-8"))
    return {f"{system}-{no}": title for system, rows in tables.items() for no, title in rows.items()}


def page(rows: dict[str, str], played: Played) -> str:
    working = sum(played.works(row) for row in rows)
    lines = [_HEAD, f"{working} of {len(rows)} work.", ""]
    for row, title in rows.items():
        state = "working" if played.works(row) else "not working"
        lines.append(f"- **{row}** {title}: {state}")
        lines += [f"  - {claim}" for claim in dict.fromkeys(played.passed[row])]
    return "\n".join(lines) + "\n"


def main(wanted: list[str]) -> int:
    rows = {row: title for row, title in titles().items() if not wanted or row in wanted}
    files = [str(file) for file in sorted(HERE.glob("test_*.py")) if row_of(file.name) in rows]
    played = Played()
    if files:
        pytest.main([*QUIETLY, *files], plugins=[played])
    for row, title in rows.items():
        print(f"{row} {'working' if played.works(row) else 'not working'}  {title}")
    if not wanted:
        PAGE.write_text(page(rows, played), "utf-8")
    return 0 if all(played.works(row) for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
