"""A replay with everything that goes wrong in a day: crashes, outages, failed sends, recalls."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Played, Scene

LIFT = "3号楼2单元电梯又停了 老人下不去楼"
LAMP = "5号楼门口的路灯坏了好几天了"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def texts(played: Played) -> list[tuple[str, str]]:
    return [(row.get("room") or row["to"], row["text"]) for row in played.said]


# --- crash --------------------------------------------------------------------------------------------------


def _a_day(scene: Scene, *, crashes: bool) -> None:
    def crash(time: str) -> None:
        if crashes:
            scene.happens(time, "crash")

    scene.says("09:00", "wang", LIFT)
    crash("09:00")  # stored, not yet answered
    scene.says("09:02", "chen", "我家也是")
    crash("09:02:30")
    scene.says("09:03", "wang", media=["image"])
    scene.private("09:05", "li", "1")
    crash("09:05")
    scene.private("10:00", "li", "办结 1 维保换了继电器")
    crash("10:10")
    scene.private("10:30", "wang", "基本满意")
    scene.says("11:00", "he", LAMP)
    crash("11:00:01")


async def test_crashes_change_nothing_that_anybody_sees(scene: Scene, tmp_path: Path) -> None:
    _a_day(scene, crashes=True)
    crashed = await scene.play(until="20:00")
    other = Scene(tmp_path)
    _a_day(other, crashes=False)
    whole = await other.play(until="20:00")
    assert crashed.said == whole.said
    assert crashed.report == whole.report


async def test_a_message_stored_before_the_crash_is_answered_after_it(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    scene.happens("09:00", "crash")
    played = await scene.play()
    assert len(played.in_group("r1")) == 1 and len(played.report["tickets"]) == 1


async def test_a_message_delivered_again_after_a_crash_has_no_second_effect(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    scene.happens("09:00", "crash")
    scene.says("09:00", "wang", LIFT, id="m1")
    played = await scene.play()
    assert len(played.report["tickets"]) == 1
    assert played.report["inbox"]["duplicate"] == 1


# --- outage -------------------------------------------------------------------------------------------------


async def test_in_an_outage_nothing_leaves_and_nothing_arrives(scene: Scene) -> None:
    scene.happens("09:00", "gateway", state="down")
    scene.says("09:10", "wang", LIFT)
    played = await scene.play(until="09:30")
    assert played.said == [] and played.report["inbox"]["received"] == 0


async def test_after_an_outage_the_group_hears_nothing_late_and_the_worker_gets_it(scene: Scene) -> None:
    scene.happens("09:00", "gateway", state="down")
    scene.says("09:10", "wang", LIFT)
    scene.happens("10:00", "gateway", state="up")
    played = await scene.play(until="10:30")
    assert played.in_group("r1") == []
    assert played.report["tickets"] == [] and len(played.report["candidates"]) == 1
    assert any("电梯" in text for text in played.to("li"))


async def test_what_fell_due_in_an_outage_leaves_at_its_end(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    scene.happens("09:01", "gateway", state="down")
    scene.happens("12:00", "gateway", state="up")
    played = await scene.play(until="12:00")
    late = [row for row in played.said if row["at"] > "2026-03-02T09:01:00+08:00"]
    assert late and {row["at"] for row in late} == {"2026-03-02T12:00:00+08:00"}
    assert played.report["outbox"]["dead"] == 0


async def test_an_outage_delivered_twice_counts_once(scene: Scene) -> None:
    scene.happens("09:00", "gateway", state="down")
    scene.says("09:10", "wang", LIFT)
    scene.says("09:11", "he", "今天天气不错")
    scene.happens("10:00", "gateway", state="up", redeliver=True)
    played = await scene.play()
    assert played.report["inbox"]["received"] == 2 and played.report["inbox"]["duplicate"] == 2
    assert len(played.report["candidates"]) == 1


async def test_a_crash_in_an_outage_loses_nothing(scene: Scene) -> None:
    scene.happens("09:00", "gateway", state="down")
    scene.says("09:10", "wang", LIFT)
    scene.happens("09:20", "crash")
    scene.happens("10:00", "gateway", state="up")
    played = await scene.play()
    assert len(played.report["candidates"]) == 1


# --- sends --------------------------------------------------------------------------------------------------


async def test_a_send_that_fails_is_tried_again_and_order_is_kept(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    scene.happens("09:10", "send", fails=2, retryable=True)
    scene.private("09:10", "li", "1")
    scene.private("09:11", "li", "办结 1 维保换了继电器")
    played = await scene.play(until="09:20")
    plain = Scene(scene.folder, lines=[line for line in scene.lines if line.get("event") != "send"])
    assert sorted(texts(played)) == sorted(texts(await plain.play(until="09:20")))
    assert played.report["outbox"]["dead"] == 0


async def test_a_send_that_can_never_succeed_is_dead_and_reported(scene: Scene) -> None:
    scene.happens("08:59", "send", fails=1, retryable=False)
    scene.says("09:00", "wang", LIFT)
    played = await scene.play(until="09:30")
    assert played.report["outbox"]["dead"] == 1
    assert played.in_group("r1") == [] and len(played.to("li")) >= 1


async def test_an_uncertain_send_that_the_platform_echoes_arrives_once(scene: Scene) -> None:
    scene.happens("08:59", "send", fails=2, retryable=True, uncertain=True)
    scene.says("09:00", "wang", LIFT)
    played = await scene.play(until="09:30")
    assert len(played.in_group("r1")) == 1
    assert len(played.to("li")) == len(set(played.to("li")))
    assert played.report["outbox"]["sent"] == len(played.said)


# --- people -------------------------------------------------------------------------------------------------


async def test_a_recall_of_a_report_just_made_takes_it_back(scene: Scene) -> None:
    message = scene.says("09:00", "wang", LIFT)
    scene.happens("09:01", "recall", id=message)
    played = await scene.play()
    assert played.ticket()["state"] == "withdrawn"


async def test_a_recall_of_what_was_never_heard_is_nothing(scene: Scene) -> None:
    scene.happens("09:01", "recall", id="before-our-time")
    scene.happens("09:02", "join", room="r1", **{"from": "stranger", "name": "新邻居"})
    scene.happens("09:03", "leave", room="r1", **{"from": "stranger"})
    played = await scene.play()
    assert played.report["inbox"] == {"received": 0, "duplicate": 0, "none": 0, "parked": 0}
