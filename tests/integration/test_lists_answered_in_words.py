"""The answer to a list: by a number even if something came between, by 第二个, by what it is about."""

from __future__ import annotations

from pathlib import Path

from tests.scene import Scene


def _two_reports(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼1单元电梯不动了")
    scene.says("09:02", "chen", "3号楼2单元三楼的灯不亮")


async def test_a_worker_names_a_line_by_its_place(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    _two_reports(scene)
    scene.private("09:10", "li", "嗯")
    scene.private("09:11", "li", "第二个")
    played = await scene.play()
    assert played.ticket(2)["state"] == "accepted"
    assert played.ticket(1)["state"] == "open"


async def test_a_worker_names_a_line_by_what_it_is_about_and_opens_nothing(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    _two_reports(scene)
    scene.private("09:10", "li", "嗯")
    scene.private("09:11", "li", "电梯那个")
    played = await scene.play()
    assert played.ticket(1)["state"] == "accepted"
    assert len(played.report["tickets"]) == 2


async def test_a_card_that_comes_in_between_takes_no_number_of_the_list(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    _two_reports(scene)
    scene.private("09:10", "li", "嗯")
    scene.says("09:11", "he", "3号楼门口垃圾桶满了")
    scene.private("09:11:30", "li", "2")
    played = await scene.play()
    assert played.ticket(2)["state"] == "accepted"


async def test_whoever_takes_what_nobody_reported_is_asked(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:02", "chen", "3号楼2单元三楼的灯不亮")
    scene.private("09:10", "li", "电梯的我接了")
    played = await scene.play()
    assert played.ticket(1)["state"] == "open"
    assert any("没有找到" in text for text in played.to("li"))
