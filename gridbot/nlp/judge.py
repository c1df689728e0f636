"""The verdict: rules, context and weights together say what a text is, and how sure that is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from gridbot.nlp import features
from gridbot.nlp.match import Match
from gridbot.nlp.model import Look, Model
from gridbot.nlp.reading import Because, Kind, Reading, Urgency
from gridbot.nlp.rules import Rule
from gridbot.nlp.scan import Seen

_REPORTS = 0.68  # probability from which a text counts as a report: needless answers cost more than silence
_REPORTS_BY_RULE = 0.62  # the same where a rule says so and nothing speaks against it
_REPORTS_BY_OWN = 0.3  # the same where the office itself wrote that rule
_UNSURE = 0.55  # share of a category below which a rule for another decides
_RULE = 0.7  # score of such a rule
_NEARLY = 0.2  # probability from which it is worth asking whether the text cannot wait
_ALARM = 0.3  # probability of danger from which a text cannot wait: a miss costs more than a needless call
_HEARD = 0.15  # the same where rules of danger are clear
_CLEAR = 0.84  # score of a clear rule of danger
_PLAIN = 0.85  # probability from which a text is never vague
_VAGUE = 0.22  # probability of the likeliest category below which it is
_ADDRESSED = 1.5  # what speaking to the bot adds to the logit
_ASKED = 0.2  # probability, at most, of a question among neighbours
_BOTH = 0.9  # how often two matters are told right where the whole is a report
_SECOND = 0.74  # score of a rule that may open a second matter

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
    "after": "after",
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
    "而且",
    "并且",
    "再一个",
    "然后",
)
_KEPT = frozenset(
    {"retraction", "weak", "hurry", "after", "alarm", "solicit"}
)  # signs worth keeping though nothing is reported
_NOT_WEAK = frozenset({"advert", "notice", "thanks", "retraction"})
_NO_SECOND = frozenset({"property_mgmt", "dispute", "other", "consult", "home_help"})


class Bench:
    """Everything a verdict is made from, summed up once."""

    __slots__ = ("addressed", "look", "matches", "model", "power", "seen", "signs", "z")

    def __init__(
        self, model: Model, look: Look, matches: Sequence[Match], seen: Seen, *, addressed: bool
    ) -> None:
        self.model, self.look, self.matches, self.seen = model, look, matches, seen
        self.addressed = addressed
        self.power = features.powers(matches)
        self.signs = features.signs(matches, len(seen.text) - 1, self.power)  # its end is marked
        self.z = self._logit()

    def _logit(self) -> float:
        if not self.addressed:
            return self.model.report(self.look, self.signs)
        signs = {name: value for name, value in self.signs.items() if name[2:] not in SUPPRESSORS}
        return self.model.report(self.look, signs) + _ADDRESSED


class Verdict(NamedTuple):
    """What rules and weights make of a text; the fields are those of `Reading`."""

    kind: Kind
    confidence: float
    plus_one: bool
    resolved: bool
    flags: frozenset[str]
    evidence: tuple[str, ...]
    because: tuple[Because, ...] = ()
    category: str | None = None
    sub: str | None = None
    urgency: Urgency = Urgency.NORMAL
    also: tuple[Reading, ...] = ()
    about: str | None = None

    @property
    def is_worth_keeping(self) -> bool:
        """Whether something may have to be done about it, though perhaps nothing is reported."""
        return (
            self.kind is not Kind.NONE or self.plus_one or self.resolved or not _KEPT.isdisjoint(self.flags)
        )


def judge(bench: Bench) -> Verdict:
    """What is reported, how sure that is, and why."""
    context = {match.rule.feature: match for match in bench.matches if match.rule.head == "context"}
    evidence = tuple([f"{name}：{'/'.join(match.words)}" for name, match in context.items()])
    flags = frozenset([FLAGS[name] for name in context if name in FLAGS])
    plus_one, resolved = "plus" in context, "resolved" in context
    danger = [match for match in bench.matches if match.rule.head == "emergency"]
    probability = bench.model.probability(bench.z)
    asking = None if bench.addressed or danger else context.get("asking")
    if asking is not None:
        flags |= {"weak"}
        probability = min(probability, _ASKED)
    if danger or probability >= _NEARLY:
        alarm, label, share = bench.model.judge(bench.look, bench.signs, bench.power)
        alarmed = alarm >= _ALARM or _is_heard(bench, danger, alarm, context)
        if share < _UNSURE and bench.power and label not in bench.power:
            label = max(bench.power, key=lambda one: (bench.power[one], one))  # rules know better
        own = max((one.rule for one in bench.matches if _is_owned(one.rule)), key=_score, default=None)
        if own is not None and own.decides is not None:
            label, share = ".".join(map(str, own.decides[:2])), max(share, own.score)
        if alarmed or (
            probability >= _enough(bench, own, context) and not _is_vague(bench, probability, share)
        ):
            mine = _mine(bench, label)
            verdict = Verdict(
                Kind(label.partition(".")[0]),
                round(min(0.99, max(probability, alarm) * share), 3),
                plus_one,
                resolved,
                flags,
                evidence,
                _because(bench, label, mine),
                label.partition(".")[2],
                _sub(mine),
                Urgency.EMERGENCY if alarmed else _urgency(mine),
            )
            second = _second(bench, verdict)
            if second is None:
                return verdict
            # two kinds share what each would have alone
            sure = max(verdict.confidence, round(min(0.99, _BOTH * probability), 3))
            return verdict._replace(also=(replace(second, confidence=sure),), confidence=sure)
    if danger and not _is_talk(context):
        flags |= {"alarm"}
    because = tuple([Because(match.rule.id, match.words) for match in danger])
    return Verdict(
        Kind.NONE,
        round(1 - probability, 3),
        plus_one,
        resolved,
        flags,
        evidence,
        because,
        about=_about(bench.matches, asking, flags),
    )


def _about(matches: Sequence[Match], asking: Match | None, flags: frozenset[str]) -> str | None:
    """What a sign is about, where its rule's id goes on with a category: what is asked, or works again."""
    ids = [match.rule.id for match in matches if match.rule.feature == "resolved"]
    if asking is not None and not flags & _NOT_WEAK:
        ids = [asking.rule.id]
    return next((one.split(".", 2)[2] for one in ids if one.count(".") > 2 or asking is not None), None)


