"""Digests that were delivered: what their readers have heard already."""

from __future__ import annotations

from collections.abc import Collection

from gridbot.models import plain

AT_ONCE = 500  # readers asked for in one query


async def lacks(readers: Collection[str]) -> dict[tuple[str, str], str]:
    """(reader, node) → the mark of what the org lacked there when he last read a digest of it."""
    found: dict[tuple[str, str], str] = {}
    named = list(readers)
    for start in range(0, len(named), AT_ONCE):
        some = named[start : start + AT_ONCE]
        places = ", ".join("?" * len(some))
        last = f'SELECT MAX(id) FROM digest WHERE "to" IN ({places}) GROUP BY "to", node'
        rows = await plain.table(f'SELECT "to", node, lacks FROM digest WHERE id IN ({last})', *some)
        found.update({(str(to), str(node)): str(mark) for to, node, mark in rows})
    return found
