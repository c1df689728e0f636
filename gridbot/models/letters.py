"""Taking in and sending out, as rows: what inbox.py, engine.py and outbox.py do to the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from gridbot import jsons
from gridbot.messages import Say
from gridbot.models import plain, recent
from gridbot.models.batch import Into, Row
from gridbot.models.database import as_moment, connection, first, insert, is_sqlite, moment, parameters
from gridbot.models.mail import Inbox, Outbox, Seen, Tally
from gridbot.values import value
from gridbot.wire import say_extra

CHUNK = 500  # keys a statement; SQLite allows 32,766 parameters


@value(frozen=True, slots=True)
class Waiting:
    """A message to be stored until its turn."""

    key: int
    lane: str
    event: dict[str, object]
    received_at: datetime
    urgent: bool = False


async def mark_seen(keys: Sequence[int], at: datetime) -> set[int]:
    """Remember the keys; returns those that were new. One statement for each few hundred."""
    new: set[int] = set()
    second = int(at.timestamp())
    db = connection()
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        if is_sqlite():
            sql = (
                f"INSERT INTO seen (key, at) SELECT value, {second} FROM json_each(?) WHERE true "
                "ON CONFLICT DO NOTHING RETURNING key"
            )
            rows = await db.execute_query_dict(sql, [jsons.written(part)])
        else:
            sql = (
                f"INSERT INTO seen (key, at) SELECT unnest($1::bigint[]), {second} "
                "ON CONFLICT DO NOTHING RETURNING key"
            )
            rows = await db.execute_query_dict(sql, [list(part)])
        new.update(row["key"] for row in rows)
    return new


async def forget_seen(before: datetime) -> None:
    """Drop keys older than any redelivery."""
    await plain.forget(Seen, f"at < {int(before.timestamp())}")


async def store(waiting: Iterable[Waiting]) -> None:
    """Put messages into the queue of turns."""
    rows = [
        plain.new(Inbox, key=w.key, lane=w.lane, event=w.event, received_at=w.received_at, urgent=w.urgent)
        for w in waiting
    ]
    await plain.add(rows)


async def claim(limit: int) -> list[Inbox]:
    """The oldest waiting messages, those of conversations with an emergency first; order kept in each.

    On PostgreSQL the conversations are locked until the transaction ends, so that several processes
    can take turns side by side.
    """
    rows = await (_oldest(limit) if is_sqlite() else _locked(limit))
    lanes = {row.lane for row in rows if row.urgent}
    if len(rows) == limit and is_sqlite():
        lanes |= {row.lane for row in await Inbox.filter(parked=False, urgent=True).limit(limit)}
        first = await Inbox.filter(parked=False, lane__in=lanes).order_by("id").limit(limit) if lanes else []
        ids = {row.id for row in first}
        return [*first, *(row for row in rows if row.id not in ids)]
    rows.sort(key=lambda row: row.lane not in lanes)
    return rows


async def _oldest(limit: int) -> list[Inbox]:
    return await plain.rows(Inbox, "WHERE NOT parked ORDER BY id LIMIT ?", limit)


async def _locked(limit: int) -> list[Inbox]:
    """Lock whole conversations, then look again: what another process took meanwhile is gone."""
    ids = await connection().execute_query_dict(
        "WITH oldest AS (SELECT id, lane FROM inbox WHERE NOT parked ORDER BY urgent DESC, id LIMIT $1) "
        "SELECT id FROM oldest WHERE pg_try_advisory_xact_lock(hashtextextended(lane, 0)) LIMIT $2",
        [limit * 10, limit],
    )
    lanes = await Inbox.filter(id__in=[row["id"] for row in ids]).distinct().values_list("lane", flat=True)
    return await Inbox.filter(parked=False, lane__in=list(lanes)).order_by("id").limit(limit)


async def waiting() -> list[Inbox]:
    """Every message that waits for its turn, in the order in which they came."""
    return await plain.rows(Inbox, "WHERE NOT parked ORDER BY id")


async def take(ids: Sequence[int]) -> set[int]:
    """Remove the rows from the queue; returns those that were still there (another process may be first)."""
    taken: set[int] = set()
    marks = _marks(len(ids))
    rows = await connection().execute_query_dict(
        f"DELETE FROM inbox WHERE id IN ({marks}) RETURNING id", list(ids)
    )
    taken.update(row["id"] for row in rows)
    return taken


def _marks(count: int) -> str:
    if is_sqlite():
        return ",".join("?" * count)
    return ",".join(f"${n + 1}" for n in range(count))


async def failed(row: Inbox, fault: str, tries: int) -> bool:
    """Count a failed turn; returns True when the message is now parked."""
    row.attempts += 1
    row.fault = fault[:255]
    row.parked = row.attempts >= tries
    await row.save(update_fields=["attempts", "fault", "parked"])
    return row.parked


async def count(day: date, counts: Mapping[str, int], node: str = "") -> None:
    """Add to the day's tallies, in one statement."""
    rows = [(name, value) for name, value in sorted(counts.items()) if value]
    if not rows:
        return
    marks = ", ".join(["(?, ?, ?, ?)"] * len(rows))
    on = day.isoformat() if is_sqlite() else day
    await connection().execute_query(
        parameters(
            f"INSERT INTO tally (day, name, node, value) VALUES {marks} "
            "ON CONFLICT (day, name, node) DO UPDATE SET value = tally.value + excluded.value"
        ),
        [cell for name, value in rows for cell in (on, name, node, value)],
    )


