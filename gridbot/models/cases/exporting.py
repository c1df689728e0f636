"""Tickets and villages as rows for another platform; its numbers are kept, so that nothing is typed twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from gridbot.models.acts import Act
from gridbot.models.cases.casework import LIVE, STATE_ZH, State, move
from gridbot.models.cases.tickets import Supporter, Ticket
from gridbot.models.database import moment
from gridbot.models.plain import row, rows, table
from gridbot.models.territory.directory import Directory
from gridbot.nlp.slots.quantity import mask
from gridbot.services.export import Mapping as Platform

CHUNK = 500
VILLAGE = ("村", "社区")
COLUMNS = ("code", "name", "above", "groups", "workers", "bound", "exported")  # of a Village


async def tickets(
    since: datetime | None = None, until: datetime | None = None, *, new: bool = False, after: int = 0
) -> list[Ticket]:
    """Up to CHUNK tickets after a number, opened in a span; `new`: only those without a platform's number."""
    wanted = ["no > ?", *(["opened_at >= ?"] if since else []), *(["opened_at < ?"] if until else [])]
    wanted += ["exported_no IS NULL"] if new else []
    wanted.append("state NOT IN ('merged', 'withdrawn', 'declined')")
    values: list[object] = [after, *(moment(at) for at in (since, until) if at is not None), CHUNK]
    return await rows(Ticket, f"WHERE {' AND '.join(wanted)} ORDER BY no LIMIT ?", *values)


async def not_exported(nodes: Sequence[str], limit: int) -> list[Ticket]:
    """Tickets of these grids without a platform's number, oldest first."""
    inside = set(nodes)
    found: list[Ticket] = []
    after = 0
    while len(found) < limit and (part := await tickets(new=True, after=after)):
        found += [each for each in part if each.grid in inside]
        after = part[-1].no
    return found[:limit]


async def numbered(act: Act, ticket: Ticket, number: str) -> None:
    """The platform's number of a ticket: from now on it counts as exported."""
    await move(ticket, "export", act, number, exported_no=number)


async def having(number: str) -> Ticket | None:
    """The ticket that has a platform's number."""
    return await row(Ticket, "WHERE exported_no = ?", number)


async def line(directory: Directory, platform: Platform, ticket: Ticket, zone: tzinfo) -> dict[str, str]:
    """One ticket in the platform's words, by column title, in its order. Moments are local, `…+08:00`."""
    count = 1 + await Supporter.filter(ticket=ticket.no).count()
    profile = directory.profile(ticket.grid)
    category = profile.category(ticket.category)
    grid = directory.nodes.get(ticket.grid)
    fields: Mapping[str, str] = {
        "no": str(ticket.no),
        "exported_no": ticket.exported_no or "",
        "module": platform.module(ticket.category),
        "line": category.line,
        "platform": profile.catalogue.platform(ticket.kind, ticket.category, ticket.sub),
        "category": category.zh,
        "sub": category.subs.get(ticket.sub or "", ""),
        "gb39666": platform.gb39666.get(ticket.category) or category.gb39666 or "",
        "scale": platform.scale_of(count),
        "urgency": platform.urgency.get(ticket.urgency, ticket.urgency),
        "grid": ticket.grid,
        "grid_name": grid.name if grid else "",
        "place": ticket.place,
        "summary": "" if ticket.sensitive else mask(ticket.summary),
        "opened_at": _at(ticket.opened_at, zone),
        "state": STATE_ZH[State(ticket.state)],
        "result": ticket.result,
        "resolved_at": _at(ticket.resolved_at, zone),
        "satisfaction": ticket.satisfaction or "",
    }
    return {title: fields[field] for title, field in platform.columns}


def _at(at: datetime | None, zone: tzinfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds") if at is not None else ""


@dataclass(frozen=True, slots=True)
class Village:
    """How far a village or community is connected."""

    code: str
    name: str
    above: str  # the name of the node above it
    groups: int
    workers: int
    bound: int
    exported: int  # tickets that have a platform's number

    @property
    def connected(self) -> bool:
        """A group, and somebody who answers in it."""
        return self.groups > 0 and self.bound > 0


async def villages(directory: Directory, top: str = "") -> list[Village]:
    """Every village and community below a node ("" for all), in the order of the org."""
    exported = await _exported()
    rooms = Counter(group.node for group in directory.groups if group.residents)
    found = []
    for code in directory.under(top) if top else list(directory.nodes):
        node = directory.nodes[code]
        if not any(word in node.level for word in VILLAGE):
            continue
        inside = directory.under(code)
        posts = [post for below in inside for post in directory.at(below)]
        parent = directory.nodes.get(node.parent or "")
        found.append(
            Village(
                code=code,
                name=node.name,
                above=parent.name if parent else "",
                groups=sum(rooms[below] for below in inside),
                workers=len({post.staff for post in posts}),
                bound=len({post.staff for post in posts if post.contact}),
                exported=sum(exported.get(below, 0) for below in inside),
            )
        )
    return found


async def _exported() -> dict[str, int]:
    """How many tickets of each grid have a platform's number."""
    found = await table("SELECT grid, COUNT(*) FROM ticket WHERE exported_no IS NOT NULL GROUP BY grid")
    return {str(grid): int(count) for grid, count in found}


async def counts(now: datetime) -> dict[str, dict[str, int]]:
    """What a screen shows, without anybody in it: live tickets by grid, category and state, and how late."""
    live = await rows(Ticket, f"WHERE state IN ({', '.join('?' * len(LIVE))}) ORDER BY no", *LIVE)
    found: dict[str, dict[str, int]] = {"grids": {}, "categories": {}, "states": {}, "now": {}}
    for each in live:
        for name, key in (("grids", each.grid), ("categories", each.category), ("states", each.state)):
            found[name][key] = found[name].get(key, 0) + 1
    found["now"] = {
        "live": len(live),
        "overdue": sum(1 for each in live if each.due_at is not None and each.due_at < now),
        "emergencies": sum(1 for each in live if each.urgency == "emergency"),
    }
    return found
