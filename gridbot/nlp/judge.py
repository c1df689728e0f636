"""The verdict: rules, context and weights together say what a text is, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from gridbot.nlp import features
from gridbot.nlp.match import Match
from gridbot.nlp.model import Model
from gridbot.nlp.reading import Because, Kind, Reading, Urgency
from gridbot.nlp.rules import CALM, Rule
from gridbot.nlp.scales import Look
from gridbot.nlp.scan import Seen
from gridbot.nlp.weigh import powers

_REPORTS = 0.72  # probability from which a text counts as a report: needless answers cost more than silence
_REPORTS_BY_RULE = 0.66  # the same where a rule says so and nothing speaks against it
_REPORTS_AT_A_DOOR = 0.4  # the same where a building or a door is named beside it, or the bot is spoken to
_REPORTS_IN_SECRET = 0.1  # the same where somebody asks not to be named
_REPORTS_BY_OWN = 0.3  # the same where the office itself wrote that rule
_UNSURE = 0.55  # share of a category below which a rule for another decides
_LOST = 0.3  # share of the likeliest category below which danger by weights alone is of none
_DANGER = "issue.other"
_SUREST = 0.99  # no verdict is surer
_GRAVE = 0.5  # probability of danger from which it is at least so sure, though nobody knows of which kind
_FEW = 12  # characters up to which words that no rule of danger knows say too little
_RULE = 0.7  # score of such a rule
_NEARLY = 0.2  # probability from which it is worth asking whether the text cannot wait
_ALARM = 0.3  # probability of danger from which a text cannot wait: a miss costs more than a needless call
_DOUBT = 0.01  # below, even a word of danger is a turn of phrase: the worker is not asked (考试炸了)
_HEARD = 0.15  # the same where rules of danger are clear
_CLEAR = 0.84  # score of a clear rule of danger
_PLAIN = 0.85  # probability from which a text is never vague
_VAGUE = 0.165  # probability of the likeliest category below which it is
_VAGUE_TO_THE_BOT = 0.1  # the same of what is said to the bot
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
    "alarm": "alarm",
}
_FLAGGED, _NO_FLAGS = frozenset(FLAGS), frozenset[str]()
_KINDS = {kind.value: kind for kind in Kind}
_NONE, _EMERGENCY = Kind.NONE, Urgency.EMERGENCY
"""Looked up once: naming a member of an enumeration costs as much as a word."""
_DOOR = re.compile(
    r"[0-9a-z一二三四五六七八九十](?:号楼|栋|幢|单元|排[0-9])|(?<![0-9])[0-9]{1,2}-(?:[0-9]{1,2}-)?[0-9]{3,4}(?![0-9])"
)
_BY_RANK = (*CALM, Urgency.NORMAL)
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

    __slots__ = (
        "addressed",
        "context",
        "danger",
        "look",
        "matches",
        "model",
        "named",
        "power",
        "seen",
        "signs",
        "z",
    )

    def __init__(
        self, model: Model, look: Look, matches: Sequence[Match], seen: Seen, *, addressed: bool
    ) -> None:
        self.model, self.look, self.matches, self.seen = model, look, matches, seen
        self.addressed = addressed
        self.context: dict[str, Match] = {}
        self.named: list[Match] = []
        self.danger: list[Match] = []
        for match in matches:
            rule = match.rule
            if rule.label is None:
                self.context[rule.feature] = match
            else:
                self.named.append(match)
                if rule.head == "emergency":
                    self.danger.append(match)
        self.power = powers(self.named)
        self.signs = features.signs(matches, len(seen.text) - 1, self.power)  # its end is marked
        self.z = self._addressed() if addressed else model.report(look, self.signs)

    def _addressed(self) -> float:
        signs = {name: value for name, value in self.signs.items() if name[2:] not in SUPPRESSORS}
        return self.model.report(self.look, signs) + _ADDRESSED


class Verdict(NamedTuple):
    """What rules and weights make of a text; the fields are those of `Reading`."""

    kind: Kind
    confidence: float
    plus_one: bool
    resolved: bool
    flags: frozenset[str]
    evidence: tuple[tuple[str, tuple[str, ...]], ...]
    because: tuple[Because, ...] = ()
    category: str | None = None
    sub: str | None = None
    urgency: Urgency = Urgency.NORMAL
    also: tuple[Reading, ...] = ()
    about: str | None = None

    @property
    def is_worth_keeping(self) -> bool:
        """Whether something may have to be done about it, though perhaps nothing is reported."""
        return self.kind is not _NONE or self.plus_one or self.resolved or not _KEPT.isdisjoint(self.flags)


def is_silent(report: float, alarm: float) -> bool:
    """Whether a text in which no rule holds is silence, by the most its probabilities can be."""
    return report < _REPORTS and alarm < _ALARM


def judge(bench: Bench) -> Verdict:
    """What is reported, how sure that is, and why."""
    context, danger = bench.context, bench.danger
    probability = bench.model.probability(bench.z)
    flags = _NO_FLAGS if _FLAGGED.isdisjoint(context) else _flags(context)
    asking = None if bench.addressed or danger else context.get("asking")
    if asking is not None:
        flags |= {"weak"}
        probability = min(probability, _ASKED)
    weary = "alarm" in context and not danger and not bench.addressed and probability < _REPORTS
    least = _REPORTS_IN_SECRET if "anonymous" in context and bench.named else _NEARLY
    if danger or (probability >= least and not weary):
        verdict = _reported(bench, probability, flags)
        if verdict is not None:
            return verdict
    if danger and _is_doubtful(bench):
        flags |= {"alarm"}
    return Verdict(
        _NONE,
        round(1 - probability, 3),
        "plus" in context,
        "resolved" in context,
        flags,
        _evidence(context),
        tuple([Because(match.rule.id, match.words) for match in danger]),
        about=_about(bench.matches, asking, flags),
    )


def _flags(context: Collection[str]) -> frozenset[str]:
    return frozenset([FLAGS[name] for name in context if name in FLAGS])


def _is_doubtful(bench: Bench) -> bool:
    """Whether words of danger may be meant, so that the worker is asked: several clear ones, or weight."""
    if _is_talk(bench.context):
        return False
    if len([match for match in bench.danger if match.rule.score >= _CLEAR]) > 1:
        return True
    return bench.model.judge(bench.look, bench.signs, bench.power)[0] >= _DOUBT


def _about(matches: Sequence[Match], asking: Match | None, flags: frozenset[str]) -> str | None:
    """What a sign is about, where its rule's id goes on with a category: what is asked, or works again."""
    if asking is not None and not flags & _NOT_WEAK:
        return asking.rule.id.split(".", 2)[2]
    ids = (match.rule.id.split(".", 2)[2] for match in matches if match.rule.feature == "resolved")
    return next((one for one in ids if "." in one), None)


