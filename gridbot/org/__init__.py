"""The org directory in and out: who and where, as CSV files or a workbook."""

from __future__ import annotations

from pathlib import Path

from gridbot.models.database import transaction
from gridbot.org.checks import examine
from gridbot.org.files import write_tables
from gridbot.org.reading import read, written
from gridbot.org.routes import misled
from gridbot.org.rows import Cell, Finding, Known, NodeFact, OrgFiles, OrgRefused, Outcome, PostFact, Row
from gridbot.org.sheets import SHEETS
from gridbot.org.store import Change, carry_out, known, plan, rows_of
from gridbot.org.whole import Whole

__all__ = [
    "Cell",
    "Finding",
    "Known",
    "NodeFact",
    "OrgFiles",
    "OrgRefused",
    "Outcome",
    "PostFact",
    "Row",
    "examine",
    "export_org",
    "import_org",
    "known",
    "read",
]


async def import_org(path: Path, *, dry_run: bool = False) -> Outcome:
    """Import an org on top of what the open database holds; all or nothing, safe to repeat.

    Rows are recognised by their key and changed; rows the files do not name stay, but a person named
    in staff.csv holds exactly the posts written there. Columns a file lacks stay as they are. Accounts
    already bound survive an empty `contact`. With `dry_run` nothing is written.

    Raises OrgRefused (a BadInput carrying every finding) where a finding is fatal.
    """
    files = read(path)
    async with transaction():
        there = await known()
        findings = tuple(examine(files, there))
        if any(each.fatal for each in findings):
            raise OrgRefused(findings)
        whole = Whole(files, there)
        if any(files.rows(name) for name in ("nodes", "staff", "departments")):
            findings = (*findings, *misled(whole))
        changes = await plan(files, whole.is_office)
        if not dry_run:
            await carry_out(changes)
    return _outcome(files, changes, findings, dry_run)


def _outcome(files: OrgFiles, changes: list[Change], findings: tuple[Finding, ...], dry_run: bool) -> Outcome:
    return Outcome(
        added={each.sheet.name: len(each.new) for each in changes},
        changed={each.sheet.name: len(each.altered) for each in changes},
        unchanged={each.sheet.name: each.same for each in changes},
        removed={each.sheet.name: len(each.gone) for each in changes},
        findings=(*findings, *(finding for each in changes for finding in each.findings)),
        days=len(files.rows("calendar")),
        dry_run=dry_run,
    )


async def export_org(path: Path) -> None:
    """Write the open database's org to a directory of CSV files, or to a workbook (`.xlsx`).

    Importing the result changes nothing. Raises BadInput where it cannot be written.
    """
    tables = {}
    for sheet in SHEETS:
        header = [column.name for column in sheet.columns]
        rows = await rows_of(sheet)
        tables[sheet.name] = (header, [[written(row[name]) for name in header] for row in rows])
    write_tables(path, tables)
