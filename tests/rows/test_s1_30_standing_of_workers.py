"""S1-30 身份待遇保障、激励培养: allowance by the sheet, stars, and a list of whom to further."""

from __future__ import annotations

from tests.scene import Scene

STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments,source
    s1,李网,网格员,g1,13800000001,li,,专职,,,退伍军人
    s3,钱长,网格长,g1,13800000003,qian,,专职,,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,,
    s6,吴网,网格员,g2,13800000006,wu,,兼职,,,老党员
"""


async def test_a_worker_knows_his_standing_and_his_leader_whom_to_further(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("09:00", "qian", "评星 李网 4 2025Q4 全年无一差错")
    scene.private("09:01", "qian", "评星 李网 5 抗雪值守")
    scene.private("09:10", "sun", "人才名单")
    scene.private("09:11", "sun", "补贴表")
    played = await scene.play()
    assert any("评定为五星" in text for text in played.to("li"))
    listed = played.to("sun")[-2]
    assert "李网" in listed.splitlines()[1] and "建议培养" in listed.splitlines()[1]
    assert "来源：退伍军人" in listed and "来源：老党员" in listed
    assert "5星" in played.to("sun")[-1] and "话费100元/月" in played.to("sun")[-1]


async def test_nobody_else_reads_it(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("09:00", "wu", "人才名单")
    scene.says("09:01", "wang", "#人才名单")
    played = await scene.play()
    assert "需要网格工作人员" in played.to("wu")[-1]
    assert played.in_group("r1") == [] and not any("来源" in text for text in played.to("wang"))
