"""S2-09 矛盾纠纷预警、研判、化解: a ledger, parties masked; attempts, agreement, looks after 7/30/90 days."""

from __future__ import annotations

from tests.scene import Scene

QUARREL = "楼上天天半夜拖家具 我们跟他家吵起来了 要社区来评评理调解一下"


async def test_a_dispute_is_entered_tried_settled_and_looked_at_again(scene: Scene) -> None:
    scene.private("09:00", "li", "登记纠纷 3-2-502 3-2-601 楼上漏水赔偿 黄")
    scene.private("10:00", "li", "调解 1 双方到场 没谈拢")
    scene.private("15:00", "li", "1 调解 各让一步")
    scene.private("16:00", "li", "达成协议 1 楼上赔500元 月底前修好")
    scene.private("16:01", "li", "纠纷")
    scene.private("2026-03-09 10:00", "li", "回访 1 平稳")
    played = await scene.play(until="2026-03-10 09:00")
    assert any("风险黄" in text for text in played.to("li"))
    listed = next(text for text in played.to("li") if "纠纷台账" in text)
    assert "调解2次" in listed and "已达成协议" in listed
    assert "陈师傅" not in listed and "陈*" in listed and "502" not in listed
    reminder = [text for text in played.to("li") if "纠纷回访" in text]
    assert len(reminder) == 1 and "7天" in reminder[0]
    assert "回访已记" in " ".join(played.to("li"))
    assert played.in_group("r1") == []


async def test_what_a_resident_tells_of_a_quarrel_never_shows_in_the_group(scene: Scene) -> None:
    scene.says("09:00", "wang", QUARREL)
    scene.private("09:10", "li", "1")
    scene.private("10:00", "li", "调解 1 上门劝和 双方答应")
    scene.private("10:05", "li", "达成协议 1 晚十点后不拖家具")
    scene.private("10:06", "li", "办结 1 已上门沟通，双方说好了")
    scene.private("10:07", "li", "纠纷 1")
    played = await scene.play()
    assert played.ticket()["category"] == "dispute"
    assert all(
        "纠纷" not in text and "调解" not in text and "家具" not in text for text in played.in_group("r1")
    )
    assert any("晚十点后不拖家具" in text for text in played.to("li"))


async def test_a_red_one_and_one_that_breaks_out_again_reach_the_leader(scene: Scene) -> None:
    scene.private("09:00", "li", "登记纠纷 3-2-502 3-2-601 楼道堆物争吵")
    scene.private("09:10", "li", "风险 1 红")
    scene.private("10:00", "li", "达成协议 1 各清各的")
    scene.private("2026-03-09 10:00", "li", "回访 1 又吵了")
    played = await scene.play()
    assert any("红色纠纷" in text for text in played.to("qian"))
    assert any("反复" in text for text in played.to("qian"))
    assert "重新列为未了" in played.to("li")[-1]


async def test_the_ledger_is_closed_to_residents_and_to_other_grids(scene: Scene) -> None:
    scene.private("09:00", "li", "登记纠纷 3-2-502 3-2-601 漏水赔偿")
    scene.private("09:10", "wu", "调解 1 我来管")
    scene.private("09:11", "wu", "纠纷")
    scene.private("09:12", "wang", "#纠纷 1")
    played = await scene.play()
    assert "没有未了的纠纷" in played.to("wu")[-1] and "需要网格工作人员" in played.to("wu")[0]
    assert not any("漏水赔偿" in text for text in played.to("wang"))


async def test_what_lies_still_is_asked_about_sooner_the_redder_it_is(scene: Scene) -> None:
    scene.private("09:00", "li", "登记纠纷 3-2-502 3-2-601 漏水赔偿 红")
    scene.private("09:05", "li", "登记纠纷 3-2-502 5-1-101 停车争吵 绿")
    played = await scene.play(until="2026-03-04 10:00")
    asked = [text for text in played.to("li") if "久未跟进" in text]
    assert asked and all("#1" in text for text in asked)
    assert any("没有动静" in text for text in played.to("qian"))
    assert not any(row.get("room") for row in played.said)


async def test_an_attempt_is_an_answer_and_nobody_is_chased(scene: Scene) -> None:
    scene.private("09:00", "li", "登记纠纷 3-2-502 5-1-101 停车争吵 绿")
    scene.private("09:30", "li", "调解 1 双方到场 没谈拢")
    played = await scene.play(until="2026-03-02 18:30")
    ticket = played.ticket()
    assert ticket["state"] == "working" and ticket["arrived_at"] == "2026-03-02T09:30:00+08:00"
    assert not any("首次回复" in text or "接手" in text for text in played.to("li") + played.to("zhao"))


