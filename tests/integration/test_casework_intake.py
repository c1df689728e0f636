"""How a report comes in: bursts, neighbours, missing places, private and delicate matters, retractions."""

from __future__ import annotations

from datetime import timedelta

from gridbot.messages import Incoming, Joined, Quote, Recalled
from gridbot.models.cases import ledger
from gridbot.models.cases.tickets import Candidate, Ticket
from tests.conftest import Community

LIFT = "3号楼2单元电梯又停了 老人下不去楼"
LAMP = "5号楼1单元门口路灯坏了 晚上黑漆漆的 麻烦修一下"
FIRE = "3号楼着火了！！快来人"


async def recalled(community: Community, contact: str, room: str, message: str) -> None:
    where = community.stage.where(room, contact)
    at = community.stage.now + timedelta(seconds=5)
    await community.stage.hear(Recalled(at, where, message, contact, f"r-{message}"))


async def test_a_burst_of_one_person_is_one_matter_with_one_answer(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("chen", room="r1", media=("image",))
    await community.says("chen", "快点啊", room="r1", after=timedelta(minutes=2))
    assert await Ticket.all().count() == 1
    assert len(community.in_group("r1")) == 1
    assert len(await ledger.messages(1)) == 3
    assert [text for text in community.to("li") if "新事件" in text] == [community.to("li")[0]]


async def test_after_five_minutes_talk_is_no_part_of_the_report(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("chen", "晚上吃什么呢", room="r1", after=timedelta(minutes=6))
    assert len(await ledger.messages(1)) == 1


async def test_a_burst_onto_a_candidate_asks_the_worker_once(cautious: Community) -> None:
    await cautious.says("chen", LIFT, room="r1")
    await cautious.says("chen", room="r1", media=("image",))
    await cautious.says("chen", "快点啊", room="r1")
    assert len(cautious.to("li")) == 1
    await cautious.says("li", "1")
    assert len(await ledger.messages(1)) == 3


async def test_a_clear_other_matter_gets_its_own_number_in_private(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("chen", "3号楼门口垃圾堆成山了 三天没人收", room="r1", after=timedelta(minutes=1))
    assert await Ticket.all().count() == 2
    assert len(community.in_group("r1")) == 1
    assert "#2" in community.to("chen")[-1]


async def test_a_neighbour_who_says_me_too_joins(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("lin", "我家也是", room="r1", after=timedelta(minutes=10))
    assert [s.household for s in await ledger.supporters(1)] == ["h3"]
    assert len(community.in_group("r1")) == 1
    await community.says("li", "接单 1")
    await community.says("li", "办结 1 换了继电器")
    assert "换了继电器" in community.to("lin")[-1]


async def test_the_same_matter_of_a_neighbour_joins_within_two_hours(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("lin", LIFT, room="r1", after=timedelta(minutes=30))
    assert await Ticket.all().count() == 1
    await community.says("lin", LIFT, room="r1", after=timedelta(hours=3))
    assert await Ticket.all().count() == 2


async def test_another_building_is_another_matter(community: Community) -> None:
    await community.says("chen", "3号楼路灯坏了 晚上黑灯瞎火的 麻烦修一下", room="r1")
    await community.says("he", LAMP, room="r1")
    assert await Ticket.all().count() == 2


async def test_the_place_is_asked_for_once_and_may_come_later(community: Community) -> None:
    await community.says("guest", "路灯坏了 黑灯瞎火的", room="r1", mentions_bot=True)
    assert "几号楼" in community.in_group("r1")[0] and len(community.in_group("r1")[0]) <= 40
    assert (await Ticket.get(no=1)).state == "open"
    await community.says("guest", "谢谢", room="r1")
    await community.says("guest", "5号楼1单元的", room="r1", after=timedelta(minutes=10))
    ticket = await Ticket.get(no=1)
    assert (ticket.building, ticket.unit) == ("5", "1")
    assert len(community.in_group("r1")) == 1


async def test_a_place_that_comes_too_late_is_ordinary_talk(community: Community) -> None:
    await community.says("guest", "路灯坏了 黑灯瞎火的", room="r1", mentions_bot=True)
    await community.says("guest", "5号楼1单元的", room="r1", after=timedelta(minutes=40))
    assert (await Ticket.get(no=1)).building is None


async def test_whoever_is_known_is_not_asked_where_he_lives(community: Community) -> None:
    await community.says("he", "楼道灯坏了", room="r1", mentions_bot=True)
    assert "几号楼" not in community.in_group("r1")[0]
    assert (await Ticket.get(no=1)).building == "5"


async def test_a_private_report_stays_private(community: Community) -> None:
    await community.says("he", "5号楼楼道灯坏了")
    assert community.in_group("r1") == [] and "#1" in community.to("he")[0]
    await community.says("li", "接单 1")
    await community.says("li", "办结 1 换了灯泡")
    assert community.in_group("r1") == []


async def test_a_delicate_matter_is_answered_neutrally(community: Community) -> None:
    await community.says("he", "8-2-301天天吵架 打孩子 有没有人管管", room="r1", mentions_bot=True)
    assert community.in_group("r1") == ["收到，已私信您。"]
    await community.says("li", "接单 1")
    await community.says("li", "办结 1 已经上门劝开了")
    assert len(community.in_group("r1")) == 1


async def test_whoever_asks_not_to_be_named_is_answered_in_private(community: Community) -> None:
    await community.says("he", "别说我说的 5号楼有人在楼道堆杂物", room="r1", mentions_bot=True)
    assert (await Ticket.get(no=1)).sensitive
    assert community.in_group("r1") == ["收到，已私信您。"]


async def test_words_to_the_bot_are_a_report_even_if_unclear(community: Community) -> None:
    await community.says("he", "报事 门口那个东西又那样了")
    assert (await Ticket.get(no=1)).kind == "issue" and "#1" in community.to("he")[0]


async def test_sent_to_the_wrong_group_is_taken_back(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("chen", "不好意思 发错群了", room="r1", after=timedelta(minutes=1))
    assert (await Ticket.get(no=1)).state == "withdrawn"
    assert "已撤回" in community.to("li")[-1]
    assert len(community.in_group("r1")) == 1


async def test_a_recalled_report_is_withdrawn_and_its_words_forgotten(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await recalled(community, "chen", "r1", "m1")
    ticket = await Ticket.get(no=1)
    assert (ticket.state, ticket.summary) == ("withdrawn", "")


async def test_a_recalled_picture_withdraws_nothing(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("chen", room="r1", media=("image",))
    await recalled(community, "chen", "r1", "m2")
    assert (await Ticket.get(no=1)).state == "open"


async def test_a_recalled_candidate_is_forgotten(cautious: Community) -> None:
    await cautious.says("chen", LIFT, room="r1")
    await recalled(cautious, "chen", "r1", "m1")
    candidate = await Candidate.get(id=1)
    assert (candidate.answer, candidate.text) == ("withdrawn", "")


async def test_what_a_neighbour_joined_outlives_its_reporter(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("lin", "我家也是", room="r1")
    await community.says("chen", "撤回 1")
    ticket = await Ticket.get(no=1)
    assert (ticket.state, ticket.reporter) == ("open", "lin")


async def test_an_emergency_is_not_taken_back_by_a_word(community: Community) -> None:
    await community.says("lin", FIRE, room="r1")
    await community.says("lin", "发错群了", room="r1")
    assert (await Ticket.get(no=1)).state == "open"
    assert "核实" in community.to("li")[-1]


async def test_it_works_again_is_offered_to_the_worker_once(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("li", "1")
    await community.says("he", LAMP, room="r1")
    await community.says("lin", "电梯修好了", room="r1", after=timedelta(hours=1))
    await community.says("wang", "电梯修好了", room="r1", after=timedelta(minutes=5))
    offers = [text for text in community.to("li") if "已经好了" in text]
    assert len(offers) == 1 and "#1" in offers[0]
    assert (await Ticket.get(no=1)).state == "accepted"


async def test_quoting_the_bot_reports_only_the_new_words(community: Community) -> None:
    quote = Quote("out-99", "收到，已登记 #7，3号楼电梯停了，11:00前回复您。", "bot")
    await community.says("lin", "好的谢谢", room="r1", quote=quote)
    assert await Ticket.all().count() == 0


async def test_after_an_outage_the_worker_gets_one_list(community: Community) -> None:
    where, at = community.stage.where("r1", "chen"), community.stage.now + timedelta(minutes=1)
    heard = [("chen", LIFT), ("he", LAMP), ("wang", "大家早上好")]
    for n, (contact, text) in enumerate(heard):
        event = Incoming(at=at, where=where, sender=contact, id=f"l{n}", text=text, late=True)
        await community.stage.hear(event)
    await community.waits(timedelta(minutes=2))
    assert community.in_group("r1") == []
    assert len(community.to("li")) == 1 and "2 条" in community.to("li")[0]
    await community.says("li", "1")
    await community.says("li", "不是 2")
    assert [c.answer for c in await Candidate.all().order_by("id")] == ["yes", "no"]
    assert (await Ticket.get(no=1)).state == "accepted" and community.in_group("r1") == []


async def test_a_newcomer_is_not_greeted_in_the_group(community: Community) -> None:
    at = community.stage.now + timedelta(seconds=5)
    await community.stage.hear(Joined(at, community.stage.where("r1", "new"), ("new",), ("新邻居",), "j1"))
    assert community.in_group("r1") == []


async def test_a_resident_sees_urges_and_withdraws_his_own_matter(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("chen", "催办 1")
    assert "催办" in community.to("li")[-1]
    await community.says("chen", "进度")
    assert "#1" in community.to("chen")[-1] and "待接单" in community.to("chen")[-1]
    await community.says("chen", "撤回 1")
    assert (await Ticket.get(no=1)).state == "withdrawn"


async def test_nobody_sees_a_strangers_matter(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("luo", "进度 1")
    assert "电梯" not in community.to("luo")[-1] and "不是您反映的" in community.to("luo")[-1]
    await community.says("luo", "撤回 1")
    assert (await Ticket.get(no=1)).state == "open"


async def test_a_resident_learns_who_is_responsible(community: Community) -> None:
    await community.says("chen", "网格员")
    assert "李网" in community.to("chen")[0] and "13800000001" in community.to("chen")[0]


async def test_a_stranger_in_private_is_helped_by_the_grid_of_his_building(community: Community) -> None:
    await community.says("guest", "8号楼1单元楼道灯坏了 麻烦修一下")
    assert (await Ticket.get(no=1)).grid == "g2"
    assert "#1" in community.to("wu")[0]


async def test_what_belongs_nowhere_goes_to_the_top(community: Community) -> None:
    await community.says("guest", "路边的路灯坏了 麻烦派人修一下")
    ticket = await Ticket.get(no=1)
    assert (ticket.grid, ticket.assignee) == ("jd", "s5")
    assert "#1" in community.to("zhou")[0]


async def test_a_colleague_who_gets_an_overdue_ticket_is_not_reminded_at_once(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.waits(timedelta(minutes=40))
    await community.says("li", "转派 1 钱长")
    soon = await community.waits(timedelta(minutes=10))
    assert [out for out in soon if out.say.key.startswith("chase")] == []
    later = await community.waits(timedelta(hours=2))
    assert any(out.say.to.contact == "qian" and out.say.key == "chase.worker" for out in later)


async def test_me_too_with_more_words_joins_the_matter_of_the_group(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("lin", "我家也是 家里老人上不来", room="r1", after=timedelta(minutes=2))
    assert await Ticket.all().count() == 1
    assert [s.contact for s in await ledger.supporters(1)] == ["lin"]


async def test_plain_talk_a_minute_after_a_report_is_no_part_of_it(community: Community) -> None:
    await community.says("wang", "3号楼2单元电梯又停了 老人下不去楼", room="r1")
    assert await community.says("wang", "哈哈今天真热闹 谁家炖肉这么香", room="r1") == []
    assert await community.says("wang", "里面还有人 一直在喊", room="r1")


async def test_a_door_in_the_nickname_is_no_word_of_a_matter(community: Community) -> None:
    await community.says("wang", "3号楼2单元电梯又停了 老人下不去楼", room="r1", name="3-2-502王姐")
    assert await community.says("wang", "哈哈今天真热闹 谁家炖肉这么香", room="r1", name="3-2-502王姐") == []
