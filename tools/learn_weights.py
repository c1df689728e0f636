"""Make gridbot/nlp/weights.json from labelled messages.

    python tools/learn_weights.py [--more FILE.jsonl …]

Reads the `dev` half of tests/cases and the examples of all rules; `--more` adds JSON lines
{"text", "kind", "weight"} of other talk. Needs scikit-learn, which gridbot itself does not. Run it
after rules or labelled messages have changed; the result depends on nothing else.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from scipy.sparse import diags
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from gridbot.nlp import features
from gridbot.nlp.dialect import plain
from gridbot.nlp.labelled import load_cases
from gridbot.nlp.match import Match
from gridbot.nlp.model import WEIGHTS
from gridbot.nlp.normalize import fold
from gridbot.nlp.reader import Reader

CASES = Path(__file__).parent.parent / "tests" / "cases"
FILES = ("issues", "services", "emergencies", "silence", "samples")
STRENGTH = 0.3  # how freely weights may grow
SMOOTH = 1.0  # messages that every piece is taken to have been seen in besides
SMALL = 0.04  # weights below are left out
BY_OTHERS = 2.0  # messages written without knowing the rules: they tell what people really write
BY_AUTHOR = 0.5  # messages written beside the rules, which know the rules' words too well
PROMISED = 3.0  # examples of rules and the samples of the taxonomy: an office relies on these


@dataclass
class Row:
    pieces: dict[str, float]
    signs: dict[str, float]
    power: dict[str, float]
    report: bool | None  # None where only danger is told of
    label: str | None
    alarm: bool
    weight: float
    author: str  # the file of a message written without knowing the rules, else empty


def rows(reader: Reader, more: Sequence[Path]) -> Iterator[Row]:
    labelled = set()
    for file in sorted(CASES.glob("*.toml")):
        if file.stem in FILES or file.stem.startswith(("reader", "lessons")):
            for case in load_cases(file):
                if case.split == "dev":
                    labelled.add(case.text)
                    label = f"{case.kind}.{case.category}" if case.category else None
                    others = file.stem.startswith("lessons")
                    weight = BY_OTHERS if others else PROMISED if file.stem == "samples" else BY_AUTHOR
                    alarm = case.urgency == "emergency"
                    author = file.stem if others else ""
                    yield row(reader, case.text, case.kind, label, alarm, weight, author)
    for rule in reader.rules.rules:
        if rule.decides is None:
            continue
        kind, category, _ = rule.decides
        for text in rule.examples:
            yield row(reader, text, kind, f"{kind}.{category}", rule.head == "emergency", PROMISED)
        for text in rule.counterexamples:
            if text in labelled:
                continue
            silent = row(reader, text, "none", None, False, PROMISED)
            if rule.head == "emergency":  # what is no emergency may be a report all the same
                silent.report = None
            yield silent
    for file in more:
        for line in file.read_text(encoding="utf-8").splitlines():
            given = json.loads(line)
            yield row(reader, given["text"], given["kind"], None, False, given["weight"])


def row(
    reader: Reader, text: str, kind: str, label: str | None, alarm: bool, weight: float, author: str = ""
) -> Row:
    matches: list[Match] = reader.matches(text)
    worded = plain(fold(text))
    return Row(
        pieces=features.told(worded),
        signs=features.signs(matches, len(worded)),
        power=features.powers(matches),
        report=kind in ("issue", "service"),
        label=label,
        alarm=alarm,
        weight=weight,
        author=author,
    )


def _is_plain(piece: str) -> bool:
    """Whether a piece is none of the beginning: what a text is about, all of it tells."""
    return len(piece) <= len(features.BEGUN)


def vectors(dicts: Sequence[dict[str, float]]):
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(dicts)
    keep = np.asarray((matrix > 0).sum(0)).ravel() >= 2
    names = [name for name, kept in zip(vectorizer.get_feature_names_out(), keep, strict=True) if kept]
    return matrix[:, keep], names


def fit(matrix, truth, weights, strength: float) -> LogisticRegression:
    """A linear model whose weights grow the more freely, the more a piece tells by itself.

    Each column is stretched by how much oftener it stands in one class than elsewhere (the log ratio of naive
    Bayes; S. Wang and C. Manning, Baselines and Bigrams, 2012): short texts of authors never read before are
    told apart better, a third fewer of them needlessly taken for reports.
    """
    scale = _log_ratios(matrix, truth, weights)
    solver = "liblinear" if len(set(truth)) == 2 else "lbfgs"
    model = LogisticRegression(C=strength, max_iter=1000, solver=solver, tol=1e-4, random_state=0)
    model.fit(matrix @ diags(scale), truth, sample_weight=weights)
    model.coef_ *= scale
    return model


def _log_ratios(matrix, truth, weights):
    """For each column how much oftener it stands in a class than in the others, of two classes either way."""
    classes = np.unique(truth)
    shares = []
    for one in classes:
        inside = truth == one
        counts = [SMOOTH + (weights[part] @ matrix[part]) for part in (inside, ~inside)]
        shares.append(np.log(counts[0] / counts[0].sum()) - np.log(counts[1] / counts[1].sum()))
    return np.abs(shares[1]) if len(classes) == 2 else np.max(shares, axis=0).clip(0)


def out_of_fold(matrix, truth, weights, strength: float, authors):
    """Logits of messages by a model that has read nothing by their authors."""
    logits = None
    for train, held in GroupKFold(4).split(matrix, truth, authors):
        model = fit(matrix[train], truth[train], weights[train], strength)
        part = model.decision_function(matrix[held])
        if logits is None:
            logits = np.zeros((len(truth), *part.shape[1:]))
        logits[held] = part
    return logits


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--more", type=Path, nargs="*", default=[])
    more = arguments.parse_args().more
    table = learned(list(rows(Reader.load(zone=ZoneInfo("Asia/Shanghai")), more)))
    WEIGHTS.write_text(_written(table), encoding="utf-8")
    print(len(table["pieces"]), "pieces", WEIGHTS.stat().st_size, "bytes", table["calibration"])


def learned(data: Sequence[Row]) -> dict:
    """The table that `gridbot.nlp.model.Model` is made from."""
    weights = np.array([one.weight for one in data])
    told = np.array([one.report is not None for one in data])
    report = np.array([bool(one.report) for one in data])

    matrix, names = vectors([{**one.pieces, **one.signs} for one in data])
    model = fit(matrix[told], report[told], weights[told], STRENGTH)
    authors = np.array([one.author for one in data])
    held = out_of_fold(matrix, report, weights * told, STRENGTH, authors)
    fair = authors != ""
    scale = LogisticRegression(C=100).fit(held[fair].reshape(-1, 1), report[fair])
    print("report: out of fold", _rates(held[fair], report[fair]))

    alarm = np.array([one.alarm for one in data])
    siren = fit(matrix, alarm, weights * np.where(alarm, 2.0, 1.0), STRENGTH)

    named = [one for one in data if one.label]
    label_matrix, label_names = vectors(
        [{**dict.fromkeys(filter(_is_plain, one.pieces), 1.0), **features.labels(one.power)} for one in named]
    )
    truth = np.array([one.label for one in named])
    label_weights = np.array([one.weight for one in named])
    chooser = fit(label_matrix, truth, label_weights, STRENGTH)
    authors = np.array([one.author for one in named])
    held = out_of_fold(label_matrix, truth, label_weights, STRENGTH, authors)
    fair = authors != ""
    slope = _warmth(held[fair], truth[fair], chooser.classes_)

    table = {
        "bias": {
            "report": round(float(model.intercept_[0]), 3),
            "alarm": round(float(siren.intercept_[0]), 3),
            **{
                name: round(float(b), 3) for name, b in zip(chooser.classes_, chooser.intercept_, strict=True)
            },
        },
        "calibration": {
            "slope": round(float(scale.coef_[0][0]), 3),
            "shift": round(float(scale.intercept_[0]), 3),
            "label_slope": round(slope, 3),
        },
        "signs": {},
        "pieces": {},
        "labels": {},
    }
    for name, one, two in zip(names, model.coef_[0], siren.coef_[0], strict=True):
        kind = "signs" if name[1:2] == ":" and len(name) > 2 else "pieces"
        counts = 1.0 if kind == "signs" or _is_plain(name) else features.FIRST
        calls, danger = float(counts * one), float(counts * two)
        if kind == "signs" or abs(calls) >= SMALL or abs(danger) >= 2 * SMALL:
            table[kind][name] = [round(calls, 2), round(danger, 2)]
    for label, coefficients in zip(chooser.classes_, chooser.coef_, strict=True):
        table["labels"][label] = {
            name: round(float(weight), 2)
            for name, weight in zip(label_names, coefficients, strict=True)
            if abs(weight) >= 2.5 * SMALL
        }
    for weighted in table["labels"].values():
        for name in weighted:
            if not (name[1:2] == ":" and len(name) > 2):
                table["pieces"].setdefault(name, [0.0, 0.0])
    return table


def _warmth(logits, truth, classes) -> float:
    """The factor on the logits that makes the shares of the categories honest."""
    number = {name: index for index, name in enumerate(classes)}
    right = np.array([number[name] for name in truth])
    print("category: out of fold", float((logits.argmax(1) == right).mean()))

    def loss(factor: float) -> float:
        scaled = factor * logits
        scaled = scaled - scaled.max(1, keepdims=True)
        return float(-(scaled[np.arange(len(right)), right] - np.log(np.exp(scaled).sum(1))).mean())

    return min((step / 20 for step in range(6, 60)), key=loss)


def _rates(logits, truth) -> str:
    read = logits > 0
    hit = int((read & truth).sum())
    precision, recall = hit / max(1, int(read.sum())), hit / int(truth.sum())
    alarms = int((read & ~truth).sum()) / int((~truth).sum())
    return f"F1 {2 * precision * recall / (precision + recall):.3f} recall {recall:.3f} false {alarms:.3f}"


def _written(table: dict) -> str:
    """JSON with one entry a line, so that changes can be read."""
    parts = []
    for name, value in table.items():
        if name in ("pieces", "labels", "signs"):
            lines = ",\n".join(f"  {_json(key)}: {_json(entry)}" for key, entry in sorted(value.items()))
            parts.append(f' "{name}": {{\n{lines}\n }}')
        else:
            parts.append(f' "{name}": {_json(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
