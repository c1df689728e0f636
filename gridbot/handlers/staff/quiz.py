"""四知四能: a card of one's own grid, and some questions, for whoever likes; nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gridbot.handlers.duties import homes
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import questions
from gridbot.models.duty import keypeople
from gridbot.models.territory import register

routes = Routes()

QUIZ = "测验"  # option of 四知

ORDINARY = "普通"
STEP = 7  # how far apart the numbers to choose from lie
EMERGENCIES = ("119", "110", "120")


@routes.on("four_knows")
async def four_knows(turn: Turn) -> Sequence[Say]:
    """四知: what there is to know of one's grid; 四知 测验 asks three questions, uncounted."""
    post = turn.require_staff()
    homes.in_private(turn)
    nodes = turn.world.directory.under(post.node)
    facts = await register.facts_of(nodes, ORDINARY)
    command = turn.reading.command
    if command is not None and QUIZ in command.options:
        return [await _ask(turn, [], 0)]
    leader = turn.world.directory.leader(post.node, but=post.staff)
    return [
        turn.whisper(
            "quiz.card", node=turn.world.directory.nodes[post.node].name,
            homes=facts.homes, people=facts.people,
            away=facts.away, special=facts.of_classes + await keypeople.counted(nodes),
            help="、".join(_helpers(turn, post.node)) or turn.texts.say("quiz.nobody"),
            leader=leader.name if leader else turn.texts.say("quiz.nobody"),
        )
    ]  # fmt: skip


def _helpers(turn: Turn, code: str) -> list[str]:
    """Whom a worker may ask: the departments of his node and above it."""
    directory = turn.world.directory
    above = {node.code for node in directory.up(code)}
    return [department.name for department in directory.departments if department.node in ("", *above)][:5]


async def _questions(turn: Turn) -> list[tuple[str, list[str], int]]:
    """Three questions with three answers each, and which of them is right, from the grid's own data."""
    post = turn.person.posts[0]
    facts = await register.facts_of(turn.world.directory.under(post.node), ORDINARY)
    found = []
    for number, (key, right) in enumerate((("quiz.homes", facts.homes), ("quiz.key", facts.of_classes))):
        choices = [str(right), str(right + STEP), str(right + 2 * STEP)]
        at = (right + number) % 3
        choices.insert(at, choices.pop(0))
        found.append((turn.texts.say(key), choices, at + 1))
    found.append((turn.texts.say("quiz.fire"), list(EMERGENCIES), 1))
    return found


async def _ask(turn: Turn, right: list[bool], number: int) -> Say:
    text, choices, _ = (await _questions(turn))[number]
    where = turn.private_with(turn.heard.sender)
    await turn.ask(turn.heard.sender, "quiz", where=where, data={"right": right, "number": number})
    lines = "\n".join(f"{n}. {choice}" for n, choice in enumerate(choices, 1))
    return turn.whisper("quiz.question", number=number + 1, text=text, lines=lines)


@routes.on("?quiz")
async def answer(turn: Turn) -> Sequence[Say]:
    """1, 2 or 3; anything else ends the quiz."""
    question, command = turn.asked, turn.reading.command
    choice = command.choice if command is not None else None
    await questions.answered(question)
    if choice is None:
        return await which.handlers["talk"](turn)
    right, number = question.data.get("right"), int(str(question.data.get("number")))
    asked = await _questions(turn)
    _, choices, correct = asked[number]
    so_far = [*(right if isinstance(right, list) else []), choice == correct]
    verdict = (
        turn.texts.say("quiz.right")
        if so_far[-1]
        else turn.texts.say("quiz.wrong", answer=choices[correct - 1])
    )
    if number + 1 < len(asked):
        following = await _ask(turn, so_far, number + 1)
        return [replace(following, text=f"{verdict}\n{following.text}")]
    return [turn.whisper("quiz.end", verdict=verdict, right=sum(so_far), total=len(asked))]
