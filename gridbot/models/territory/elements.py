"""The six registers 人地事物情组织: entries with tags that all six share, and what is linked to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gridbot.models.acts import Act, change, created
from gridbot.models.duty.care import Element, ElementLink


async def put(act: Act, node: str, register: str, name: str, tags: Sequence[str]) -> Element:
    """Enter something, or add tags to it."""
    row = await Element.get_or_none(node=node, register=register, name=name)
    if row is not None:
        await change(act, row, tags=list(dict.fromkeys([*row.tags, *tags])))
        return row
    row = await Element.create(
        register=register, node=node, name=name, tags=list(dict.fromkeys(tags)), by=act.by, at=act.at
    )
    await created(act, row)
    return row


async def find(nodes: Collection[str], word: str) -> list[Element]:
    """Entries of that name or register or with that tag, within some nodes."""
    rows = await Element.filter(node__in=list(nodes)).order_by("register", "id")
    return [row for row in rows if word in (row.name, row.register) or word in row.tags]


async def link(act: Act, element: Element, what: str) -> bool:
    """Tie a ticket or a visit to an entry; False where it is tied already."""
    if await ElementLink.exists(element=element.id, what=what):
        return False
    await created(act, await ElementLink.create(element=element.id, what=what))
    return True


async def linked(elements: Collection[int]) -> dict[int, list[str]]:
    """What is tied to each entry."""
    found: dict[int, list[str]] = {}
    for row in await ElementLink.filter(element__in=list(elements)).order_by("id"):
        found.setdefault(row.element, []).append(row.what)
    return found
