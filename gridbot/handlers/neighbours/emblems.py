"""五星小区: which stars an estate has, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.neighbours import discussing
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.neighbours import discussions

routes = Routes()


@routes.on("emblem")
async def emblem(turn: Turn) -> Sequence[Say]:
    """五星小区: the checklist; 五星 邻里和睦 达标 全年无纠纷: one of them, with its evidence."""
    post = turn.require_staff(*discussing.HOSTS)
    names = turn.world.directory.profile(post.node).merit.emblems
    words, command = turn.rest.split(maxsplit=1), turn.reading.command
    if words:
        if words[0] not in names or command is None or not command.options:
            raise Refusal("discuss.emblem_how", names="、".join(names))
        met, evidence = "达标" in command.options, words[1] if len(words) > 1 else ""
        if met and not evidence:
            raise Refusal("discuss.evidence", name=words[0])
        await discussions.emblem(turn.act, post.node, words[0], met=met, evidence=evidence)
    have = await discussions.emblems(post.node)
    lines = [
        turn.texts.say(
            "discuss.emblem", mark="★" if name in have and have[name].met else "☆", name=name,
            evidence=have[name].evidence if name in have else "",
        ).strip()
        for name in names
    ]  # fmt: skip
    stars = sum(row.met for row in have.values())
    node = turn.world.directory.nodes[post.node].name
    return [turn.whisper("discuss.emblems", node=node, stars=stars, all=len(names), lines="\n".join(lines))]
