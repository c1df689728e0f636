"""S2-01 六级: level and role names are data; the import says what was declared and what was found."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from gridbot.cli import cli
from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile,declared_units
    jd,,新安街道,街道,,xinan,9
    sq,jd,青石社区,社区,,,
    p1,sq,第一片,片,,,
    q1,p1,东平房区域,区域,,,
    b3,p1,3号楼,楼,小区型,,
    g1,b3,3号楼1单元,单元,小区型,,
    g2,b3,3号楼2单元,单元,小区型,,
"""
STAFF = """
    id,name,role,node,phone,contact
    s0,总长,总网格长,jd,13800000000,zong
    s4,孙长,网格长,sq,13800000004,sun
    s3,片长,片长,p1,13800000003,pian
    s5,区长,区域长,q1,13800000005,quyu
    s2,楼长,楼长,b3,13800000002,lou
    s1,李单,单元长,g1,13800000001,li
    s6,吴单,单元长,g2,13800000006,wu
"""
HOUSEHOLDS = """
    id,node,address,building,unit,room,head,classes,phone,since
    h1,g1,3号楼1单元101,3,1,101,王大妈,普通,,
    h2,g2,3号楼2单元502,3,2,502,陈师傅,普通,,
"""
RESIDENTS = """
    contact,household,name,head
    wang,h1,王大妈,yes
    chen,h2,陈师傅,yes
"""
ROOMS = """
    room,node,audience,listen
    r1,b3,residents,keywords
"""


def town(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF, households=HOUSEHOLDS, residents=RESIDENTS, rooms=ROOMS)


async def test_a_stairwell_is_a_grid_and_a_matter_climbs_level_by_level(scene: Scene) -> None:
    town(scene)
    scene.says("09:00", "chen", "2单元门口的路灯坏了")
    scene.private("09:05", "wu", "上报 1 要请电工")
    scene.private("09:10", "pian", "上报 1 片里办不了")
    played = await scene.play()
    ticket = played.ticket()
    assert ticket["grid"] == "g2"
    moved = [(line["by"], line["what"]) for line in ticket["history"] if line["what"] == "escalate"]
    assert moved == [("s6", "escalate"), ("s3", "escalate")]
    assert ticket["assignee"] == "s4"


async def test_the_chief_reads_what_was_declared_and_what_there_is(scene: Scene) -> None:
    town(scene)
    scene.private("09:00", "zong", "编制")
    played = await scene.play()
    told = played.to("zong")[0]
    assert "新安街道申报 9 个，实有" in told
    assert "区域长区长" in told and "单元长李单" in told


def test_the_import_of_the_whole_street_says_421_declared_and_419_found(tmp_path: Path) -> None:
    from gridbot.demo.examples import make

    org = make("xinan", tmp_path / "org")
    command = ["import", str(org), "--data", str(tmp_path / "data")]
    done = CliRunner().invoke(cli, command, catch_exceptions=False)
    assert done.exit_code == 0
    assert "申报 421 个，实有 419 个岗位" in done.stderr
    assert "nodes：已新增" in done.stdout
    shown = CliRunner().invoke(cli, [*command, "--json"], catch_exceptions=False)
    assert shown.exit_code == 0
    assert json.loads(shown.stdout)["added"]["nodes"] == 0
