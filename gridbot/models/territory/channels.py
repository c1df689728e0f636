"""How a household is reached: by its account, by SMS through an office's own gateway, by voice, on foot."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from gridbot.models.duty.duties import Announcement
from gridbot.models.duty.helping import NEEDY
from gridbot.models.spreading import announcements
from gridbot.models.territory.directory import Directory
from gridbot.models.territory.org import Household, Resident

MOBILE_DIGITS = 11


class Channel(StrEnum):
    """Ways out, the least trouble first."""

    WECHAT = "wechat"
    SMS = "sms"
    PHONE = "phone"
    DOOR = "door"


@dataclass(frozen=True, slots=True)
class Reach:
    """One household and the way to it; `phone` is "" where none is on file."""

    household: str
    grid: str
    channel: Channel
    door: str
    name: str = field(repr=False)
    phone: str = field(repr=False)


async def of_announcement(directory: Directory, found: Announcement) -> list[Reach]:
    """Everybody an announcement is for and who has not acknowledged it, each by his best channel."""
    below = {code for node in found.audience for code in directory.under(node)}
    done = set(await announcements.acknowledged(found.no)) if found.receipt else set()
    homes = [home for home in await announcements.audience(found, below) if home.id not in done]
    return await reaches(homes)


async def reaches(homes: Sequence[Household]) -> list[Reach]:
    """The best channel of each: its account, a mobile somebody can read on, any telephone, the door."""
    ids = [home.id for home in homes]
    bound = await announcements.reachable(ids)
    phones = await _phones(ids)
    return [_reach(home, home.id in bound, home.phone or phones.get(home.id, "")) for home in homes]


async def _phones(households: Collection[str]) -> dict[str, str]:
    rows = Resident.filter(household__in=list(households)).exclude(phone="").order_by("-head", "-id")
    return {str(home): str(phone) for home, phone in await rows.values_list("household", "phone")}


def _reach(home: Household, bound: bool, phone: str) -> Reach:
    digits = "".join(character for character in phone if character.isdigit())
    mobile = len(digits) == MOBILE_DIGITS and digits.startswith("1")
    if bound:
        channel = Channel.WECHAT
    elif not digits:
        channel = Channel.DOOR
    else:
        channel = Channel.SMS if mobile and not NEEDY & set(home.classes) else Channel.PHONE
    door = "-".join(part for part in (home.building, home.unit, home.room) if part) or home.address
    return Reach(home.id, home.node, channel, door, home.head, phone)
