"""S0-24 一屏看全: a leader opens the console from the chat by a link of his own; residents have none."""

from __future__ import annotations

import re

from tests.scene import Scene


async def test_a_leader_is_sent_a_link_in_private_and_a_resident_is_refused(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了 老人下不去楼")
    scene.private("09:30", "qian", "后台")
    scene.private("09:31", "wang", "后台")
    played = await scene.play()
    assert re.search(r"/console/in\?t=\S+", played.to("qian")[-1])
    assert not any("/console/" in text for text in [*played.to("wang"), *played.in_group("r1")])


async def test_the_same_numbers_come_in_the_chat_and_open_the_cases_behind_them(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了 老人下不去楼")
    scene.private("12:00", "qian", "日报")
    scene.private("12:01", "qian", "进度 1")
    played = await scene.play()
    digest, case = played.to("qian")[-2:]
    assert "新增 1" in digest and "#1" in digest
    assert "#1" in case and "电梯" in case
