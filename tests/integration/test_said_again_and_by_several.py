"""The same matter again, of one home, in part taken back: as an attentive person would take it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene

HOUSEHOLDS = """
    id,node,address,building,unit,room,head,classes,phone,since
    h1,g1,3号楼1单元101,3,1,101,王大妈,普通,,
    h2,g1,3号楼2单元502,3,2,502,陈师傅,普通,,
"""
RESIDENTS = """
    contact,household,name,head,birth,classes,phone
    wang,h1,王大妈,yes,,,
    zhao-er,h1,王小宝,,,,
    chen,h2,陈师傅,yes,,,
"""


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_two_people_of_one_home_are_one_household(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS, residents=RESIDENTS)
    scene.says("09:00", "wang", "3号楼1单元101 卫生间天花板漏水")
    scene.private("09:01", "zhao-er", "我家101 卫生间天花板漏水 楼上的问题")
    played = await scene.play()
    assert len(played.report["tickets"]) == 1
    assert any("您家已经反映过" in text for text in played.to("zhao-er"))
    assert not any("又有一户" in text for text in played.to("li"))


async def test_what_is_taken_back_of_two_matters_is_the_one_that_is_named(scene: Scene) -> None:
    scene.says("09:00", "wang", "门口垃圾没人收 楼道灯也不亮")
    scene.says("09:01", "wang", "楼道灯亮了 刚才看错了 垃圾还在")
    states = {row["category"]: row["state"] for row in (await scene.play()).report["tickets"]}
    assert states == {"env_sanitation": "open", "public_facility": "withdrawn"}


async def test_back_again_said_in_the_group_hours_later_is_a_new_matter(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼1单元101 厨房下水道堵了 返水")
    scene.private("09:01", "li", "1")
    scene.private("09:30", "li", "办结 通了 掏出一团油")
    scene.says("13:30", "wang", "又堵了 比上午还厉害")
    played = await scene.play()
    assert played.ticket(2)["category"] == played.ticket(1)["category"]
    assert any("上次 #1 办结后又出现" in text for text in played.to("li"))


async def test_back_again_of_somebody_who_reported_nothing_is_talk(scene: Scene) -> None:
    scene.says("09:00", "wang", "又堵了 二环天天这样")
    assert not (await scene.play()).report["tickets"]


async def test_me_too_said_to_a_joke_is_asked_of_nobody(scene: Scene) -> None:
    scene.says("09:00", "wang", "老公一回家我就漏电 哈哈哈哈 静电太厉害")
    scene.says("09:01", "chen", "我也是 摸门把手都不敢")
    played = await scene.play()
    assert not played.report["candidates"] and not played.to("li")


async def test_a_reason_to_hurry_is_read_by_whoever_has_it(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼1单元一楼下水道返水了 满屋脏水")
    scene.says("09:01", "wang", "快点啊 要流到电箱了")
    scene.says("09:02", "wang", "快点啊")
    added = [text for text in (await scene.play()).to("li") if "有补充" in text]
    assert len(added) == 1 and "电箱" in added[0]


async def test_whoever_comes_has_not_mended_it_yet(scene: Scene) -> None:
    scene.says("09:00", "wang", "东门口那棵枯树被风吹得直晃 底下就是电线 怕是要倒")
    scene.private("09:01", "li", "1")
    scene.says("09:45", "chen", "供电的车来了 在锯树")
    heard = (await scene.play()).to("li")
    assert any("有补充：供电的车来了" in text for text in heard)
    assert not any("有居民说已经好了" in text for text in heard)


async def test_an_ambulance_and_a_door_are_no_numbers_of_matters(scene: Scene) -> None:
    scene.says("09:00", "chen", "老伴喘不上气 脸都紫了")
    scene.private("09:01", "li", "我马上到502")
    scene.private("09:05", "li", "120到了 拉走了")
    played = await scene.play()
    assert not any("没有找到" in text for text in played.to("li"))
    assert played.ticket()["first_reply_at"] == "2026-03-02T09:01:00+08:00"


async def test_what_was_done_for_somebody_ill_or_complained_of_is_no_news_for_the_group(scene: Scene) -> None:
    scene.says("09:00", "chen", "老伴喘不上气 脸都紫了")
    scene.private("09:01", "li", "1")
    scene.private("09:30", "li", "办结 已送医院，人醒过来了")
    scene.says("10:00", "wang", "3-2-601天天半夜拖椅子 咚咚咚 受不了")
    scene.private("10:01", "li", "接单 2")
    scene.private("10:30", "li", "办结 2 上门说了，椅子腿贴了毛毡")
    group = (await scene.play()).in_group("r1")
    assert not any("醒" in text or "椅子" in text for text in group)


async def test_a_worker_with_nothing_in_hand_is_told_so(scene: Scene) -> None:
    scene.private("09:00", "li", "办结 换了灯泡，试过亮了")
    assert any("您手上没有在办的事项" in text for text in (await scene.play()).to("li"))


async def test_a_neighbour_who_agrees_has_the_same(scene: Scene) -> None:
    scene.says("09:00", "wang", "东门口路灯昨晚也不亮 麻烦给看看")
    scene.says("09:01", "chen", "对 那灯好几天了 黑黢黢的")
    played = await scene.play()
    assert played.ticket()["supporters"] == ["chen"] and not played.report["candidates"]


async def test_what_its_speaker_says_is_over_needs_no_judging(scene: Scene) -> None:
    scene.says("09:00", "wang", "楼下那车能不能别老按喇叭")
    scene.says("09:03", "wang", "挪了 谢谢")
    played = await scene.play()
    assert played.report["candidates"][0]["answer"] == "withdrawn"
    assert any("不用再登记" in text for text in played.to("li")) and not played.in_group("r1")


async def test_moved_away_is_offered_to_whoever_has_it(scene: Scene) -> None:
    scene.says("09:00", "wang", "东门口那辆白车堵着出口了 打电话不接 出不去啊")
    scene.private("09:01", "li", "1")
    scene.says("09:12", "wang", "挪了挪了 谢谢")
    assert any("有居民说已经好了" in text for text in (await scene.play()).to("li"))


async def test_reported_before_joins_the_open_one_and_nobody_hears_that_it_is_no_matter(scene: Scene) -> None:
    scene.says("09:00", "chen", "单元门关不上了 风大哐哐响")
    scene.private("09:01", "li", "1")
    scene.says("12:00", "lin", "2单元的门禁坏了 关不严")
    scene.private("12:01", "li", "这个昨天报过了")
    played = await scene.play()
    assert played.ticket(2)["state"] == "merged"
    assert any("与 #1 是同一件事" in text for text in played.to("lin"))


async def test_a_lift_and_a_lamp_do_not_gather(scene: Scene) -> None:
    scene.says("09:00", "chen", "3号楼电梯又停了")
    scene.says("09:01", "lin", "我家也是 按了没反应")
    scene.says("09:05", "wang", "3号楼楼道灯不亮了")
    assert not any("聚集预警" in text for text in (await scene.play()).to("qian"))


async def test_a_stranger_in_the_wrong_group_reaches_the_grid_of_his_building(scene: Scene) -> None:
    scene.says("09:00", "stranger", "请问8号楼在哪边 我们家8号楼没暖气")
    scene.says("09:01", "stranger-2", "88号楼没暖气")
    played = await scene.play(until="2026-03-02 09:05")
    assert [played.ticket(no)["grid"] for no in (1, 2)] == ["g2", "g1"]
    assert any("8号楼" in text for text in played.to("wu"))


async def test_how_his_own_stands_asked_in_the_group_hours_later_is_answered_in_private(scene: Scene) -> None:
    scene.says("09:00", "wang", "东门口路灯不亮了")
    scene.private("09:01", "li", "1")
    scene.says("16:00", "wang", "路灯今晚能亮不")
    scene.says("16:01", "chen", "路灯今晚能亮不")
    played = await scene.play(until="2026-03-02 16:05")
    assert any("#1 路灯（已接单）" in text for text in played.to("wang"))
    assert not played.to("chen") and len(played.in_group("r1")) == 1


async def test_satisfied_too_early_is_asked_of_no_number(scene: Scene) -> None:
    scene.says("09:00", "wang", "东门口路灯不亮了")
    scene.says("10:00", "wang", "门口垃圾桶满了 没人收")
    scene.private("10:05", "wang", "满意")
    played = await scene.play(until="2026-03-02 10:06")
    assert any("2 件事都还在办理" in text for text in played.to("wang"))


async def test_a_picture_goes_with_the_words_ten_minutes_later(scene: Scene) -> None:
    shown = scene.says("09:00", "wang", media=["image"])
    scene.says("09:10", "wang", "就这个 楼梯扶手松了 一晃一晃的 老人扶着要摔")
    assert shown in (await scene.play()).ticket()["messages"]


async def test_the_word_that_closes_is_no_part_of_the_result(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼没水了")
    scene.private("09:01", "li", "1")
    scene.private("10:00", "li", "来水了 办结")
    scene.private("10:01", "li", "1")
    assert (await scene.play()).in_group("r1")[-1] == "#1 已办结：来水了"
