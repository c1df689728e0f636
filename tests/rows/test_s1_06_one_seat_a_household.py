"""S1-06 建群: one seat for the head of each household; who is missing is for the worker alone."""

from __future__ import annotations

from tests.scene import Scene

HOUSEHOLDS = "id,node,address,building,unit,room,head,classes,phone,since\n" + "\n".join(
    f"h{n},g1,3号楼1单元{100 + n},3,1,{100 + n},户主{n},普通,," for n in range(1, 18)
)
RESIDENTS = "contact,household,name,head,birth,classes,phone\n" + "\n".join(
    f"{f'c{n}' if n <= 14 else ''},h{n},户主{n},yes,,," for n in range(1, 18)
)


async def test_a_head_binds_by_his_door_and_the_worker_says_whether_it_is_so(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS, residents=RESIDENTS)
    scene.says("09:00", "newcomer", "#绑定 3-1-115 户主", name="新邻居")
    scene.private("09:05", "li", "1")
    scene.private("09:10", "li", "在群情况")
    played = await scene.play()
    assert any("3-1-115" in text and "户主" in text for text in played.to("li"))
    assert "绑定成功：户主" in played.to("newcomer")[-1]
    coverage = played.to("li")[-1]
    assert "15/17 户户主在群" in coverage
    assert "3-1-116" in coverage and "3-1-117" in coverage and "3-1-115" not in coverage
    assert not any("3-1-11" in text for text in played.in_group("r1"))


async def test_the_worker_may_say_no_and_nothing_is_bound(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS, residents=RESIDENTS)
    scene.private("09:00", "newcomer", "绑定 3-1-115 户主")
    scene.private("09:05", "li", "2")
    scene.private("09:10", "li", "在群情况")
    played = await scene.play()
    assert "没有通过" in played.to("newcomer")[-1]
    assert "14/17" in played.to("li")[-1]


async def test_the_seat_of_the_head_is_given_once(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS, residents=RESIDENTS)
    scene.private("09:00", "second", "绑定 3-1-101 户主")
    scene.private("09:05", "li", "1")
    played = await scene.play()
    assert "已绑定另一个账号" in played.to("second")[-1]


async def test_the_list_of_who_is_missing_never_reaches_a_group(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS, residents=RESIDENTS)
    scene.says("09:00", "li", "#在群情况")
    scene.says("09:05", "c1", "#在群情况")
    played = await scene.play()
    assert not any("3-1-11" in text for text in played.in_group("r1"))
    assert any("3-1-115" in text for text in played.to("li"))
    assert not any("3-1-11" in text for text in played.to("c1"))


async def test_of_two_applications_the_worker_is_asked_which_one_he_means(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS, residents=RESIDENTS)
    scene.says("09:00", "fifteen", "绑定３－１－１１５ 户主", name="十五")
    scene.private("09:01", "sixteen", "我要绑定3-1-116，我是户主", name="十六")
    scene.private("09:05", "li", "1")
    scene.private("09:06", "li", "2")
    scene.private("09:07", "li", "好")
    scene.says("09:08", "wang", "绑定手机号要去哪里办")
    played = await scene.play()
    asked, first, second = played.to("li")[2:]
    assert "十五 绑定 3-1-115（户主）" in asked and "十六 绑定 3-1-116（户主）" in asked
    assert "已同意：十六 绑定 3-1-116（户主）" in first and "已同意：十五" in second
    assert "绑定成功：户主" in played.to("fifteen")[-1] and "绑定成功：户主" in played.to("sixteen")[-1]
    assert played.in_group("r1") == [] and played.to("wang") == []


async def test_a_house_of_a_village_is_bound_by_its_number(scene: Scene) -> None:
    scene.people(
        households="""
            id,node,address,building,unit,room,head,classes
            h1,g1,后山1号,,,1,王大妈,普通
            h2,g1,后山2号,,,2,陈师傅,普通
            h3,g2,龙潭2号,,,2,林小姐,普通
        """,
        residents="contact,household,name,head",
    )
    scene.says("09:00", "newcomer", "#绑定 1号 户主", name="新邻居")
    scene.private("09:01", "li", "1")
    scene.private("09:02", "second", "绑定 龙潭2号 户主")
    scene.private("09:03", "wu", "1")
    scene.private("09:04", "third", "绑定 2号 户主")
    played = await scene.play()
    assert "绑定成功：户主" in played.to("newcomer")[-1] and "绑定成功：户主" in played.to("second")[-1]
    assert "没有找到" in played.to("third")[-1]