def _is_heard(bench: Bench, danger: Sequence[Match], alarm: float, context: Collection[str]) -> bool:
    """Whether rules of danger need little weight: said to the bot, several clear ones, an office's own."""
    if not danger or bench.addressed:
        return bool(danger)
    clear = [match for match in danger if match.rule.score >= _CLEAR]
    several = len(clear) > 1 and alarm >= _HEARD
    return DOUBTS.isdisjoint(context) and (several or any(match.rule.is_own for match in danger))


def _enough(bench: Bench, own: Rule | None, context: Collection[str]) -> float:
    """The probability a report needs: less where a rule names a matter and nothing speaks against it."""
    if not bench.addressed and not DOUBTS.isdisjoint(context):
        return _REPORTS
    if own is not None:
        return _REPORTS_BY_OWN
    if any(match.rule.decides and match.rule.score >= _RULE for match in bench.matches):
        return _REPORTS_BY_RULE
    return _REPORTS


def _is_owned(rule: Rule) -> bool:
    """Whether a rule of the office's own names the matter: nobody knows better."""
    return rule.is_own and rule.decides is not None and rule.score >= _RULE


def _score(rule: Rule) -> float:
    return rule.score


def _is_talk(context: Collection[str]) -> bool:
    """Whether words of danger are plainly no danger: an idiom, forwarded news, thanks for what is over."""
    return bool({"idiom", "news"} & set(context)) or {"thanks", "resolved"} <= set(context)


def _is_vague(bench: Bench, probability: float, share: float) -> bool:
    """No rule holds and the weights know no matter that it could be about: a turn of phrase."""
    if bench.addressed or bench.power or probability >= _PLAIN:
        return False
    return probability * share < _VAGUE


def _mine(bench: Bench, label: str) -> list[Match]:
    kind, _, category = label.partition(".")
    return [match for match in bench.matches if _decides(match, kind, category)]


def _because(bench: Bench, label: str, mine: Sequence[Match]) -> tuple[Because, ...]:
    """The rules that speak for the label, else the words that weigh for it; then what speaks of danger."""
    heard = [match for match in bench.matches if match.rule.head == "emergency" and match not in mine]
    because = [Because(match.rule.id, match.words) for match in [*mine, *heard]]
    if not mine:
        because.insert(0, Because(f"words.{label}", bench.model.telling(bench.look, label)))
    return tuple(because)


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


def _second(bench: Bench, first: Verdict) -> Reading | None:
    """Another matter, in clauses of its own and joined by a word like 还有."""
    if first.urgency is Urgency.EMERGENCY or first.category is None or len(bench.seen.starts) == 1:
        return None
    mine = [
        match
        for match in bench.matches
        if _decides(match, first.kind.value, first.category) and _sub([match]) == first.sub
    ]
    clauses = {clause for match in mine for clause in match.clauses}
    for match in bench.matches:
        decides = match.rule.decides
        if decides is None or match.rule.score < _SECOND or decides[1] in _NO_SECOND or not mine:
            continue
        if decides == (first.kind.value, first.category, first.sub) or match.rule.head == "emergency":
            continue
        later = max(match, mine[0], key=lambda one: one.start)
        if match.clauses & clauses or not _joined(bench.seen, later):
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


def second(verdict: Verdict) -> Reading:
    """What a verdict says of half a message, as the second matter of the whole."""
    return Reading(
        kind=verdict.kind,
        category=verdict.category,
        sub=verdict.sub,
        urgency=verdict.urgency,
        confidence=verdict.confidence,
        because=verdict.because,
    )


def _joined(seen: Seen, match: Match) -> bool:
    start, _ = seen.clause_span(match.hits[0][3])
    before = seen.text[max(0, start - 6) : match.start]
    return any(word in before for word in _AND) or "也" in seen.text[match.start : match.end]
