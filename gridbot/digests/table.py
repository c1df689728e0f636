"""A digest's counters by class as a CSV file, for an office's own tables."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from gridbot.errors import BadInput
from gridbot.models.reckoning.figures import Case, DayFigures
from gridbot.world import World

HEAD = ("业务条线", "类别", "小类", "新增", "办结")


def write(world: World, figures: DayFigures, file: Path) -> None:
    """One row a class that occurred, new and done within the span; raises BadInput where it cannot.

    UTF-8 with a mark at the beginning, so that spreadsheet programs show the characters.
    """
    opened, resolved = _counted(figures.opened), _counted(figures.resolved)
    profile = world.directory.profile(figures.nodes[0] if figures.nodes else "")
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            table = csv.writer(out)
            table.writerow(HEAD)
            for category, sub in sorted(opened | resolved):
                known = profile.category(category)
                names = (known.line, known.zh, known.subs.get(sub, ""))
                table.writerow([*names, opened[category, sub], resolved[category, sub]])
    except OSError as error:
        raise BadInput(f"表格存不下来：{error}", file=file, hint="换一个能写的位置") from error


def _counted(cases: Iterable[Case]) -> Counter[tuple[str, str]]:
    return Counter((case.category, case.sub or "") for case in cases)
