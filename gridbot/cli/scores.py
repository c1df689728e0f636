"""The table of scores that `gridbot rules test --report` prints."""

from __future__ import annotations

import click

from gridbot.nlp.labelled import Score

# what is measured, and the least (or, marked ≤, the most) that lets a bot run unattended
_BARS = {
    "F1": "≥ 93%",
    "误报率": "≤ 4%（难例）",
    "类别正确率": "≥ 88%",
    "紧急情况召回率": "≥ 96%",
    "误报紧急率": "≤ 2%",
    "置信度误差（ECE）": "≤ 5%",
    "时间读对": "≥ 93%",
}


def show(result: Score) -> None:
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


def show_times(right: int, cases: int) -> None:
    """The row of labelled times whose start is read as labelled."""
    click.echo("\t".join(("时间读对", _percent(right / cases), _BARS["时间读对"], f"{cases} 条")))


def _percent(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.1%}"
