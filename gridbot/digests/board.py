"""公示: who answers for what at a node, as text, as a page for the notice board, as a picture to print."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import segno

from gridbot.digests import drawing
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank
from gridbot.world import World

DUTIES = 3  # of somebody's, in a group
MOST = 60  # nodes on one board
SHOWN = (Rank.LEADER, Rank.WORKER, Rank.DEPUTY, Rank.HELPER, Rank.MEDIATOR, Rank.POLICE)


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody as the notice board names him; the telephone is the one he serves residents with."""

    role: str
    name: str
    phone: str
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A node with those who work there; `depth` from the top of the board, `own` is the board's node."""

    depth: int
    name: str
    area: str
    own: bool
    officers: tuple[Officer, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The node's chain up to the top, itself, and what lies below it."""

    node: str
    name: str
    rows: tuple[Row, ...]
    left_out: int  # nodes that found no room
    phone: str  # the office's, for asking whether somebody is from here
    url: str  # the node's public page, "" where the office has no address

    @property
    def mark(self) -> str:
        """Changes when anything on the board does."""
        return hashlib.blake2b(repr(self.rows).encode(), digest_size=8).hexdigest()


def board(world: World, code: str) -> Board:
    """The board of a node; KeyError where there is none."""
    directory = world.directory
    node = directory.nodes[code]
    above = list(directory.up(code))[:0:-1]
    depths = {one.code: depth for depth, one in enumerate([*above, node])}
    below = list(_below(world, code))
    rows = [_row(world, one.code, depths[one.code], own=False, ranks=(Rank.LEADER,)) for one in above]
    rows.append(_row(world, code, depths[code], own=True))
    for each in below[:MOST]:
        parent = directory.nodes[each].parent or ""
        depths[each] = depths.get(parent, depths[code]) + 1
        rows.append(_row(world, each, depths[each], own=False))
    url = f"{world.office.url}/g/{code}" if world.office.url else ""
    return Board(code, node.name, tuple(rows), max(0, len(below) - MOST), world.office.phone, url)


def _below(world: World, code: str) -> Iterator[str]:
    """Everything below a node, each with its own before the next."""
    for child in world.directory.children.get(code, ()):
        yield child
        yield from _below(world, child)


def _row(world: World, code: str, depth: int, *, own: bool, ranks: tuple[Rank, ...] = SHOWN) -> Row:
    directory = world.directory
    posts = sorted(directory.at(code, *ranks), key=lambda post: SHOWN.index(post.rank))
    officers = tuple(_officer(world, post) for post in posts)
    return Row(depth, directory.nodes[code].name, directory.nodes[code].area, own, officers)


def _officer(world: World, post: Post) -> Officer:
    return Officer(post.role, post.name, post.phone, world.directory.duties(post))


def short(world: World, shown: Board) -> str:
    """What a residents' group reads once a month and when somebody changes: a few lines."""
    say = world.texts.say
    own = next(row for row in shown.rows if row.own)
    leading = [o for row in shown.rows if row.own or row.depth < own.depth for o in row.officers[:1]]
    people: dict[tuple[str, str], list[Officer]] = {}
    for officer in dict.fromkeys([*own.officers, *leading[-1:]]):
        people.setdefault((officer.name, officer.phone), []).append(officer)
    lines = [_person(world, roles) for roles in list(people.values())[:6]]
    office = say("board.office", phone=shown.phone) if shown.phone else ""
    return say("board.short", name=shown.name, lines="\n".join(lines), office=office)


def _person(world: World, roles: Sequence[Officer]) -> str:
    """Somebody with all his roles, his number and what comes first of what he does."""
    duties = list(dict.fromkeys(duty for one in roles for duty in one.duties))[:DUTIES]
    line = world.texts.say(
        "board.person", role="、".join(dict.fromkeys(o.role for o in roles)), name=roles[0].name,
        phone=roles[0].phone,
    )  # fmt: skip
    return world.texts.say("board.person_does", person=line, duties="、".join(duties)) if duties else line


def markdown(world: World, shown: Board) -> str:
    """The whole board as Markdown."""
    return "\n".join(_lines(world, shown))


def _lines(world: World, shown: Board) -> Iterator[str]:
    say = world.texts.say
    yield say("board.title", name=shown.name)
    for row in shown.rows:
        people = "、".join(f"{o.role}{o.name} {o.phone}".strip() for o in row.officers)
        name = f"**{row.name}**" if row.own else row.name
        yield f"{'  ' * row.depth}- {name}：{people or say('board.vacant')}"
        if row.own:
            for officer in row.officers:
                if officer.duties:
                    yield f"{'  ' * (row.depth + 1)}- {officer.role}：{'、'.join(officer.duties)}"
    if shown.left_out:
        yield say("board.more", count=shown.left_out)
    yield say("board.ask", phone=shown.phone) if shown.phone else say("board.ask_only")


def qr(url: str) -> str:
    """The address as a QR code: the inside of an SVG."""
    out = BytesIO()
    segno.make(url, error="m").save(out, kind="svg", xmldecl=False, svgns=False, border=1, scale=1)
    return out.getvalue().decode()


def draw(world: World, shown: Board, file: Path) -> None:
    """The board as a PNG 1080 pixels wide, to print; raises BadInput where this machine cannot draw."""
    drawing.write_png(svg(world, shown), file)


def svg(world: World, shown: Board) -> str:
    """The board as SVG: a tree of cards, the code of the public page at the foot."""
    say = world.texts.say
    tops, top = [], 230
    for row in shown.rows:
        tops.append(top)
        top += 66 + 46 * max(1, len(row.officers)) + (38 if row.area else 0) + 24
    return drawing.template("board.svg").render(
        width=drawing.WIDTH, height=top + 260, rows=list(zip(tops, shown.rows, strict=True)), foot=top,
        title=say("board.head", name=shown.name), office=world.office.office, vacant=say("board.vacant"),
        ask=say("board.ask", phone=shown.phone) if shown.phone else say("board.ask_only"),
        scan=say("board.scan"), code=qr(shown.url) if shown.url else "", families=drawing.FAMILIES,
        modules=_modules(shown.url),
    )  # fmt: skip


def _modules(url: str) -> int:
    """How many squares the code is wide, its border included."""
    return int(segno.make(url, error="m").symbol_size(border=1)[0]) if url else 1
