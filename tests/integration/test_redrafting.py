"""A leader changes the draft of his notice in words of his own before he confirms it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene

NOTICE = "公告 全社区 周五下午2点居委会会议室讲反诈，来了有鸡蛋领"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    scene = Scene(tmp_path)
    scene.private("09:00", "sun", NOTICE)
    return scene


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        ("时间改成3点", "周五下午3点居委会会议室讲反诈，来了有鸡蛋领"),
        ("改成周六", "周六下午2点居委会会议室讲反诈，来了有鸡蛋领"),
        ("时间不对，应该是周六上午9点", "周六上午9点居委会会议室讲反诈，来了有鸡蛋领"),
        ("把居委会会议室改成二楼活动室", "周五下午2点二楼活动室讲反诈，来了有鸡蛋领"),
        ("鸡蛋那句去掉", "周五下午2点居委会会议室讲反诈"),
        ("后面加一句带身份证", "周五下午2点居委会会议室讲反诈，来了有鸡蛋领，带身份证"),
    ],
)
async def test_the_words_are_changed_and_shown_again(scene: Scene, words: str, sent: str) -> None:
    scene.private("09:01", "sun", words)
    scene.private("09:02", "sun", "确认")
    played = await scene.play()
    assert f"———\n{sent}\n———" in played.to("sun")[1]
    assert played.in_group("r1") == [f"【公告】{sent}\n——青石社区"]


async def test_receipts_the_audience_and_the_hour_are_changed_too(scene: Scene) -> None:
    scene.private("09:01", "sun", "要回执")
    scene.private("09:02", "sun", "只发3号楼")
    scene.private("09:03", "sun", "明早8点再发")
    scene.private("09:04", "sun", "行，发吧")
    played = await scene.play()
    preview = played.to("sun")[3]
    assert "发往：3号楼" in preview and "时间：明天08:00，要回执" in preview
    assert played.to("sun")[4].startswith("公告 #1 已确认，明天08:00发送。")
    assert played.in_group("r1") == []


async def test_what_is_not_understood_is_said_before_the_wrong_words_go_out(scene: Scene) -> None:
    scene.private("09:01", "sun", "那个地方好像不对吧")
    played = await scene.play()
    assert played.to("sun")[1].startswith("没看懂要怎么改，公告 #1 还没有发。")


async def test_a_notice_ordered_with_its_hour_and_its_house_is_read_so(scene: Scene) -> None:
    scene.private("09:10", "sun", "明早8点给3号楼发个停水通知 明天上午9点到12点停水")
    played = await scene.play()
    preview = played.to("sun")[-1]
    assert "发往：3号楼" in preview and "时间：明天08:00" in preview
    assert "———\n明天上午9点到12点停水\n———" in preview


async def test_a_place_that_was_wrong_is_put_right_with_what_it_is_about(scene: Scene) -> None:
    scene.private("09:01", "sun", "确认")
    scene.private("09:05", "sun", "刚才那个地点错了 是二楼活动室")
    scene.private("09:06", "sun", "确认")
    played = await scene.play()
    assert played.in_group("r1")[-1].startswith(
        "【更正】“周五下午2点居委会会议室讲反诈”这条：地点改为二楼活动室"
    )


@pytest.mark.parametrize("asked", ["要带身份证吗", "鸡蛋给几个啊", "收费吗", "能带孩子去吗"])
async def test_what_neighbours_ask_of_an_event_goes_to_its_author(scene: Scene, asked: str) -> None:
    scene.private("09:01", "sun", "确认")
    scene.says("09:05", "wang", asked)
    played = await scene.play()
    assert played.to("wang") == ["公告 #1 里没写，已请孙书记补充。"]
    assert any(asked in text for text in played.to("sun")) and len(played.in_group("r1")) == 1
