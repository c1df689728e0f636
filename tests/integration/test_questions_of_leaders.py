"""A leader asks about a place in his own words and opens the cases behind the numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_what_happened_lately_at_a_building(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了 老人下不去楼")
    scene.says("09:10", "he", "5号楼楼道灯坏了 摸黑走路")
    scene.private("09:20", "qian", "3号楼最近有什么事？")
    scene.private("09:21", "qian", "进度 1")
    scene.private("09:22", "sun", "近况 第二网格")
    scene.private("09:23", "wu", "3号楼最近有什么事")
    played = await scene.play()
    told = next(text for text in played.to("qian") if "最近30天" in text)
    assert "1 件" in told and "#1" in told and "电梯" in told and "#2" not in told
    assert "#1" in played.to("qian")[-1]
    assert "没有登记的事" in played.to("sun")[-1]
    assert "没有登记的事" in played.to("wu")[-1]


async def test_a_resident_who_asks_the_same_learns_nothing_of_his_neighbours(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了 老人下不去楼")
    scene.private("09:20", "he", "3号楼最近有什么事")
    played = await scene.play()
    assert not any("#1" in text for text in played.to("he"))


async def test_a_question_in_everyday_words_is_answered_and_is_no_matter_of_its_own(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了 老人下不去楼")
    for minute, words in enumerate(
        ("3号楼这几天有啥事", "最近3号楼有哪些问题没解决", "3号楼的情况怎么样", "电梯的有几件"), 20
    ):
        scene.private(f"09:{minute}", "qian", words)
    scene.private("09:30", "qian", "3号楼有没有纠纷")
    scene.private("09:31", "sun", "咱们社区还缺哪些人")
    scene.private("09:32", "sun", "今天有多少事")
    scene.private("09:33", "sun", "超期的有哪些")
    scene.says("09:40", "li", "大家有什么问题", room="r1")
    scene.says("09:41", "li", "大家有什么问题", room="w1")
    played = await scene.play()
    assert len(played.report["tickets"]) == 1 and played.report["candidates"] == []
    told = [text for text in played.to("qian") if "最近30天 1 件" in text]
    assert len(told) == 4 and all("#1" in text for text in told)
    assert "没有登记矛盾纠纷" in played.to("qian")[-1]
    posts, *digests = [text for text in played.to("sun") if "【" in text]
    assert "【缺口】" in posts and len(digests) == 2 and all("【日报】" in text for text in digests)
    assert not any("写楼号" in text for text in played.to("li"))


async def test_a_number_opens_the_case_with_place_words_holder_and_what_was_done(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了 老人下不去楼")
    scene.private("09:05", "li", "1")
    scene.private("09:20", "qian", "进度 1")
    scene.says("09:21", "qian", "进度 1", room="w1")
    scene.private("09:22", "wang", "进度 1")
    played = await scene.play()
    case = played.to("qian")[-1]
    for part in ("3号楼2单元", "老人下不去楼", "经办：李网", "接单"):
        assert part in case
    (group,) = played.in_group("w1")
    assert "李网" in group and "老人" not in group
    assert "李网" not in played.to("wang")[-1]


async def test_a_building_that_is_a_node_within_its_grid_has_the_matters_said_there(scene: Scene) -> None:
    nodes = (scene.org / "nodes.csv").read_text("utf-8-sig")
    scene.people(nodes=f"{nodes.strip()}\ng1-b3,g1,3号楼,楼,,,,\ng1-b5,g1,5号楼,楼,,,,\n")
    scene.says("09:00", "wang", "3号楼2单元电梯又停了 老人下不去楼")
    scene.says("09:10", "he", "5号楼楼道灯坏了 摸黑走路")
    scene.private("09:20", "qian", "3号楼最近有什么事？")
    played = await scene.play()
    told = played.to("qian")[-1]
    assert "1 件" in told and "#1" in told and "#2" not in told


async def test_nothing_seen_answers_a_search_and_is_no_report_of_nothing(scene: Scene) -> None:
    scene.private("09:00", "sun", "协查 寻找一辆白色面包车")
    scene.private("09:20", "qian", "没有看到")
    played = await scene.play()
    assert "已记入协查" in played.to("qian")[-1]
    assert all(duty["state"] != "zero" for duty in played.report.get("duties", []))
