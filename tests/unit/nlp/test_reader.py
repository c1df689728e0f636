"""What a text means: the ways people write, and the ways they do not mean it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from gridbot.cli.parse import parse
from gridbot.cli.rules import rules
from gridbot.nlp import Kind, Reader, Scene, Urgency
from gridbot.nlp.labelled import Case, load_cases, score

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
CASES = Path(__file__).parents[2] / "cases"
FILES = ("issues", "services", "emergencies", "silence", "fresh")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load(zone=ZONE)


def cases(split: str) -> list[Case]:
    files = [file for file in sorted(CASES.glob("*.toml")) if file.stem in FILES]
    return [case for file in files for case in load_cases(file) if case.split == split]


def samples(kind: str) -> Iterator[tuple[str, str | None]]:
    for case in load_cases(CASES / "samples.toml"):
        if (case.kind == "none") == (kind == "none"):
            yield case.text, case.category


@pytest.mark.parametrize(("text", "category"), list(samples("reports")))
def test_a_sample_message_is_read_as_its_category(reader: Reader, text: str, category: str) -> None:
    assert reader.read(text, at=AT).category == category


@pytest.mark.parametrize("text", [text for text, _ in samples("none")])
def test_a_sample_of_noise_is_met_with_silence(reader: Reader, text: str) -> None:
    assert reader.read(text, at=AT).kind is Kind.NONE


def test_texts_the_rules_were_not_written_from_are_read_well(reader: Reader) -> None:
    result = score(reader, cases("test"))
    assert result.f1 is not None
    assert result.f1 >= 0.93
    assert result.false_alarms is not None
    assert result.false_alarms <= 0.1
    assert result.category is not None
    assert result.category >= 0.88
    assert result.emergencies is not None
    assert result.emergencies >= 0.95
    assert result.calibration is not None
    assert result.calibration <= 0.05


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我家没停水啊 你看看是不是总阀关了", Kind.NONE),
        ("我家从早上六点就没水了 隔壁也没有 是停水了还是咋了", Kind.ISSUE),
        ("楼道灯已经修好了 谢谢小李", Kind.NONE),
        ("电梯又坏了 13楼走得腿软 几时修好呀", Kind.ISSUE),
        ("单位电梯坏了 今天爬了18层 腿废了", Kind.NONE),
        ("发错群了 不好意思 刚那个漏水的是我另一个小区", Kind.NONE),
        ("【物业通知】明日8:00-12:00清洗水箱 届时停水 请提前储水", Kind.NONE),
    ],
)
def test_context_decides(reader: Reader, text: str, kind: Kind) -> None:
    assert reader.read(text, at=AT).kind is kind


@pytest.mark.parametrize("text", ["我家停水了，别人家有水", "别人家都有电 就我家停电了", "我家水龙头坏了"])
def test_a_trouble_of_one_home_is_a_report_though_others_fare_well(reader: Reader, text: str) -> None:
    assert reader.read(text, at=AT).kind is not Kind.NONE
    assert reader.read(text, at=AT, scene=Scene(addressed=True, private=True)).kind is not Kind.NONE


def test_danger_of_no_known_kind_is_sure_enough_to_be_told(reader: Reader) -> None:
    reading = reader.read("俺嫂子跟俺哥拌完嘴 把那瓶敌敌畏灌了半瓶 现在嘴里往外冒沫", at=AT)
    assert reading.urgency is Urgency.EMERGENCY
    assert reading.confidence >= 0.5


def test_a_glimpse_ends_talk_and_nothing_that_is_reported(reader: Reader) -> None:
    bare = [case for case in cases("test") if case.kind != "none"]
    lost = [
        case.text
        for case in bare
        if reader.read(case.text, at=AT).kind is not Kind.NONE
        and reader.read(case.text, at=AT, slots=False).kind is Kind.NONE
    ]
    assert lost == []


def test_speaking_to_the_bot_switches_doubts_off(reader: Reader) -> None:
    text = "我单位宿舍楼的路灯坏了"
    plain = reader.read(text, at=AT)
    asked = reader.read(text, at=AT, scene=Scene(addressed=True))
    assert asked.kind is Kind.ISSUE
    assert plain.kind is Kind.NONE or plain.confidence <= asked.confidence


def test_a_death_is_a_service_and_no_alarm(reader: Reader) -> None:
    reading = reader.read("我奶奶昨晚去世了 想问下丧葬费咋领", at=AT)
    assert reading.kind is Kind.SERVICE
    assert reading.urgency is not Urgency.EMERGENCY


def test_an_old_person_who_does_not_answer_is_an_alarm(reader: Reader) -> None:
    reading = reader.read("能不能麻烦网格员去看看我妈 电话打了一上午没人接 她一个人住 4-1-502", at=AT)
    assert (reading.kind, reading.category) == (Kind.SERVICE, "elderly_care")
    assert reading.urgency is Urgency.EMERGENCY
    assert reading.place is not None
    assert reading.place.room == "502"


def test_two_matters_are_two(reader: Reader) -> None:
    reading = reader.read("3号楼后面垃圾堆成山没人收 还有门口路灯也不亮了", at=AT)
    assert reading.matters == 2
    assert {reading.category, reading.also[0].category} == {"env_sanitation", "public_facility"}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("3号楼后面垃圾堆成山没人收 还有门口路灯也不亮了", "env_sanitation"),
        ("车棚旁边垃圾桶都满出来了 还有路口那个路灯昨晚也不亮 麻烦给看看", "env_sanitation"),
        ("路口那个路灯昨晚不亮 还有车棚旁边垃圾桶也满出来了", "public_facility"),
        ("暖气不热，另外隔壁装修天天吵到半夜", "utilities_outage"),
    ],
)
def test_two_matters_stand_in_the_order_in_which_they_were_said(
    reader: Reader, text: str, first: str
) -> None:
    reading = reader.read(text, at=AT)
    assert (reading.matters, reading.category) == (2, first)


def test_a_neighbour_joins(reader: Reader) -> None:
    assert reader.read("我家也是", at=AT).plus_one
    assert reader.read("+1", at=AT).plus_one


def test_a_report_given_as_a_command_is_read_too(reader: Reader) -> None:
    reading = reader.read("#报事 3号楼电梯坏了", at=AT, scene=Scene(addressed=True))
    assert reading.kind is Kind.COMMAND
    assert reading.category == "public_facility"


def test_the_words_that_decided_are_named(reader: Reader) -> None:
    reading = reader.read("3号楼电梯又不动了", at=AT)
    assert any("电梯" in because.words for because in reading.because)


def test_talk_in_the_fast_lane_is_bare_silence(reader: Reader) -> None:
    assert reader.read("今天天气真好", at=AT, slots=False).text == ""


def test_parse_keeps_order_and_goes_on_after_a_broken_line() -> None:
    lines = [
        json.dumps({"id": "a", "text": "3栋2单元电梯今早8点又不动了", "at": "2026-03-01T09:00:00+08:00"}),
        "no json",
        json.dumps({"id": "b"}),
        '{"id": "c", "text": "\\ud800 停水了"}',
    ]
    raw = "\n".join(lines).encode() + b"\n" + b'{"id": "d", "text": "\xff\xfe"}\n'
    result = CliRunner().invoke(parse, ["--jsonl"], input=raw)
    assert result.exit_code == 0, result.output
    answers = [json.loads(line) for line in result.output.splitlines()]
    assert [answer.get("id", answer.get("line")) for answer in answers] == ["a", 2, 3, "c", "d"]
    first = answers[0]
    assert (first["kind"], first["category"], first["sub"]) == ("issue", "public_facility", "elevator")
    assert (first["place"]["building"], first["place"]["unit"]) == ("3", "2")
    assert first["when"]["start"] == "2026-03-01T08:00:00+08:00"
    assert answers[3]["category"] == "utilities_outage"


def test_parse_reads_one_text_and_explains_it() -> None:
    result = CliRunner().invoke(parse, ["--explain", "楼道灯已经修好了 谢谢小李"])
    assert result.exit_code == 0
    assert json.loads(result.output)["evidence"]


def test_rules_can_be_listed_and_tried(tmp_path: Path) -> None:
    chat = tmp_path / "chat.jsonl"
    chat.write_text(
        json.dumps(
            {
                "at": "2026-03-01T09:00:00+08:00",
                "room": "r",
                "from": "p",
                "text": "楼上漏水 快来人",
                "id": "1",
            }
        )
        + "\n",
        encoding="utf-8",
    )
    listed = CliRunner().invoke(rules, ["list"])
    assert "issue.public_facility.elevator" in listed.output
    tried = CliRunner().invoke(rules, ["try", str(chat)])
    assert tried.exit_code == 0
    assert "drainage_leak" in tried.output


def test_a_report_on_a_labelled_file_is_printed() -> None:
    result = CliRunner().invoke(rules, ["test", "--report", str(CASES / "samples.toml")])
    assert result.exit_code == 0
    assert "F1" in result.output


def test_a_report_on_labelled_times_says_how_many_are_read_right(tmp_path: Path) -> None:
    result = CliRunner().invoke(rules, ["test", "--report", str(CASES / "times.toml")])
    assert result.exit_code == 0
    assert result.output.startswith("时间读对\t100.0%\t≥ 93%\t")
    file = tmp_path / "ours.jsonl"
    file.write_text(
        '{"text": "明早八点停水", "at": "2026-11-21T10:00", "start": "2026-11-22T08:00"}\n'
        '{"text": "后天来", "at": "2026-11-21T02:00Z", "start": "2026-11-24T00:00"}\n',
        encoding="utf-8",
    )
    ours = CliRunner().invoke(rules, ["test", "--report", str(file)])
    assert ours.output == "时间读对\t50.0%\t≥ 93%\t2 条\n"


@pytest.mark.parametrize(
    "greeting", ["你好，", "您好 ", "师傅 ", "网格员您好，", "大家好 ", "王主任，", "李主任好，", "王姐您好 "]
)
@pytest.mark.parametrize("report", ["3号楼电梯坏了", "我家卫生间天花板漏水", "3-2-502厕所堵了"])
def test_a_greeting_makes_no_talk_of_a_report(reader: Reader, greeting: str, report: str) -> None:
    plain, greeted = reader.read(report, at=AT), reader.read(greeting + report, at=AT)
    assert (greeted.kind, greeted.category) == (plain.kind, plain.category) == (Kind.ISSUE, plain.category)


def test_a_greeting_needs_no_comma_before_what_is_the_speakers(reader: Reader) -> None:
    assert reader.read("你好我家停水了", at=AT).sub == "water_out"
    assert reader.read("你好我的朋友", at=AT).kind is Kind.NONE


def test_a_word_that_ends_like_a_denial_denies_nothing(reader: Reader) -> None:
    assert reader.read("人脸识别坏了 进不去门", at=AT).category == "public_facility"


@pytest.mark.parametrize(
    ("text", "sub"),
    [("3号楼又停水了 一滴水都没有", "water_out"), ("3号楼前面路面塌陷了，有个大坑", "collapse")],
)
def test_what_one_rule_names_stays_named_beside_a_stronger_one(reader: Reader, text: str, sub: str) -> None:
    assert reader.read(text, at=AT).sub == sub


@pytest.mark.parametrize("text", ["今天停水吗", "今天停电不", "会停水吗"])
def test_who_asks_whether_the_water_will_be_off_reports_nothing(reader: Reader, text: str) -> None:
    assert reader.read(text, at=AT).kind is Kind.NONE


def test_a_place_alone_is_no_report(reader: Reader) -> None:
    assert reader.read("3号楼2单元504", at=AT).kind is Kind.NONE
