"""S1-20 一小时动员: everybody in scope is called at once, again at 10/20/40 minutes, reported at 60."""

from __future__ import annotations

from tests.scene import Scene


async def test_everybody_is_called_again_until_he_answers_and_the_hour_ends_in_a_report(scene: Scene) -> None:
    scene.private("22:00", "sun", "动员 青石社区 防汛 社区广场")
    scene.private("22:02", "li", "到")
    scene.private("22:15", "wu", "在途 10分钟")
    scene.private("22:45", "qian", "不能 在外地")
    played = await scene.play(until="2026-03-02 23:01")
    first = played.to("li")[0]
    assert "【动员】#1 防汛" in first and "集合点：社区广场" in first and "孙书记" in first
    calls = {who: sum("再次呼叫" in text for text in played.to(who)) for who in ("li", "wu", "qian", "zhao")}
    assert calls == {"li": 0, "wu": 1, "qian": 3, "zhao": 3}
    assert played.to("sun")[0].startswith("#1 已呼叫青石社区 4 人")
    report = played.to("sun")[-1]
    assert "【动员报告】#1 防汛：应到 4，已到 1，在途 1，不能 1，未答复 1" in report
    assert (
        "第一网格：李网 到、钱长 不能 在外地、赵副 未答复" in report
        and "第二网格：吴网 在途 10分钟" in report
    )
    assert played.report["mobilisations"] == [
        {
            "id": 1,
            "called": ["li", "zhao", "qian", "wu"],
            "answered": {"li": "到", "qian": "不能", "wu": "在途"},
            "closed_at": "2026-03-02T23:00:00+08:00",
        }
    ]
    assert played.in_group("r1") == [] and not any(played.to(who) for who in ("wang", "chen", "zhou"))


async def test_a_drill_says_so_and_the_tally_is_live(scene: Scene) -> None:
    scene.private("09:00", "qian", "动员 消防疏散 3号楼门口 演练")
    scene.private("09:01", "li", "到")
    scene.private("09:02", "qian", "动员 1")
    played = await scene.play(until="2026-03-02 09:03")
    assert played.to("li")[0].startswith("【动员演练】#1 消防疏散")
    assert played.to("qian")[-1].startswith("【动员演练】#1 消防疏散：应到 2，已到 1")


async def test_what_was_called_by_mistake_is_called_off(scene: Scene) -> None:
    scene.private("09:00", "sun", "动员 青石社区 防汛 广场")
    scene.private("09:03", "sun", "撤销 1")
    played = await scene.play(until="2026-03-02 10:30")
    assert played.to("wu")[-1].startswith("【动员取消】#1 防汛")
    assert not any("再次呼叫" in text for text in played.to("wu"))
    assert played.report["mobilisations"][0]["closed_at"] == "2026-03-02T09:03:00+08:00"


async def test_only_a_leader_calls_and_only_his_own_people(scene: Scene) -> None:
    scene.private("09:00", "li", "动员 青石社区 防汛 广场")
    scene.private("09:01", "qian", "动员 第二网格 防汛 广场")
    scene.private("09:02", "wang", "动员 青石社区 防汛 广场")
    played = await scene.play(until="2026-03-02 10:30")
    assert played.report["mobilisations"] == [] and played.to("wu") == []


async def test_a_restart_and_a_crash_call_nobody_twice(scene: Scene) -> None:
    scene.private("09:00", "sun", "动员 青石社区 防汛 广场")
    scene.happens("09:05", "crash")
    scene.private("09:06", "li", "到 已在广场")
    scene.happens("09:15", "crash")
    played = await scene.play(until="2026-03-02 10:05")
    assert [text[:8] for text in played.to("wu")].count("【动员】#1 防") == 1
    assert sum("再次呼叫" in text for text in played.to("wu")) == 3
    assert sum("【动员报告】" in text for text in played.to("sun")) == 1


async def test_all_of_a_place_is_that_place(scene: Scene) -> None:
    scene.private("22:30", "sun", "动员 青石社区全体人员 森林火灾 社区大院")
    played = await scene.play(until="2026-03-02 22:31")
    assert "【动员】#1 森林火灾\n集合点：社区大院" in played.to("li")[0]
    assert played.to("sun")[0].startswith("#1 已呼叫青石社区 4 人")


async def test_a_drill_fixed_for_tomorrow_calls_nobody_before_its_hour(scene: Scene) -> None:
    scene.private("15:00", "sun", "动员 青石社区 消防疏散 明天9点 社区广场集合 演练")
    scene.private("15:01", "sun", "动员 1")
    scene.private("2026-03-03 09:02", "li", "到")
    scene.private("2026-03-03 09:05", "sun", "到位情况")
    played = await scene.play(until="2026-03-03 09:06")
    assert played.to("sun")[0].startswith("#1 已定在明天09:00呼叫青石社区 4 人")
    assert played.to("sun")[1].startswith("#1 定在明天09:00呼叫，还没有开始")
    calls = [row for row in played.said if row.get("to") == "wu"]
    assert [row["at"][:16] for row in calls if "动员" in row["text"]] == ["2026-03-03T09:00"]
    assert calls[-1]["text"].startswith("【动员演练】#1 消防疏散\n集合点：社区广场\n孙书记发起")
    assert played.to("sun")[-1].startswith("【动员演练】#1 消防疏散：应到 4，已到 1")


async def test_a_drill_taken_back_before_its_hour_was_never_called(scene: Scene) -> None:
    scene.private("15:00", "sun", "动员 演练 明天9点")
    scene.private("16:00", "sun", "撤销 1")
    played = await scene.play(until="2026-03-03 10:30")
    assert "#1 已取消，还没有通知过任何人。" in played.to("sun")
    assert not any("动员" in text for text in played.to("li"))


async def test_a_real_call_that_speaks_of_tonight_goes_out_at_once(scene: Scene) -> None:
    scene.private("15:00", "sun", "动员 青石社区 防汛，今晚8点有暴雨 社区广场")
    played = await scene.play(until="2026-03-02 15:05")
    assert played.to("li")[0].startswith("【动员】#1 防汛 今晚8点有暴雨")


async def test_who_is_still_on_the_way_hears_that_it_is_over(scene: Scene) -> None:
    scene.private("09:00", "sun", "全社区搞个防汛演练 现在就拉一下")
    scene.private("09:01", "sun", "1")
    scene.private("09:02", "li", "到")
    scene.private("09:03", "wu", "我在路上 十分钟")
    scene.private("09:08", "sun", "到了几个了")
    scene.private("09:09", "sun", "行了 演练结束 大家辛苦")
    played = await scene.play(until="2026-03-02 10:30")
    assert played.to("li")[0].startswith("【动员演练】#1 防汛演练\n孙书记发起")
    assert any("应到 4，已到 1，在途 1" in text for text in played.to("sun"))
    over = "【动员演练结束】#1 防汛演练。还没到的不用再来，谢谢。"
    assert over in played.to("wu") and over in played.to("zhao") and over not in played.to("li")
    assert not any("再次呼叫" in text for text in played.to("zhao"))
