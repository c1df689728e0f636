"""S4-16 代办: collected, taken in, batched at 16:00, run, done, back on the second working day, signed."""

from __future__ import annotations

from tests.scene import Scene

STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,,
    s3,钱长,网格长,g1,13800000003,qian,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
    s5,周主任,街道主任,jd,13800000005,zhou,,专职,,
    d1,冯值,值班员,sq,13800000011,feng,,专职,,
    d2,尤代,代办员,sq,13800000012,you,,专职,,
    d3,许值,街道值班员,jd,13800000013,xu,,专职,,
"""


async def test_every_stage_is_one_word_and_papers_are_back_on_the_second_working_day(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.day = "2026-03-05"  # a Thursday
    scene.private("09:00", "wang", "办事 帮我妈办老年证")
    scene.private("09:10", "li", "1")
    scene.private("10:00", "li", "收齐 1")
    scene.private("10:30", "feng", "受理 1")
    scene.private("16:30", "you", "代办")
    scene.private("2026-03-06 11:00", "you", "办结 1 老年证已领到")
    scene.private("2026-03-09 10:00", "wang", "进度 1")
    scene.private("2026-03-10 09:00", "li", "返还 1")
    scene.private("2026-03-10 09:20", "wang", "签收 1")
    played = await scene.play()
    ticket = played.ticket()
    assert ticket["return_due"].startswith("2026-03-10")  # Friday: Monday, Tuesday
    assert ticket["stage"] == "签收"
    steps = ["collect", "take_in", "gather", "run", "resolve", "give_back", "sign"]
    assert [line["what"] for line in ticket["history"] if line["what"] in steps] == steps
    gathered = next(line for line in ticket["history"] if line["what"] == "gather")
    assert gathered["at"].startswith("2026-03-05T16:00")
    assert any("身份证" in text and "照片" in text for text in played.to("wang"))  # the checklist, in private
    assert any("待受理 #1" in text for text in played.to("feng"))
    printed = next(text for text in played.to("you") if "代办清单" in text)
    assert "#1 老年证" in printed and "王大妈" in printed
    assert any("证件材料3月10日前还给您" in text for text in played.to("wang"))
    assert any("今天要还给居民" in text for text in played.to("li"))
    assert any("居民已签收" in text for text in played.to("li"))
    assert played.in_group("r1") == []


async def test_what_comes_after_four_goes_with_the_next_batch_and_holidays_do_not_count(scene: Scene) -> None:
    scene.people(staff=STAFF, calendar="day,kind,name\n2026-03-09,rest,停工日\n")
    scene.day = "2026-03-05"
    scene.private("15:00", "he", "办事 开个居住证明")
    scene.private("15:10", "li", "1")
    scene.private("15:20", "li", "收齐 1")
    scene.private("16:10", "feng", "受理 1")
    scene.private("2026-03-06 16:30", "you", "代办 1")
    scene.private("2026-03-06 17:00", "you", "办结 1 证明已盖章")
    played = await scene.play(until="2026-03-11 18:00")
    ticket = played.ticket()
    gathered = next(line for line in ticket["history"] if line["what"] == "gather")
    assert gathered["at"].startswith("2026-03-06T16:00")
    assert ticket["return_due"].startswith("2026-03-11")  # Monday is a holiday: Tuesday, Wednesday
    assert ticket["stage"] == "办结"
    late = [text for text in played.to("qian") if "还没有返还" in text]
    assert len(late) == 1


async def test_what_needs_the_person_is_told_in_private_and_opens_no_ticket(scene: Scene) -> None:
    scene.private("08:40", "sun", "附近 添加 派出所 青石派出所 解放路5号 8:30-17:30 0943-1110110")
    scene.says("09:00", "wang", "请问身份证丢了怎么补办")
    played = await scene.play()
    assert played.report["tickets"] == []
    assert played.in_group("r1") == ["收到，办理方法已私信您。"]
    sheet = "\n".join(played.to("wang"))
    for part in ("本人到场", "步骤", "户口簿", "青石派出所", "8:30-17:30", "0943-1110110"):
        assert part in sheet
    assert played.rows("told", what="告知", item="id_card")


async def test_nobody_else_signs_and_nothing_goes_back_before_it_is_done(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("09:00", "wang", "办事 帮我妈办老年证")
    scene.private("09:10", "li", "1")
    scene.private("09:20", "li", "返还 1")
    scene.private("09:30", "wang", "签收 1")
    scene.private("09:40", "he", "签收 1")
    scene.private("09:50", "wang", "受理 1")
    played = await scene.play()
    assert played.ticket()["stage"] == "收集"
    assert any("还没有办结" in text for text in played.to("li"))
    assert any("还没有返还" in text for text in played.to("wang"))
    assert any("需要网格工作人员" in text for text in played.to("he"))


async def test_one_word_is_enough_where_one_thing_can_be_meant_and_a_slow_desk_is_reminded(
    scene: Scene,
) -> None:
    scene.people(staff=STAFF)
    scene.private("09:00", "wang", "办事 开个居住证明")
    scene.private("09:10", "li", "1")
    scene.private("09:20", "li", "收齐")
    scene.private("15:30", "feng", "1")
    scene.private("15:31", "feng", "撤销")
    scene.private("15:32", "feng", "受理")
    scene.private("16:30", "you", "代办")
    scene.private("16:50", "you", "办结 1 证明已盖章")
    scene.private("2026-03-03 09:00", "li", "返还")
    scene.private("2026-03-03 09:05", "wang", "签收")
    played = await scene.play()
    assert played.ticket()["stage"] == "签收"
    assert any("还没有受理" in text for text in played.to("feng"))
    assert any("冯值还没有受理" in text for text in played.to("sun"))
    assert any("证件材料3月4日前还给您" in text for text in played.to("wang"))
    assert sum("办结" in text for text in played.to("wang")) == 1


async def test_everyday_words_go_the_same_way_and_open_nothing_twice(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("09:00", "wang", "我妈满65了，老年证要怎么办")
    scene.private("09:01", "he", "想给老父亲申请高龄补贴")
    scene.private("09:10", "li", "老年证材料收齐了")
    scene.private("09:11", "li", "收齐 1")
    scene.private("10:30", "feng", "受理 1")
    scene.private("15:00", "wang", "我妈的老年证办得怎么样了")
    scene.private("16:30", "you", "代办 1")
    scene.private("17:00", "you", "办结 1 老年证已领到")
    scene.private("2026-03-03 09:00", "wang", "证下来没有")
    scene.private("2026-03-04 09:00", "li", "返还 1")
    scene.private("2026-03-04 09:10", "wang", "收到了，谢谢")
    played = await scene.play()
    assert len(played.report["tickets"]) == 2 and played.ticket()["stage"] == "签收"
    assert sum("待受理 #1" in text for text in played.to("feng")) == 1
    told = [text for text in played.to("wang") if text.startswith("您的事项")]
    assert "受理阶段" in told[0] and "返还" not in told[0]
    assert "办结阶段，最迟明天返还" in told[1] and "结果：老年证已领到" in told[1]
    papers = next(text for text in played.to("wang") if "需要的材料" in text)
    assert "依据：" in papers and "以本地窗口答复为准" in papers


async def test_papers_that_lack_something_go_back_to_whoever_collected_them(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("09:00", "wang", "办事 帮我妈办老年证")
    scene.private("09:10", "li", "1")
    scene.private("10:00", "li", "收齐 1")
    scene.private("10:10", "feng", "退回 1 缺身份证复印件")
    scene.private("11:00", "li", "收齐 1")
    scene.private("11:10", "feng", "1")
    scene.private("16:30", "you", "代办")
    scene.private("17:00", "you", "办结 1 老年证已领到")
    scene.private("2026-03-03 09:00", "wang", "签收 1")
    played = await scene.play(until="2026-03-05 18:00")
    ticket = played.ticket()
    assert (ticket["stage"], ticket["assignee"]) == ("签收", "s1")
    assert any("退回材料，还缺：身份证复印件" in text for text in played.to("li"))
    assert any("材料还缺：身份证复印件" in text for text in played.to("wang"))
    assert sum("待受理 #1" in text for text in played.to("feng")) == 2
    assert not any("转来" in text for text in played.to("qian"))
    assert not any("还给居民" in text and "今天" in text for text in played.to("li"))


async def test_who_only_asks_how_it_is_done_is_told_and_gets_an_errand_with_one_word(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("09:00", "wang", "老年证要带啥材料")
    scene.private("09:05", "he", "高龄补贴怎么申请")
    scene.private("09:06", "he", "帮我办")
    played = await scene.play(until="2026-03-02 09:30")
    assert [ticket["reporters"] for ticket in played.report["tickets"]] == [["he"]]
    assert "请带：" in played.to("wang")[0] and "依据：" in played.to("wang")[0]
    assert any("已登记 #1" in text for text in played.to("he"))
