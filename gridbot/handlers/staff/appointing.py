"""Six stages to a post: who said what when, what stands against it, and the notice at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts
from gridbot.models.cases import workload
from gridbot.models.neighbours import appointments
from gridbot.models.neighbours.appointments import (
    ACTIVE,
    ADJUSTED,
    APPROVED,
    ENDED,
    EXAMINED,
    OPEN,
    RECOMMENDED,
    STAGES,
)  # fmt: skip
from gridbot.models.neighbours.trust import Appointment
from gridbot.models.territory.people import Post
from gridbot.profiles import Profile, Rank

routes = Routes()

HIGHER = {RECOMMENDED: 0, EXAMINED: 1, APPROVED: 2, ADJUSTED: 1}  # levels above the post's node, at least
NO = "不"  # 不同意, 不通过 …
YES = ("同意", "通过")


@routes.on("appoint")
async def appoint(turn: Turn) -> Sequence[Say]:
    """推荐, 把关, 审核 and 动态调整, in this order, each by somebody else and a level higher."""
    command = turn.reading.command
    if command is None or not command.numbers or not command.options:
        raise Refusal("appoint.number")
    stage = next(name for name in STAGES if name in command.options)
    row = await row_of(command.numbers[0])
    post = _officer(turn, row, stage)
    await _impartial(turn, row)
    if stage == ADJUSTED:
        return await _adjusted(turn, row)
    await _in_turn(turn, row, stage)
    if turn.rest.startswith(NO):
        return await _declined(turn, row, stage)
    if stage == APPROVED:
        return await _approved(turn, row, post)
    await appointments.staged(turn.act, row, stage, _words(turn))
    await acts.record(turn.person.who, turn.now, "appoint", f"appointment:{row.id}", stage)
    found = await against(turn, row)
    note = turn.texts.say("appoint.conflicts", found="、".join(found)) if found else ""
    following = STAGES[STAGES.index(stage) + 1]
    says = [turn.whisper("appoint.passed", number=row.id, stage=stage, next=following, note=note)]
    return [*says, *_next(turn, row, following)]


async def row_of(number: int) -> Appointment:
    """The appointment of that number; raises Refusal."""
    row = await appointments.get(number)
    if row is None:
        raise Refusal("appoint.no_such", number=number)
    return row


def _officer(turn: Turn, row: Appointment, stage: str) -> Post:
    """The speaker's post that lets him do this stage; raises NotAllowed, or Refusal where others sign."""
    above = [node.code for node in turn.world.directory.up(row.node)]
    own = [post for post in turn.person.posts if post.node in above]
    signing = signers(turn, row)
    if stage == APPROVED and signing:
        allowed = [post for post in own if post.role in signing and _at_its_level(turn, row, post)]
    else:
        high = above[min(HIGHER[stage], len(above) - 1) :]
        allowed = [post for post in own if post.rank is Rank.LEADER and post.node in high]
        if stage == APPROVED:
            allowed = [post for post in allowed if _at_its_level(turn, row, post)]
    if allowed:
        return allowed[0]
    if stage == APPROVED and signing and any(post.rank is Rank.LEADER for post in own):
        raise Refusal("appoint.not_signing", number=row.id, role=row.role, who="、".join(signing))
    raise NotAllowed


def signers(turn: Turn, row: Appointment) -> list[str]:
    """The roles whose signature makes somebody the holder of this one; none where nobody above holds any."""
    directory = turn.world.directory
    held = {post.role for node in directory.up(row.node) for post in directory.at(node.code)}
    return [role for role in _profile(turn, row).territory.appoint.get(row.role, ()) if role in held]


def _at_its_level(turn: Turn, row: Appointment, post: Post) -> bool:
    level = _profile(turn, row).merit.appointing.approves
    return not level or turn.world.directory.nodes[post.node].level == level


def _profile(turn: Turn, row: Appointment) -> Profile:
    return turn.world.directory.profile(row.node)


async def _impartial(turn: Turn, row: Appointment) -> None:
    """严禁优亲厚友: nobody decides about a member of his own household."""
    own = await appointments.household_of(turn.heard.sender)
    if own and own == row.household:
        raise Refusal("appoint.kin")


async def _in_turn(turn: Turn, row: Appointment, stage: str) -> None:
    if row.state != OPEN:
        raise Refusal("appoint.decided", number=row.id)
    before = STAGES.index(stage)
    if row.stage > before:
        raise Refusal("appoint.done_before", number=row.id, stage=stage)
    if row.stage < before and not (stage == RECOMMENDED and row.stage > 0):
        raise Refusal("appoint.first", number=row.id, stage=STAGES[max(row.stage, STAGES.index(RECOMMENDED))])
    said = await appointments.stages(row.id)
    if any(line.by == turn.person.who and line.stage in HIGHER for line in said):
        raise Refusal("appoint.another", number=row.id)


