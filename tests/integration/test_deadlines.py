"""Times in three units on the work calendar; pauses that stop the clock; lists of holidays imported later."""

from __future__ import annotations

from pathlib import Path

import pytest

from gridbot.config import load
from tests.scene import Scene

HOURS = 'office_hours = "07:00-11:00,14:00-16:00"\n'
LAMP = "3号楼门口路灯坏了，晚上漆黑一片"  # 3 工作日


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_a_list_of_holidays_that_comes_later_moves_deadlines_but_not_what_was_agreed(
    scene: Scene,
) -> None:
    scene.day = "2027-02-04"  # a Thursday; nobody knows the holidays of 2027 yet
    later = scene.folder / "later"
    later.mkdir()
    (later / "calendar.csv").write_text(
        "day,kind,name\n2027-02-05,rest,春节\n2027-02-08,rest,春节\n", "utf-8"
    )
    scene.private("09:00", "wang", LAMP)
    scene.private("09:05", "li", "接单 1")
    scene.private("09:06", "he", "5号楼1单元门口路灯坏了")
    scene.private("09:07", "li", "接单 2")
    scene.private("09:10", "li", "延期 2 2月12日 等配件")
    scene.happens("10:00", "import", org="later")
    scene.private("10:05", "li", "待办")
    played = await scene.play(until="2027-02-04 12:00")
    assert [ticket["due_at"] for ticket in played.report["tickets"]] == [
        "2027-02-11T17:30:00+08:00", "2027-02-12T17:30:00+08:00",
    ]  # fmt: skip
    assert any("时限改为2月11日17:30" in text for text in played.to("li"))
    assert any("2027年放假安排未公布" in text for text in played.to("li"))
    assert "您反映的 #1 按新公布的放假安排，改为2月11日17:30前办理。" in played.to("wang")
    assert not any("放假安排" in text for text in played.to("he"))


async def test_an_extension_must_be_later_and_come_before_the_deadline_and_the_resident_hears_it(
    scene: Scene,
) -> None:
    scene.private("09:00", "wang", LAMP)
    scene.private("09:05", "li", "接单 1")
    scene.private("09:10", "li", "延期 1 明天 等配件")
    scene.private("2026-03-05 10:00", "li", "延期 1 下周一 等配件")
    scene.private("2026-03-10 10:00", "li", "延期 1 下周五 还在等")
    played = await scene.play(until="2026-03-10 11:00")
    assert played.ticket()["due_at"] == "2026-03-09T17:30:00+08:00"
    assert any("请写更晚的时间" in text for text in played.to("li"))
    assert any("已经过了时限，不能再延期" in text for text in played.to("li"))
    assert any(
        "延期到3月9日17:30：等配件" in text or "延期到下周一" in text or "等配件" in text
        for text in played.to("wang")
    )


async def test_a_pause_that_ends_early_stopped_the_clock_only_for_so_long(scene: Scene) -> None:
    scene.private("09:00", "wang", LAMP)  # due on Thursday 17:30
    scene.private("09:05", "li", "接单 1")
    scene.private("2026-03-04 14:00", "li", "挂起 1 等施工队 到周五")
    scene.private("2026-03-05 10:00", "li", "接单 1")  # 330 of them on this day
    played = await scene.play(until="2026-03-06 16:00")
    assert played.ticket()["due_at"] == "2026-03-06T15:30:00+08:00"  # 630 open minutes were left
    assert any("#1 提前恢复办理" in text for text in played.to("li"))
    assert any("#1 已提前恢复办理，最迟明天15:30办结" in text for text in played.to("wang"))
    late = [row["at"] for row in played.about(1) if row.get("to") == "li" and "到期" in row["text"]]
    assert late and all(at < "2026-03-06T16" for at in late)
    assert not any("08:30" in row["at"] and "恢复" in row["text"] for row in played.about(1))


