"""S0-18 一清单: the list of matters is data with versions; what is not on it goes to 其他 and is reviewed."""

from __future__ import annotations

from gridbot.config import Settings, load
from tests.scene import Scene

PROFILE = """
inherit = "default"
zh = "清单试点"

[catalogue]
version = "2026.3"
by = "县网格中心"
leaves_out = ["public_facility/fitness"]

[catalogue.entries]
"env_sanitation/small_ads" = { by = "县城管局", until = 2026-03-01 }
"noise_nuisance" = { by = "县公安局", until = 2026-12-31 }
"""
FOLDER = "profiles"


def listed(scene: Scene) -> dict[str, object]:
    """The small town goes by a list of its own."""
    folder = scene.folder / FOLDER
    folder.mkdir()
    (folder / "pilot.toml").write_text(PROFILE, "utf-8")
    scene.people()
    nodes = scene.org / "nodes.csv"
    nodes.write_text(nodes.read_text("utf-8").replace("街道,,default", "街道,,pilot"), "utf-8")
    return {"profiles": [str(folder)]}


async def test_what_is_not_on_the_list_or_no_longer_is_registered_as_other(scene: Scene) -> None:
    overrides = listed(scene)
    scene.says("09:00", "wang", "3号楼旁边的健身器材坏了")
    scene.says("09:10", "chen", "3号楼2单元墙上到处是小广告")
    scene.says("09:20", "he", "5号楼门口的路灯坏了")
    played = await scene.play(settings=settings(overrides))
    assert [(t["category"], t["sub"]) for t in played.report["tickets"]] == [
        ("other", None),
        ("other", None),
        ("public_facility", "street_light"),
    ]
    assert "清单外：健身器材" in played.ticket()["history"][0]["note"]


async def test_a_worker_declines_by_one_word_and_the_resident_hears_it_politely(scene: Scene) -> None:
    overrides = listed(scene)
    scene.says("09:00", "wang", "3号楼旁边的健身器材坏了")
    scene.says("09:05", "he", "5号楼门口的路灯坏了")
    scene.private("09:10", "li", "退回 1 清单外 县体育局")
    scene.private("09:11", "li", "清单外 2")
    played = await scene.play(settings=settings(overrides))
    assert (played.ticket(1)["state"], played.ticket(2)["state"]) == ("declined", "open")
    answer = played.to("wang")[-1]
    assert "不在网格受理的事项清单内" in answer and "请找县体育局。" in answer
    assert any("在事项清单内，不能按清单外退办" in text for text in played.to("li"))


async def test_staff_read_the_list_its_version_and_who_added_what_until_when(scene: Scene) -> None:
    overrides = listed(scene)
    scene.private("09:00", "li", "事项清单")
    scene.private("09:01", "li", "事项清单 噪音")
    scene.private("09:02", "wang", "事项清单")
    played = await scene.play(settings=settings(overrides))
    whole, entry = played.to("li")
    assert "2026.3，县网格中心" in whole and "不在清单：健身器材" in whole
    assert "由县公安局列入，到2026年12月31日" in entry
    assert not any("2026.3" in text for text in played.to("wang"))


async def test_what_was_outside_is_listed_every_month_for_whoever_leads_the_whole(scene: Scene) -> None:
    overrides = listed(scene)
    scene.says("2026-03-30 09:00", "wang", "3号楼旁边的健身器材坏了")
    scene.private("2026-03-30 09:10", "sun", "事项清单 清单外")
    played = await scene.play(until="2026-04-01 10:00", settings=settings(overrides))
    assert "#1" in played.to("sun")[-1] or any("【清单外事项】本月" in text for text in played.to("sun"))
    monthly = [text for text in played.to("zhou") if "2026年3月共 1 件" in text]
    assert len(monthly) == 1 and "#1" in monthly[0]


def settings(overrides: dict[str, object]) -> Settings:
    return load(**overrides)


async def test_whoever_declines_may_name_an_office_or_say_why(scene: Scene) -> None:
    scene.private("09:00", "wang", "报事 帮我算算命")
    scene.private("09:01", "he", "报事 帮我给孩子算个好名字")
    scene.private("09:05", "li", "清单外 1 算命不归我们管")
    scene.private("09:06", "li", "清单外 2 归文化馆办公室")
    played = await scene.play()
    assert any("网格员说明：算命不归我们管。" in text for text in played.to("wang"))
    assert not any("请找算命" in text or "请找归" in text for text in played.to("wang") + played.to("he"))


async def test_what_no_list_knows_is_told_so_and_taking_it_twice_is_harmless(scene: Scene) -> None:
    scene.private("09:00", "sun", "事项清单 电动车登记")
    scene.says("09:10", "wang", "3号楼门口的路灯坏了")
    scene.private("09:11", "li", "1")
    scene.private("09:12", "li", "接单 1")
    played = await scene.play(until="2026-03-02 09:20")
    assert "「电动车登记」不在事项清单里" in played.to("sun")[0]
    assert played.to("li")[-1] == "#1 已经由您接单，不用再接。"
    assert [line["what"] for line in played.ticket()["history"]] == ["open", "accept"]