def _words(turn: Turn) -> str:
    """What was said besides 同意."""
    text = turn.rest.strip()
    yes = next((word for word in YES if text.startswith(word)), "")
    return text.removeprefix(yes).strip(" ，,。：:")


async def against(turn: Turn, row: Appointment) -> list[str]:
    """What of the profile's forbidden kinds somebody is, as far as the registers tell."""
    rules = _profile(turn, row).merit.appointing
    return await appointments.against(row, turn.world.directory, rules.forbidden, rules.backing)


async def _declined(turn: Turn, row: Appointment, stage: str) -> Sequence[Say]:
    await appointments.staged(
        turn.act, row, stage, turn.rest, yes=False, state=ENDED, decided_at=turn.now, reason=turn.rest
    )
    await acts.record(turn.person.who, turn.now, "appoint_no", f"appointment:{row.id}", stage)
    told = [turn.tell(row.contact, "appoint.sorry", number=row.id)] if row.contact else []
    return [turn.whisper("appoint.ended", number=row.id), *told]


async def _approved(turn: Turn, row: Appointment, post: Post) -> Sequence[Say]:
    """The post is given; against a conflict only with a reason in writing."""
    found = await against(turn, row)
    reason = _words(turn) if turn.rest.startswith(YES) else turn.rest.partition(" ")[2].strip()
    if found and not reason:
        raise Refusal("appoint.needs_reason", number=row.id, found="、".join(found))
    staff = await appointments.activate(turn.act, row)
    await appointments.staged(
        turn.act, row, APPROVED, _words(turn), state=ACTIVE, decided_at=turn.now, staff=staff,
        conflicts=found, reason=reason,
    )  # fmt: skip
    turn.world.org_changed = True
    await acts.record(turn.person.who, turn.now, "appointed", f"appointment:{row.id}", "、".join(found))
    notice = await _notice(turn, row)
    contacts = {turn.heard.sender: None}
    leader = turn.world.directory.leader(row.node)
    if leader is not None and leader.contact:
        contacts[leader.contact] = None
    says = [turn.tell(contact, "appoint.notice", notice=notice) for contact in contacts]
    if row.contact:
        says.append(turn.tell(row.contact, "appoint.welcome", role=row.role))
    return says


async def _notice(turn: Turn, row: Appointment) -> str:
    """The public notice: who, what, by which way, where to object; no number or home of anybody."""
    node = turn.world.directory.nodes[row.node]
    done = dict.fromkeys(line.stage for line in await appointments.stages(row.id))
    day = turn.world.local(turn.now).date()
    return turn.texts.say(
        "appoint.paper", node=node.name, name=row.name, role=row.role, stages="、".join(done),
        office=turn.world.office.office, phone=turn.world.office.phone or turn.texts.say("verify.no_phone"),
        day=f"{day.year}年{day.month}月{day.day}日",
    )  # fmt: skip


async def _adjusted(turn: Turn, row: Appointment) -> Sequence[Say]:
    """动态调整: who will not or cannot go on is released once his work is handed over."""
    if row.state != ACTIVE:
        raise Refusal("appoint.not_active", number=row.id)
    if not turn.rest:
        raise Refusal("appoint.why")
    if open_ones := await workload.assigned(row.staff):
        raise Refusal("appoint.hand_over_first", name=row.name, count=len(open_ones))
    await appointments.dismiss(row)
    final = replace(turn.act, turn=None)  # who lost a post gets it back by another appointment, not by 撤销
    await appointments.staged(final, row, ADJUSTED, turn.rest, state=ENDED, decided_at=turn.now)
    turn.world.org_changed = True
    await acts.record(turn.person.who, turn.now, "dismissed", f"appointment:{row.id}")
    told = [turn.tell(row.contact, "appoint.released", role=row.role)] if row.contact else []
    return [turn.whisper("appoint.adjusted", number=row.id, name=row.name, role=row.role), *told]


def _next(turn: Turn, row: Appointment, stage: str) -> list[Say]:
    """A word to whoever is next in turn."""
    directory = turn.world.directory
    post = _following(turn, row, stage)
    if post is None or not post.contact:
        return []
    return [
        turn.tell(
            post.contact, "appoint.your_turn", number=row.id, name=row.name, role=row.role, stage=stage,
            node=directory.nodes[row.node].name,
        )
    ]  # fmt: skip


def _following(turn: Turn, row: Appointment, stage: str) -> Post | None:
    """Who does a stage: the nearest one who signs, else the leader high enough above."""
    directory = turn.world.directory
    above = [node.code for node in directory.up(row.node)]
    signing = signers(turn, row) if stage == APPROVED else []
    for post in (post for code in above for post in directory.at(code)):
        if post.role in signing and post.staff != turn.person.staff and _at_its_level(turn, row, post):
            return post
    return directory.leader(above[min(HIGHER[stage], len(above) - 1)], but=turn.person.staff)
