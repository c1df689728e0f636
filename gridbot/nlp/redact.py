"""A message as an example that names nobody: numbers, homes and names of people are blanked."""

from __future__ import annotations

import re

LONGEST = 200  # characters of an example

_PEOPLE = re.compile(
    r"@\S+|(?:老|小|阿)[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜谢邹窦章苏潘葛范彭鲁马方俞任袁"
    r"柳鲍史唐费廉薛雷贺倪汤罗毕郝邬安常乐于傅齐康伍余顾孟黄穆萧尹姚邵汪毛禹狄贝明臧计成戴宋庞熊纪舒屈项祝董梁杜阮蓝"
    r"季贾路江童颜郭梅林刁钟徐邱骆高夏蔡田樊胡凌霍万柯卢莫房裘缪丁邓洪包左石崔吉龚程邢裴陆荣翁曾甄封储靳段侯全班宁仇"
    r"刘景詹束龙叶黎白易廖庾耿文寇广][家]?|[赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严魏姜谢邹苏潘范彭鲁马方任袁柳史唐"
    r"薛雷贺罗郝常于傅康余顾孟黄萧姚邵汪毛戴宋熊纪舒项祝董梁杜季贾江郭林钟徐邱高夏蔡田樊胡霍万卢丁邓洪崔龚程陆刘叶白廖]"
    r"(?:大爷|大妈|大娘|奶奶|爷爷|阿姨|叔叔|师傅|老师|医生|主任|经理|书记|先生|女士|姐|哥|叔|姨|婶|伯)"
)
_NUMBERS = re.compile(r"[0-9]+")


def redact(text: str) -> str:
    """`text` (folded or not) cut short, its digits 0 and names that are known by their form 某人."""
    return _NUMBERS.sub(_zeros, _PEOPLE.sub("某人", text[:LONGEST]))


def _zeros(number: re.Match[str]) -> str:
    return "0" * min(4, len(number.group()))
