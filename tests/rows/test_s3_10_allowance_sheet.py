"""S3-10 每年10元/人，每季度拨付20%，其余奖励: a sheet by people and stars; no money moves."""

from __future__ import annotations

from tests.scene import Scene

STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,,
    s3,钱长,网格长,g1,13800000003,qian,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
    s6,吴网,网格员,g2,13800000006,wu,,专职,,
"""


async def test_the_base_goes_by_people_and_the_rest_by_stars(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("09:00", "sun", "户籍人口 第一网格 1130")
    scene.private("09:01", "sun", "户籍人口 第二网格 1000人")
    scene.private("09:10", "qian", "评星 李网 4 带病值守")
    scene.private("09:11", "sun", "评星 吴网 3")
    scene.private("09:20", "sun", "补贴表")
    played = await scene.play()
    sheet = played.to("sun")[-1]
    # 1130 people × 10 yuan × 20 % = 2260; the pool of a quarter is 5 % of 21300 = 1065, divided 2 : 1
    assert "李网：1130人，基础2260元，4星奖励710元，话费60元/月" in sheet
    assert "吴网：1000人，基础2000元，3星奖励355元，话费40元/月" in sheet
    assert "只算账，不发钱" in sheet and "基础 4260 元，奖励 1065 元" in sheet
    assert not any("补贴" in text for room in ("r1", "w1") for text in played.in_group(room))


async def test_without_the_offices_number_the_register_counts_and_colleagues_share(scene: Scene) -> None:
    scene.private("09:20", "sun", "补贴表")
    played = await scene.play()
    assert "李网：4人，基础4元" in played.to("sun")[-1] and "赵副：4人，基础4元" in played.to("sun")[-1]


async def test_only_a_leader_reads_the_sheet(scene: Scene) -> None:
    scene.private("09:20", "li", "补贴表")
    scene.private("09:21", "li", "户籍人口 第一网格 99999")
    played = await scene.play()
    assert all("需要网格工作人员" in text for text in played.to("li"))
