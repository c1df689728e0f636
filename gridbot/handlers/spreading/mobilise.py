"""A leader calls everybody together at once; each answers with one word; the tally is live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from gridbot.digests import roll
from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.spreading import training
from gridbot.handlers.spreading.audience import audience_of, knows
from gridbot.handlers.tickets import which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import disputes, workload
from gridbot.models.cases.casework import State
from gridbot.models.spreading import calling
from gridbot.models.spreading.calling import Answer, Mobilisation
from gridbot.nlp.slots import doing, notice
from gridbot.profiles import Rank

routes = Routes()

AT_ONCE = timedelta(minutes=15)  # who fixes a call for so soon means now
STILL_NOTED = timedelta(hours=3)  # after the report
AT_WORK = (State.ACCEPTED, State.WAITING)  # taken, and nobody there yet
DRILL = "演练"
MEET = "集合"


@routes.on("mobilise")
async def mobilise(turn: Turn) -> Sequence[Say]:
    """动员 范围 事由 集合点 [演练]: everybody in scope is called in private and in the staff groups, at once.

    Without words, or with a number: how many have answered what by now.
    """
    turn.require_staff(Rank.LEADER)
    number = turn.rest.strip("#＃ ")
    if not number or number.isdecimal():
        return [await _tally(turn, int(number) if number else None)]
    command = turn.reading.command
    drill = command is not None and DRILL in command.options
    at, said = _fixed_for(turn, drill=drill)
    words = [word for word in said.split() if word != DRILL]
    words = _apart(turn, words)
    scope = words.pop(0) if words and knows(turn, words[0]) else ""
    if not words and not (drill and at):
        raise Refusal("mobilise.need_reason")
    to = await audience_of(turn, scope)
    place = words.pop().removesuffix(MEET) if len(words) > 1 else ""
    called, unreachable = calling.people_of(turn.world.directory, to.nodes, but=turn.person.who)
    if not called:
        raise Refusal("mobilise.nobody", scope=to.name)
    reason = " ".join(words) or turn.texts.say("mobilise.drill")
    made = Mobilisation(by=turn.person.who, nodes=list(to.nodes), reason=reason, place=place, drill=drill)
    rest = turn.texts.say("mobilise.unreachable", names="、".join(p.name for p in unreachable[:10]),
                          count=len(unreachable)) if unreachable else ""  # fmt: skip
    whom = turn.texts.say("mobilise.whom", scope=to.name, count=len(called), rest=rest)
    if at is not None:
        await calling.fix(turn.act, made, at)
        return [turn.whisper("mobilise.fixed", number=made.no, at=turn.when(at), whom=whom)]
    await calling.call(turn.act, made, called)
    answer = turn.whisper("mobilise.called", number=made.no, whom=whom)
    return [answer, *roll.calls(turn.world, made, called, round_=0), *roll.posts(turn.world, made, called)]


def _fixed_for(turn: Turn, *, drill: bool) -> tuple[datetime | None, str]:
    """The later hour for which a call is fixed, and the words without it; None for now.

    A time within the text of a real call belongs to its reason (晚上8点有暴雨): only a drill's is its hour.
    """
    at, rest = notice.fixed_for(turn.rest, at=turn.heard.at, zone=turn.world.zone, anywhere=drill)
    if at is not None and at < turn.now:
        raise Refusal("announce.past", at=turn.when(at))
    if at is None or at - turn.now < AT_ONCE:
        return None, turn.rest
    return at, rest


def _apart(turn: Turn, words: Sequence[str]) -> list[str]:
    """The words with a scope that a comma ties to what follows, and a place named by 到…集合, alone."""
    found = [part for word in words for part in word.replace("，", ",").split(",") if part]
    if not words or len(found) < 2 or not (knows(turn, found[0]) or found[-1].endswith(MEET)):
        return list(words)
    last = found[-1]
    if last.endswith(MEET) and "到" in last:
        found[-1] = last.removesuffix(MEET).rpartition("到")[2]
    return [word for word in found if word]


@routes.on("answer_muster")
async def answer(turn: Turn) -> Sequence[Say]:
    """到, 在途 10分钟, 不能: noted; acknowledged in private, silent in a group."""
    command = turn.reading.command
    assert command is not None
    number = command.numbers[0] if command.numbers else None
    found = await calling.waiting_for(turn.heard.sender, number, turn.now - STILL_NOTED)
    over = found is None or found[0].closed_at is not None
    if over and (noted := await training.here(turn)) is not None:
        return noted
    if over and turn.question is not None and turn.question.kind == "must_visit":
        return await which.handlers["?must_visit"](turn)
    if found is None:
        here = not command.options or Answer.HERE in command.options
        here = here and doing.find(turn.heard.text) != doing.DONE  # 到了 人没事 送走了 tells more
        if turn.private and here and await workload.assigned(turn.person.who, AT_WORK):
            return await which.handlers["arrive"](turn)  # 到了: at the matter he has
        if turn.private and here and len(await disputes.called_to(turn.person.staff or "")) == 1:
            turn.reading = replace(turn.reading, command=replace(command, numbers=()))
            return await which.handlers["mediator_there"](turn)
        if turn.private and not command.marked and await workload.assigned(turn.person.who):
            turn.reading = replace(turn.reading, command=None)
            return await which.handlers["talk"](turn)  # 在路上了: to the matter that has just come
        if Answer.CANNOT in command.options and (excused := await training.cannot(turn)) is not None:
            return excused
        if turn.private:
            raise Refusal("mobilise.none")
        return []
    made, one = found
    said = next((each for each in Answer if each in command.options), Answer.HERE)
    await calling.answered(one, said, turn.rest, turn.now)
    if not turn.private:
        return []
    late = turn.texts.say("mobilise.after") if made.closed_at is not None else ""
    return [turn.whisper("mobilise.noted", number=made.no, answer=said, rest=late)]


@routes.on("muster_standing")
async def standing(turn: Turn) -> Sequence[Say]:
    """到位情况: the tally of the speaker's last call."""
    turn.require_staff(Rank.LEADER)
    if await calling.newest(turn.person.who) is None:
        raise Refusal("mobilise.none_called")
    return [await _tally(turn, None)]


