"""The leader's evening message, played through the whole program."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from gridbot.config import Settings
from gridbot.digests import Period, measured, picture, print_digest, span_of
from gridbot.errors import BadInput
from gridbot.models.audit import Change
from gridbot.models.duty.duties import DigestRow, Due
from gridbot.models.mail import Seen
from gridbot.models.territory.org import Household, Node, Post
from gridbot.replay.stage import staged
from gridbot.schedules import timetable
from tests.conftest import Community, community_on, texts

ZONE = ZoneInfo("Asia/Shanghai")


async def planted(community: Community) -> Community:
    await timetable.plant(community.stage.app.world, community.stage.now)
    return community


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


def digests(community: Community, contact: str) -> list[str]:
    return [text for text in community.to(contact) if text.startswith("【日报】")]


async def test_a_leader_gets_one_digest_at_six(community: Community) -> None:
    await planted(community)
    await community.says("wang", "报事 3号楼2单元楼道灯坏了", room="r1")
    await community.until(at(2, 18, 1))
    found = digests(community, "qian")
    assert len(found) == 1
    assert "第一网格 3月2日 周一" in found[0]
    assert "新增 1（昨日 0）" in found[0]
    assert len(digests(community, "sun")) == 1
    row = await DigestRow.filter(to="s3").get()
    assert (row.node, row.period, row.text) == ("g1", "day", found[0])


async def test_a_leader_of_several_nodes_gets_one_message(community: Community) -> None:
    await Post.create(staff="s4", name="孙书记", role="网格长", node="g2", contact="sun")
    community.stage.app.world.org_changed = True
    await community.stage.settle()
    await planted(community)
    await community.until(at(2, 18, 1))
    assert len(digests(community, "sun")) == 1
    assert "青石社区 3月2日" in digests(community, "sun")[0]


async def test_the_next_digest_compares_with_the_day_before(community: Community) -> None:
    await planted(community)
    await community.says("wang", "报事 3号楼2单元楼道灯坏了", room="r1")
    await community.says("li", "接单 1")
    await community.says("li", "办结 1 换了灯泡")
    await community.says("he", "报事 5号楼门口垃圾没人收", room="r1")
    await community.until(at(3, 18, 1))
    assert "新增 2（昨日 0），办结 1（昨日 0），在办 1" in digests(community, "qian")[0]
    assert "新增 0（昨日 2），办结 0（昨日 1），在办 1" in digests(community, "qian")[1]


async def test_what_comes_after_six_is_in_the_next_digest(community: Community) -> None:
    await planted(community)
    await community.says("wang", "报事 3号楼2单元楼道灯坏了", room="r1", at=at(2, 19))
    await community.until(at(3, 18, 1))
    assert ["新增 0" in text for text in digests(community, "qian")] == [True, False]


async def test_quiet_days_of_rest_bring_no_digest_but_a_worked_saturday_does(community: Community) -> None:
    await planted(community)
    await community.until(at(16, 9))
    days = [row.at.astimezone(ZONE).day for row in await DigestRow.filter(to="s3").order_by("id")]
    assert days == [2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 14]


async def test_an_ordinary_sunday_waits_for_the_week_and_an_emergency_does_not(community: Community) -> None:
    await planted(community)
    await community.says("wang", "报事 3号楼2单元楼道灯坏了", room="r1", at=at(8, 10))
    await community.until(at(8, 18, 1))
    assert "3月6日 周五" in digests(community, "qian")[-1]
    await community.until(at(9, 9))
    assert any(text.startswith("【周报】") and "新增 1" in text for text in community.to("qian"))
    await community.says("wang", "3号楼2单元着火了！", room="r1", at=at(15, 10))
    await community.until(at(15, 18, 1))
    assert "3月15日 周日" in digests(community, "qian")[-1] and "紧急 1 件" in digests(community, "qian")[-1]


async def test_planting_again_makes_no_second_digest(community: Community) -> None:
    await planted(community)
    await community.until(at(2, 12))
    await planted(community)
    await community.until(at(2, 18, 1))
    await planted(community)
    await community.until(at(2, 20))
    assert len(digests(community, "qian")) == 1
    assert await Due.filter(kind="plan_day", due_at__not_isnull=True).count() == 1


async def test_after_a_long_outage_only_the_newest_digest_comes(community: Community) -> None:
    await planted(community)
    await community.until(at(2, 12))
    stage = community.stage
    stage.clock.set(at(5, 17))
    await planted(community)
    await stage.app.tick()
    await stage.settle()
    await community.until(at(5, 18, 1))
    assert len(digests(community, "qian")) == 2  # the one of the day it stopped, and today's
    assert "3月5日" in digests(community, "qian")[-1]


async def test_a_late_digest_waits_for_the_morning(community: Community) -> None:
    await planted(community)
    await community.until(at(2, 12))
    stage = community.stage
    stage.clock.set(at(2, 23))
    await stage.app.tick()
    await stage.settle()
    assert digests(community, "qian") == []
    await community.until(at(3, 7, 31))
    assert len(digests(community, "qian")) == 1


async def test_an_unanswered_report_is_named_once(community: Community) -> None:
    await planted(community)
    await community.says("wang", "报事 3号楼2单元楼道灯坏了", room="r1")
    await community.until(at(2, 18, 1))
    text = digests(community, "qian")[0]
    assert "过时未首次回复 1 件：#1" in text
    assert text.count("回复 1 件") + text.count("没人回复") == 1
    assert len(text.splitlines()) <= 18


async def test_the_digest_comes_on_demand_for_day_week_and_month(community: Community) -> None:
    await community.says("wang", "报事 3号楼2单元楼道灯坏了", room="r1")
    for word in ("日报", "周报", "月报"):
        said = await community.says("qian", word)
        assert said[0].say.text.startswith(f"【{word}】第一网格")
        assert "新增 1" in said[0].say.text
    assert "已记录" in texts(await community.says("li", "日报"))[0]
    assert "3月1日" in texts(await community.says("sun", "日报 3月1日"))[0]


async def test_the_digest_of_a_node_can_be_printed(community: Community) -> None:
    await community.says("wang", "报事 3号楼2单元楼道灯坏了", room="r1")
    text = await print_digest(community.stage.app.world, "sq", date(2026, 3, 2))
    assert text.startswith("【日报】青石社区 3月2日 周一\n新增 1")


async def test_a_leader_pushes_one_matter(community: Community) -> None:
    await community.says("wang", "报事 3号楼2单元楼道灯坏了", room="r1")
    said = await community.says("sun", "督办 1 今天必须有人去")
    assert [out.say.to.contact for out in said] == ["sun", "li"]
    assert "今天必须有人去" in said[1].say.text
    assert "已记录" in texts(await community.says("wu", "督办 1"))[0]


async def test_a_leader_asks_for_numbers_and_posts(community: Community) -> None:
    said = texts(await community.says("sun", "格情"))[0]
    assert "5 户" in said and "独居老人 1 户" in said
    assert "网格员吴网" in texts(await community.says("sun", "编制"))[0]


async def test_what_nobody_needs_is_forgotten_at_night(community: Community) -> None:
    await planted(community)
    await community.says("wang", "报事 3号楼2单元楼道灯坏了", room="r1")
    await community.says("li", "接单 1")
    assert await Seen.all().count() == 2 and await Change.all().count() > 0
    await community.until(at(3, 4))
    assert await Change.all().count() == 0
    await community.until(at(6, 4))
    assert await Seen.all().count() == 0


async def test_look_ins_nobody_made_and_reminders_missed_are_told(community: Community) -> None:
    await Household.filter(id="h2").update(classes=["独居老人", "无手机老人"])
    await planted(community)
    await community.until(at(3, 9))
    community.stage.clock.set(at(3, 17, 59))
    await community.until(at(4, 7))
    community.stage.clock.set(at(4, 17, 59))
    await community.until(at(4, 18, 1))
    assert "平安看望漏报 2 次" in digests(community, "qian")[1]
    assert "停机漏发" in digests(community, "qian")[-1]


async def test_a_crash_before_the_commit_loses_no_digest_and_doubles_none(
    tmp_path: Path, settings: Settings
) -> None:
    async with community_on(settings, tmp_path) as community:
        await planted(community)
        await community.says("wang", "报事 3号楼2单元楼道灯坏了", room="r1")
        await community.until(at(2, 17, 59))
    async with staged(settings, tmp_path, at=at(2, 18, 30)) as stage:
        for _ in range(2):
            await timetable.plant(stage.app.world, stage.now)
            await stage.app.tick()
            await stage.settle()
        sent = [out for out in stage.sent if out.say.key == "digest.day" and out.say.to.contact == "qian"]
        assert len(sent) == 1 and "新增 1" in sent[0].say.text


async def test_the_digest_is_drawn_1080_pixels_wide_or_the_machine_says_what_it_lacks(
    community: Community, tmp_path: Path
) -> None:
    await community.says("wang", "报事 3号楼2单元楼道灯坏了", room="r1")
    for period in Period:
        file = tmp_path / f"{period}.png"
        try:
            await print_digest(community.stage.app.world, "sq", date(2026, 3, 2), file, period)
        except BadInput as lacking:
            assert not file.exists() and lacking.hint
        else:
            drawn = file.read_bytes()
            assert drawn.startswith(b"\x89PNG") and int.from_bytes(drawn[16:20]) == 1080


async def test_a_name_with_signs_of_markup_is_drawn_as_it_is_written(community: Community) -> None:
    world = community.stage.app.world
    await Node.filter(code="sq").update(name="青石<&>社区")
    world.org_changed = True
    await community.stage.settle()
    found = await measured(world, ["sq"], span_of(world, Period.DAY, date(2026, 3, 2)))
    assert "青石&lt;&amp;&gt;社区" in picture.svg(world, found, Period.DAY, ())


async def test_the_counters_by_class_go_into_a_table(community: Community, tmp_path: Path) -> None:
    await community.says("wang", "报事 3号楼2单元楼道灯坏了", room="r1")
    await community.says("li", "接单 1")
    await community.says("li", "办结 1 换了灯泡，亮了")
    file = tmp_path / "year.csv"
    await print_digest(community.stage.app.world, "sq", date(2026, 3, 2), None, Period.YEAR, file)
    assert file.read_text("utf-8-sig").splitlines() == [
        "业务条线,类别,小类,新增,办结",
        "城市管理,公共设施,楼道灯,1,1",
    ]
