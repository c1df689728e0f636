"""自荐, 举荐: neighbours begin an appointment; 任用 shows how it stands."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.staff import appointing
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.duty import visits
from gridbot.models.neighbours import appointments
from gridbot.models.neighbours.appointments import (
    NOMINATED,
    SELF,
    STAGES,
)  # fmt: skip
from gridbot.models.neighbours.trust import Appointment
from gridbot.models.territory.org import Household
from gridbot.profiles import Rank

routes = Routes()

NEAR_HOME = (
    Rank.WORKER,
    Rank.DEPUTY,
    Rank.HELPER,
    Rank.MEDIATOR,
)  # posts that neighbours may name somebody for


@routes.on("nominate")
async def nominate(turn: Turn) -> Sequence[Say]:
    """自荐 网格员 理由, 举荐 王大妈 网格员 理由: neighbours begin; each of them counts once."""
    home = turn.person.home
    if home is None:
        raise Refusal("appoint.bind_first")
    command = turn.reading.command
    by_himself = command is not None and SELF in command.options
    words = turn.rest.split(maxsplit=1 if by_himself else 2)
    if len(words) < (1 if by_himself else 2):
        raise Refusal("appoint.how")
    name = turn.person.name if by_himself else words.pop(0)
    node, role, why = turn.world.directory.grid(home.node), words[0], "".join(words[1:])
    _open_to_neighbours(turn, node, role)
    row = await appointments.running(name, role, node)
    new = row is None
    if row is None:
        row = await appointments.opened(
            turn.act, await _candidate(turn, name, role, node, by_himself=by_himself)
        )
    await appointments.staged(turn.act, row, SELF if by_himself else NOMINATED, why)
    leader = turn.world.directory.leader(node)
    told = []
    if new and leader is not None and leader.contact:
        told.append(turn.tell(leader.contact, "appoint.begun", number=row.id, name=name, role=role))
    key = "appoint.thanks_self" if by_himself else "appoint.thanks"
    return [turn.whisper(key, number=row.id), *told]


def _open_to_neighbours(turn: Turn, node: str, role: str) -> None:
    """Raises Refusal for a word that is no post here, and for an office that is filled otherwise."""
    profile = turn.world.directory.profile(node)
    posts = {name for name, known in profile.roles.items() if known.rank in NEAR_HOME}
    held = {post.role for post in turn.world.directory.posts if post.rank in NEAR_HOME}
    appointed = tuple(profile.territory.appoint)
    if role not in posts | held | set(appointed):
        raise Refusal("appoint.no_such_post", role=role[:12], posts="、".join(appointed or sorted(posts)))


async def _candidate(turn: Turn, name: str, role: str, node: str, *, by_himself: bool) -> Appointment:
    if by_himself:
        home = turn.person.home
        return Appointment(
            name=name, contact=turn.heard.sender, role=role, node=node, household=home.id if home else "",
            source=turn.texts.say("appoint.resident"),
        )  # fmt: skip
    found = await visits.people_named([node], name)
    exact = [(who, where) for who, where in found if name in (who.name if who else "", where.head)]
    resident, where = exact[0] if exact else (None, None)
    return Appointment(
        name=name, contact=resident.contact if resident else "", role=role, node=node,
        household=where.id if isinstance(where, Household) else "",
        phone=(resident.phone if resident else "") or (where.phone if where else ""),
        source=turn.texts.say("appoint.resident"),
    )  # fmt: skip


@routes.on("appointments")
async def listed(turn: Turn) -> Sequence[Say]:
    """任用: what is under way; 任用 3: every stage of one."""
    turn.require_staff(Rank.LEADER, Rank.DEPUTY, Rank.DESK, Rank.SUPERVISOR)
    directory, say = turn.world.directory, turn.texts.say
    nodes = [code for post in turn.person.posts for code in directory.under(post.node)]
    word = turn.rest.strip().lstrip("#")
    if word.isdigit():
        row = await appointing.row_of(int(word))
        if row.node not in nodes:
            raise NotAllowed
        lines = []
        for line in await appointments.stages(row.id):
            post = directory.staff(line.by)
            lines.append(
                say(
                    "appoint.line", day=f"{turn.world.local(line.at):%m-%d %H:%M}", stage=line.stage,
                    who=post.name if post else say("appoint.neighbour"), words=line.words,
                    verdict=say(f"appoint.{line.verdict}"),
                )
            )  # fmt: skip
        found = "、".join(await appointing.against(turn, row)) or say("leader.none")
        head = say("appoint.head", number=row.id, name=row.name, role=row.role, found=found)
        return [turn.whisper("leader.digest", text="\n".join((head, *lines)))]
    rows = await appointments.at(nodes)
    lines = [
        say("appoint.open", number=row.id, name=row.name, role=row.role, stage=STAGES[max(row.stage - 1, 0)])
        for row in rows
    ]
    return [turn.whisper("leader.digest", text="\n".join(lines) or say("appoint.nothing"))]
