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
# In an order that is told in a sentence the label's colon may be missing.
_SPOKEN_LABEL = re.compile(
    _LABEL.pattern.removesuffix(r"\s*[:：]\s*") + r"(?:\s*[:：]\s*|\s+|(?=[A-Za-z0-9]))"
)
_OPENING = re.compile(
    r"^\W{0,3}(?:(?:转办|交办|派单)\W{0,3})?(?=(?:工单编号|工单号|受理编号|受理单号|诉求编号)\s*[:：]?\s*[A-Za-z0-9\-]{8})"
    r"|^\W{0,3}(?:刚?[收接]到?|转)?(?:12345|市长热线|政务热线|政府热线|热线).{0,6}?(?:工单|转办|派单|转来|诉求|来电|交办)单?"
)
_CALLER = re.compile(
    r"(?:来电人|反映人|诉求人|投诉人|求助人|联系人|市民)([^\W\d_]{1,4}?(?:先生|女士)?)(?=[\d,，;；。\s(（]|$)\s*(?:反映|说|称)?"
)
_ASKED = re.compile(
    r"诉求\s*[:：]|内容\s*[:：]|(?:市民|群众|来电人|居民).{0,12}?(?:反映|投诉|诉求|咨询|求助)"
)
_ITS_NUMBER = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{0,6}-?(?=[0-9A-Za-z\-_]*[0-9]{4})[0-9][0-9A-Za-z\-_]{3,}(?![A-Za-z0-9])"
)
_BY = re.compile(
    r"[,，;；。\s]*(?:请于|请在|限于|限在|限|须于|须在|需于|需在|务必于|务必在|要求|请|(?=\d{1,2}(?:个?工作日|日|号(?!楼)|月)))"
    r"([^,，;；。]{2,20}?)(?:之前|以前|前|内)"
    r"[^,，;；。]{0,3}?(?:办结|办理|回复|反馈|处理|答复|完成|处置)[^,，;；。]{0,6}"
)
_NUMBER = re.compile(r"[A-Za-z0-9\-_]{4,40}")
_PHONE = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}-?\d{7,8})(?!\d)")
_WORKDAYS = re.compile(r"(\d{1,2})\s*个?工作日")
_DAY = re.compile(r"20\d\d-\d{1,2}-\d{1,2}$")
_ROUND = " \t\r\n,，;；。:：|【[】]"
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
    values = _values(text) if _labelled(text) else _told(text)
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
    """Whether it is worth finding out: three labels with a number among them, or a hotline and a number."""
    labels = [_FIELD[found[1]] for found in _LABEL.finditer(text)]
    if len(labels) >= 3 and "number" in labels and "content" in labels:
        return True
    opening = _OPENING.match(text)
    return opening is not None and _numbered(text[opening.end() :]) is not None


def unnumbered(text: str) -> bool:
    """Whether it is an order of a hotline but for its number: a hotline, and what was asked or until when."""
    opening = _OPENING.match(text)
    if opening is None or _numbered(text[opening.end() :]) is not None:
        return False
    return _BY.search(text, opening.end()) is not None or _ASKED.search(text, opening.end()) is not None


def _labelled(text: str) -> bool:
    return {"number", "content"} <= {_FIELD[found[1]] for found in _LABEL.finditer(text)}


def _told(text: str) -> dict[str, str]:
    """The same of an order told in a sentence: 12345工单QX1，村口垃圾没人清，请于3月9日前办结."""
    opening = _OPENING.match(text)
    if opening is None:
        return {}
    # the label that the opening ends with (12345 工单编号 …) belongs to the number
    body = " " + re.sub(r"^(?:编号|单号|号)", "编号：", text[opening.end() :].lstrip(" :：】]"))
    values = _values(body, _SPOKEN_LABEL)
    number, by = _numbered(body), _BY.search(body)
    if number is not None:
        values["number"] = number[0]
    if by is not None:
        values.setdefault("due", by[1])
    if "phone" not in values and (phone := _PHONE.search(body)):
        values["phone"] = phone[0]
    if "caller" not in values and (caller := _CALLER.search(body)):
        values["caller"] = caller[1]
    content = values.get("content") or _remaining(body, number)
    for aside in (_BY, _PHONE, _CALLER):
        content = aside.sub("", content)
    values["content"] = re.sub(r"[,，;；\s]+(?=[,，;；])", "", content).strip(_ROUND)
    return values


def _numbered(text: str) -> re.Match[str] | None:
    """The first thing that may be an order's number: no telephone, no day."""
    found = (each for each in _ITS_NUMBER.finditer(text) if not _PHONE.fullmatch(each[0]))
    return next((each for each in found if not _DAY.match(each[0])), None)


def _remaining(body: str, number: re.Match[str] | None) -> str:
    """What follows the number up to the first label; else what stands before it."""
    after = body[number.end() :] if number is not None else body
    label = _SPOKEN_LABEL.search(after)
    return after[: label.start()] if label is not None else after


def _values(text: str, label_of: re.Pattern[str] = _LABEL) -> dict[str, str]:
    """Each field's text, up to the next label."""
    found = list(label_of.finditer(text))
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
