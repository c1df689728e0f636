"""考核: a quarter's scores for leaders alone, the rows behind every point, appeals, stars people give."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from gridbot.digests import scoring
from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import chosen
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts
from gridbot.models.neighbours import outcomes, scores
from gridbot.models.neighbours.trust import ScoreEntry
from gridbot.models.territory.people import Post
from gridbot.nlp.slots import quantity
from gridbot.profiles import Rank, ScoreRule

routes = Routes()

SHOWN = 20
MOST_STARS = 5
JUDGES = (Rank.LEADER, Rank.SUPERVISOR)
LAST_QUARTER, THIS_QUARTER = "上季度", "本季度"
FRESH = timedelta(days=15)  # so long after its end 考核 and 得分 still mean the last quarter


def quarter_meant(turn: Turn) -> str:
    """The quarter that is named (2026Q1), the last one (上季度), else the running one."""
    command = turn.reading.command
    running = scores.name_of(turn.world.local(turn.now).date())
    if command is not None and LAST_QUARTER in command.options:
        return scores.before(running)
    for word in turn.rest.upper().split():
        year, _, part = word.partition("Q")
        if year.isdigit() and len(year) == 4 and part in ("1", "2", "3", "4"):
            return word
    return running


async def quarter_asked(turn: Turn, who: Collection[str]) -> str:
    """The same; in a quarter's first days with nothing named the last one, if they have anything in it."""
    quarter, today = quarter_meant(turn), turn.world.local(turn.now).date()
    running = scores.name_of(today)
    command = turn.reading.command
    named = command is not None and THIS_QUARTER in command.options
    if quarter != running or named or quarter in turn.rest.upper():
        return quarter
    last = scores.before(running)
    fresh = scores.name_of(today - FRESH) == last
    return last if fresh and await scores.entries(last, who) else running


async def _quarter_to_settle(turn: Turn, staff: str) -> str:
    """The one that is named, else the last one as long as nobody has given its stars."""
    quarter = quarter_meant(turn)
    last = scores.before(quarter)
    command = turn.reading.command
    named = quarter in turn.rest.upper() or (command is not None and bool(command.options))
    row = None if named else await scores.star(staff, last)
    return last if row is not None and row.stars is None else quarter


def below(turn: Turn) -> list[Post]:
    """The workers at and below what the speaker leads or supervises; raises NotAllowed."""
    turn.require_staff(*JUDGES)
    directory = turn.world.directory
    tops = [post.node for post in turn.person.posts if post.rank in JUDGES]
    return [
        post for post in scoring.scored(turn.world)
        if post.staff != turn.person.staff and any(directory.inside(post.node, top) for top in tops)
    ]  # fmt: skip


@routes.on("assess")
async def assess(turn: Turn) -> Sequence[Say]:
    """考核 [上季度]: drafts of stars and the rates of departments; in private, by name and not by rank."""
    posts = below(turn)
    quarter = await quarter_asked(turn, {post.staff for post in posts})
    span = scoring.quarter_named(turn.world, quarter, turn.now)
    departments = {department.id for department in turn.world.directory.departments}
    found = await scoring.settle(turn.world, span, {post.staff for post in posts} | departments)
    tops = [post.node for post in turn.person.posts if post.rank in JUDGES]
    await acts.record(turn.person.who, turn.now, "read.scores", quarter)
    text = await scoring.draft(turn.world, posts, quarter)
    rates = await outcomes.rates(span)
    names = {d.id: d.name for d in turn.world.directory.departments}
    lines = scoring.node_lines(turn.world, found, tops)
    lines += [scoring.rates_line(turn.texts, names.get(who, who), each) for who, each in rates.items()]
    return [turn.whisper("leader.digest", text="\n".join((text, *lines)))]


@routes.on("score")
async def score(turn: Turn) -> Sequence[Say]:
    """得分: one's own rows; 得分 李网 (or a department): a leader reads those of whoever he answers for."""
    who, name = _whom(turn, [word for word in turn.rest.split() if word.upper() != quarter_meant(turn)])
    quarter = await quarter_asked(turn, {who})
    await scoring.settle(turn.world, scoring.quarter_named(turn.world, quarter, turn.now), {who})
    rows = await scores.entries(quarter, [who])
    await acts.record(turn.person.who, turn.now, "read.score", who, quarter)
    rules = _rules(turn)
    lines = [_line(turn, row, rules) for row in rows[-SHOWN:]]
    if len(rows) > SHOWN:
        lines.insert(0, turn.texts.say("leader.more", count=len(rows) - SHOWN))
    none = turn.texts.say("score.nothing")
    return [turn.whisper("score.rows", quarter=quarter, name=name, lines="\n".join(lines) or none)]


def _whom(turn: Turn, words: Sequence[str]) -> tuple[str, str]:
    """Whose rows are asked for; raises NotAllowed for a colleague one does not lead."""
    person, directory = turn.person, turn.world.directory
    if not words or words[0] == person.name:
        if not person.is_staff and person.department is None:
            raise NotAllowed
        own = next((d.name for d in directory.departments if d.id == person.department), "")
        return person.who, person.name or own or turn.heard.sender_name
    post = next((each for each in below(turn) if words[0] in (each.name, each.staff)), None)
    if post is not None:
        return post.staff, post.name
    department = next((d for d in directory.departments if words[0] in (d.name, d.id)), None)
    if department is not None:
        return department.id, department.name
    raise Refusal("refuse.no_colleague", name=words[0][:20])


def _rules(turn: Turn) -> dict[str, ScoreRule]:
    found = turn.profile.merit.scoring
    return {rule.id: rule for rule in (*found.rules, *found.departments)}


