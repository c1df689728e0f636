"""S2-18 煤矿“三违”职工一对一帮教: an office makes a class of its own, with steps, talks and a next date."""

from __future__ import annotations

from tests.scene import Scene


async def test_a_class_of_ones_own_brings_its_steps_and_dates(scene: Scene) -> None:
    scene.private("09:00", "qian", "自定类别 三违职工 每10天 谈心 家访 学安规 回访")
    scene.private("09:05", "li", "建档 3-2-601 林强 三违职工 一对一")
    scene.private("10:00", "li", "帮教 林强 谈心 认识到危险")
    scene.private("2026-03-12 10:00", "li", "帮教 林强 家访 妻子一起劝")
    played = await scene.play()
    said = [text for text in played.to("li") if "档案" in text]
    assert "下一步：谈心" in said[0]
    assert "下次 3月12日" in said[1] and "下一步：家访" in said[1]
    assert "下次 3月22日" in said[2] and "下一步：学安规" in said[2]
    assert len(played.rows("visits", household="h3", outcome="走访")) == 2


async def test_a_step_is_not_jumped_over_and_an_unknown_class_is_named(scene: Scene) -> None:
    scene.private("09:00", "qian", "自定类别 三违职工 每10天 谈心 家访 学安规")
    scene.private("09:05", "li", "建档 3-2-601 林强 三违职工 一对一")
    scene.private("09:10", "li", "帮教 林强 学安规 考了")
    scene.private("09:15", "li", "建档 3-2-601 林强 酒驾人员 一对一")
    played = await scene.play()
    said = played.to("li")
    assert "下一步是：谈心" in said[1] and "没有这个类别" in said[2]


async def test_only_a_leader_makes_a_class(scene: Scene) -> None:
    scene.private("09:00", "li", "自定类别 三违职工 每10天 谈心 家访")
    scene.private("09:05", "li", "建档 3-2-601 林强 三违职工 一对一")
    played = await scene.play()
    assert "没有这个类别" in played.to("li")[1]
