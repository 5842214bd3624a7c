"""What is wrong with targets, profiles, meetings, sources and rates: all that has a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from dashboard.catalogue.directorate import WEEKDAYS, Directorate
from dashboard.catalogue.lines import Tables, at, by, grouped, value_defined
from dashboard.catalogue.reading import Line
from dashboard.periods import day_words

SHARE_TOLERANCE = 0.001  # shares are written to three or four places


def plan_faults(tables: Tables) -> Iterator[str]:
    """Every fault of the files that say when something holds."""
    for check in (
        span_faults,
        target_faults,
        profile_faults,
        source_faults,
        rate_faults,
    ):
        yield from check(tables)


def span_faults(tables: Tables) -> Iterator[str]:
    for table in ("targets", "sources", "priorities", "overtime_rates"):
        for line in tables[table].good:
            since, until = line.record.since, line.record.until
            if since and until and since >= until:
                yield f"{at(table, line)}: since is before until; got: {since} and {until}"


def overlaps(one: Line, other: Line) -> bool:
    """Whether two spans share a day; a blank end is open."""
    a, b = one.record, other.record
    return (a.since or date.min) < (b.until or date.max) and (b.since or date.min) < (
        a.until or date.max
    )


def target_faults(tables: Tables) -> Iterator[str]:
    """A year has one target, revised only as a whole: the latest `set_on` serves all of it."""
    for line in tables["targets"].good:
        if line.record.set_on >= line.record.until:
            yield f"{at('targets', line)}: a target is set before its span ends"
    for same in grouped(tables["targets"].good, by("measure", "unit_code")).values():
        for first, line in combinations(same, 2):
            a, b = first.record, line.record
            revised = (a.since, a.until) == (b.since, b.until) and a.set_on != b.set_on
            if overlaps(first, line) and not revised:
                yield (
                    f"{at('targets', line)}: the target of {b.measure} for {b.unit_code} "
                    f"overlaps the one on line {first.number}"
                )


def profile_faults(tables: Tables) -> Iterator[str]:
    for same in grouped(tables["profiles"].good, by("measure", "unit_code")).values():
        where, months = at("profiles", same[0]), {line.record.month for line in same}
        measure, unit = same[0].record.measure, same[0].record.unit_code
        total = sum(line.record.share for line in same)
        if len(months) != 12:
            missing = ", ".join(str(m) for m in range(1, 13) if m not in months)
            yield f"{where}: the profile of {measure} for {unit} lacks the months {missing}"
        elif abs(total - 1) > SHARE_TOLERANCE + 1e-9:
            yield f"{where}: the shares of {measure} for {unit} add up to 1; got: {total:.4f}"


def meeting_faults(tables: Tables, directorate: Directorate) -> Iterator[str]:
    """Exceptions to the grid that lie on no day of it, or are none."""
    grid = directorate.calendar
    one = grid.window_end + timedelta(days=grid.cut_off)
    for line in tables["meetings"].good:
        meeting, where = line.record, at("meetings", line)
        if meeting.kind != "tactical":
            continue
        if (meeting.grid_date - one) % grid.window:
            yield (
                f"{where}: grid_date is a {WEEKDAYS[one.weekday()]} of the tactical grid "
                f"({day_words(one)} and every {grid.window.days} days); got: {meeting.grid_date}"
            )
        if meeting.held_on == meeting.grid_date:
            yield f"{where}: a meeting held on its grid date is no exception"


def source_faults(tables: Tables) -> Iterator[str]:
    for same in grouped(tables["sources"].good, by("subject", "rank")).values():
        for first, line in combinations(same, 2):
            if overlaps(first, line):
                yield (
                    f"{at('sources', line)}: rank {line.record.rank} of {line.record.subject} "
                    f"is taken by line {first.number} in the same span"
                )


def rate_faults(tables: Tables) -> Iterator[str]:
    for line in tables["overtime_rates"].good:
        if not value_defined(tables, "overtime_category", line.record.category):
            yield (
                f"{at('overtime_rates', line)}: category is an overtime_category of values.csv; "
                f"got: {line.record.category!r}"
            )
    for table, key in (("overtime_rates", "category"), ("priorities", "code")):
        for same in grouped(tables[table].good, by(key)).values():
            for first, line in combinations(same, 2):
                twice = first.record.since == line.record.since
                if overlaps(first, line) and not twice:
                    yield f"{at(table, line)}: the span overlaps the one on line {first.number}"
