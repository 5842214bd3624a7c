"""The backtest's tables in Markdown, for a README or a paper."""

from __future__ import annotations

from typing import Any

from dashboard.reports.backtest import backtest_words as words
from dashboard.reports.backtest.score_rows import ALL
from dashboard.reports.measure.growth import WHOLE
from dashboard.words import phrases
from dashboard.words.names import windows_word

Row = dict[str, Any]


def fortnights(rows: list[Row]) -> list[str]:
    """The coverage of fortnights as a Markdown table."""
    head = phrases.sentence(windows_word())
    lines = [f"| {head} | n | 80 % band | promised | 95 % band | dispersion |"]
    lines.append("|---|---:|---|---:|---|---|")
    for row in rows:
        name = " ".join(filter(None, (row["name"], row["level"] and words.level(row["level"]))))
        cells = (name, f"{row['n']:,}", words.interval(row, "80"), words.share(row["promised_80"]))
        lines.append(_line(*cells, words.interval(row, "95"), words.factor(row)))
    return lines


def years(rows: list[Row]) -> list[str]:
    """Year-end coverage and accuracy as a Markdown table; boroughs in one line.

    Errors are counts; of crime types together, shares of what came.
    """
    lines = [
        "| Year end | n (years) | 80 % band | 95 % band | dispersion | factor then "
        "| off by: forecast / run rate / last year | Brier: chance / widened / run rate / last |",
        "|---|---:|---|---|---|---:|---|---|",
    ]
    for row in rows:
        if row["place"] != WHOLE and row["measure"] != ALL:
            continue
        name = row["name"] + (f" {words.place(row['place'])}" if row["place"] != WHOLE else "")
        off = [words.error(row, kind) for kind in ("", "_run_rate", "_last_year")]
        brier = [
            words.number(row[f"brier{kind}"])
            for kind in ("", "_widened", "_run_rate", "_last_year")
        ]
        cells = (
            name,
            f"{row['n']:,} ({row['years']})",
            words.interval(row, "80"),
            words.interval(row, "95"),
        )
        scores = (
            words.factor(row),
            words.share(row["then_80"]),
            " / ".join(off),
            " / ".join(brier),
        )
        lines.append(_line(*cells, *scores))
    return lines


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
