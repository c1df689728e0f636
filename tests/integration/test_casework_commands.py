"""What staff do with tickets, command by command, played through the complete program."""

from __future__ import annotations

from datetime import timedelta

from gridbot.models.cases import casework, ledger
from gridbot.models.cases.tickets import Candidate, Ticket
from tests.conftest import Community, texts

LIFT = "3号楼2单元电梯又停了 老人下不去楼"
LAMP = "5号楼1单元门口路灯坏了 晚上黑漆漆的 麻烦修一下"


async def taken(community: Community, text: str = LIFT, who: str = "chen") -> Ticket:
    """A ticket that li has taken."""
    await community.says(who, text, room="r1")
    no = await Ticket.all().count()
    await community.says("li", f"接单 {no}")
    return await Ticket.get(no=no)


async def test_several_open_cards_are_told_apart_by_one_question(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("he", LAMP, room="r1")
    asked = await community.says("li", "1")
    assert "1. #1" in texts(asked)[0] and "2. #2" in texts(asked)[0]
    await community.says("li", "2")
    assert (await Ticket.get(no=2)).state == "accepted"
    assert (await Ticket.get(no=1)).state == "open"


async def test_quoting_a_card_answers_that_card(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    said = await community.says("he", LAMP, room="r1")
    sent = community.stage.sent
    card = next(
        n for n, out in enumerate(sent, 1) if out is next(o for o in said if o.say.to.contact == "li")
    )
    await community.says("li", "1", quote=f"out-{card}")
    assert (await Ticket.get(no=2)).state == "accepted"


async def test_a_command_without_number_means_the_only_ticket_there_is(community: Community) -> None:
    await taken(community)
    await community.says("li", "办结 维保换了继电器")
    ticket = await Ticket.get(no=1)
    assert (ticket.state, ticket.result) == ("resolved", "维保换了继电器")


async def test_a_bare_done_is_sent_back_once_and_then_taken(community: Community) -> None:
    await taken(community)
    first = await community.says("li", "办结 1 已处理")
    assert "怎么处理" in texts(first)[0] and (await Ticket.get(no=1)).state == "accepted"
    await community.says("li", "办结 1 已处理")
    assert (await Ticket.get(no=1)).state == "resolved"


async def test_the_words_that_were_missing_may_follow_alone(community: Community) -> None:
    await taken(community)
    await community.says("li", "办结 1")
    await community.says("li", "师傅来换了继电器")
    ticket = await Ticket.get(no=1)
    assert (ticket.state, ticket.result) == ("resolved", "师傅来换了继电器")


async def test_a_worker_gives_a_ticket_back_to_his_leader(community: Community) -> None:
    await taken(community)
    await community.says("li", "退回 1 不归我管")
    ticket = await Ticket.get(no=1)
    assert (ticket.state, ticket.assignee, ticket.returns) == ("open", "s3", 1)
    assert "不归我管" in community.to("qian")[-1]


async def test_a_ticket_given_to_a_colleague_is_his(community: Community) -> None:
    await taken(community)
    await community.says("li", "转派 1 赵副")
    assert "电梯" in community.to("zhao")[-1]
    await community.says("zhao", "1")
    ticket = await Ticket.get(no=1)
    assert (ticket.state, ticket.assignee) == ("accepted", "s2")


async def test_an_unknown_colleague_is_named_in_the_answer(community: Community) -> None:
    await taken(community)
    assert "张三" in texts(await community.says("li", "转派 1 张三"))[0]
    assert (await Ticket.get(no=1)).assignee == "s1"


async def test_a_ticket_goes_one_level_up_and_the_resident_hears_it(community: Community) -> None:
    await taken(community)
    await community.says("li", "上报 1 要社区协调")
    ticket = await Ticket.get(no=1)
    assert (ticket.node, ticket.grid, ticket.assignee) == ("sq", "g1", "s4")
    assert "青石社区" in community.to("chen")[-1]
    await community.says("sun", "退回 1 请先看看")
    assert (await Ticket.get(no=1)).node == "g1"


async def test_nothing_goes_above_the_top(community: Community) -> None:
    await taken(community)
    for who in ("li", "sun"):
        await community.says(who, "上报 1 请协调")
    assert "最高一级" in texts(await community.says("zhou", "上报 1 请协调"))[0]


async def test_a_later_day_is_asked_for_in_time_and_told(community: Community) -> None:
    await taken(community)
    said = await community.says("li", "延期 1 周五 等配件")
    ticket = await Ticket.get(no=1)
    local = community.stage.app.world.local
    assert ticket.due_at is not None and f"{local(ticket.due_at):%m-%d %H:%M}" == "03-06 17:30"
    told = next(out for out in said if out.say.to.contact == "chen")
    assert "周五" in told.say.text and "等配件" in told.say.text


async def test_a_deadline_that_has_passed_is_not_extended(community: Community) -> None:
    await taken(community)
    await community.waits(timedelta(days=3))
    assert "已经过了时限" in texts(await community.says("li", "延期 1 下周五 等配件"))[0]


async def test_a_deadline_is_never_brought_forward_by_extending(community: Community) -> None:
    await taken(community, LAMP, "he")
    before = (await Ticket.get(no=1)).due_at
    await community.says("li", "延期 1 明天 等配件")
    assert (await Ticket.get(no=1)).due_at == before


async def test_another_category_brings_other_dates(community: Community) -> None:
    await taken(community)
    before = (await Ticket.get(no=1)).due_at
    await community.says("li", "改类 1 路灯")
    ticket = await Ticket.get(no=1)
    assert (ticket.category, ticket.sub) == ("public_facility", "street_light")
    assert ticket.due_at != before


async def test_an_unknown_category_changes_nothing(community: Community) -> None:
    await taken(community)
    assert "不认识类别" in texts(await community.says("li", "改类 1 呱呱"))[0]
    assert (await Ticket.get(no=1)).sub == "elevator"


async def test_two_tickets_become_the_first_named(community: Community) -> None:
    await taken(community)
    await community.says("he", LAMP, room="r1")
    await community.says("li", "合并 1 2")
    second = await Ticket.get(no=2)
    assert (second.state, second.merged_into) == ("merged", 1)
    assert [s.contact for s in await ledger.supporters(1)] == ["he"]
    await community.says("li", "办结 1 都修好了")
    assert "都修好了" in community.to("he")[-1]


async def test_a_quoted_message_becomes_a_ticket(community: Community) -> None:
    from gridbot.messages import Quote

    await community.says("li", "转工单", room="r1", quote=Quote("x1", "二楼窗户玻璃掉下来一块", "lin"))
    ticket = await Ticket.get(no=1)
    assert (ticket.state, ticket.reporter, ticket.assignee) == ("accepted", "lin", "s1")
    assert community.in_group("r1") == []
    assert "#1" in community.to("lin")[-1]


async def test_the_same_message_becomes_a_ticket_only_once(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    said = await community.says("li", "转工单", room="r1", quote="m1")
    assert "已经登记" in texts(said)[0]
    assert await Ticket.all().count() == 1


async def test_a_worker_files_for_a_household(community: Community) -> None:
    await community.says("li", "代报 3-1-101 楼道灯不亮")
    ticket = await Ticket.get(no=1)
    assert (ticket.household, ticket.reporter, ticket.assignee) == ("h1", "wang", "s1")
    await community.says("li", "办结 1 换了灯泡")
    assert "换了灯泡" in community.to("wang")[-1]


async def test_what_was_done_can_be_taken_back_for_five_minutes(community: Community) -> None:
    await taken(community)
    await community.says("li", "办结 1 换了继电器")
    said = await community.says("li", "撤销", after=timedelta(minutes=4))
    assert (await Ticket.get(no=1)).state == "accepted"
    assert any("更正" in out.say.text and out.say.to.contact == "chen" for out in said)
    assert casework.rebuilt_state(await ledger.history(1)) == "accepted"
    await community.says("li", "办结 1 换了继电器")
    later = await community.says("li", "撤销", after=timedelta(minutes=6))
    assert "没有五分钟内" in texts(later)[-1]


async def test_what_had_not_left_is_never_said(community: Community) -> None:
    await taken(community)
    await community.until(community.stage.now.replace(hour=14))  # 22:00 local
    await community.says("li", "办结 1 换了继电器")
    await community.says("li", "撤销")
    await community.waits(timedelta(hours=12))
    assert not any("已办结" in text for text in community.in_group("r1"))


async def test_nobody_takes_back_over_the_head_of_a_colleague(community: Community) -> None:
    await taken(community)
    await community.says("qian", "转派 1 赵副")
    assert "后来又有变化" in texts(await community.says("li", "撤销"))[0]
    assert (await Ticket.get(no=1)).assignee == "s2"


async def test_an_undone_report_on_behalf_keeps_its_number(community: Community) -> None:
    await community.says("li", "代报 3-1-101 楼道灯不亮")
    await community.says("li", "撤销")
    assert (await Ticket.get(no=1)).state == "withdrawn"
    assert casework.rebuilt_state(await ledger.history(1)) == "withdrawn"


async def test_a_candidate_becomes_a_ticket_by_one_digit(cautious: Community) -> None:
    await cautious.says("chen", LIFT, room="r1")
    assert cautious.in_group("r1") == []
    await cautious.says("li", "1")
    candidate = await Candidate.get(id=1)
    assert (candidate.answer, candidate.ticket) == ("yes", 1)
    assert len(cautious.in_group("r1")) == 1 and "#1" in cautious.in_group("r1")[0]


async def test_a_candidate_that_was_none_leaves_no_trace_in_the_group(cautious: Community) -> None:
    await cautious.says("chen", LIFT, room="r1")
    await cautious.says("li", "2")
    assert (await Candidate.get(id=1)).answer == "no"
    assert cautious.in_group("r1") == [] and await Ticket.all().count() == 0


async def test_a_candidate_is_corrected_with_one_word(cautious: Community) -> None:
    await cautious.says("chen", LIFT, room="r1")
    await cautious.says("li", "3 路灯")
    ticket = await Ticket.get(no=1)
    assert (ticket.sub, (await Candidate.get(id=1)).answer) == ("street_light", "corrected")


async def test_an_unanswered_candidate_goes_to_the_leader(cautious: Community) -> None:
    await cautious.says("chen", LIFT, room="r1")
    await cautious.waits(timedelta(hours=3))
    assert "待确认" in cautious.to("qian")[-1]
    await cautious.says("qian", "1")
    assert (await Candidate.get(id=1)).ticket == 1


async def test_a_pause_ends_by_itself(community: Community) -> None:
    await taken(community)
    await community.says("li", "挂起 1 等施工队 到周五")
    assert (await Ticket.get(no=1)).state == "waiting"
    await community.waits(timedelta(days=5))
    assert (await Ticket.get(no=1)).state == "accepted"


async def test_a_promise_is_read_by_the_resident_and_remembered_for_the_worker(
    community: Community,
) -> None:
    await taken(community)
    await community.says("li", "承诺 1 明早")
    assert "明天08:30" in community.to("chen")[-1]
    reminded = await community.waits(timedelta(days=1))
    assert any("答应居民的时间到了" in out.say.text and out.say.to.contact == "li" for out in reminded)


async def test_a_paper_goes_with_a_ticket_that_is_handed_over(community: Community) -> None:
    await taken(community)
    await community.says("li", "交接 1")
    assert "问题交接单 #1" in community.to("qian")[-1]
    await community.says("qian", "接收 1")
    ticket = await Ticket.get(no=1)
    assert (ticket.assignee, ticket.state) == ("s3", "accepted")


async def test_a_department_answers_a_whistle_and_does_the_work(community: Community) -> None:
    await taken(community)
    await community.says("li", "吹哨 1 物业")
    await community.says("wuye", "报到 1")
    await community.says("wuye", "办结 1 换了主板")
    assert (await Ticket.get(no=1)).state == "resolved"
    assert "青石物业" in community.to("li")[-1]


async def test_the_form_of_the_hotline_is_filled_from_the_ticket(community: Community) -> None:
    await taken(community)
    await community.says("li", "办结 1 换了继电器")
    form = texts(await community.says("li", "回单 1"))[0]
    assert "是否解决：是" in form and "换了继电器" in form


async def test_a_bad_verdict_is_reviewed_and_the_work_done_again(community: Community) -> None:
    await taken(community)
    await community.says("li", "办结 1 换了继电器")
    await community.says("chen", "不满意 还是不动")
    ticket = await Ticket.get(no=1)
    assert (ticket.state, ticket.satisfaction) == ("closed", "不满意")
    assert "还是不动" in community.to("qian")[-1]
    await community.says("qian", "退回 1 请再去一次")
    assert (await Ticket.get(no=1)).state == "accepted"
    assert "请再去一次" in community.to("li")[-1]


async def test_words_without_a_verdict_reach_the_worker_and_the_verdict_is_asked_again(
    community: Community,
) -> None:
    await taken(community)
    await community.says("li", "办结 1 换了继电器")
    await community.says("chen", "师傅人挺好的 就是来得晚了点", after=timedelta(hours=1))
    assert "满意" in community.to("chen")[-1] and "来得晚" in community.to("li")[-1]
    await community.says("chen", "电梯门关的时候还是有点响 麻烦再看看", after=timedelta(hours=1))
    assert await Ticket.all().count() == 1
    await community.says("chen", "基本满意")
    assert (await Ticket.get(no=1)).satisfaction == "基本满意"


async def test_silence_closes_without_a_verdict(community: Community) -> None:
    await taken(community)
    await community.says("li", "办结 1 换了继电器")
    await community.waits(timedelta(hours=71))
    assert (await Ticket.get(no=1)).state == "resolved"
    await community.waits(timedelta(hours=2))
    ticket = await Ticket.get(no=1)
    assert (ticket.state, ticket.satisfaction) == ("closed", "未评价")
    assert casework.rebuilt_state(await ledger.history(1)) == "closed"


async def test_words_are_blanked_when_their_time_is_over(community: Community) -> None:
    await taken(community)
    await community.says("li", "办结 1 换了继电器")
    await community.waits(timedelta(days=190))
    ticket = await Ticket.get(no=1)
    assert (ticket.summary, ticket.category) == ("", "public_facility")
    assert all(message.text == "" for message in await ledger.messages(1))
