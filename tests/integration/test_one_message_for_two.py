"""Where two things are told to one person at one time, one message tells both."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_month_and_quarter_end_in_one_message(scene: Scene) -> None:
    scene.day = "2026-03-30"
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    played = await scene.play(until="2026-04-01 08:31")
    morning = [row["text"] for row in played.said if row.get("to") == "zhou" and "04-01T08:30" in row["at"]]
    assert len(morning) == 1
    month, quarter = morning[0].split("\n\n")
    assert month.startswith("【月报】青石街道 截至3月31日") and "新增 1（上月 0）" in month
    assert quarter.startswith("【季报】青石街道 截至3月31日") and "新增 1（上季 0）" in quarter
    assert "超期" in month and "超期 1 件" not in quarter  # what is late today is said once
    assert len(morning[0].splitlines()) <= 32
    kept = [row["period"] for row in played.rows("digests", to="s5") if row["period"] != "day"]
    assert kept == ["month", "quarter"]


async def test_a_week_that_ends_with_a_month_is_told_below_it(scene: Scene) -> None:
    scene.day = "2026-05-28"
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    played = await scene.play(until="2026-06-01 08:31")
    morning = [row["text"] for row in played.said if row.get("to") == "qian" and "06-01T08:30" in row["at"]]
    assert len(morning) == 1
    assert morning[0].startswith("【月报】") and "\n\n【周报】" in morning[0]


async def test_a_week_counts_its_days_as_the_days_did(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.says("2026-03-04 19:00", "lin", "3号楼1单元楼道灯坏了")
    played = await scene.play(until="2026-03-09 08:31")
    told = played.to("zhou")
    thursday = next(text for text in told if text.startswith("【日报】青石街道 3月5日"))
    weekly = next(text for text in told if text.startswith("【周报】"))
    assert "新增 1（昨日 0）" in thursday
    assert "每天新增：一1 二0 三0 四1 五0 六0 日0" in weekly


async def test_a_matter_just_late_is_late_by_minutes(scene: Scene) -> None:
    scene.says("2026-03-03 11:20", "he", "3号楼井盖丢了")
    played = await scene.play(until="2026-03-03 18:01")
    digest = next(text for text in played.to("qian") if text.startswith("【日报】第一网格 3月3日"))
    assert "超 40 分钟" in digest


OLD = """
    id,node,address,building,unit,room,head,classes,phone,since
    h1,g1,3号楼1单元101,3,1,101,王大妈,普通,,
    h2,g1,3号楼2单元502,3,2,502,陈师傅,独居老人;无手机老人,,
"""


async def test_a_visit_to_somebody_who_lives_alone_is_the_mornings_look_in_too(scene: Scene) -> None:
    scene.people(households=OLD, residents="contact,household,name,head\nwang,h1,王大妈,yes")
    scene.private("2026-03-03 08:40", "li", "走访 3-2-502 正常")
    played = await scene.play(until="2026-03-03 19:00")
    assert any("晨间看望也一并记好了" in text for text in played.to("li"))
    assert not any("晨间看望还没有人" in row["text"] for row in played.said)
    evening = [row for row in played.said if "【晚间看望】" in row["text"] and "03-03T18:00" in row["at"]]
    assert len(evening) == 1  # a morning's visit is no evening's


async def test_a_visit_to_a_family_is_no_look_in_unless_the_old_one_is_named(scene: Scene) -> None:
    scene.people(
        households=OLD, residents="contact,household,name,head,classes\nx,h2,陈师傅,yes,\ny,h2,陈小弟,,\n"
    )
    scene.private("2026-03-03 08:40", "li", "走访 3-2-502 正常")
    scene.private("2026-03-03 09:00", "li", "走访 3-2-502 见到陈师傅 都好")
    played = await scene.play(until="2026-03-03 10:00")
    answers = [text for text in played.to("li") if "已记录 3-2-502" in text]
    assert "看望" not in answers[0] and "晨间看望也一并记好了" in answers[1]


async def test_a_dispute_entered_brings_one_answer_with_the_time_to_be_there(scene: Scene) -> None:
    scene.private("09:00", "li", "登记纠纷 3-2-502 3-2-601 楼上漏水赔偿 黄")
    played = await scene.play(until="2026-03-02 11:30")
    answers = [row["text"] for row in played.said if row.get("to") == "li" and "T09:00" in row["at"]]
    assert len(answers) == 1 and "已登记" in answers[0] and "11:00前到场" in answers[0]
    late = [text for text in played.to("li") if "必到未到" in text]
    assert len(late) == 1 and "请马上去" in late[0] and "负责" not in late[0]
    assert "还没有人出发" in next(text for text in played.to("qian") if "必到未到" in text)


async def test_a_dispute_reported_by_a_resident_is_one_card(scene: Scene) -> None:
    scene.private("09:00", "lin", "报事 对门两家邻居天天吵架，闹得不可开交")
    played = await scene.play(until="2026-03-02 09:10")
    cards = [text for text in played.to("li") if "#1" in text]
    assert len(cards) == 1 and "【必到】" in cards[0]


async def test_who_sends_an_announcement_at_once_reads_one_answer(scene: Scene) -> None:
    scene.private("09:00", "qian", "公告 3号楼 今天下午三点停水")
    scene.private("09:01", "qian", "确认")
    scene.private("10:00", "qian", "公告 3号楼 11点 晚上停电")
    scene.private("10:01", "qian", "确认")
    played = await scene.play(until="2026-03-02 12:00")
    at = [(row["at"][11:16], row["text"]) for row in played.said if row.get("to") == "qian"]
    assert [text for time, text in at if time == "09:01"] == [
        "公告 #1 已确认，现在就发。发出后要改：更正公告 1 正确的话"
    ]
    assert [text for time, text in at if time == "11:00"] == ["公告 #2 已发到 1 个群。"]


async def test_a_visit_put_off_is_not_announced_again(scene: Scene) -> None:
    scene.private("2026-03-04 09:00", "li", "走访 3-2-502 不在家")
    played = await scene.play(until="2026-03-31 08:01")
    told = [text for text in played.to("li") if "一周内到期" in text and "3-2-502" in text]
    assert len(told) <= 1


async def test_half_a_month_where_all_have_spoken_is_told_by_the_digest_alone(scene: Scene) -> None:
    scene.day = "2026-03-30"
    scene.private("09:00", "li", "零报告")
    played = await scene.play(until="2026-03-31 18:01")
    assert not any(text.startswith("【半月排查】") and "个网格" in text for text in played.to("qian"))
    assert any("半月排查：有事 0、零报告 1、未报 0" in text for text in played.to("qian"))


STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s3,钱长,网格长,g1,13800000003,qian,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
    s7,郑新,网格员,g1,13800000007,zheng,,专职,,
"""


