"""`gridbot outreach`: an announcement for those without an account, as a list for SMS, telephone or print."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import click

from gridbot import app as root
from gridbot.cli import CONFIG, DATA, finish, settings_of
from gridbot.config import Settings
from gridbot.errors import BadInput
from gridbot.models.spreading import announcements
from gridbot.models.territory import channels
from gridbot.models.territory.channels import Channel
from gridbot.org.files import write_tables


@click.command()
@click.argument("number", type=int)
@click.option("--channel", type=click.Choice(["sms", "phone", "door"]), default="sms", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=None, help="写到 .csv 或 .xlsx 文件")
@CONFIG
@DATA
def outreach(number: int, channel: str, out: Path | None, config: Path | None, data: Path) -> None:
    """没有绑定微信的住户：短信名单（本单位的短信平台去发）、电话名单、上门名单（可打印）。"""
    finish(_outreach(settings_of(config, data), data, number, Channel(channel), out))


async def _outreach(settings: Settings, data: Path, number: int, channel: Channel, out: Path | None) -> int:
    async with root.opened(settings, data) as app:
        found = await announcements.get(number)
        if found is None:
            raise BadInput(f"没有公告 #{number}", hint="写公告的编号")
        everybody = await channels.of_announcement(app.world.directory, found)
        text = f"【{app.world.office.office}】{found.text}"
    chosen = [one for one in everybody if one.channel is channel]
    if channel is Channel.SMS:
        header, lines = ["手机号", "短信内容"], [[one.phone, text] for one in chosen]
    else:
        header = ["网格", "门牌", "户主", "电话", "告知内容", "告知时间", "签名"]
        lines = [[one.grid, one.door, one.name, one.phone, found.text, "", ""] for one in chosen]
    write(header, lines, out)
    click.echo(f"{len(lines)} 户", err=True)
    return 0


def write(header: list[str], lines: list[list[str]], out: Path | None) -> None:
    """A table to a file, or as CSV to standard output; raises BadInput where it cannot be written."""
    if out is not None and out.suffix.lower() == ".xlsx":
        write_tables(out, {"outreach": (header, lines)})
        return
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    if out is None:
        click.echo(page.getvalue(), nl=False)
        return
    try:
        out.write_text("\ufeff" + page.getvalue(), encoding="utf-8")
    except OSError as error:
        raise BadInput("写不进去", file=out, hint=error.strerror or "请换一个目录") from error
