"""A worker tells of his work without commands: one word then does the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene

LAMP = "楼道灯不亮了 三楼到四楼 黑灯瞎火"
LEAK = "楼上漏水漏到我家厨房了"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", LAMP)
    scene.private("09:01", "li", "1")
    return scene


async def test_what_was_done_closes_the_ticket_with_one_word(scene: Scene) -> None:
    scene.private("09:20", "li", "灯泡换好了")
    scene.private("09:21", "li", "1")
    played = await scene.play()
    assert played.ticket()["state"] == "resolved"
    assert "灯泡换好了" in played.to("wang")[-1]


async def test_nothing_is_closed_before_the_word(scene: Scene) -> None:
    scene.private("09:20", "li", "灯泡换好了")
    scene.private("09:21", "li", "2")
    played = await scene.play()
    assert played.ticket()["state"] == "accepted"
    assert not any("换好" in text for text in [*played.to("wang"), *played.in_group("r1")])


async def test_done_itself_is_the_word(scene: Scene) -> None:
    scene.private("09:20", "li", "灯泡换好了")
    scene.private("09:21", "li", "办完了")
    played = await scene.play()
    assert "#1 已办结：灯泡换好了" in played.in_group("r1")


async def test_with_two_at_work_the_number_of_the_line_says_which(scene: Scene) -> None:
    scene.says("09:10", "chen", LEAK)
    scene.private("09:11", "li", "1")
    scene.private("09:20", "li", "已经修好了 换了一截管子")
    scene.private("09:21", "li", "2")
    played = await scene.play()
    assert played.ticket(1)["state"] == "accepted"
    assert any("换了一截管子" in text for text in played.to("chen"))


async def test_a_promise_for_one_matter_does_not_close_another(scene: Scene) -> None:
    scene.private("09:05", "li", "办完了")  # asked for a result
    scene.says("09:10", "chen", LEAK)
    scene.private("09:11", "li", "1")
    scene.private("09:15", "li", "这个要等物业 明天上午来修")
    played = await scene.play()
    assert played.ticket(1)["state"] == "accepted" and played.ticket(2)["state"] == "accepted"
    assert not any("物业" in text for text in played.in_group("r1"))


async def test_a_result_told_late_is_asked_back(scene: Scene) -> None:
    scene.private("09:05", "li", "办完了")
    scene.private("10:30", "li", "换了灯泡")
    scene.private("10:31", "li", "1")
    played = await scene.play()
    assert any("就用这句话办结吗" in text for text in played.to("li"))
    assert "#1 已办结：换了灯泡" in played.in_group("r1")


async def test_what_is_under_way_is_passed_on_with_one_word(scene: Scene) -> None:
    scene.private("09:02", "li", "我马上去看")
    scene.private("09:03", "li", "1")
    played = await scene.play()
    assert any("我马上去看" in text for text in played.to("wang"))


async def test_a_visit_told_meanwhile_is_a_visit(scene: Scene) -> None:
    scene.private("09:02", "li", "我马上去看")
    scene.private("09:30", "li", "3-502 走访了 一切正常")
    played = await scene.play()
    assert "已记录" in played.to("li")[-1]
