"""Tying an account to a post or a household by a one-time code."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gridbot.errors import Refusal
from gridbot.models.territory import directory
from gridbot.models.territory.org import BindCode, Household, Post, Resident

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that look alike
LENGTH = 8
CODE_LIVES = timedelta(days=7)
MANY = 10_000  # households named one by one in a query


@dataclass(frozen=True, slots=True)
class Bound:
    """Whom an account now belongs to: a member of staff, or a household; `head`: he has the head's seat."""

    staff: str = ""
    household: str = ""
    head: bool = False
    name: str = field(default="", repr=False)


async def issue_code(*, now: datetime, staff: str = "", household: str = "") -> str:
    """A new code for exactly one of both, good for a week and one use; older unused ones stop working.

    Raises Refusal for a person or household that does not exist.
    """
    if staff and not await Post.filter(staff=staff).exists():
        raise Refusal("bind.no_such", who=staff)
    if household and not await Household.filter(id=household).exists():
        raise Refusal("bind.no_such", who=household)
    if bool(staff) == bool(household):
        raise ValueError("a code is for one member of staff or one household")
    await BindCode.filter(staff=staff, household=household, used_at__isnull=True).delete()
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    await BindCode.create(code=code, staff=staff, household=household, made_at=now)
    return code


async def bind(contact: str, code: str, *, now: datetime, name: str = "", head: bool = False) -> Bound:
    """Tie the account to what the code stands for; raises Refusal for a wrong, old or used code.

    A second account of a household is one more member of it; a member of staff has one account.
    """
    row = await BindCode.get_or_none(code=code.strip().upper())
    if row is None or row.used_at is not None or now - row.made_at > CODE_LIVES:
        raise Refusal("bind.wrong_code")
    row.used_at = now
    await row.save(update_fields=["used_at"])
    await directory.raise_version()
    if row.staff:
        await Post.filter(staff=row.staff).update(contact=contact)
        post = await Post.filter(staff=row.staff).order_by("id").first()
        return Bound(staff=row.staff, name=post.name if post else "")
    seated = await move_in(contact, row.household, name, head=head)
    return Bound(household=row.household, head=seated)


async def move_in(contact: str, household: str, name: str, *, head: bool) -> bool:
    """Tie an account to a household; returns whether it has the head's seat, of which there is one.

    The head's seat stays with the account that has it; without `head` the first account gets it.
    """
    await Resident.filter(contact=contact).update(contact="")
    await directory.raise_version()
    seat = await Resident.filter(household=household, contact="", head=True).order_by("id").first()
    if seat is not None and (head or not await _has_account(household)):
        seat.contact = contact
        await seat.save(update_fields=["contact"])
        return True
    first = head and not await Resident.filter(household=household, head=True).exists()
    await Resident.create(contact=contact, household=household, name=name, head=first)
    return first


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many households of a node have their head's account, and the ids of those that have not."""

    all: int
    bound: int
    missing: tuple[str, ...]


async def coverage(node: str) -> Coverage:
    """Whose head of household can be written to; any account counts where no head is known."""
    homes = [str(id) for id in await Household.filter(node=node).order_by("id").values_list("id", flat=True)]
    headed: set[str] = set()
    bound: dict[str, bool] = {}
    rows = Resident.filter(household__in=homes) if len(homes) < MANY else Resident.all()
    for household, contact, head in await rows.values_list("household", "contact", "head"):
        if head:
            headed.add(household)
        if contact:
            bound[household] = bound.get(household, False) or head
    there = {home for home in homes if bound.get(home) or (home in bound and home not in headed)}
    return Coverage(len(homes), len(there), tuple(home for home in homes if home not in there))


async def _has_account(household: str) -> bool:
    return await Resident.filter(household=household).exclude(contact="").exists()


async def unbind(contact: str) -> int:
    """The account belongs to no household any more; returns how many ties were cut."""
    await directory.raise_version()
    return await Resident.filter(contact=contact).update(contact="")
