"""S0-10 疫情兜底服务和生活保障: a switch per node, needs by urgency, rolled up, and a report at the end."""

from __future__ import annotations

from tests.scene import Scene


async def test_needs_are_collected_delivered_rolled_up_and_reported(scene: Scene) -> None:
    scene.private("09:00", "qian", "应急模式 开 疫情")
    scene.private("09:01", "qian", "确认")
    scene.private("09:10", "wang", "买菜 土豆两斤")
    scene.private("09:20", "lin", "买药 降压药两盒")
    scene.private("09:25", "chen", "就医 周三要透析")
    scene.private("10:00", "li", "应急模式")
    scene.private("10:30", "li", "送达 3-2-601")
    scene.private("18:00", "qian", "应急模式 关")
    played = await scene.play(until="2026-03-03 12:00")
    todo = next(text for text in played.to("li") if "急的在前" in text)
    assert [line[3:5] for line in todo.splitlines()[1:4]] == ["就医", "买药", "买菜"]
    assert any("您要的买药已送到" in text for text in played.to("lin"))
    rolled = [row["at"][11:16] for row in played.said if "【应急汇总】" in row["text"]]
    assert rolled == ["11:30", "17:30"]
    report = next(text for text in played.to("qian") if "【应急报告】" in text)
    assert "登记 3 件，来自 3 户；已办 1 件，未办 2 件" in report


async def test_the_urgent_goes_to_the_worker_at_once_and_the_group_learns_nothing(scene: Scene) -> None:
    scene.private("09:00", "qian", "应急模式 开 疫情")
    scene.private("09:01", "qian", "确认")
    scene.private("09:10", "chen", "就医 周三要透析")
    played = await scene.play(until="2026-03-02 09:30")
    assert any("【急】就医 3-2-502" in text for text in played.to("li"))
    assert played.in_group("r1") == ["需要帮忙请私聊我：就医 / 买药 / 买菜 加一句话，有人送上门。"]
    assert any("已记下" in text for text in played.to("chen"))


async def test_without_the_switch_nothing_is_collected_and_only_a_leader_has_it(scene: Scene) -> None:
    scene.says("09:00", "wang", "买菜 的人真多")
    scene.private("09:05", "li", "应急模式 开 疫情")
    scene.private("09:10", "lin", "买药 降压药两盒")
    played = await scene.play()
    assert [row["sub"] for row in played.report["tickets"]] == ["medicine"]  # the ordinary way
    assert played.in_group("r1") == [] and not any("应急模式（" in text for text in played.to("li"))


async def test_everybody_hears_of_it_only_after_a_second_word(scene: Scene) -> None:
    scene.private("09:00", "qian", "应急模式 开 疫情")
    scene.private("09:05", "qian", "日报")
    scene.private("09:10", "wang", "买药 降压药两盒")
    played = await scene.play()
    assert "会在 1 个居民群说一句，并告诉 2 位网格员" in played.to("qian")[0]
    assert played.in_group("r1") == [] and not any("已记下" in text for text in played.to("wang"))


async def test_it_is_switched_for_a_part_and_needs_are_heard_in_everyday_words(scene: Scene) -> None:
    scene.private("09:00", "sun", "开启应急模式 第一网格 疫情封控")
    scene.private("09:01", "sun", "确认")
    scene.says("09:10", "wang", "家里没菜了，能帮忙买点土豆白菜吗")
    scene.private("09:20", "chen", "孩子发烧39度要去医院，出不去小区")
    scene.says("09:25", "he", "谢谢网格员帮忙买菜")
    scene.says("09:30", "luo", "家里没菜了，能帮忙买点土豆白菜吗", room="r2")
    scene.private("10:00", "sun", "应急汇总")
    scene.private("10:30", "sun", "结束应急模式")
    played = await scene.play(until="2026-03-02 11:00")
    assert "第一网格进入应急模式（疫情封控）" in played.to("sun")[0]
    assert any("已记下" in text for text in played.to("wang")) and not played.in_group("r2")
    assert len(played.in_group("r1")) == 1
    assert any("【急】就医" in text for text in played.to("li"))
    todo, report = played.to("sun")[-2:]
    assert todo.index("就医") < todo.index("买菜")
    assert "登记 2 件，来自 2 户" in report and not report.endswith("\n")
