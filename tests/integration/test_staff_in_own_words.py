"""Workers and leaders say what they want in their own words; all read what the command would say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene

LAMP = "3号楼楼道灯不亮了 三楼到四楼 黑灯瞎火"
LEAK = "楼上漏水漏到我家厨房了"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


@pytest.fixture
def two(scene: Scene) -> Scene:
    """A lamp (#1) and a leak (#2), both taken."""
    scene.says("09:00", "wang", LAMP)
    scene.private("09:01", "li", "1")
    scene.says("09:10", "chen", LEAK)
    scene.private("09:11", "li", "1")
    return scene


async def test_a_card_is_taken_by_i_will_go(scene: Scene) -> None:
    scene.says("09:00", "wang", LAMP)
    scene.private("09:01", "li", "收到，我这就去看看")
    played = await scene.play()
    assert played.ticket()["state"] == "accepted"


async def test_the_ticket_described_goes_to_the_department_named(two: Scene) -> None:
    two.private("09:20", "li", "把漏水那个转给物业")
    played = await two.play()
    assert played.ticket(2)["departments"] == ["wuye"]
    assert played.ticket(1)["departments"] == [] and played.ticket(1)["assignee"] == "s1"


async def test_a_colleague_is_known_by_his_surname(two: Scene) -> None:
    two.private("09:20", "li", "灯那个给老赵，他离得近")
    played = await two.play()
    assert played.ticket(1)["assignee"] == "s2"
    assert any("#1" in text for text in played.to("zhao"))


async def test_without_a_description_the_bot_asks_once_with_numbers(two: Scene) -> None:
    two.private("09:20", "li", "这个给老赵办")
    two.private("09:21", "li", "2")
    played = await two.play()
    assert any("1. #1" in text for text in played.to("li"))
    assert played.ticket(2)["assignee"] == "s2" and played.ticket(1)["assignee"] == "s1"


async def test_what_is_left_to_do_is_listed(two: Scene) -> None:
    two.private("09:20", "li", "我手上还有几件没办完")
    played = await two.play()
    assert "#1" in played.to("li")[-1] and "#2" in played.to("li")[-1]


async def test_a_leader_asks_how_the_day_was(two: Scene) -> None:
    two.private("18:00", "qian", "报一下今天的情况")
    played = await two.play()
    assert any("日报" in text for text in played.to("qian"))


async def test_there_is_no_closing_without_a_word(two: Scene) -> None:
    two.private("09:20", "li", "灯那个可以销了，换了灯泡")
    two.private("09:21", "li", "1")
    played = await two.play()
    assert any("就用这句话办结吗" in text for text in played.to("li"))
    assert played.ticket(1)["state"] == "resolved" and played.ticket(2)["state"] == "accepted"


async def test_what_was_wrong_is_taken_back(two: Scene) -> None:
    two.private("09:20", "li", "漏水的给老赵")
    two.private("09:21", "li", "哎呀弄错了")
    played = await two.play()
    assert played.ticket(2)["assignee"] == "s1"


async def test_a_notice_for_one_building_reaches_its_group_alone(scene: Scene) -> None:
    scene.private("09:00", "sun", "跟3号楼说一声明天上午停水检修")
    scene.private("09:01", "sun", "行 发吧")
    played = await scene.play("10:00")
    assert any("停水检修" in text for text in played.in_group("r1"))
    assert not played.in_group("r2")


async def test_an_audience_tied_to_the_text_is_the_audience(scene: Scene) -> None:
    scene.private("09:00", "sun", "通知3号楼明天上午停水检修")
    scene.private("09:01", "sun", "确认")
    played = await scene.play("10:00")
    assert any("停水检修" in text for text in played.in_group("r1"))
    assert not played.in_group("r2")


async def test_nobody_is_called_out_before_the_word(scene: Scene) -> None:
    scene.private("09:00", "sun", "河水涨了，所有人马上到村委会集合")
    scene.private("09:02", "sun", "2")
    played = await scene.play()
    assert played.report["mobilisations"] == []
    assert any("动员吗" in text for text in played.to("sun"))


async def test_leave_is_taken_and_the_stand_in_is_told(scene: Scene) -> None:
    scene.private("09:00", "li", "我下午得去趟医院，告个假，赵副替我")
    played = await scene.play()
    assert any("李网" in text for text in played.to("zhao"))


async def test_a_households_sheet_and_the_number_of_homes(scene: Scene) -> None:
    scene.private("09:00", "li", "给我看看3-2-502的情况")
    scene.private("09:01", "li", "有几个独居老人")
    played = await scene.play()
    assert "3-2-502" in played.to("li")[-2]
    assert "独居老人 1 户" in played.to("li")[-1]


async def test_a_danger_is_a_report_whatever_else_it_sounds_like(scene: Scene) -> None:
    scene.private("09:00", "li", "我到3号楼楼下了，楼道里着火了冒浓烟")
    played = await scene.play()
    assert played.ticket()["urgency"] == "emergency"


async def test_a_colleagues_chat_stays_chat(two: Scene) -> None:
    two.private("09:20", "li", "今天可真热，跑一趟衣服全湿了")
    two.private("09:21", "li", "辛苦了啊")
    played = await two.play()
    assert {row["state"] for row in played.report["tickets"]} == {"accepted"}
    assert len(played.report["tickets"]) == 2


async def test_there_is_said_of_the_matter_at_hand(scene: Scene) -> None:
    scene.says("09:00", "wang", LAMP)
    scene.private("09:01", "li", "1")
    scene.private("09:20", "li", "到了")
    played = await scene.play()
    assert played.ticket()["state"] == "working"


async def test_what_may_be_meant_is_asked_once_with_numbers(two: Scene) -> None:
    two.private("09:20", "li", "今天哪些没跑呀")
    two.private("09:21", "li", "1")
    played = await two.play()
    assert any("您是想" in text and "1. 待办" in text for text in played.to("li"))
    assert "#1" in played.to("li")[-1] and "#2" in played.to("li")[-1]


async def test_how_many_have_seen_it_reminds_nobody(scene: Scene) -> None:
    scene.private("09:00", "qian", "公告 回执 明天上午停水")
    scene.private("09:01", "qian", "确认")
    scene.says("09:10", "wang", "收到")
    scene.private("10:00", "qian", "有多少人看到了")
    played = await scene.play()
    assert "收到 1 户" in played.to("qian")[-1]
    assert not any("停水" in text for text in played.to("chen"))
