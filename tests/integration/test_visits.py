"""Visits: planned by class, reminded of, recorded in one line, told to the leader when late."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty.duties import Due, Visit
from gridbot.models.territory.org import Household, Post
from gridbot.schedules import timetable
from tests.conftest import Community, texts

ZONE = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
async def planned(community: Community) -> Community:
    await timetable.plant(community.stage.app.world, community.stage.now)
    await community.waits(timedelta(minutes=1))
    return community


async def due_on(household: str) -> date:
    visit = await Visit.get(household=household, done_at=None, dropped=False)
    assert visit.due_on is not None
    return visit.due_on


def morning(community: Community, contact: str) -> list[str]:
    return [text for text in community.to(contact) if text.startswith("【今日安排】")]


async def test_every_household_has_one_visit_by_its_class(planned: Community) -> None:
    rows = {row.household: row for row in await Visit.all()}
    assert sorted(rows) == ["h1", "h2", "h3", "h4", "h5"]
    assert (rows["h2"].why, rows["h2"].worker) == ("独居老人", "s1")
    assert (rows["h5"].why, rows["h5"].worker) == ("困难", "s6")
    assert rows["h1"].why == "普通"
    assert await due_on("h2") <= date(2026, 3, 31)
    assert await due_on("h5") <= date(2026, 3, 31)
    assert await due_on("h1") <= date(2026, 12, 31)


async def test_planning_again_changes_nothing(planned: Community) -> None:
    before = await Visit.all().order_by("id").values_list("household", "due_on")
    await timetable.plant(planned.stage.app.world, planned.stage.now)
    await planned.until(at(10))
    assert await Visit.all().order_by("id").values_list("household", "due_on") == before


async def test_no_visit_falls_on_a_day_of_rest(planned: Community) -> None:
    calendar = planned.stage.app.world.calendar
    for row in await Visit.all():
        assert row.due_on is not None and calendar.is_workday(row.due_on)


async def test_a_newcomer_is_visited_within_seven_days(planned: Community) -> None:
    await Household.create(
        id="h9", node="g1", building="3", unit="1", room="301", head="新住户", since=date(2026, 3, 3)
    )  # fmt: skip
    await planned.until(at(4))
    visit = await Visit.get(household="h9")
    assert visit.why == "新入户"
    assert visit.due_on is not None and visit.due_on <= date(2026, 3, 10)


async def test_the_worker_is_reminded_a_week_before_and_on_the_day_and_the_leader_after(
    planned: Community,
) -> None:
    day = await due_on("h2")
    eight = datetime(day.year, day.month, day.day, 8, 1, tzinfo=ZONE)
    await planned.until(eight - timedelta(days=6))
    soon = [text for text in morning(planned, "li") if "一周内到期" in text]
    assert len(soon) == 1 and "3-2-502" in soon[0]
    await planned.until(eight)
    assert "走访 1 户" in morning(planned, "li")[-1]
    assert "3-2-502（独居老人）" in morning(planned, "li")[-1]
    assert not [text for text in planned.to("qian") if "走访逾期" in text]
    await planned.until(eight + timedelta(days=4))
    late = [text for text in planned.to("qian") if "走访逾期" in text]
    assert len(late) == 1 and "3-2-502" in late[0] and "李网" in late[0]


async def test_one_line_records_a_visit_and_the_next_is_planned(planned: Community) -> None:
    said = await planned.says("li", "走访 3-502 正常，老人身体好")
    assert "3-2-502" in texts(said)[0]
    visit = await Visit.get(household="h2", done_at__not_isnull=True)
    assert (visit.mode, visit.worker, visit.why) == ("上门", "s1", "独居老人")
    assert "老人身体好" in visit.outcome
    await planned.until(at(4))
    assert await due_on("h2") == date(2026, 4, 2)


async def test_a_call_does_not_stand_for_a_visit_at_the_door(planned: Community) -> None:
    said = await planned.says("li", "电访 3-2-502 正常")
    assert "仍保留" in texts(said)[0]
    assert await Visit.filter(household="h2", done_at=None).count() == 1
    await planned.says("li", "电访 3-1-101 正常")
    assert await Visit.filter(household="h1", done_at=None).count() == 0


async def test_a_visit_can_be_taken_back(planned: Community) -> None:
    await planned.says("li", "走访 3-502 正常")
    await planned.says("li", "撤销")
    assert await Visit.filter(done_at__not_isnull=True).count() == 0


async def test_nobody_records_visits_outside_his_grid(planned: Community) -> None:
    assert "没有找到" in texts(await planned.says("wu", "走访 3-502 正常"))[0]
    assert "已记录" in texts(await planned.says("wang", "走访 3-502 正常"))[0]
    assert await Visit.filter(done_at__not_isnull=True).count() == 0


async def test_a_worker_with_nothing_to_do_hears_nothing(planned: Community) -> None:
    await planned.until(at(3, 12))
    assert morning(planned, "li") == []


async def test_the_saturday_that_is_worked_has_a_morning_and_the_other_has_none(planned: Community) -> None:
    await planned.until(at(15))
    rows = await Due.filter(kind="morning", what="staff:s1")
    days = [row.occurrence for row in rows]
    assert "2026-03-14" in days, "a Saturday worked in a holiday's stead"
    assert "2026-03-07" not in days and "2026-03-15" not in days


async def test_after_an_outage_of_days_there_is_one_morning_and_no_second_plan(planned: Community) -> None:
    stage = planned.stage
    await planned.until(at(3))
    visits = await Visit.all().count()
    stage.clock.set(at(23, 10))
    await timetable.plant(stage.app.world, stage.now)
    await stage.app.tick()
    await stage.settle()
    assert len(morning(planned, "li")) == 1
    assert await Visit.all().count() == visits
    await stage.app.tick()
    await stage.settle()
    assert len(morning(planned, "li")) == 1


async def test_somebody_who_does_not_open_is_an_emergency(planned: Community) -> None:
    assert "陈师傅 好" in texts(await planned.says("li", "平安 陈师傅 好"))[0]
    said = await planned.says("li", "平安 陈师傅 无人")
    assert {out.say.to.contact for out in said} == {"li", "zhao", "qian"}
    assert all(out.say.to.room is None for out in said)
    ticket = await Ticket.get(no=1)
    assert (ticket.urgency, ticket.household) == ("emergency", "h2")


async def paired(community: Community) -> None:
    await Household.filter(id="h2").update(classes=["独居老人", "无手机老人"])
    await timetable.plant(community.stage.app.world, community.stage.now)


async def test_who_has_no_telephone_is_looked_in_on_every_evening_and_morning(community: Community) -> None:
    await paired(community)
    await community.until(at(2, 18, 1))
    assert community.to("li") and "【晚间看望】" in community.to("li")[-1]
    await community.says("li", "平安 陈师傅 好")
    await community.until(at(3, 6, 31))
    assert "【晨间看望】" in community.to("li")[-1]
    await community.says("li", "平安 陈师傅 好", at=at(3, 7))
    await community.until(at(3, 12))
    rows = await Visit.filter(household="h2", done_at__not_isnull=True).order_by("id")
    assert [(row.why, str(row.due_on)) for row in rows] == [
        ("晚间看望", "2026-03-02"),
        ("晨间看望", "2026-03-03"),
    ]
    assert not any("平安未报" in text for text in community.to("qian"))


async def test_a_missed_look_in_goes_to_worker_deputy_and_leader(community: Community) -> None:
    await paired(community)
    await community.until(at(2, 21, 1))
    for contact in ("li", "zhao", "qian"):
        assert len([text for text in community.to(contact) if "平安未报" in text]) == 1
    assert community.in_group("r1") == []


async def test_a_worker_has_at_most_five_visits_a_day(community: Community) -> None:
    await Household.bulk_create(
        [
            Household(id=f"x{n}", node="g1", building="7", unit="1", room=f"{n}01", classes=["独居老人"])
            for n in range(1, 91)
        ]
    )
    await timetable.plant(community.stage.app.world, community.stage.now)
    await community.waits(timedelta(minutes=1))
    days = [row.due_on for row in await Visit.filter(worker="s1")]
    assert len(days) == 94
    assert max(days.count(day) for day in set(days)) <= 5
    march = [day for day in days if day is not None and day <= date(2026, 3, 31)]
    assert len(march) >= 90, "all that can be done this month are planned for this month"


async def test_who_is_imported_during_the_day_is_planned_for_at_once(planned: Community) -> None:
    app = planned.stage.app
    await Household.create(id="h9", node="g2", building="9", unit="1", room="101", classes=["困难"])
    await Post.create(staff="s9", name="新长", role="网格长", node="g2", contact="xin")
    app.world.directory = await app.reload()
    for _ in range(2):
        await timetable.replant(app.world, planned.stage.now)
        await planned.waits(timedelta(minutes=1))
    assert await Visit.filter(household="h9").count() == 1
    await planned.until(at(2, 18, 1))
    assert len([text for text in planned.to("xin") if text.startswith("【日报】第二网格")]) == 1
    assert morning(planned, "li") == []
