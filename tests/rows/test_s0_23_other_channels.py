"""S0-23 微信小程序“报事”: another channel files tickets by the same way in, once, and reads progress back.

Over HTTP the same is shown by tests/integration/test_web_feed.py.
"""

from __future__ import annotations

from tests.scene import Scene

SHEETS = """
    room,node,audience,listen,transport
    r1,g1,residents,keywords,
    mini,g1,residents,mention,
    w1,sq,staff,keywords,
"""


async def test_a_mini_programs_report_is_a_ticket_like_any_other_and_filed_once(scene: Scene) -> None:
    scene.private("09:00", "openid-77", "报事 3号楼2单元楼道灯不亮", redeliver=True)
    scene.private("09:10", "li", "1")
    scene.private("09:20", "openid-77", "进度 1")
    scene.private("10:00", "li", "办结 1 更换了声控灯")
    scene.private("10:01", "openid-77", "进度 1")
    played = await scene.play()
    assert len(played.report["tickets"]) == 1
    assert played.report["inbox"]["duplicate"] == 1
    ticket = played.ticket()
    assert (ticket["reporters"], ticket["grid"], ticket["room"]) == (["openid-77"], "g1", None)
    said = played.to("openid-77")
    assert "#1" in said[0]
    assert any("已接单" in text for text in said)
    assert any("更换了声控灯" in text and "已办结" in text for text in said)
    assert played.in_group("r1") == []


async def test_a_room_of_another_channel_is_heard_where_it_addresses_the_bot(scene: Scene) -> None:
    scene.people(rooms=SHEETS)
    scene.says("09:00", "openid-78", "3号楼2单元楼道灯不亮", room="mini", mentions=["bot"])
    scene.says("09:01", "openid-79", "5号楼门口垃圾好多没人清", room="mini")
    played = await scene.play()
    assert [ticket["room"] for ticket in played.report["tickets"]] == ["mini"]
    assert len(played.in_group("mini")) == 1
