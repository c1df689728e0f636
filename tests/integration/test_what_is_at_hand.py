"""Words between worker and resident are about what has just come, or was just said between the two."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_on_my_way_means_the_emergency_that_has_just_come(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼楼道灯不亮了")
    scene.private("09:01", "li", "1")
    scene.says("09:30", "chen", "网格员在吗 我这有个老人走丢了问路 说不清住哪")
    scene.private("09:31", "li", "我马上过去")
    scene.private("09:40", "li", "老人是5号楼的 送回家了")
    scene.private("09:41", "li", "1")
    played = await scene.play()
    assert played.ticket(2)["first_reply_at"] == "2026-03-02T09:31:00+08:00"
    assert played.ticket(2)["state"] == "resolved" and played.ticket(1)["state"] == "accepted"


async def test_an_appointment_is_made_through_the_bot(scene: Scene) -> None:
    scene.private("09:00", "chen", "我家暖气片漏水了 不急 你们哪天有空来看看")
    scene.private("09:01", "li", "1")
    scene.private("09:02", "li", "周六上午十点行吗")
    scene.private("09:03", "li", "1")
    scene.private("09:10", "chen", "行 十点我在家")
    scene.private("09:20", "chen", "哦对了 周六不行 我要去喝喜酒 周日吧")
    scene.private("09:30", "qian", "暖气那个跟住户约的什么时候")
    played = await scene.play(until="2026-03-02 10:00")
    assert any("周六上午十点行吗" in text for text in played.to("chen"))
    assert not any("没听明白" in text for text in played.to("chen"))
    assert any("十点我在家" in text for text in played.to("li"))
    assert any("周日吧" in text for text in played.to("li"))
    assert played.to("qian")[-1].startswith("#1 ")


async def test_an_order_to_close_is_no_result_for_the_resident(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼楼道灯不亮了")
    scene.private("09:01", "li", "1")
    scene.private("09:30", "li", "好 那就结了吧")
    scene.private("09:31", "li", "1")
    played = await scene.play()
    assert any("请加一句怎么处理的" in text for text in played.to("li"))
    assert not any("结了吧" in text for text in played.to("wang"))


async def test_who_speaks_to_the_bot_in_the_group_hears_that_it_was_heard(scene: Scene) -> None:
    scene.says("09:00", "wang", "昨晚回来楼道有个陌生人蹲着 吓死我了")
    scene.says("09:02", "wang", "@网格小助手 这种要报警吗", mentions=["bot"])
    played = await scene.play(until="2026-03-02 09:03")
    assert any("已补充到 #1" in text for text in played.to("wang"))
    assert len(played.in_group("r1")) == 1


async def test_what_is_told_right_after_taking_the_only_matter_is_about_it(scene: Scene) -> None:
    scene.says("09:00", "wang", "单元门口又有人把电动车推进来充电了")
    scene.private("09:05", "li", "收到 我马上去")
    scene.private("09:15", "li", "线拔了 车推出去了 跟车主讲了危险")
    played = await scene.play()
    assert len(played.report["tickets"]) == 1
    assert any("线拔了" in text and "#1" in text for text in played.to("li"))


async def test_more_words_after_a_question_about_words_are_of_the_same_matter(scene: Scene) -> None:
    scene.says("09:00", "wang", "@网格小助手 谁家狗一直叫 吵死了", mentions=["bot"])
    scene.says("09:01", "chen", "楼道灯不亮了")
    scene.private("09:30", "li", "狗的事我上午去说")
    scene.private("09:50", "li", "老曾回来了 说出门忘了喂 以后寄养")
    played = await scene.play()
    assert any("以后寄养」说的是 #1" in text for text in played.to("li"))


async def test_a_sign_put_up_or_taken_away_is_neither_a_pause_nor_undone(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼门口路面有个大坑 差点绊倒")
    scene.private("09:01", "li", "1")
    scene.private("09:02", "li", "明天找车拉石子 先放个警示牌")
    scene.private("10:00", "li", "石子铺好了 牌子撤了")
    played = await scene.play()
    assert not any("挂起" in text or "撤销" in text for text in played.to("li"))
    assert any("就用这句话办结吗" in text for text in played.to("li"))


async def test_words_of_what_is_not_judged_yet_go_to_nobody_else(scene: Scene) -> None:
    scene.says("09:00", "wang", "谁家狗叫了一上午了吧")
    scene.says("09:01", "chen", "2单元门口的灯不亮了")
    scene.private("09:30", "li", "狗的事我上午去说")
    scene.private("09:31", "li", "1")
    played = await scene.play()
    assert any("您说的是【待确认 1】吧" in text for text in played.to("li"))
    assert not any("狗" in text for text in played.to("chen"))
    assert played.ticket(2)["reporters"] == ["wang"]


async def test_when_somebody_comes_asked_in_the_group_is_no_new_matter(scene: Scene) -> None:
    scene.says("09:00", "wang", "@网格小助手 我家暖气不热 才15度", mentions=["bot"])
    scene.private("09:01", "li", "1")
    scene.says("10:00", "wang", "到底几点来人啊 等一上午了")
    scene.says("12:00", "wang", "热了热了 谢谢")
    played = await scene.play()
    assert not played.report["candidates"]
    assert any("#1 暖气不热（已接单）" in text for text in played.to("wang"))
    assert any("有居民说已经好了：热了热了" in text for text in played.to("li"))


async def test_good_satisfied_is_a_verdict(scene: Scene) -> None:
    scene.says("09:00", "wang", "东门口路灯不亮了")
    scene.private("09:01", "li", "1")
    scene.private("10:00", "li", "办结 1 换了灯泡，亮了")
    scene.private("10:05", "wang", "好 满意")
    assert (await scene.play()).ticket()["satisfaction"] == "满意"


async def test_a_thumb_up_to_the_question_is_a_verdict_and_a_nod_is_none(scene: Scene) -> None:
    scene.says("09:00", "wang", "东门口路灯不亮了")
    scene.says("09:30", "chen", "2单元单元门关不上了")
    scene.private("10:00", "li", "办结 1 换了灯泡，亮了")
    scene.private("10:01", "li", "办结 2 换了闭门器")
    scene.private("10:05", "wang", "👍")
    scene.private("10:06", "chen", "收到")
    played = await scene.play(until="2026-03-02 10:30")
    assert played.ticket(1)["satisfaction"] == "满意" and played.ticket(2)["satisfaction"] is None
