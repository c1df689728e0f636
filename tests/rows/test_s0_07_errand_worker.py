"""S0-07 代办员: services become errands, questions are answered with source and date or go to the worker."""

from __future__ import annotations

from tests.scene import Scene


async def test_a_known_question_is_answered_with_source_and_date_and_opens_no_ticket(scene: Scene) -> None:
    scene.private("08:40", "li", "登记问答 社区周六有人值班吗 周六上午9点到12点有人值班 来源 社区公告栏")
    scene.says("09:00", "wang", "请问社区周六有人值班吗")
    scene.private("09:10", "he", "请问老楼加装电梯要多少人同意，有什么政策")
    played = await scene.play()
    assert played.report["tickets"] == []
    answer = played.to("wang")[-1]
    assert "9点到12点有人值班" in answer and "社区公告栏" in answer and "2026-03-02" in answer
    assert played.in_group("r1") == ["收到，办理方法已私信您。"]
    law = played.to("he")[-1]
    assert "三分之二" in law and "《民法典》" in law and "2021-01-01" in law
    assert len(played.rows("told", what="答复")) == 2


async def test_a_question_nobody_has_answered_goes_to_the_worker_and_his_answer_back(scene: Scene) -> None:
    scene.says("09:00", "wang", "请问社区周六有人值班吗")
    scene.private("09:05", "li", "1")
    scene.private("09:20", "li", "办结 1 周六上午9点到12点有人值班")
    played = await scene.play()
    assert played.ticket()["category"] == "consult" and played.ticket()["stage"] is None
    assert any("社区周六有人值班吗" in text for text in played.to("li"))
    assert any("周六上午9点到12点" in text for text in played.to("wang"))


async def test_a_service_asked_for_in_the_group_is_an_errand_with_its_papers_in_private(scene: Scene) -> None:
    scene.says("09:00", "wang", "请问我妈的高龄津贴怎么申请")
    played = await scene.play()
    ticket = played.ticket()
    assert (ticket["kind"], ticket["stage"]) == ("service", "收集")
    assert len(played.in_group("r1")) == 1 and len(played.in_group("r1")[0]) <= 40
    assert any("社保卡" in text and "街道（镇）办" in text for text in played.to("wang"))
    assert not any("户口簿" in text for text in played.in_group("r1"))


async def test_the_guide_tells_without_opening_anything(scene: Scene) -> None:
    scene.private("09:00", "wang", "办事指南 居住证")
    scene.private("09:05", "wang", "办事指南")
    scene.private("09:10", "wang", "办事指南 宇航员证")
    played = await scene.play()
    assert played.report["tickets"] == []
    guide, known, unknown = played.to("wang")
    assert "房产证明" in guide and "国务院令第663号" in guide
    assert "老年证" in known and "没有「宇航员证」" in unknown


async def test_what_is_said_to_be_a_report_is_one_though_an_answer_is_known(scene: Scene) -> None:
    scene.private("08:40", "li", "登记问答 社区周六有人值班吗 周六上午有人 来源 社区公告栏")
    scene.private("09:00", "wang", "报事 社区周六有人值班吗")
    played = await scene.play()
    assert len(played.report["tickets"]) == 1 and played.report["told"] == []


async def test_what_is_asked_in_everyday_words_is_answered_from_the_pack(scene: Scene) -> None:
    scene.private("08:30", "sun", "附近 添加 药店 康民药店 东门南50米 8:00-21:00 0943-1234567")
    scene.private("08:31", "sun", "登记问答 社区周六上班吗 周六上午9点到12点有人值班 来源 社区公告")
    scene.private("09:00", "he", "能开亲属关系证明吗")
    scene.private("09:10", "he", "电动车可以推上楼充电吗")
    scene.private("09:20", "lin", "护照去哪办")
    scene.private("09:30", "lin", "请问社区星期六上班吗")
    scene.private("09:40", "chen", "康民药店几点关门")
    scene.private("09:50", "chen", "附近有没有理发店")
    scene.private("09:55", "chen", "网格员是谁啊，电话多少")
    scene.private("10:00", "wang", "无犯罪记录证明去哪开")
    played = await scene.play()
    assert played.report["tickets"] == [] and played.report["candidates"] == []
    kin, bike = played.to("he")
    assert "不再出具亲属关系证明" in kin and "出处：" in kin and "不能停放电动自行车" in bike
    passport, saturday = played.to("lin")
    assert "本人到场" in passport and "周六上午9点到12点" in saturday
    chemist, barber, who = played.to("chen")
    assert "8:00-21:00" in chemist and "还没有登记" in barber and "李网" in who
    assert "公安机关" in played.to("wang")[0] and "房产证明" not in played.to("wang")[0]
    assert played.to("li") == []


async def test_one_who_reports_is_not_answered_from_the_pack(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼有人把电动车推上楼充电，楼道都是线，能不能管管？")
    scene.private("09:10", "he", "报事 能开亲属关系证明吗")
    played = await scene.play()
    assert len(played.report["tickets"]) == 2


async def test_a_word_of_papers_goes_to_the_errand_and_another_matter_does_not(scene: Scene) -> None:
    scene.private("09:00", "wang", "办事 帮我代办残疾证换证，我腿脚不便")
    scene.private("09:05", "li", "接单 1")
    scene.private("09:30", "wang", "身份证复印件放楼下门卫了")
    scene.private("09:40", "wang", "建议社区开个会商量一下停车位怎么分")
    played = await scene.play(until="2026-03-02 09:50")
    assert any("#1 有补充：身份证复印件" in text for text in played.to("li"))
    assert not any("#1 有补充：建议" in text for text in played.to("li"))
    assert "已补充到 #1" in played.to("wang")[-2] and "已补充" not in played.to("wang")[-1]
