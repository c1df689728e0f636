"""S1-23 冒充领导诈骗: near names alarm the leader, money in an office's name is warned of, 核实, 协查."""

from __future__ import annotations

from tests.scene import Scene

ASKS = "我是社区孙书记，手头急用钱，先转账5000给我"


async def test_a_newcomer_with_a_leaders_name_alarms_the_leader_alone(scene: Scene) -> None:
    scene.happens("09:00", "join", room="r1", **{"from": "fake", "name": "孙书记"})
    scene.happens("09:01", "join", room="r1", **{"from": "other", "name": "爱花的人"})
    scene.says("09:05", "fake2", "大家好", name="钱长（网格长）")
    scene.says("09:06", "fake2", "今天天气不错", name="钱长（网格长）")
    scene.says("09:07", "sun", "大家好", name="孙书记")
    played = await scene.play()
    alarms = [text for text in played.to("qian") if "留意" in text]
    assert len(alarms) == 2 and "孙书记" in alarms[0] and "fake" in alarms[0] and "fake2" in alarms[1]
    assert played.in_group("r1") == []


async def test_money_asked_in_an_offices_name_is_met_with_a_warning_that_accuses_nobody(scene: Scene) -> None:
    scene.says("09:00", "fake", ASKS, name="小孙")
    scene.says("09:02", "fake", "我是社区书记，先转账，验证码也发我", name="小孙")
    played = await scene.play()
    (warning,) = played.in_group("r1")
    assert "核实" in warning and len(warning) <= 40
    assert not any(word in warning for word in ("骗子", "冒充", "小孙", "假"[:0] or "诈骗"))
    assert any("涉钱留言" in text and "小孙" in text for text in played.to("qian"))
    assert played.report["tickets"] == []


async def test_a_neighbour_who_tells_of_it_is_heard_and_not_warned(scene: Scene) -> None:
    scene.says("09:00", "wang", "有人说是社区的 让我转账交医保 是不是骗子")
    played = await scene.play()
    assert len(played.report["tickets"]) + len(played.report["candidates"]) == 1
    assert not any("核实" in text for text in played.in_group("r1"))


async def test_the_real_leader_is_asked_and_his_answer_reaches_whoever_asked(scene: Scene) -> None:
    scene.says("09:00", "wang", "#核实 孙书记在微信里找我借5000块")
    scene.private("09:06", "sun", "2 我没有借过钱")
    played = await scene.play()
    assert any("请您核实" in text and "5000" in text for text in played.to("sun"))
    answer = played.to("wang")[-1]
    assert "不是真的" in answer and "没有借过钱" in answer
    assert played.in_group("r1") == []


async def test_without_an_answer_the_next_one_up_is_asked(scene: Scene) -> None:
    scene.private("09:00", "wang", "核实 有人说是社区的来收卫生费")
    played = await scene.play(until="2026-03-02 09:30")
    assert any("请您核实" in text for text in played.to("qian"))
    assert any("请您核实" in text for text in played.to("sun"))
    assert "还没有得到本人答复" in played.to("wang")[-1]


async def test_a_search_goes_to_staff_only_and_ends_as_a_paper_for_the_police(scene: Scene) -> None:
    scene.private("09:00", "sun", "协查 有人冒充书记要钱 昵称小孙 微信号abc")
    scene.private("09:05", "li", "昨天在东门小卖店见过这个人")
    scene.private("09:06", "zhao", "没有")
    scene.private("09:30", "sun", "协查结束 1 已移交派出所")
    played = await scene.play()
    assert all(any("协查" in text for text in played.to(who)) for who in ("li", "zhao", "qian", "wu"))
    assert played.to("wang") == [] and played.in_group("r1") == [] and played.in_group("r2") == []
    paper = played.to("sun")[-1]
    assert "协查移交记录" in paper and "东门小卖店" in paper and "已移交派出所" in paper and "赵副" in paper


async def test_commands_obey_the_account_and_never_the_name(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了 老人下不去楼")
    scene.private("09:05", "fake", "办结 1 修好了", name="李网")
    scene.private("09:06", "fake", "协查 找一个人", name="孙书记")
    played = await scene.play()
    assert played.ticket()["resolved_at"] is None
    assert all("需要网格工作人员" in text for text in played.to("fake"))
    assert not any("协查" in text for text in played.to("li"))


async def test_money_asked_under_a_workers_nickname_or_as_a_notice_is_warned_of_too(scene: Scene) -> None:
    scene.says("09:00", "fake", "各位邻居，物业费在这个二维码扫码缴纳", name="李网格员")
    scene.says("10:30", "fake2", "社区通知：请各位居民扫描下方二维码缴纳卫生费", name="阿花")
    scene.says("11:45", "seller", "群里谁要买土鸡蛋 扫码付款", name="阿强")
    scene.says("11:51", "wang", "社区提醒：近期有人冒充医保局要验证码，大家不要转账")
    played = await scene.play()
    warnings = played.in_group("r1")
    assert len(warnings) == 2 and all("核实" in text and len(text) <= 40 for text in warnings)


async def test_a_named_leader_who_wants_money_is_asked_himself_however_it_is_put(scene: Scene) -> None:
    scene.private("09:00", "wang", "孙书记的微信号是真的吗，他找我借钱")
    scene.private("09:05", "sun", "假的，别信")
    scene.says("09:10", "he", "核实 有个自称街道的人打电话要我的银行卡号")
    played = await scene.play()
    assert "正在向本人核实" in played.to("wang")[0] and "不是真的" in played.to("wang")[-1]
    assert any("银行卡号" in text for text in played.to("qian"))
    assert played.in_group("r1") == []


async def test_whoever_tells_of_a_stranger_at_the_door_hears_what_not_to_do(scene: Scene) -> None:
    scene.private("09:10", "he", "有人上门说是社区的要收卫生费，是不是骗子")
    played = await scene.play()
    assert "核实前请不要给钱" in played.to("he")[0]


async def test_the_paper_of_a_search_reaches_the_officer_and_a_plain_no_disturbs_nobody(scene: Scene) -> None:
    staff = (scene.org / "staff.csv").read_text("utf-8")
    scene.people(staff=staff + "p1,高警,社区民警,sq,13800000031,gao,,专职,,\n")
    scene.private("09:00", "sun", "协查 有人冒充书记要钱 昵称小孙")
    scene.private("09:05", "li", "昨天在东门小卖店见过这个人")
    scene.private("09:06", "zhao", "没见过")
    scene.private("09:10", "sun", "协查")
    scene.private("09:30", "sun", "协查结束 已移交派出所")
    played = await scene.play()
    heard = [text for text in played.to("sun") if "有回复" in text]
    assert len(heard) == 1 and "东门小卖店" in heard[0]
    assert any("还没结束的协查" in text and "昵称小孙" in text for text in played.to("sun"))
    assert "协查移交记录" in played.to("gao")[-1] and "没见过" in played.to("gao")[-1]
    assert any("社区民警高警" in text for text in played.to("sun"))
