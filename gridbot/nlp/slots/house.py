"""Houses by number: buildings, units, floors, rooms and rows, north and south."""

from __future__ import annotations

import re
from functools import lru_cache

from gridbot.nlp.slots import quantity
from gridbot.values import value

_HAN = "零〇一二三四五六七八九十百廿卅"  # 两 counts things and never names a house
_N = rf"(?:[0-9]{{1,4}}|[{_HAN}]{{1,5}})"
_NEXT_IS_UNIT = re.compile(rf"\s?(?:[0-9]{{1,2}}|[{_HAN}]{{1,3}})(?:单元|门(?!口|诊|课))")
_DASH = "[-—–－]"
_TOKEN = re.compile(
    rf"(?<![0-9][:/])(?:(?<![{_HAN}])|(?=[0-9A-Za-z]))(?:"
    rf"(?P<row>{_N})排(?P<tie>\s?{_DASH}\s?)?(?P<house>[0-9]{{1,3}})(?(tie)(?:号(?!楼|院))?|(?![号户家座栋幢]))"
    rf"(?![0-9:/.~A-Za-z-])"
    rf"|(?P<name>{_N}[A-Ea-e]?|[A-Za-z][0-9]{{0,2}}|[甲乙丙丁戊])\s?(?P<word>"
    rf"号(?:楼|栋楼?|幢楼?|住宅楼|公寓楼?|宿舍楼?|[室房](?![子贷东租价顶]))?|栋楼?|单元|幢楼?"
    rf"|撞(?={_N}单元|[0-9])|座(?![位椅机谈桥山城大])|#楼?|单(?=[0-9])|门洞|门(?![课手牌诊亲卫禁锁铃])"
    rf"|排|[楼层F]|[室房](?![子贷东租价顶])|户(?![主型口]))"
    rf"|(?P<dash>[A-Za-z]?[0-9]{{1,3}}[A-Ea-e]?(?:{_DASH}[0-9]{{1,3}}{_DASH}[0-9]{{1,5}}|{_DASH}[0-9]{{1,4}}))"
    rf"(?:室|号房|号(?![楼线院]))?(?![0-9:/.~A-Za-z-]|号?[栋幢]|号楼|[楼层]|单元)"
    rf"|(?P<listed>[0-9]{{1,2}}|[{_HAN}]{{1,3}})(?:\s?[-、,，和到至~]\s?(?:[0-9]{{1,2}}|[{_HAN}]{{1,3}})){{1,6}}"
    rf"\s?(?P<listed_word>号楼|号?栋楼?|幢楼?|单元|[楼层](?!长))"
    rf"|(?P<bare>[A-Z]?[0-9]{{2,5}}(?![0-9:/.~])|[一二三四五六七八九][{_HAN}]{{2,3}}(?![{_HAN}]))"
    rf")"
)
_OPENING = re.compile(rf"[0-9A-Za-z{_HAN}甲乙丙丁戊](?<![0-9两几多.~A-Za-z].)")
_LOOKED_AT = 2000  # characters
_BUILDINGS = frozenset(
    {"号楼", "号栋", "号幢", "号幢楼", "号住宅楼", "号公寓", "号公寓楼", "号宿舍", "号宿舍楼"}
)
"""Words that make a building of any number."""
_ORDER = {"building": 0, "row": 1, "unit": 2, "floor": 3, "room": 4}
_MEASURE = re.compile(
    r"\s?(?:元|块|万|千|米|个|人|天(?!天)|号|线|路|度|斤|公里|平|年|月|日|岁|分|点|%|多|余|次|条|吨|瓦|毫|小时|胶|户|名|位|几(?!口|个人|人)|份|楼|层|栋|部|台|盏|辆|根|扇|棵|只|件|套|把|处)"
)
_MUCH = re.compile(
    r"\s(?:元|块|万|千|米|个|公里|岁|分|点|%|斤)"
)  # behind a blank only these count: 3-502 楼上
_ABOVE = re.compile(r"楼[上下道梯顶板里]")
_COUNTED = re.compile(r"\s?(?:都|全|一共|总共|居民|业主|群众|人家|老百姓|均|左右)")
_COUNTING = re.compile(r"(?:共|约|近|有|全|剩|超过|超|达|余|多|这|那|整|每|爬了?|走了?|高|第)\s?$")
_MAY_COUNT = frozenset("共约近有全剩过超达余多这那整每爬走了高第")  # the last characters of those words
_HOUSE_OF_ROW = re.compile(
    rf"\s?第?{_N}(?:号|户|家)|\s?(?:路灯|路口|路上|胡同|东头|西头|巷口|院墙|井盖|公厕|厕所|平房|那边|后面|前面)"
)
_LAYER = re.compile(r"\s?(?:[皮灰土水膜油厚薄冰雪纸泥次绿黑白浮垃污泡玻纱网保防木铁砖布]|楼(?![道梯上下里]))")
_LIVES = re.compile(
    r"(?:我家|俺家|我们家|咱家|我是|俺是|住|家在|楼上|楼下|隔壁|对门|对面|房号|门牌|房间)(?:是|在|的|就是)?[\s:,，]?$"
)
_ROOMY = re.compile(
    r"\s?(?:家|的住户|住户|的业主|业主|的?邻居|门口|漏|渗|滴水|没水|没电|停[水电气暖]|跑水|跳闸|装修|阳台|厨房|卫生间|厕所|又?吵"
    r"|太吵|天天|每天|老人|老太|大爷|大妈|阿姨|那家|这家|暖气|空调|报修|马桶|下水|水管"
    r"|的(?:水|暖气|下水|马桶|厨房|卫生间|阳台|空调|电|门|租|房|人|那户|管)|[、和跟][0-9]{3,4}(?![0-9])|老?奶奶|爷爷|大叔|大姐|孩子|租户"
    r"|(?:大?半夜|深更半夜|夜里|凌晨)[^,，。]{0,6}(?:还|在|又|拖|敲|跳|吵|走|唱|砸)|那(?:姑娘|小伙|老[头太]|男的|女的|小孩|口子))"
)
_NOT_ROOMS = frozenset({"12345", "12348", "96110", "110", "119", "120", "122", "114", "315", "911", "996"})
_CALLED = re.compile("[来到报赶已车]")
_GLUE = re.compile(r"[\s的,，、./()—-]{0,2}")
_PREFIXES = {"floor": re.compile(r"(?:负|地下)\s?$"), "row": re.compile(r"平房区?\s?第?$")}
_HAN_CHARACTER = re.compile("[\u4e00-\u9fff]")
_TODAY = re.compile(r"\s?(?:早|晚|上午|下午|中午|凌晨|停|来|开始|起|前|后|之|到|那天|又)")


