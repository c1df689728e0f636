"""A department answers in words of its own: it is on the way, there, done, or it is not its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene

LAMP = "楼道灯不亮了 三楼到四楼 黑灯瞎火"
BODY = "wuye"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", LAMP)
    scene.private("09:01", "li", "1")
    scene.private("09:02", "li", "转派 1 青石物业")
    return scene


async def test_a_promise_of_a_department_reaches_the_resident(scene: Scene) -> None:
    scene.private("09:10", BODY, "收到，师傅下午过去")
    played = await scene.play()
    assert any("师傅下午过去" in text and "收到" not in text for text in played.to("wang"))
    assert any("师傅下午过去" in text for text in played.to("li"))


async def test_what_a_department_says_is_passed_on_to_whoever_has_the_ticket(scene: Scene) -> None:
    scene.private("09:10", BODY, "具体在几单元啊")
    played = await scene.play()
    assert any("具体在几单元啊" in text for text in played.to("li"))
    assert not any("单元啊" in text for text in played.to("wang"))


async def test_a_department_refuses_and_the_worker_has_it_again(scene: Scene) -> None:
    scene.private("09:10", BODY, "这个不归我们管")
    played = await scene.play()
    assert any("已退回" in text for text in played.to(BODY))
    assert any("不归我们管" in text for text in played.to("li"))


async def test_a_department_is_there_and_done_with_one_word(scene: Scene) -> None:
    scene.private("09:10", BODY, "师傅到了")
    scene.private("10:10", BODY, "灯泡换好了")
    scene.private("10:11", BODY, "1")
    played = await scene.play()
    assert any("已报到" in text for text in played.to(BODY))
    assert played.ticket()["state"] == "resolved"


async def test_nobody_comes_by_a_sentence_that_says_soon(scene: Scene) -> None:
    scene.private("09:10", BODY, "马上到")
    played = await scene.play()
    assert not any("已报到" in text for text in played.to(BODY))


async def test_a_worker_who_gives_a_new_ticket_to_a_department_has_taken_it(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", LAMP)
    scene.private("09:02", "li", "转派 1 青石物业")
    played = await scene.play(until="12:30")
    assert not any("首次回复" in text and "已到" in text for text in played.to("li"))
    assert any("青石物业" in text for text in played.to("wang"))
