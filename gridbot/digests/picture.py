"""A digest as a picture, for those who forward it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from gridbot.digests import drawing
from gridbot.digests.analysis import Days
from gridbot.digests.drawing import WIDTH
from gridbot.digests.spans import Period
from gridbot.digests.text import Page
from gridbot.models.reckoning.figures import DayFigures
from gridbot.world import World

MARGIN, GAP = 56, 28  # pixels
BLANK = 0.28  # of a letter's height
HEAD_SIZE, BODY_SIZE, SMALL_SIZE = 50, 34, 28  # height of the letters
LEADING = 1.5
BARS = 31  # a longer span is shown by months
LISTED = 5
FIGURES = "0123456789#%./-"  # what belongs together in a line
FULL = 4  # matters a day from which on a bar may fill the chart: one alone is no peak
CHART_HEIGHT, BAR_HEIGHT = 300, 56


@dataclass(frozen=True, slots=True)
class Tile:
    """A number in large letters; `low` is what stands beneath it."""

    name: str
    count: int
    low: str
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart; `share` of the longest one, 0 to 1; `other` is the paler one beside it."""

    name: str
    count: int
    share: float
    other: int = 0
    other_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the page: its kind names the macro that draws it, `top` is where it begins."""

    kind: str
    height: int
    title: str = ""
    tiles: Sequence[Tile] = ()
    bars: Sequence[Bar] = ()
    lines: Sequence[str] = ()
    top: int = field(default=0)


def draw(world: World, figures: DayFigures, period: Period, days: Days, file: Path) -> None:
    """Draw a leader's figures into a PNG file; raises BadInput where this machine cannot."""
    drawing.write_png(svg(world, figures, period, days), file)


def svg(world: World, figures: DayFigures, period: Period, days: Days) -> str:
    """The page as SVG; `days` are what the chart shows: day, new, done."""
    page = Page(world, figures, period)
    blocks = list(_placed(_blocks(page, days)))
    height = blocks[-1].top + blocks[-1].height + MARGIN
    head = page.heading().replace("【", "").replace("】", " ")
    return drawing.template("picture.svg").render(
        width=WIDTH, height=height, margin=MARGIN, inner=WIDTH - 2 * MARGIN,
        families=drawing.FAMILIES, blocks=blocks,
        body=BODY_SIZE, small=SMALL_SIZE, leading=LEADING, chart=CHART_HEIGHT, step=BAR_HEIGHT,
        head=head, head_size=min(HEAD_SIZE, (WIDTH - 2 * MARGIN) // len(head)), date=page.date(),
        office=world.office.office,
    )  # fmt: skip


def _blocks(page: Page, days: Days) -> Iterator[Block]:
    say, figures = page.say, page.figures
    last = say(f"last_{page.period}")
    tiles = [
        Tile(say("new"), figures.flow.opened, f"{last} {figures.before.opened}"),
        Tile(say("done"), figures.flow.resolved, f"{last} {figures.before.resolved}"),
        Tile(say("live"), figures.live, ""),
        Tile(say("late"), len(figures.overdue), "", bad=bool(figures.overdue)),
    ]
    yield Block("tiles", 220, tiles=tiles)
    if pressing := [line for part in page.pressing() for line in wrapped(part, BODY_SIZE)]:
        yield Block("alarm", _lines_height(pressing), lines=pressing)
    bars = _days(days)
    if any(bar.count or bar.other for bar in bars):
        yield Block("days", CHART_HEIGHT + 150, say("chart_days"), bars=bars)
    if kinds := figures.kinds[:LISTED]:
        most = kinds[0][1]
        bars = [Bar(page.kind(kind), count, count / most) for kind, count in kinds]
        yield Block("kinds", BAR_HEIGHT * len(bars) + 100, say("chart_kinds"), bars=bars)
    if rest := [line for part in page.remaining() for line in wrapped(part, BODY_SIZE)]:
        yield Block("lines", _lines_height(rest), lines=rest)


def _lines_height(lines: Sequence[str]) -> int:
    return int(len(lines) * BODY_SIZE * LEADING) + 2 * GAP


def _placed(blocks: Iterator[Block]) -> Iterator[Block]:
    top = 208
    for block in blocks:
        yield Block(block.kind, block.height, block.title, block.tiles, block.bars, block.lines, top)
        top += block.height + GAP


def _days(days: Days) -> list[Bar]:
    """A bar a day, or a month where there are too many days."""
    if len(days) > BARS:
        months: dict[tuple[int, int], list[int]] = {}
        for day, opened, resolved in days:
            sums = months.setdefault((day.year, day.month), [0, 0])
            sums[0] += opened
            sums[1] += resolved
        rows = [(f"{month}月", opened, resolved) for (_, month), (opened, resolved) in months.items()]
    else:
        rows = [(_label(day, number, len(days)), a, b) for number, (day, a, b) in enumerate(days)]
    most = max((max(opened, resolved) for _, opened, resolved in rows), default=0)
    most = max(most, FULL)
    return [Bar(name, a, a / most, b, b / most) for name, a, b in rows]


def _label(day: date, number: int, count: int) -> str:
    """What stands under a day: all days of a week, every fifth of a month."""
    return f"{day.month}.{day.day}" if count <= 10 or number % 5 == 0 else ""


def wrapped(text: str, size: int, width: int = WIDTH - 2 * MARGIN - 2 * GAP) -> list[str]:
    """The text in lines that fit, no number broken; letters are as wide as in a common font."""
    lines, line, used = [], "", 0.0
    for character in text:
        step = _wide(character) * size
        if line and used + step > width and character not in "，。；：、）！？":
            whole = line.rstrip(FIGURES) if character in FIGURES else line
            kept = line[len(whole) :] if whole else ""
            lines.append(line.removesuffix(kept))
            line, used = kept, sum(map(_wide, kept)) * size
        line += character
        used += step
    return [*lines, line]


def _wide(character: str) -> float:
    """The width of a character, in heights of a letter."""
    if character == " ":
        return BLANK
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.58
