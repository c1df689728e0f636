"""Words of the pages for what the rows hold as ids."""

from __future__ import annotations

from collections.abc import Mapping

MOVE_ZH: Mapping[str, str] = {
    "open": "登记",
    "accept": "接单",
    "arrive": "到场",
    "resolve": "办结",
    "return": "退回",
    "reassign": "转派",
    "escalate": "上报",
    "handover": "交接",
    "take_over": "接手",
    "extend": "延期",
    "suspend": "挂起",
    "wake": "恢复办理",
    "promise": "承诺",
    "recategorise": "改类",
    "whistle": "吹哨",
    "check_in": "报到",
    "supervise": "督办",
    "urge": "催办",
    "nudge": "提醒经办人",
    "deputise": "转请副岗接手",
    "tell_leader": "告知网格长",
    "support": "邻居附议",
    "add": "补充",
    "locate": "补充位置",
    "watch": "值守",
    "overdue": "到期未办结",
    "merge": "合并",
    "split": "拆分",
    "withdraw": "撤回",
    "decline": "不予登记",
    "answer": "答复居民",
    "verdict": "评价",
    "review": "复核",
    "lapse": "逾期未评价，结案",
    "reopen": "重新办理",
    "undo": "撤销上一步",
}

URGENCY_ZH: Mapping[str, str] = {"emergency": "紧急", "high": "急", "normal": "", "low": ""}

RESIDENT_ZH = "居民"
