"""Importing and exporting an org with a real database."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gridbot import demo
from gridbot.errors import BadInput
from gridbot.models.database import opened
from gridbot.models.territory.org import Department, Group, Household, Node, OrgVersion, Post, Resident
from gridbot.org import OrgRefused, export_org, import_org

NODES = "code,parent,name,level\nj,,清风街道,街道\ng1,j,一网格,网格\ng2,j,二网格,网格\n"
STAFF = "id,name,role,node,phone,contact\ns1,甲,街道主任,j,1390000,w1\ns2,乙,网格员,g1,1391111,\n"


def org(directory: Path, **files: str) -> Path:
    directory.mkdir(exist_ok=True)
    for name, text in files.items():
        (directory / f"{name}.csv").write_text(text, "utf-8")
    return directory


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[None]:
    async with opened(f"sqlite://{tmp_path / 'test.db'}"):
        yield


async def version() -> int:
    row = await OrgVersion.get_or_none(id=1)
    return row.version if row else 0


async def test_the_demo_community_is_imported_whole(database: None) -> None:
    outcome = await import_org(demo.ORG)
    assert outcome.findings == ()
    assert await Node.filter(level="社区").count() == 3
    assert await Node.filter(level="网格").count() == 12
    assert await Household.all().count() == outcome.added["households"] >= 290
    assert len({post.staff for post in await Post.all()}) == 40
    assert await Resident.exclude(contact="").count() >= 120
    room = await Group.get(topic="3号楼居民群")
    assert (room.listen, room.transport, room.audience) == ("keywords", "webchat", "residents")
    units = {home.unit for home in await Household.filter(node=room.node, building="3")}
    assert units == {"1", "2"}
    assert await Group.filter(listen="mention").count() == 1


async def test_importing_twice_changes_nothing_the_second_time(database: None) -> None:
    first = await import_org(demo.ORG)
    second = await import_org(demo.ORG)
    assert second.quiet
    assert second.unchanged == first.added
    assert await version() == 1


@pytest.mark.parametrize("name", ["out", "out.xlsx"])
async def test_what_is_exported_is_imported_as_the_same_org(tmp_path: Path, name: str) -> None:
    async with opened(f"sqlite://{tmp_path / 'first.db'}"):
        await import_org(demo.ORG)
        await export_org(tmp_path / name)
        assert (await import_org(tmp_path / name)).quiet
    async with opened(f"sqlite://{tmp_path / 'second.db'}"):
        await import_org(tmp_path / name)
        await export_org(tmp_path / f"again-{name}")
    assert contents(tmp_path / name) == contents(tmp_path / f"again-{name}")


def contents(path: Path) -> dict[str, bytes]:
    files = path.iterdir() if path.is_dir() else [path]
    return {file.suffix if path.is_file() else file.name: file.read_bytes() for file in files}


async def test_one_fatal_finding_leaves_everything_as_it_was(database: None, tmp_path: Path) -> None:
    path = org(tmp_path / "org", nodes=NODES, staff=STAFF + "s3,丙,网格员,g9,,\ns4,丁,网格员,g8,,\n")
    with pytest.raises(OrgRefused) as caught:
        await import_org(path)
    assert isinstance(caught.value, BadInput)
    assert (caught.value.line, str(caught.value.file)) == (4, str(path / "staff.csv"))
    assert len([each for each in caught.value.findings if each.fatal]) == 2
    assert await Node.all().count() == 0


async def test_a_dry_run_says_what_would_change_and_writes_nothing(database: None, tmp_path: Path) -> None:
    outcome = await import_org(org(tmp_path / "org", nodes=NODES, staff=STAFF), dry_run=True)
    assert outcome.added == {"nodes": 3, "staff": 2}
    assert outcome.dry_run
    assert await Node.all().count() == 0
    assert await version() == 0


async def test_an_empty_contact_never_erases_a_binding(database: None, tmp_path: Path) -> None:
    await import_org(
        org(
            tmp_path / "org",
            nodes=NODES,
            staff=STAFF,
            households="id,node\nh1,g1\n",
            residents="contact,household,name,phone\n,h1,王芳,138\n",
            departments="id,name,contact\nd1,物业,\n",
        )
    )
    await Post.filter(staff="s2").update(contact="bound")
    await Resident.filter(name="王芳").update(contact="fang")
    await Department.filter(id="d1").update(contact="wuye")
    patch = org(
        tmp_path / "patch",
        staff="id,name,role,node,phone,contact\ns2,乙,网格员,g1,1392222,\ns2,乙,网格员,g2,1392222,\n",
        residents="contact,household,name,phone\n,h1,王芳,139\n",
        departments="id,name,contact\nd1,好物业,\n",
    )
    await import_org(patch)
    posts = await Post.filter(staff="s2").order_by("node")
    assert [(post.node, post.phone, post.contact) for post in posts] == [
        ("g1", "1392222", "bound"),
        ("g2", "1392222", "bound"),
    ]
    resident = await Resident.get(name="王芳")
    assert (resident.contact, resident.phone) == ("fang", "139")
    assert (await Department.get(id="d1")).contact == "wuye"


async def test_a_bound_resident_without_a_name_gets_the_name_not_a_double(
    database: None, tmp_path: Path
) -> None:
    await import_org(org(tmp_path / "org", nodes=NODES, households="id,node\nh1,g1\n"))
    await Resident.create(contact="fang", household="h1", name="")
    await import_org(org(tmp_path / "patch", residents="contact,household,name\nfang,h1,王芳\n"))
    (resident,) = await Resident.all()
    assert (resident.contact, resident.name) == ("fang", "王芳")


async def test_a_resident_who_moved_lives_in_one_place_only(database: None, tmp_path: Path) -> None:
    homes = "id,node\nh1,g1\nh2,g2\n"
    people = "contact,household,name\nfang,h1,王芳\n,h1,王强\n"
    await import_org(org(tmp_path / "org", nodes=NODES, households=homes, residents=people))
    await import_org(org(tmp_path / "patch", residents="contact,household,name\nfang,h2,王芳\n"))
    assert sorted((each.household, each.name) for each in await Resident.all()) == [
        ("h1", "王强"),
        ("h2", "王芳"),
    ]


async def test_a_resident_of_two_homes_keeps_both(database: None, tmp_path: Path) -> None:
    homes = "id,node\nh1,g1\nh2,g2\n"
    people = "contact,household,name\nfang,h1,王芳\nfang,h2,王芳\n"
    path = org(tmp_path / "org", nodes=NODES, households=homes, residents=people)
    await import_org(path)
    assert (await import_org(path)).quiet
    assert await Resident.all().count() == 2


async def test_listening_switched_on_survives_a_file_that_says_nothing(
    database: None, tmp_path: Path
) -> None:
    rooms = "room,node,audience,listen\nr1,g1,residents,\nr2,g2,居民,keywords\n"
    await import_org(org(tmp_path / "org", nodes=NODES, rooms=rooms))
    assert (await Group.get(room="r1")).listen == "mention"
    await Group.filter(room="r1").update(listen="keywords")
    await import_org(tmp_path / "org")
    assert (await Group.get(room="r1")).listen == "keywords"
    await import_org(
        org(tmp_path / "patch", rooms=rooms.replace("r1,g1,residents,", "r1,g1,residents,mention"))
    )
    assert (await Group.get(room="r1")).listen == "mention"


async def test_a_room_without_id_waits_and_one_without_transport_is_web_chat(
    database: None, tmp_path: Path
) -> None:
    path = org(tmp_path / "org", nodes=NODES, rooms="room,node,audience\n,g1,staff\nr1,g1,staff\n")
    outcome = await import_org(path)
    assert any("群号" in each.what for each in outcome.findings)
    (group,) = await Group.all()
    assert group.transport == "webchat"
    await import_org(org(tmp_path / "any", rooms="room,node,audience,transport\nr2,g1,staff,\n"))
    assert (await Group.get(room="r2")).transport == ""


async def test_a_moved_worker_holds_the_new_post_and_only_that(database: None, tmp_path: Path) -> None:
    await import_org(org(tmp_path / "org", nodes=NODES, staff=STAFF))
    outcome = await import_org(org(tmp_path / "patch", staff="id,name,role,node\ns2,乙,网格员,g2\n"))
    assert outcome.removed["staff"] == 1
    assert any("不再担任" in each.what for each in outcome.findings)
    (post,) = await Post.filter(staff="s2")
    assert (post.node, await Post.all().count()) == ("g2", 2)


async def test_columns_a_file_lacks_stay_as_they_are(database: None, tmp_path: Path) -> None:
    await import_org(org(tmp_path / "org", nodes="code,parent,name,area\nj,,清风街道,南北两侧\n"))
    await import_org(org(tmp_path / "patch", nodes="code,parent,name\nj,,和风街道\n"))
    node = await Node.get(code="j")
    assert (node.name, node.area, node.parent) == ("和风街道", "南北两侧", None)
    assert await version() == 2


async def test_an_address_alone_tells_building_unit_and_room(database: None, tmp_path: Path) -> None:
    homes = "id,node,address\nh1,g1,东苑小区3号楼2单元502\nh2,g1,河湾平房区5排3号\nh3,g1,村东头老槐树旁\n"
    await import_org(org(tmp_path / "org", nodes=NODES, households=homes))
    doors = {home.id: (home.building, home.unit, home.room) for home in await Household.all()}
    assert doors == {"h1": ("3", "2", "502"), "h2": ("5排", "", "3"), "h3": ("", "", "")}
    assert (await import_org(tmp_path / "org")).quiet


async def test_departments_may_name_their_categories_in_chinese(database: None, tmp_path: Path) -> None:
    text = "id,name,categories\nd1,维保,电梯;公共设施;public_security\n"
    await import_org(org(tmp_path / "org", nodes=NODES, departments=text))
    department = await Department.get(id="d1")
    assert department.categories == ["public_facility/elevator", "public_facility", "public_security"]


async def test_ten_thousand_nodes_are_imported_and_changed_within_a_minute(
    database: None, tmp_path: Path
) -> None:
    lines = ["code,parent,name,level", "c,,云县,区"]
    lines += [f"c{a},c,{a}街道,街道" for a in range(100)]
    lines += [f"c{a}-{b},c{a},{a}之{b}网格,网格" for a in range(100) for b in range(99)]
    text = "\n".join(lines)
    people = "\n".join(f"s{a}-{b},甲{a}{b},网格员,c{a}-{b}" for a in range(100) for b in range(99))
    path = org(tmp_path / "org", nodes=text, staff=f"id,name,role,node\n{people}")
    began = time.perf_counter()
    outcome = await import_org(path)
    assert outcome.added == {"nodes": 10_001, "staff": 9_900}
    again = await import_org(org(path, nodes=text.replace("网格,网格", "格,网格")))
    assert again.changed["nodes"] == 9_900
    assert time.perf_counter() - began < 60


async def test_postgresql_takes_the_demo_community_as_sqlite_does(
    empty_postgres: str, tmp_path: Path
) -> None:
    async with opened(empty_postgres):
        await import_org(demo.ORG)
        assert (await import_org(demo.ORG)).quiet
        await import_org(org(tmp_path / "patch", nodes="code,parent,name\nwh,,望槐镇\n"))
        assert (await Node.get(code="wh")).name == "望槐镇"
        await export_org(tmp_path / "out")
        assert (await import_org(tmp_path / "out")).quiet
