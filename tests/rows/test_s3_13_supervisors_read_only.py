"""S3-13 督导组常态化督导: a supervisor reads, changes nothing, and draws a sample to call back."""

from __future__ import annotations

from tests.scene import Scene

STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,,
    s3,钱长,网格长,g1,13800000003,qian,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
    d1,顾督导,督导员,jd,13800000021,gu,,专职,,
"""
LIGHTS = (
    "3号楼1单元楼道灯坏了 摸黑走路",
    "5号楼楼道灯也坏了 看不见台阶",
    "3号楼2单元电梯又停了 老人下不去楼",
)


async def test_a_sample_drawn_by_lot_is_there_to_be_called_back(scene: Scene) -> None:
    scene.people(staff=STAFF)
    for number, (who, text) in enumerate(zip(("wang", "he", "chen"), LIGHTS, strict=True), 1):
        scene.says(f"{8 + number:02}:00", who, text)
        scene.private(f"{8 + number:02}:20", "li", f"办结 {number} 师傅上门修好了")
    scene.private("15:00", "gu", "抽查 2件")
    scene.private("15:01", "gu", "日报")
    played = await scene.play()
    sample = next(text for text in played.to("gu") if "抽查回访" in text)
    assert "随机 2 件（共 3 件办结）" in sample and sample.count("#") == 2
    assert "是否有人联系" in sample and "师傅上门修好了" in sample
    assert any("日报" in text for text in played.to("gu"))


async def test_a_supervisor_changes_nothing(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.says("09:00", "wang", LIGHTS[2])
    scene.private("09:10", "gu", "接单 1")
    scene.private("09:11", "gu", "办结 1 我看过了没问题")
    scene.private("09:12", "gu", "走访 3-1-101 正常")
    scene.private("09:13", "gu", "公告 明天停水")
    scene.private("09:14", "gu", "督办 1")
    played = await scene.play()
    assert len(played.to("gu")) == 5
    assert all("需要网格工作人员" in text for text in played.to("gu"))
    assert played.ticket()["state"] == "open" and not played.report["announcements"]
    assert not any(row["done_at"] for row in played.report["visits"])


async def test_a_worker_cannot_draw_a_sample(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("09:00", "li", "抽查 2件")
    played = await scene.play()
    assert "需要网格工作人员" in played.to("li")[-1]
