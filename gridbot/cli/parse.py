"""`gridbot parse`: what one text means, without a database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path
from typing import BinaryIO

import click

from gridbot.cli import CONFIG, DATA, settings_of
from gridbot.clock import SystemClock
from gridbot.config import Settings
from gridbot.nlp import Kind, Place, Reader, Reading, Scene, When

_ORDER = ("building", "unit", "floor", "room", "landmark", "estate", "row", "node", "text")


@click.command()
@click.argument("text", required=False)
@click.option("--jsonl", is_flag=True, help="标准输入每行一个 JSON：id、text，可带 at、node")
@click.option("--explain", is_flag=True, help="同时说明依据")
@CONFIG
@DATA
def parse(text: str | None, jsonl: bool, explain: bool, config: Path | None, data: Path) -> None:
    """一句话是什么意思：报事、办事、指令还是闲聊。"""
    settings = settings_of(config, data)
    zone = settings.zoneinfo
    reader = reader_of(settings)
    if jsonl:
        _write(_answers(reader, sys.stdin.buffer, zone, explain))
    elif text is not None:
        _write(iter([_answer(reader, None, text, _now(), zone, explain)]))
    else:
        lines = (line.decode("utf-8", "replace").rstrip("\r\n") for line in sys.stdin.buffer)
        _write(_answer(reader, None, line, _now(), zone, explain) for line in lines)


def reader_of(settings: Settings) -> Reader:
    return Reader.load([Path(pack) for pack in settings.rules], zone=settings.zoneinfo)


def _now() -> datetime:
    return SystemClock().now()


def _write(answers: Iterator[dict[str, object]]) -> None:
    out = sys.stdout
    for answer in answers:
        line = json.dumps(answer, ensure_ascii=False)
        if any("\ud800" <= sign <= "\udfff" for sign in line):  # lone surrogates cannot be written as UTF-8
            line = json.dumps(answer)
        out.write(line + "\n")
        if out.isatty():
            out.flush()


def _answers(reader: Reader, lines: BinaryIO, zone: tzinfo, explain: bool) -> Iterator[dict[str, object]]:
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            given = json.loads(raw.decode("utf-8", "replace"))
            text, at = asked(given, zone)
        except (ValueError, RecursionError) as fault:
            yield {"error": str(fault) or "not JSON", "line": number}
            continue
        yield _answer(reader, given.get("id"), text, at, zone, explain)


def asked(given: object, zone: tzinfo) -> tuple[str, datetime]:
    """The text and the moment of a line; ValueError says what is wrong with it."""
    if not isinstance(given, dict):
        raise ValueError('a line is no object: write {"id": …, "text": …}')
    text = given.get("text")
    if not isinstance(text, str):
        raise ValueError('"text" is missing or no string')
    at = given.get("at")
    if at is None:
        return text, _now()
    if not isinstance(at, str):
        raise ValueError('"at" is no string: write 2026-03-01T08:00:00+08:00')
    moment = datetime.fromisoformat(at)
    return text, moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _answer(
    reader: Reader, key: object, text: str, at: datetime, zone: tzinfo, explain: bool
) -> dict[str, object]:
    scene = Scene(addressed=text.lstrip()[:1] in ("#", "＃"))
    reading = reader.read(text, at=at, scene=scene)
    answer = {"id": key, **_fields(reading, zone)}
    if reading.also:
        answer["also"] = [_fields(one, zone) for one in reading.also]
    if explain:
        answer["evidence"] = [f"{sign}：{'/'.join(words)}" for sign, words in reading.evidence]
        answer["text"] = reading.text
    return answer


def _fields(reading: Reading, zone: tzinfo) -> dict[str, object]:
    return {
        "kind": reading.kind.value,
        "category": reading.category,
        "sub": reading.sub,
        "urgency": reading.urgency.value,
        "confidence": reading.confidence,
        "place": _place(reading.place),
        "when": _when(reading.when, zone),
        "contact": reading.contact,
        "people": reading.people,
        "plus_one": reading.plus_one,
        "resolved": reading.resolved,
        "matters": reading.matters,
        "command": reading.command.name if reading.command and reading.kind is Kind.COMMAND else None,
        "flags": sorted(reading.flags),
        "because": [{"rule": one.rule, "words": list(one.words)} for one in reading.because],
    }


def _place(place: Place | None) -> dict[str, str | None] | None:
    return {name: getattr(place, name) for name in _ORDER} if place else None


def _when(when: When | None, zone: tzinfo) -> dict[str, object] | None:
    if when is None:
        return None
    start, end = (
        moment.astimezone(zone).isoformat() if moment else None for moment in (when.start, when.end)
    )
    return {"start": start, "end": end, "text": when.text, "duration_s": when.duration_s}
