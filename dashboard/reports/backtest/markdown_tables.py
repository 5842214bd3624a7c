"""The backtest's tables in Markdown, for a README or a paper."""

from __future__ import annotations

from dashboard.reports.backtest import backtest_words as words
from dashboard.reports.backtest import power_words
from dashboard.reports.backtest.score_rows import ALL
from dashboard.reports.backtest.scored import Windowed, YearEnd, briers, held_80, held_95
from dashboard.reports.measure.growth import WHOLE
from dashboard.words import phrases
from dashboard.words.names import windows_word


def fortnights(windows: list[Windowed]) -> list[str]:
    """The coverage of fortnights as a Markdown table."""
    head = phrases.sentence(windows_word())
    lines = [f"| {head} | n | 80 % band | promised | 95 % band | dispersion |"]
    lines.append("|---|---:|---|---:|---|---|")
    for row in windows:
        name = " ".join(filter(None, (row["name"], row["level"] and words.level(row["level"]))))
        cells = (
            name,
            f"{row['n']:,}",
            words.interval(held_80(row)),
            power_words.share(row["promised_80"]),
        )
        lines.append(_line(*cells, words.interval(held_95(row)), words.factor(row)))
    return lines


def years(ends: list[YearEnd]) -> list[str]:
    """Year-end coverage and accuracy as a Markdown table; boroughs in one line.

    Errors are counts; of crime types together, shares of what came.
    """
    lines = [
        "| Year end | n (years) | 80 % band | 95 % band | dispersion | factor then "
        "| off by: forecast / run rate / last year | Brier: chance / widened / run rate / last |",
        "|---|---:|---|---|---|---:|---|---|",
    ]
    for row in ends:
        if row["place"] != WHOLE and row["measure"] != ALL:
            continue
        name = row["name"] + (f" {words.place(row['place'])}" if row["place"] != WHOLE else "")
        own, run_rate, last = map(words.number, briers(row))
        cells = (
            name,
            f"{row['n']:,} ({row['years']})",
            words.interval(held_80(row)),
            words.interval(held_95(row)),
        )
        scores = (
            words.factor(row),
            power_words.share(row["then_80"]),
            " / ".join(words.errors(row)),
            " / ".join((own, words.number(row["brier_widened"]), run_rate, last)),
        )
        lines.append(_line(*cells, *scores))
    return lines


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
