"""A worker tells of his work without commands: one word then does the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene

LAMP = "楼道灯不亮了 三楼到四楼 黑灯瞎火"
LEAK = "楼上漏水漏到我家厨房了"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", LAMP)
    scene.private("09:01", "li", "1")
    return scene


async def test_what_was_done_closes_the_ticket_with_one_word(scene: Scene) -> None:
    scene.private("09:20", "li", "灯泡换好了")
    scene.private("09:21", "li", "1")
    played = await scene.play()
    assert played.ticket()["state"] == "resolved"
    assert "灯泡换好了" in played.to("wang")[-1]


async def test_nothing_is_closed_before_the_word(scene: Scene) -> None:
    scene.private("09:20", "li", "灯泡换好了")
    scene.private("09:21", "li", "2")
    played = await scene.play()
    assert played.ticket()["state"] == "accepted"
    assert not any("换好" in text for text in [*played.to("wang"), *played.in_group("r1")])


async def test_done_itself_is_the_word(scene: Scene) -> None:
    scene.private("09:20", "li", "灯泡换好了")
    scene.private("09:21", "li", "办完了")
    played = await scene.play()
    assert "#1 已办结：灯泡换好了" in played.in_group("r1")


async def test_with_two_at_work_the_number_of_the_line_says_which(scene: Scene) -> None:
    scene.says("09:10", "chen", LEAK)
    scene.private("09:11", "li", "1")
    scene.private("09:20", "li", "已经修好了 换了一截管子")
    scene.private("09:21", "li", "2")
    played = await scene.play()
    assert played.ticket(1)["state"] == "accepted"
    assert any("换了一截管子" in text for text in played.to("chen"))


async def test_a_promise_for_one_matter_does_not_close_another(scene: Scene) -> None:
    scene.private("09:05", "li", "办完了")  # asked for a result
    scene.says("09:10", "chen", LEAK)
    scene.private("09:11", "li", "1")
    scene.private("09:15", "li", "这个要等物业 明天上午来修")
    played = await scene.play()
    assert played.ticket(1)["state"] == "accepted" and played.ticket(2)["state"] == "accepted"
    assert not any("物业" in text for text in played.in_group("r1"))


async def test_a_result_told_late_is_asked_back(scene: Scene) -> None:
    scene.private("09:05", "li", "办完了")
    scene.private("10:30", "li", "换了灯泡")
    scene.private("10:31", "li", "1")
    played = await scene.play()
    assert any("就用这句话办结吗" in text for text in played.to("li"))
    assert "#1 已办结：换了灯泡" in played.in_group("r1")


async def test_what_is_under_way_is_passed_on_with_one_word(scene: Scene) -> None:
    scene.private("09:02", "li", "我马上去看")
    scene.private("09:03", "li", "1")
    played = await scene.play()
    assert any("我马上去看" in text for text in played.to("wang"))


async def test_a_visit_told_meanwhile_is_a_visit(scene: Scene) -> None:
    scene.private("09:02", "li", "我马上去看")
    scene.private("09:30", "li", "3-502 走访了 一切正常")
    played = await scene.play()
    assert "已记录" in played.to("li")[-1]


@pytest.mark.parametrize(
    "word", ["收到", "知道了", "晓得了", "👌", "已接", "收到，谢谢", "在路上了", "已派师傅", "我晚点去看"]
)
async def test_the_word_of_a_colleague_takes_the_card_that_has_just_come(tmp_path: Path, word: str) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", LAMP)
    scene.private("09:01", "li", word)
    played = await scene.play(until="2026-03-02 09:10")
    assert played.ticket()["state"] == "accepted"
    assert any("已接手" in text for text in played.to("wang"))


async def test_who_cannot_do_it_has_not_taken_it(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", LAMP)
    scene.private("09:01", "li", "今天没空 去不了")
    played = await scene.play(until="2026-03-02 09:10")
    assert played.ticket()["state"] == "open"


async def test_a_receipt_for_nothing_that_was_asked_gets_no_riddle_back(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:01", "li", "收到")
    scene.private("09:02", "li", "知道了")
    played = await scene.play(until="2026-03-02 09:10")
    assert played.to("li") == []


async def test_who_was_relieved_and_did_it_all_the_same_tells_so(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", "我家厕所返水了 地上全是")
    scene.private("12:30", "li", "已经通了 管道里堵了抹布")
    scene.private("12:31", "li", "1")
    played = await scene.play(until="2026-03-02 12:40")
    assert "deputise" in [line["what"] for line in played.ticket()["history"]]
    assert played.ticket()["state"] == "resolved"


async def test_after_an_emergency_he_took_on_his_words_are_about_it(scene: Scene) -> None:
    scene.says("09:10", "chen", "快递柜那边有个老头坐地上了 好像起不来 脸煞白")
    scene.private("09:11", "li", "我马上到")
    scene.private("09:20", "li", "到了，人没事，吃了块糖缓过来了，家里人接走了")
    scene.private("09:21", "li", "1")
    played = await scene.play(until="2026-03-02 09:30")
    assert played.ticket(2)["urgency"] == "emergency"
    assert (played.ticket(1)["state"], played.ticket(2)["state"]) == ("accepted", "resolved")


async def test_two_things_in_one_sentence_go_to_their_own_matters(scene: Scene) -> None:
    scene.says("09:10", "chen", "垃圾桶满了好几天没人倒，招苍蝇了")
    scene.private("09:11", "li", "1")
    scene.private("09:20", "li", "灯修好了，垃圾那个明天弄")
    scene.private("09:21", "li", "1")
    played = await scene.play()
    assert played.ticket(1)["state"] == "resolved"
    assert played.ticket(2)["state"] == "accepted"
    assert any("垃圾那个明天弄" in text and "灯" not in text for text in played.to("chen"))
    assert any("灯修好了" in text and "垃圾" not in text for text in played.to("wang"))


async def test_nothing_is_done_with_two_things_before_the_word(scene: Scene) -> None:
    scene.says("09:10", "chen", "垃圾桶满了好几天没人倒，招苍蝇了")
    scene.private("09:11", "li", "1")
    scene.private("09:20", "li", "灯修好了，垃圾那个明天弄")
    scene.private("09:21", "li", "不是")
    played = await scene.play()
    assert played.ticket(1)["state"] == played.ticket(2)["state"] == "accepted"


async def test_who_comes_at_three_has_not_been(scene: Scene) -> None:
    scene.private("09:20", "li", "灯的事跟物业说了，人家说下午三点来")
    scene.private("09:21", "li", "1")
    played = await scene.play()
    assert played.ticket()["state"] == "accepted"
    assert len(played.report["tickets"]) == 1
    assert any("下午三点来" in text for text in played.to("wang"))


async def test_what_is_told_of_a_matter_may_be_passed_on_or_end_it(scene: Scene) -> None:
    scene.private("09:20", "li", "楼道灯那个缺一个灯座")
    scene.private("09:21", "li", "1")
    played = await scene.play()
    assert any("缺一个灯座" in text for text in played.to("wang"))
    assert len(played.report["tickets"]) == 1


async def test_a_guess_at_the_time_is_no_promise(scene: Scene) -> None:
    scene.private("09:20", "li", "灯那个，物业说要换线得两三天")
    scene.private("09:21", "li", "1")
    played = await scene.play()
    assert any("得两三天" in text and "08:30" not in text for text in played.to("wang"))


async def test_a_shed_is_not_the_lamp(scene: Scene) -> None:
    scene.says("09:10", "chen", "楼下有人违章搭了个棚子占了过道")
    scene.private("09:11", "li", "1")
    scene.private("09:12", "li", "棚子那个我管不了得物业来")
    played = await scene.play()
    assert any("#2" in text for text in played.to("wuye"))
    assert not any("#1" in text for text in played.to("wuye"))


async def test_three_cards_taken_at_once_are_one_line_to_the_worker(scene: Scene) -> None:
    scene.says("09:10", "chen", "楼上漏水漏到我家厨房了")
    scene.says("09:20", "zhou", "垃圾桶满了好几天没人倒")
    scene.says("09:25", "wang", "单元门禁坏了刷不开")
    scene.private("09:30", "li", "好，都接了")
    played = await scene.play()
    assert "3 件都已接单" in played.to("li")[-1]
    assert all(row["state"] == "accepted" for row in played.report["tickets"])


async def test_two_days_more_are_counted_from_the_deadline(scene: Scene) -> None:
    scene.private("09:20", "li", "楼道灯往后推两天，厂家没货")
    played = await scene.play()
    assert "#1 已延期到周五17:30" in played.to("li")[-1]


async def test_a_later_day_without_a_reason_is_asked_for_it(scene: Scene) -> None:
    scene.private("09:20", "li", "晚两天行不")
    scene.private("09:21", "li", "厂家没货")
    played = await scene.play()
    assert any("需要延期" in text and "厂家没货" in text for text in played.to("wang"))
    assert not any("行不" in text for text in played.to("wang"))


async def test_until_when_is_told_in_the_next_words(scene: Scene) -> None:
    scene.private("09:20", "li", "灯的事先挂着等厂家")
    scene.private("09:21", "li", "到周五吧")
    played = await scene.play()
    assert played.ticket()["state"] == "waiting"
    assert any("等厂家" in text for text in played.to("wang"))


async def test_words_that_point_at_a_matter_open_no_second_one(scene: Scene) -> None:
    scene.says("09:10", "chen", "楼下夜里装修钻墙，没法睡")
    scene.private("09:11", "li", "1")
    scene.private("09:20", "li", "装修那个他保证晚上九点以后不干了")
    scene.private("09:21", "li", "1")
    played = await scene.play()
    assert len(played.report["tickets"]) == 2
    assert any("保证晚上九点以后不干了" in text for text in played.to("chen"))


async def test_a_leaders_question_whether_it_is_solved_is_answered(scene: Scene) -> None:
    scene.private("09:20", "qian", "楼道灯那个修好了吗")
    played = await scene.play()
    assert len(played.report["tickets"]) == 1
    assert "#1" in played.to("qian")[-1]


async def test_a_department_that_was_not_called_and_asks_opens_no_matter(scene: Scene) -> None:
    scene.private("09:20", "wuye", "哪家停水")
    played = await scene.play()
    assert len(played.report["tickets"]) == 1
    assert "没有派给您的事" in played.to("wuye")[-1]


async def test_a_leader_gives_away_no_shift_of_his_own_with_two_names(scene: Scene) -> None:
    scene.private("09:20", "qian", "李网手里的活先交给赵副")
    played = await scene.play()
    assert not any("值守" in row["text"] for row in played.said)
