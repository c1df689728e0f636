"""By which transport a person is reached, where there are several: that on which he spoke to the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tortoise import fields
from tortoise.models import Model

from gridbot.messages import Address
from gridbot.models import plain


class Reached(Model):
    """An account and the transport on which it was last heard: what was said in private outweighs a group."""

    contact = fields.CharField(128, primary_key=True)
    transport = fields.CharField(32)
    account = fields.CharField(128)  # the bot's own there
    private = fields.BooleanField(default=False)
    at = fields.DatetimeField()

    class Meta:
        table = "reached"


@dataclass(frozen=True, slots=True)
class Place:
    """A transport and the bot's account there."""

    transport: str
    account: str
    private: bool = False


async def everybody() -> dict[str, Place]:
    """Where each account was heard, by contact."""
    rows = await plain.table("SELECT contact, transport, account, private FROM reached")
    return {str(c): Place(str(t), str(a), bool(p)) for c, t, a, p in rows}


def newer(known: Place | None, heard: Address) -> Place | None:
    """Where somebody is reached from now on, if that changes by what was just heard; else None."""
    place = Place(heard.transport, heard.account, heard.private)
    if known == place or (known is not None and known.private and not heard.private):
        return None
    return place


async def note(contact: str, place: Place, at: datetime) -> None:
    """Keep where somebody is reached."""
    await Reached.filter(contact=contact).delete()
    await Reached.create(
        contact=contact, transport=place.transport, account=place.account, private=place.private, at=at
    )


async def forget(contact: str) -> None:
    """Nothing is known of the account any more."""
    await Reached.filter(contact=contact).delete()
