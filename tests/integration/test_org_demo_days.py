"""The three demo days, played through the whole program as `gridbot replay` plays them."""

from __future__ import annotations

import asyncio
import csv
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from gridbot import demo
from gridbot.config import load
from gridbot.replay.run import Order
from tests.scene import play, said

pytestmark = pytest.mark.slow

CHATTER = ("早上好", "接龙", "加微信", "哈哈", "炸了", "晚安", "猜灯谜", "包饺子", "拼车", "点赞")


@dataclass(frozen=True)
class Day:
    heard: list[dict[str, Any]]
    said: list[dict[str, Any]]
    report: dict[str, Any]

    def in_groups(self) -> list[dict[str, Any]]:
        return [line for line in self.said if line.get("room")]

    def to(self, contact: str) -> list[str]:
        return [line["text"] for line in self.said if line.get("to") == contact]


@pytest.fixture(scope="module", params=demo.LOGS, ids=lambda log: log.stem)
def day(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Day:
    where = tmp_path_factory.mktemp(request.param.stem)
    played = asyncio.run(play(Order(request.param, demo.ORG, load()), where))
    return Day(said(request.param), played.said, dict(played.report))


def test_nothing_is_parked_nothing_is_dead_and_the_audit_is_whole(day: Day) -> None:
    assert day.report["inbox"]["parked"] == 0
    assert day.report["outbox"]["dead"] == 0
    assert day.report["audit"]["chain_ok"]
    assert day.report["inbox"]["received"] == sum("event" not in line for line in day.heard)


def test_chatter_is_met_with_silence(day: Day) -> None:
    """Neither a ticket nor a question to a worker: both would quote the words."""
    in_groups = [line["text"] for line in day.heard if line.get("room")]
    chatter = {text for text in in_groups if any(word in text for word in CHATTER) and "一早上" not in text}
    assert chatter
    assert not {text for text in chatter if any(text in line["text"] for line in day.said)}


def test_no_group_hears_a_residents_name_or_telephone(day: Day) -> None:
    with (demo.ORG / "residents.csv").open(encoding="utf-8") as file:
        people = list(csv.DictReader(file))
    private = {word for person in people for word in (person["name"], person["phone"]) if word}
    told = [line["text"] for line in day.in_groups()]
    assert told
    assert not [text for text in told if any(word in text for word in private)]


def test_a_group_hears_at_most_six_messages_and_none_at_night(day: Day) -> None:
    calm = [line for line in day.in_groups() if "请先拨打" not in line["text"]]
    assert max(Counter(line["room"] for line in calm).values()) <= 6
    assert all("07:30" <= line["at"][11:16] <= "21:30" for line in calm)


def test_every_leader_has_one_digest_at_six(day: Day) -> None:
    digests = [
        line for line in day.said if line["text"].startswith("【日报】") and line["at"][11:16] == "18:00"
    ]
    with (demo.ORG / "staff.csv").open(encoding="utf-8") as file:
        leading = ("街道主任", "社区书记", "网格长")
        leaders = {row["contact"] for row in csv.DictReader(file) if row["role"] in leading}
    assert sorted(line["to"] for line in digests) == sorted(leaders)


@pytest.mark.parametrize("day", demo.LOGS[:1], indirect=True, ids=["day1"])
def test_the_lift_of_the_first_day_goes_its_whole_way(day: Day) -> None:
    lift = day.report["tickets"][0]
    assert (lift["no"], lift["category"], lift["sub"]) == (1, "public_facility", "elevator")
    assert (lift["state"], lift["satisfaction"]) == ("closed", "满意")
    assert (lift["grid"], lift["assignee"]) == ("wh-dy-2", "s020")
    assert lift["reporters"] == ["li-guoqiang"]
    assert set(lift["supporters"]) == {"ma-junfeng", "xu-xiaomei"}
    assert any("#1" in text and "继电器" in text for text in day.to("li-guoqiang"))


def test_a_stranger_is_refused_politely_and_changes_nothing(day: Day) -> None:
    strangers = {line["from"] for line in day.heard if str(line.get("from", "")).startswith("stranger-")}
    for stranger in strangers:
        assert day.to(stranger)
        assert not any(stranger in ticket["reporters"] for ticket in day.report["tickets"])
    mail = {entry["by"] for ticket in day.report["tickets"] for entry in ticket["history"]}
    assert not strangers & mail
