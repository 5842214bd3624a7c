"""Is the data fit? A strip of few figures, each with the sentence behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Annotated, TypedDict

import pyarrow as pa

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import calendar, day_words, next_start
from dashboard.reports.alerts import alert_list
from dashboard.reports.measure.returns import NotSent
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.signing import returns
from dashboard.words import dates, numbers, phrases
from dashboard.words.names import area_word, window_word
from dashboard.words.phrases import sentence

BEHIND, NOT_SENT = "Behind", "Not sent"  # labels of what keeps figures from the meeting
SIGNED = "Signed"
MOST_WARNINGS = 8  # sentences of the manifest that are listed; the rest are counted


class Fit(TypedDict):
    """What holds for the data as loaded."""

    label: str
    value: str
    detail: str


class Records(TypedDict):
    """A row of the query fitness_records, of crime reports of the last twelve months."""

    reports: int
    validated: int
    unknown_area: int


class Faults(TypedDict):
    """A row of the query fitness_faults."""

    reports: int
    faulty: int
    open_faults: int
    of_directorate: int
    oldest_days: Annotated[int | None, "null: none is open"]


class Published(TypedDict):
    """A row of the query fitness_published."""

    publisher: str
    counted: float
    unknown_area: float


def strip(request: Request) -> Disclosed:
    """Rows label, value, detail: what holds for the data as loaded, most important first; last
    what nobody has signed of it. Its title is `statement`.

    Shares stand beside both their parts. A line that does not apply is left out.
    """
    loaded, more = _strip(request), rows.table(Fit, list(_unsigned(request)))
    return replace(loaded, rows=pa.concat_tables([loaded.rows, more]), title=statement(request))


@kept(32)
def _strip(request: Request) -> Disclosed:
    parts = (_validated, _faults, _behind, _returns, _unknown, _warnings)
    lines = [line for part in parts for line in part(request)]
    return request.disclose(
        rows.table(Fit, lines),
        title="What holds for the data as loaded",
        subtitle=f"As at {day_words(request.as_at)}",
        query="fitness_records",
    )


def statement(request: Request) -> str:
    """What is said first: which figures are late; else that they reach the meeting's window."""
    listed = alert_list.alert_list(request)
    if late := (*listed.late, *listed.fit):
        return late[0].rstrip(".")
    if not sum(listed.tested.values()):
        return listed.alerts.title
    waits = " and ".join(_waiting(request))
    reach = f"the figures reach the {window_word()} of this meeting"
    return f"{sentence(waits)}; {reach}" if waits else sentence(reach)


def _waiting(request: Request) -> Iterable[str]:
    """What somebody still has to do: '2,287 faults on reports wait to be put right', '2 returns are
    not signed'."""
    faults = _stock(request)
    if faults and faults["reports"] and (count := faults["open_faults"]):
        waits = "waits" if count == 1 else "wait"
        yield f"{phrases.many(count, 'fault')} on reports {waits} to be put right"
    if owed := len(returns.owed(request)):
        yield f"{phrases.many(owed, 'return')} {'is' if owed == 1 else 'are'} not signed"


def _stock(request: Request) -> Faults | None:
    """The stock of faults on the last day known; None where no measure counts them."""
    stock = request.stock_of_faults
    if stock is None:
        return None
    return rows.typed(Faults, request.run("fitness_faults", measure=stock))[0]


def unfit(request: Request) -> bool:
    """Whether figures that the meeting would look at are late or were never sent."""
    lines = rows.typed(Fit, strip(request).rows)
    listed = alert_list.alert_list(request)
    return bool(listed.fit) or any(row["label"] in (BEHIND, NOT_SENT) for row in lines)


def _line(label: str, value: str, detail: str) -> Fit:
    return {"label": label, "value": value, "detail": detail}


def _records(request: Request) -> Records:
    return rows.typed(Records, request.run("fitness_records"))[0]


def _validated(request: Request) -> Iterable[Fit]:
    row = _records(request)
    if not row["reports"]:
        return
    yield _line(
        "Validated",
        f"{numbers.share_of(row['validated'], row['reports'])} of reports",
        f"{row['validated']:,} of {row['reports']:,} crime reports of the last twelve months",
    )


