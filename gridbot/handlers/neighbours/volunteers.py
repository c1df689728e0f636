"""七彩志愿: teams, activities, who comes, and hours that become points."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta

from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers.neighbours import points
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts, board
from gridbot.models.acts import Act
from gridbot.models.board import Plan
from gridbot.models.neighbours import merits, volunteering
from gridbot.models.neighbours.trust import Activity, SignUp
from gridbot.models.spreading import announcements
from gridbot.models.territory.people import Post
from gridbot.nlp.slots import when
from gridbot.profiles import Rank

routes = Routes()

EVE = time(18)
ASKED_LATELY = timedelta(days=14)
JOIN, TITLE = "报名", 20
OFFICERS = (Rank.WORKER, Rank.LEADER, Rank.DEPUTY, Rank.DESK)


def teams_at(turn: Turn) -> dict[str, str]:
    """The teams where the speaker is, and what each does."""
    node = turn.grid or (turn.person.home.node if turn.person.home else "")
    return dict(points.rules(turn, node).teams)


def _near(turn: Turn) -> list[str]:
    """Every node the speaker's home or posts lie in or cover."""
    directory = turn.world.directory
    own = [post.node for post in turn.person.posts] + ([turn.person.home.node] if turn.person.home else [])
    above = [node.code for code in own for node in directory.up(code)]
    below = [code for post in turn.person.posts for code in directory.under(post.node)]
    return list(dict.fromkeys([*above, *below]))


@routes.on("teams")
async def teams(turn: Turn) -> Sequence[Say]:
    """志愿队: the teams, how many are in each, and what comes next."""
    say, sizes = turn.texts.say, await volunteering.sizes(_near(turn))
    lines = [
        say("volunteer.team", name=name, what=what, count=sizes[name])
        for name, what in teams_at(turn).items()
    ]
    lines += [_activity(turn, row) for row in await volunteering.coming(_near(turn), turn.now)]
    return [turn.reply("volunteer.teams", lines="\n".join(lines))]


def _activity(turn: Turn, row: Activity) -> str:
    at = turn.when(row.starts_at)
    return turn.texts.say("volunteer.activity", number=row.id, team=row.team, title=row.title, at=at)


@routes.on("activity")
async def activity(turn: Turn) -> Sequence[Say]:
    """志愿活动 红队 周六9点 大扫除: a new one; its author gets the words for a notice."""
    post = turn.require_staff(*OFFICERS)
    said, names = turn.reading.when, teams_at(turn)
    team = next((word for word in turn.rest.split() if word in names), "")
    if not team or said is None or said.start is None:
        raise Refusal("volunteer.how", teams="、".join(names))
    title = " ".join(word for word in turn.rest.replace(said.text, " ").split() if word != team)
    if not title:
        raise Refusal("volunteer.how", teams="、".join(names))
    if said.start <= turn.now:
        raise Refusal("announce.past", at=turn.when(said.start))
    row = await volunteering.planned(turn.act, _for_all_of(turn, post), team, title, said.start)
    await remind(turn, row)
    return [turn.whisper("volunteer.planned", line=_activity(turn, row), number=row.id)]


def _for_all_of(turn: Turn, post: Post) -> str:
    """The speaker's node; of several that he answers for the nearest above them all."""
    nodes = {each.node for each in turn.person.posts if each.rank is post.rank}
    directory = turn.world.directory
    above = (node.code for node in directory.up(post.node))
    return next((code for code in above if all(directory.inside(n, code) for n in nodes)), post.node)


async def remind(turn: Turn, row: Activity) -> None:
    """Who comes is reminded on the evening before."""
    eve = turn.world.local(row.starts_at).date() - timedelta(days=1)
    at = max(turn.world.calendar.at(eve, EVE), turn.now)
    await board.put(Plan("activity_eve", f"activity:{row.id}", at))


@routes.on("signup")
async def signup(turn: Turn) -> Sequence[Say]:
    """报名 红队, 报名 5, 报名 大扫除: into a team, or to what it does next."""
    home = points.own_home(turn)
    word = turn.rest.strip().lstrip("#")
    names = teams_at(turn)
    if word in names:
        node = turn.world.directory.grid(home.node)
        new = await volunteering.joined(
            turn.act, word, None, node, turn.heard.sender, home.id, turn.person.name
        )
        return [turn.reply("volunteer.joined" if new else "volunteer.known", what=word)]
    coming = await volunteering.coming(_near(turn), turn.now)
    fits = [row for row in coming if word in (str(row.id), row.title) or (word and word in row.title)]
    found = fits or (coming if not word else []) or await _announced(turn, word)
    if len(found) != 1:
        lines = "\n".join(_activity(turn, row) for row in coming)
        key = "volunteer.which" if coming else "volunteer.nothing"
        return [turn.whisper(key, lines=lines, teams="、".join(names))]
    row = found[0]
    new = await volunteering.joined(
        turn.act, row.team, row.id, row.node, turn.heard.sender, home.id, turn.person.name
    )
    what = turn.texts.say("volunteer.named", title=row.title, at=turn.when(row.starts_at))
    return [turn.reply("volunteer.joined" if new else "volunteer.known", what=what)]


