"""What only together is a matter: pictures before their words, questions of neighbours, +1 in many words."""

from __future__ import annotations

from pathlib import Path

import pytest

from gridbot.config import load
from tests.scene import Scene

ALWAYS_ASKED = load(None, conduct={"act_at": 1.0})  # nothing is so sure that no worker is asked

LIFT = "3号楼2单元电梯又停了 老人下不去楼"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_a_picture_before_its_words_belongs_to_the_ticket(scene: Scene) -> None:
    picture = scene.says("09:00", "chen", media=["image"])
    words = scene.says("09:01", "chen", LIFT)
    played = await scene.play()
    assert played.ticket()["messages"] == [words, picture]
    assert len(played.in_group("r1")) == 1


async def test_a_crash_between_picture_and_words_loses_neither(scene: Scene) -> None:
    picture = scene.says("09:00", "chen", media=["image"])
    scene.happens("09:00:30", "crash")
    words = scene.says("09:01", "chen", LIFT)
    played = await scene.play()
    assert played.ticket()["messages"] == [words, picture]


async def test_an_old_picture_or_that_of_another_belongs_to_nothing(scene: Scene) -> None:
    scene.says("08:00", "chen", media=["image"])
    scene.says("08:59", "lin", media=["image"])
    words = scene.says("09:01", "chen", LIFT)
    played = await scene.play()
    assert played.ticket()["messages"] == [words]


async def test_a_recalled_picture_is_forgotten(scene: Scene) -> None:
    picture = scene.says("09:00", "chen", media=["image"])
    scene.happens("09:00:20", "recall", id=picture)
    words = scene.says("09:01", "chen", LIFT)
    played = await scene.play()
    assert played.ticket()["messages"] == [words]


async def test_three_households_that_ask_make_one_question_to_the_worker(scene: Scene) -> None:
    scene.says("09:00", "chen", "有人家里没水吗")
    scene.says("09:02", "chen", "大家家里有水吗")
    scene.says("09:05", "lin", "你们家有水吗")
    scene.happens("09:06", "crash")
    scene.says("09:10", "wang", "谁家停水了")
    scene.says("09:12", "wang", "邻居们家里有水没")
    played = await scene.play()
    assert [(row["category"], row["answer"]) for row in played.report["candidates"]] == [
        ("utilities_outage", None)
    ]
    assert played.in_group("r1") == []
    assert [text for text in played.to("li") if "3户邻居在问" in text] == played.to("li")


async def test_two_households_or_a_slow_third_say_nothing(scene: Scene) -> None:
    scene.says("09:00", "chen", "有人家里没水吗")
    scene.says("09:05", "lin", "你们家有水吗")
    scene.says("09:40", "wang", "谁家停水了")
    played = await scene.play()
    assert played.report.get("candidates", []) == []
    assert played.report["tickets"] == []


ME_TOO = [
    "我家也是",
    "+1",
    "＋1",
    "我家也没水",
    "俺家也是",
    "我们单元也停了",
    "我家同样",
    "我也是",
    "我屋也没得水",
    "我们这也停了",
    "我家都系",
    "加一",
    "这边也是",
    "同上",
    "咱家也没有",
    "我家也一样",
    "我们楼也是",
    "楼上也没水",
    "我这也没",
]


@pytest.mark.parametrize("words", ME_TOO)
async def test_whoever_says_me_too_joins_and_his_household_counts(scene: Scene, words: str) -> None:
    scene.says("09:00", "chen", "3号楼停水了 一滴都没有")
    scene.says("09:05", "lin", words)
    played = await scene.play()
    assert [(row["no"], row["supporters"]) for row in played.report["tickets"]] == [(1, ["lin"])]


async def test_neighbours_who_join_before_the_worker_has_judged_are_counted_once_he_has(
    scene: Scene,
) -> None:
    scene.says("09:00", "wang", "楼下那堆东西还不搬走")
    scene.says("09:01", "chen", "+1")
    scene.says("09:02", "chen", "我家也是")
    scene.private("09:05", "li", "1")
    scene.private("09:30", "li", "办结 1 机器搬走了")
    played = await scene.play(settings=ALWAYS_ASKED)
    assert played.report["candidates"][0]["answer"] == "yes"
    assert played.ticket()["supporters"] == ["chen"]
    assert any("机器搬走了" in text for text in played.to("chen"))


async def test_neighbours_who_join_what_is_no_report_hear_nothing(scene: Scene) -> None:
    scene.says("09:00", "wang", "楼下那堆东西还不搬走")
    scene.says("09:01", "chen", "+1")
    scene.private("09:05", "li", "2")
    played = await scene.play(settings=ALWAYS_ASKED)
    assert not played.to("chen") and not played.report["tickets"]


async def test_who_told_of_an_incident_before_it_was_clear_is_counted_with_it(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("23:40", "stranger", "哎呀妈呀 地上全是水 楼梯那边淌过来的", name="3-1-501吴")
    scene.says("23:42", "wang", "应该是走廊那根主管爆了，呼呼往外喷")
    played = await scene.play(until="2026-03-03 08:00")
    (ticket,) = played.report["tickets"]
    assert ticket["supporters"] == ["stranger"]
    assert any("#1" in text for text in played.to("stranger"))
    assert not any("待确认" in text for text in played.to("li"))
