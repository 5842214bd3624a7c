"""What makes money implausible: a unit's month beside what was known of it, and beside its months.

Sums over units or years hide a slip in one of them, so money is held cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dashboard.ingest.parsing import quoted
from dashboard.ingest.work import Work
from dashboard.periods import day_words

# A month that was known, and what an hour of overtime costs, move by no more than this factor: a
# slip of a digit, a sum said twice and pence for pounds lie beyond it, a late invoice does not.
RESTATED = 1.5
# A month that is new lies at most so many times above the median of the unit's own under the
# heading, of which FEWEST are known.
ABOVE = 3.0
FEWEST = 6
MATTERS = 10_000  # pounds; what is less moves freely
HOURS = 40  # of overtime in a month, below which its price says nothing
SHOWN = 3

RESTATED_MONTHS = f"""
    select abs(n.gbp - o.gbp) as far, n.unit_code, n.heading, n.month, o.gbp as was, n.gbp as now
    from now as n inner join was as o using (unit_code, heading, month)
    where
        n.month + interval 1 month <= $known
        and greatest(abs(o.gbp), abs(n.gbp)) >= {MATTERS}
        and (
            sign(o.gbp) * sign(n.gbp) < 0
            or greatest(abs(o.gbp), abs(n.gbp)) > {RESTATED} * least(abs(o.gbp), abs(n.gbp))
        )
"""
NEW_MONTHS = f"""
    select
        abs(n.gbp) - m.usual as far, n.unit_code, n.heading, n.month, m.usual as was, n.gbp as now
    from now as n
    inner join (
        select unit_code, heading, median(abs(gbp)) as usual
        from was where gbp <> 0 group by all having count(*) >= {FEWEST}
    ) as m using (unit_code, heading)
    anti join was as o using (unit_code, heading, month)
    where abs(n.gbp) >= {MATTERS} and abs(n.gbp) > {ABOVE} * m.usual
"""
FINANCE = "select unit_code, heading, month, sum(actual_gbp)::double as gbp from ({}) group by all"
PRICES = f"""
    select
        abs(sum(n.gbp) - sum(o.gbp)) as far, ocu, date_trunc('month', worked_on)::date as month,
        sum(o.gbp) / sum(o.hours) as was, sum(n.gbp) / sum(n.hours) as now
    from now as n inner join was as o using (ocu, worked_on)
    group by ocu, month
    having
        least(sum(o.hours), sum(n.hours)) >= {HOURS}
        and greatest(was, now) > {RESTATED} * least(was, now)
"""
OVERTIME = (
    "select ocu, worked_on, sum(cost_gbp)::double as gbp, sum(hours)::double as hours "
    "from ({}) group by all"
)


def doubts(work: Work, kind: str, known: str, before: str, built: Path) -> Iterator[str]:
    """A sentence for each rule that a file of money breaks.

    known   the day on which the file was known
    before  SQL of the rows that were known before
    """
    if kind not in ("finance", "overtime"):
        return
    select = FINANCE if kind == "finance" else OVERTIME
    rows = f"select * from read_parquet({quoted(str(built))})"
    for name, of in (("was", before), ("now", rows)):
        work.execute(f"create or replace temp table {name} as {select.format(of)}")
    if kind == "overtime":
        said = [
            f"{unit} in the month from {day_words(month)} £{was:,.2f} became £{now:,.2f}"
            for _, unit, month, was, now in work.all(f"{PRICES} order by far desc")
        ]
        if said:
            yield f"what an hour costs moved by more than a factor of {RESTATED}: {_first(said)}"
        return
    known_on = f"date '{known}'"
    for select, what, verb in (
        (
            RESTATED_MONTHS,
            f"months known before moved by more than a factor of {RESTATED}",
            "became",
        ),
        (NEW_MONTHS, f"new months lie more than {ABOVE:.0f} times above the usual", "usual, now"),
    ):
        jumps = work.all(f"{select.replace('$known', known_on)} order by far desc")
        said = [
            f"{unit} {heading}, month from {day_words(month)}: £{was:,.0f} {verb} £{now:,.0f}"
            for _, unit, heading, month, was, now in jumps
        ]
        if said:
            yield f"{what}: {_first(said)}"


def _first(said: list[str]) -> str:
    more = f" and {len(said) - SHOWN:,} more" if len(said) > SHOWN else ""
    return "; ".join(said[:SHOWN]) + more
