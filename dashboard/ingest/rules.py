"""What each type of column takes: its typed value in SQL, and every rule that a row can break."""

from __future__ import annotations

from datetime import date

from dashboard import queries
from dashboard.ingest import parsing
from dashboard.ingest.contracts import Column, Kind
from dashboard.ingest.parsing import quoted
from dashboard.queries.counting import RETURNS

A_NAME = "[A-Za-z.''-]+([ ,]+[A-Za-z.''-]+)+"


def typed(column: Column, other_forms: bool = False) -> str:
    """The value of a cell of view `texts` (look_<column> joined); null where it is none.

    other_forms  dates in other forms than ISO are joined as day_<column>.
    """
    text = f"texts.{column.name}"
    if column.type in ("code", "unit"):
        return f"look_{column.name}.code"
    if column.type == "part":
        # An unknown branch is kept as spelt: publishing shows it as unassigned.
        return f"coalesce(look_{column.name}.code, {text})"
    if column.type in ("date", "event"):
        day = parsing.a_date(text)
        return f"coalesce({day}, day_{column.name}.day)" if other_forms else day
    if column.type in ("month", "period"):
        month = parsing.a_month(text)
        return f"coalesce({month}, day_{column.name}.month)" if other_forms else month
    if column.type == "yes_no":
        return parsing.yes_no(text)
    if column.staged_type in ("bigint", "double"):
        return f"({parsing.amount(text)})::{column.staged_type}"
    return text


def rules(kind: Kind, vintage: date) -> list[tuple[str, str, str]]:
    """(column, rule, condition over `typed` that breaks it), for every rule of a kind."""
    checks = []
    for column in kind.columns:
        name, text = column.name, f"text_{column.name}"
        if column.required:
            checks.append((name, "required", f"{text} is null"))
        checks += [(name, rule, condition) for rule, condition in _type_rules(column, vintage)]
        if column.staged_type == "varchar":
            checks.append((name, "not_text", parsing.not_text(text)))
    if kind.has("committed_on"):
        checks.append(("committed_on", "reported_before_committed", "committed_on > reported_on"))
    if kind.has("ended_at"):
        # An end before the start of the same day is past midnight; a day before it is a slip.
        began, ended = (f"try_cast({name} as timestamp)" for name in ("started_at", "ended_at"))
        checks.append(
            ("ended_at", "ends_before_it_starts", f"{ended} < {began} - interval 24 hours")
        )
        checks.append(("ended_at", "over_a_day", f"{ended} > {began} + interval 24 hours"))
        checks.append(("hours", "over_a_day", "hours > 24 and text_staff_ref is not null"))
    if kind.name == "returns" and (shares := _shares()):
        names = ", ".join(quoted(name) for name in shares)
        of_share = f"lower(measure) in ({names})"
        checks.append(("numerator", "share_above_1", f"{of_share} and numerator > denominator"))
        # A part without its whole would stand in the sum of a year without it.
        checks.append(("denominator", "required", f"{of_share} and text_denominator is null"))
    for column in kind.of_type("period"):
        starts = parsing.period_start(column.name, "grain")
        checks.append((column.name, "not_period_start", f"not ({starts})"))
    return checks


def _shares() -> list[str]:
    """The measures that units return as a part of a whole: it can't be larger than that."""
    return [
        measure.id
        for measure in queries.measures().values()
        if measure.is_rate and measure.fact == RETURNS
    ]


def _type_rules(column: Column, vintage: date) -> list[tuple[str, str]]:
    name, text = column.name, f"text_{column.name}"
    none = f"{text} is not null and {name} is null"
    if column.type in ("date", "event", "month", "period"):
        shaped = parsing.looks_like_a_date(text)
        open_ = parsing.two_readings(text)
        checks = [
            ("two_readings", f"{none} and {open_}"),
            ("bad_date", f"{none} and not {shaped} and not {open_}"),
            ("impossible_date", f"{none} and {shaped}"),
        ]
        if column.type in ("event", "period"):
            checks.append(("after_vintage", f"{name} > date '{vintage}'"))
        if column.type == "month":
            checks.append(("not_period_start", f"day({name}) <> 1"))
        return checks
    ranges = {"hour": (0, 23), "criterion": (1, 9), "score": (0, 100)}
    if column.type in ranges:
        low, high = ranges[column.type]
        whole = "" if column.type == "score" else f" or {parsing.amount(text)} <> {name}"
        outside = f"{name} is not null and ({name} not between {low} and {high}{whole})"
        return [("not_a_number", none), ("out_of_range", outside)]
    return {
        "unit": [("unknown_unit", none)],
        "code": [("unknown_value", none)],
        "yes_no": [("unknown_value", none)],
        "time": [("bad_time", f"not regexp_full_match({text}, {quoted(parsing.TIME)})")],
        # People come as references only: two words without a figure are somebody's name.
        "person": [("a_name", f"regexp_full_match({text}, '{A_NAME}')")],
        "number": [*_number_rules(none, text), ("negative", f"{name} < 0")],
        "signed": _number_rules(none, text),
    }.get(column.type, [])


def _number_rules(none: str, text: str) -> list[tuple[str, str]]:
    marked = f"({parsing.marked_amount(text)}) is not null"
    vast = parsing.is_number(text)
    return [
        ("thousands_marks", f"{none} and {marked}"),
        ("too_large", f"{none} and {vast}"),
        ("not_a_number", f"{none} and not ({marked}) and not ({vast})"),
    ]
