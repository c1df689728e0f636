"""What came in during an outage: listed to the worker in one message, answered by numbers."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.reports import candidate as candidates
from gridbot.handlers.reports.talk import talk
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import ledger

routes = Routes()


@routes.on("?late")
async def answer_list(turn: Turn) -> Sequence[Say]:
    """`1` or `1 3` registers those lines, `不是 2` drops one; the list stays open for the others."""
    question, command = turn.asked, turn.reading.command
    listed = question.data.get("candidates")
    numbers = _numbers(turn)
    if not isinstance(listed, list) or not numbers:
        return await talk(turn)
    says: list[Say] = []
    for number in numbers:
        if not 1 <= number <= len(listed):
            raise Refusal("refuse.no_such_line", number=number)
        candidate = await ledger.candidate(int(listed[number - 1]))
        if candidate is None:
            continue
        wrong = command is not None and command.name == "no"
        says += await (candidates.drop if wrong else candidates.register)(turn, candidate)
    return says


def _numbers(turn: Turn) -> list[int]:
    command = turn.reading.command
    if command is not None and command.choice is not None:
        return [command.choice]
    words = turn.reading.text.replace("、", " ").replace("，", " ").replace(",", " ").split()
    return [int(word) for word in words if word.isdecimal() and len(word) < 4]
