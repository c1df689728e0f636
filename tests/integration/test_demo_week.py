"""A week of the demo street, lived by people who answer the bot: what each of them got, counted."""

from __future__ import annotations

import asyncio
import re
from collections import Counter

import pytest

from tools.demo_month import Month, lived, unasked
from tools.month_people import HOMES, ROOMS, STAFF, residents

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

A_HANDFUL = 5  # messages a day that the bot begins
WORKERS = ("zhang-lei", "li-xiaomei", "liu-tingting", "yang-jing", "zhou-jianjun", "wu-min", "he-tao")


@pytest.fixture(scope="module")
def week() -> Month:
    return asyncio.run(lived(7))


def of_groups(week: Month) -> list[dict[str, str]]:
    groups = set(ROOMS.values())
    return [line for line in week.said if line.get("room") in groups]


def test_a_worker_gets_a_handful_of_messages_a_day(week: Month) -> None:
    for who in WORKERS:
        days = unasked(week)[who]
        assert sum(days.values()) / 7 <= A_HANDFUL, who
        assert max(days.values()) <= 2 * A_HANDFUL, who


def test_a_group_hears_six_a_day_at_most_and_nothing_at_night(week: Month) -> None:
    ordinary = [line for line in of_groups(week) if "请先拨打" not in line["text"]]
    assert max(Counter((line["room"], line["at"][:10]) for line in ordinary).values()) <= 6
    assert all("07:30" <= line["at"][11:16] < "21:30" for line in ordinary)


def test_no_group_hears_of_anybody_by_name_door_or_telephone(week: Month) -> None:
    names = {row["name"] for row in residents() if row["contact"] not in STAFF}
    phones = {home["phone"] for home in HOMES.values() if home["phone"]}
    for line in of_groups(week):
        text = line["text"]
        assert not [name for name in names if name in text], text
        assert not phones & set(re.findall(r"\d{11}", text)), text
        assert not re.search(r"\d单元|\d室|\d-\d", text) or text.startswith("【公告】"), text


def test_the_head_of_the_street_reads_one_digest_a_day(week: Month) -> None:
    digests = [line["at"][:10] for line in week.to("shen-zhenhua") if line["text"].startswith("【日报】")]
    assert len(digests) == len(set(digests)) >= 5


def test_an_old_neighbour_is_asked_after_twice_a_day(week: Month) -> None:
    asked = [line for line in week.to("zhang-lei") if "】请去看看：" in line["text"]]
    days = Counter(line["at"][:10] for line in asked)
    assert all(days[f"2026-03-0{day}"] == 2 for day in range(2, 9))


def test_nothing_is_lost_and_every_matter_is_answered(week: Month) -> None:
    assert week.report["inbox"]["parked"] == 0
    assert week.report["outbox"]["dead"] == 0
    assert week.report["audit"]["chain_ok"]
    tickets = week.report["tickets"]
    assert len(tickets) >= 10
    early = [row for row in tickets if row["opened_at"] < "2026-03-06"]
    assert all(row["first_reply_at"] for row in early)
