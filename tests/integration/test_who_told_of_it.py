"""How somebody bound to no household calls himself: workers alone read it, as long as the words are kept."""

from __future__ import annotations

from pathlib import Path

from tests.scene import Scene

NICKNAME = "向日葵"


async def test_whoever_takes_over_reads_who_told_of_it_and_the_group_does_not(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "stranger", "3号楼电梯又停了 老人下不来", name=NICKNAME)
    scene.private("13:00", "zhao", "谁报的")
    scene.private("13:01", "li", "转派 1 赵副")
    played = await scene.play(until="2026-03-02 13:30")
    assert any(f"反映人：{NICKNAME}" in text for text in played.to("li"))
    assert any(f"反映人：{NICKNAME}（未绑定）" in text for text in played.to("zhao"))
    assert not any(NICKNAME in text for text in played.in_group("r1"))


async def test_it_is_kept_through_the_workers_yes_and_goes_with_the_words(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "stranger", "楼下那车能不能别老按喇叭", name=NICKNAME)
    scene.private("09:05", "li", "1")
    scene.private("09:06", "li", "进度 1")
    scene.private("09:10", "stranger", "删除", name=NICKNAME)
    scene.private("09:11", "stranger", "确认", name=NICKNAME)
    scene.private("09:20", "li", "进度 1")
    heard = (await scene.play()).to("li")
    shown = [text for text in heard if text.startswith("#1 ") and "原话" in text]
    assert NICKNAME in shown[0] and NICKNAME not in shown[-1]
