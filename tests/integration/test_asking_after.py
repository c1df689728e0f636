"""Residents ask after what they reported, say that it works again, live behind their nickname's door."""

from __future__ import annotations

from pathlib import Path

from tests.scene import Scene


async def test_who_asks_after_his_matter_is_told_how_it_stands_and_its_holder_hears_of_it(
    tmp_path: Path,
) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", "楼道灯不亮了 三楼到四楼")
    scene.says("10:30", "wang", "那个灯有人来看了吗")
    played = await scene.play()
    assert len(played.in_group("r1")) == 1  # the group is left alone
    assert any("#1" in text and "待接单" in text for text in played.to("wang"))
    assert any("居民来问：那个灯有人来看了吗" in text for text in played.to("li"))


async def test_impatience_in_private_is_an_answer_not_a_riddle(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "wang", "楼道灯不亮了 三楼到四楼")
    scene.private("10:30", "wang", "人呢？？")
    played = await scene.play()
    assert "#1" in played.to("wang")[-1]
    assert "没听明白" not in "".join(played.to("wang"))


async def test_the_same_question_of_somebody_who_reported_nothing_is_talk(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", "楼道灯不亮了 三楼到四楼")
    scene.says("10:30", "chen", "那个灯有人来看了吗")
    played = await scene.play()
    assert played.to("chen") == [] and len(played.in_group("r1")) == 1


async def test_water_that_runs_again_says_nothing_of_the_noise_reported_after_it(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", "3号楼又停水了 一滴水都没有")
    scene.says("09:10", "chen", "楼上装修太吵了 电钻从早打到晚 有没有人管")
    scene.says("09:40", "lin", "来水了来水了")
    played = await scene.play()
    (offer,) = [text for text in played.to("li") if "已经好了" in text]
    assert offer.startswith("#1（停水）")


async def test_who_sees_to_it_himself_lets_the_worker_close_it(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:10", "chen", "楼上装修太吵了 电钻从早打到晚 有没有人管")
    scene.says("09:30", "chen", "算了算了 我自己上去说了")
    played = await scene.play()
    assert any("已经好了：算了算了" in text for text in played.to("li"))


async def test_an_unknown_account_is_found_by_the_door_in_its_nickname(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:10", "someone", "我家老头子摔了 起不来了 快来人", name="3-2-702刘阿姨")
    played = await scene.play()
    card = next(text for text in played.to("li") if "紧急" in text)
    assert "位置：3号楼2单元702" in card and "有人需要急救" in card
    assert "702" not in "".join(played.in_group("r1"))


async def test_a_fire_told_without_a_word_of_fire_is_called_at_the_fire_brigade(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:10", "wang", "我家灶台上锅烧着起来了 火苗窜到抽油烟机上了")
    played = await scene.play()
    assert "119" in played.in_group("r1")[0]
