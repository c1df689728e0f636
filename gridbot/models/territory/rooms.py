"""Groups: how they are listened to, what they are called."""

from __future__ import annotations

from gridbot.models.acts import Act, change
from gridbot.models.territory import directory
from gridbot.models.territory.org import Group


async def set_group(act: Act, number: int, **values: object) -> None:
    """Change how a group is treated; 撤销 puts it back."""
    row = await Group.get(id=number)
    await change(act, row, **values)
    await directory.raise_version()


async def rename(number: int, topic: str) -> None:
    """The platform says the group has another name."""
    await Group.filter(id=number).update(topic=topic[:128])
    await directory.raise_version()
