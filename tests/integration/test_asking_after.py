"""Residents ask after what they reported, say that it works again, live behind their nickname's door."""

from __future__ import annotations

from pathlib import Path

import pytest

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


@pytest.mark.parametrize("room", ["r1", None])
@pytest.mark.parametrize(
    "words",
    [
        "还没人管",
        "怎么还没人来",
        "电梯还没人管",
        "3号楼2单元电梯怎么还没人来修",
        "2单元电梯还是坏的",
        "3号楼2单元电梯还没修好啊",
    ],
)
async def test_impatience_two_hours_later_urges_the_open_matter(
    tmp_path: Path, words: str, room: str | None
) -> None:
    scene = Scene(tmp_path)
    scene.says("08:40", "wang", "3号楼2单元电梯又停了", room)
    scene.private("08:45", "li", "接单 1")
    scene.says("10:45", "wang", words, room)
    scene.says("10:50", "wang", words, room)
    played = await scene.play()
    (ticket,) = played.report["tickets"]
    assert [line["what"] for line in ticket["history"]] == ["open", "accept", "urge"]
    assert played.to("li")[-1] == "#1（电梯）居民催办（第1次），请尽快处理。"
    assert "已替您催办：#1 电梯（已接单）" in played.to("wang")[-2]
    assert "刚刚已替您催过" in played.to("wang")[-1]
    assert len(played.in_group("r1")) == (1 if room else 0)


@pytest.mark.parametrize(
    "words",
    ["楼道灯也不亮了 一直没人管", "5号楼的电梯也没人修", "楼上太吵 一直没人管", "楼下着火了 怎么还没人来"],
)
async def test_impatience_about_something_else_is_a_matter_of_its_own(tmp_path: Path, words: str) -> None:
    scene = Scene(tmp_path)
    scene.says("08:40", "wang", "3号楼2单元电梯又停了")
    scene.says("10:45", "wang", words)
    assert len((await scene.play()).report["tickets"]) == 2


async def test_a_neighbours_impatience_urges_nobody_elses_matter(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("08:40", "wang", "3号楼2单元电梯又停了")
    scene.says("10:45", "he", "还没人管")
    played = await scene.play()
    assert "urge" not in [line["what"] for line in played.report["tickets"][0]["history"]]
    assert played.to("he") == []


async def test_the_same_thing_said_again_by_the_same_person_has_one_number(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("08:30", "wang", "我家马桶堵了 能派人来通吗")
    scene.says("08:40", "wang", "家里马桶堵了谁来通一下")
    scene.says("09:40", "wang", "5号楼马桶也堵了 污水冒出来了")
    played = await scene.play()
    assert [ticket["category"] for ticket in played.report["tickets"]] == ["drainage_leak"] * 2
    assert "已补充到 #1，网格员会看到。" in played.to("wang")
    assert any("#1 有补充：家里马桶堵了谁来通一下" in text for text in played.to("li"))


async def test_a_resident_takes_back_what_he_took_back(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "wang", "3号楼楼道灯坏了")
    scene.private("09:05", "li", "接单 1")
    scene.private("09:06", "wang", "撤回 1")
    scene.private("09:07", "wang", "撤销")
    scene.says("09:10", "chen", "撤销")
    played = await scene.play()
    assert played.report["tickets"][0]["state"] == "accepted"
    assert played.to("wang")[-1] == "#1 恢复为「已接单」"
    assert "更正" in played.to("li")[-1] and not played.in_group("r1")
