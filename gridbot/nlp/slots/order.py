"""An order of a hotline as it is pasted: its number, who called, what about, where, until when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from gridbot.nlp.normalize import fold
from gridbot.nlp.slots import when

# What the platforms call their fields, the longest first.
_LABELS = {
    "number": "工单编号 工单号 受理编号 受理单号 诉求编号 订单编号 事件编号 案件编号 编号",
    "caller": (
        "来电人姓名 来电人 诉求人姓名 诉求人 反映人姓名 反映人 投诉人 举报人 求助人 联系人 市民姓名 市民 姓名"
    ),
    "phone": "来电号码 联系电话 联系号码 回访电话 联系方式 电话",
    "content": "诉求内容 反映内容 来电内容 工单内容 问题描述 诉求描述 内容描述 诉求 内容",
    "place": "事发地址 诉求地址 事发地点 发生地点 诉求地点 地址 地点",
    "due": "要求办结时间 办结时限 办理时限 处置时限 反馈时限 截止时间 办理期限 时限 期限",
    "source": "诉求来源 来源渠道 受理渠道 来源 渠道",
    "": "承办单位 派单时间 受理时间 来电时间 诉求类型 诉求类别 办理要求 是否保密 标题",
}
_FIELD = {label: name for name, labels in _LABELS.items() for label in labels.split()}
_LABEL = re.compile(
    "(?:^|[\\s,，;；。【\\[|])(" + "|".join(sorted(_FIELD, key=len, reverse=True)) + r")[】\]]?\s*[:：]\s*"
)
_NUMBER = re.compile(r"[A-Za-z0-9\-_]{4,40}")
_PHONE = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}-?\d{7,8})(?!\d)")
_WORKDAYS = re.compile(r"(\d{1,2})\s*个?工作日")
_HOURS = re.compile(r"(\d{1,3})\s*个?小时")
_DAYS = re.compile(r"^(\d{1,2})\s*(?:天|日|个自然日)(?:内)?$")


@dataclass(frozen=True, slots=True)
class Order:
    """`due` is a moment (aware; midnight where only a day is said), or a `span` of (amount, unit) is set."""

    number: str
    content: str
    caller: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    place: str = ""
    source: str = ""
    due: datetime | None = None
    span: tuple[int, str] | None = None


def find(text: str, *, at: datetime, zone: tzinfo) -> Order | None:
    """The order a text is; None where it has no number or no content. Pure: `at` is when it was pasted."""
    values = _values(text)
    number = _NUMBER.search(fold(values.get("number", "")))
    content = values.get("content", "")
    if number is None or not content:
        return None
    due_text = values.get("due", "")
    span = _span(fold(due_text))
    phone = _PHONE.search(fold(values.get("phone", ""))) or _PHONE.search(fold(values.get("caller", "")))
    caller = _PHONE.sub("", values.get("caller", "")).strip(" ,，()（）")
    return Order(
        number=number[0], content=content, caller=caller, phone=phone[0] if phone else "",
        place=values.get("place", ""), source=values.get("source", ""),
        due=None if span else _moment(due_text, at, zone), span=span,
    )  # fmt: skip


def looks_like(text: str) -> bool:
    """Whether a text has at least three labels of such orders, a number among them: worth finding out."""
    labels = [_FIELD[found[1]] for found in _LABEL.finditer(text)]
    return len(labels) >= 3 and "number" in labels and "content" in labels


def _values(text: str) -> dict[str, str]:
    """Each field's text, up to the next label."""
    found = list(_LABEL.finditer(text))
    values: dict[str, str] = {}
    for n, label in enumerate(found):
        end = found[n + 1].start() if n + 1 < len(found) else len(text)
        name = _FIELD[label[1]]
        if name and name not in values:
            values[name] = text[label.end() : end].strip(" \t\r\n,，;；|【[")
    return values


def _span(text: str) -> tuple[int, str] | None:
    if found := _WORKDAYS.search(text):
        return int(found[1]), "WORKDAY"
    if found := _HOURS.search(text):
        return int(found[1]), "HOUR"
    if found := _DAYS.search(text.strip()):
        return int(found[1]), "DAY"
    return None


def _moment(text: str, at: datetime, zone: tzinfo) -> datetime | None:
    found = when.find(text, at=at, zone=zone) if text else None
    return (found.end or found.start) if found is not None else None