def _reported(bench: Bench, probability: float, flags: frozenset[str]) -> Verdict | None:
    """The verdict that something is reported, if it is."""
    context, named, power = bench.context, bench.named, bench.power
    alarm, label, share = bench.model.judge(bench.look, bench.signs, power)
    alarmed = alarm >= _ALARM or (bool(bench.danger) and _is_heard(bench, alarm, probability))
    if share < _UNSURE and power and label not in power:
        label = features.loudest(power)  # rules know better
    own = _own(bench)
    if own is not None and own.label is not None:
        label, share = own.label, max(share, own.score)
    if not alarmed and (not _is_enough(bench, own, probability) or _is_vague(bench, probability, share)):
        return None
    grave = alarmed and _is_grave(bench, alarm, probability)
    if grave and (share < _LOST or _is_of_a_body(bench)) and label not in power:
        label = _DANGER  # no word tells what it is, and it need not be known
    sure = (probability if probability > alarm else alarm) * share
    if grave and sure < _GRAVE:
        sure = _GRAVE
    mine = _mine(bench, label)
    kind, _, category = label.partition(".")
    verdict = Verdict(
        _KINDS[kind],
        round(sure, 3) if sure < _SUREST else _SUREST,
        "plus" in context,
        "resolved" in context,
        flags,
        _evidence(context),
        _because(bench, label, mine),
        category,
        _sub(mine),
        _EMERGENCY if alarmed else _urgency(mine),
    )
    if alarmed or len(named) == 1 or len(bench.seen.starts) == 1:
        return verdict
    match = _second(bench, verdict, mine)
    if match is None:
        return verdict
    # two kinds share what each would have alone
    sure = max(verdict.confidence, round(min(_SUREST, _BOTH * probability), 3))
    both = verdict._replace(also=(_alone(match, sure),), confidence=sure)
    return turned(both) if match.start < min(one.start for one in mine) else both


def _mine(bench: Bench, label: str) -> Sequence[Match]:
    """The matches that name this category: all or none where they name one."""
    if label not in bench.power:
        return ()
    if len(bench.power) == 1:
        return bench.named
    return [match for match in bench.named if match.rule.label == label]


def _is_grave(bench: Bench, alarm: float, probability: float) -> bool:
    """Whether danger is as likely as not, whatever it is: not by a few words that no rule knows."""
    told = not bench.addressed and probability >= _REPORTS and len(bench.seen.text) > _FEW
    return alarm >= _GRAVE and (bool(bench.danger) or told)


def _is_of_a_body(bench: Bench) -> bool:
    """Whether rules tell of somebody's body: where he lies says nothing of what it is."""
    return any(match.rule.feature == "life" for match in bench.danger)


