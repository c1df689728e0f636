"""S1-13 六道程序: 自荐, 举荐, 推荐, 把关, 审核, 动态调整, with who and when; a public notice at the end."""

from __future__ import annotations

from tests.scene import Scene


def nominated(scene: Scene) -> None:
    scene.private("09:00", "he", "自荐 网格员 退休在家 有时间")
    scene.private("09:01", "wang", "举荐 何叔 网格员 热心公道")
    scene.private("09:02", "chen", "举荐 何叔 网格员 会修水管")


async def test_six_stages_end_in_a_public_notice_and_a_post(scene: Scene) -> None:
    nominated(scene)
    scene.private("10:00", "qian", "推荐 1 同意")
    scene.private("11:00", "sun", "把关 1 同意 群众反映好")
    scene.private("14:30", "zhou", "审核 1 同意")
    scene.private("14:40", "zhou", "任用 1")
    scene.private("14:50", "he", "待办")
    played = await scene.play()
    notice = next(text for text in played.to("zhou") if "公示" in text)
    assert "何叔" in notice and "自荐、举荐、推荐、把关、审核" in notice and "异议" in notice
    assert "101" not in notice
    told = played.to("zhou")[-1]
    assert all(name in told for name in ("钱长", "孙书记", "周主任", "03-02 10:00", "热心公道"))
    assert "没有待办" in played.to("he")[-1]
    assert any("任命为网格员" in text for text in played.to("he"))
    assert played.in_group("r1") == []


async def test_no_stage_is_skipped_and_nobody_does_two(scene: Scene) -> None:
    nominated(scene)
    scene.private("10:00", "zhou", "审核 1 同意")
    scene.private("10:01", "sun", "推荐 1 同意")
    scene.private("10:02", "sun", "把关 1 同意")
    scene.private("10:03", "li", "把关 1 同意")
    scene.private("10:04", "wang", "#审核 1 同意")
    played = await scene.play()
    assert any("先要：推荐" in text for text in played.to("zhou"))
    assert "前一步是您办的" in played.to("sun")[-1]
    assert "需要网格工作人员" in played.to("li")[-1]
    assert not any("公示" in text for who in ("zhou", "sun", "qian") for text in played.to(who))


async def test_a_no_ends_it_and_who_leaves_the_post_is_released(scene: Scene) -> None:
    nominated(scene)
    scene.private("10:00", "qian", "推荐 1 不同意 家里有困难")
    scene.private("10:01", "lin", "自荐 网格员 想为大家做事")
    scene.private("10:02", "qian", "推荐 2 同意")
    scene.private("10:03", "sun", "把关 2 同意")
    scene.private("10:04", "zhou", "审核 2 同意")
    scene.private("10:10", "sun", "动态调整 2 本人不愿再干")
    scene.private("10:11", "lin", "格情")
    played = await scene.play()
    assert any("没有通过" in text for text in played.to("he"))
    assert any("不再担任网格员" in text for text in played.to("lin"))
    assert "需要网格工作人员" in played.to("lin")[-1]


async def test_an_approval_can_be_taken_back_at_once(scene: Scene) -> None:
    nominated(scene)
    scene.private("10:00", "qian", "推荐 1 同意")
    scene.private("11:00", "sun", "把关 1 同意")
    scene.private("14:30", "zhou", "审核 1 同意")
    scene.private("14:31", "zhou", "撤销")
    scene.private("14:40", "he", "格情")
    played = await scene.play()
    assert "需要网格工作人员" in played.to("he")[-1]
    assert played.report["appointments"][0]["state"] == "open"


STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,,
    s3,钱长,网格长,g1,13800000003,qian,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
    s5,周主任,街道主任,jd,13800000005,zhou,,专职,,
    s8,高片长,片长,jd,13800000008,gao,,专职,,
"""


async def test_only_who_the_rules_name_signs_and_is_asked_to(scene: Scene) -> None:
    scene.people(staff=STAFF)
    nominated(scene)
    scene.private("10:00", "qian", "推荐 1 同意")
    scene.private("11:00", "sun", "把关 1 同意")
    scene.private("11:10", "gao", "审核 1 同意")
    scene.private("11:20", "li", "审核 1 同意")
    scene.private("11:30", "zhou", "审核 1 同意")
    played = await scene.play()
    assert played.to("gao") == ["网格员由街道主任审核，任用 1 已在等他们办理，谢谢您关心。"]
    assert "需要网格工作人员" in played.to("li")[-1]
    assert any("请您审核" in text for text in played.to("zhou")) and "公示" in played.to("zhou")[-1]


async def test_neighbours_name_people_for_posts_not_for_offices(scene: Scene) -> None:
    scene.private("09:00", "he", "自荐 街道主任 我能行")
    scene.private("09:01", "wang", "举荐 何叔 市长 热心")
    scene.private("09:02", "chen", "举荐 何叔 楼长 会修水管")
    played = await scene.play()
    assert "“街道主任”不由群众推荐产生" in played.to("he")[-1] and "网格员" in played.to("he")[-1]
    assert "“市长”不由群众推荐产生" in played.to("wang")[-1]
    assert [row["role"] for row in played.report["appointments"]] == ["楼长"]
