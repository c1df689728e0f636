"""How a leader has the draft of a notice changed: 时间改成3点, 要回执, 只发3号楼, 加一句带身份证. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo

from gridbot.nlp.slots import when

_RECEIPT = re.compile(
    r"^(?:再)?(?:要|加|加上|需要|带)(?:个|上)?回执|^要(?:大家|他们|各户)?都?(?:回复?|回个)收到"
)
_NO_RECEIPT = re.compile(r"^(?:不要|不用|别要|去掉|取消)(?:大家)?(?:回执|回复?收到)")
_URGENT = re.compile(r"^(?:改成|算|加|标)?(?:紧急|加急)(?:的|公告|发)?$|夜里也发|晚上也发")
_SEND = re.compile(
    r"^(?:行|好的?|可以|没问题|对|嗯|就这样|这样行|ok)?[,，。 ]*"
    r"(?:就这么|就这样|可以|快|现在|马上|立刻)*发(?:吧|送|出去|出|了吧|出去吧)?[吧啊。!！]*$",
    re.IGNORECASE,
)
_SCOPE = re.compile(
    r"^(?:改成|改为|还是)?(?:只|就|光|改)?(?:发|通知)(?:给|到|往)?(?P<scope>[\u4e00-\u9fff0-9]{2,10}?)(?:的?群)?(?:就行|就好|就可以|吧)?$"
    r"|^范围(?:改成|改为|是|换成)(?P<to>[\u4e00-\u9fff0-9]{2,10})$"
)
_LATER = re.compile(r"^(?:等到?|定在|定时|改到|放到)?(?P<at>.{2,12}?)(?:再|才|就)?发(?:出去)?(?:吧)?$")
_FROM_TO = re.compile(
    r"^(?:把|将)?[“\"「]?(?P<old>.{1,24}?)[”\"」]?(?:那里|那儿|这里|那个)?[ ,，]*"
    r"(?:改成|改为|改到|换成|换为|(?:写|发|说|打)?错了[ ,，]*(?:应该)?是|不对[ ,，]*(?:应该)?是|应该是|应为)"
    r"[ ,，:：]*[“\"「]?(?P<new>.{1,60}?)[”\"」]?[吧了。!！]*$"
)
_NOT_BUT = re.compile(r"^不是(?P<old>.{1,20}?)[ ,，]*(?:而|应该)?是(?P<new>.{1,40}?)[。!！]*$")
_MORE = re.compile(
    r"^(?:(?:后面|最后|下面|再|还要|前面)+(?:加|补|添)(?:上|一句|个|一条|一下)*|(?:加|补|添)(?:上|一句|个|一条))"
    r"[ ,，:：]*[“\"「]?(?P<more>.{2,80}?)[”\"」]?[。!！]?$"
)
_LESS = re.compile(
    r"^(?:把)?[“\"「]?(?P<old>.{2,40}?)[”\"」]?(?:这句|那句|几个字)?"
    r"(?:删了|删掉|去掉|不要了|拿掉|删去)[吧了。!！]*$"
)
_LESS_TOO = re.compile(
    r"^(?:删掉|去掉|删了|不要|拿掉)[ ,，:：]*[“\"「]?(?P<old>.{2,40}?)[”\"」]?(?:这句|那句|几个字|了|吧)*$"
)
_TO = re.compile(r"^(?:改成|改为|改到|换成|换到|推到|提前到)[ ,，:：]*(?P<new>.{1,20}?)[吧了。!！]*$")
_CLAUSE = re.compile(r"[ ,，。;；\n]+")
_ANEW = re.compile(r"^(?:重新?发|重发|重来|重写|改成这样)[ ,，:：]+(?P<text>.{2,})$", re.DOTALL)
_PERHAPS = re.compile(r"改|错|不对|换成|加上|加一|删|去掉|重发|重新发|不是")
_DAY = re.compile(r"今|明|后天|周|星期|礼拜|[月日号]")
_PART = re.compile(r"凌晨|清早|早上|上午|中午|下午|傍晚|晚上|[早晚](?=[0-9一二三四五六七八九十两])")
_HOUR = re.compile(
    r"(?:[0-9]{1,2}|[一二三四五六七八九十两]{1,3})(?:点半?(?:[0-9]{1,2}分?)?|时|[:：][0-9]{2})"
)
_TIMES = frozenset({"时间", "日期", "日子", "钟点"})
_PLACES = frozenset({"地点", "地方", "地址", "位置"})
_LABELLED = re.compile(
    r"(?P<label>地点|地址|位置|电话|联系人|联系电话)(?:[:：是在]|(?=\S))(?P<said>[^,，。;；\s]{2,20})"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to change; None and "" leave a thing as it is. `send`: it is to go out as it stands."""

    text: str = ""
    receipt: bool | None = None
    urgent: bool | None = None
    scope: str = ""
    at: datetime | None = None
    send: bool = False


