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


async def test_what_else_is_told_closes_no_line_of_the_list(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    _two_reports(scene)
    scene.private("09:04", "li", "都接")
    scene.private("09:20", "li", "去了没人")
    scene.private("09:21", "li", "灯和电梯都好了")
    played = await scene.play()
    assert not any("没人" in text for who in ("wang", "chen") for text in played.to(who))


async def test_two_are_taken_in_one_breath_and_the_third_is_not(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    _two_reports(scene)
    scene.says("09:03", "he", "3号楼门口垃圾桶满了")
    scene.private("09:05", "li", "电梯和灯也接")
    played = await scene.play()
    states = [row["state"] for row in played.report["tickets"]]
    assert states == ["accepted", "accepted", "open"]
    scene.private("09:06", "li", "其他的也接")
    assert (await scene.play()).ticket(3)["state"] == "accepted"


async def test_a_leader_asks_in_passing(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    _two_reports(scene)
    scene.private("09:05", "qian", "小李 电梯咋回事")
    assert any("#1 电梯" in text for text in (await scene.play()).to("qian"))


async def test_a_leader_who_has_a_matter_himself_asks_of_the_workers(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    _two_reports(scene)
    scene.says("09:03", "he", "3号楼门禁坏了刷不开")  # three of a kind: a warning for the leader
    scene.private("09:05", "qian", "小李 电梯咋回事")
    assert any(text.startswith("#1 电梯") for text in (await scene.play()).to("qian"))
