"""Reads what a profile's tables say about appointments, points, scores and allowances."""

from __future__ import annotations

from gridbot.profiles.merit import Allowance, Appointing, Merit, Points, ScoreRule, Scoring
from gridbot.profiles.tables import Table, Tables

EVENTS = frozenset(
    {
        "replied_in_time", "replied_late", "resolved_in_time", "resolved_late", "satisfied", "unsatisfied",
        "visited_in_time", "visit_missed", "look_in_missed", "dispute_settled",
        "came_in_time", "came_late", "done_in_time", "done_late", "given_back",
    }
)  # fmt: skip
"""What can be counted: outcomes that are recorded anyway."""


def merit(read: Tables, table: Table) -> Merit:
    """The tables [appointing], [points], [scores] and [allowance]; all may be missing."""
    return Merit(
        _appointing(read, read.sub(table, "appointing")),
        _points(read, read.sub(table, "points")),
        _scoring(read, read.sub(table, "scores")),
        _allowance(read, read.sub(table, "allowance")),
        read.strings(table, "emblems"),
        read.strings(table, "organisations"),
        read.number(table, "discuss_days", Merit().discuss_days),
    )


def _appointing(read: Tables, table: Table) -> Appointing:
    usual = Appointing()
    return Appointing(
        read.strings(table, "forbidden"),
        read.number(table, "backing", usual.backing),
        read.text(table, "approves", ""),
    )


def _points(read: Tables, table: Table) -> Points:
    usual = Points()
    teams = read.sub(table, "teams")
    return Points(
        read.number(table, "most_a_day", usual.most_a_day),
        read.number(table, "an_hour", usual.an_hour),
        read.number(table, "most_hours", usual.most_hours),
        {name: read.text(teams, name, "") for name in teams},
        read.strings(table, "not_for"),
    )


def _scoring(read: Tables, table: Table) -> Scoring:
    usual = Scoring()
    return Scoring(
        read.number(table, "base", int(usual.base)),
        _numbers(read, table, "stars", usual.stars),
        read.number(table, "low", usual.low),
        read.number(table, "review_after", usual.review_after),
        _rules(read, table, "rules"),
        _rules(read, table, "departments"),
    )


def _rules(read: Tables, table: Table, key: str) -> tuple[ScoreRule, ...]:
    found = read.sub(table, key)
    where = f"scores.{key}"
    return tuple(_rule(read, f"{where}.{id}", id, read.table(found[id], f"{where}.{id}")) for id in found)


def _rule(read: Tables, where: str, id: str, table: Table) -> ScoreRule:
    event = read.text(table, "event", id)
    if event not in EVENTS:
        raise read.wrong(f"{where}.event", f"请写其中一个：{' '.join(sorted(EVENTS))}")
    points, cap = table.get("points"), table.get("cap", 100)
    if not isinstance(points, int | float) or not isinstance(cap, int | float):
        raise read.wrong(where, "points 和 cap 请写数字")
    return ScoreRule(id, read.text(table, "zh", id), event, float(points), abs(float(cap)))


def _allowance(read: Tables, table: Table) -> Allowance:
    usual = Allowance()
    return Allowance(
        read.number(table, "per_person", usual.per_person),
        read.number(table, "quarter_percent", usual.quarter_percent),
        _numbers(read, table, "weights", usual.weights),
        _numbers(read, table, "phone", usual.phone),
    )


def _numbers(read: Tables, table: Table, key: str, usual: tuple[int, ...]) -> tuple[int, ...]:
    value = table.get(key, list(usual))
    if not isinstance(value, list) or len(value) != 5 or not all(isinstance(each, int) for each in value):
        raise read.wrong(key, "请写五个整数，一星到五星各一个")
    return tuple(value)
