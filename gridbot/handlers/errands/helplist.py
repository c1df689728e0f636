"""代填名单 养老认证: who cannot do it on a telephone, listed for the worker who does it with them."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases.serving import HelpList
from gridbot.models.duty import helping
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank

routes = Routes()

SHOWN = 30


@routes.on("help_list")
async def help_list(turn: Turn) -> Sequence[Say]:
    """A leader's goes to every worker of his; a worker's is his own. Without a title: how the lists stand."""
    post = turn.require_staff(Rank.LEADER, Rank.WORKER, Rank.DEPUTY, Rank.DESK)
    directory, title = turn.world.directory, turn.rest.strip()[:40]
    nodes = directory.under(post.node)
    near = [*nodes, *(node.code for node in directory.up(post.node))]
    if not title:
        return await _standing(turn, post, near)
    known = await helping.open_list(near, title, turn.act)
    if known is not None:
        return [await _progress(turn, post, known)]
    homes = await helping.who_needs_help(nodes)
    if not homes:
        return [turn.whisper("help_list.nobody", title=title)]
    workers = {home.node: directory.worker(directory.grid(home.node)) for home in homes}
    rows = [(home, found.staff if (found := workers[home.node]) else "") for home in homes]
    made = await helping.make(turn.act, post.node, title, rows)
    says = []
    for staff in await helping.workers_of(made.id):
        worker = directory.staff(staff)
        if worker is None:
            continue
        if worker.contact == turn.heard.sender:
            says.append(await _list(turn, worker, made))
        elif worker.contact:
            says.append(cards.held(turn, await _list(turn, worker, made)))
    grids = len({home.node for home in homes})
    return [turn.whisper("help_list.made", title=title, count=len(homes), grids=grids), *says]


async def _list(turn: Turn, worker: Post, row: HelpList) -> Say:
    left = [one for one in await helping.of_list(row.id, worker.staff) if not one.done]
    lines = "\n".join(f"{one.door} {one.name}" for one in left[:SHOWN])
    door = left[0].door if left else ""
    return turn.tell(
        worker.contact, "help_list.list", title=row.title, count=len(left), lines=lines, door=door
    )


async def _progress(turn: Turn, post: Post, row: HelpList) -> Say:
    worker = post.staff if post.rank is Rank.WORKER else None
    found = await helping.of_list(row.id, worker)
    left = [one for one in found if not one.done]
    if worker is not None:
        return await _list(turn, post, row) if left else turn.whisper("help_list.all_done", title=row.title)
    lines = "\n".join(f"{one.door} {one.name}" for one in left[:SHOWN])
    return turn.whisper("help_list.progress", title=row.title, all=len(found), left=len(left), lines=lines)


async def _standing(turn: Turn, post: Post, near: Sequence[str]) -> list[Say]:
    lists = await helping.open_lists(near, turn.act)
    if not lists:
        return [turn.whisper("help_list.how")]
    return [await _progress(turn, post, row) for row in lists[-3:]]
