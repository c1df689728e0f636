"""What an import says is missing, in the words of the profile in force."""

from __future__ import annotations

from pathlib import Path

import pytest

from gridbot.org import Finding, examine, read

NODES = """code,parent,name,level,kind,profile,area,owner
x,,西县,县,,xihua,,
z,x,红旗乡,乡镇,,,,
v,z,刘村,村,,,,
p,v,一片,片,,,,
g1,p,一号网格,网格,,,村东头到机井,
g2,p,二号网格,网格,,,,
"""
STAFF = """id,name,role,node,phone,deputy_of
s1,甲,乡镇书记,z,13800000001,
s2,乙,村支书,v,13800000002,
s3,丙,两委干部,p,13800000003,
s4,丁,网格员,g1,13800000004,
s0,零,县领导,x,13800000000,
"""


def said(directory: Path, **files: str) -> list[Finding]:
    for name, text in files.items():
        (directory / f"{name}.csv").write_text(text, "utf-8")
    return examine(read(directory))


def test_a_vacant_post_and_an_unfixed_grid_are_named_with_their_line(tmp_path: Path) -> None:
    found = said(tmp_path, nodes=NODES, staff=STAFF)
    told = {(each.line, each.what) for each in found}
    assert (7, "二号网格缺网格员1人") in told
    assert (7, "二号网格“四定”缺：定格、定岗、定员、定责") in told
    assert not any("一号网格" in what for _, what in told)
    assert all(each.hint for each in found) and not any(each.fatal for each in found)


@pytest.mark.parametrize(("homes", "word"), [(60, "多于规定的50户"), (12, "少于规定的30户"), (40, "")])
def test_a_grid_that_leaves_its_band_is_named(tmp_path: Path, homes: int, word: str) -> None:
    rows = "".join(f"h{n},g1\n" for n in range(homes))
    found = said(tmp_path, nodes=NODES, staff=STAFF, households="id,node\n" + rows)
    sizes = [each.what for each in found if "户" in each.what and "一号" in each.what]
    assert sizes == ([f"一号网格{'有' if homes > 50 else '只有'}{homes}户，{word}"] if word else [])


def test_a_leading_group_and_an_own_grid_want_no_staff(tmp_path: Path) -> None:
    nodes = (
        NODES.replace("x,,西县", "top,,县领导小组,,虚拟,,,\nx,top,西县") + "g3,p,粮库,网格,专属,,库区,liang\n"
    )
    departments = "id,name,node\nliang,粮库管理处,g3\n"
    found = said(tmp_path, nodes=nodes, staff=STAFF, departments=departments)
    assert not any("领导小组" in each.what or "粮库缺" in each.what for each in found)


def test_an_own_grid_needs_a_unit_that_is_known(tmp_path: Path) -> None:
    nodes = NODES + "g3,p,粮库,网格,专属,,库区,liang\n"
    first = next(each for each in said(tmp_path, nodes=nodes, staff=STAFF) if each.fatal)
    assert (first.line, "liang" in first.what) == (8, True)
    without = [each.what for each in said(tmp_path, nodes=nodes.replace("liang", ""), staff=STAFF)]
    assert "粮库是专属网格，没有写归哪个单位" in without


def test_a_circle_of_deputies_without_a_post_of_their_own_is_named(tmp_path: Path) -> None:
    circle = STAFF.replace("13800000004,", "13800000004,s5") + "s5,戊,网格员,g1,,s4\n"
    found = [each for each in said(tmp_path, nodes=NODES, staff=circle) if "一圈" in each.what]
    assert [each.line for each in found] == [5] and "s4 → s5 → s4" in found[0].what


def test_two_workers_may_be_each_others_deputies_beside_their_own_grids(tmp_path: Path) -> None:
    both = STAFF + "s5,戊,网格员,g2,,\ns5,戊,副网格员,g1,,s4\ns4,丁,副网格员,g2,,s5\n"
    assert not [each for each in said(tmp_path, nodes=NODES, staff=both) if "一圈" in each.what]


def test_a_level_that_lies_below_a_lower_one_is_named(tmp_path: Path) -> None:
    nodes = NODES + "v2,g1,王村,村,,,,\n"
    assert "王村是村，却在网格“一号网格”下面" in [
        each.what for each in said(tmp_path, nodes=nodes, staff=STAFF)
    ]


def test_departments_that_are_expected_and_missing_are_listed_by_category_and_place(tmp_path: Path) -> None:
    nodes = NODES.replace("xihua", "zhanyi") + "z2,x,北乡,乡镇,,,,\n"
    departments = "id,name,categories,node\nd1,城管,环境卫生,z\nd2,供电所,水电气暖,\n"
    found = [each.what for each in said(tmp_path, nodes=nodes, staff=STAFF, departments=departments)]
    assert "北乡没有部门负责“环境卫生”" in found
    assert "西县没有部门负责“治安与反诈”" in found
    assert not any("水电气暖" in what for what in found)


def test_a_place_in_no_grid_is_named_and_imported_all_the_same(tmp_path: Path) -> None:
    found = said(tmp_path, nodes=NODES, staff=STAFF, places="node,name\n,老戏台\ng1,机井\n")
    assert [(each.line, each.what) for each in found if "老戏台" in each.what] == [
        (2, "“老戏台”还没有归到网格")
    ]
    assert not any(each.fatal for each in found)
