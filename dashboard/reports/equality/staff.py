"""Who works in each unit: women and minority ethnic staff, as the last return says."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple, TypedDict

from dashboard import rows
from dashboard.access import Disclosed, suppression
from dashboard.access.disclosure import METHOD, Note, People
from dashboard.reports.equality.groups import HIDDEN
from dashboard.reports.equality.telling import once, telling
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.stats import intervals
from dashboard.words import dates, numbers, phrases

ALL = "All"
PARTS = ("female", "minority_ethnic")
HIDING = "[c] a count of 1 to 4, or one that would give such a count back."
NO_SHARE = rows.Hidden(f"{HIDDEN}, or nobody is in post", alone=False)
NO_REMARK = f"{NO_SHARE}; or the share of all units is hidden, or of all units"


class Staff(TypedDict):
    """A unit's staff in post, or all units', and what part of them each of PARTS is."""

    unit_code: str
    month: Annotated[date | None, "null: of all units"]
    in_post: int
    female: Annotated[int | None, HIDDEN]
    female_share: Annotated[float | None, NO_SHARE]
    female_low: Annotated[float | None, NO_SHARE]
    female_high: Annotated[float | None, NO_SHARE]
    minority_ethnic: Annotated[int | None, HIDDEN]
    minority_ethnic_share: Annotated[float | None, NO_SHARE]
    minority_ethnic_low: Annotated[float | None, NO_SHARE]
    minority_ethnic_high: Annotated[float | None, NO_SHARE]
    female_remark: Annotated[str | None, NO_REMARK]  # fewer or more, '' neither
    minority_ethnic_remark: Annotated[str | None, NO_REMARK]


class Returned(TypedDict):
    """A row of the query equality_workforce."""

    unit_code: str
    month: date
    in_post: Annotated[float | None, "null: not said"]
    female: Annotated[float | None, "null: not said"]
    minority_ethnic: Annotated[float | None, "null: not said"]


class Unit(NamedTuple):
    """A unit's counts, as its return says them: all three, true together."""

    code: str
    month: date | None
    in_post: int
    parts: tuple[int, int]  # of PARTS


class Part(NamedTuple):
    """One of PARTS as it may be shown: None where it may not."""

    n: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    remark: str | None = None


def parts_of(row: Staff) -> tuple[Part, Part]:
    """Those of a row, in the order of PARTS."""
    return (
        Part(
            row["female"],
            row["female_share"],
            row["female_low"],
            row["female_high"],
            row["female_remark"],
        ),
        Part(
            row["minority_ethnic"],
            row["minority_ethnic_share"],
            row["minority_ethnic_low"],
            row["minority_ethnic_high"],
            row["minority_ethnic_remark"],
        ),
    )


@kept(8)
def workforce(request: Request) -> Disclosed:
    """Staff in post by unit, with women and minority ethnic staff and their intervals.

    A unit's share is remarked on where its interval does not hold the share of all units.
    raises  NotAllowedError as telling.telling does
    """
    request = telling(request)
    known = rows.typed(Returned, request.run("equality_workforce"))
    told = [(row["unit_code"], _told(row)) for row in known]
    units = [unit for _, unit in told if unit]
    few = [unit.code for unit in units if suppression.small(unit.in_post)]
    staff = _shown([unit for unit in units if unit.code not in few])
    missing = [code for code, unit in told if not unit]
    months = sorted({row["month"] for row in staff if row["month"]})
    return request.disclose(
        rows.table(Staff, staff),
        title=_title(staff),
        subtitle=f"staff in post, {dates.period(months[-1], 'month')}" if months else "",
        notes=(
            "[–] 95 % intervals.",
            Note("Intervals: Wilson.", METHOD),
            HIDING,
            once(request),
            f"No return of {phrases.listed(missing)}." if missing else "",
            f"Left out, with fewer than five in post: {phrases.listed(few)}." if few else "",
        ),
        query="equality_workforce",
        people=People(PARTS),
    )


def _told(row: Returned) -> Unit | None:
    """The counts as whole numbers; None where the return does not say all three, or they can't be
    true together."""
    if row["in_post"] is None or row["female"] is None or row["minority_ethnic"] is None:
        return None
    whole, parts = round(row["in_post"]), (round(row["female"]), round(row["minority_ethnic"]))
    if not all(0 <= part <= whole for part in parts):
        return None
    return Unit(row["unit_code"], row["month"], whole, parts)


def _shown(units: list[Unit]) -> list[Staff]:
    if not units:
        return []
    units = sorted(units, key=lambda unit: (int("0" + _digits(unit.code)), unit.code))
    female, minority = (sum(unit.parts[at] for unit in units) for at in range(len(PARTS)))
    total = Unit(ALL, None, sum(unit.in_post for unit in units), (female, minority))
    every = [*units, total]
    hidden = [_hidden(every, at) for at in range(len(PARTS))]
    return [_staff(unit, *(_part(unit, at, hidden[at], total) for at in (0, 1))) for unit in every]


def _staff(unit: Unit, female: Part, minority: Part) -> Staff:
    return {
        "unit_code": unit.code,
        "month": unit.month,
        "in_post": unit.in_post,
        "female": female.n,
        "female_share": female.share,
        "female_low": female.low,
        "female_high": female.high,
        "minority_ethnic": minority.n,
        "minority_ethnic_share": minority.share,
        "minority_ethnic_low": minority.low,
        "minority_ethnic_high": minority.high,
        "female_remark": female.remark,
        "minority_ethnic_remark": minority.remark,
    }


def _hidden(every: list[Unit], at: int) -> set[str]:
    """Units, or ALL, whose count of a part or of all others is hidden. How many are in post is
    no secret; all are hidden where no pattern protects the small counts."""
    counts: dict[tuple[str, str], int] = {}
    for unit_ in every:
        unit, whole, count = unit_.code, unit_.in_post, unit_.parts[at]
        counts |= {(unit, "part"): count, (unit, "rest"): whole - count, (unit, "post"): whole}
    units = [unit_.code for unit_ in every]
    sums = [((unit, "post"), [(unit, "part"), (unit, "rest")]) for unit in units]
    sums += [
        ((ALL, kind), [(unit, kind) for unit in units if unit != ALL]) for kind in ("part", "rest")
    ]
    withheld = suppression.pattern(counts, sums, public={(unit, "post") for unit in units})
    return set(units) if withheld is None else {unit for unit, _ in withheld}


def _digits(code: str) -> str:
    return "".join(char for char in code if char.isdigit())


def _part(unit: Unit, at: int, hidden: set[str], total: Unit) -> Part:
    """The count of one of PARTS with share and interval where it may be shown, and a remark where
    the total's may be."""
    if unit.code in hidden:
        return Part()
    n = unit.parts[at]
    if not unit.in_post:
        return Part(n)
    low, high = intervals.wilson(n, unit.in_post)
    if ALL in hidden:
        return Part(n, n / unit.in_post, low, high)
    whole = total.parts[at] / total.in_post
    remark = "fewer" if high < whole else "more" if low > whole else ""
    return Part(n, n / unit.in_post, low, high, remark)


def _title(staff: list[Staff]) -> str:
    total = next((row for row in staff if row["unit_code"] == ALL), None)
    if total is None:
        return "No return tells who works in the units [x]"
    said = [
        f"{words} are {part.n:,} of {total['in_post']:,} ({numbers.figure(part.share, 'percent')})"
        for part, words in zip(parts_of(total), ("women", "minority ethnic staff"), strict=True)
        if part.n is not None and total["in_post"]
    ]
    return phrases.sentence(phrases.listed(said)) if said else "Staff by unit"