async def _announced(turn: Turn, word: str) -> list[Activity]:
    """What an announcement of the last days has asked people to come to: it is an activity from now on."""
    above = [node.code for node in turn.world.directory.up(turn.person.home.node)] if turn.person.home else []
    sent = await announcements.current(above, turn.now - ASKED_LATELY)
    asked = [row for row in sent if JOIN in row.text]
    fits = [row for row in asked if any(word[at : at + 2] in row.text for at in range(len(word) - 1))]
    if len(found := fits or asked) != 1:
        return []
    (row,) = found
    read = when.find(row.text, at=row.sent_at or turn.now, zone=turn.world.zone)
    begins = read.start if read is not None and read.start is not None else turn.now + ASKED_LATELY
    if begins <= turn.now:
        return []
    team = next((name for name in teams_at(turn) if name in row.text), next(iter(teams_at(turn)), ""))
    title = row.text.partition("，")[0].replace(read.text if read is not None else "", "", 1)[:TITLE]
    made = await volunteering.planned(Act(row.by, turn.now), row.audience[0], team, title, begins)
    await remind(turn, made)
    return [made]


@routes.on("roster")
async def roster(turn: Turn) -> Sequence[Say]:
    """报名名单 5, 花名册 红队: for staff, in private; looked at, it stands in the audit."""
    turn.require_staff(*OFFICERS)
    word = turn.rest.strip().lstrip("#")
    coming = [] if word else await volunteering.coming(_near(turn), turn.now)
    if len(coming) == 1:
        word = str(coming[0].id)
    if len(coming) > 1:
        return [turn.whisper("volunteer.rosters", lines="\n".join([await _count(turn, c) for c in coming]))]
    if not word:
        raise Refusal("volunteer.whose_roster", teams="、".join(teams_at(turn)))
    if word.isdigit():
        row = await _own(turn, int(word))
        people = await volunteering.roster(activity=row.id)
        title = row.title
    else:
        people, title = await volunteering.roster(team=word, nodes=_near(turn)), word
    await acts.record(turn.person.who, turn.now, "read.roster", turn.person.posts[0].node)
    lines = "\n".join(_person(turn, each) for each in people) or turn.texts.say("leader.none")
    return [turn.whisper("volunteer.roster", title=title, count=len(people), lines=lines)]


async def _count(turn: Turn, row: Activity) -> str:
    people = await volunteering.roster(activity=row.id)
    return turn.texts.say("volunteer.counted_line", line=_activity(turn, row), count=len(people))


def _person(turn: Turn, row: SignUp) -> str:
    hours = turn.texts.say("volunteer.hours", hours=f"{row.hours:g}") if row.hours else ""
    return turn.texts.say("volunteer.person", name=row.name, hours=hours)


async def _own(turn: Turn, number: int) -> Activity:
    """The activity of that number at a place the speaker answers for; raises Refusal."""
    row = await volunteering.get(number)
    if row is None:
        raise Refusal("volunteer.no_such", number=number)
    if row.node not in _near(turn):
        raise NotAllowed
    return row


@routes.on("hours")
async def hours(turn: Turn) -> Sequence[Say]:
    """工时 5 2小时 (工时 5 王大妈、何叔 2小时): who was there; points follow once a second one confirms."""
    turn.require_staff(*OFFICERS)
    command = turn.reading.command
    if command is None or not command.numbers:
        raise Refusal("volunteer.hours_how")
    row = await _own(turn, command.numbers[0])
    words = turn.rest.split()
    spent = next((_hours(word) for word in words if _hours(word)), 0.0)
    if not spent:
        raise Refusal("volunteer.hours_how")
    if row.closed_at is not None:
        raise Refusal("volunteer.counted", number=row.id)
    if row.starts_at > turn.now:
        raise Refusal("volunteer.not_yet", number=row.id)
    names = {name for word in words if not _hours(word) for name in word.split("、")}
    people = [each for each in await volunteering.roster(activity=row.id) if not names or each.name in names]
    people = [each for each in people if each.household]  # points are a household's
    if not people:
        raise Refusal("volunteer.nobody", number=row.id)
    limits = points.rules(turn, row.node)
    amount = int(min(spent, limits.most_hours) * limits.an_hour)
    entries = []
    for each in people:
        await volunteering.worked(turn.act, each, spent)
        why = turn.texts.say("volunteer.why", title=row.title, hours=f"{spent:g}")
        entries.append(await merits.entered(turn.act, each.household, row.node, amount, why, merits.HOURS))
    await volunteering.over(turn.act, row)
    what = turn.texts.say(
        "volunteer.sum", title=row.title, count=len(people), hours=f"{spent:g}", amount=amount
    )
    return await points.ask_second(turn, entries, row.node, what)


def _hours(word: str) -> float:
    """2小时, 1.5 → 2, 1.5; 0 for a word that is no number of hours."""
    digits = word.removesuffix("小时").removesuffix("个")
    try:
        return float(digits) if digits and digits[0].isdigit() else 0.0
    except ValueError:
        return 0.0
