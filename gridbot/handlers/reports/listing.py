"""事项清单: what the office has taken on, what it has not, and how a worker declines the latter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, questions
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory import census
from gridbot.nlp import Reading, Urgency
from gridbot.profiles import OTHER, Profile
from gridbot.profiles.catalogue import Admission

routes = Routes()

OUTSIDE = "清单外"
TOWARDS = ("请找", "归属", "归", "找")  # before the name of whoever does it
BODIES = (
    "局",
    "所",
    "办",
    "委",
    "站",
    "部",
    "院",
    "中心",
    "公司",
    "处",
    "科",
    "队",
    "厅",
    "大厅",
    "室",
    "馆",
)
LONGEST_BODY = 12
LISTED = 12


def admits(turn: Turn, grid: str, category: str, sub: str | None) -> bool:
    """Whether a matter is on the list in force at a grid today, and one of a grid of its kind."""
    directory = turn.world.directory
    node, profile = directory.nodes.get(grid), directory.profile(grid)
    kind = profile.territory.kind(node.kind if node is not None else "")
    if kind.leaves_out & {category, f"{category}/{sub}"}:
        return False
    return profile.catalogue.admits(category, sub, turn.world.local(turn.now).date())


def listed(turn: Turn, grid: str, reading: Reading) -> tuple[Reading, str]:
    """The reading as it is registered: as 其他, with a word for the history, where it is not on the list."""
    category, sub = reading.category, reading.sub
    if category in (None, OTHER) or reading.urgency is Urgency.EMERGENCY:
        return reading, ""
    if admits(turn, grid, category or OTHER, sub):
        return reading, ""
    note = turn.texts.say("listing.outside", what=cards.called(turn, category, sub))
    return replace(reading, category=OTHER, sub=None), note


@routes.on("unlisted")
async def unlisted(turn: Turn) -> Sequence[Say]:
    """清单外 1024: a task that is not on the list is declined, politely."""
    return await declined(turn, await chosen.ticket(turn), turn.rest)


def _elsewhere(turn: Turn, words: str) -> str:
    """请找县体育局, where the worker names a body; else his words as they are."""
    words = words.strip("。，, ")
    named = next((words.removeprefix(each) for each in TOWARDS if words.startswith(each)), words)
    if len(named) <= LONGEST_BODY and named.endswith(BODIES):
        return turn.texts.say("listing.elsewhere", words=named)
    return turn.texts.say("listing.because", words=words)


async def declined(turn: Turn, ticket: Ticket, words: str) -> list[Say]:
    """Decline a matter that is not on the list; raises Refusal for one that is, and for an emergency."""
    if ticket.urgency == Urgency.EMERGENCY:
        raise Refusal("listing.emergency", no=ticket.no)
    if ticket.category != OTHER and admits(turn, ticket.grid, ticket.category, ticket.sub):
        what = cards.danger_called(turn, ticket)
        raise Refusal("listing.on_the_list", no=ticket.no, what=what)
    note = " ".join(part for part in (OUTSIDE, words) if part)
    await casework.move(ticket, "decline", turn.act, note, closed_at=turn.now)
    await planning.replan(turn, ticket)
    await questions.drop(ticket.no, "card", "place")
    where = _elsewhere(turn, words) if words else ""
    return [
        turn.reply("listing.declined", no=ticket.no),
        *told.reporter(
            turn, ticket, "listing.declined_resident", where=where, phone=told.duty_phone(turn, ticket)
        ),
    ]


@routes.on("catalogue")
async def catalogue(turn: Turn) -> Sequence[Say]:
    """事项清单: the list in force; 事项清单 路灯: one entry; 事项清单 清单外: what came in besides."""
    turn.require_staff()
    node = turn.person.posts[0].node
    profile = turn.world.directory.profile(node)
    word = turn.rest.strip()
    if word == OUTSIDE:
        return [turn.whisper("listing.review", lines=await review(turn))]
    if word:
        return [turn.whisper("listing.entry", line=_entry(turn, profile, word))]
    return [turn.whisper("listing.entry", line=turn.texts.say("listing.whole", **_whole(turn, profile)))]


def _whole(turn: Turn, profile: Profile) -> dict[str, object]:
    say, found = turn.texts.say, profile.catalogue
    every = profile.categories.values()
    dated = [
        say("listing.dated", what=_name(profile, key), until=_until(turn, entry))
        for key, entry in found.entries.items()
        if entry.until is not None
    ]
    left_out = "、".join(_name(profile, key) for key in sorted(found.leaves_out))
    return {
        "version": found.version,
        "by": found.by,
        "issues": "、".join(each.zh for each in every if each.kind == "issue"),
        "services": "、".join(each.zh for each in every if each.kind == "service"),
        "dated": say("listing.for_a_time", things="、".join(dated)) if dated else "",
        "left_out": say("listing.left_out", things=left_out) if left_out else "",
    }


def _name(profile: Profile, key: str) -> str:
    """A category, or category/sub, as people call it."""
    category, _, sub = key.partition("/")
    known = profile.category(category)
    return known.subs.get(sub, known.zh)


def _entry(turn: Turn, profile: Profile, word: str) -> str:
    """Line of business, platform, code, by whom and until when."""
    found = profile.category_word(word)
    if found is None:
        raise Refusal("listing.not_there", word=word[:20])
    category, sub = profile.category(found[0]), found[1]
    entry = profile.catalogue.admission(category.id, sub)
    today = turn.world.local(turn.now).date()
    listed = profile.catalogue.admits(category.id, sub, today)
    return turn.texts.say(
        "listing.line", what=category.subs.get(sub or "", category.zh), line=category.line,
        platform=profile.catalogue.platform(category.kind, category.id, sub), by=entry.by,
        code=turn.texts.say("listing.code", code=category.gb39666) if category.gb39666 else "",
        until=_until(turn, entry), listed=turn.texts.say("listing.yes" if listed else "listing.no"),
    )  # fmt: skip


def _until(turn: Turn, entry: Admission) -> str:
    if entry.until is None:
        return turn.texts.say("listing.for_good")
    day = entry.until
    return turn.texts.say("listing.until", year=day.year, month=day.month, day=day.day)


async def review(turn: Turn) -> str:
    """The matters of this month that are not on the list, within the speaker's nodes."""
    local = turn.world.local(turn.now)
    first = turn.world.calendar.at(local.date().replace(day=1), local.time().min)
    nodes = {code for post in turn.person.posts for code in turn.world.directory.under(post.node)}
    found = await census.unlisted(nodes, first, turn.now, OUTSIDE)
    lines = [chosen.label(turn, each) for each in found[:LISTED]]
    if len(found) > LISTED:
        lines.append(turn.texts.say("leader.more", count=len(found) - LISTED))
    return "\n".join(lines) or turn.texts.say("listing.nothing")
