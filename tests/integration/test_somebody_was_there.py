"""Somebody was at the door: the police in the worker's place, a mediator in words of his own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene

MEDIATOR = "s9,谭调解,人民调解员,sq,13800000009,tan,,兼职,,"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    scene = Scene(tmp_path)
    staff = (scene.org / "staff.csv").read_text("utf-8-sig").strip()
    scene.people(staff=f"{staff}\n{MEDIATOR}")
    return scene


async def test_nobody_is_sent_after_the_worker_where_the_police_has_come(scene: Scene) -> None:
    scene.private("09:00", "li", "必到 邻里纠纷 3-1-101")
    scene.private("09:20", "li", "民警什么时候来")
    scene.private("09:30", "li", "民警来过了")
    scene.private("09:40", "li", "记录 两家说开了")
    played = await scene.play(until="2026-03-02 13:00")
    assert "民警来过了，不再催您到场" in played.to("li")[-2]
    assert played.to("li")[-1].startswith("已记录 邻里纠纷")
    assert not any("必到未到" in text for who in ("li", "qian", "sun") for text in played.to(who))


async def test_a_mediator_tells_in_his_own_words_that_he_came_and_how_it_went(scene: Scene) -> None:
    scene.private("09:00", "li", "登记纠纷 3-1-101 3-2-601 楼上漏水赔偿 黄")
    scene.private("09:30", "tan", "我到了")
    scene.private("10:30", "tan", "谈了一个小时 楼上还是不肯赔")
    scene.private("15:00", "tan", "下午又谈了 楼上同意赔三百")
    played = await scene.play()
    assert played.to("tan")[1:] == [
        "#1 已记您到场。谈完请回一句经过。",
        "#1 已记第1次调解。",
        "#1 协议已记，7、30、90天各提醒回访一次。答复居民请照常：办结 1 加一句结果（不要写双方是谁）。",
    ]


async def test_a_mediator_who_is_late_hears_of_it_once(scene: Scene) -> None:
    scene.private("09:00", "wang", "楼上天天半夜吵架摔东西 还骂我 能不能给调解一下")
    scene.private("09:05", "li", "1")
    scene.private("09:06", "li", "上报 1 两家谈不拢")
    scene.private("09:07", "qian", "1")
    scene.private("09:08", "qian", "上报 1 请社区出面")
    played = await scene.play(until="2026-03-02 13:00")
    told = [(row["at"][11:16], row["text"]) for row in played.said if row.get("to") == "tan"]
    assert [at for at, _ in told] == ["09:08", "09:38"]
    assert "09:38 前到现场" in told[0][1] and "请马上去现场" in told[1][1]


async def test_a_dispute_that_is_done_with_is_answered_in_one_message(scene: Scene) -> None:
    scene.private("09:00", "li", "登记纠纷 3-1-101 3-2-601 楼上漏水赔偿 黄")
    scene.private("15:00", "li", "办结 1 两家说开了，各退一步")
    played = await scene.play()
    assert played.to("li")[-1] == "#1 已办结。\n结果已记入纠纷台账，7、30、90天各提醒回访一次。"


async def test_what_is_done_anew_shows_no_old_result(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼1单元路灯不亮了")
    scene.private("09:01", "li", "办结 1 换了灯泡 亮了")
    scene.private("09:30", "wang", "不满意 还是不亮")
    scene.private("09:40", "qian", "退回 1 再去看看")
    scene.private("09:50", "wang", "进度 1")
    played = await scene.play()
    assert "结果" not in played.to("wang")[-1] and "换了灯泡" not in played.to("wang")[-1]
