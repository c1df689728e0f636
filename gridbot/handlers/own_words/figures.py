"""Figures, lists and who is responsible: of which colleague or place, from the words themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gridbot.errors import Refusal
from gridbot.handlers.duties import homes, screening
from gridbot.handlers.own_words import colleagues
from gridbot.handlers.own_words.ways import Way, bare, overseer, run
from gridbot.handlers.staff import absence
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.spreading import announcements
from gridbot.models.territory.directory import Department
from gridbot.nlp import Command
from gridbot.nlp.slots import telling
from gridbot.profiles import Rank

ANYBODY = ("谁", "哪", "有人", "几个")


async def _figures(turn: Turn, command: Command) -> Sequence[Say] | None:
    """日报 of whoever oversees; a worker reads what he has to do."""
    if not overseer(turn):
        return await run(turn, command, "todo", rest="")
    place = _place_below(turn)
    return await run(turn, command, rest=f"{place} {command.rest}") if place else await run(turn, command)


async def _score(turn: Turn, command: Command) -> Sequence[Say]:
    """我这季度多少分, 张磊这季度几颗星: one's own rows, or those of the colleague who is named."""
    named = colleagues.by_name(turn, turn.heard.text)
    return await run(turn, command, rest=named.name if named is not None else "")


async def _todo(turn: Turn, command: Command) -> Sequence[Say] | None:
    """张磊手上现在几件事: of the colleague a leader names; else of the speaker."""
    looks = overseer(turn) or any(post.rank is Rank.DESK for post in turn.person.posts)
    named = colleagues.by_name(turn, turn.heard.text) if looks else None
    rest = named.name if named is not None else _place_below(turn) if looks else ""
    return await run(turn, command, rest=rest)


async def _loads(turn: Turn, command: Command) -> Sequence[Say] | None:
    """谁手上压着活: of all whom the speaker oversees, or of the place below that he names."""
    desk = any(post.rank is Rank.DESK for post in turn.person.posts)
    return await run(turn, command, rest=_place_below(turn)) if overseer(turn) or desk else None


def _place_below(turn: Turn) -> str:
    """新塔今天有啥急的: the name of the part of what he oversees that the words name; "" for none."""
    directory, text = turn.world.directory, turn.heard.text
    own = {post.node for post in turn.person.posts}
    below = [directory.nodes[code] for top in own for code in directory.under(top) if code not in own]
    found = [node.name for node in below if node.name and node.name in text]
    found = found or [node.name for node in below if node.parent in own and node.name[:2] in text]
    return max(set(found), key=len) if found else ""


async def _recent(turn: Turn, command: Command) -> Sequence[Say]:
    place = turn.reading.place
    return await run(turn, command, rest=place.text if place is not None else "")


async def _who(turn: Turn, command: Command) -> Sequence[Say]:
    """7号楼归谁管: of the building or the place that is named."""
    place = turn.reading.place
    node = place.node if place is not None else None
    if place is not None and not node and place.building:
        node = next(iter(await announcements.grids_with(place.building, homes.area(turn))), None)
    named = turn.world.directory.node_named(place.text) if place is not None and not node else None
    turn.grid = node or (named.code if named is not None else "") or turn.grid
    return await run(turn, command, rest="")


async def _diary(turn: Turn, command: Command) -> Sequence[Say]:
    text = turn.heard.text.strip()
    if telling.asks_to_write(text):
        return [turn.whisper("diary.later")]
    return await run(turn, command, rest=telling.noted(text))


async def _screening(turn: Turn, command: Command) -> Sequence[Say]:
    """这半个月排查啥: what is looked at, and nothing that was found."""
    return await run(turn, command, rest="", options=frozenset({screening.ASKED}))


async def _hand_off(turn: Turn, command: Command) -> Sequence[Say] | None:
    if len(both := colleagues.all_named(turn, turn.heard.text)) > 1:
        raise Refusal("own.hand_off_two", old=both[0].name, new=both[1].name)
    to = colleagues.named(turn, turn.heard.text, turn.person.posts[0].node)
    return None if to is None or isinstance(to, Department) else await run(turn, command, rest=to.name)


async def _away_list(turn: Turn, command: Command) -> Sequence[Say] | None:
    """张磊请假了吗: of a colleague; of anybody else it is talk."""
    anybody = any(word in turn.heard.text for word in ANYBODY)
    return await bare(turn, command) if anybody or absence.colleague(turn) else None


WAYS: Mapping[str, Way] = {
    "daily": _figures, "weekly": _figures, "monthly": _figures, "todo": _todo, "recent": _recent, "who": _who,
    "diary": _diary, "screening": _screening, "away_list": _away_list, "hand_off": _hand_off,
    "loads": _loads,
    **dict.fromkeys(("grid_facts", "posts", "help", "visit_plan", "reports_standing", "roster"), bare),
    **dict.fromkeys(("digest_off", "digest_on", "quiet_how"), bare),
    "score": _score,
}  # fmt: skip
