"""Counts of people, numerals, and numbers that nobody should keep."""

from __future__ import annotations

import pytest

from gridbot.nlp.slots import people, quantity


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("电梯里困了5个人", 5),
        ("17户都没水", 17),
        ("我们十二户没水", 12),
        ("家里两个老人一个小孩", 2),
        ("一家三口", 3),
        ("老两口在家", 2),
        ("母子俩被困", 2),
        ("三个孩子在玩火", 3),
        ("2人被困", 2),
        ("20多人围观", 20),
        ("一个人住", 1),
        ("5家都停了", 5),
        ("一百二十户", 120),
        ("共302户", 302),
        ("302户居民都没水", 302),
        ("302户没水", None),
        ("人太多了", None),
        ("3号楼没水", None),
        ("我们家没水", None),
        ("第3人民医院", None),
        ("", None),
    ],
)
def test_people_and_households_are_counted(text: str, many: int | None) -> None:
    assert people.count(text) == many


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("502", 502),
        ("三", 3),
        ("两", 2),
        ("俩", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("廿三", 23),
        ("卅", 30),
        ("一百零五", 105),
        ("三百五", 350),
        ("三百五十", 350),
        ("三百零二", 302),
        ("五零二", 502),
        ("一二零三", 1203),
        ("一千零二十四", 1024),
        ("两万", 20000),
        ("〇", 0),
        ("壹佰", 100),
        ("", None),
        ("三楼", None),
        ("好", None),
        ("3a", None),
        ("1" * 13, None),
    ],
)
def test_a_numeral_is_its_number(text: str, value: int | None) -> None:
    assert quantity.number(text) == value


@pytest.mark.parametrize(
    ("text", "phone", "seen"),
    [
        ("电话13812348888", "138****8888", True),
        ("+86 138 1234 8888 找我", "138****8888", True),
        ("138-1234-8888", "138****8888", True),
        ("座机0379-68881234", "0379-******34", True),
        ("身份证41032219800101123X", None, True),
        ("卡号6222 0212 3456 7890 123", None, True),
        ("一三八一二三四八八八八", None, True),
        ("3号楼2单元502", None, False),
        ("拨打12345或110", None, False),
        ("工单1024", None, False),
        ("20260301", None, False),
    ],
)
def test_a_telephone_is_told_masked_and_an_identity_is_seen(text: str, phone: str | None, seen: bool) -> None:
    assert quantity.contacts(text) == (phone, seen)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13812348888 找老王", "电话138****8888 找老王"),
        ("13812348888,13912347777", "138****8888,139****7777"),
        ("0379-68881234", "0379-******34"),
        ("身份证41032219800101123X号", "身份证410*************3X号"),
        ("6222021234567890123", "622**************23"),
        ("3-2-502 1024 12345", "3-2-502 1024 12345"),
        ("停水", "停水"),
    ],
)
def test_no_number_of_a_person_survives_masking(text: str, masked: str) -> None:
    assert quantity.mask(text) == masked
    assert quantity.mask(masked) == masked
