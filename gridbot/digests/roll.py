"""A mobilisation in words: the call, the call again, the tally with who is where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from gridbot.messages import Button, Say
from gridbot.models.spreading.calling import Answer, Mobilisation, Summons
from gridbot.models.territory.directory import Group
from gridbot.world import World

PLACES = 12  # nodes spelled out
NAMED = 8  # people spelled out at one node
MENTIONED = 100  # at most, in one staff group


def calls(world: World, made: Mobilisation, people: Iterable[Summons], round_: int) -> list[Say]:
    """The call to each in private, through the night if need be; `round_` 0 is the first."""
    key = "mobilise.call" if round_ == 0 else "mobilise.again"
    text = _text(world, key, made)
    buttons = tuple(Button(answer, f"{answer} {made.no}") for answer in Answer)
    return [
        Say(
            world.private(one.contact), text, key, about={"mobilisation": made.no}, buttons=buttons,
            urgent=True, once=f"mobilise:{made.no}:{round_}:{one.contact}",
        )
        for one in people
    ]  # fmt: skip


def post(world: World, made: Mobilisation, group: Group, mentions: Sequence[str]) -> Say:
    """The call in a staff group."""
    return Say(
        world.room(group), _text(world, "mobilise.call", made), "mobilise.call", tuple(mentions), urgent=True,
        about={"mobilisation": made.no}, once=f"mobilise:{made.no}:{group.room}",
    )  # fmt: skip


def posts(world: World, made: Mobilisation, called: Sequence[Summons]) -> list[Say]:
    """One message in each staff group of the scope, with those called who work there; no residents' group."""
    directory, says = world.directory, []
    for group in directory.groups:
        if group.residents or not any(directory.inside(group.node, node) for node in made.nodes):
            continue
        here = [one.contact for one in called if directory.inside(one.node, group.node)]
        says.append(post(world, made, group, here[:MENTIONED]))
    return says


def off(world: World, made: Mobilisation, people: Iterable[Summons], key: str = "mobilise.off") -> list[Say]:
    """It was taken back, or is over."""
    text = _text(world, key, made)
    return [
        Say(world.private(one.contact), text, key, urgent=True, about={"mobilisation": made.no})
        for one in people
    ]


def _text(world: World, key: str, made: Mobilisation) -> str:
    say = world.texts.say
    caller = world.directory.staff(made.by)
    return say(
        key, number=made.no, reason=made.reason, by=caller.name if caller else "",
        drill=say("mobilise.drill") if made.drill else "",
        place=say("mobilise.place", place=made.place) if made.place else "",
    )  # fmt: skip


def report(world: World, made: Mobilisation, people: Sequence[Summons], *, done: bool) -> str:
    """Numbers first, then who is where, in the order of the tree; before the end only who is not there."""
    say = world.texts.say
    counts = Counter(one.answer for one in people)
    head = say(
        "mobilise.report" if done else "mobilise.tally", number=made.no, reason=made.reason, all=len(people),
        here=counts[Answer.HERE], coming=counts[Answer.COMING], cannot=counts[Answer.CANNOT],
        silent=counts[""], drill=say("mobilise.drill") if made.drill else "",
    )  # fmt: skip
    lines = [head]
    named = people if done else [one for one in people if one.answer != Answer.HERE]
    nodes = list(dict.fromkeys(one.node for one in named))
    for node in nodes[:PLACES]:
        lines.append(_at(world, node, [one for one in named if one.node == node]))
    if len(nodes) > PLACES:
        lines.append(say("mobilise.more", count=len(nodes) - PLACES))
    return "\n".join(lines)


def _at(world: World, node: str, people: Sequence[Summons]) -> str:
    """A node and what its people said; the silent last."""
    known = world.directory.nodes.get(node)
    order = {Answer.HERE: 0, Answer.COMING: 1, Answer.CANNOT: 2}
    sorted_ = sorted(people, key=lambda one: order.get(Answer(one.answer), 3) if one.answer else 3)
    names = "、".join(_person(world, one) for one in sorted_[:NAMED])
    more = "…" if len(people) > NAMED else ""
    return world.texts.say("mobilise.at", node=known.name if known else node, people=names + more)


def _person(world: World, one: Summons) -> str:
    post_ = world.directory.staff(one.staff)
    name = post_.name if post_ else one.staff
    answer = f"{one.answer} {one.words}".strip() or world.texts.say("mobilise.silent")
    return world.texts.say("mobilise.person", name=name, answer=answer)
