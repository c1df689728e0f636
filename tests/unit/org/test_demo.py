"""The demo community and its chat logs fit together."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gridbot import demo
from gridbot.org import examine, read

ORG = read(demo.ORG)
ROOMS = {row.text("room"): row.text("node") for row in ORG.rows("rooms")}
HOMES = {row.text("id"): row for row in ORG.rows("households")}
RESIDENTS = {row.text("contact"): HOMES[row.text("household")] for row in ORG.rows("residents")}
STAFF = {row.text("contact") for row in ORG.rows("staff")}


def lines(log: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def test_nothing_is_wrong_or_odd_in_the_demo_org() -> None:
    assert examine(ORG) == []


def test_the_demo_org_is_of_the_promised_size() -> None:
    levels = [row.text("level") for row in ORG.rows("nodes")]
    assert [levels.count(level) for level in ("街道", "社区", "网格")] == [1, 3, 12]
    assert len(set(levels)) == 4
    assert len({row.text("id") for row in ORG.rows("staff")}) == 40
    assert 280 <= len(HOMES) <= 320


def test_every_account_belongs_to_one_person() -> None:
    contacts = [row.text("contact") for row in ORG.rows("residents") if row.text("contact")]
    assert len(contacts) == len(set(contacts)) >= 120


def test_room_numbers_of_building_three_name_one_household_each() -> None:
    rooms = [home.text("room") for home in HOMES.values() if home.text("node") == "wh-dy-2"]
    assert len(rooms) == len(set(rooms))


def test_every_class_of_the_three_visits_is_there() -> None:
    classes = {name for home in HOMES.values() for name in home.listed("classes")}
    assert classes >= {"普通", "困难", "残疾", "独居老人", "暂住", "失业", "重点帮扶", "无手机老人"}


def test_the_csv_files_open_in_plain_utf_8() -> None:
    for file in demo.ORG.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as text:
            assert all(len(record) > 1 for record in csv.reader(text))


@pytest.mark.parametrize("log", demo.LOGS, ids=lambda log: log.stem)
def test_a_demo_log_is_one_working_day_of_people_who_are_there(log: Path) -> None:
    said = lines(log)
    assert 80 <= len(said) <= 150
    moments = [datetime.fromisoformat(str(line["at"])) for line in said]
    assert moments == sorted(moments)
    assert len({moment.date() for moment in moments}) == 1
    assert all(moment.utcoffset() == timedelta(hours=8) for moment in moments)
    assert moments[0].hour == 6
    assert moments[-1].hour == 21
    messages = [line for line in said if "event" not in line]
    ids = [line["id"] for line in messages]
    assert len(ids) == len(set(ids))
    for line in messages:
        contact, room = str(line["from"]), line["room"]
        assert room is None or room in ROOMS
        if contact in RESIDENTS and contact not in STAFF and room is not None:
            assert RESIDENTS[contact].text("node") == ROOMS[str(room)]
        elif contact not in RESIDENTS and contact not in STAFF:
            assert contact.startswith("stranger-")
    for line in said:
        assert line.get("event") != "recall" or line["id"] in ids