def perhaps(said: str) -> bool:
    """Whether words that are no edit as they stand may have been meant for one."""
    return len(said) <= 60 and _PERHAPS.search(said) is not None


def read(said: str, draft: str, at: datetime, zone: tzinfo) -> Edit | None:
    """The change of a draft that the words ask for; None for other words, or what is not in the draft."""
    said = said.strip()
    if _NO_RECEIPT.search(said):
        return Edit(receipt=False)
    if _RECEIPT.search(said):
        return Edit(receipt=True)
    if _URGENT.search(said):
        return Edit(urgent=True)
    if _SEND.match(said):
        return Edit(send=True)
    if (text := _edited(said, draft, at, zone)) is not None:
        return Edit(text=text)
    if later := _LATER.match(said):
        found = when.find(later["at"], at=at, zone=zone)
        if found is not None and found.start is not None and _HOUR.search(found.text):
            return Edit(at=found.start)
    if scope := _SCOPE.match(said):
        return Edit(scope=scope["scope"] or scope["to"])
    return None


def _edited(said: str, draft: str, at: datetime, zone: tzinfo) -> str | None:
    if anew := _ANEW.match(said):
        timed = _retimed(draft, anew["text"].strip(), at, zone)
        return timed or anew["text"].strip()
    for form in (_NOT_BUT, _FROM_TO):
        if (found := form.match(said)) and (text := _replaced(draft, found["old"], found["new"], at, zone)):
            return text
    if (alone := _TO.match(said)) and (text := _retimed(draft, alone["new"], at, zone)):
        return text
    for form in (_LESS_TOO, _LESS):
        if (found := form.match(said)) and found["old"] in draft:
            return _shortened(draft, found["old"], whole="句" in said)
    if more := _MORE.match(said):
        return f"{draft.rstrip('。 ，,')}，{more['more']}"
    return None


def _shortened(draft: str, old: str, *, whole: bool) -> str:
    """The draft without some words, or without the clause they stand in."""
    if whole:
        old = next((part for part in _CLAUSE.split(draft) if old in part), old)
    return " ".join(draft.replace(old, "", 1).strip(" ,，。;；").split("  "))


def _replaced(draft: str, old: str, new: str, at: datetime, zone: tzinfo) -> str | None:
    old = old.strip(" ,，的")
    if old in draft:
        return draft.replace(old, new, 1)
    if any(old.endswith(word) for word in _TIMES) or when.find(old, at=at, zone=zone) is not None:
        return _retimed(draft, new, at, zone)
    if labelled := next((one for one in _LABELLED.finditer(draft) if one["label"] == old), None):
        return draft[: labelled.start("said")] + new + draft[labelled.end("said") :]
    if any(old.endswith(word) for word in _PLACES):
        return f"{draft.rstrip('。 ，,')}，地点：{new}"
    return None


def _retimed(draft: str, new: str, at: datetime, zone: tzinfo) -> str | None:
    """The draft with another time; of 3点 only the hour is another, of 下午3点 not the day."""
    moment, had = when.find(new, at=at, zone=zone), when.find(draft, at=at, zone=zone)
    if moment is None or moment.text != new or had is None or had.text not in draft:
        return None
    old = had.text
    hour = _PART.search(old) or _HOUR.search(old)
    if _DAY.search(new) and not _HOUR.search(new) and hour is not None:
        new += old[hour.start() :]
    elif not _DAY.search(new):
        part = (_PART if _PART.search(new) else _HOUR).search(old)
        if part is not None:
            end = part.end() if not _PART.search(new) else len(old)
            new = old[: part.start()] + new + old[end:]
    return draft.replace(old, new, 1)
