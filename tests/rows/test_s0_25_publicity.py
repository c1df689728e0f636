"""S0-25 网格公示: once a month, and when somebody changes, a group reads who answers for it; quietly."""

from __future__ import annotations

from tests.scene import Scene

STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,,
    s3,钱长,网格长,g1,13800000003,qian,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
    s7,郑新,网格员,g1,13800000007,zheng,,专职,,
"""


def boards(texts: list[str]) -> list[str]:
    return [text for text in texts if text.startswith("【网格公示】")]


async def test_in_the_middle_of_a_month_a_group_reads_who_answers_for_it(scene: Scene) -> None:
    scene.private("09:00", "qian", "启用")
    scene.says("09:30", "stranger", "大家早上好")
    played = await scene.play(until="2026-03-17 09:00")
    posts = [row for row in played.said if row.get("room") == "r1" and row["text"].startswith("【网格公示】")]
    assert [row["at"] for row in posts] == ["2026-03-16T10:00:00+08:00"]  # the 15th is a Sunday
    text = posts[0]["text"]
    assert "第一网格" in text and "网格员 李网 13800000001" in text and "网格长 钱长" in text
    assert "王大妈" not in text and "3-1-101" not in text


async def test_a_change_brings_a_new_post_the_next_morning_and_the_same_again_does_not(scene: Scene) -> None:
    scene.private("09:00", "qian", "启用")
    scene.happens("2026-03-03 12:00", "import", org="second")
    scene.people()
    second = scene.folder / "second"
    second.mkdir()
    for sheet in scene.org.iterdir():
        (second / sheet.name).write_bytes(sheet.read_bytes())
    lines = [line.strip() for line in STAFF.strip().splitlines() if not line.strip().startswith("s1,")]
    (second / "staff.csv").write_text("\n".join(lines) + "\n", "utf-8")
    played = await scene.play(until="2026-03-05 12:00")
    posts = boards(played.in_group("r1"))
    assert len(posts) == 1 and "网格员 郑新 13800000007" in posts[0]


async def test_a_group_that_is_not_read_along_is_left_in_peace(scene: Scene) -> None:
    scene.private("08:00", "qian", "停用")
    scene.says("09:30", "stranger", "大家早上好")
    played = await scene.play(until="2026-03-17 09:00")
    assert boards(played.in_group("r1")) == []


async def test_the_one_word_in_a_group_is_answered_in_private(scene: Scene) -> None:
    scene.says("09:00", "wang", "网格员")
    played = await scene.play()
    assert "李网 13800000001" in played.to("wang")[0] and played.in_group("r1") == []


async def test_who_has_several_roles_is_named_once_with_what_he_does(scene: Scene) -> None:
    scene.people(
        staff="""
            id,name,role,node,phone,contact
            s1,李网,网格员,g1,13800000001,li
            s3,钱长,网格长,g1,13800000003,qian
            s9,佟姐,楼院长,g1,13800000009,tong
            s9,佟姐,治安巡防员,g1,13800000009,tong
        """
    )
    scene.says("09:30", "stranger", "大家早上好")
    played = await scene.play(until="2026-03-17 09:00")
    (post,) = boards(played.in_group("r1"))
    assert "楼院长、治安巡防员 佟姐 13800000009（" in post and post.count("佟姐") == 1
    assert "网格员 李网 13800000001（走访、巡查、排查）" in post
