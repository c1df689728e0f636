"""S2-14 爱心积分超市: points for acts two people confirm, spent on goods, never for the number of reports."""

from __future__ import annotations

from tests.scene import Scene


async def test_points_count_when_a_second_colleague_confirms_and_are_spent_on_goods(scene: Scene) -> None:
    scene.private("08:50", "li", "上架 肥皂 3分 2块")
    scene.private("09:00", "li", "加分 3-1-101 5 义务扫雪")
    scene.private("09:01", "wang", "积分")
    scene.private("09:05", "qian", "确认")
    scene.private("09:10", "wang", "积分")
    scene.private("09:11", "wang", "兑换")
    scene.private("09:12", "wang", "兑换 肥皂")
    scene.private("09:13", "wang", "兑换 肥皂")
    scene.private("09:20", "li", "确认")
    played = await scene.play()
    before, after = (text for text in played.to("wang") if "现有" in text and "\n" in text)
    assert "现有 0 分" in before and "待确认" in before and "现有 5 分" in after
    assert any("肥皂 3分，剩2" in text for text in played.to("wang"))
    assert any("要 3 分，您家现有 2 分" in text for text in played.to("wang"))
    assert "余 2 分" in played.to("wang")[-1]
    (row,) = played.rows("points", household="h1")
    assert row["balance"] == 2
    assert [(e["amount"], e["state"], e["by"], e["confirmed_by"]) for e in row["entries"]] == [
        (5, "confirmed", "s1", "s3"),
        (-3, "confirmed", "wang", "s1"),
    ]
    assert played.in_group("r1") == []


async def test_the_number_of_reports_earns_nothing(scene: Scene) -> None:
    scene.private("09:00", "li", "加分 3-1-101 2 本月上报5条问题")
    scene.private("09:01", "li", "加分 3-1-101 50 义务扫雪")
    scene.private("09:02", "li", "加分 3-1-101 2 义务扫雪")
    scene.private("09:03", "li", "加分 3-1-101 2 义务扫雪")
    scene.says("09:10", "wang", "3号楼2单元电梯又停了 老人下不去楼")
    played = await scene.play()
    refused = " ".join(played.to("li"))
    assert "不按报事的数量加分" in refused and "最多 30 分" in refused and "今天已经加过分" in refused
    (row,) = played.rows("points", household="h1")
    assert row["balance"] == 0 and len(row["entries"]) == 1


async def test_nobody_confirms_his_own_and_a_no_drops_it(scene: Scene) -> None:
    scene.private("09:00", "li", "加分 3-1-101 2 义务扫雪")
    scene.private("09:01", "li", "确认")
    scene.private("09:05", "qian", "不是")
    scene.private("09:06", "wang", "#加分 3-1-101 9 我很好")
    played = await scene.play()
    (row,) = played.rows("points", household="h1")
    assert row["balance"] == 0 and row["entries"][0]["state"] == "refused"
    assert "需要网格工作人员" in played.to("wang")[-1]


async def test_asked_in_the_group_the_balance_comes_in_private(scene: Scene) -> None:
    scene.says("09:00", "wang", "#积分")
    played = await scene.play()
    assert played.in_group("r1") == [] and "现有 0 分" in played.to("wang")[0]


async def test_any_second_colleague_may_confirm_and_is_asked_which(scene: Scene) -> None:
    scene.private("09:00", "li", "加分 3-1-101 2 义务扫雪")
    scene.private("09:01", "zhao", "确认")
    scene.private("09:10", "li", "加分 3-2-502 3 照看邻居老人")
    scene.private("09:11", "li", "加分 3-2-601 1 清理楼道")
    scene.private("09:12", "zhao", "确认")
    scene.private("09:13", "zhao", "确认 3")
    scene.private("09:14", "wu", "确认 2")
    played = await scene.play()
    balances = {row["household"]: row["balance"] for row in played.report["points"]}
    assert balances == {"h1": 2, "h2": 0, "h3": 1}
    assert any("2. 3-2-502 +3 照看邻居老人" in text for text in played.to("zhao"))


async def test_nobody_confirms_what_he_has_entered_himself(scene: Scene) -> None:
    scene.private("09:00", "li", "加分 3-1-101 15 清理楼道")
    scene.private("09:01", "li", "确认")
    scene.private("09:02", "zhao", "确认")
    played = await scene.play()
    assert played.to("li")[-1] == "要由另一位同事确认，自己不能确认自己提交的。"
    (row,) = played.rows("points", household="h1")
    assert (row["balance"], row["entries"][0]["confirmed_by"]) == (15, "s2")
