"""S3-17 报备终端: quick forms filed with one line; a subscription becomes a digest of one's own."""

from __future__ import annotations

from tests.scene import Scene


async def test_a_subscription_tells_what_happened_and_is_silent_when_nothing_did(scene: Scene) -> None:
    scene.private("08:00", "sun", "订阅 路灯 第一网格 每天")
    scene.private("08:01", "wang", "订阅 停水 每周")
    scene.private("08:02", "wang", "订阅 低保")
    scene.private("08:03", "wang", "订阅 停水 第二网格 每天")
    scene.says("09:00", "he", "5号楼门口路灯不亮了")
    scene.says("2026-03-03 09:00", "he", "5号楼家里停水了 一点水都没有")
    scene.private("2026-03-10 09:00", "sun", "退订")
    played = await scene.play(until="2026-03-12 20:00")
    mine = [text for text in played.to("sun") if text.startswith("【订阅】")]
    assert len(mine) == 1 and "新增 1 件" in mine[0] and "#1 路灯" in mine[0]
    weekly = [text for text in played.to("wang") if text.startswith("【订阅】")]
    assert len(weekly) == 1 and "停水" in weekly[0] and "5号楼" not in weekly[0]
    assert any("不能订阅" in text for text in played.to("wang"))
    assert any("需要网格工作人员" in text for text in played.to("wang"))
    told = played.rows("digests", to="s4", period="day")
    assert any(row["text"] == mine[0] and row["at"].startswith("2026-03-02T18:10") for row in told)
    assert played.in_group("w1") == []


async def test_a_form_is_filed_with_one_line_and_the_leader_told(scene: Scene) -> None:
    scene.private("09:00", "li", "报备 红事 3-2-502 3月8日 20桌")
    scene.private("09:05", "li", "报备 集体聚餐 3月9日")
    scene.private("09:06", "li", "报备 养猪")
    scene.private("09:20", "qian", "报备")
    played = await scene.play()
    filed, missing, unknown = played.to("li")
    assert "已报备（1）" in filed
    assert "还缺人数" in missing and "80人" in missing
    assert "红事" in unknown and "白事" in unknown
    assert any("【报备 1】红事 3-2-502 3月8日 20桌（李网）" in text for text in played.to("qian"))
    assert any("1. 红事 3-2-502" in text for text in played.to("qian"))
    (row,) = played.report["filings"]
    assert (row["form"], row["household"], row["day"], row["by"]) == ("红事", "h2", "2026-03-08", "s1")


async def test_a_household_files_for_itself_and_names_do_for_doors(scene: Scene) -> None:
    scene.private("09:00", "wang", "#报备 3月8日 家里装修")
    scene.private("09:05", "li", "#报备 陈师傅家装修 3月10日开工")
    scene.private("09:06", "nobody", "报备 3月8日 家里装修")
    scene.private("09:10", "sun", "#订阅 公共设施 一网格 每天")
    scene.private("09:11", "sun", "我的订阅")
    played = await scene.play()
    assert "已告知网格员" in played.to("wang")[0]
    assert any("【报备 1】3月8日 家里装修" in text for text in played.to("li"))
    assert [row["household"] for row in played.report["filings"]] == ["h1", "h2"]
    assert "公共设施，第一网格，每天" in played.to("sun")[-1]
