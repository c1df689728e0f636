"""A chat log played against the complete program: what is said, what is reported, what falls due between."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene

LIFT = "3号楼2单元电梯又停了 老人下不去楼"
LAMP = "5号楼门口的路灯坏了好几天了"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_a_report_brings_an_answer_a_card_and_a_ticket(scene: Scene) -> None:
    first = scene.says("09:00", "wang", LIFT)
    played = await scene.play()
    assert len(played.in_group("r1")) == 1 and "#1" in played.in_group("r1")[0]
    assert len(played.to("li")) == 1
    ticket = played.ticket()
    assert (ticket["category"], ticket["state"]) == ("public_facility", "open")
    assert ticket["messages"] == [first] and ticket["reporters"] == ["wang"]
    assert ticket["opened_at"] == "2026-03-02T09:00:00+08:00"
    assert [line["what"] for line in ticket["history"]] == ["open"]


async def test_the_report_has_every_key_even_when_nothing_happened(scene: Scene) -> None:
    scene.says("09:00", "wang", "大家早上好")
    report = (await scene.play()).report
    lists = ["tickets", "candidates", "duties", "announcements", "mobilisations"]
    assert all(report[name] == [] for name in [*lists, "digests", "points", "diaries", "scores"])
    assert report["inbox"] == {"received": 1, "duplicate": 0, "none": 1, "parked": 0}
    assert report["outbox"] == {"sent": 0, "dead": 0}
    assert report["audit"] == {"entries": 0, "chain_ok": True}
    assert isinstance(report["visits"], list)


async def test_the_worker_the_resident_and_the_report_go_all_the_way(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    scene.private("09:05", "li", "1")
    scene.private("10:00", "li", "办结 1 维保换了继电器，电梯已恢复")
    scene.private("10:30", "wang", "满意")
    played = await scene.play()
    ticket = played.ticket()
    assert (ticket["state"], ticket["satisfaction"]) == ("closed", "满意")
    assert ticket["first_reply_at"] == "2026-03-02T09:05:00+08:00"
    assert ticket["closed_at"] == "2026-03-02T10:30:00+08:00"
    assert [line["to"] for line in ticket["history"]][-1] == "closed"
    assert all(row["about"] == {"ticket": 1} for row in played.about(1))


async def test_what_is_due_between_two_lines_happens_at_its_own_time(scene: Scene) -> None:
    scene.says("09:00", "wang", LAMP)
    scene.says("2026-03-03 09:30", "he", "今天天气不错")
    played = await scene.play()
    nudges = [line for line in played.ticket()["history"] if line["what"] == "nudge"]
    assert nudges and nudges[0]["at"] < "2026-03-03T09:30:00+08:00"
    assert nudges[0]["at"] in {row["at"] for row in played.said if row.get("to") == "li"}


async def test_the_clock_runs_on_to_until(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    played = await scene.play(until="18:30")
    digests = played.rows("digests", to="s3")
    assert digests and digests[0]["at"] == "2026-03-02T18:00:00+08:00"


async def test_without_until_nothing_later_than_the_last_line_happens(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    played = await scene.play()
    assert {row["at"] for row in played.said} == {"2026-03-02T09:00:00+08:00"}


async def test_a_message_delivered_twice_is_a_duplicate_and_has_one_effect(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT, redeliver=True)
    played = await scene.play()
    assert played.report["inbox"]["received"] == 1 and played.report["inbox"]["duplicate"] == 1
    assert len(played.report["tickets"]) == 1 and len(played.in_group("r1")) == 1


async def test_two_people_may_use_the_same_message_id(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT, id="same")
    scene.says("09:01", "luo", "8号楼1单元楼道灯不亮了 #报事", "r2", id="same", mentions=["bot"])
    played = await scene.play()
    assert played.report["inbox"]["duplicate"] == 0


async def test_a_room_nobody_bound_is_counted_and_otherwise_ignored(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT, "elsewhere")
    played = await scene.play()
    assert played.said == [] and played.report["tickets"] == []
    assert played.report["inbox"] == {"received": 1, "duplicate": 0, "none": 1, "parked": 0}


async def test_a_quote_of_what_the_bot_said_brings_its_text_along(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    scene.says("09:01", "chen", LAMP)
    scene.private("09:05", "li", "接单", quote="out-2")
    played = await scene.play()
    assert played.said[1]["to"] == "li"
    no = played.said[1]["about"]["ticket"]
    assert played.ticket(no)["state"] == "accepted"


async def test_an_org_imported_on_the_way_counts_from_that_moment(scene: Scene) -> None:
    more = scene.folder / "more"
    more.mkdir()
    rooms = "room,node,audience,listen,transport\nr9,g2,residents,keywords,\n"
    (more / "rooms.csv").write_text(rooms, "utf-8")
    scene.says("09:00", "luo", LIFT, "r9")
    scene.happens("09:10", "import", org="more")
    scene.says("09:20", "luo", LIFT, "r9")
    played = await scene.play()
    assert [ticket["opened_at"] for ticket in played.report["tickets"]] == ["2026-03-02T09:20:00+08:00"]
    assert played.ticket()["grid"] == "g2"


async def test_the_same_log_gives_the_same_bytes(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    scene.says("09:02", "chen", "我家也是")
    scene.private("09:05", "li", "1")
    scene.private("09:06", "sun", "后台")
    scene.happens("09:07", "crash")
    scene.private("09:08", "sun", "后台")
    results = []
    for name in ("one", "two"):
        folder = scene.folder / name
        folder.mkdir()
        await Scene(folder, lines=scene.lines).play(until="2026-03-03 20:00")
        results.append([(folder / file).read_bytes() for file in ("say.jsonl", "report.json")])
    assert results[0] == results[1]


async def test_says_are_written_in_the_contracts_shape(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    played = await scene.play()
    in_group = next(row for row in played.said if "room" in row)
    assert list(in_group) == ["at", "id", "room", "text", "mentions", "quote", "media", "about"]
    assert in_group["id"] == "out-1" and in_group["mentions"] == ["wang"]
    assert "to" in next(row for row in played.said if "room" not in row)


async def test_any_text_is_survived(scene: Scene) -> None:
    nasty = ["\x00", "\ud800电梯坏了", "💥" * 3000, "\u202e3号楼电梯停了", "{place}", "#" * 500, "\r\n\t"]
    for number, text in enumerate(nasty):
        scene.says(f"09:0{number}", "wang", text, mentions=["bot"])
    counts = (await scene.play()).report["inbox"]
    assert counts["received"] == len(nasty) and counts["parked"] == 0
