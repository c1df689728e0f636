"""What can wait is merged and held: a handful of reminders a day, in a person's own hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from gridbot.messages import Say
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
    assert "昨天留到今早的提醒：\n提醒 5\n提醒 6" in morning


async def test_what_is_urgent_is_never_held(community: Community) -> None:
    for number in range(8):
        found = await remind(community, MONDAY, reminder(community, number, urgent=True))
        assert len(found) == 1


async def test_at_night_a_reminder_waits_for_the_morning(community: Community) -> None:
    night = datetime(2026, 3, 2, 22, 30, tzinfo=ZONE)
    (say,) = await remind(community, night, reminder(community, 1))
    assert say.not_before == datetime(2026, 3, 3, 7, 30, tzinfo=ZONE)