async def tallies() -> dict[str, int]:
    """All counts, summed over days and nodes."""
    sums: dict[str, int] = {}
    for row in await Tally.all():
        sums[row.name] = sums.get(row.name, 0) + row.value
    return sums


_LETTERS = Into(
    "outbox",
    (
        "lane", "transport", "account", "room", "contact", "text", "key", "extra", "ticket", "urgent", "once",
        "turn", "made_at", "due_at",
    ),
    "ON CONFLICT DO NOTHING",
    always={"state": "'queued'", "attempts": "0", "fault": "''"},
)  # fmt: skip


async def post(says: Sequence[Say], at: datetime, turn: int | None) -> None:
    """Queue messages to be sent; one whose `once` is already there is left out.

    Plain SQL and no values in between, since a minute may bring a hundred thousand of them.
    """
    moments: dict[datetime | None, object] = {None: (now := moment(at))}
    letters: list[Row] = []
    for say in says:
        to, later = say.to, say.not_before
        if later not in moments and later is not None:
            moments[later] = moment(later)
        letters.append(
            (
                to.lane, to.transport, to.account, to.room, to.contact, say.text, say.key, say_extra(say),
                say.about.get("ticket"), say.urgent, say.once, turn, now, moments[later],
            )
        )  # fmt: skip
    await insert(_LETTERS, letters)
    recent.said(says, by_clock=turn is None)


async def call_back(turn: int) -> list[Outbox]:
    """Keep what a turn wanted to say and has not left from leaving; returns what has left already."""
    rows = await Outbox.filter(turn=turn).order_by("id")
    await drop([row for row in rows if row.state == "queued" and row.attempts == 0])
    return [row for row in rows if row.state in ("sent", "unknown", "sending")]


async def drop(rows: Sequence[Outbox]) -> None:
    """These, which wait, go nowhere; what has the same `once` may be said again."""
    if rows:
        await Outbox.filter(id__in=[row.id for row in rows]).update(state="dropped", due_at=None, once=None)


async def lost(ticket: int, keys: Collection[str], since: datetime) -> bool:
    """Whether messages about a ticket were written with these keys since a moment and none can arrive."""
    found = Outbox.filter(ticket=ticket, key__in=list(keys), made_at__gte=since)
    states = {str(state) for state in await found.values_list("state", flat=True)}
    return bool(states) and states <= {"dead", "dropped"}


