"""S2-05 三必访: ordinary households yearly, those in need every quarter, old people alone every month."""

from __future__ import annotations

from datetime import date

from tests.scene import Scene

HOUSEHOLDS = """
    id,node,address,building,unit,room,head,classes,phone,since
    plain,g1,3号楼1单元101,3,1,101,王大妈,普通,,
    poor,g1,3号楼1单元102,3,1,102,李叔,困难,,
    alone,g1,3号楼2单元502,3,2,502,陈师傅,独居老人,,
    both,g1,3号楼2单元601,3,2,601,林奶奶,困难;独居老人,,
    new,g1,5号楼1单元101,5,1,101,何叔,普通,,2026-02-28
"""


async def test_each_class_has_its_period_and_the_shortest_wins(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS, residents="contact,household,name,head")
    scene.says("09:00", "stranger", "大家早上好")
    played = await scene.play()
    planned = {row["household"]: row for row in played.report["visits"]}
    due = {home: date.fromisoformat(row["due_on"]) for home, row in planned.items()}
    assert due["alone"] <= date(2026, 3, 31) and due["both"] <= date(2026, 3, 31)
    assert due["poor"] <= date(2026, 3, 31) and due["plain"] <= date(2026, 12, 31)
    assert planned["both"]["why"] == "独居老人"
    assert due["new"] <= date(2026, 3, 7)
    assert {row["worker"] for row in planned.values()} == {"s1"}


async def test_a_visit_counts_for_every_class_and_plans_the_next(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS, residents="contact,household,name,head")
    scene.private("09:00", "li", "走访 3-2-601 正常")
    played = await scene.play(until="2026-03-03 09:00")
    done, *later = played.rows("visits", household="both")
    assert done["done_at"] == "2026-03-02T09:00:00+08:00" and done["mode"] == "上门"
    assert all(row["due_on"] > "2026-03-25" for row in later)


async def test_the_worker_is_reminded_in_private_and_the_leader_told_when_it_is_late(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS, residents="contact,household,name,head")
    scene.says("09:00", "stranger", "大家早上好")
    played = await scene.play(until="2026-03-20 20:00")
    assert any("5-1-101" in text for text in played.to("li"))
    assert any("5-1-101" in text or "走访" in text for text in played.to("qian"))
    told = [text for text in played.in_group("r1") if not text.startswith("【网格公示】")]
    assert not any("走访" in text or "5-1-101" in text for text in told)


async def test_a_newcomer_is_announced_a_week_before_due_within_seven_days_and_then_told_upwards(
    scene: Scene,
) -> None:
    scene.people(households=HOUSEHOLDS, residents="contact,household,name,head")
    scene.says("09:00", "stranger", "大家早上好")
    played = await scene.play(until="2026-03-09 09:00")
    seen = {
        row["at"][:10]: row["text"]
        for row in played.said
        if row.get("to") == "li" and "5-1-101" in row["text"]
    }
    assert "一周内到期的走访" in seen["2026-03-03"]
    assert "· 5-1-101（新入户）" in seen["2026-03-06"]
    assert "已过期 3 天" in seen["2026-03-09"]
    late = [row for row in played.said if row.get("to") == "qian" and "【走访逾期】" in row["text"]]
    assert [row["at"][:10] for row in late] == ["2026-03-09"]


async def test_the_day_has_at_most_five_in_walking_order(scene: Scene) -> None:
    doors = [(b, u, r) for b in ("5", "3") for u in ("2", "1") for r in ("102", "101", "1001", "202")]
    rows = "\n".join(f"n{n},g1,,{b},{u},{r},户{n},普通,,2026-02-27" for n, (b, u, r) in enumerate(doors))
    head = "id,node,address,building,unit,room,head,classes,phone,since\n"
    scene.people(households=head + rows, residents="contact,household,name,head")
    scene.says("09:00", "stranger", "大家早上好")
    played = await scene.play(until="2026-03-06 09:00")
    per_day: dict[str, int] = {}
    for row in played.report["visits"]:
        per_day[row["due_on"]] = per_day.get(row["due_on"], 0) + 1
    assert max(per_day.values()) <= 5
    lists = [text for text in played.to("li") if "【今日安排】" in text and "新入户" in text]
    shown = [line.split("（")[0] for line in lists[0].splitlines() if line.startswith("· ")]
    assert len(shown) <= 5
    assert shown == sorted(shown, key=lambda door: [int(part) for part in door[2:].split("-")])


async def test_the_period_is_counted_by_the_calendar(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS, residents="contact,household,name,head")
    scene.day = "2026-03-30"
    scene.private("09:00", "li", "走访 3-2-502 正常")
    scene.private("09:01", "li", "走访 3-1-102 正常")
    scene.private("09:02", "li", "走访")
    scene.private("2026-04-01 09:00", "li", "走访")
    played = await scene.play()
    first, second = [text for text in played.to("li") if "【走访进度】" in text]
    assert "独居老人（本月）1/2 户" in first and "困难（本季度）1/1 户" in first
    assert "独居老人（本月）0/2 户" in second and "困难（本季度）0/1 户" in second
