"""A leader calls everybody together at once; each answers with one word; the tally is live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from gridbot.digests import roll
from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.spreading import training
from gridbot.handlers.spreading.audience import audience_of, knows
from gridbot.handlers.tickets import which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import ledger
from gridbot.models.cases.casework import State
from gridbot.models.spreading import calling
from gridbot.models.spreading.calling import Answer, Mobilisation, Summons
from gridbot.models.territory.people import Post
from gridbot.nlp.slots import doing
from gridbot.profiles import Rank

routes = Routes()

AGAIN = (timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=40))
REPORT = timedelta(minutes=60)
STILL_NOTED = timedelta(hours=3)  # after the report
AT_WORK = (State.ACCEPTED, State.WAITING)  # taken, and nobody there yet
DRILL = "演练"
MEET = "集合"
MENTIONED = 100  # at most, in one staff group


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
    words = [word for word in turn.rest.split() if word != DRILL]
    words = _apart(turn, words)
    scope = words.pop(0) if words and knows(turn, words[0]) else ""
    if not words:
        raise Refusal("mobilise.need_reason")
    to = await audience_of(turn, scope)
    place = words.pop() if len(words) > 1 else ""
    called, unreachable = _people(turn, to.nodes)
    if not called:
        raise Refusal("mobilise.nobody", scope=to.name)
    made = await calling.call(
        turn.act,
        Mobilisation(
            by=turn.person.who, nodes=list(to.nodes), reason=" ".join(words), place=place, drill=drill
        ),
        called,
        [turn.now + wait for wait in AGAIN],
        turn.now + REPORT,
    )
    rest = turn.texts.say("mobilise.unreachable", names="、".join(p.name for p in unreachable[:10]),
                          count=len(unreachable)) if unreachable else ""  # fmt: skip
    answer = turn.whisper("mobilise.called", number=made.no, scope=to.name, count=len(called), rest=rest)
    return [answer, *roll.calls(turn.world, made, called, round_=0), *_posts(turn, made, called)]


def _apart(turn: Turn, words: Sequence[str]) -> list[str]:
    """The words with a scope that a comma ties to what follows, and a place named by 到…集合, alone."""
    found = [part for word in words for part in word.replace("，", ",").split(",") if part]
    if not words or len(found) < 2 or not (knows(turn, found[0]) or found[-1].endswith(MEET)):
        return list(words)
    last = found[-1]
    if last.endswith(MEET) and "到" in last:
        found[-1] = last.removesuffix(MEET).rpartition("到")[2]
    return [word for word in found if word]


def _people(turn: Turn, nodes: Sequence[str]) -> tuple[list[Summons], list[Post]]:
    """Everybody with a post in these nodes or below, the caller left out; and those without an account."""
    directory = turn.world.directory
    called: dict[str, Summons] = {}
    unreachable: dict[str, Post] = {}
    for code in dict.fromkeys(code for node in nodes for code in directory.under(node)):
        for post in directory.at(code):
            if post.staff == turn.person.who or post.rank is Rank.DEPARTMENT:
                continue
            if not post.contact:
                unreachable.setdefault(post.staff, post)
            elif post.contact not in called:
                called[post.contact] = Summons(contact=post.contact, staff=post.staff, node=post.node)
    reached = {one.staff for one in called.values()}
    return list(called.values()), [post for post in unreachable.values() if post.staff not in reached]


def _posts(turn: Turn, made: Mobilisation, called: Sequence[Summons]) -> list[Say]:
    """One message in each staff group of the scope, with those called who work there; no residents' group."""
    directory, says = turn.world.directory, []
    for group in directory.groups:
        if group.residents or not any(directory.inside(group.node, node) for node in made.nodes):
            continue
        here = [one.contact for one in called if directory.inside(one.node, group.node)]
        says.append(roll.post(turn.world, made, group, here[:MENTIONED]))
    return says


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
        if turn.private and here and await ledger.assigned(turn.person.who, AT_WORK):
            return await which.handlers["arrive"](turn)  # 到了: at the matter he has
        if turn.private and not command.marked and await ledger.assigned(turn.person.who):
            turn.reading = replace(turn.reading, command=None)
            return await which.handlers["talk"](turn)  # 在路上了: to the matter that has just come
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
        raise Refusal("mobilise.over", number=made.no)
    await calling.close(made, turn.now)
    people = await calling.everybody(made.no)
    return [turn.whisper("mobilise.text", text=roll.report(turn.world, made, people, done=True))]


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
    off = roll.off(turn.world, made, people)
    return [turn.whisper("mobilise.stopped", number=number, count=len(people)), *off]
