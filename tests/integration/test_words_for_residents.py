"""What a worker writes for a resident goes to that resident, after one question, and to nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_what_he_is_to_be_told_is_no_question_of_the_worker(scene: Scene) -> None:
    scene.private("09:00", "chen", "我是新搬来的租客 想问下要不要登记")
    scene.private("09:10", "li", "1")
    scene.private("09:12", "li", "让他带身份证和租房合同来社区办居住登记，周一到周五都行")
    scene.private("09:13", "li", "1")
    played = await scene.play()
    assert any("请带身份证和租房合同来社区" in text for text in played.to("chen"))
    assert not any("居住证】" in text for text in played.to("li"))


async def test_a_time_alone_answers_the_question_that_has_just_come(scene: Scene) -> None:
    scene.says("09:00", "chen", "3号楼2单元三楼的灯不亮")
    scene.says("09:05", "wang", "3号楼1单元门口垃圾桶满了")
    scene.private("09:06", "li", "都接")
    scene.private("09:20", "chen", "几点来修灯啊")
    scene.private("09:25", "li", "3点左右")
    scene.private("09:26", "li", "1")
    played = await scene.play()
    assert any("3点左右" in text for text in played.to("chen"))
    assert not any("3点左右" in text for text in played.to("wang"))


async def test_what_a_craftsman_says_is_passed_on_when_the_worker_likes(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼1单元电梯又不动了")
    scene.private("09:06", "li", "好")
    scene.private("09:20", "li", "维保说要换主板 三天")
    scene.private("09:21", "li", "1")
    assert any("换主板" in text for text in (await scene.play()).to("wang"))


async def test_where_a_worker_is_about_to_go_is_no_report(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼1单元电梯又不动了")
    scene.private("09:06", "li", "好")
    scene.private("09:20", "li", "下午去1202看看老人，需要就帮着背下来")
    assert len((await scene.play()).report["tickets"]) == 1


async def test_what_the_ambulance_did_tells_which_emergency_is_over(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼1单元好像有煤气味 很冲")
    scene.private("09:01", "li", "1")
    scene.private("09:10", "chen", "我胸口疼得厉害 我一个人在家")
    scene.private("09:11", "li", "1")
    scene.private("09:20", "li", "120接走了")
    scene.private("09:21", "li", "1")
    played = await scene.play()
    assert played.ticket(2)["state"] == "resolved" and played.ticket(1)["state"] != "resolved"


async def test_a_leaders_word_about_a_worker_reaches_no_resident(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼1单元电梯又不动了")
    scene.private("09:20", "qian", "让他快点")
    scene.private("09:21", "qian", "1")
    played = await scene.play()
    assert not any("快点" in text for text in played.to("wang"))


async def test_a_workers_question_is_for_the_resident_of_what_he_took(scene: Scene) -> None:
    scene.private("09:00", "stranger", "3号楼有家群租的 住了十来个人")
    scene.private("09:02", "li", "好")
    scene.private("09:03", "li", "哪一户")
    scene.private("09:04", "li", "1")
    assert any("哪一户" in text for text in (await scene.play()).to("stranger"))


async def test_a_guess_and_a_plan_of_the_worker_open_nothing(scene: Scene) -> None:
    scene.private("09:00", "wang", "我家水费咋这么高 上个月才30 这个月120")
    scene.private("09:02", "li", "好")
    scene.private("09:03", "li", "可能漏水 我去看看表")
    assert len((await scene.play()).report["tickets"]) == 1


async def test_whoever_asks_not_to_be_named_has_a_matter_that_no_group_hears_of(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼1单元楼道有人堆杂物")
    scene.private("09:02", "wang", "别说是我说的啊")
    scene.private("09:03", "li", "1")
    scene.private("09:30", "li", "办结 1 已请住户搬走")
    played = await scene.play()
    assert not any("搬走" in text for text in played.in_group("r1"))


async def test_nobody_is_told_who_reported_him(scene: Scene) -> None:
    scene.private("09:00", "chen", "是谁举报我家的 告诉我")
    (answer,) = (await scene.play()).to("chen")
    assert "不告诉被反映的人" in answer


async def test_what_is_said_of_another_matter_does_not_go_to_whoever_was_heard_last(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼1单元电梯不动了")
    scene.says("09:05", "chen", "3号楼2单元三楼的灯不亮")
    scene.private("09:06", "li", "都接")
    scene.private("09:20", "chen", "几点来修灯啊")
    scene.private("09:25", "li", "电梯那个我再看看")
    scene.private("09:26", "li", "1")
    assert not any("电梯" in text for text in (await scene.play()).to("chen"))
