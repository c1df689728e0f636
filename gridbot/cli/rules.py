"""`gridbot rules`: list, check, test, try and suggest rules."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path

import click

from gridbot.cli import CONFIG, DATA, settings_of
from gridbot.cli.parse import asked, reader_of
from gridbot.cli.scores import show, show_times
from gridbot.config import Settings
from gridbot.errors import BadInput
from gridbot.nlp import Kind, Reader, Reading, clinic
from gridbot.nlp.labelled import Case, load_cases, score
from gridbot.nlp.suggest import proposals
from gridbot.nlp.timed import load_times, right_times


@click.group()
def rules() -> None:
    """规则包：列出、检查、测试、在聊天记录上试用。"""


_PACK = click.option(
    "--pack", "packs", type=click.Path(path_type=Path), multiple=True, help="另加的规则包（文件或目录）"
)


def _rules_reader(config: Path | None, data: Path, packs: tuple[Path, ...]) -> Reader:
    settings = settings_of(config, data)
    return Reader.load([*map(Path, settings.rules), *packs], zone=settings.zoneinfo)


@rules.command("list")
@_PACK
@CONFIG
@DATA
def list_(packs: tuple[Path, ...], config: Path | None, data: Path) -> None:
    """列出每条规则和它所在的文件。"""
    for rule in _rules_reader(config, data, packs).rules.rules:
        click.echo(f"{rule.id}\t{rule.score:g}\t{len(rule.say)}\t{rule.file.name}:{rule.line}")


@rules.command("check")
@_PACK
@CONFIG
@DATA
def check(packs: tuple[Path, ...], config: Path | None, data: Path) -> None:
    """规则包能否读入，有没有不起作用或被取代的规则。"""
    reader = _rules_reader(config, data, packs)
    findings = list(clinic.check(reader))
    for finding in findings:
        click.echo(str(finding))
    click.echo(f"共 {len(clinic.everything(reader))} 条规则，{len(findings)} 处要看一看")
    sys.exit(1 if any(finding.is_idle for finding in findings) else 0)


@rules.command("test")
@click.option("--report", type=click.Path(path_type=Path), default=None, help="已标注的消息（TOML 或 JSONL）")
@click.option("--split", default=None, help="只看 dev 或 test 部分")
@_PACK
@CONFIG
@DATA
def test(
    report: Path | None, split: str | None, packs: tuple[Path, ...], config: Path | None, data: Path
) -> None:
    """每条规则的例句和反例是否读对；--report 给出一份标注文件的成绩表。"""
    reader = _rules_reader(config, data, packs)
    if report is not None:
        files = sorted(report.glob("*.toml")) if report.is_dir() else [report]
        cases = [case for file in files for case in load_cases(file) if split in (None, case.split)]
        times = [case for file in files for case in load_times(file, settings_of(config, data).zoneinfo)]
        if not cases and not times:
            raise BadInput("没有标注的消息", file=report, hint="请写 [[cases]]，带 kind 和 dev 或 test")
        if cases:
            show(score(reader, cases))
        if times:
            show_times(len(right_times(reader, times)), len(times))
        return
    findings = list(clinic.test(reader))
    for finding in findings:
        click.echo(str(finding))
    total = sum(len(rule.examples) + len(rule.counterexamples) for rule in clinic.everything(reader))
    click.echo(f"例句和反例共 {total} 条，{len(findings)} 条没有读对")
    sys.exit(1 if findings else 0)


@rules.command("try")
@click.argument("chat", type=click.Path(path_type=Path))
@_PACK
@CONFIG
@DATA
def try_(chat: Path, packs: tuple[Path, ...], config: Path | None, data: Path) -> None:
    """在一份聊天记录上试：给了 --pack 就只列出读法有变化的行，否则列出读成报事或办事的行。"""
    settings = settings_of(config, data)
    before = reader_of(settings)
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
@CONFIG
@DATA
def suggest(packs: tuple[Path, ...], config: Path | None, data: Path) -> None:
    """从工作人员纠正过的消息（不是、改类、转工单）中提出规则，列出会改变什么；采不采用由人决定。"""
    settings = settings_of(config, data)
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
    from gridbot.models import database
    from gridbot.models.cases import corrections

    url = root.database_url(settings, data)
    async with database.opened(url, synchronous=settings.database.synchronous):
        return [Case(one.text, one.kind, one.category or None) for one in await corrections.kept()]


def _messages(chat: Path, zone: tzinfo) -> Iterator[tuple[int, str, datetime]]:
    try:
        raw = chat.read_bytes()
    except OSError as fault:
        raise BadInput("读不了这个文件", file=chat, hint="请写一个 .jsonl 聊天记录") from fault
    for number, line in enumerate(raw.splitlines(), 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line.decode("utf-8", "replace"))
        except ValueError as fault:
            raise BadInput("不是 JSON", file=chat, line=number, hint="每行写一个对象") from fault
        if isinstance(given, dict) and isinstance(given.get("text"), str):
            try:
                yield number, *asked(given, zone)
            except ValueError as fault:
                raise BadInput(str(fault), file=chat, line=number, hint="格式同 gridbot replay") from fault


def _brief(reading: Reading) -> str:
    name = ".".join(part for part in (reading.kind.value, reading.category, reading.sub) if part)
    return f"{name} {reading.confidence:.2f}" if reading.kind is not Kind.NONE else "none"
