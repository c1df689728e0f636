"""The example of docs/profiles.md is a profile that works, for an office like none of the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gridbot import profiles
from gridbot.config import load as settings
from gridbot.profiles import Profile, Rank
from tests.scene import Scene

DOCS = Path(__file__).parent.parent.parent / "docs" / "profiles.md"
NODES = """
    code,parent,name,level,kind,profile,area
    jd,,东屿县,岛县,,haidao,
    xz,jd,北澳乡,乡,,,
    sq,xz,石浦村,渔村,,,
    p1,sq,南澳口,澳口,,,
    g1,p1,第一船组,船组,渔排型,,南湾
    g2,p1,第二船组,船组,渔排型,,北湾
"""
STAFF = """
    id,name,role,node,phone,contact,deputy_of
    s5,周岛,岛长,jd,13800000005,zhou,
    s7,乡长,乡长,xz,13800000007,xiang,
    s4,老大,渔老大,sq,13800000004,sun,
    s3,澳长,澳长,p1,13800000003,qian,
    s1,李船,船头,g1,13800000001,li,
    s2,赵副,二副,g1,13800000002,zhao,s1
    s6,吴船,船头,g2,13800000006,wu,
"""
HOMES = """
    id,node,address,building,unit,room,head,classes
    h1,g1,渔排1号,,,1,王大妈,出海户
"""


@pytest.fixture
def haidao(tmp_path: Path) -> Iterator[Path]:
    """A directory with the documented example in it."""
    text = DOCS.read_text("utf-8").split("```toml\n", 1)[1].split("```", 1)[0]
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "haidao.toml").write_text(text, "utf-8")
    yield folder
    profiles.use(())


def test_it_loads_with_its_own_levels_roles_and_list(haidao: Path) -> None:
    profiles.use((haidao,))
    profile: Profile = profiles.load("haidao")
    assert len(profile.levels) == 5 and profile.grid_levels == ("船组",)
    assert (profile.rank("渔老大"), profile.rank("联岛领导")) == (Rank.LEADER, Rank.PATRON)
    assert profile.category_word("缆绳") == ("mooring", None)
    assert not profile.catalogue.admits("safety_hazard", None, date(2027, 1, 1))


async def test_an_office_unlike_the_others_lives_a_day_with_it(haidao: Path, tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    residents = "contact,household,name\nwang,h1,王大妈"
    rooms = "room,node,audience,listen\nr1,g1,residents,keywords"
    scene.people(
        nodes=NODES, staff=STAFF, households=HOMES, residents=residents, rooms=rooms,
        places="node,name", departments="id,name",
    )  # fmt: skip
    scene.says("09:00", "stranger", "路灯坏了好几天了 没人修")
    scene.private("09:05", "li", "改 泊位")
    scene.private("09:06", "li", "上报 1 要乡里协调")
    scene.private("09:10", "xiang", "编制")
    played = await scene.play(until="19:00", settings=settings(profiles=[str(haidao)]))
    ticket = played.ticket()
    assert "请问是哪个渔排、几号？" in played.in_group("r1")[0]
    assert (ticket["category"], ticket["line"], ticket["platform"]) == ("mooring", "渔业管理", "纠纷化解")
    assert (ticket["node"], ticket["assignee"]) == ("p1", "s3")
    posts = played.to("xiang")[0]
    assert "一级岛格长（乡长）乡长" in posts and "应配 4 人，实配 3 人，缺 1 人" in posts
    assert "第二船组缺二副1人" in posts
    assert any("第二船组缺二副1人" in row["text"] for row in played.rows("digests", to="s4"))


async def test_a_rule_of_its_own_recognises_its_own_matter_and_the_guide_knows_its_levels(
    haidao: Path, tmp_path: Path
) -> None:
    pack = DOCS.read_text("utf-8").split("    [[rule]]\n", 1)[1].split("\n\n", 1)[0]
    rules = tmp_path / "our-rules.toml"
    rules.write_text("[[rule]]\n" + "\n".join(line.strip() for line in pack.splitlines()), "utf-8")
    scene = Scene(tmp_path)
    residents = "contact,household,name\nwang,h1,王大妈"
    rooms = "room,node,audience,listen\nr1,g1,residents,keywords"
    scene.people(
        nodes=NODES, staff=STAFF, households=HOMES, residents=residents, rooms=rooms,
        places="node,name", departments="id,name,categories\ny,渔政,mooring",
    )  # fmt: skip
    scene.says("09:00", "wang", "我家泊位又被占了，麻烦来看看")
    scene.private("09:10", "wang", "办事 低保")
    played = await scene.play(settings=settings(profiles=[str(haidao)], rules=[str(rules)]))
    ticket = played.ticket()
    assert (ticket["category"], ticket["sub"]) == ("mooring", "berth")
    assert (played.ticket(2)["category"], played.ticket(2)["sub"]) == ("relief_aid", "dibao")
    assert any("办理层级：乡办（北澳乡）" in text for text in played.to("wang"))
