"""五平台: the new matters of a span by the platform they belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gridbot.models.reckoning.figures import Case, DayFigures
from gridbot.world import World


def lines(world: World, figures: DayFigures) -> Iterator[str]:
    """One line, most first; none where nothing came in."""
    counts = Counter(_platform(world, case) for case in figures.opened)
    if counts:
        said = "，".join(f"{platform} {count}" for platform, count in counts.most_common())
        yield world.texts.say("digest.platforms", platforms=said)


def _platform(world: World, case: Case) -> str:
    profile = world.directory.profile(case.grid)
    kind = profile.category(case.category).kind
    return profile.catalogue.platform(kind, case.category, case.sub)