async def test_a_change_on_the_day_of_the_months_results_stands_in_the_same_post(scene: Scene) -> None:
    scene.day = "2026-03-30"
    scene.private("09:00", "qian", "启用")
    scene.says("09:30", "wang", "3号楼2单元电梯又停了")
    scene.private("10:00", "zhao", "接单 1")
    scene.private("11:00", "zhao", "办结 1 维保换了门机皮带，试过能用")
    scene.happens("2026-03-31 12:00", "import", org="second")
    scene.people()
    second = scene.folder / "second"
    second.mkdir()
    for sheet in scene.org.iterdir():
        (second / sheet.name).write_bytes(sheet.read_bytes())
    (second / "staff.csv").write_text("\n".join(line.strip() for line in STAFF.strip().splitlines()), "utf-8")
    played = await scene.play(until="2026-04-02 12:00")
    posts = [row for row in played.said if row.get("room") == "r1" and "2026-04" in row["at"]]
    assert [row["at"][:16] for row in posts] == ["2026-04-01T10:00"]
    assert "办结 1 件" in posts[0]["text"] and "网格员 郑新 13800000007" in posts[0]["text"]


async def test_a_dispute_whose_matter_is_ended_is_not_asked_after(scene: Scene) -> None:
    scene.private("09:00", "li", "登记纠纷 3-2-502 3-2-601 漏水赔偿 黄")
    scene.private("10:00", "li", "到场 1")
    scene.private("15:00", "li", "办结 1 两家当面谈好，各让一步")
    played = await scene.play(until="2026-03-10 12:00")
    assert not any("纠纷久未跟进" in row["text"] for row in played.said)


async def test_a_must_visit_whose_ticket_is_done_is_neither_listed_nor_counted_as_a_round(
    scene: Scene,
) -> None:
    scene.private("09:00", "li", "登记纠纷 3-2-502 3-2-601 漏水赔偿 黄")
    scene.private("15:00", "li", "办结 1 两家当面谈好，各让一步")
    scene.private("2026-03-03 09:00", "li", "必到")
    played = await scene.play(until="2026-03-05 18:01")
    assert played.to("li")[-1] != "" and any("没有未了的必到" in text for text in played.to("li"))
    digests = [text for text in played.to("qian") if text.startswith("【日报】")]
    assert not any("逾期未走 1 户" in text for text in digests)


async def test_a_decision_of_a_meeting_is_not_chased_for_a_first_reply(scene: Scene) -> None:
    scene.private("09:00", "sun", "民情分析会 明天下午3点 社区会议室")
    scene.private("2026-03-03 16:00", "sun", "决议 1 钱长 3月10日 问清楚3号楼电梯大修计划")
    played = await scene.play(until="2026-03-06 18:01")
    assert any("决议" in text and "3月10日" in text for text in played.to("qian"))
    assert not any("首次回复" in text for text in played.to("qian"))


async def test_what_is_answered_at_once_is_no_end_of_the_other_matter(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "chen", "暖气不热，另外请问医保怎么交")
    played = await scene.play()
    (ticket,) = played.report["tickets"]
    assert ticket["sub"] == "heating"
    assert any("医保" in text for text in played.to("chen"))
