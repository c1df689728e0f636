"""S0-12 县乡两级分析研判: on Monday every leader has the week: what grows, what comes back, who is late."""

from __future__ import annotations

from tests.scene import Scene

MONDAY = "2026-03-09 08:31"


def a_week(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.says("2026-03-03 09:00", "chen", "3号楼2单元电梯按键不亮了 上不了楼")
    scene.says("2026-03-05 09:00", "lin", "3号楼2单元楼道灯坏了")
    scene.says("2026-03-06 09:00", "he", "5号楼门口垃圾堆了两天没人收")


async def test_the_week_is_told_on_monday_with_what_comes_back_and_what_is_late(scene: Scene) -> None:
    a_week(scene)
    played = await scene.play(until=MONDAY)
    weekly = [text for text in played.to("sun") if text.startswith("【周报】")]
    assert len(weekly) == 1
    assert "截至3月8日 周日" in weekly[0] and "新增 4（上周 0）" in weekly[0]
    assert "集中：3号楼2单元 公共设施 3 件" in weekly[0]
    assert "比上期多：公共设施 3、环境卫生 1" in weekly[0]
    assert "超期在：街道 2 件" in weekly[0] and "过时未首次回复 4 件" in weekly[0]
    row = played.rows("digests", to="s4", period="week")[0]
    assert (row["node"], row["at"]) == ("sq", "2026-03-09T08:30:00+08:00")


async def test_each_level_has_its_own_week_and_a_quiet_one_brings_nothing(scene: Scene) -> None:
    scene.says("2026-03-10 09:00", "wang", "3号楼2单元电梯又停了")
    played = await scene.play(until="2026-03-16 08:31")
    weeks = [(row["to"], row["at"][:10]) for row in played.rows("digests", period="week")]
    assert sorted(weeks) == [("s3", "2026-03-16"), ("s4", "2026-03-16"), ("s5", "2026-03-16")]
    assert played.in_group("r1") == [text for text in played.in_group("r1") if "周报" not in text]


async def test_the_outcome_of_one_week_is_the_measure_of_the_next(scene: Scene) -> None:
    a_week(scene)
    scene.says("2026-03-10 09:00", "wang", "3号楼1单元电梯又停了")
    played = await scene.play(until="2026-03-16 08:31")
    last = [text for text in played.to("zhou") if text.startswith("【周报】")][-1]
    assert "新增 1（上周 4）" in last and "比上期少：公共设施 2、环境卫生 1" in last


async def test_the_pack_is_asked_for_by_its_own_name(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    scene.private("09:30", "sun", "研判")
    played = await scene.play()
    assert "【周报】青石社区" in played.to("sun")[-1]


async def test_the_same_number_in_two_quarters_is_two_places(scene: Scene) -> None:
    for day, who, room, more in (
        ("03", "wang", "r1", {}), ("04", "luo", "r2", {"mentions": ["bot"]}), ("05", "chen", "r1", {}),
    ):  # fmt: skip
        scene.says(f"2026-03-{day} 09:00", who, "2号楼门口路灯坏了，晚上漆黑一片", room, **more)
    played = await scene.play(until="2026-03-09 09:00")
    (weekly,) = [text for text in played.to("zhou") if text.startswith("【周报】")]
    assert "集中" not in weekly


async def test_who_asks_in_the_evening_reads_of_the_day_that_is_not_over(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    scene.private("18:30", "sun", "日报")
    played = await scene.play()
    assert "3月2日" in played.to("sun")[-1] and "新增 1（昨日 0）" in played.to("sun")[-1]
