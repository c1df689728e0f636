"""The verdict: rules, context and weights together say what a text is, and how sure that is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from gridbot.nlp import features
from gridbot.nlp.match import Match
from gridbot.nlp.model import Look, Model
from gridbot.nlp.reading import Because, Kind, Reading, Urgency
from gridbot.nlp.scan import Seen

_REPORTS = 0.5  # probability from which a text counts as a report
_ALARM = 0.4
_PLAIN = 0.85  # probability from which a text is never vague
_VAGUE = 0.22  # probability of the likeliest category below which it is
_ADDRESSED = 1.5  # what speaking to the bot adds to the logit
_SECOND = 0.8  # score of a rule that may open a second matter

SUPPRESSORS = frozenset(
    {"thanks", "elsewhere", "past", "hypothetical", "classified", "news", "notice", "joke", "idiom"}
    | {"survey", "opinion", "info", "quarrel", "ack", "achieved", "negation"}
)
"""Signs that are not heeded when somebody speaks to the bot."""

DOUBTS = frozenset(
    {"resolved", "thanks", "elsewhere", "past", "hypothetical", "advert", "chain", "news", "notice"}
    | {"retraction", "quote", "joke", "idiom", "negation"}
)
"""Signs beside which a rule of danger does not decide alone."""

FLAGS = {
    "thanks": "thanks",
    "retraction": "retraction",
    "survey": "weak",
    "hurry": "hurry",
    "notice": "notice",
    "advert": "advert",
    "classified": "advert",
    "anonymous": "anonymous",
    "info": "question",
    "money": "money",
    "solicit": "solicit",
}
_ORDER = [Urgency.EMERGENCY, Urgency.HIGH, Urgency.NORMAL, Urgency.LOW]
_AND = (
    "还有",
    "另外",
    "再就是",
    "顺便",
    "再有",
    "再说",
    "对了",
    "以及",
    "同时",
    "也",
    "2",
    "二是",
    "其次",
    "第二",
)
_NO_SECOND = frozenset({"property_mgmt", "dispute", "other", "consult", "home_help"})


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything a verdict is made from."""

    model: Model
    look: Look
    matches: Sequence[Match]
    seen: Seen
    addressed: bool


def judge(bench: Bench) -> Reading:
    """The reading without slots and text."""
    context = {match.rule.feature: match for match in bench.matches if match.rule.head == "context"}
    base = Reading(
        plus_one="plus" in context,
        resolved="resolved" in context,
        flags=frozenset(FLAGS[name] for name in context if name in FLAGS),
        evidence=tuple(f"{name}：{'/'.join(match.words)}" for name, match in context.items()),
    )
    danger = [match for match in bench.matches if match.rule.head == "emergency"]
    probability = _probability(bench)
    doubted = bool(DOUBTS & set(context)) and not bench.addressed
    if danger and not doubted:
        probability = max(probability, 0.6)
    if probability < _REPORTS or _is_vague(bench, probability):
        flags = base.flags | {"alarm"} if danger and not _is_talk(context) else base.flags
        because = tuple(Because(match.rule.id, match.words) for match in danger)
        return replace(base, confidence=round(max(0.5, 1 - probability), 3), flags=flags, because=because)
    alarmed = (bool(danger) and not doubted) or _alarm(bench) >= _ALARM
    first = _matter(bench, base, probability, alarmed)
    second = _second(bench, first)
    return first if second is None else replace(first, matters=2, also=(second,))


def _is_talk(context: Collection[str]) -> bool:
    """Whether words of danger are plainly no danger: an idiom, forwarded news, thanks for what is over."""
    return bool({"idiom", "news"} & set(context)) or {"thanks", "resolved"} <= set(context)


def is_worth_keeping(reading: Reading) -> bool:
    """Whether something may have to be done about it, though perhaps nothing is reported."""
    if reading.kind is not Kind.NONE:
        return True
    telling = reading.flags & {"retraction", "weak", "hurry", "alarm", "solicit"}
    return bool(reading.plus_one or reading.resolved or telling)


def _probability(bench: Bench) -> float:
    signs = features.signs(bench.matches)
    if bench.addressed:
        signs = {name: value for name, value in signs.items() if name[2:] not in SUPPRESSORS}
    z = bench.model.report(bench.look, signs)
    return bench.model.probability(z + _ADDRESSED if bench.addressed else z)


def _is_vague(bench: Bench, probability: float) -> bool:
    """No rule holds and the weights know no matter that it could be about: a turn of phrase."""
    if bench.addressed or any(match.rule.decides is not None for match in bench.matches):
        return False
    if probability >= _PLAIN or _alarm(bench) >= _ALARM:
        return False
    return probability * bench.model.categories(bench.look, {})[0][1] < _VAGUE


def _alarm(bench: Bench) -> float:
    return bench.model.alarm(bench.look, features.signs(bench.matches))


def _matter(bench: Bench, base: Reading, probability: float, alarmed: bool) -> Reading:
    label, share = bench.model.categories(bench.look, features.powers(bench.matches))[0]
    kind, _, category = label.partition(".")
    mine = [match for match in bench.matches if _decides(match, kind, category)]
    heard = [match for match in bench.matches if match.rule.head == "emergency" and match not in mine]
    because = tuple(Because(match.rule.id, match.words) for match in [*mine, *heard])
    if not mine:
        because = (Because(f"words.{label}", bench.model.telling(bench.look, label)), *because)
    return replace(
        base,
        kind=Kind(kind),
        category=category,
        sub=_sub(mine),
        urgency=Urgency.EMERGENCY if alarmed else _urgency(mine),
        confidence=round(min(0.99, probability * share), 3),
        because=because,
    )


def _decides(match: Match, kind: str, category: str) -> bool:
    return match.rule.decides is not None and match.rule.decides[:2] == (kind, category)


def _sub(matches: Sequence[Match]) -> str | None:
    if not matches:
        return None
    top = max(matches, key=lambda match: (match.rule.score, sum(map(len, match.words))))
    return top.rule.decides[2] if top.rule.decides else None


def _urgency(matches: Sequence[Match]) -> Urgency:
    known = [match.rule.urgency for match in matches if match.rule.urgency is not None]
    calm = [urgency for urgency in known if urgency is not Urgency.EMERGENCY]
    return min(calm, key=_ORDER.index, default=Urgency.NORMAL)


def _second(bench: Bench, first: Reading) -> Reading | None:
    """Another matter, in clauses of its own and joined by a word like 还有."""
    if first.urgency is Urgency.EMERGENCY or first.category is None:
        return None
    mine = {
        hit.clause
        for match in bench.matches
        if _decides(match, first.kind.value, first.category) and _sub([match]) == first.sub
        for hit in match.hits
    }
    for match in bench.matches:
        decides = match.rule.decides
        if decides is None or match.rule.score < _SECOND or decides[1] in _NO_SECOND or not mine:
            continue
        if decides == (first.kind.value, first.category, first.sub):
            continue
        clauses = {hit.clause for hit in match.hits}
        if clauses & mine or not _joined(bench.seen, match):
            continue
        return Reading(
            kind=Kind(decides[0]),
            category=decides[1],
            sub=decides[2],
            urgency=_urgency([match]),
            confidence=round(first.confidence * match.rule.score, 3),
            because=(Because(match.rule.id, match.words),),
        )
    return None


def _joined(seen: Seen, match: Match) -> bool:
    start, _ = seen.clause_span(match.hits[0].clause)
    before = seen.text[max(0, start - 6) : match.start]
    return any(word in before for word in _AND)
