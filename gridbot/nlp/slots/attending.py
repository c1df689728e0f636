"""Who will come: 算我一个, 我报名 两个人, 我家也去; and whether a notice calls people to come. Pure."""

from __future__ import annotations

import re

from gridbot.nlp.normalize import fold
from gridbot.nlp.slots import quantity

_LONGEST = 24  # characters of somebody who only says that he comes
_WHO = r"(?:我们?家?|俺们?家?|咱们?家?|[我俺咱](?:和|跟)[\u4e00-\u9fff]{1,4}|[我俺咱]?们?两口子)"
_MANY = r"(?P<n>[0-9]{1,2}|[一二两三四五六七八九十俩仨])(?:个人|口人|口子|个|人|位|口|名)?"
_COMES = (
    re.compile(rf"^{_WHO}?(?:也|要|想|来|都|先)*(?:报名|报个名|参加|报一个|报上名)(?:参加)?"),
    re.compile(rf"^{_WHO}?(?:也|都)(?:去|来|行|可以|算一个)(?=$|[ ,，。!~吧呀啊哈呗参帮两俩一几0-9])"),
    re.compile(r"^(?:把)?(?:也)?(?:算|加|带|报|添|捎)[上]?(?:我|俺|咱|我家|我们家?|俺家)(?:们)?"),
    re.compile(rf"^{_WHO}(?:能|可以|有空|有时间)(?:去|来|参加|帮忙|搭把手|出个?力)"),
    re.compile(
        r"^(?:[我俺咱](?:和|跟)[\u4e00-\u9fff]{1,4}|[我俺咱]们?家|[我俺咱]们)(?:都|一起|一块儿?)*[去来][吧啊]?$"
    ),
    re.compile(rf"^{_WHO}(?:来|去)(?=一个|个|吧|帮忙|[0-9两俩二三四])"),
)  # fmt: skip
_ENDS_SO = re.compile(
    rf"{_WHO}(?:也|都|要|想|能|可以)*(?:去|来|参加|报名)[吧啊]?$|算(?:上)?(?:我|我们|我家)(?:一个)?$"
)
_HEARD = re.compile(r"^(?:收到|好的?|知道了)[ ,，。!！]*")
_NOT = re.compile(
    r"[?？]|[吗呢么嘛]$|不|没|别|怎|咋|几点|哪|谁|啥|什么|截止|多少|能否|还能|还有|费|要是|如果|过了"
)
_CALLS = re.compile(
    r"报名|志愿|义工|招募|召集|人手|[缺要需招差](?:要)?(?:[0-9]{1,2}|[一二两三四五六七八九十几])+(?:个|名|位|人)"
    r"|欢迎.{0,6}(?:参加|参与|来)|邀请|踊跃"
)
_EVENT = re.compile(
    r"宣讲|讲反诈|讲课|领(?:鸡蛋|米|面|油|礼品|奖)|义诊|义剪|讲座"
    r"|培训|上课|课堂|大扫除|扫雪|清扫|捡垃圾|植树|种树|比赛|演出|联欢|晚会|聚餐|饺子|粽子|月饼|元宵|汤圆"
    r"|电影|健步|健走|运动会|参观|活动|巡逻|合唱|猜灯谜|体验|慰问|表演|棋|跳绳|手工"
)


_DAY = r"(?:周|星期|礼拜)[一二三四五六日天]|明天|后天|今天|那天|上午|下午|到时候"
_SORRY = r"(?:哎呀?|唉|不好意思|对不起)?[ ,，]*"
_BUSY = r"(?:临时|家里|突然|正好|得)*(?:有点?事|加班|走不开)?了?[ ,，]*"
_GOES_NOT = re.compile(
    rf"^{_SORRY}(?:{_WHO}|{_DAY})*{_BUSY}(?:{_WHO})?"
    r"(?:去不了|来不了|不去了|不来了|参加不了|不参加了|不报了|报不了)了?"
    r"|^(?:取消|退了?|撤销)(?:我的)?报名|^报名(?:取消|退了)"
)


_HINT = re.compile(
    r"报名|报个|报一个|报上|参加|[算加带添捎]上?[我俺咱]|[我俺咱].{0,7}[去来行]|[去来报]不了|不[去来报]"
)


def hint(said: str) -> bool:
    """A quick look: whether `coming` or `not_coming` may find something."""
    return len(said) <= _LONGEST and _HINT.search(said) is not None


def coming(said: str) -> int | None:
    """How many come, 1 where none is said; None where the words say nothing of the kind, or ask."""
    if not hint(said):
        return None
    text = _HEARD.sub("", fold(said).strip(" ,，。.!！~～"))
    if not text or _NOT.search(text):
        return None
    if not any(form.search(text) for form in _COMES):
        return None
    many = re.search(_MANY, text)
    if many is None or many["n"] == "俩":
        return 2 if many is not None or "两口子" in text else 1
    number = 3 if many["n"] == "仨" else quantity.number(many["n"])
    return int(number) if number else 1


def at_the_end(said: str) -> bool:
    """Whether somebody says what it is and then that he comes: 周六大扫除我去."""
    text = fold(said).strip(" ,，。.!！~～")
    return len(text) <= _LONGEST and _ENDS_SO.search(text) is not None and _NOT.search(text) is None


def not_coming(said: str) -> bool:
    """Whether somebody who had said that he comes takes it back."""
    text = fold(said).strip(" ,，。.!！~～")
    return hint(said) and _GOES_NOT.search(text) is not None


def explicit(said: str) -> bool:
    """Whether he says in so many words that he signs up or takes part."""
    return "报名" in said or "参加" in said


def invites(notice: str) -> bool:
    """Whether a notice calls people to come, or tells of something to which they may."""
    return bool(_CALLS.search(notice) or _EVENT.search(notice))
