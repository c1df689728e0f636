"""Which sentence of some texts answers a question: by the words they share. Pure; no model, no guess."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gridbot.nlp.normalize import fold

ENOUGH = 0.5  # of the question's words have to stand in the sentence
_BREAK = re.compile(r"[。！？!?；;\n]+")
_ASKING = re.compile(
    r"今天|明天|后天|今晚|明早|公告里|通知里|公告|通知|什么时候|什么时间|什么|几时|多久|多少钱|多少|几点|几号|哪天|哪里|哪儿|哪个|在哪|怎么办理|怎么办|怎么|怎样|如何"
    r"|要不要|能不能|可不可以|可以吗|是不是"
    r"|有没有|请问|问一下|吗|呢|么|啊|呀|吧|的|了|是|我|我们|您|你|要|去|到|在|有|个|这|那|和|也|都|就"
)
_QUESTION = re.compile(
    r"[?？]|吗|呢$|什么|几时|几点|几号|多少|哪|怎么|怎样|如何|要不要|能不能|可不可以|是不是|有没有|[是对]吧$"
)
_SPACE = re.compile(r"[\s,，、:：()（）\"“”'「」?？!！。.~～]+")


def asks(said: str) -> bool:
    """Whether a text is a question."""
    return bool(_QUESTION.search(fold(said)))


def best(question: str, texts: Sequence[str]) -> tuple[int, str] | None:
    """The text and its sentence (with the one after it) that shares most with the question.

    Returns (index of the text, sentence); None where less than half of the question's words are found.
    """
    wanted = _pairs(_ASKING.sub(" ", fold(question)))
    if not wanted:
        return None
    found: tuple[float, int, str] | None = None
    for number, text in enumerate(texts):
        sentences = [part.strip() for part in _BREAK.split(text) if part.strip()]
        for at, sentence in enumerate(sentences):
            shared = len(wanted & _pairs(fold(sentence))) / len(wanted)
            if shared >= ENOUGH and (found is None or shared > found[0]):
                found = (shared, number, "。".join(sentences[at : at + 2]))
    return (found[1], found[2]) if found else None


def _pairs(text: str) -> set[str]:
    """Neighbouring characters of each run of text; a run of one is itself where there is no longer one."""
    runs = [run for run in _SPACE.split(text) if run]
    runs = [run for run in runs if len(run) > 1] or runs
    return {run[n : n + 2] for run in runs for n in range(max(1, len(run) - 1))}