async def ready(until: datetime, limit: int, transports: Sequence[str]) -> list[Outbox]:
    """What may leave now by these transports, oldest first."""
    if not transports:
        return []
    marks = ", ".join("?" * len(transports))
    leaving = f"WHERE due_at <= ? AND transport IN ({marks}) ORDER BY due_at, id LIMIT ?"
    return await plain.rows(Outbox, leaving, moment(until), *transports, limit)


async def held_lanes(now: datetime) -> dict[str, datetime]:
    """Conversations in which an earlier message waits for its next try, and until when."""
    tried = "WHERE due_at > ? AND due_at IS NOT NULL AND attempts > 0 ORDER BY due_at"
    waiting = await plain.rows(Outbox, tried, moment(now))
    return {row.lane: row.due_at for row in waiting if row.due_at is not None}


async def next_leaving(transports: Sequence[str]) -> datetime | None:
    """When the next message may leave by these transports."""
    if not transports:
        return None
    marks = ", ".join("?" * len(transports))
    waiting = f"FROM outbox WHERE due_at IS NOT NULL AND transport IN ({marks})"
    return as_moment(await first(f"SELECT due_at {waiting} ORDER BY due_at LIMIT 1", *transports))


_SETTLED = (
    "UPDATE outbox SET state = ?, due_at = ?, attempts = ?, sent_at = ?, sent_id = ?, fault = ? WHERE id = ?"
)


async def sending(rows: Sequence[Outbox]) -> None:
    """Write down that these are about to be sent: after a crash they count as uncertain."""
    for row in rows:
        plain.put_into(row, state="sending", attempts=row.attempts + 1)
    await plain.update(Outbox, [row.id for row in rows], state="sending")


async def settle(rows: Sequence[Outbox]) -> None:
    """Write down what became of the sends."""
    became = [
        [row.state, _at(row.due_at), row.attempts, _at(row.sent_at), row.sent_id, row.fault, row.id]
        for row in rows
    ]
    if became:
        await connection().execute_many(parameters(_SETTLED), became)


def _at(at: datetime | None) -> object:
    return None if at is None else moment(at)


async def uncertain(lane: str, text: str) -> Outbox | None:
    """The oldest message with these words in a conversation that may or may not have arrived."""
    found = await first(
        "SELECT id FROM outbox WHERE lane = ? AND due_at IS NOT NULL AND state = 'unknown' AND text = ? "
        "ORDER BY id LIMIT 1",
        lane,
        text,
    )
    return None if found is None else await Outbox.get_or_none(id=found)


async def last_account(transport: str) -> str:
    """The account by which something was last said on a transport ("" if nothing was)."""
    found = await first("SELECT account FROM outbox WHERE transport = ? ORDER BY id DESC LIMIT 1", transport)
    return str(found or "")


async def left_in_flight(due_at: datetime) -> int:
    """After a crash: what was being sent may have arrived; look for the echo until `due_at`."""
    sql = "UPDATE outbox SET state = 'unknown', due_at = ? WHERE due_at IS NOT NULL AND state = 'sending'"
    count, _ = await connection().execute_query(parameters(sql), [moment(due_at)])
    return count


async def group_messages_since(lanes: Sequence[str], since: datetime) -> dict[str, int]:
    """How many ordinary messages the bot wrote (or will write) into each of some groups since a moment."""
    counts = recent.messages(since)
    asked = [lane for lane in lanes if lane not in counts]
    for start in range(0, len(asked), CHUNK):
        part = asked[start : start + CHUNK]
        marks = ", ".join("?" * len(part))
        found = await plain.table(
            f"SELECT lane, COUNT(*) FROM outbox WHERE lane IN ({marks}) AND made_at >= ? AND NOT urgent "
            "AND state <> 'dropped' GROUP BY lane",
            *part,
            moment(since),
        )
        counts.update(dict.fromkeys(part, 0))
        counts.update((str(lane), int(count)) for lane, count in found)
    return {lane: counts[lane] for lane in lanes}
