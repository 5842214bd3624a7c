"""What an account of records says: what was left out, replaced, rejected, and counts nowhere."""

from __future__ import annotations

from datetime import date

from dashboard.ingest import returned
from dashboard.ingest.contracts import Kind
from dashboard.ingest.rejects import line_numbers, rejected_words
from dashboard.ingest.unresolved import area_and_offence_warnings, spelling_list
from dashboard.ingest.work import Work
from dashboard.queries.counting import RETURNS
from dashboard.words import phrases

SHOWN = 5


def warnings(work: Work, kind: Kind, vintage: date, replaced: int, changed: int) -> list[str]:
    sentences = _total_words(work) + _repeat_words(work, kind)
    if replaced:
        sentences.append(
            f"{phrases.many(replaced, 'row')} {'was' if replaced == 1 else 'were'} replaced by a"
            " later row of the file with the same key"
            f"{_replaced_lines(work)}"
        )
    if changed:
        verb = "replaces" if changed == 1 else "replace"
        sentences.append(f"{phrases.many(changed, 'row')} {verb} what the same vintage said before")
    sentences += _rejected(work, vintage)
    if kind.name == RETURNS:
        sentences += returned.warnings(work)
    for column in kind.of_type("part"):
        rows = work.all(
            f"select {column.name}, count(*) from accepted where {column.name} is not null "
            f"and {column.name} not in (select code from look_{column.name} "
            "where code is not null) group by 1 order by 2 desc, 1"
        )
        if rows:
            sentences.append(
                f"{spelling_list(rows, column.name)} not in organisation.csv, shown as unassigned"
            )
    counted = "1" if not kind.worth else f"({kind.worth})::decimal(38, 2)"
    for what in ("area", "offence"):
        for column in kind.of_type(what):
            rows = work.all(
                f"select {column.name}, sum({counted}) from good where {column.name} is not null "
                "group by 1"
            )
            sentences += area_and_offence_warnings(work.catalogue, what, kind.name, rows)
    return sentences


def _rejected(work: Work, vintage: date) -> list[str]:
    """How many rows broke which rule, and whether the vintage is before the data."""
    ragged = [("wrong_number_of_cells", len(work.ragged))] if work.ragged else []
    rules = work.all("select rule, count(distinct line) from faults group by 1 order by 2 desc, 1")
    lines = work.one("select count(distinct line) from faults") + len(work.ragged)
    sentences = [rejected_words([*rules, *ragged], "row", lines)] if lines else []
    late = work.one("select count(distinct line) from faults where rule = 'after_vintage'")
    if late:
        sentences.append(
            f"{late:,} {'rows' if late != 1 else 'row'} dated after the vintage {vintage} rejected:"
            " "
            "the file was not yet known on that day, or it was said wrong"
        )
    return sentences


def _total_words(work: Work) -> list[str]:
    rows = work.all("select line, spelt from total_lines order by line")
    if not rows:
        return []
    places = line_numbers(work, {line for line, _ in rows})
    each = ", ".join(f"line {places[line]} {spelt!r}" for line, spelt in rows[:SHOWN])
    return [f"{len(rows):,} total {'rows' if len(rows) != 1 else 'row'} left out ({each})"]


def _repeat_words(work: Work, kind: Kind) -> list[str]:
    """Rows of a kind without reference or key that stand twice: two claims, or one said twice."""
    if kind.reference or kind.key:
        return []
    names = ", ".join(column.name for column in kind.columns)
    rows = work.all(
        f"select line, min(line) over (partition by {names}) as first from good "
        "qualify line > first order by line"
    )
    if not rows:
        return []
    places = line_numbers(work, {line for pair in rows[:SHOWN] for line in pair})
    each = ", ".join(f"line {places[line]} as line {places[first]}" for line, first in rows[:SHOWN])
    return [
        f"{len(rows):,} {'rows stand' if len(rows) != 1 else 'row stands'} twice and counted each "
        f"time ({each}{' …' if len(rows) > SHOWN else ''})"
    ]


def _replaced_lines(work: Work) -> str:
    lines = [row[0] for row in work.all("select line from replaced_lines order by line limit 5")]
    places = line_numbers(work, set(lines))
    return f" (line {', '.join(str(places[line]) for line in lines)})" if lines else ""
