"""Reading an org from files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridbot.errors import BadInput
from gridbot.org import examine, read
from gridbot.org.files import decode, read_tables, write_tables

CELLS = st.text(st.sampled_from("王a1,;\"'\n\t=+-@ ｡。🏮\u3000"), max_size=8).map(str.strip)

NODES = "code,parent,name\nj1,,东街\n"


def org(directory: Path, **files: str) -> Path:
    for name, text in files.items():
        (directory / f"{name}.csv").write_text(text, "utf-8")
    return directory


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_the_encoding_of_a_file_is_recognised(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "nodes.csv").write_bytes("code,parent,name\r\nj1,,东街社区\r\n".encode(encoding))
    (row,) = read(tmp_path).rows("nodes")
    assert row.values == {"code": "j1", "parent": "", "name": "东街社区"}


def test_bytes_that_are_no_text_are_refused_with_the_file(tmp_path: Path) -> None:
    with pytest.raises(UnicodeDecodeError):
        decode(b"\xff\x80\x80\xff\xff")
    (tmp_path / "nodes.csv").write_bytes(b"code\n\xff\xff\x00\x81\n")
    with pytest.raises(BadInput) as caught:
        read(tmp_path)
    assert caught.value.file == tmp_path / "nodes.csv"


def test_whole_numbers_and_telephones_of_a_workbook_keep_their_digits(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "org.xlsx")) as book:
        nodes = book.add_worksheet("nodes")
        nodes.write_row(0, 0, ["code", "parent", "name"])
        nodes.write_row(1, 0, ["g1", "", "一网格"])
        sheet = book.add_worksheet("households")
        sheet.write_row(0, 0, ["id", "node", "building", "room", "phone", "since"])
        sheet.write_row(1, 0, [1, "g1", 3, 302, 13812345678])
        sheet.write_datetime(1, 5, date(2026, 3, 2), book.add_format({"num_format": "yyyy-mm-dd"}))
    (row,) = read(tmp_path / "org.xlsx").rows("households")
    assert row.values == {
        "id": "1",
        "node": "g1",
        "building": "3",
        "room": "302",
        "phone": "13812345678",
        "since": date(2026, 3, 2),
    }
    assert row.line == 2


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    text = 'code,parent,name,area\n\nj1,,"东\n街",x\nj2,,西街,y\n'
    rows = read(org(tmp_path, nodes=text)).rows("nodes")
    assert [row.line for row in rows] == [3, 5]


def test_an_unknown_column_is_left_out_with_a_warning_that_names_it(tmp_path: Path) -> None:
    files = read(org(tmp_path, nodes="code,parent,name,phome\nj1,,东街,1\n"))
    (finding,) = files.findings
    assert "phome" in finding.what
    assert not finding.fatal
    assert "phome" not in files.rows("nodes")[0].values


def test_an_unknown_file_is_left_out_with_a_warning_that_suggests_its_name(tmp_path: Path) -> None:
    (finding,) = read(org(tmp_path, nodes=NODES, house_holds="id\n1\n")).findings
    assert "households" in finding.hint
    assert not finding.fatal


@pytest.mark.parametrize(
    ("sheet", "text", "line", "word"),
    [
        ("nodes", "code,name\nj1,东街\n", 1, "parent"),
        ("nodes", "code,parent,name\n,,东街\n", 2, "code"),
        ("nodes", "code,parent,name,declared_units\nj1,,东街,很多\n", 2, "很多"),
        ("nodes", "code,parent,name\nj1,,东街,多,的\n", 2, "逗号"),
        ("nodes", "code,code,parent,name\nj1,j1,,东街\n", 1, "两次"),
        ("nodes", f"code,parent,name\n{'长' * 65},,东街\n", 2, "64"),
        ("households", "id,node,since\nh1,j1,去年\n", 2, "2026-03-02"),
        ("households", "id,node,since\nh1,j1,2026-02-30\n", 2, "2026-03-02"),
        ("residents", "household,head\nh1,也许\n", 2, "yes"),
        ("rooms", "room,node,audience\nr1,j1,大家\n", 2, "residents"),
        ("calendar", "day,kind\n2026-10-01,节\n", 2, "work"),
    ],
)
def test_a_wrong_cell_is_an_error_with_its_line(
    tmp_path: Path, sheet: str, text: str, line: int, word: str
) -> None:
    found = [each for each in read(org(tmp_path, **{sheet: text})).findings if each.fatal]
    assert found[0].line == line
    assert found[0].file.endswith(f"{sheet}.csv")
    assert word in str(found[0])


def test_a_quotation_mark_left_open_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read(org(tmp_path, nodes='code,parent,name\nj1,,东街\nj2,,"西街\nj3,,北街\n'))
    assert caught.value.line == 3


@pytest.mark.parametrize("name", ["nowhere", "notes.txt", "empty", "broken.xlsx"])
def test_a_path_without_an_org_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("hello", "utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.xlsx").write_bytes(b"PK no workbook")
    with pytest.raises(BadInput):
        read(tmp_path / name)


def test_buildings_are_digits_however_they_are_written(tmp_path: Path) -> None:
    text = "id,node,building,unit,room\nh1,g,3号楼,2单元,502室\nh2,g,12栋,,\nh3,g,5排,,3号\n"
    rows = read(org(tmp_path, households=text)).rows("households")
    written = [tuple(row.text(name) for name in ("building", "unit", "room")) for row in rows]
    assert written == [("3", "2", "502"), ("12", "", ""), ("5排", "", "3")]


def test_lists_days_and_yes_are_read_as_people_write_them(tmp_path: Path) -> None:
    text = "household,name,head,birth,classes\nh1,王芳,是,1950/3/2,困难；独居老人; 困难\n"
    (row,) = read(org(tmp_path, residents=text)).rows("residents")
    assert row.values["head"] is True
    assert row.values["birth"] == date(1950, 3, 2)
    assert row.values["classes"] == ("困难", "独居老人")


def test_findings_are_sentences_with_place_and_way_out(tmp_path: Path) -> None:
    files = read(org(tmp_path, nodes=NODES, staff="id,name,role,node\ns1,李梅,网格员,j2\n"))
    (error,) = [each for each in examine(files) if each.fatal]
    assert str(error) == f"{tmp_path / 'staff.csv'}:2: node 的“j2”不在层级节点里——可以写：j1，或先补上它"


def test_one_csv_file_by_itself_is_read(tmp_path: Path) -> None:
    assert len(read(org(tmp_path, nodes=NODES) / "nodes.csv").rows("nodes")) == 1


@pytest.mark.parametrize("name", ["out", "out.xlsx"])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(lines=st.lists(st.lists(CELLS, min_size=2, max_size=2).filter(any), max_size=4))
def test_whatever_is_written_in_a_cell_is_read_again(
    tmp_path: Path, name: str, lines: list[list[str]]
) -> None:
    write_tables(tmp_path / name, {"nodes": (["code", "name"], lines)})
    table = read_tables(tmp_path / name)["nodes"]
    assert [list(cells) for _, cells in table.lines] == lines
