"""Who has had an announcement and who has not, as a workbook for the file."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from gridbot.errors import BadInput
from gridbot.models.duty.visits import door
from gridbot.models.spreading import announcements
from gridbot.world import World

HEAD = ("网格", "住户", "户主", "回执时间", "状态")
HAD, SILENT = "已回执", "未回执"


async def prove(world: World, number: int, file: Path) -> tuple[int, int]:
    """Write it; returns how many households have acknowledged, of how many it was for.

    Raises BadInput where there is no such announcement, none was sent, or the file cannot be written.
    """
    found = await announcements.get(number)
    if found is None or found.sent_at is None:
        raise BadInput(f"没有已经发出的公告 #{number}", hint="写公告的编号，如 12")
    below = {code for node in found.audience for code in world.directory.under(node)}
    had = {row.household: row.at for row in await announcements.receipts(number)}
    homes = await announcements.audience(found, below)
    book = xlsxwriter.Workbook(file)
    facts, sheet = book.add_worksheet("公告"), book.add_worksheet("回执")
    sent_at = f"{world.local(found.sent_at):%Y-%m-%d %H:%M}"
    for row, pair in enumerate((
        ("编号", number), ("发出", sent_at), ("群数", len(found.sent)), ("住户", len(homes)),
        (HAD, sum(home.id in had for home in homes)), ("咨询", found.questions), ("正文", found.text),
    )):  # fmt: skip
        facts.write_row(row, 0, pair)
    sheet.write_row(0, 0, HEAD)
    for row, home in enumerate(homes, 1):
        node = world.directory.nodes.get(home.node)
        at = had.get(home.id)
        moment = f"{world.local(at):%Y-%m-%d %H:%M}" if at else ""
        cells = (node.name if node else home.node, door(home), home.head, moment, HAD if at else SILENT)
        sheet.write_row(row, 0, cells)
    sheet.autofilter(0, 0, len(homes), len(HEAD) - 1)
    sheet.set_column(0, len(HEAD) - 1, 16)
    try:
        book.close()
    except FileCreateError as error:
        raise BadInput(f"表格存不下来：{error}", file=file, hint="换一个能写的位置") from error
    return sum(home.id in had for home in homes), len(homes)
