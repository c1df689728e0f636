"""What a group was last shown of something that comes again when it changes."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from gridbot.models import plain


class Posted(Model):
    """The mark of what was shown last, by what and where: "board:r1"."""

    what = fields.CharField(160, primary_key=True)
    mark = fields.CharField(64)

    class Meta:
        table = "posted"


async def marks(kind: str) -> dict[str, str]:
    """Room → the mark of what it was shown last."""
    rows = await Posted.filter(what__startswith=f"{kind}:").values_list("what", "mark")
    return {str(what).removeprefix(f"{kind}:"): str(mark) for what, mark in rows}


async def show(kind: str, room: str, mark: str) -> None:
    """Remember what a room is shown now."""
    row = plain.new(Posted, what=f"{kind}:{room}", mark=mark)
    await plain.add([row], "ON CONFLICT (what) DO UPDATE SET mark = excluded.mark")