def _line(turn: Turn, row: ScoreEntry, rules: dict[str, ScoreRule]) -> str:
    say, rule = turn.texts.say, rules.get(row.rule)
    kind, _, number = row.source.partition(":")
    return say(
        "score.row", number=row.id, what=rule.zh if rule else row.rule, points=f"{row.points:+g}",
        source=say(f"score.source_{kind}", number=number), day=f"{turn.world.local(row.at):%m-%d}",
        state="" if row.state == scores.COUNTED else say(f"score.{row.state}"),
    )  # fmt: skip


# --- appeals ----------------------------------------------------------------------------------------------


@routes.on("appeal")
async def appeal(turn: Turn) -> Sequence[Say]:
    """申诉 7 原因: of a row of one's own score; a resident's is about his ticket, for the leader."""
    command = turn.reading.command
    if command is None or not command.numbers or not turn.rest:
        raise Refusal("score.appeal_how")
    if not turn.person.is_staff and turn.person.department is None:
        return await _residents(turn, command.numbers[0])
    row = await scores.entry(command.numbers[0])
    if row is None or row.who != turn.person.who:
        raise Refusal("score.not_yours", number=command.numbers[0])
    if row.state != scores.COUNTED or row.ruled_at is not None:
        raise Refusal("score.appealed_before", number=row.id)
    await scores.appealed(turn.act, row, turn.rest)
    await acts.record(turn.person.who, turn.now, "appeal", f"score:{row.id}")
    judge = turn.world.directory.leader(row.node, but=turn.person.staff)
    told = []
    if judge is not None and judge.contact:
        line = _line(turn, row, _rules(turn))
        told.append(
            turn.tell(
                judge.contact, "score.judge", number=row.id, name=turn.person.name, row=line, why=turn.rest
            )
        )
    return [turn.whisper("score.appeal_noted", number=row.id), *told]


async def _residents(turn: Turn, number: int) -> Sequence[Say]:
    ticket = await chosen.by_number(number)
    if ticket.reporter != turn.heard.sender:
        raise Refusal("refuse.not_yours", no=number)
    leader = turn.world.directory.leader(ticket.grid)
    told = (
        [turn.tell(leader.contact, "score.complaint", no=number, why=turn.rest)]
        if leader and leader.contact
        else []
    )
    return [turn.whisper("score.complained", no=number), *told]


@routes.on("ruling")
async def ruling(turn: Turn) -> Sequence[Say]:
    """裁定 7 成立 (不成立) 原因: the row is struck, or stands; whoever appealed is told."""
    command = turn.reading.command
    if command is None or not command.numbers or not command.options:
        raise Refusal("score.ruling_how")
    row = await scores.entry(command.numbers[0])
    if row is None or row.state != scores.APPEALED:
        raise Refusal("score.no_appeal", number=command.numbers[0])
    turn.require(row.node, Rank.LEADER)
    if row.who == turn.person.who:
        raise NotAllowed
    upheld = "不成立" not in command.options
    await scores.ruled(turn.act, row, upheld=upheld, words=turn.rest)
    await acts.record(turn.person.who, turn.now, "ruling", f"score:{row.id}")
    await scoring.settle(turn.world, scoring.quarter_named(turn.world, row.quarter, turn.now), {row.who})
    key = "score.upheld" if upheld else "score.stands"
    says = [turn.whisper("score.ruled", number=row.id)]
    contact = _contact(turn, row)
    return [*says, turn.tell(contact, key, number=row.id, why=turn.rest)] if contact else says


def _contact(turn: Turn, row: ScoreEntry) -> str:
    directory = turn.world.directory
    if row.department:
        return next((d.contact for d in directory.departments if d.id == row.who), "")
    post = directory.staff(row.who)
    return post.contact if post is not None else ""


# --- stars ------------------------------------------------------------------------------------------------


@routes.on("star")
async def star(turn: Turn) -> Sequence[Say]:
    """评星 李网 4 [上季度] [原因]: a person decides; the certificate's words come back."""
    words = [word for word in turn.rest.split() if word.upper() != quarter_meant(turn)]
    stars = quantity.number(words[1].removesuffix("级").rstrip("星")) if len(words) > 1 else None
    if stars is None or not 1 <= stars <= MOST_STARS:
        raise Refusal("score.star_how")
    turn.require_staff(Rank.LEADER)
    post = next((each for each in below(turn) if words[0] in (each.name, each.staff)), None)
    if post is None:
        raise Refusal("refuse.no_colleague", name=words[0][:20])
    quarter = await _quarter_to_settle(turn, post.staff)
    await scoring.settle(turn.world, scoring.quarter_named(turn.world, quarter, turn.now), {post.staff})
    row = await scores.star(post.staff, quarter)
    if row is None:
        raise Refusal("score.nothing")
    reason = " ".join(words[2:])
    if stars != row.draft and not reason:
        raise Refusal("score.why_other", draft=row.draft)
    await scores.given(turn.act, row, stars, reason)
    await acts.record(turn.person.who, turn.now, "star", post.staff, quarter)
    node, word = turn.world.directory.nodes[post.node], turn.texts.say(f"score.star_{stars}")
    paper = turn.texts.say(
        "score.certificate", name=post.name, role=post.role, node=node.name, year=quarter[:4],
        part=quarter[5:], stars="★" * stars, word=word, office=turn.world.office.office,
        day=f"{turn.world.local(turn.now):%Y-%m-%d}",
    )  # fmt: skip
    says = [turn.whisper("score.decided", paper=paper)]
    if post.contact:
        says.append(turn.tell(post.contact, "score.yours", quarter=quarter, word=word))
    return says
