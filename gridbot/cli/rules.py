"""`gridbot parse` and `gridbot rules`: reading without a database."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path
from typing import BinaryIO

import click

from gridbot.clock import SystemClock
from gridbot.config import Settings
from gridbot.config import load as load_settings
from gridbot.errors import BadInput
from gridbot.nlp import Kind, Place, Reader, Reading, Scene, When, clinic
from gridbot.nlp.labelled import Case, Score, load_cases, score
from gridbot.nlp.suggest import proposals

_CONFIG = click.option(
    "--config", type=click.Path(path_type=Path), default=None, help="配置文件，默认 DATA/gridbot.toml"
)
_DATA = click.option(
    "--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True, help="数据目录"
)
_ORDER = ("building", "unit", "floor", "room", "landmark", "estate", "row", "node", "text")


@click.command()
@click.argument("text", required=False)
@click.option("--jsonl", is_flag=True, help="标准输入每行一个 JSON：id、text，可带 at、node")
@click.option("--explain", is_flag=True, help="同时说明依据")
@_CONFIG
@_DATA
def parse(text: str | None, jsonl: bool, explain: bool, config: Path | None, data: Path) -> None:
    """一句话是什么意思：报事、办事、指令还是闲聊。"""
    settings = _settings(config, data)
    zone = settings.zoneinfo
    reader = _reader(settings)
    if jsonl:
        _write(_answers(reader, sys.stdin.buffer, zone, explain))
    elif text is not None:
        _write(iter([_answer(reader, None, text, _now(), zone, explain)]))
    else:
        lines = (line.decode("utf-8", "replace").rstrip("\r\n") for line in sys.stdin.buffer)
        _write(_answer(reader, None, line, _now(), zone, explain) for line in lines)


def _settings(config: Path | None, data: Path) -> Settings:
    default = data / "gridbot.toml"
    return load_settings(config or (default if default.exists() else None))


def _reader(settings: Settings) -> Reader:
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
            text, at = _asked(given, zone)
        except (ValueError, RecursionError) as fault:
            yield {"error": str(fault) or "not JSON", "line": number}
            continue
        yield _answer(reader, given.get("id"), text, at, zone, explain)


def _asked(given: object, zone: tzinfo) -> tuple[str, datetime]:
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
        answer["evidence"] = list(reading.evidence)
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


@click.group()
def rules() -> None:
    """规则包：列出、检查、测试、在聊天记录上试用。"""


_PACK = click.option(
    "--pack", "packs", type=click.Path(path_type=Path), multiple=True, help="另加的规则包（文件或目录）"
)


def _rules_reader(config: Path | None, data: Path, packs: tuple[Path, ...]) -> Reader:
    settings = _settings(config, data)
    return Reader.load([*map(Path, settings.rules), *packs], zone=settings.zoneinfo)


@rules.command("list")
@_PACK
@_CONFIG
@_DATA
def list_(packs: tuple[Path, ...], config: Path | None, data: Path) -> None:
    """列出每条规则和它所在的文件。"""
    for rule in _rules_reader(config, data, packs).rules.rules:
        click.echo(f"{rule.id}\t{rule.score:g}\t{len(rule.say)}\t{rule.file.name}:{rule.line}")


@rules.command("check")
@_PACK
@_CONFIG
@_DATA
def check(packs: tuple[Path, ...], config: Path | None, data: Path) -> None:
    """规则包能否读入，有没有不起作用或被取代的规则。"""
    reader = _rules_reader(config, data, packs)
    findings = list(clinic.check(reader))
    for finding in findings:
        click.echo(str(finding))
    click.echo(f"共 {len(reader.rules.rules)} 条规则，{len(findings)} 处要看一看")
    sys.exit(1 if any(finding.rule.examples and "起作用" in finding.what for finding in findings) else 0)


@rules.command("test")
@click.option("--report", type=click.Path(path_type=Path), default=None, help="已标注的消息（TOML 或 JSONL）")
@click.option("--split", default=None, help="只看 dev 或 test 部分")
@_PACK
@_CONFIG
@_DATA
def test(
    report: Path | None, split: str | None, packs: tuple[Path, ...], config: Path | None, data: Path
) -> None:
    """每条规则的例句和反例是否读对；--report 给出一份标注文件的成绩表。"""
    reader = _rules_reader(config, data, packs)
    if report is not None:
        files = sorted(report.glob("*.toml")) if report.is_dir() else [report]
        cases = [case for file in files for case in load_cases(file) if split in (None, case.split)]
        if not cases:
            raise BadInput(
                "no labelled message", file=report, hint="write [[cases]] with kind and dev or test"
            )
        _print_score(score(reader, cases))
        return
    findings = list(clinic.test(reader))
    for finding in findings:
        click.echo(str(finding))
    total = sum(len(rule.examples) + len(rule.counterexamples) for rule in reader.rules.rules)
    click.echo(f"例句和反例共 {total} 条，{len(findings)} 条没有读对")
    sys.exit(1 if findings else 0)


# what is measured, and the least (or, marked ≤, the most) that lets a bot run unattended
_BARS = {
    "F1": "≥ 93%",
    "误报率": "≤ 4%（难例）",
    "类别正确率": "≥ 88%",
    "紧急情况召回率": "≥ 96%",
    "误报紧急率": "≤ 2%",
    "置信度误差（ECE）": "≤ 5%",
}


def _print_score(result: Score) -> None:
    rows = (
        ("消息数", str(result.cases)),
        ("准确率", _percent(result.precision)),
        ("召回率", _percent(result.recall)),
        ("F1", _percent(result.f1)),
        ("误报率", _percent(result.false_alarms)),
        ("类别正确率", _percent(result.category)),
        ("紧急情况召回率", _percent(result.emergencies)),
        ("误报紧急率", _percent(result.false_emergencies)),
        ("置信度误差（ECE）", _percent(result.calibration)),
        ("一条两事读成两件", _percent(result.two_matters)),
        ("一件错读成两件", _percent(result.wrongly_two)),
    )
    for name, value in rows:
        click.echo("\t".join(filter(None, (name, value, _BARS.get(name, "")))))
    for tag, number, rate in result.by_tag:
        click.echo(f"误报率 {tag or '（无标签）'}\t{_percent(rate)}\t{number} 条")
    click.echo("类别\t应有\t读出\t类别对")
    for category, number, found, named in result.by_category:
        click.echo(f"{category}\t{number}\t{found}\t{named}")
    click.echo("应为 → 读成\t次数")
    for was, read, times in result.confusion:
        click.echo(f"{was} → {read}\t{times}")


def _percent(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.1%}"


@rules.command("try")
@click.argument("chat", type=click.Path(path_type=Path))
@_PACK
@_CONFIG
@_DATA
def try_(chat: Path, packs: tuple[Path, ...], config: Path | None, data: Path) -> None:
    """在一份聊天记录上试：给了 --pack 就只列出读法有变化的行，否则列出读成报事或办事的行。"""
    settings = _settings(config, data)
    before = _reader(settings)
    after = _rules_reader(config, data, packs) if packs else before
    lines = changed = 0
    for number, text, at in _messages(chat, settings.zoneinfo):
        lines += 1
        new = after.read(text, at=at)
        old = before.read(text, at=at) if packs else None
        if old is not None and (old.kind, old.category, old.urgency) == (new.kind, new.category, new.urgency):
            continue
        if old is None and new.kind is Kind.NONE:
            continue
        changed += 1
        was = f"{_brief(old)} → " if old is not None else ""
        click.echo(f"{number}\t{was}{_brief(new)}\t{text[:40]!r}")
    click.echo(f"共 {lines} 条消息，{changed} 条{'有变化' if packs else '读成报事或办事'}")


@rules.command("suggest")
@_PACK
@_CONFIG
@_DATA
def suggest(packs: tuple[Path, ...], config: Path | None, data: Path) -> None:
    """从工作人员纠正过的消息（不是、改类、转工单）中提出规则，列出会改变什么；采不采用由人决定。"""
    settings = _settings(config, data)
    examples = asyncio.run(_kept(settings, data))
    if not examples:
        click.echo("还没有被纠正过的消息")
        return
    shown = [Path(pack) for pack in settings.rules] + list(packs)
    reader = Reader.load(shown, zone=settings.zoneinfo)
    with tempfile.TemporaryDirectory() as folder:
        extra = Path(folder) / "proposed.toml"

        def with_pack(toml: str) -> Reader:
            extra.write_text(toml, encoding="utf-8")
            return Reader.load([*shown, extra], zone=settings.zoneinfo)

        found = list(proposals(reader, examples, with_pack))
    for number, proposal in enumerate(found, 1):
        click.echo(f"# 建议 {number}：读对 {proposal.better} 条，读错 {proposal.worse} 条")
        for change in proposal.changes:
            sign = "对" if change.better else "错"
            click.echo(f"#   {sign}：{change.was} → {change.now}：{change.text[:40]}")
        click.echo(proposal.toml)
    click.echo(f"# 共 {len(examples)} 条纠正，{len(found)} 条建议；采用的写进规则包，再测试一遍")


async def _kept(settings: Settings, data: Path) -> list[Case]:
    from gridbot import app as root
    from gridbot.models import corrections, database

    url = root.database_url(settings, data)
    async with database.opened(url, synchronous=settings.database.synchronous):
        return [Case(one.text, one.kind, one.category or None) for one in await corrections.kept()]


def _messages(chat: Path, zone: tzinfo) -> Iterator[tuple[int, str, datetime]]:
    try:
        raw = chat.read_bytes()
    except OSError as fault:
        raise BadInput("cannot be read", file=chat, hint="name a chat log of JSON lines") from fault
    for number, line in enumerate(raw.splitlines(), 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line.decode("utf-8", "replace"))
        except ValueError as fault:
            raise BadInput("not JSON", file=chat, line=number, hint="one object a line") from fault
        if isinstance(given, dict) and isinstance(given.get("text"), str):
            try:
                yield number, *_asked(given, zone)
            except ValueError as fault:
                raise BadInput(str(fault), file=chat, line=number, hint="see the format of replay") from fault


def _brief(reading: Reading) -> str:
    name = ".".join(part for part in (reading.kind.value, reading.category, reading.sub) if part)
    return f"{name} {reading.confidence:.2f}" if reading.kind is not Kind.NONE else "none"
