"""Workers and leaders ask how duties stand in words of their own; what is missing is asked, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene

LAMP = "3号楼楼道灯不亮了 三楼到四楼 黑灯瞎火"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


@pytest.mark.parametrize(
    "words",
    [
        "走访逾期",
        "谁还没走访",
        "今天还有谁要走",
        "这个月走访完成多少",
        "走访情况",
        "哪几家该走访了",
        "走访做到哪了",
    ],
)
async def test_a_worker_reads_whom_he_has_to_see(scene: Scene, words: str) -> None:
    scene.private("08:30", "li", "待办")
    scene.private("2026-04-02 09:00", "li", words)
    played = await scene.play()
    told = played.to("li")[-1]
    assert told.startswith("【走访进度】") and "独居老人（本月）0/1 户" in told
    assert "逾期未走 1 户：3-2-502" in told or "今天要走 1 户：3-2-502" in told
    assert played.report["tickets"] == []


async def test_a_leader_reads_who_is_behind_and_whose_visit_it_is(scene: Scene) -> None:
    scene.private("08:30", "li", "待办")
    scene.private("2026-04-20 10:00", "sun", "谁还没走访")
    played = await scene.play()
    told = played.to("sun")[-1]
    assert "3-2-502（李网）" in told and "8-1-201（吴网）" in told
    assert not any("3-2-502" in text for text in played.in_group("r1") + played.in_group("w1"))


async def test_nothing_open_is_said_so(scene: Scene) -> None:
    scene.private("08:30", "li", "走访 3-2-502 正常")
    scene.private("08:40", "li", "今天还有谁要走")
    played = await scene.play()
    assert played.to("li")[-1].endswith("今天没有要走的，也没有逾期的。")


async def test_a_caller_asks_who_has_come(scene: Scene) -> None:
    scene.private("09:20", "sun", "动员 青石社区 防汛 社区门口")
    scene.private("09:21", "li", "到")
    scene.private("09:22", "sun", "到位情况怎么样")
    scene.private("09:23", "sun", "几个人到了")
    scene.private("09:24", "sun", "谁还没到")
    played = await scene.play()
    asked = [text for text in played.to("sun") if "应到 4，已到 1" in text]
    assert len(asked) == 3
    assert len(played.report["mobilisations"]) == 1


async def test_whoever_has_called_nobody_is_not_told_of_a_call(scene: Scene) -> None:
    scene.private("09:22", "sun", "到位情况怎么样")
    played = await scene.play()
    assert played.to("sun") == ["您还没有发起过动员。"]


async def test_leave_without_a_day_asks_for_the_day_and_the_day_completes_it(scene: Scene) -> None:
    scene.private("09:00", "li", "我想请个假")
    scene.private("09:01", "li", "明天")
    scene.private("10:00", "wu", "请假")
    scene.private("10:01", "wu", "后天下午，钱长替我")
    played = await scene.play()
    asked, noted = played.to("li")[-2:]
    assert "哪天" in asked and "由赵副值守" in noted and "明天" in noted
    assert any("李网" in text for text in played.to("zhao"))
    assert "由钱长值守" in played.to("wu")[-1]


async def test_a_day_told_with_a_yes_before_it_completes_it_too(scene: Scene) -> None:
    scene.private("09:00", "li", "我想请个假")
    scene.private("09:01", "li", "好，明天")
    played = await scene.play()
    assert "由赵副值守" in played.to("li")[-1] and "明天" in played.to("li")[-1]


async def test_after_the_question_for_a_day_other_words_are_taken_as_ever(scene: Scene) -> None:
    scene.private("09:00", "li", "请假")
    scene.private("09:01", "li", "待办")
    played = await scene.play()
    assert "没有待办" in played.to("li")[-1]


async def test_what_a_colleague_urges_is_not_called_a_residents_word(scene: Scene) -> None:
    scene.says("09:00", "wang", LAMP)
    scene.private("09:01", "li", "1")
    scene.private("09:30", "qian", "替我催催小李")
    played = await scene.play()
    assert any("钱长催办" in text for text in played.to("li"))
    assert not any("居民催办" in text for text in played.to("li"))


async def test_nobody_urges_himself(scene: Scene) -> None:
    scene.says("09:00", "wang", LAMP)
    scene.private("09:01", "li", "1")
    scene.private("09:30", "li", "催催物业")
    played = await scene.play()
    assert "还在您手上" in played.to("li")[-1]
    assert played.ticket()["history"][-1]["what"] != "urge"


async def test_a_report_for_somebody_named_is_his(scene: Scene) -> None:
    scene.private("09:36", "li", "帮502的陈师傅报个漏水")
    scene.private("09:40", "li", "代报 楼道灯不亮了")
    played = await scene.play()
    assert any("已代3-2-502 陈师傅登记 #1" in text for text in played.to("li"))
    assert any("#1" in text for text in played.to("chen"))
    assert not any("（代报）" in text for text in played.to("li"))


async def test_a_call_is_taken_back_by_the_word_alone(scene: Scene) -> None:
    scene.private("09:00", "sun", "动员 青石社区 防汛 社区门口")
    scene.private("09:02", "sun", "撤销")
    played = await scene.play(until="09:30")
    assert any("不用再来" in text for text in played.to("li"))
    assert not any("再次呼叫" in text for text in played.to("li"))


async def test_whoever_is_far_away_says_so_in_his_own_words(scene: Scene) -> None:
    scene.private("09:00", "sun", "动员 青石社区 防汛 社区门口")
    scene.private("09:02", "qian", "我在外地 回不去")
    played = await scene.play(until="09:30")
    assert played.report["mobilisations"][0]["answered"] == {"qian": "不能"}


async def test_a_roster_of_nobody_in_particular_is_asked_for(scene: Scene) -> None:
    scene.private("09:00", "qian", "花名册")
    played = await scene.play()
    assert "请写活动编号或队名" in played.to("qian")[0]