@value(frozen=True, slots=True)
class Part:
    """A number of a house and what it is the number of, with where it stands in the text."""

    start: int
    end: int
    kind: str  # building, unit, floor, room, row
    value: str


def addresses(text: str, *, home: bool = False) -> list[list[Part]]:
    """The addresses in `text`: neighbouring parts that go down from building to room make one.

    `home`: the text is known to name a household, so that a lone 502 is one.
    """
    groups: list[list[Part]] = []
    last: Part | None = None
    opening = _OPENING.search(text, 0, _LOOKED_AT)
    while opening:
        start = opening.start()
        end = start + 1
        if found := _TOKEN.match(text, start, _LOOKED_AT):
            end = found.end()
            near = last if last and _GLUE.fullmatch(text, last.end, start) else None
            for part in _read(text, found, near, home=home):
                if last and part.start - last.end <= 2 and _ORDER[part.kind] > _ORDER[last.kind]:
                    groups[-1].append(part)
                else:
                    groups.append([part])
                last = part
        opening = _OPENING.search(text, end, _LOOKED_AT)
    return groups


def _read(text: str, found: re.Match[str], before: Part | None, *, home: bool) -> list[Part]:
    """The parts one number makes; `before` is the part it directly follows."""
    start, end = found.span()
    form = found.lastgroup
    if form == "dash":
        return _dashed(text, found, before, home=home)
    if form == "listed_word":
        return _listed(text, found)
    if form == "house":
        return _in_row(text, found, home=home)
    if form == "bare":
        room = _digits(found["bare"])
        return [Part(start, end, "room", room)] if _is_room(text, found, room, before, home=home) else []
    name, word = found.group("name", "word")
    if len(name) >= 3 and name.isdigit() and _ABOVE.match(text, end - 1):  # 5号楼2单元301 楼上漏水
        housed = before is not None and before.kind in ("building", "unit")
        return [Part(start, start + len(name), "room", name)] if housed else []
    if word in _BUILDINGS:
        return [Part(start, end, "building", _digits(name))]
    kind = _kind(text, found, name, word, before)
    if kind is None:
        return []
    if kind == "floor" and name[0] in "Bb":
        return [Part(start, end, kind, f"-{name[1:] or 1}")]
    value = _digits(name)
    if kind in _PREFIXES and (prefix := _PREFIXES[kind].search(text, max(0, start - 4), start)):
        start, value = prefix.start(), f"-{value}" if kind == "floor" else value
    if kind == "unit" and len(value) >= 3:
        kind = "room"  # in the south 504单元 is a flat
    return [Part(start, end, kind, value)]