def _evidence(context: Mapping[str, Match]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple([(name, match.words) for name, match in context.items()]) if context else ()


def _is_heard(bench: Bench, alarm: float, probability: float) -> bool:
    """Whether rules of danger need little weight: said to the bot, several clear ones, an office's own.

    So does one alone where the text is plainly a report.
    """
    if bench.addressed:
        return True
    if not DOUBTS.isdisjoint(bench.context):
        return False
    clear = [match for match in bench.danger if match.rule.score >= _CLEAR]
    told = len(clear) > 1 or probability >= _PLAIN
    return (told and alarm >= _HEARD) or any(match.rule.is_own for match in bench.danger)


def _own(bench: Bench) -> Rule | None:
    """The strongest of the office's own rules that name the matter: nobody knows better."""
    strongest = None
    for match in bench.named:
        rule = match.rule
        if rule.is_own and rule.score >= _RULE and (strongest is None or rule.score > strongest.score):
            strongest = rule
    return strongest


def _is_enough(bench: Bench, own: Rule | None, probability: float) -> bool:
    """Whether a report is likely enough; where it is plain, nothing else is asked."""
    return probability >= _REPORTS or probability >= _enough(bench, own)


def _enough(bench: Bench, own: Rule | None) -> float:
    """The probability a report needs: less where a rule names a matter and nothing speaks against it."""
    if not bench.addressed and not DOUBTS.isdisjoint(bench.context):
        return _REPORTS
    if own is not None:
        return _REPORTS_BY_OWN
    if not [1 for match in bench.named if match.rule.score >= _RULE]:
        return _REPORTS
    if "anonymous" in bench.context:
        return _REPORTS_IN_SECRET
    near = bench.addressed or _DOOR.search(bench.seen.text)
    return _REPORTS_AT_A_DOOR if near else _REPORTS_BY_RULE


def _is_talk(context: Collection[str]) -> bool:
    """Whether words of danger are plainly no danger: an idiom, forwarded news, thanks for what is over."""
    return bool({"idiom", "news"} & set(context)) or {"thanks", "resolved"} <= set(context)


def _is_vague(bench: Bench, probability: float, share: float) -> bool:
    """No rule holds and the weights know no matter that it could be about: a turn of phrase."""
    if bench.power or probability >= _PLAIN:
        return False
    return probability * share < (_VAGUE_TO_THE_BOT if bench.addressed else _VAGUE)


def _because(bench: Bench, label: str, mine: Sequence[Match]) -> tuple[Because, ...]:
    """The rules that speak for the label, else the words that weigh for it; then what speaks of danger."""
    if mine:
        because = [Because(match.rule.id, match.words) for match in mine]
    else:
        because = [Because(f"words.{label}", bench.model.telling(bench.look, label))]
    for match in bench.danger:
        if match.rule.label != label:
            because.append(Because(match.rule.id, match.words))
    return tuple(because)


def _sub(matches: Sequence[Match]) -> str | None:
    """What the strongest of the matches that name it names."""
    if len(matches) < 2:
        return matches[0].rule.sub if matches else None
    naming = [match for match in matches if match.rule.sub is not None]
    return max(naming, key=_strength).rule.sub if naming else None


def _strength(match: Match) -> tuple[float, int]:
    return match.rule.score, match.length


def _urgency(matches: Sequence[Match]) -> Urgency:
    """The most urgent that the matches name."""
    first = len(CALM)
    for match in matches:
        rank = match.rule.rank
        first = min(first, rank)
    return _BY_RANK[first]


def _second(bench: Bench, first: Verdict, named: Sequence[Match]) -> Match | None:
    """The rule of another matter, in clauses of its own, joined by a word like 还有; `named`: the first's."""
    decided = (first.kind, first.category, first.sub)
    others = [match for match in bench.named if _may_be_second(match.rule) and match.rule.decides != decided]
    mine = [match for match in named if match.rule.sub == first.sub] if others else []
    if not mine:
        return None
    clauses = {clause for match in mine for clause in match.clauses}
    for match in others:
        if match.clauses & clauses:
            continue
        if not _joined(bench.seen, match if match.start >= mine[0].start else mine[0]):
            continue
        alike = [one for one in bench.named if one.rule.label == match.rule.label]
        return max((one for one in alike if one.clauses & match.clauses and one.rule.decides), key=_strength)
    return None


def _may_be_second(rule: Rule) -> bool:
    if rule.score < _SECOND or rule.head == "emergency" or rule.decides is None:
        return False
    return rule.decides[1] not in _NO_SECOND


def _alone(match: Match, confidence: float) -> Reading:
    """What a rule that decides says by itself."""
    assert match.rule.decides is not None
    kind, category, sub = match.rule.decides
    because = (Because(match.rule.id, match.words),)
    return Reading(Kind(kind), category, sub, _urgency([match]), confidence, because=because)


def turned(verdict: Verdict) -> Verdict:
    """The same two matters with the second first: they stand in the order in which they were said."""
    (other,) = verdict.also
    return verdict._replace(
        kind=other.kind,
        category=other.category,
        sub=other.sub,
        urgency=other.urgency,
        because=other.because,
        also=(second(verdict),),
    )


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
