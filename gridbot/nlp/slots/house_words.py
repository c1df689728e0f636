"""Small words about houses: a bare room number, whether a place names a stairwell or a floor."""

from __future__ import annotations

import re

from gridbot.nlp.slots import quantity

_ROOM = re.compile(r"^[0-9]{3,4}(?:室|房|号|户)?(?:的|啊|呀|[。!！~～ ])*$")
_UNIT = re.compile(r"([0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:单元|门)")
_FLOOR = re.compile(r"[0-9一二三四五六七八九十]+[层楼](?!栋)|号楼[0-9]{3,4}|[0-9]{3,4}$|[底顶]楼")
_OF_ANOTHER = re.compile(r"(?:他|她|人家|别人|对门|隔壁|楼上|楼下)(?:们)?(?:家)?(?:是|在|住)")
_BESIDE = re.compile(
    r"对门|隔壁|邻居|对面(?:那|的|有)?[家户]|[我俺咱](?:们)?家?楼[上下](?:那|的|有|一|住|老|[男女]|小孩|大[爷妈姐哥])"
)
_SHARED = re.compile(
    r"楼道|走廊|过道|电梯|单元门|门禁|楼梯|楼顶|天台|大堂|主管|总阀|电表箱|配电箱|垃圾桶|消防栓|消防通道|对讲|信报箱"
)
_OWN = re.compile(r"[我俺咱](?:们)?家|屋里|家里|我屋")
_SPOT = re.compile(
    r"(?:[东西南北前后][边面]的?|小区)?(?:马路|路口|公园|河边|桥[上下头]|超市|菜场|菜市场|广场|停车场|地库|车库|绿化带|花坛|凉亭|亭子|"
    r"操场|站台|公交站|小区[东西南北]?门|[东西南北]门|大门口|围墙|快递柜|健身器材?|胡同|巷子|小路)"
    r"(?:那边|那儿|那里|旁边|边上|门口|对面|后面|前面|附近|拐角|里面|下面|上)?"
)
_THERE = re.compile(r"(?:那个|那里|那儿|那边|旁边|门口|边上|对面)的?[。!！~～ ]*$")
_SHORT = 12  # characters
_YEAR = re.compile(r"^(?:19|20)[0-9]{2}$")


def bare_room(text: str) -> bool:
    """Whether a text is the number of a room and nothing else: 504, 1203室; 2026 is a year."""
    return _ROOM.match(text) is not None and _YEAR.match(text) is None


def unit_in(place: str) -> str:
    """The stairwell that a written place names, in digits; "" for none."""
    found = _UNIT.search(place)
    number = quantity.number(found[1]) if found is not None else None
    return str(number) if number is not None else ""


def below_unit(place: str) -> str:
    """What a written place names below building and stairwell: 五层 of 3号楼五层."""
    rest = place.partition("号楼")[2]
    found = _UNIT.search(rest)
    return rest[found.end() :] if found is not None else rest


def has_floor(place: str) -> bool:
    """Whether a written place names a floor or a room."""
    return _FLOOR.search(place.partition("号楼")[2] or place) is not None


def of_another(text: str) -> bool:
    """Whether the words tell where somebody else lives: 他家是1单元的."""
    return _OF_ANOTHER.search(text) is not None


def beside(text: str) -> bool:
    """Whether the words speak of a neighbour's home and not of the speaker's: 我家对门, 楼下那家."""
    return _BESIDE.search(text) is not None


def shared(text: str) -> bool:
    """Whether the words speak of a part of the house that all share, and not of the speaker's own home."""
    return _SHARED.search(text) is not None and _OWN.search(text) is None


def points_there(text: str) -> bool:
    """Whether a few words say no more than which one: 快递柜旁边那个."""
    return len(text) <= _SHORT and _THERE.search(text) is not None


def spot(text: str) -> str:
    """The outdoor spot that the words name and no list knows: 河边亭子旁边; "" for none."""
    found = _SPOT.search(text)
    return found[0] if found is not None else ""
