"""The open pages: what this is, and who is answerable for each grid. No resident is named here."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web
from markupsafe import Markup

from gridbot.digests import board
from gridbot.models.territory.directory import Directory, Node
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank
from gridbot.web import rendering
from gridbot.web.needs import NEEDS

MOST_GRIDS = 2_000


@dataclass(frozen=True, slots=True)
class GridCard:
    """A grid as anybody may know it."""

    code: str
    name: str
    path: str
    leader: Post | None
    worker: Post | None
    others: tuple[Post, ...] = ()


async def start(request: web.Request) -> web.Response:
    """What this is, and the list of grids."""
    needs = request.app[NEEDS]
    directory = needs.world.directory
    grids = [_card(directory, node) for node in directory.nodes.values() if _is_grid(directory, node)]
    shown = sorted(grids, key=lambda grid: (grid.path, grid.code))[:MOST_GRIDS]
    return rendering.page(request, "start.html", grids=shown)


async def grid(request: web.Request) -> web.Response:
    """One grid's public page."""
    directory = request.app[NEEDS].world.directory
    node = directory.nodes.get(request.match_info["code"])
    if node is None or not _is_grid(directory, node):
        raise web.HTTPNotFound(text="没有这个网格。")
    return rendering.page(request, "grid.html", grid=_card(directory, node))


def _is_grid(directory: Directory, node: Node) -> bool:
    """A grid is where somebody works or leads and below which nobody does."""
    if not directory.at(node.code, Rank.WORKER, Rank.LEADER):
        return False
    below = directory.under(node.code)[1:]
    return not any(directory.at(code, Rank.WORKER) for code in below) and bool(
        directory.at(node.code, Rank.WORKER) or not below
    )


def _card(directory: Directory, node: Node) -> GridCard:
    above = [one.name for one in directory.up(node.code)][1:]
    worker, leader = directory.worker(node.code), directory.leader(node.code)
    known = {post.staff for post in (worker, leader) if post}
    others = tuple(post for post in directory.at(node.code) if post.staff not in known)
    return GridCard(node.code, node.name, " · ".join(reversed(above)), leader, worker, others)


async def wall(request: web.Request) -> web.Response:
    """The notice board of a node, made for paper."""
    world = request.app[NEEDS].world
    code = request.match_info["code"]
    if code not in world.directory.nodes:
        raise web.HTTPNotFound(text="没有这个地方。")
    shown = board.board(world, code)
    qr = Markup(board.qr(shown.url)) if shown.url else ""
    return rendering.page(request, "board.html", board=shown, qr=qr)
