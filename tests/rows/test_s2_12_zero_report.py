"""S2-12 零报告: something, zero and missing are three numbers, and zero is an act."""

from __future__ import annotations

from tests.scene import Scene

XINAN = """
    code,parent,name,level,kind,profile
    jd,,青石街道,街道,,xinan
    sq,jd,青石社区,社区,,
    g1,sq,3号楼1单元,单元,小区型,
    g2,sq,3号楼2单元,单元,小区型,
"""


async def test_zero_is_said_with_one_word_and_the_silent_are_not_counted_as_zero(scene: Scene) -> None:
    scene.day = "2026-03-13"
    scene.private("09:00", "li", "零报告")
    played = await scene.play(until="2026-03-15 18:30")
    assert played.to("li")[0] == "半月排查：第一网格已记零报告。"
    states = {row["node"]: row["state"] for row in played.rows("duties", name="半月排查")}
    assert states == {"g1": "zero", "g2": "missing"}
    closing = next(text for text in played.to("sun") if text.startswith("【半月排查】"))
    assert "有事 0、零报告 0、未报 1" in closing and "未报：第二网格（未报不等于没事）" in closing


async def test_where_two_reports_could_be_meant_the_worker_is_asked_once(scene: Scene) -> None:
    scene.day = "2026-03-20"  # the month's report is open too
    scene.private("08:00", "wu", "待办")
    scene.private("10:00", "wu", "零报告")
    scene.private("10:01", "wu", "1")
    played = await scene.play()
    asked, done = played.to("wu")[-2:]
    assert asked.splitlines()[1:] == ["1 每月排查", "2 半月排查"]
    assert done.startswith("每月排查：第二网格已记零报告。")
    states = {row["name"]: row["state"] for row in played.rows("duties", node="g2")}
    assert states == {"半月排查": "missing", "每月排查": "zero"}


async def test_a_resident_owes_no_report(scene: Scene) -> None:
    scene.private("09:00", "wang", "零报告")
    played = await scene.play()
    assert len(played.to("wang")) == 1 and played.report["duties"] == []


async def test_where_the_month_is_the_only_report_one_word_closes_it_on_any_day(scene: Scene) -> None:
    scene.people(nodes=XINAN)
    scene.day = "2026-03-05"
    scene.private("09:00", "li", "#零报告")
    scene.private("09:10", "wu", "排查 地下室有人堆纸箱，已劝走")
    played = await scene.play(until="2026-03-18 19:00")
    assert played.to("li")[0].startswith("每月排查：3号楼1单元已记零报告。3月31日 周二才截止")
    assert played.to("wu")[0] == "每月排查已记，3月31日 周二截止。"
    states = {(row["name"], row["node"]): row["state"] for row in played.report["duties"]}
    assert states == {("每月排查", "g1"): "zero", ("每月排查", "g2"): "something"}


async def test_what_is_found_in_another_grid_of_ones_own_is_noted_there(scene: Scene) -> None:
    scene.private("09:00", "sun", "排查 第二网格出租屋新来两人，已登记")
    played = await scene.play()
    states = {row["node"]: row["state"] for row in played.rows("duties", name="半月排查")}
    assert states["g2"] == "something" and states["g1"] == "missing"