def _faults(request: Request) -> Iterable[Fit]:
    """What the stock of faults holds on the last day known, and the age of the oldest."""
    stock, row = request.stock_of_faults, _stock(request)
    if stock is None or row is None or not row["reports"]:
        return
    oldest = (
        f", oldest {phrases.many(row['oldest_days'], 'day')}"
        if row["oldest_days"] is not None
        else ""
    )
    yield _line(
        request.measures[stock].name,
        f"{row['open_faults']:,}{oldest}",
        f"on {row['faulty']:,} of {row['reports']:,} reports of all {request.force}, which wait to "
        f"be put right; {row['of_directorate']:,} of the faults are of {request.directorate}",
    )


def _behind(request: Request) -> Iterable[Fit]:
    """Measures whose figures end before the meeting's window does."""
    until: dict[str, date] = {}
    for row in request.coverage_rows:
        until[row["measure"]] = max(row["until"], until.get(row["measure"], row["until"]))
    lags = {
        name: (request.fortnight.until - end) // calendar().window
        for name, end in until.items()
        if end < request.fortnight.until
    }
    far = {name: lag for name, lag in lags.items() if lag > _usual_lag(request, name)}
    if far:
        last = min(far, key=lambda name: until[name])
        name = request.measures[last].name
        ends = day_words(until[last].fromordinal(until[last].toordinal() - 1))
        yield _line(
            BEHIND,
            f"{len(far)} of {len(until)} measures",
            f"furthest {name}: its figures end on {ends}",
        )
    missing = [item for item in request.measures.values() if item.id not in until]
    if missing:
        names = ", ".join(item.name for item in missing[:3])
        more = f" and {len(missing) - 3} others" if len(missing) > 3 else ""
        yield _line("No data", f"{len(missing)} measures", f"[x] {names}{more}")


def _returns(request: Request) -> Iterable[Fit]:
    """Returns that were not sent, the latest named."""
    every = rows.typed(NotSent, request.run("returns_missing", measure=None, unit=None))
    owed = [row for row in every if next_start(row["period_start"], row["grain"]) <= request.as_at]
    if not owed:
        return
    last = max(owed, key=lambda row: row["period_start"])
    name = request.measures[last["measure"]].name
    when = dates.period(last["period_start"], last["grain"])
    many = "1 return" if len(owed) == 1 else f"{len(owed):,} returns"
    yield _line(
        NOT_SENT,
        f"{many} {numbers.MISSING}",
        f"missing, not none; the latest: {name}, {last['unit_code']}, {when}",
    )


def _unsigned(request: Request) -> Iterable[Fit]:
    """Returns that nobody has signed as they stand; or that none was ever signed."""
    known = returns.returns(request)
    if not known:
        return
    owed, state = returns.owed(request), {item.state for item in known}
    if state == {returns.BEFORE}:
        yield _line(SIGNED, "none yet", returns.NONE_SIGNED)
    elif owed:
        asked = sum(item.state != returns.BEFORE for item in known)
        many = f"{len(owed)} of {asked} returns not"
        yield _line(SIGNED, many, f"{returns.said(owed)}: {returns.WHY}")


def unsigned(request: Request) -> tuple[str, ...]:
    """The same as sentences of a message; () where all is signed."""
    return tuple(f"{row['label']}: {row['value']}. {row['detail']}." for row in _unsigned(request))


def _usual_lag(request: Request, measure: str) -> int:
    """Whole windows that a measure of its grain may lag: a month's figures come after it."""
    grains = {row["grain"] for row in request.coverage_rows if row["measure"] == measure}
    if grains & {"day", "week"}:
        return 0
    return 3 if "month" in grains else 8


def _unknown(request: Request) -> Iterable[Fit]:
    """Share of what is counted whose place is not known."""
    records = _records(request)
    if records["reports"]:
        yield _line(
            f"{sentence(area_word())} unknown",
            f"{numbers.share_of(records['unknown_area'], records['reports'])} of reports",
            f"{records['unknown_area']:,} of {records['reports']:,} crime reports",
        )
        return
    for row in rows.typed(Published, request.run("fitness_published")):
        if row["unknown_area"]:
            yield _line(
                f"{sentence(area_word())} unknown",
                f"{numbers.share_of(row['unknown_area'], row['counted'])} of {row['publisher']}",
                f"{row['unknown_area']:,.0f} of {row['counted']:,.0f} published offences",
            )


def _warnings(request: Request) -> Iterable[Fit]:
    warnings = [str(item) for item in request.snapshot.manifest.get("warnings", [])]
    if not warnings:
        return
    said = warnings[:MOST_WARNINGS]
    more = f"; and {len(warnings) - len(said)} more" if len(warnings) > len(said) else ""
    count = "1 warning" if len(warnings) == 1 else f"{len(warnings)} warnings"
    yield _line("Loading", count, "; ".join(said) + more)
