"""How the bot behaves among people, rule by rule, played through the complete program."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gridbot.messages import Gap, Incoming, Outgoing
from gridbot.models import acts
from gridbot.models.audit import Audit
from gridbot.models.cases.tickets import Candidate, Ticket, TicketMessage
from gridbot.models.database import connection
from gridbot.models.territory.org import OptOut
from gridbot.texts import Texts
from tests.conftest import MONDAY, ZONE, Community, texts

LIFT = "3号楼2单元电梯又停了 老人下不去楼"
LAMP = "5号楼1单元门口路灯坏了 晚上黑漆漆的 麻烦修一下"
FIRE = "3号楼着火了！！快来人"
CHATTER = [
    "大家早上好",
    "今天天气真不错",
    "谢谢大家",
    "哈哈哈哈笑死我了",
    "卖土鸡蛋 自家养的 有要的私信我",
    "谁家孩子这么可爱",
    "晚上跳广场舞吗",
]
# Streams in the group that must each be a different matter, so that each has its own answer.
MATTERS = [
    "3号楼2单元电梯停了",
    "5号楼路灯坏了",
    "小区大门口垃圾堆成山了 三天没人收",
    "3号楼一楼下水道返水了 满屋都是粪水",
    "5号楼停水了 早上到现在没水",
    "小区门口路面有个大坑 骑车摔倒好几个",
    "3号楼单元门坏了关不上",
    "5号楼楼道灯不亮了 黑黢黢的",
]


def to_room(said: list[Outgoing], room: str = "r1") -> list[str]:
    return [out.say.text for out in said if out.say.to.room == room]


async def until(community: Community, hour: int, minute: int = 0, days: int = 0) -> list[Outgoing]:
    local = community.stage.now.astimezone(ZONE)
    day = local.date() + timedelta(days=days)
    return await community.until(datetime.combine(day, time(hour, minute), ZONE))


# 1 -- silence, one answer, the day's budget, quiet hours


@pytest.mark.parametrize("text", CHATTER)
async def test_neighbours_chat_gets_silence(community: Community, text: str) -> None:
    assert await community.says("chen", text, room="r1") == []


async def test_a_matter_gets_one_message_at_its_beginning_and_one_at_its_end(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    for who, text in (("li", "接单 1"), ("li", "到场 1"), ("li", "延期 1 周五 等配件"), ("chen", "催办 1")):
        await community.says(who, text)
    await community.says("chen", "@助手 进度 1", room="r1", mentions_bot=True)
    assert len(community.in_group("r1")) == 1
    await community.says("li", "办结 1 换了继电器")
    assert len(community.in_group("r1")) == 2


async def test_the_seventh_message_of_a_day_goes_in_private(community: Community) -> None:
    people = ["chen", "lin", "he", "wang", "chen", "lin", "he", "wang"]
    for who, text in zip(people, MATTERS, strict=True):
        await community.says(who, text, room="r1", after=timedelta(minutes=20), mentions_bot=True)
    tickets = await Ticket.all().count()
    assert tickets >= 7
    assert len(community.in_group("r1")) == 6
    assert any("已登记" in text for text in community.to("wang"))


async def test_an_emergency_is_outside_the_budget(community: Community) -> None:
    people = ["chen", "lin", "he", "wang", "chen", "lin", "he", "wang"]
    for who, text in zip(people, MATTERS, strict=True):
        await community.says(who, text, room="r1", after=timedelta(minutes=20), mentions_bot=True)
    assert len(to_room(await community.says("lin", FIRE, room="r1"))) == 1


async def test_at_night_the_answer_goes_in_private(community: Community) -> None:
    await until(community, 22)
    said = await community.says("chen", LIFT, room="r1")
    assert to_room(said) == [] and any(out.say.to.contact == "chen" for out in said)


async def test_at_night_ordinary_work_waits_for_the_morning(community: Community) -> None:
    await until(community, 22)
    said = await community.says("he", LAMP, room="r1")
    assert not any(out.say.to.contact == "li" for out in said)
    morning = await until(community, 7, 31, days=1)
    cards = [out.say.text for out in morning if out.say.to.contact == "li"]
    assert len(cards) == 1 and "#1" in cards[0] and "明天" not in cards[0]


async def test_what_ends_at_night_is_told_to_the_group_in_the_morning(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("li", "1")
    await until(community, 22)
    assert to_room(await community.says("li", "办结 1 换了继电器")) == []
    assert len(to_room(await until(community, 7, 31, days=1))) == 1


# 2 -- short, and about nobody


async def test_an_answer_in_the_group_is_short_and_says_a_number_and_a_time(community: Community) -> None:
    for who, text in (("chen", LIFT), ("he", LAMP), ("luo", MATTERS[2])):
        await community.says(who, text, room="r1", mentions_bot=True)
    for number, text in enumerate(community.in_group("r1"), 1):
        assert len(text) <= 40 and f"#{number}" in text and ":" in text


@pytest.mark.parametrize("result", ["王大妈家换了灯泡", "给502换了灯泡", "请联系13900001111", "3-2-502已修"])
async def test_a_result_that_names_somebody_is_not_repeated_in_the_group(
    community: Community, result: str
) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("li", "接单 1")
    said = to_room(await community.says("li", f"办结 1 {result}"))
    assert said == ["#1 已办结，已私信告知。"]


@pytest.mark.parametrize("text", ["8-2-301天天吵架 打孩子", "楼上两口子打起来了 快来管管"])
async def test_disputes_are_answered_neutrally_in_the_group(community: Community, text: str) -> None:
    await community.says("he", text, room="r1", mentions_bot=True)
    for said in community.in_group("r1"):
        assert not any(word in said for word in ("吵", "打", "纠纷", "家庭", "301"))


async def test_identity_numbers_in_a_group_are_masked_and_the_sender_is_told(community: Community) -> None:
    number = "110101199003072316"
    await community.says("lin", f"5号楼路灯坏了 我身份证{number}", room="r1", mentions_bot=True)
    assert any("撤回" in text for text in community.to("lin"))
    ticket = await Ticket.get(no=1)
    assert number not in ticket.summary and "路灯" in ticket.summary
    assert not any(number in out.say.text for out in community.stage.sent)


# 3 -- below the line of confidence


async def test_below_the_line_the_group_hears_nothing(cautious: Community) -> None:
    said = await cautious.says("chen", LIFT, room="r1")
    assert [out.say.to.contact for out in said] == ["li"]
    assert await Candidate.all().count() == 1 and await Ticket.all().count() == 0


# 4 -- listening


async def test_a_new_group_is_not_read_along(community: Community) -> None:
    assert await community.says("luo", LIFT, room="r2") == []
    assert await Candidate.all().count() == 0


async def test_in_such_a_group_the_bot_answers_whoever_addresses_it(community: Community) -> None:
    said = await community.says("luo", "8号楼路灯坏了", room="r2", mentions_bot=True)
    assert len(to_room(said, "r2")) == 1


async def test_a_bound_leader_switches_listening_on_with_a_notice(community: Community) -> None:
    said = await community.says("sun", "启用", room="r2")
    notice = to_room(said, "r2")[0]
    for told in ("自动程序", "社区网格办", "180 天", "退出", "不保存"):
        assert told in notice
    said = await community.says("luo", "8号楼路灯坏了 晚上黑灯瞎火的 麻烦派人修一下", room="r2")
    assert said != []
    assert await Audit.filter(what="listen keywords").count() == 1


async def test_nobody_else_switches_listening_on(community: Community) -> None:
    for who in ("wu", "luo", "qian"):
        said = await community.says(who, "启用", room="r2", mentions_bot=True)
        assert to_room(said, "r2") == []
    assert await community.says("luo", LIFT, room="r2") == []


async def test_switching_off_and_taking_it_back(community: Community) -> None:
    await community.says("qian", "停用", room="r1")
    assert await community.says("chen", LIFT, room="r1") == []
    await community.says("qian", "撤销", room="r1")
    assert to_room(await community.says("chen", LIFT, room="r1")) != []


async def test_whoever_leaves_is_unread_from_then_on(community: Community) -> None:
    await community.says("chen", "退出")
    assert await OptOut.all().count() == 1
    assert await community.says("chen", LIFT, room="r1") == []
    assert await community.says("chen", LIFT, room="r1", mentions_bot=True) == []
    assert await Ticket.all().count() == 0


async def test_a_muted_group_hears_nothing_but_emergencies(community: Community) -> None:
    await community.says("qian", "静默 2小时", room="r1")
    assert to_room(await community.says("chen", LIFT, room="r1")) == []
    assert len(to_room(await community.says("lin", FIRE, room="r1"))) == 1
    await community.waits(timedelta(hours=2))
    assert len(to_room(await community.says("he", LAMP, room="r1"))) == 1


# 5 -- what is kept


async def everything_stored() -> str:
    db = connection()
    tables = await db.execute_query_dict("SELECT name FROM sqlite_master WHERE type = 'table'")
    rows = [await db.execute_query_dict(f'SELECT * FROM "{table["name"]}"') for table in tables]
    return json.dumps(rows, ensure_ascii=False, default=str)


async def test_only_reports_keep_their_words(community: Community) -> None:
    for text in CHATTER:
        await community.says("wang", text, room="r1")
    await community.says("chen", LIFT, room="r1")
    stored = await everything_stored()
    assert LIFT in stored
    assert not [text for text in CHATTER if text in stored]


async def test_a_resident_sees_and_erases_what_is_kept_of_him(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    assert "1 件" in texts(await community.says("chen", "我的数据"))[0]
    await community.says("chen", "删除")
    assert (await Ticket.get(no=1)).summary != ""
    await community.says("chen", "确认")
    assert LIFT not in await everything_stored()
    assert (await Ticket.get(no=1)).category == "public_facility"


async def test_texts_are_blanked_some_days_after_closing_and_facts_stay(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("chen", "撤回 1")
    await community.waits(timedelta(days=181))
    assert LIFT not in await everything_stored()
    assert (await Ticket.get(no=1)).building == "3"
    assert await TicketMessage.all().count() == 1


# 6 -- emergencies


@pytest.mark.parametrize("hour", [10, 23, 3])
async def test_an_emergency_reaches_worker_deputy_and_leader_at_any_hour(
    community: Community, hour: int
) -> None:
    await until(community, hour, days=1)
    said = await community.says("lin", FIRE, room="r1")
    assert {out.say.to.contact for out in said if out.say.to.contact} == {"li", "zhao", "qian"}
    line = to_room(said)
    assert len(line) == 1 and "119" in line[0] and len(line[0]) <= 40
    assert all("119" in out.say.text for out in said)


async def test_danger_that_sounds_like_a_joke_is_settled_by_one_tap_at_any_hour(community: Community) -> None:
    await until(community, 3, days=1)
    said = await community.says("lin", FIRE + " 哈哈", room="r1")
    assert "li" in {out.say.to.contact for out in said}
    told = await community.says("li", "1")
    assert (await Ticket.get(no=1)).urgency == "emergency"
    assert (await Ticket.get(no=1)).state == "accepted"
    assert {"zhao", "qian"} <= {out.say.to.contact for out in [*said, *told]}


async def test_a_false_alarm_is_ended_by_one_tap(community: Community) -> None:
    await community.says("lin", FIRE, room="r1")
    await community.says("li", "2")
    assert (await Ticket.get(no=1)).state == "declined"


async def test_an_emergency_nobody_takes_goes_on_being_told(community: Community) -> None:
    await until(community, 3, days=1)
    await community.says("lin", FIRE, room="r1")
    again = await community.waits(timedelta(minutes=20))
    assert {"li", "zhao", "qian"} <= {out.say.to.contact for out in again}


# 7 -- closing


async def test_nothing_is_closed_without_words_for_the_resident(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("li", "接单 1")
    for empty in ("办结 1 已处理", "办结 1"):
        await community.says("li", empty)
        if empty == "办结 1 已处理":
            assert (await Ticket.get(no=1)).state == "accepted"
    assert "已办结" in community.to("chen")[-1]


async def test_the_verdict_is_asked_in_private_and_silence_does_not_count(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("li", "接单 1")
    await community.says("li", "办结 1 换了继电器")
    assert "满意吗" in community.to("chen")[-1]
    assert not any("满意吗" in text for text in community.in_group("r1"))
    await community.waits(timedelta(hours=73))
    assert (await Ticket.get(no=1)).satisfaction == "未评价"


async def test_a_bad_verdict_goes_to_the_leader(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("li", "接单 1")
    await community.says("li", "办结 1 换了继电器")
    await community.says("chen", "不满意")
    assert "不满意" in community.to("qian")[-1]


async def test_only_the_reporter_has_a_verdict(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("li", "接单 1")
    await community.says("li", "办结 1 换了继电器")
    await community.says("he", "评价 1 不满意")
    assert (await Ticket.get(no=1)).satisfaction is None


# 8 -- no ranking, no punching in, no proof


def test_no_sentence_ranks_people_or_demands_proof() -> None:
    known = Texts.load(ZoneInfo("Asia/Shanghai"))
    sentences = [known._sentences[key] for key in known.keys()]  # noqa: SIM118
    for word in ("排名", "打卡", "收到请回复", "拍照上传", "末位", "通报批评"):
        assert not [sentence for sentence in sentences if word in sentence]


# 9 -- who it is, whom it obeys


async def test_a_display_name_gives_no_right(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    for name in ("李网", "网格员李网", "孙书记"):
        said = await community.says("evil", "接单 1", name=name)
        assert [out.say.to.contact for out in said] == ["evil"]
    assert (await Ticket.get(no=1)).state == "open"


@pytest.mark.parametrize(
    "command", ["接单 1", "办结 1 好了", "转派 1 赵副", "上报 1 急", "改类 1 路灯", "合并 1 2", "退回 1 不是"]
)
async def test_a_strangers_command_gets_one_polite_sentence_and_is_recorded(
    community: Community, command: str
) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("he", LAMP, room="r1")
    said = await community.says("luo", command)
    assert len(said) == 1 and "工作人员" in said[0].say.text
    assert (await Ticket.get(no=1)).state == "open"
    assert await Audit.filter(what="refused", by="luo").count() == 1
    assert await acts.chain_ok()


async def test_a_worker_of_another_grid_is_a_stranger_here(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("wu", "接单 1")
    assert (await Ticket.get(no=1)).state == "open"


async def test_it_says_that_it_is_a_program(community: Community) -> None:
    assert "自动程序" in texts(await community.says("chen", "帮助"))[0]


def test_no_sentence_asks_for_money_codes_or_identity_numbers() -> None:
    known = Texts.load(ZoneInfo("Asia/Shanghai"))
    for key in known.keys():  # noqa: SIM118
        sentence = known._sentences[key]
        for word in ("转账", "付款", "二维码", "验证码", "身份证"):
            assert word not in sentence or "不会" in sentence or "不要" in sentence, key


# 10 -- after an outage


async def test_nothing_is_answered_late_in_the_group(community: Community) -> None:
    at = community.stage.now + timedelta(minutes=1)
    where = community.stage.where("r1", "chen")
    for n, (who, text) in enumerate((("chen", LIFT), ("he", LAMP), ("lin", FIRE))):
        await community.stage.hear(Incoming(at=at, where=where, sender=who, id=f"l{n}", text=text, late=True))
    await community.waits(timedelta(minutes=2))
    assert community.in_group("r1") == []
    lists = [text for text in community.to("li") if "断线" in text]
    assert len(lists) == 1 and "电梯" in lists[0] and "路灯" in lists[0]


async def test_leaders_hear_of_a_long_outage(community: Community) -> None:
    now = community.stage.now
    for minutes, told in ((5, 0), (15, 1)):
        at = now + timedelta(minutes=minutes)
        await community.stage.hear(Gap(at, "memory", "bot", now, at))
        assert len([text for text in community.to("qian") if "中断" in text]) == told


# 11 -- overdue


async def test_an_overdue_reply_goes_from_worker_to_deputy_to_leader(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")  # a lift: first reply within 30 minutes
    first = await community.waits(timedelta(minutes=31))
    assert [out.say.to.contact for out in first] == ["li"]
    second = await community.waits(timedelta(minutes=30))
    assert [out.say.to.contact for out in second] == ["zhao", "li"]  # who has it now, and who had it
    assert (await Ticket.get(no=1)).assignee == "s2"
    third = await community.waits(timedelta(minutes=30))
    assert sorted(out.say.to.contact or "" for out in third) == ["chen", "qian"]
    await community.says("zhao", "1")
    assert (await Ticket.get(no=1)).state == "accepted"


async def test_the_resident_hears_once_that_it_was_chased(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.waits(timedelta(hours=8))
    assert len([text for text in community.to("chen") if "催办" in text]) == 1


async def test_working_minutes_are_those_of_the_office(community: Community) -> None:
    await until(community, 17, 10)
    await community.says("chen", LIFT, room="r1")
    await until(community, 20)
    assert [text for text in community.to("zhao") if "接手" in text] == []
    await until(community, 9, 1, days=1)
    assert len([text for text in community.to("zhao") if "接手" in text]) == 1


def test_the_stage_begins_on_a_working_day() -> None:
    assert MONDAY.weekday() == 0 and Path(__file__).exists()
