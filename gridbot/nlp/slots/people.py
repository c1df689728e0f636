"""How many: people or households a text speaks of."""

from __future__ import annotations

import re

from gridbot.nlp.slots import quantity

_HAN = "零〇一二三四五六七八九十百千两"
_NUMBER = rf"(?<![0-9{_HAN}第.\-:/])(?P<n>[0-9]{{1,4}}|[{_HAN}]{{1,6}}(?<![^0-9{_HAN}][百千]))(?:多|余|来)?"
_PERSON = (
    r"老人|老年人|孩子|小孩|人(?![民次均行间体])|居民|住户|业主|邻居|群众"
    r"|乘客|学生|工人|大人|老太太|老头|大爷|大妈|阿姨|女的|男的|租客|病人"
)
_PEOPLE = r"老人|老年人|孩子|小孩|人(?![民次均行间体])|学生|工人|乘客|居民"
_COUNT = re.compile(
    rf"{_NUMBER}(?:(?:个|名|位|口)(?:多)?(?:{_PERSON})|(?:{_PEOPLE})|户(?![型主])|口人|家(?:人家|都|住户|没|停|[有也全])|口子)"
)
_TOGETHER = re.compile(
    r"(?:一家|全家|家里|祖孙|母子|爷孙|夫妻|老|小)(?P<n>[两二三四五六七八九俩仨])(?:口子?|代|人)?(?![个点天])"
)
_PAIR = re.compile(
    r"老两口|小两口|两口子|(?:母子|父子|夫妻|夫妇|母女|父女|爷孙|姐弟|兄弟)俩|俩(?:人|老人|孩子|小孩)"
)
_COUNTING = re.compile(  # a number with what it counts behind it, or with those whom it sums up before it
    rf"[0-9{_HAN}俩仨](?:(?=[多余来个名位口老人孩小学工乘居户家])|(?<=[家里孙子妻妇女老小弟].)|(?<=俩))"
)
_HINT = re.compile(r"[人户口家俩仨老小孩居住业邻群名位]")


_TABLES = re.compile(rf"{_NUMBER}(?:张)?桌")
A_TABLE = 10
_ALL = re.compile("居民|都|人家|全|住户|业主|没人管")
_ABOUT = re.compile(r"(?:共|约|近|有|全|剩|超过|达)\s?$")


def count(text: str) -> int | None:
    """The first count of people or households in `text` ('困了5个人' 5, '17户都没水' 17), or None."""
    if not _HINT.search(text) or not _COUNTING.search(text):
        return None
    found = _COUNT.search(text) or _TOGETHER.search(text)
    if found and not _is_door(text, found):
        return _number(found["n"])
    return 2 if _PAIR.search(text) else None


def guests(text: str) -> int | None:
    """How many come to a feast: so many people, or ten to each table (20桌)."""
    tables = _TABLES.search(text)
    number = quantity.number(tables["n"]) if tables is not None else None
    return number * A_TABLE if number is not None else count(text)


def _is_door(text: str, found: re.Match[str]) -> bool:
    """'302户没水': the flat 302, not so many households."""
    if found[0][-1] != "户" or not found["n"].isdigit() or len(found["n"]) < 3:
        return False
    return not _ALL.match(text, found.end()) and not _ABOUT.search(text, 0, found.start())


def _number(written: str) -> int | None:
    """'七八个人' are seven at least."""
    about = len(written) == 2 and all(c in "一二两三四五六七八九" for c in written)
    return quantity.number(written[0] if about else written)


_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_TITLES = (
    "阿姨|大爷|大妈|大娘|大姐|大哥|大叔|大婶|奶奶|爷爷|叔叔|婶婶|嫂子|伯伯|师傅|老师|先生|女士|老太|老汉|某"
)
_NAMED = re.compile(
    rf"[{_SURNAMES}](?:{_TITLES}|[姨叔婶嫂爷姐哥奶])|老[{_SURNAMES}](?:家|两口|头)?(?![路街桥])"
)


def named(text: str) -> bool:
    """Whether a text speaks of somebody by surname, as neighbours do (何阿姨, 老王家)."""
    return _NAMED.search(text) is not None
