"""S0-22 随时随地查询、反映: a menu in private; progress is for the reporter and for staff alone."""

from __future__ import annotations

from tests.scene import Scene


async def test_one_private_page_names_the_four_things_and_each_of_them_answers(scene: Scene) -> None:
    scene.private("09:00", "wang", "菜单")
    scene.private("09:01", "wang", "报事 3号楼2单元楼道灯不亮")
    scene.private("09:02", "wang", "#进度 1")
    scene.private("09:03", "wang", "办事指南 老年证")
    scene.private("09:04", "wang", "网格员")
    played = await scene.play()
    menu, filed, progress, guide, worker = played.to("wang")
    for word in ("直接说什么事", "进度 编号", "办事指南", "网格员"):
        assert word in menu
    assert "#1" in filed
    assert "#1 楼道灯（待接单）" in progress
    assert "身份证" in guide
    assert "李网" in worker and "13800000001" in worker


async def test_progress_is_refused_to_others_and_never_answered_in_the_group(scene: Scene) -> None:
    scene.private("09:01", "wang", "报事 3号楼2单元楼道灯不亮")
    scene.private("09:10", "he", "进度 1")
    scene.says("09:11", "he", "#进度 1")
    scene.says("09:12", "wang", "#进度 1")
    scene.private("09:13", "qian", "进度 1")
    scene.private("09:14", "wu", "进度 1")
    played = await scene.play()
    assert all("不是您反映的" in text for text in played.to("he")) and len(played.to("he")) == 2
    assert any("待接单" in text for text in played.to("wang"))
    assert any("楼道灯" in text for text in played.to("qian"))
    assert any("不是您反映的" in text for text in played.to("wu"))  # the worker of another grid
    assert played.in_group("r1") == []


async def test_asking_how_ones_own_matter_stands_in_everyday_words_opens_no_second_one(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    scene.private("11:30", "wang", "我报的那个路灯修得咋样了")
    scene.says("14:00", "wang", "那个路灯啥时候能修好啊")
    scene.says("14:30", "wang", "你家娃考得怎么样了")
    scene.says("15:00", "he", "5号楼电梯啥时候能修好啊，一直停着")
    played = await scene.play(until="2026-03-02 15:10")
    assert len(played.report["tickets"]) == 2
    assert sum("#1 路灯（" in text for text in played.to("wang")) == 2
