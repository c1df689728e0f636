"""What an import has to say about an org."""

from __future__ import annotations

from pathlib import Path

import pytest

from gridbot.org import Finding, Known, NodeFact, PostFact, examine, read

NODES = """code,parent,name,level,profile,declared_units
j,,清风街道,街道,,
s,j,一社区,社区,,
g1,s,一网格,网格,,
g2,s,二网格,网格,,
"""
STAFF = """id,name,role,node,deputy_of
s1,甲,街道主任,j,
s2,乙,社区书记,s,
s3,丙,网格员,g1,
s4,丁,网格员,g2,s3
s5,戊,网格长,g1,
s5,戊,网格长,g2,
"""


def found(directory: Path, known: Known | None = None, **files: str) -> list[Finding]:
    for name, text in files.items():
        (directory / f"{name}.csv").write_text(text, "utf-8")
    return examine(read(directory), known or Known())


def errors(findings: list[Finding]) -> list[Finding]:
    return [each for each in findings if each.fatal]


def test_a_whole_org_has_nothing_to_complain_about(tmp_path: Path) -> None:
    assert found(tmp_path, nodes=NODES, staff=STAFF) == []


@pytest.mark.parametrize(
    ("sheet", "text", "line", "word"),
    [
        ("nodes", "code,parent,name\nj,,街\ns,jj,区\n", 3, "jj"),
        ("nodes", "code,parent,name\nj,,街\ns,s,区\n", 3, "它自己"),
        ("nodes", "code,parent,name\na,c,甲\nb,a,乙\nc,b,丙\n", 2, "一圈"),
        ("nodes", "code,parent,name\nj,,街\nj,,街道\n", 3, "第 2 行"),
        ("nodes", "code,parent,name,profile\nj,,街,火星\n", 2, "xinan"),
        ("staff", "id,name,role,node\ns1,甲,网格员,g9\n", 2, "g1"),
        ("staff", "id,name,role,node,deputy_of\ns1,甲,网格员,g1,s7\n", 2, "s7"),
        ("staff", "id,name,role,node,deputy_of\ns1,甲,网格员,g1,s1\n", 2, "自己"),
        ("staff", "id,name,role,node\ns1,甲,网格员,g1\ns1,乙,网格长,g1\n", 3, "另一个名字"),
        ("staff", "id,name,role,node,hours\ns1,甲,网格员,g1,白天\n", 2, "08:30"),
        ("departments", "id,name,node\nd1,物业,g9\n", 2, "g9"),
        ("rooms", "room,node,audience\nr1,g9,residents\n", 2, "g9"),
        ("households", "id,node\nh1,g9\n", 2, "g9"),
        ("residents", "contact,household,name\nw1,h9,甲\n", 2, "h9"),
        ("places", "node,name\ng9,小卖店\n", 2, "g9"),
    ],
)
def test_a_broken_reference_names_line_and_remedy(
    tmp_path: Path, sheet: str, text: str, line: int, word: str
) -> None:
    files = {"nodes": NODES, sheet: text}
    first = errors(found(tmp_path, **files))[0]
    assert (first.line, Path(first.file).stem) == (line, sheet)
    assert word in str(first)
    assert first.hint


def test_what_the_installation_holds_counts_as_there(tmp_path: Path) -> None:
    known = Known(
        {"g1": NodeFact("", "一网格", "网格", "")}, (PostFact("s1", "甲", "网格员", "g1"),), {"h1": "g1"}
    )
    text = {
        "staff": "id,name,role,node,deputy_of\ns2,乙,网格员,g1,s1\n",
        "residents": "household,name\nh1,丙\n",
    }
    assert errors(found(tmp_path, known, **text)) == []


def test_a_level_the_profile_does_not_know_is_a_warning(tmp_path: Path) -> None:
    (warning,) = found(
        tmp_path, nodes="code,parent,name,level\nj,,大区,军区\n", staff="id,name,role,node\ns,甲,主任,j\n"
    )
    assert "军区" in warning.what
    assert not warning.fatal


