"""S0-19 九项基础业务加 X: every matter carries its line of business, for counting and for export."""

from __future__ import annotations

from gridbot.config import load
from tests.scene import Scene

PROFILE = """
inherit = "default"
zh = "四官试点"

[categories.four_officials]
zh = "四官服务"
kind = "service"
line = "四官服务"
gb39666 = "100101"
first_reply = "4 工作时"
deadline = "3 工作日"
words = ["四官", "法官进村"]
"""


async def test_every_matter_carries_its_line_and_has_a_code_only_where_one_is_known(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    scene.private("09:05", "chen", "报事 跟楼上邻居吵架了 请来调解")
    scene.private("09:10", "he", "办事 申请低保")
    played = await scene.play()
    assert [(t["category"], t["line"], t["gb39666"]) for t in played.report["tickets"]] == [
        ("public_facility", "城市管理", None),
        ("dispute", "矛盾纠纷", None),
        ("relief_aid", "民政", None),
    ]


async def test_an_office_adds_a_line_of_its_own_as_data(scene: Scene) -> None:
    folder = scene.folder / "profiles"
    folder.mkdir()
    (folder / "pilot.toml").write_text(PROFILE, "utf-8")
    scene.people()
    nodes = scene.org / "nodes.csv"
    nodes.write_text(nodes.read_text("utf-8").replace("街道,,default", "街道,,pilot"), "utf-8")
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    scene.private("09:05", "li", "1")
    scene.private("09:06", "li", "改类 1 四官")
    scene.private("09:07", "li", "事项清单 四官")
    played = await scene.play(settings=load(profiles=[str(folder)]))
    ticket = played.ticket()
    assert (ticket["category"], ticket["line"], ticket["gb39666"]) == ("four_officials", "四官服务", "100101")
    assert "业务条线 四官服务" in played.to("li")[-1] and "国标码 100101" in played.to("li")[-1]
