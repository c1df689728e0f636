"""S0-20 一网五平台: each matter goes to one of five platforms by what it is."""

from __future__ import annotations

from tests.scene import Scene


async def test_reports_disputes_requests_and_party_matters_go_each_to_its_platform(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    scene.private("09:10", "chen", "报事 跟楼上邻居吵架了 请来调解")
    scene.private("09:20", "he", "办事 老年证")
    scene.private("09:30", "lin", "办事 转党组织关系")
    scene.says("09:40", "he", "业委会一直不换届 账目也不公开 大家有意见", mentions=["bot"])
    played = await scene.play()
    assert [t["platform"] for t in played.report["tickets"]] == [
        "诉求办理", "纠纷化解", "便民服务", "智慧党建", "社区治理",
    ]  # fmt: skip


async def test_a_leader_reads_his_week_and_each_matter_by_platform(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    scene.private("09:20", "he", "办事 老年证")
    scene.private("09:30", "sun", "事项清单 老年证")
    scene.private("09:31", "sun", "周报")
    scene.private("09:32", "sun", "日报")
    played = await scene.play()
    entry, week, day = played.to("sun")[-3:]
    assert "平台 便民服务" in entry
    assert "五平台：诉求办理 1，便民服务 1" in week
    assert "五平台" not in day
