"""`gridbot tickets` and `gridbot connectivity`: what other platforms take, and who is connected."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import click

from gridbot import app as root
from gridbot.cli import CONFIG, DATA, finish, settings_of
from gridbot.config import Settings
from gridbot.errors import BadInput
from gridbot.models.acts import Act
from gridbot.models.cases import exporting
from gridbot.models.cases.ledger import ticket as by_number
from gridbot.models.database import transaction
from gridbot.org.files import read_tables, write_tables
from gridbot.services import export

DAY = click.DateTime(formats=["%Y-%m-%d"])
Lines = Sequence[Mapping[str, str]]


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=None, help="写到 .csv、.xlsx 或 .json 文件")
@click.option("--since", type=DAY, default=None, help="从这一天起登记的")
@click.option("--until", type=DAY, default=None, help="到这一天之前登记的")
@click.option("--new", is_flag=True, help="只要还没有平台编号的")
@click.option("--mapping", type=click.Path(path_type=Path), default=None, help="另一个平台的对照表（TOML）")
@click.option(
    "--numbers",
    type=click.Path(path_type=Path),
    default=None,
    help="读回平台编号：no、exported_no 两列的 CSV 或 xlsx",
)
@CONFIG
@DATA
def tickets(
    out: Path | None,
    since: datetime | None,
    until: datetime | None,
    new: bool,
    mapping: Path | None,
    numbers: Path | None,
    config: Path | None,
    data: Path,
) -> None:
    """按别的平台的栏目导出事件；读回它的编号后不再重复导出。"""
    settings = settings_of(config, data)
    if numbers is not None:
        finish(_numbers(settings, data, numbers))
    platform = export.load(mapping) if mapping is not None else export.load()
    finish(_tickets(settings, data, platform, out, since, until, new))


async def _tickets(
    settings: Settings,
    data: Path,
    platform: export.Mapping,
    out: Path | None,
    since: datetime | None,
    until: datetime | None,
    new: bool,
) -> int:
    lines: list[dict[str, str]] = []
    async with root.opened(settings, data) as app:
        zone, directory = app.world.zone, app.world.directory
        start = since.replace(tzinfo=zone) if since else None
        end = until.replace(tzinfo=zone) if until else None
        after = 0
        while part := await exporting.tickets(start, end, new=new, after=after):
            lines += [await exporting.line(directory, platform, each, zone) for each in part]
            after = part[-1].no
    _write(platform, lines, out)
    if out is not None:
        click.echo(f"已导出 {len(lines)} 件到 {out}", err=True)
    return 0


def _write(platform: export.Mapping, lines: Lines, out: Path | None) -> None:
    header = [title for title, _ in platform.columns]
    cells = [[line[title] for title in header] for line in lines]
    if out is None or out.suffix.lower() == ".json":
        text = json.dumps(lines, ensure_ascii=False, indent=1) + "\n"
    elif out.suffix.lower() == ".xlsx":
        write_tables(out, {"tickets": (header, cells)})
        return
    elif out.suffix.lower() == ".csv":
        page = io.StringIO()
        writer = csv.writer(page, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(cells)
        text = "\ufeff" + page.getvalue()
    else:
        raise BadInput("不认识的文件类型", file=out, hint="写 .csv、.xlsx 或 .json")
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput("写不进去", file=out, hint=error.strerror or "请换一个目录") from error


async def _numbers(settings: Settings, data: Path, file: Path) -> int:
    """Keep the platform's numbers of a file; all or nothing."""
    kept = 0
    async with root.opened(settings, data) as app, transaction():
        act = Act("bot", app.clock.now())
        for number, no, given in _given(file):
            ticket = await by_number(no)
            if ticket is None:
                raise BadInput(f"没有 #{no}", file=file, line=number, hint="no 是导出时的事件编号")
            if ticket.exported_no != given:
                await exporting.numbered(act, ticket, given)
                kept += 1
    click.echo(f"已记下 {kept} 个平台编号")
    return 0


def _given(file: Path) -> list[tuple[int, int, str]]:
    """(line, our number, theirs) of a table whose header has no and exported_no, or their Chinese titles."""
    table = next(iter(read_tables(file).values()), None)
    names = {"no": ("no", "事件编号"), "exported_no": ("exported_no", "平台编号")}
    found: dict[str, int] = {}
    for name, titles in names.items():
        at = next((n for n, title in enumerate(table.header if table else ()) if title in titles), None)
        if at is None:
            raise BadInput(f"没有 {name} 这一列", file=file, line=1, hint="表头写 no,exported_no")
        found[name] = at
    lines = []
    for number, cells in table.lines if table else ():
        no, given = cells[found["no"]].lstrip("#"), cells[found["exported_no"]]
        if not no.isdigit():
            raise BadInput(f"no 不是编号：{no}", file=file, line=number, hint="写事件编号，例如 12")
        if given:
            lines.append((number, int(no), given))
    return lines


@click.command()
@click.option("--json", "as_json", is_flag=True)
@CONFIG
@DATA
def connectivity(as_json: bool, config: Path | None, data: Path) -> None:
    """连通清单：每个村（社区）建了几个群、多少人已绑定、有多少件进了平台。"""
    finish(_connectivity(settings_of(config, data), data, as_json))


async def _connectivity(settings: Settings, data: Path, as_json: bool) -> int:
    async with root.opened(settings, data) as app:
        found = await exporting.villages(app.world.directory)
    for village in found:
        if as_json:
            values = {name: getattr(village, name) for name in exporting.COLUMNS}
            click.echo(json.dumps({**values, "connected": village.connected}, ensure_ascii=False))
        else:
            mark = "已连通" if village.connected else "未连通"
            people = f"绑定 {village.bound}/{village.workers}"
            numbers = f"群 {village.groups}，{people}，平台 {village.exported}"
            click.echo(f"{mark}  {village.above} {village.name}：{numbers}")
    connected = sum(village.connected for village in found)
    click.echo(f"{len(found)} 个村（社区），已连通 {connected} 个", err=True)
    return 0
