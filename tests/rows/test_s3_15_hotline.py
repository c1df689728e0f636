"""S3-15 12345: an inbound order is a ticket with its own deadline; the reply is written as the form asks."""

from __future__ import annotations

from tests.scene import Scene

ORDER = """12345工单
工单编号：QX20260302001
来电人：张先生 13900001111
诉求内容：青石社区3号楼2单元楼道灯不亮多日，晚上老人下楼危险
办理时限：2026-03-05 17:30"""
BARE = """【工单编号】：HZ-77
【联系电话】：13900002222
【诉求内容】：5号楼后面垃圾堆了一周没人清
【办理时限】：3个工作日"""


async def test_a_pasted_order_is_a_ticket_with_the_orders_deadline_once(scene: Scene) -> None:
    scene.private("09:00", "sun", ORDER)
    scene.private("09:05", "sun", ORDER)
    scene.private("09:10", "qian", BARE)
    played = await scene.play()
    first, second = played.report["tickets"]
    assert first["due_at"] == "2026-03-05T17:30:00+08:00"
    assert (first["category"], first["sub"], first["grid"]) == ("public_facility", "corridor_light", "g1")
    assert second["due_at"] == "2026-03-05T17:30:00+08:00"  # Tuesday, Wednesday, Thursday
    assert any("QX20260302001 已登记为 #1" in text and "不重复" in text for text in played.to("sun"))
    card = next(text for text in played.to("li") if "QX20260302001" in text)
    assert "13900001111" in card and "周四17:30" in card
    assert played.in_group("r1") == [] and not any("139" in text for text in played.in_group("w1"))


async def test_the_reply_is_filled_from_the_history_in_the_forms_own_fields(scene: Scene) -> None:
    scene.private("09:00", "sun", ORDER)
    scene.private("09:10", "li", "1")
    scene.private("09:20", "li", "已联系 1 电话说明今天修")
    scene.private("10:00", "li", "到场 1")
    scene.private("11:00", "li", "办结 1 更换了楼道声控灯")
    scene.private("11:10", "li", "回单 1")
    scene.private("11:20", "li", "回单更正 1 部分属实")
    played = await scene.play()
    form, corrected = (text for text in played.to("li") if text.startswith("回单 #1"))
    for line in (
        "工单编号：QX20260302001",
        "诉求属实：属实",
        "超职责诉求：否",
        "申请类型：办结",
        "附件：无",
        "已联系群众：是",
        "联系号码：13900001111",
        "联系时间：2026-03-02 09:20",
        "是否解决：是",
        "未解决原因：无",
        "办理情况：更换了楼道声控灯",
        "公开答复内容：您反映的楼道灯问题收悉。经核实，更换了楼道声控灯。",
    ):
        assert line in form
    assert "诉求属实：部分属实" in corrected


async def test_an_unfinished_order_says_why_and_residents_get_no_form(scene: Scene) -> None:
    scene.private("09:00", "sun", ORDER)
    scene.private("09:10", "li", "1")
    scene.private("09:20", "li", "回单 1")
    scene.private("09:30", "wang", "回单 1")
    scene.private("09:40", "wang", ORDER)
    scene.says("09:50", "li", "回单 1", room="r1")
    played = await scene.play()
    form = next(text for text in played.to("li") if text.startswith("回单 #1"))
    assert "是否解决：否" in form and "未解决原因：已接单" in form and "已联系群众：否" in form
    assert not any("工单编号" in text or "139" in text for text in played.to("wang"))
    assert played.in_group("r1") == []


async def test_nothing_is_claimed_on_the_form_that_nobody_has_seen_or_said(scene: Scene) -> None:
    scene.private("09:00", "sun", ORDER)
    scene.private("09:05", "sun", "回单 1")
    scene.private("09:10", "li", "1")
    scene.private("11:00", "li", "办结 1 更换了2单元3个楼道灯")
    scene.private("11:10", "sun", "回单更正 1 部分属实")
    played = await scene.play()
    before, after = (text for text in played.to("sun") if text.startswith("回单 #1"))
    assert "诉求属实：待核实" in before and "是否解决：否" in before
    assert "经核实，您反映的情况部分属实，更换了2单元3个楼道灯。" in after
    done = next(text for text in played.to("li") if "已办结" in text)
    assert "已告知居民" not in done and "已联系 1" in done


async def test_only_the_hotline_moves_its_own_deadline_and_the_form_says_why(scene: Scene) -> None:
    order = ORDER.replace("来电人：张先生", "市民：张先生")
    scene.private("09:00", "sun", order)
    scene.private("09:10", "li", "1")
    scene.private("10:00", "li", "延期 1 下周五 等物业采购灯具")
    scene.private("10:01", "li", "回单 1")
    played = await scene.play()
    assert any("来电人：张先生，电话：13900001111" in text for text in played.to("li"))
    said = next(text for text in played.to("li") if "已延期" in text)
    assert "已告知居民" not in said and "热线要求的时限仍是周四17:30" in said
    form = played.to("li")[-1]
    assert "申请类型：延期" in form and "未解决原因：等物业采购灯具" in form


async def test_an_order_that_is_told_in_a_sentence_is_taken_with_its_number_and_deadline(
    scene: Scene,
) -> None:
    scene.private(
        "09:00",
        "sun",
        "12345工单：HN20260302009，3号楼2单元楼道灯不亮，来电人张先生13900001111，请于3月5日17时前办结回复",
    )
    scene.private("10:00", "li", "接单 1")
    scene.private("11:00", "li", "办结 1 更换了楼道声控灯")
    scene.private("11:05", "li", "代报 3-1-101 家里停电了")
    scene.private("11:06", "li", "办结 2 推上了总闸")
    scene.private("11:10", "li", "回单")
    played = await scene.play()
    ticket = played.ticket(1)
    assert ticket["due_at"] == "2026-03-05T17:00:00+08:00" and ticket["place"] == "3号楼2单元"
    form = next(text for text in played.to("li") if text.startswith("回单 #1"))
    assert "工单编号：HN20260302009" in form and "联系号码：13900001111" in form


async def test_an_order_without_its_number_is_answered_with_the_form(scene: Scene) -> None:
    scene.private("09:00", "sun", "【12345转办】市民诉求：3号楼垃圾三天没清，限3日内办结")
    scene.private("09:05", "sun", "转办: 工单编号 QX20260302002 3号楼垃圾三天没清 请3个工作日内办结")
    played = await scene.play()
    first, second = played.to("sun")[:2]
    assert first.startswith("没有看出工单编号") and "诉求内容：" in first
    assert "工单 QX20260302002 已登记为 #1" in second and len(played.report["tickets"]) == 1
