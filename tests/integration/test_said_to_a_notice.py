"""What neighbours say to a notice that hangs in their group: 算我一个, 几点到几点, 👌."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


CALL = "公告 全社区 周六上午8点小广场大扫除 缺10个志愿者"


def posted(scene: Scene, text: str) -> None:
    scene.private("09:00", "sun", text)
    scene.private("09:01", "sun", "确认")


@pytest.mark.parametrize("words", ["我报名", "算我一个", "我也去", "我家去两个", "报名"])
async def test_who_says_that_he_comes_is_signed_up_silently(scene: Scene, words: str) -> None:
    posted(scene, CALL)
    scene.says("09:05", "wang", words)
    scene.private("09:30", "sun", "有几个人报名了")
    played = await scene.play()
    assert played.to("wang") == ["报名成功：小广场大扫除（周六08:00）。谢谢您！"]
    assert "王大妈" in played.to("sun")[-1] and "1 人" in played.to("sun")[-1]
    assert played.report["tickets"] == [] and len(played.in_group("r1")) == 1


async def test_who_takes_it_back_is_no_longer_on_the_roster(scene: Scene) -> None:
    posted(scene, CALL)
    scene.says("09:05", "wang", "算我一个")
    scene.says("10:05", "wang", "哎呀周六有事 去不了了")
    scene.private("10:30", "sun", "报名名单")
    played = await scene.play()
    assert played.to("wang")[-1] == "已取消报名：小广场大扫除。"
    assert "0 人" in played.to("sun")[-1]


async def test_on_the_eve_its_author_reads_who_comes(scene: Scene) -> None:
    posted(scene, CALL)
    scene.says("09:05", "wang", "我报名 两个人")
    played = await scene.play(until="2026-03-06 18:01")
    told = [text for text in played.to("sun") if text.startswith("【报名情况】")]
    assert told == ["【报名情况】小广场大扫除（明天08:00）1 位报名：王大妈等2人\n办完记工时：工时 1 2小时"]


@pytest.mark.parametrize("talk", ["我也去过那边 挺脏的", "还能报名吗", "我去", "我来修吧那个灯"])
async def test_other_talk_signs_nobody_up(scene: Scene, talk: str) -> None:
    posted(scene, CALL)
    scene.says("09:05", "wang", talk)
    played = await scene.play()
    assert not any("报名成功" in text for text in played.to("wang"))


async def test_nobody_is_signed_up_for_a_cut_of_the_water(scene: Scene) -> None:
    posted(scene, "公告 全社区 明天上午9点停水")
    scene.says("09:05", "wang", "算我一个")
    played = await scene.play()
    assert played.to("wang") == []


async def test_what_a_notice_does_not_say_is_passed_on_to_its_author_once(scene: Scene) -> None:
    posted(scene, "公告 全社区 明天上午停水，请提前接水")
    scene.says("09:05", "wang", "几点到几点啊")
    scene.says("09:06", "chen", "到几点来水")
    played = await scene.play()
    assert played.to("wang") == ["公告 #1 里没写，已请孙书记补充。"]
    assert played.to("chen") == ["公告 #1 里没写，已经请孙书记补充了，请留意群里。"]
    asked = [text for text in played.to("sun") if "有人问" in text]
    assert len(asked) == 1 and "几点到几点啊" in asked[0]
    assert played.report["tickets"] == [] and len(played.in_group("r1")) == 1


async def test_what_it_says_is_told_from_its_words(scene: Scene) -> None:
    posted(scene, "公告 全社区 明天上午9点到11点停水，请提前接水")
    scene.says("09:05", "wang", "几点到几点啊")
    played = await scene.play()
    assert played.in_group("r1")[-1] == "公告：明天上午9点到11点停水"


async def test_an_hour_later_such_a_question_is_about_something_else(scene: Scene) -> None:
    posted(scene, "公告 全社区 明天上午停水，请提前接水")
    scene.says("10:05", "wang", "几点到几点啊")
    played = await scene.play()
    assert played.to("wang") == [] and not any("有人问" in text for text in played.to("sun"))


@pytest.mark.parametrize("words", ["👌", "OK", "好的", "知道了", "收到", "1"])
async def test_any_nod_right_below_a_notice_is_a_receipt(scene: Scene, words: str) -> None:
    posted(scene, "公告 全社区 回执 明天上午9点停水")
    scene.says("09:05", "wang", words)
    played = await scene.play()
    assert len(played.report["announcements"][0]["acknowledged"]) == 1


async def test_a_nod_of_the_evening_answers_a_neighbour(scene: Scene) -> None:
    posted(scene, "公告 全社区 回执 明天上午9点停水")
    scene.says("18:05", "wang", "好的")
    played = await scene.play()
    assert played.report["announcements"][0]["acknowledged"] == []
