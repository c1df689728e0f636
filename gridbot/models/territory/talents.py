"""Where members of staff came from (来源)."""

from __future__ import annotations

from gridbot.models.territory.org import Post


async def sources() -> dict[str, str]:
    """Staff id → source, of those whose source is known."""
    rows = await Post.all().exclude(source="").values_list("staff", "source")
    return {str(staff): str(source) for staff, source in rows}
