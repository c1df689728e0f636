"""`gridbot import`, `export`, `backup`, `restore`: the org and the data, in and out."""

from __future__ import annotations

import json
from pathlib import Path

import click

from gridbot import app as root
from gridbot.cli import CONFIG, DATA, finish, settings_of
from gridbot.config import Settings
from gridbot.errors import BadInput
from gridbot.models import database
from gridbot.org import export_org, import_org


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只说会改什么，不写入")
@click.option("--json", "as_json", is_flag=True)
@CONFIG
@DATA
def import_(path: Path, dry_run: bool, as_json: bool, config: Path | None, data: Path) -> None:
    """导入组织资料：一个目录的 CSV，或一个 xlsx。全部成功才写入，可以重复导入。"""
    finish(_import(settings_of(config, data), data, path, dry_run, as_json))


async def _import(settings: Settings, data: Path, path: Path, dry_run: bool, as_json: bool) -> int:
    async with database.opened(root.database_url(settings, data)):
        outcome = await import_org(path, dry_run=dry_run)
    if as_json:
        summary = {"added": dict(outcome.added), "changed": dict(outcome.changed)}
        click.echo(json.dumps(summary, ensure_ascii=False))
        return 0
    for finding in outcome.findings:
        click.echo(str(finding), err=True)
    verb = "将" if dry_run else "已"
    for name in sorted({*outcome.added, *outcome.changed, *outcome.unchanged}):
        added, changed = outcome.added.get(name, 0), outcome.changed.get(name, 0)
        click.echo(f"{name}：{verb}新增 {added}，{verb}修改 {changed}，未变 {outcome.unchanged.get(name, 0)}")
    return 0


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@CONFIG
@DATA
def export(path: Path, config: Path | None, data: Path) -> None:
    """导出组织资料到一个目录或 xlsx；导出的能原样导入。"""
    finish(_export(settings_of(config, data), data, path))


async def _export(settings: Settings, data: Path, path: Path) -> int:
    async with database.opened(root.database_url(settings, data)):
        await export_org(path)
    return 0


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@CONFIG
@DATA
def backup(file: Path, config: Path | None, data: Path) -> None:
    """备份数据库；运行中也可以，得到的是同一时刻的完整副本。"""
    from gridbot.models.copies import back_up

    settings = settings_of(config, data)
    finish(back_up(root.database_url(settings, data), file))


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option("--force", is_flag=True, help="目标不是空的也覆盖")
@CONFIG
@DATA
def restore(file: Path, force: bool, config: Path | None, data: Path) -> None:
    """从备份恢复；目标数据库不空时要加 --force。"""
    from gridbot.models.copies import put_back

    settings = settings_of(config, data)
    finish(put_back(root.database_url(settings, data), file, force=force))


@click.command()
@click.option("--staff", default=None, help="只给这一位（staff.csv 的 id）")
@click.option("--household", default=None, help="只给这一户（households.csv 的 id）")
@CONFIG
@DATA
def codes(staff: str | None, household: str | None, config: Path | None, data: Path) -> None:
    """发绑定码：本人在微信里对小助手说「绑定 码」。"""
    finish(_codes(settings_of(config, data), data, staff, household))


async def _codes(settings: Settings, data: Path, staff: str | None, household: str | None) -> int:
    from gridbot.models.territory import binding

    async with root.opened(settings, data) as app:
        now = app.clock.now()
        if household is not None:
            click.echo(f"{household}\t{await binding.issue_code(now=now, household=household)}")
            return 0
        unbound = {post.staff: post.name for post in app.world.directory.posts if not post.contact}
        known = {post.staff: post.name for post in app.world.directory.posts}
        if staff is not None and staff not in known:
            raise BadInput(f"没有 id 为「{staff}」的工作人员", hint="写 staff.csv 里的 id")
        for person in [staff] if staff is not None else unbound:
            click.echo(f"{person}\t{known[person]}\t{await binding.issue_code(now=now, staff=person)}")
    return 0
