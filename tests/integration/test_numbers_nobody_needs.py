"""Identity and card numbers reach nobody, wherever they were written; a telephone reaches whoever comes."""

from __future__ import annotations

import json
from pathlib import Path

from tests.scene import Scene

IDENTITY = "110101195003078515"


async def test_an_identity_number_in_private_reaches_no_colleague(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "chen", f"我胸口疼得厉害 {IDENTITY} 我一个人在家")
    scene.private("09:20", "wang", "我要申请低保 帮我办一下")
    scene.private("09:21", "wang", f"身份证号{IDENTITY} 电话13912345678")
    played = await scene.play()
    everything = json.dumps(played.said, ensure_ascii=False)
    assert IDENTITY not in everything
    assert any("13912345678" in text for text in played.to("li"))
    assert any("证件号" in text for text in played.to("wang"))
    assert not any("证件号" in text for text in played.to("chen"))  # an emergency has no room for that


async def test_an_unbound_reporter_keeps_his_name_when_the_matter_moves(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "stranger", "我胸口疼得厉害 我一个人在家", name="老李")
    scene.private("09:01", "stranger", "3号楼1单元301", name="老李")
    played = await scene.play()
    card = next(text for text in played.to("li") if "紧急" in text)
    assert "老李" in card and "stranger" not in card