def test_a_kind_of_grid_nobody_knows_is_a_warning_that_names_those_there_are(tmp_path: Path) -> None:
    (warning,) = found(
        tmp_path,
        nodes="code,parent,name,level,kind\nj,,大区,街道,小区形\n",
        staff="id,name,role,node\ns,甲,街道主任,j\n",
    )
    assert "小区形" in warning.what and "小区型" in warning.hint
    assert not warning.fatal


def test_four_hundred_and_nineteen_posts_are_not_four_hundred_and_twenty_one(tmp_path: Path) -> None:
    roles = {"总网格长": 1, "网格长": 7, "片长": 14, "区域长": 36, "楼长": 89, "单元长": 272}
    people = [role for role, count in roles.items() for _ in range(count)]
    staff = "id,name,role,node\n" + "".join(f"p{n},甲{n},{role},x\n" for n, role in enumerate(people))
    nodes = "code,parent,name,level,profile,declared_units\nx,,新街,街道,xinan,421\n"
    warnings = found(tmp_path, nodes=nodes, staff=staff)
    assert any("申报 421 个，实有 419" in each.what for each in warnings)
    assert errors(warnings) == []


def test_the_declared_number_of_grids_is_met(tmp_path: Path) -> None:
    nodes = NODES.replace("s,j,一社区,社区,,", "s,j,一社区,社区,,2")
    assert found(tmp_path, nodes=nodes, staff=STAFF) == []


def test_a_grid_without_worker_says_who_gets_its_matters(tmp_path: Path) -> None:
    (warning,) = found(
        tmp_path, nodes=NODES, staff=STAFF.replace("s3,丙,网格员,g1,\n", "").replace(",s3", ",")
    )
    assert "一网格（g1）没有网格员" in warning.what
    assert "一网格" in warning.hint  # its leader works it


def test_a_node_without_leader_says_who_gets_its_digest(tmp_path: Path) -> None:
    (warning,) = found(tmp_path, nodes=NODES, staff=STAFF.replace("s2,乙,社区书记,s,\n", ""))
    assert "一社区（s）没有负责人" in warning.what
    assert "清风街道" in warning.hint


def test_many_vacancies_are_counted_rather_than_listed(tmp_path: Path) -> None:
    nodes = "code,parent,name,level\nj,,街,街道\n" + "".join(f"g{n},j,{n}格,网格\n" for n in range(1000))
    warnings = found(tmp_path, nodes=nodes, staff="id,name,role,node\ns1,甲,街道主任,j\n")
    assert len(warnings) < 50
    assert any("另有 980 个网格没有网格员" in each.what for each in warnings)


def test_an_account_of_two_people_is_a_warning(tmp_path: Path) -> None:
    staff = STAFF.replace("deputy_of\n", "deputy_of,contact\n").replace(
        "s1,甲,街道主任,j,", "s1,甲,街道主任,j,,w"
    )
    staff = staff.replace("s2,乙,社区书记,s,", "s2,乙,社区书记,s,,w")
    (warning,) = found(tmp_path, nodes=NODES, staff=staff)
    assert "账号 w 已是 s1 的" in warning.what


def test_an_account_bound_to_somebody_already_there_is_a_warning(tmp_path: Path) -> None:
    known = Known({"g1": NodeFact("", "一网格", "网格", "")}, (PostFact("s9", "己", "网格员", "g1", "w"),))
    staff = "id,name,role,node,contact\ns1,甲,网格长,g1,w\n"
    assert any("账号 w 已是 s9 的" in each.what for each in found(tmp_path, known, staff=staff))


def test_a_class_without_a_cadence_is_a_warning(tmp_path: Path) -> None:
    households = "id,node,classes\nh1,g1,困难;航天员\n"
    (warning,) = found(tmp_path, nodes=NODES, staff=STAFF, households=households)
    assert "航天员" in warning.what
    assert not warning.fatal


def test_ten_thousand_broken_references_are_told_in_a_moment(tmp_path: Path) -> None:
    nodes = "code,parent,name\n" + "".join(f"n{n},,格{n}\n" for n in range(10_000))
    homes = "id,node\n" + "".join(f"h{n},x{n}\n" for n in range(10_000))
    broken = errors(found(tmp_path, nodes=nodes, households=homes))
    assert len(broken) == 10_000
    assert all(each.hint for each in broken)
