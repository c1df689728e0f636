"""What neighbours, volunteers and organisations would lend or do, and what came of asking them."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.models.acts import Act, change, created
from gridbot.models.cases.serving import Offer, Resource

THING, SKILL = "资源", "特长"
SHOWN = 8


async def register(
    act: Act,
    node: str,
    kind: str,
    name: str,
    *,
    owner: str = "",
    contact: str = "",
    phone: str = "",
    note: str = "",
) -> Resource:
    """Put a resource on file; the same one of the same owner is corrected instead."""
    known = await Resource.filter(
        node=node, kind=kind, name=name, contact=contact, owner=owner, gone=False
    ).first()
    if known is not None:
        await change(act, known, phone=phone, note=note)
        return known
    row = await Resource.create(
        node=node,
        kind=kind,
        name=name,
        owner=owner,
        contact=contact,
        phone=phone,
        note=note,
        by=act.by,
        at=act.at,
    )
    await created(act, row)
    return row


async def search(nodes: Sequence[str], word: str) -> list[Resource]:
    """What fits a word, nearest node first."""
    order = {code: n for n, code in enumerate(nodes)}
    rows = await Resource.filter(gone=False).order_by("id")
    fit = [
        row
        for row in rows
        if row.node in order and (row.name in word or word in row.name or word in row.note)
    ]
    return sorted(fit, key=lambda row: order[row.node])[:SHOWN]


async def get(number: int) -> Resource | None:
    return await Resource.get_or_none(id=number, gone=False)


async def withdraw(act: Act, contact: str, name: str) -> int:
    """An owner takes his own off the list (all of them where no name is given); returns how many."""
    rows = await Resource.filter(contact=contact, gone=False)
    mine = [row for row in rows if not name or row.name == name]
    for row in mine:
        await change(act, row, gone=True)
    return len(mine)


async def ask(act: Act, resource: Resource, node: str, purpose: str) -> Offer:
    """Write down that a resource was asked for."""
    row = await Offer.create(resource=resource.id, node=node, asked_by=act.by, purpose=purpose, at=act.at)
    await created(act, row)
    return row


async def offer(number: int) -> Offer | None:
    return await Offer.get_or_none(id=number)


async def answered(act: Act, row: Offer, answer: str) -> None:
    """What the owner said: yes or no."""
    await change(act, row, answer=answer, answered_at=act.at)


async def forget(contact: str) -> None:
    """Somebody wants nothing of his kept."""
    await Resource.filter(contact=contact).delete()
