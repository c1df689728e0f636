"""`gridbot route`: where a message would go and why, and what a changed rule would have done last month."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import click

from gridbot import app as root
from gridbot.app import App
from gridbot.cli import CONFIG, DATA, finish, settings_of
from gridbot.config import Settings
from gridbot.errors import BadInput
from gridbot.models.cases import deadlines, ledger, routing
from gridbot.models.cases.routing import Start
from gridbot.models.territory.directory import Directory
from gridbot.nlp import Scene
from gridbot.org.routes import finding
from gridbot.profiles import Profile
from gridbot.profiles.loading import read
from gridbot.replay import rerouted
from gridbot.replay.rerouted import Outcome
from gridbot.web.words import MOVE_ZH, RESIDENT_ZH

MONTH = timedelta(days=31)
MOMENT = "%Y-%m-%d %H:%M"
SHOWN = 20
URGENCIES = {"emergency": "紧急", "high": "急", "normal": "一般", "low": "不急", "grave": "重大紧急"}


@click.command()
@click.argument("text", required=False)
@click.option("--node", default="", help="在哪个层级节点：nodes.csv 的 code 或名称")
@click.option("--ticket", type=int, default=None, help="解释一个已有编号为什么到了那里")
@click.option("--explain", is_flag=True, help="写明每一步是谁、为什么（默认就写）")
@click.option(
    "--try", "trial", type=click.Path(path_type=Path), default=None, help="试一份改过的规则（TOML）"
)
@click.option("--for", "name", default="", help="它代替哪一份规则，默认看文件名或 inherit")
@click.option("--since", default=None, help="从哪天的事件算起，默认最近一个月，例如 2026-02-01")
@click.option("--report", type=click.Path(path_type=Path), default=None, help="用一份回放报告里的事件来试")
@click.option("--json", "as_json", is_flag=True, help="写成 JSON")
@CONFIG
@DATA
def route(
    text: str | None,
    node: str,
    ticket: int | None,
    explain: bool,
    trial: Path | None,
    name: str,
    since: str | None,
    report: Path | None,
    as_json: bool,
    config: Path | None,
    data: Path,
) -> None:
    """一件事会到谁手里、为什么；改一条规则，上个月的事会有什么不同。"""
    settings = settings_of(config, data)
    if trial is not None:
        finish(_try(settings, data, trial, name, _since(since), report, as_json))
    elif ticket is not None:
        finish(_ticket(settings, data, ticket))
    elif text:
        finish(_explain(settings, data, text, node, as_json))
    else:
        raise BadInput("没有写要看什么", hint='例如 gridbot route "邻居打起来了" --node 第一网格')


def _since(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput(f"「{text}」不是日期", hint="写成 2026-02-01") from error


async def _explain(settings: Settings, data: Path, text: str, node: str, as_json: bool) -> int:
    async with root.opened(settings, data) as app:
        directory = app.world.directory
        code = _grid(directory, node)
        reading = app.world.reader.read(
            text, at=app.clock.now(), scene=Scene(addressed=True, gazetteer=app.world.gazetteer(code))
        )
        category = reading.category or "other"
        start = routing.start(directory, code, category, reading.sub, reading.urgency)
        found = _values(app, code, category, reading.sub, reading.urgency, start)
        found["heard"] = reading.category is not None
        for line in [json.dumps(found, ensure_ascii=False)] if as_json else _sentences(found):
            click.echo(line)
    return 0


def _grid(directory: Directory, node: str) -> str:
    found = directory.node_named(node) if node else directory.nodes.get(directory.top())
    if found is None:
        raise BadInput(f"没有「{node}」这个节点", hint="写 nodes.csv 里的 code 或名称")
    return directory.grid(found.code)


def _values(
    app: App, code: str, category: str, sub: str | None, urgency: str, start: Start
) -> dict[str, object]:
    """What is decided for a matter, as plain values."""
    world, directory = app.world, app.world.directory
    profile, now = directory.profile(code), app.clock.now()
    level = profile.service_level(category, sub, urgency)
    due = deadlines.of(
        level, world.calendar_at(code), now, world.quiet_ends(now) if world.quiet(now) else now
    )
    known = profile.category(category)
    stops = routing.stops(directory, code, start.route) if start.route else ()
    return {
        "node": code,
        "name": directory.nodes[code].name,
        "profile": profile.name,
        "category": category,
        "what": known.subs.get(sub or "", known.zh),
        "urgency": URGENCIES.get(urgency, urgency),
        "route": start.route.zh if start.route else "",
        "first": f"{start.post.role} {start.post.name}" if start.post else "",
        "vacancy": start.vacancy,
        "steps": [[stop.step, f"{stop.post.role} {stop.post.name}" if stop.post else ""] for stop in stops],
        "first_reply_by": world.local(due.first_reply).isoformat(timespec="minutes"),
        "deadline": world.local(due.deadline).isoformat(timespec="minutes"),
    }


def _sentences(found: dict[str, object]) -> Iterator[str]:
    yield f"{found['name']}（{found['profile']}）：{found['what']}，{found['urgency']}"
    if not found["heard"]:
        yield "这句话没有听出是什么事，群里不会登记；下面是有人把它登记为其他时的去处"
    steps = found["steps"]
    if isinstance(steps, list) and steps:
        yield f"按「{found['route']}」路线："
        for number, (step, post) in enumerate(steps, 1):
            yield f"  {number}. {step}：{post or '没有人，跳过'}"
    else:
        yield f"按网格走{'（' + str(found['route']) + '）' if found['route'] else '，没有专门路线'}"
    yield f"先交：{found['first'] or '没有人'}" + (f"（{found['vacancy']}空缺）" if found["vacancy"] else "")
    by = [datetime.fromisoformat(str(found[key])).strftime(MOMENT) for key in ("first_reply_by", "deadline")]
    yield f"首次答复 {by[0]} 前，办结 {by[1]} 前"


async def _ticket(settings: Settings, data: Path, number: int) -> int:
    async with root.opened(settings, data) as app:
        if await ledger.ticket(number) is None:
            raise BadInput(f"没有 #{number}")
        for line in await ledger.history(number):
            at = app.world.local(line.at).strftime(MOMENT)
            what, who = MOVE_ZH.get(line.what, line.what), _who(app.world.directory, line.by, line.role)
            click.echo(f"{at} {what}（{who}）{line.note}")
    return 0


def _who(directory: Directory, by: str, role: str) -> str:
    """How the office reads who acted: no account of a resident."""
    if by == "bot":
        return "小助手"
    if (post := directory.staff(by)) is not None:
        return f"{role or post.role} {post.name}"
    return next((each.name for each in directory.departments if each.id == by), RESIDENT_ZH)


# --- 试规则 -----------------------------------------------------------------------------------------------


async def _try(
    settings: Settings,
    data: Path,
    file: Path,
    name: str,
    since: datetime | None,
    report: Path | None,
    as_json: bool,
) -> int:
    changed = read(file)
    async with root.opened(settings, data) as app:
        now = app.clock.now()
        begin = since.replace(tzinfo=app.world.zone) if since else now - MONTH
        matters = rerouted.of_report(report) if report else await rerouted.of_database(begin)
        replaced = name or rerouted.replaced(file) or changed.name
        found = rerouted.compared(app.world, matters, changed, replaced)
        _show(found, replaced, changed, as_json)
    return 0


def _show(found: Outcome, replaced: str, changed: Profile, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found.values(), ensure_ascii=False))
        return
    click.echo(f"{found.looked} 件按「{replaced}」办理的事，换成「{changed.zh}」：")
    click.echo(f"  去处不同 {len(found.moved)} 件，时限不同 {len(found.dated)} 件")
    for moved in found.moved[:SHOWN]:
        click.echo(f"  #{moved.no} {moved.what}：{moved.before or '没有人'} → {moved.after or '没有人'}")
    for dated in found.dated[:SHOWN]:
        click.echo(f"  #{dated.no} {dated.what}：{dated.before} → {dated.after}")


# --- what `gridbot check` says ----------------------------------------------------------------------------


def route_findings(directory: Directory) -> Iterator[tuple[bool, str]]:
    """Whether it has to be put right, and the sentence that says what and how."""
    for fault in routing.faults(directory):
        found = finding(directory, fault)
        yield fault.grave, f"{found.what} — {found.hint}"
