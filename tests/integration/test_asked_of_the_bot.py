"""Residents ask the bot alone: about a service under way, about their data, about neighbours."""

from __future__ import annotations

from pathlib import Path

from tests.scene import Scene


async def test_what_is_asked_on_about_a_service_is_answered_or_passed_on(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "wang", "我要申请低保 帮我办一下")
    scene.private("09:02", "wang", "要带啥材料")
    scene.private("09:03", "wang", "收钱吗")
    scene.private("09:04", "wang", "好的 谢谢")
    played = await scene.play()
    assert len(played.report["tickets"]) == 1
    answers = played.to("wang")[2:]
    assert answers[0].startswith("请带：") and "依据" in answers[0]
    assert "已转给" in answers[1] and len(answers) == 2  # and nothing on thanks
    assert any("收钱吗" in text for text in played.to("li"))
    assert not any("材料" in text or "谢谢" in text for text in played.to("li")[1:])


async def test_a_sheet_without_a_ticket_is_asked_on_about_too(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "wang", "低保怎么申请")
    scene.private("09:02", "wang", "要带啥材料")
    scene.private("09:03", "wang", "收钱吗")
    played = await scene.play()
    assert played.report["tickets"] == []
    assert played.to("wang")[1].startswith("请带：")
    assert "答不准" in played.to("wang")[2]


async def test_nobody_gets_a_neighbours_telephone(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "wang", "楼上502那家电话有吗")
    scene.says("09:05", "wang", "@小格 隔壁业主的电话给我一个", mentions=["bot"])
    played = await scene.play()
    assert played.report["tickets"] == []
    assert played.in_group("r1") == []
    assert [text.partition("。")[0] for text in played.to("wang")] == ["邻居的电话我不能给"] * 2


async def test_privacy_is_asked_for_in_any_words(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "wang", "那我跟你说的别人能看到吗")
    scene.private("09:01", "wang", "你都存了我什么")
    scene.private("09:02", "wang", "帮我全删掉")
    scene.private("09:03", "wang", "对")
    scene.private("09:04", "wang", "以后我在群里说话你别看了")
    scene.says("09:10", "wang", "3号楼电梯又坏了")
    played = await scene.play()
    told = played.to("wang")
    assert "只有办这件事的工作人员能看到" in told[0]
    assert "保存的您的信息" in told[1]
    assert "确认请回复" in told[2] and "已清除" in told[3]
    assert "不再读您" in told[4]
    assert played.report["tickets"] == []


async def test_a_stranger_is_asked_for_by_the_door_in_his_nickname(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "new", "网格员是谁", name="3-702刘")
    assert "网格员" in (await scene.play()).to("new")[0]


async def test_who_waits_and_asks_is_told_how_it_stands(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "wang", "单元门关不上 半夜哐哐响")
    scene.private("10:00", "wang", "明天几点啊")
    scene.private("10:10", "wang", "到底有没有人管啊")
    played = await scene.play()
    assert all("#1" in text for text in played.to("wang")[1:])


async def test_who_never_reported_is_told_so(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "wang", "上次报的那个漏水咋样了")
    played = await scene.play()
    assert played.report["tickets"] == [] and "没有反映过" in played.to("wang")[0]


async def test_a_service_that_is_not_wanted_any_more_is_withdrawn(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "wang", "孩子要转学 得开居住证明")
    scene.private("09:10", "wang", "不用开了 学校说不要了")
    assert (await scene.play()).ticket()["state"] == "withdrawn"


async def test_whoever_begins_is_invited_to_go_on_and_not_told_twice_that_nothing_is_clear(
    tmp_path: Path,
) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00:10", "wang", "你好，我想反映一个问题")
    scene.private("09:00:20", "wang", "就是那个啥")
    scene.private("09:00:30", "wang", "哎呀怎么讲")
    told = (await scene.play()).to("wang")
    assert "有事请直接说" in told[0]
    assert len(told) == 2


async def test_what_is_told_of_a_matter_under_way_reaches_whoever_has_it(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "wang", "暖气一点都不热")
    scene.private("09:10", "wang", "师傅来过了 说要换阀门 明天来")
    scene.private("09:20", "wang", "你吃饭了没")
    played = await scene.play()
    assert any("换阀门" in text for text in played.to("li"))
    assert "#1" in played.to("wang")[1] and not any("吃饭" in text for text in played.to("li"))


async def test_a_matter_that_was_never_reported_is_not_made_up(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "wang", "我昨天报的那个井盖呢")
    scene.says("09:10", "chen", "上次报的那个漏水咋样了")
    played = await scene.play()
    assert played.report["tickets"] == [] and played.in_group("r1") == []
    assert "没有反映过" in played.to("wang")[0] and "没有反映过" in played.to("chen")[0]


async def test_the_number_of_the_police_is_told_and_nothing_is_registered(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "chen", "派出所电话多少")
    scene.private("09:10", "chen", "供电局电话")
    played = await scene.play()
    assert played.report["tickets"] == []
    assert "110" in played.to("chen")[0] and "95598" in played.to("chen")[1]