def _listed(text: str, found: re.Match[str]) -> list[Part]:
    """The first of '3、5号楼', '1到3单元', '5-8楼'."""
    word = found["listed_word"]
    kind = {"单元": "unit", "楼": "floor", "层": "floor"}.get(word, "building")
    counting = _counting(text, found.start())
    if kind == "floor" and (counting or _LAYER.match(text, found.end())):
        return []
    return [Part(found.start(), found.end(), kind, _digits(found["listed"]))]


def _in_row(text: str, found: re.Match[str], *, home: bool) -> list[Part]:
    """'7排-7', of a household '7排7' too: the seventh house of the seventh row of old houses."""
    start, number, end = found.start(), found.start("house"), found.end()
    row = Part(start, number, "row", _digits(found["row"]))
    if _MEASURE.match(text, end) or not (found["tie"] or home):
        return [row] if "平房" in text else []
    return [row, Part(number, end, "room", _digits(found["house"]))]


def _dashed(text: str, found: re.Match[str], before: Part | None, *, home: bool) -> list[Part]:
    start, end = found.span()
    values = re.split(_DASH, found["dash"])
    counts = _MUCH if text.startswith(" ", end) and _likely_room(values[-1], 99) else _MEASURE
    if counts.match(text, end) or (before is None and text[max(0, start - 1) : start] in ("-", "—")):
        return []
    if not _is_address(text, start, values, before, home=home):
        return []
    kinds = ["building", "unit", "room"] if len(values) == 3 else ["building", "room"]
    if before and before.kind == "building" and len(values) == 2:
        kinds = ["unit", "room"]
    return [Part(start, end, kind, _digits(value)) for kind, value in zip(kinds, values, strict=True)]


def _is_address(text: str, start: int, values: list[str], before: Part | None, *, home: bool) -> bool:
    """'3-502' and '3-2-502' anywhere, '3-2-5' only behind a name, '2-5' only behind a building."""
    if before is not None and before.kind == "building":
        return len(values) == 2
    if len(values) == 3:
        return len(values[2]) >= 3 or home or bool(_HAN_CHARACTER.match(text, start - 1) if start else None)
    return _likely_room(values[1], 99) and text[max(0, start - 1) : start] not in tuple("路街弄巷")


def _kind(text: str, found: re.Match[str], name: str, word: str, before: Part | None) -> str | None:
    """What the word after a number makes of it, or None where it only counts."""
    start, end = found.span()
    if word in _BUILDINGS:
        return "building"
    if word[0] == "单" or word == "门洞":
        return None if _so_many(text, start) else "unit"
    if word[0] in "栋幢":
        return None if _counts(text, name, word, found) else "building"
    if word == "排":
        return _row(text, start, end)
    if word == "号" and _NEXT_IS_UNIT.match(text, end):
        return "building"
    if word == "号":
        return "room" if before and _house_number(text, found, before) else None
    letter = not (name[0].isdigit() or name[0] in _HAN)
    if word == "门":
        return "unit" if before and before.kind == "building" and not letter else None
    if word == "F":
        return None if letter or text[end : end + 1].isalnum() else "floor"
    if word in ("楼", "层") and not _followed_by_unit(found):
        if letter:
            return "building" if word == "楼" else "floor" if name[0] in "Bb" else None
        return None if _is_height(text, found) else "floor"
    if word[-1] in "室房户":
        return _room_kind(text, found)
    if letter and len(name) > 1 and word in ("#",):
        return None
    return None if _counts(text, name, word, found) or (len(name) > 3 and word[0] in "座#") else "building"