async def test_a_pause_ended_by_mistake_is_a_pause_again_and_an_agreed_day_stays(scene: Scene) -> None:
    scene.private("09:00", "wang", LAMP)
    scene.private("09:05", "li", "接单 1")
    scene.private("2026-03-04 14:00", "li", "挂起 1 等施工队 到周五")
    scene.private("2026-03-05 10:00", "li", "到场 1")
    scene.private("2026-03-05 10:01", "li", "撤销")
    scene.private("2026-03-05 10:10", "li", "延期 1 下周三 等配件")
    scene.private("2026-03-05 11:00", "li", "到场 1")
    played = await scene.play(until="2026-03-06 09:00")
    ticket = played.ticket()
    assert (ticket["state"], ticket["due_at"]) == ("working", "2026-03-11T17:30:00+08:00")
    assert [line["what"] for line in ticket["history"]][-4:] == ["recount", "undo", "extend", "arrive"]


async def test_a_pause_stops_the_clock_and_says_until_when(scene: Scene) -> None:
    scene.private("09:00", "wang", LAMP)  # due on Thursday 17:30
    scene.private("09:05", "li", "接单 1")
    scene.private("2026-03-04 14:00", "li", "挂起 1 等施工队 到周五")
    played = await scene.play(until="2026-03-09 09:00")
    assert played.ticket()["due_at"] == "2026-03-09T12:00:00+08:00"  # 630 open minutes were left
    assert played.ticket()["state"] == "accepted"
    assert any("暂缓到后天08:30：等施工队" in text for text in played.to("wang"))
    assert not any("到期" in row["text"] for row in played.about(1) if row["at"] < "2026-03-09")


async def test_who_has_it_hears_that_a_leader_changed_its_times(scene: Scene) -> None:
    scene.private("09:00", "wang", LAMP)
    scene.private("09:05", "li", "接单 1")
    scene.private("09:10", "qian", "延期 1 下周五 等路灯所")
    scene.private("09:20", "qian", "挂起 1 等路灯所 到周三")
    played = await scene.play(until="2026-03-02 09:30")
    assert "#1 钱长已延期到3月13日17:30：等路灯所" in played.to("li")
    assert "#1 钱长已挂起到后天08:30：等路灯所。到时提醒您。" in played.to("li")
    assert "#1 已挂起到后天08:30，到时提醒经办人。" in played.to("qian")


async def test_the_resident_hears_when_another_category_means_a_later_day(scene: Scene) -> None:
    scene.private("09:00", "lin", "楼上701天天往下扔烟头")
    scene.private("09:05", "li", "接单 1")
    scene.private("09:10", "li", "改类 1 噪音")
    scene.private("09:20", "li", "办结 1 已劝导")
    played = await scene.play(until="2026-03-03 12:00")
    assert "您反映的 #1 经核对改为17:30前办理。" in played.to("lin")
    assert not any("复核" in row["text"] for row in played.said)  # it was no hazard after all


async def test_a_day_means_the_office_hours_of_the_place(scene: Scene) -> None:
    folder = scene.folder / "rules"
    folder.mkdir()
    (folder / "early.toml").write_text(
        'inherit = "default"\nzh = "早"\noffice_hours = "07:00-11:00,14:00-16:00"\n', "utf-8"
    )
    nodes = "code,parent,name,level,kind,profile\njd,,青石街道,街道,,default\nsq,jd,青石社区,社区,,\n"
    scene.people(nodes=nodes + "g1,sq,第一网格,网格,小区型,early\ng2,sq,第二网格,网格,小区型,\n")
    scene.private("09:00", "wang", LAMP)
    scene.private("09:05", "li", "接单 1")
    scene.private("09:10", "li", "承诺 1 明天")
    scene.private("09:15", "li", "延期 1 下周五 等路灯所")
    scene.private("09:20", "luo", "8号楼门口路灯坏了，晚上漆黑一片")
    scene.private("09:30", "wu", "延期 2 下周五 等路灯所")
    played = await scene.play(settings=load(profiles=[str(folder)]))
    assert "您反映的 #1 已通知有关人员，明天07:00至16:00前往处理。" in played.to("wang")
    assert [row["due_at"] for row in played.report["tickets"]] == [
        "2026-03-13T16:00:00+08:00",
        "2026-03-13T17:30:00+08:00",
    ]