async def _tally(turn: Turn, number: int | None) -> Say:
    made = await (calling.get(number) if number is not None else calling.newest(turn.person.who))
    if made is None or made.stopped:
        raise Refusal("mobilise.need_reason" if number is None else "mobilise.unknown")
    for node in made.nodes:
        turn.require(node, Rank.LEADER)
    if made.called_at > turn.now:
        return turn.whisper("mobilise.to_come", number=made.no, at=turn.when(made.called_at))
    people = await calling.everybody(made.no)
    return turn.whisper("mobilise.text", text=roll.report(turn.world, made, people, done=False))


@routes.on("muster_over")
async def over(turn: Turn) -> Sequence[Say]:
    """演练结束: the speaker's last call is over, nobody is called again; he reads who came."""
    turn.require_staff(Rank.LEADER)
    made = await calling.newest(turn.person.who)
    if made is None:
        raise Refusal("mobilise.none_called")
    if made.closed_at is not None:
        raise Refusal("mobilise.over_already", number=made.no)
    if made.called_at > turn.now:
        return [turn.whisper("mobilise.to_come", number=made.no, at=turn.when(made.called_at))]
    await calling.close(made, turn.now)
    people = await calling.everybody(made.no)
    awaited = [one for one in people if one.answer in ("", Answer.COMING)]
    return [
        turn.whisper("mobilise.text", text=roll.report(turn.world, made, people, done=True)),
        *roll.off(turn.world, made, awaited, "mobilise.ended"),
    ]


async def taken_back(turn: Turn, number: int) -> Sequence[Say] | None:
    """撤销 12 of a mobilisation that is not over: all who were called hear it is off; None if it is none."""
    made = await calling.get(number)
    if made is None:
        return None
    if made.by != turn.person.who:
        raise Refusal("refuse.not_allowed")
    if made.closed_at is not None:
        raise Refusal("mobilise.over", number=number)
    await calling.close(made, turn.now, stopped=True)
    people = await calling.everybody(made.no)
    if made.called_at > turn.now:
        return [turn.whisper("mobilise.stopped_before", number=number)]
    off = roll.off(turn.world, made, people)
    return [turn.whisper("mobilise.stopped", number=number, count=len(people)), *off]