async def test_two_doors_may_be_joined_and_the_only_dispute_needs_no_number(scene: Scene) -> None:
    scene.private("09:00", "li", "登记纠纷 3-2-502和3-2-601因为停车位争吵")
    scene.private("10:00", "li", "调解 双方到场 没谈拢")
    scene.private("15:00", "li", "达成协议 单双日轮流停车")
    played = await scene.play()
    (dispute,) = played.report["disputes"]
    assert len(dispute["households"]) == 2 and (dispute["attempts"], dispute["state"]) == (1, "agreed")


async def test_a_quarrel_that_breaks_out_again_is_never_closed_as_peaceful(scene: Scene) -> None:
    scene.private("09:00", "li", "登记纠纷 3-2-502 3-2-601 漏水赔偿")
    scene.private("10:00", "li", "达成协议 1 楼上赔500元")
    scene.private("2026-03-05 10:00", "li", "回访 1 我去看了看")
    scene.private("2026-06-02 10:00", "li", "回访 1 又吵起来了")
    played = await scene.play()
    assert any("双方现在怎么样" in text for text in played.to("li"))
    assert "重新列为未了" in played.to("li")[-1]
    (dispute,) = played.report["disputes"]
    assert dispute["state"] == "open" and dispute["closed_at"] is None
    assert any("又起争执" in text for text in played.to("qian"))


async def test_a_dispute_between_shops_needs_no_household(scene: Scene) -> None:
    scene.private("09:00", "li", "登记纠纷 东门小卖店和菜摊争门口的地方吵架 黄")
    scene.private("09:10", "li", "登记纠纷 3-2-502")
    scene.private("10:00", "li", "调解 1 双方到场 各退一步")
    scene.private("10:10", "li", "达成协议 1 菜摊往东挪两米")
    scene.private("10:20", "sun", "登记纠纷 广场上两拨跳舞的抢地方")
    played = await scene.play()
    first, second = played.report["tickets"]
    assert (first["category"], first["grid"], first["assignee"]) == ("dispute", "g1", "s1")
    assert "东门小卖店" in first["place"]
    assert second["category"] == "dispute" and second["node"] == "sq"
    assert "纠纷 #1 已登记，风险黄" in played.to("li")[0]
    assert "不是住户的写地方" in played.to("li")[1]
    assert "7、30、90" in played.to("li")[-1]
    assert not played.in_group("r1")


async def test_a_result_that_reconciles_is_the_agreement_and_is_looked_at_three_times(scene: Scene) -> None:
    scene.private("09:00", "wang", "楼上天天半夜拖家具，我们吵起来了，社区给调解调解")
    scene.private("09:05", "li", "接单 1")
    scene.private("10:00", "li", "办结 1 两家握手言和，晚上十点后不拖家具")
    played = await scene.play(until="2026-06-02 10:00")
    row = played.rows("disputes", ticket=1)[0]
    assert row["state"] == "agreed" and row["agreed_at"] == "2026-03-02T10:00:00+08:00"
    asked = [r["at"][:10] for r in played.said if r.get("to") == "li" and "【纠纷回访】" in r["text"]]
    assert asked == ["2026-03-09", "2026-04-01", "2026-06-01"]


async def test_a_request_for_mediation_stands_in_the_same_ledger(scene: Scene) -> None:
    scene.private("09:00", "wang", "想申请社区给调解一下，跟楼上漏水的事谈不拢")
    scene.private("09:05", "li", "接单 1")
    scene.private("10:00", "li", "调解 1 双方都来了，没有同意")
    scene.private("15:00", "li", "调解 1 双方同意各出一半修")
    played = await scene.play()
    row = played.rows("disputes", ticket=1)[0]
    assert (row["state"], row["attempts"]) == ("agreed", 2)
    assert played.ticket()["sub"] == "mediation"


async def test_what_failed_is_no_agreement(scene: Scene) -> None:
    scene.private("09:00", "li", "登记纠纷 3-2-502 3-2-601 漏水赔偿")
    scene.private("10:00", "li", "办结 1 调解不成，已告知双方可以到法院起诉")
    played = await scene.play()
    assert played.rows("disputes", ticket=1)[0]["state"] == "open"
