"""What is wrong or missing in an org: said when it is imported, and survived when it is used."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gridbot import profiles
from gridbot.cli import cli
from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile
    jd,,青石街道,街道,,default
    sq,jd,青石社区,社区,,
    g1,sq,第一网格,网格,小区型,
    g2,sq,第二网格,网格,小区型,
"""
NOBODY_BELOW = """
    id,name,role,node,phone,contact
    s5,周主任,街道主任,jd,13800000005,zhou
"""
ONLY_DEPUTIES = """
    id,name,role,node,phone,contact,deputy_of
    s5,周主任,街道主任,jd,13800000005,zhou,
    s1,李网,网格员,g1,13800000001,li,s2
    s2,赵网,网格员,g1,13800000002,zhao,s1
"""
ELSEWHERE = """
    id,name,role,node,phone,contact
    s6,吴网,网格员,g2,13800000006,wu
"""


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """An empty log of the small town."""
    return Scene(tmp_path)


async def test_without_worker_and_leader_a_matter_goes_to_the_next_one_up_and_his_digest_says_so(
    scene: Scene,
) -> None:
    scene.people(nodes=NODES, staff=NOBODY_BELOW)
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    played = await scene.play(until="19:00")
    assert played.ticket()["assignee"] == "s5"
    assert "【新事件 #1】" in played.to("zhou")[0]
    digest = played.rows("digests", to="s5")[0]["text"]
    assert "无人的网格 2 个：第一网格没有网格员，事件先由周主任接" in digest


async def test_a_circle_of_deputies_holds_nothing_up(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=ONLY_DEPUTIES)
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    played = await scene.play(until="17:00")
    assert played.ticket()["assignee"] in ("s1", "s2")
    assert any("#1" in text and "无人回复" in text for text in played.to("zhou"))


async def test_where_nobody_stands_above_somebody_has_it_all_the_same(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=ELSEWHERE)
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    played = await scene.play()
    assert played.ticket()["assignee"] == "s6"


def command(*words: object) -> Result:
    try:
        return CliRunner().invoke(cli, [str(word) for word in words])
    finally:
        profiles.use(())  # as the next process finds them


def test_check_says_what_the_import_said(tmp_path: Path) -> None:
    org, data = tmp_path / "org", tmp_path / "data"
    org.mkdir()
    (org / "nodes.csv").write_text(
        "code,parent,name,level,kind,profile,colour\nx,,刘村,村,,xihua,红\ng1,x,一号网格,网格,,,\n", "utf-8"
    )
    (org / "staff.csv").write_text("id,name,role,node,phone\ns1,孙支书,村支书,x,1\n", "utf-8")
    (org / "places.csv").write_text("node,name\n,老戏台\n", "utf-8")
    done = command("import", org, "--data", data)
    assert done.exit_code == 0
    assert "nodes.csv:1: 不认识“colour”这一列，没有读" in done.stderr
    found = command("check", "--data", data).stdout
    for what in ("一号网格缺网格员1人", "一号网格“四定”缺：定格、定岗、定员、定责", "“老戏台”还没有归到网格"):
        assert what in done.stderr
        assert what in found


def test_a_profile_with_a_level_missing_is_named_with_file_and_key(tmp_path: Path) -> None:
    own = tmp_path / "profiles"
    own.mkdir()
    (own / "half.toml").write_text('inherit = "default"\nlevels = ["县", "乡"]\n', "utf-8")
    config = tmp_path / "gridbot.toml"
    config.write_text(f'profiles = ["{own}"]\n', "utf-8")
    done = command("check", "--config", config, "--data", tmp_path / "data")
    assert done.exit_code == 1
    assert "half.toml" in done.stdout and "grid_levels" in done.stdout


HALF = """
inherit = "default"
zh = "半份"
levels = ["街道", "社区", "网格"]
[routes.dispute]
steps = ["片长", "大队"]
[routes.other]
zh = "其他"
events = ["other"]
steps = ["片长"]
[routes.same]
zh = "又一条"
events = ["other"]
steps = ["网格长"]
[emergency]
"火灾" = ["民兵"]
"""


def test_an_import_names_routes_to_nobody_and_goes_through(tmp_path: Path) -> None:
    own, org, data = tmp_path / "profiles", tmp_path / "org", tmp_path / "data"
    own.mkdir()
    org.mkdir()
    (own / "half.toml").write_text(HALF, "utf-8")
    config = tmp_path / "gridbot.toml"
    config.write_text(f'profiles = ["{own}"]\n', "utf-8")
    (org / "nodes.csv").write_text(
        "code,parent,name,level,kind,profile\njd,,青石街道,街道,,half\nsq,jd,青石社区,社区,,\ng1,sq,第一网格,网格,,\n",
        "utf-8",
    )
    (org / "staff.csv").write_text(
        "id,name,role,node,phone\ns1,李网,网格员,g1,1\ns4,孙书记,社区书记,sq,2\n", "utf-8"
    )
    for words in (("--dry-run",), ()):
        done = command("import", org, "--config", config, "--data", data, *words)
        assert done.exit_code == 0
        assert "规则「半份」路线「矛盾纠纷」：「大队」既不是这份规则的层级，也不是岗位" in done.stderr
        assert "路线「其他」：1 个网格（第一网格）一个人也找不到——在 staff.csv 补上这些岗位" in done.stderr
        assert "路线「其他、又一条」：「other」有两条路线——留一条" in done.stderr
        assert "没有名称带「市政、交警、应急」的部门——在 departments.csv 补上" in done.stderr
        assert "应急「火灾」一个人也叫不到（民兵）" in done.stderr
    assert "一个人也找不到" in command("check", "--config", config, "--data", data).stdout