def _followed_by_unit(found: re.Match[str]) -> bool:
    return found["word"] == "楼" and _NEXT_IS_UNIT.match(found.string, found.end()) is not None


def _row(text: str, start: int, end: int) -> str | None:
    houses = _HOUSE_OF_ROW.match(text, end)
    return "row" if houses or "平房" in text else None


def _counts(text: str, name: str, word: str, found: re.Match[str]) -> bool:
    """'3栋楼都停了', '一座桥', '共5栋': so many, not the one of that name."""
    if word.endswith("栋楼") and (name == "一" or _COUNTED.match(text, found.end())):
        return True
    if name == "一" and word == "座":
        return True
    return "号" not in word and word != "#" and _so_many(text, found.start())


def _so_many(text: str, start: int) -> bool:
    """Whether the word before the number at `start` says that it counts: 共5, but not 第5, 这5."""
    counting = _counting(text, start)
    return counting is not None and counting[0][0] not in "第有那这"


def _counting(text: str, start: int) -> re.Match[str] | None:
    """The word before `start` by which the number there counts things."""
    before = text[start - 1 : start]
    if before not in _MAY_COUNT and not before.isspace():
        return None
    return _COUNTING.search(text, max(0, start - 3), start)


def _is_height(text: str, found: re.Match[str]) -> bool:
    """'爬了18层', '一共6层', '一层皮'."""
    counting = _counting(text, found.start())
    if found["word"] == "层":
        return (
            bool(counting and not counting[0].startswith("第")) or _LAYER.match(text, found.end()) is not None
        )
    return text.startswith("长", found.end()) or bool(counting and counting[0][0] in "爬走")


def _room_kind(text: str, found: re.Match[str]) -> str | None:
    name = _digits(found["name"])
    if found["word"] == "户":
        counting = _counting(text, found.start())
        return (
            "room" if _likely_room(name) and not counting and not _COUNTED.match(text, found.end()) else None
        )
    return "room" if len(name) >= 3 or name[:1].isalpha() else None


def _is_room(text: str, found: re.Match[str], room: str, before: Part | None, *, home: bool) -> bool:
    joined = before is not None and before.end == found.start()
    if _MEASURE.match(text, found.end()) or (
        room in _NOT_ROOMS and (not joined or _CALLED.match(text, found.end()))
    ):
        return False
    if before is not None:
        return before.kind in ("building", "unit", "floor") and (joined or _likely_room(room, 99))
    if not _likely_room(room) or found["bare"][0] in _HAN:
        return False
    start = found.start()
    if home and start == 0:
        return True
    if _LIVES.search(text, max(0, start - 6), start):
        return True
    opens = start == 0 or text[start - 1] in " ,，。.!！?？、;；:：\n"
    return opens and not room.startswith(("19", "20")) and _ROOMY.match(text, found.end()) is not None


def _house_number(text: str, found: re.Match[str], before: Part) -> bool:
    """'2单元5号', '8栋5号': a door; '3号楼 5号停水': a day."""
    if before.kind in ("unit", "floor", "row"):
        return True
    return before.kind == "building" and before.end == found.start() and not _TODAY.match(text, found.end())


def _likely_room(digits: str, last: int = 48) -> bool:
    """Three or four digits: a floor and the number on it, at most `last`."""
    return digits.isdigit() and 3 <= len(digits) <= 4 and digits[0] != "0" and 1 <= int(digits[-2:]) <= last


@lru_cache(maxsize=1024)
def _digits(written: str) -> str:
    """'三' 3, '三四' (of 三四楼) 3, '三号' as it is; letters in capitals."""
    if len(written) == 2 and "一二三四五六七八九".find(written) >= 0:
        written = written[0]
    value = quantity.number(written)
    return str(value) if value is not None else written.upper()
