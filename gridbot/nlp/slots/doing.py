"""What a colleague says of his own work: done (灯泡换好了), or under way (我马上去看, 等物业来修)."""

from __future__ import annotations

import re

DONE, UNDER_WAY, OTHER = "done", "under way", ""
_LATER = re.compile(
    r"马上|立刻|正在|在路上|这就|一会|待会|回头|下班|忙完|等一?下|要等|等着|等(?:物业|师傅|配件|材料|他|她|对方|回复)|明[天早]|后天|下周|准备|打算|"
    r"去看|过去|联系|约[了好]?|安排|派了?(?:人|师傅|维修|电工|水工)|(?:叫|请|找|喊)了?(?:人|师傅|维修|电工|水工)|通知|晚[点些]|上报|报给|反映给|催|还没|没修|没弄|没找到|修不了|不行|不能|没人|不在|没在|看过|看了|查看|发现"
)
_DONE = re.compile(
    r"(?:修|换|装|弄|搞|整|清|扫|拉|拖|搬|挪|疏通|通|补|贴|处理|办|做|解决|恢复|拆|调解|劝|说|送|救|关|封|盖|铺|填|加固|清理|清运|更换|"
    r"协调|沟通|复位|接)(?:好|完|掉|走|通|开|上|干净|妥|到位|完毕|成功|新的|正常|和)?[了啦咯喽]|"
    r"(?:(?:好|完|通|亮|走)[了啦咯喽]|"
    r"(?:来水|来电|正常|干净|和好|和解|消除|解决|到位|搞定|办妥)[了啦咯喽]?)(?:$|[,，。!; ])|"
    r"已经?(?:修|换|装|清|拉|拖|搬|疏通|补|处理|办|解决|恢复|拆|调解|送|关|封|盖|铺|填|加固|清理|清运|更换|协调)"
)
_TAKEN_ON = re.compile(
    r"马上|立刻|正在|在路上|这就|一会|待会|晚[点些]|忙完|去看|过去|联系|约[了好]|安排|派了?(?:人|师傅)|"
    r"(?:叫|请|找|喊)了?(?:人|师傅)|通知|查看|看[过了]"
)
_NOT_TAKEN_ON = re.compile(r"修不了|弄不了|管不了|不行|不能|不归|不是我|没人|没空|去不了|来不了|休息|请假")
_QUESTION = re.compile(r"[?？]|[吗么呢]$|啥|什么|怎么|咋|多少|几[点个件]|谁|哪")
_LONGEST = 120  # characters; who writes more tells more than how it stands


def find(text: str) -> str:
    """DONE, UNDER_WAY, or OTHER for a question and everything else."""
    if len(text) > _LONGEST or _QUESTION.search(text):
        return OTHER
    if _LATER.search(text):
        return UNDER_WAY
    return DONE if _DONE.search(text) else OTHER


def takes_on(text: str) -> bool:
    """Whether whoever says so has the matter in hand: 我已经联系电工了."""
    return _TAKEN_ON.search(text) is not None and _NOT_TAKEN_ON.search(text) is None
