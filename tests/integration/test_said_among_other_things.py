"""Small words of colleagues and residents between other things: each is taken for what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_what_a_worker_has_done_is_no_report_of_it(scene: Scene) -> None:
    scene.private("09:00", "li", "劝开了 没动手")
    assert (await scene.play()).report["tickets"] == []


async def test_a_guess_that_leads_nowhere_is_made_once(scene: Scene) -> None:
    scene.private("09:00", "li", "供热公司说换热站检修，下午三点恢复")
    scene.private("09:01", "li", "1")
    played = await scene.play()
    assert sum("您是想" in text for text in played.to("li")) <= 1


async def test_half_an_hour_is_told_to_the_resident(scene: Scene) -> None:
    scene.private("09:00", "wang", "我家厕所返水")
    scene.private("09:01", "li", "好")
    scene.private("09:02", "li", "半小时到")
    scene.private("09:03", "li", "1")
    assert any("半小时到" in text for text in (await scene.play()).to("wang"))


async def test_where_is_he_asks_how_it_stands(scene: Scene) -> None:
    scene.private("09:00", "wang", "我家厕所返水")
    scene.private("09:01", "li", "好")
    scene.private("09:40", "wang", "人呢")
    assert any("您的事项" in text for text in (await scene.play()).to("wang"))


async def test_it_came_back_is_no_praise(scene: Scene) -> None:
    scene.private("09:00", "wang", "我家厕所返水")
    scene.private("09:01", "li", "好")
    scene.private("10:00", "li", "办结 1 疏通了，掏出一块抹布")
    scene.private("10:10", "wang", "又返了！！")
    played = await scene.play()
    assert played.ticket()["satisfaction"] == "不满意"
    assert any("复核" in text for text in played.to("qian"))


async def test_yes_and_something_else_confirms_nothing(scene: Scene) -> None:
    scene.private("09:00", "wang", "我家厕所返水")
    scene.private("09:01", "li", "好")
    scene.private("09:02", "li", "半小时到")
    scene.private("09:04", "li", "好的 我先不上去了")
    assert not any("半小时到" in text for text in (await scene.play()).to("wang"))


async def test_tomorrow_perhaps_is_no_promise(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼1单元电梯不动了")
    scene.private("17:40", "li", "明天再说")
    assert not any("再说" in text for text in (await scene.play()).to("wang"))


async def test_two_matters_done_in_one_breath(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼1单元电梯不动了")
    scene.says("09:01", "chen", "3号楼2单元三楼的灯不亮")
    scene.private("09:02", "li", "都接")
    scene.private("10:00", "li", "灯和电梯都好了")
    scene.private("10:01", "li", "1")
    played = await scene.play()
    assert {row["state"] for row in played.report["tickets"]} == {"resolved"}


async def test_the_last_one_is_taken_in_words(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼1单元电梯不动了")
    scene.says("09:01", "chen", "3号楼2单元三楼的灯不亮")
    scene.private("09:02", "li", "嗯")
    scene.private("09:03", "li", "最后一个我接")
    played = await scene.play()
    assert played.ticket(2)["state"] == "accepted" and played.ticket(1)["state"] == "open"


async def test_a_voice_note_alone_is_answered_honestly(scene: Scene) -> None:
    scene.private("09:00", "wang", "", media=["voice"])
    (answer,) = (await scene.play()).to("wang")
    assert "语音" in answer


async def test_which_one_is_told_by_what_stands_beside_it(scene: Scene) -> None:
    scene.says("09:00", "stranger", "路灯不亮")
    scene.says("09:02", "stranger", "快递柜旁边那个")
    played = await scene.play()
    assert any("快递柜旁边" in text for text in played.to("li"))


async def test_what_comes_back_after_a_good_verdict_is_the_same_matter_again(scene: Scene) -> None:
    scene.private("09:00", "wang", "我家厕所返水")
    scene.private("09:01", "li", "好")
    scene.private("10:00", "li", "办结 1 疏通了，掏出一块抹布")
    scene.private("10:05", "wang", "嗯嗯 好着呢")
    scene.private("10:10", "wang", "又返了！！")
    scene.private("10:11", "li", "好")
    played = await scene.play()
    again = played.ticket(2)
    assert again["sub"] == played.ticket(1)["sub"] and again["state"] == "accepted"
    assert any("#1" in text and "又返了" in text for text in played.to("li"))


async def test_a_false_alarm_that_was_taken_is_ended_by_that_word(scene: Scene) -> None:
    scene.private("09:00", "chen", "我好像闻到点煤气味")
    scene.private("09:01", "li", "1")
    scene.private("09:20", "li", "误报")
    scene.private("09:21", "li", "1")
    assert (await scene.play()).ticket()["state"] == "resolved"
