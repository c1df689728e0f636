"""S2-04 小事不出网格、大事不出社区: for each category and month, where it was solved."""

from __future__ import annotations

from tests.scene import Scene


async def test_the_months_digest_counts_each_category_by_level(scene: Scene) -> None:
    scene.private("09:00", "wang", "3号楼门口路灯坏了，晚上漆黑一片")
    scene.private("09:20", "chen", "3号楼2单元电梯又停了，老人下不去")
    scene.private("09:40", "he", "5号楼前面垃圾堆了三天没人收")
    for no, time in ((1, "10:00"), (2, "10:01"), (3, "10:02")):
        scene.private(time, "li", f"接单 {no}")
    scene.private("10:10", "li", "上报 2 要换主板")
    scene.private("10:20", "sun", "办结 2 联系维保换了主板")
    scene.private("10:30", "li", "上报 3 要铲车")
    scene.private("10:40", "sun", "上报 3 要街道派车")
    scene.private("10:50", "zhou", "办结 3 派铲车清走了")
    scene.private("11:00", "li", "办结 1 换了灯泡")
    scene.private("13:00", "zhou", "月报")
    played = await scene.play(until="2026-04-01 09:00")
    report = next(text for text in played.to("zhou") if "月报" in text)
    assert "各类（网格内/不出社区/办结）：公共设施 1/2/2、环境卫生 0/0/1" in report
    assert "办结 3 件：网格内 1（33%），不出社区 2（67%）" in report
    sent = [
        row for row in played.report["digests"] if row["period"] == "month" and row["at"][:10] == "2026-04-01"
    ]
    assert any("公共设施 1/2/2" in row["text"] for row in sent)


async def test_a_worker_gets_no_such_figures_and_no_group_ever(scene: Scene) -> None:
    scene.private("09:00", "wang", "3号楼门口路灯坏了，晚上漆黑一片")
    scene.private("10:00", "li", "办结 1 换了灯泡")
    scene.says("11:00", "li", "月报")
    played = await scene.play(until="2026-03-02 12:00")
    assert not any("网格内" in row["text"] for row in played.said if row.get("to") != "qian")
