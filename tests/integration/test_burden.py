"""What can wait is merged and held: a handful of reminders a day, in a person's own hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from gridbot.messages import Say
from gridbot.models.duty.duties import Visit
from gridbot.profiles.care import Care
from gridbot.schedules.tempering import tempered
from tests.conftest import MONDAY, ZONE, Community


def reminder(community: Community, number: int, *, urgent: bool = False) -> Say:
    world = community.stage.app.world
    return Say(world.private("li"), f"提醒 {number}", "care.due", urgent=urgent)


async def remind(community: Community, now: datetime, *says: Say) -> list[Say]:
    app = community.stage.app
    found = await tempered(app.world, says, now)
    await app.outbox.put(found, at=now)
    return found


async def test_a_burst_is_one_message(community: Community) -> None:
    (say,) = await remind(community, MONDAY, *(reminder(community, n) for n in range(3)))
    assert say.text == "提醒 0\n提醒 1\n提醒 2"


async def test_more_than_a_handful_waits_for_the_next_morning_list(community: Community) -> None:
    await community.stage.begin()
    for number in range(7):
        await remind(community, MONDAY + timedelta(minutes=number), reminder(community, number))
    said = await community.until(MONDAY + timedelta(hours=12))
    assert sum("提醒" in out.say.text for out in said) == 5
    said = await community.until(MONDAY + timedelta(hours=24))
    (morning,) = [out.say.text for out in said if "【今日安排】" in out.say.text]
    assert "提醒 5\n提醒 6" in morning


async def test_what_is_urgent_is_never_held(community: Community) -> None:
    for number in range(8):
        found = await remind(community, MONDAY, reminder(community, number, urgent=True))
        assert len(found) == 1


async def test_at_night_a_reminder_waits_for_the_morning(community: Community) -> None:
    friday = datetime(2026, 3, 6, 22, 30, tzinfo=ZONE)
    (say,) = await remind(community, friday, reminder(community, 1))
    assert say.not_before == datetime(2026, 3, 7, 7, 30, tzinfo=ZONE)


async def test_before_a_day_of_work_it_is_told_in_the_list(community: Community) -> None:
    await community.stage.begin()
    for hour, minute in ((22, 30), (30, 10), (31, 45)):  # of the night and before eight
        now = MONDAY.replace(hour=0) + timedelta(hours=hour, minutes=minute)
        await community.until(now)
        assert await remind(community, now, reminder(community, hour)) == []
    said = await community.until(MONDAY + timedelta(hours=24))
    (morning,) = [out.say.text for out in said if "【今日安排】" in out.say.text]
    assert "提醒 22\n提醒 30\n提醒 31" in morning


async def test_an_office_may_have_quieter_hours_than_others(community: Community) -> None:
    world = community.stage.app.world
    own = replace(world.directory.profile("g1"), care=Care(quiet=(time(20, 0), time(9, 0))))
    world.directory._profiles["g1"] = own
    evening = datetime(2026, 3, 2, 20, 30, tzinfo=ZONE)
    assert world.quiet(evening, "g1") and not world.quiet(evening, "g2")
    assert world.quiet_ends(evening, "g1") == datetime(2026, 3, 3, 9, 0, tzinfo=ZONE)


async def test_on_leave_the_morning_list_goes_to_whoever_stands_in(community: Community) -> None:
    await community.stage.begin()
    await community.says("li", "请假 明天", at=MONDAY + timedelta(minutes=1))
    await community.says("li", "走访 3-2-601 不在家", at=MONDAY + timedelta(minutes=2))
    await Visit.create(household="h3", grid="g1", worker="s1", due_on=date(2026, 3, 3), why="困难")
    said = await community.until(MONDAY + timedelta(hours=24))
    lists = {out.say.to.contact: out.say.text for out in said if "【今日安排】" in out.say.text}
    assert "3-2-601" in lists["zhao"] and lists["zhao"].startswith("【今日安排】（代李网）")
    assert "li" not in lists
