"""What a digest that nobody asked for is worth saying: no empty ones far down, no vacancy every day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from gridbot.digests import Period, first_of, lacking
from gridbot.models.duty import delivered
from gridbot.models.reckoning.figures import DayFigures
from gridbot.world import World

SHORT = (Period.DAY, Period.WEEK)  # too often to hear of the same vacancy again


class Worth:
    """What the readers of some digests have heard, and where a day without anything is told all the same."""

    def __init__(self, world: World, marks: Mapping[tuple[str, str], str]) -> None:
        directory = world.directory
        groups = [group.node for group in directory.groups if group.residents]
        self._world, self._marks = world, marks
        self._hearing = {node.code for code in groups for node in directory.up(code)}

    def lacks(self, found: DayFigures) -> list[str]:
        """All the lines on what the org lacks at these nodes."""
        return list(lacking.lacking(self._world, found.nodes))

    def said(self, staff: str, found: DayFigures, period: Period, lacks: Sequence[str]) -> Sequence[str]:
        """Those of them that belong in this digest: news, and all of them once a month."""
        known = self._marks.get((staff, first_of(found)), "")
        return lacks if period not in SHORT or lacking.mark(lacks) != known else ()

    def due(self, found: DayFigures, period: Period, news: Sequence[str], *, worked: bool) -> bool:
        """Whether the digest goes out: on a day of rest only with what cannot wait."""
        if period is not Period.DAY:
            return found.happened
        return self.telling(found, news) if worked else bool(found.emergencies or found.look_ins_missed)

    def telling(self, found: DayFigures, news: Sequence[str]) -> bool:
        """Whether an ordinary day is worth a message: something is to be told, or residents could have said
        something there (a group at or below the node), or it is the whole."""
        top = self._world.directory.top()
        return bool(
            found.happened
            or found.pending
            or news
            or any(code == top or code in self._hearing for code in found.nodes)
        )


async def of(world: World, staff: Collection[str]) -> Worth:
    """For digests to these readers."""
    return Worth(world, await delivered.lacks(staff))
