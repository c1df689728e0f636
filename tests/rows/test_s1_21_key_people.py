"""S1-21 重点人员: a file with class, plan and worker; never in a group, each reading recorded."""

from __future__ import annotations

from tests.scene import Scene


async def test_a_file_is_opened_read_and_talked_about_and_each_reading_leaves_a_trace(scene: Scene) -> None:
    scene.private("09:00", "li", "建档 3-2-601 林小姐 精神障碍 按时服药，每月随访")
    scene.private("09:05", "qian", "重点 3-2-601")
    scene.private("09:10", "li", "帮教 林小姐 情绪稳定，按时服药")
    scene.private("09:15", "qian", "重点人员")
    played = await scene.play()
    assert "由李网负责" in played.to("li")[0]
    assert "精神障碍" in played.to("qian")[0] and "本次查看已记录" in played.to("qian")[0]
    assert "下次 4月1日" in played.to("li")[1]
    assert "在管 1 人" in played.to("qian")[1] and "林" not in played.to("qian")[1]
    assert played.report["audit"] == {"entries": 2, "chain_ok": True}


async def test_nobody_else_reads_it_and_no_group_ever_hears_of_it(scene: Scene) -> None:
    scene.private("09:00", "li", "建档 3-2-601 林小姐 社区矫正 每月谈话")
    scene.private("09:05", "zhao", "重点 3-2-601")
    scene.says("09:10", "li", "#重点 3-2-601", "w1")
    scene.says("09:11", "li", "#重点 3-2-601")
    scene.private("09:12", "wu", "重点 3-2-601")
    scene.private("09:13", "wang", "#重点 3-2-601")
    played = await scene.play(until="2026-03-03 20:00")
    for who in ("zhao", "wu", "wang", "sun"):
        assert "矫正" not in "".join(played.to(who))
    assert played.in_group("w1") == [] and played.in_group("r1") == []


async def test_whoever_answers_for_it_is_reminded_when_a_talk_is_due(scene: Scene) -> None:
    scene.private("09:00", "li", "建档 3-2-601 林小姐 留守儿童 每月家访")
    played = await scene.play(until="2026-03-13 09:00")
    due = [row for row in played.said if "【今天要谈】" in row["text"]]
    assert {row["to"] for row in due} == {"li"} and due[0]["at"].startswith("2026-03-09T08:00")
    assert any("过期三天" in text and "林" not in text for text in played.to("qian"))


async def test_only_a_leader_ends_it(scene: Scene) -> None:
    scene.private("09:00", "li", "建档 3-2-601 林小姐 社区矫正 每月谈话")
    scene.private("09:05", "li", "销档 林小姐")
    scene.private("09:10", "qian", "销档 林小姐")
    scene.private("09:15", "qian", "重点 3-2-601")
    played = await scene.play(until="2026-03-20 09:00")
    assert "已销" in played.to("qian")[0] and "没有在管的档案" in played.to("qian")[1]
    assert not any("今天要谈" in row["text"] for row in played.said)


async def test_words_that_only_look_like_it_are_ordinary_talk(scene: Scene) -> None:
    scene.says("09:00", "li", "重点 下午开会", "w1")
    scene.says("09:01", "li", "谈话 改到三点", "w1")
    scene.says("09:02", "li", "外出 办事去了", "w1")
    played = await scene.play()
    assert played.in_group("w1") == [] and played.to("li") == []


async def test_whom_the_register_names_is_known_before_a_file_is_opened_and_visited_at_his_pace(
    scene: Scene,
) -> None:
    scene.people(
        residents="""
            contact,household,name,head,birth,classes,phone
            wang,h1,王大妈,yes,,,
            lin,h3,林小姐,yes,,,
            ,h3,林小军,no,1990-01-01,精神障碍,
        """
    )
    scene.private("09:00", "qian", "重点人员")
    scene.private("09:01", "li", "重点 林小军")
    scene.private("09:02", "wu", "重点 3-2-601")
    scene.private("09:03", "zhao", "重点 3-2-601")
    scene.private("09:04", "li", "建档 3-2-601 林小军 精神障碍 按时服药")
    scene.private("09:05", "qian", "重点人员")
    played = await scene.play()
    assert "名册上另有 1 人还没有建档" in played.to("qian")[0] and "林" not in played.to("qian")[0]
    assert "林小军 精神障碍（名册）" in played.to("li")[0] and "负责：李网" in played.to("li")[0]
    assert "精神" not in "".join(played.to("wu") + played.to("zhao"))
    assert "在管 1 人" in played.to("qian")[1] and "另有" not in played.to("qian")[1]
    assert played.report["audit"]["entries"] >= 2
    assert {row["why"] for row in played.rows("visits", household="h3")} == {"精神障碍"}
