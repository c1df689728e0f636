"""What a colleague's sentence says besides what to do: to whom, which sort, how many points, what to tell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gridbot.nlp.slots import quantity

_GIVEN = re.compile(
    r"(?:转派给|转给|派给|交给|移给|分给|换给|让给|归给|改派|转牌给|接我的是|接班的是|顶我的是|替我的是|给|让|叫|喊|换|找|请|派|该|归|转|是)"
    r"(?=(?P<who>[\u4e00-\u9fff]{2,8}))"
)
_SORT = re.compile(
    r"(?:应该是|应该算|算成|改成|改为|归到|算作|属于|就是|其实是|而是|是|算|归|成|为)(?=(?P<sort>[\u4e00-\u9fff]{2,12}))"
)
_NOTE = re.compile(
    r"^(?:给我|帮我|你|麻烦)?(?:今天)?(?:记一下|记上|记一笔|写一笔|写两句|写几句|记个|记录一下|记下来|记下|记两笔|记着|写上|写一段|记)"
    r"(?:日志)?[\s:：,，。]*"
)
_POINTS = re.compile(r"([0-9]{1,2}|[一二两三四五六七八九十])分")
_PHONE = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])|(?<![0-9])0[0-9]{2,3}-?[0-9]{7,8}(?![0-9])")
_TOLD = re.compile(
    r"^(?:请|帮我|麻烦|你|给我|替我)*(?:赶紧|马上|快)?"
    r"(?:(?:发|出)(?:个|一个|条|一条|份|一份|则|一下)?(?:通知|公告|消息|提醒)(?:给)?|"
    r"(?:往|在|给|到)?(?:居民|业主|大)?群里(?:喊|说|发|吼|讲|通知)(?:一嗓子|一声|一下|个|条|声)?(?:通知|消息)?|"
    r"(?:通知|告诉|提醒|告知|转告)(?:一下|下|一声)?|(?:让|叫)(?=大家)|(?:跟|给|和|向))[\s:：,，]*"
)
_RECEIPT_ASKED = re.compile(
    r"[\s,，。;；]*(?:要|让|请|叫)?(?:大家|他们|各户|每户|每家|都|看到的|收到的)*(?:都|要|得|给我|请)*"
    r"(?:回个|回复一个|回复个|回一个|回一下|回复一下|回复|回)(?:收到|回执|话|一声)(?:一下)?[吧啊哈了]?[。!！]?$"
)
_EVERYBODY = re.compile(
    r"^(?:一下)?(?:大家伙|大伙儿|大伙|大家|各位居民|各位|居民们|各小区|各居民群|各个?群|各楼栋?|各家各户|家家户户)(?:都)?"
)
_SAYING = re.compile(
    r"^(?:的)?(?:居民|住户|业主|人)?(?:们)?(?:都)?(?:回一下收到|回个收到|回收到|说一声|说一下|说声|说下|讲一声|讲一下|知会一声|通知一下|注意一下|注意)?[\s:：,，]*"
)
_SCOPE = re.compile(
    r"(?:全体居民|所有居民|[0-9一二三四五六七八九十]+(?:号楼|栋|幢)|[\u4e00-\u9fff]{1,6}(?:社区|网格)(?![员长]))"
)
_STOP = frozenset("的了我你他她那这个单件事给让把去来吧先就和是在有人不弄办看一下们家好上处理物业")


def whom(text: str) -> list[str]:
    """The words after each verb of giving, the last first: 这个给李晓梅办 → 李晓梅办."""
    return [found["who"] for found in _GIVEN.finditer(text)][::-1]


def sort_of(text: str) -> str:
    """What it is said to be instead: 这不是漏水 是下水道堵了 → 下水道堵了; the text where nothing is."""
    found = list(_SORT.finditer(text))
    return found[-1]["sort"] if found else text


def noted(text: str) -> str:
    """The words of a note without those that ask to write it down."""
    return _NOTE.sub("", text, count=1).strip()


_WRITE_IT = re.compile(
    r"^(?:请|麻烦)?(?:今天|昨天)?的?(?:民情)?日志(?:你|帮我|给我|替我)*(?:写|弄|整|生成|做|拟)(?:一下|好|一份|一个|个|出来)?[吧呗啊了]?$"
    r"|^(?:请|麻烦|你|帮我|给我|替我)+(?:写|弄|整|生成|做|拟)(?:一下|好|一份|一篇|一个|个)?(?:今天|昨天)?的?(?:民情)?日志[吧呗啊]?$"
)


def asks_to_write(text: str) -> bool:
    """Whether the diary is to be written for him, and nothing is told that it should hold."""
    return _WRITE_IT.match(text.strip(" ,，。!！")) is not None


def points(text: str) -> int:
    """How many points are named; 0 where none are."""
    found = _POINTS.search(text)
    if found is None:
        return 0
    return int(quantity.number(found[1]) or 0)


_AWARDING = re.compile(
    r"(?:给|帮|为)?[^,，。 ]{0,16}?(?:加|奖|记|补|得)(?:上)?"
    r"(?:[0-9]{1,2}|[一二两三四五六七八九十])(?:个)?(?:积)?分[,，。 :：]*"
)


def why_points(text: str) -> str:
    """What points are for: 给3-502加2分 义务扫雪 → 义务扫雪; the text where nothing else is said."""
    return _AWARDING.sub("", text, count=1).strip(" ,，。") or text


def telephone(text: str) -> str:
    """The telephone number in a text."""
    found = _PHONE.search(text)
    return found[0] if found else ""


_ORDERED = re.compile(
    r"^(?:请|帮我|麻烦|你)*(?P<at>[^给跟往向,，。\s]{1,8}(?:[点时]半?|[:：][0-9]{2}))?[ ,，]*(?:给|往|向|在)"
    r"(?P<scope>全体居民|所有居民|[0-9一二三四五六七八九十]+(?:号楼|栋|幢)|[\u4e00-\u9fff0-9]{1,6}?(?:社区|网格)(?![员长]))"
    r"(?:的)?(?:居民|业主|住户)?(?:群)?里?(?:发布?|下|出)(?:个|一个|条|一条|份|则|一下)?[\u4e00-\u9fff]{0,6}?(?:通知|公告|消息|提醒)"
    r"(?:说|一下)?[\s:：,，]+(?P<said>.{4,})$",
    re.DOTALL,
)


def told(text: str) -> str:
    """What is to be told, its audience first where one is named: 跟3号楼说一声明天停水 → 3号楼 明天停水."""
    if ordered := _ORDERED.match(text):
        parts = (ordered["scope"], ordered["at"], told(ordered["said"]))
        return " ".join(part for part in parts if part)
    asked = _RECEIPT_ASKED.search(text)
    receipt = "回执 " if asked or (re.search(r"收到", text) and re.search(r"大家|都", text)) else ""
    rest = _TOLD.sub("", _RECEIPT_ASKED.sub("", text), count=1)
    bare = _EVERYBODY.sub("", rest, count=1)
    if bare != rest:
        return f"{receipt}{_SAYING.sub('', bare, count=1)}".strip()
    scope = re.match(
        r"(?:全体居民|所有居民|[0-9一二三四五六七八九十]+(?:号楼|栋|幢)|[\u4e00-\u9fff]{1,6}(?:社区|网格)(?![员长]))",
        rest,
    )
    if scope is None:
        return f"{receipt}{_SAYING.sub('', rest, count=1) if rest != text else rest}".strip()
    said = _SAYING.sub("", rest[scope.end() :], count=1)
    return f"{scope[0]} {receipt}{said}".strip()


_COLLEAGUES = re.compile(
    r"^(?:请|麻烦|帮我|给我|你|替我)*(?:通知|告诉|告知|提醒|转告|跟|给|让|叫|喊|请|和|向)?(?:一下|下)?"
    r"(?P<to>(?:各个?|全体|所有的?|所有|每个|各位|大家|咱们?)?(?:社区|街道|片)?的?"
    r"(?:网格员|网格长|楼长|楼栋长|单元长|协管员|采集员|专干|同事|工作人员|干部)"
    r"(?:(?:和|、)(?:网格员|网格长|楼长|楼栋长|单元长|同事))*(?:们|都)?)"
    r"(?:说一声|说一下|说声|说下|讲一声|讲一下|知会一声|通知一下|注意一下|注意|说)?[\s:：,，]*(?P<said>.{4,})$",
    re.DOTALL,
)
_OF_ONE = re.compile(r"[?？]|[吗么呢]$|谁|电话|是不是|怎么|咋|多少|几个|没[有来到]|来了|辛苦|真好|态度|请假")


def to_colleagues(text: str) -> tuple[str, str] | None:
    """Which colleagues a leader addresses and what he tells them: 通知各网格员周五开会; None for all else."""
    found = _COLLEAGUES.match(text)
    if found is None or _OF_ONE.search(text):
        return None
    several = any(word in found["to"] for word in ("各", "全体", "所有", "每个", "大家", "们", "都", "咱"))
    asked = found.start("to") > 0
    return (found["to"].removesuffix("都"), found["said"].strip()) if several or asked else None


_PARTS = re.compile(r"[\s,，。;；]+")
_WHOSE = re.compile(r"^(?P<scope>[^的]{2,12}?)(?:的人|的|那边|这边|全体|所有人)?$")
_GATHER = re.compile(r"(?:到|在|去|来)?(?P<place>[\u4e00-\u9fff0-9]{2,12}?)(?:集合|集结|碰头|见)[吧啊]?$")
DRILL = ("演练", "演习", "拉练")


_ALL_AT_ONCE = re.compile(
    r"^(?:现在|马上|立刻|赶紧|快)*(?P<scope>全(?:街道|社区|镇|乡|县|区|村|体)|(?![到在去来])[\u4e00-\u9fff0-9]{1,8}?(?:社区|网格|街道|号楼))"
    r"(?:的?(?:人|人员|大家|所有人))?(?=现在|马上|立刻|赶紧|搞|来|到|去|在|组织|拉|弄|动员|集合|开展|进行|做|都)"
)
_HURRY = re.compile(
    r"^(?:所有人员?|全体(?:网格员|工作人员|人员|干部|党员)?|大家|大伙|各位|请|现在|马上|立即|立刻|赶紧|火速|速|快|都|就)+"
    r"(?=到|在|去|来)"
)
_TO_DO = re.compile(
    r"^(?:现在|马上|立刻|赶紧|都|就|给我|搞|来|组织|拉|弄|开展|进行|做|一下|一次|一场|个|场|次)+"
)
_AT_ONCE = re.compile(
    r"^(?:现在|马上|立刻|赶紧|快|就|都|给我)*(?:拉|搞|来|弄|集合|开始|动员|通知)?(?:一下|起来)?[吧了]?$"
)


def _unhurried(said: str) -> str:
    """所有人马上到街道办集合 → 到街道办集合."""
    return _HURRY.sub("", said)


def called(text: str) -> tuple[str, str, str]:
    """Who is called together, for what, where: 搞个消防演练，3号楼的，小广场集合; "" where it is not said."""
    scope, place, why = "", "", list[str]()
    for said in map(_unhurried, _PARTS.split(text.strip())):
        whole = _ALL_AT_ONCE.match(said) if not scope else None
        scope = whole["scope"] if whole else scope
        part = _unhurried(said[whole.end() :] if whole else said)
        if _AT_ONCE.match(part):
            continue
        gather, whose = _GATHER.search(part), _WHOSE.match(part)
        if gather is not None and not place and gather.start() == 0:
            place = gather["place"]
        elif whose is not None and not scope and _SCOPE.fullmatch(whose["scope"]):
            scope = whose["scope"]
        elif part:
            why.append(_TO_DO.sub("", part) or part)
    return scope, "，".join(why), place


_TO_RESIDENT = re.compile(
    r"(?P<how>告诉|跟|给|和|回复|回|转告|通知|让|叫|请)(?:一下|下)?"
    r"(?:他们|她们|他家|她家|他|她|人家|居民|住户|对方|那家|那户|老人家?)(?:说一声|说一下|说|讲|回|一声|一下)?[\s,，:：]*(?P<said>.{2,})$",
    re.DOTALL,
)
_NOT_TO_RESIDENT = re.compile(r"[?？]|[吗么呢]$|谁|我(?:马上|这就|已经)?(?:跟|给|和|告诉|通知)|了$|过了?$")


def to_resident(text: str) -> str | None:
    """What a resident is to be told: 让他带身份证来 → 请带身份证来; None for none."""
    found = _TO_RESIDENT.search(text)
    if found is None or found.start() > _ABOUT or _NOT_TO_RESIDENT.search(text):
        return None
    said = found["said"].strip()
    return f"请{said}" if found["how"] in ("让", "叫", "请") else said


_ABOUT = 10  # characters that may say first which matter it is: 医保那个告诉他打12393

_CORRECTION = re.compile(
    r"(?:应该是|应该在|应为|改成|改为|改到|其实是|而是|[，,]\s*是?|是)(?P<said>[^，,。]{2,40})[。!！]?$"
)


def corrected(text: str) -> str:
    """What it should have said: 时间说错了，是下午两点到四点 → 下午两点到四点; "" where nothing is said."""
    found = _CORRECTION.search(text)
    return found["said"].strip() if found else ""


_MOVED = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{2,8}?)(?:的?(?:时间|地点|日期))?(?:改|挪|换|推迟|提前|延)(?:到|成|在|为|至)了?"
    r"(?P<to>[^，,。！!\s]{2,30}?)了?(?=[，,。！!\s]|$)"
)


def moved(text: str) -> tuple[str, str] | None:
    """What was announced and to when or where it moves: 停水改到下午两点了 → 停水, 下午两点; else None."""
    found = _MOVED.search(text)
    return (found["what"], found["to"]) if found is not None else None


def likeness(text: str, about: Iterable[str]) -> int:
    """How many pairs of signs of `text` stand in what a matter is about; telling single signs count one."""
    known = " ".join(about)
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    found = sum(
        2 for pair in pairs if not _STOP.intersection(pair) and pair in known and pair.strip() == pair
    )
    return found + sum(1 for sign in set(text) - _STOP if sign in _TELLING and sign in known)


_TELLING = frozenset("灯狗猫墙树门锁暖漏堵臭吵噪井盖梯坑坡杆线沟虫鼠烟火")
