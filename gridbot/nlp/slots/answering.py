"""What a department says in its own words of what it was called to: done, there, not its own, on the way."""

from __future__ import annotations

import re

from gridbot.nlp.slots import doing

DONE, THERE, REFUSED, WORDS, OTHER = "done", "there", "refused", "words", ""
_REFUSED = re.compile(
    r"(?:不归|不属于?|不该|不由|不是|轮不到)(?:我们|咱们|我|咱|本)(?:公司|单位|这边|这儿|这|部门|所|中队|队|的)*"
    r"(?:管|负责|的活|的事|的范围|职责|范围|的职责|辖区|弄|修|$|[,，。;；!])|"
    r"(?:我们|咱们|我|咱)(?:公司|单位|这边|这儿|这)?(?:管不了|管不着|不管|没有?权|不负责|没这个职责|接不了|办不了|处理不了)|"
    r"(?:不在|超出)(?:我们|咱们|我|本)?[^,，。]{0,6}(?:范围|职责|辖区)|不归(?:我们|咱们|我)"
)
_NOT_YET = re.compile(
    r"(?:马上|快|还有?|[0-9一二两三几半]+(?:分钟|点|小时)(?:左右|内|多)?(?:就|能|才)?)到|没到|还没|不到|才到|等[^,，。]{0,6}到"
)
_THERE = re.compile(
    r"(?:人|师傅|我们?|队员|工人|已经?|都|刚|车)到(?:了|位|场|现场|达)?|^到了|到(?:现场|场|地方|门口|楼下)了|到位了|"
    r"(?:在|已在)现场|上门了|进场了"
)
_QUESTION = re.compile(r"[?？]|[吗么呢]$|啥|什么|怎么|咋|多少|哪|几[号楼层单]")
_RECEIPT = re.compile(
    r"^(?:收到|好|好的|行|行的|知道|明白|嗯+|ok|可以|没问题|谢谢|辛苦|了|的|哈|啊|[,，。!！~～ ])+$"
)
_LONGEST = 160  # characters


def find(text: str) -> str:
    """One of DONE, THERE, REFUSED, WORDS (to be passed on as they are); OTHER for nothing or a long story."""
    if not text or len(text) > _LONGEST:
        return OTHER
    if _QUESTION.search(text):
        return WORDS
    if _REFUSED.search(text):
        return REFUSED
    if doing.find(text) == doing.DONE and not _NOT_YET.search(text):
        return DONE
    if _THERE.search(text) and not _NOT_YET.search(text):
        return THERE
    return WORDS


def asks(text: str) -> bool:
    """Whether the words ask something: 哪家停水."""
    return _QUESTION.search(text) is not None


def receipt(text: str) -> bool:
    """Whether the words say no more than that they were read: 收到, 好的."""
    return _RECEIPT.match(text.lower()) is not None


_SEEN = re.compile(
    r"^(?:收到|好的?|行|知道了|明白|嗯+|ok)(?:收到|了|的|哈|啊|呢)*[,，。!！ ]+", re.IGNORECASE
)


def message(text: str) -> str:
    """The words without those that only say they were read: 收到，师傅下午过去 → 师傅下午过去."""
    return _SEEN.sub("", text, count=1) or text
