"""What stands beside the form of a decision: what could be seen of it, what was tried before, and
what the units have to spare."""

from __future__ import annotations

from dashboard import rows
from dashboard.reports import Disclosed, Request
from dashboard.reports.decisions import board, lending, on_chart, prospects
from dashboard.reports.decisions.board import Decided
from dashboard.reports.decisions.prospects import Prospect
from dashboard.ui.decisions import cells
from dashboard.ui.kit import section
from dashboard.ui.kit.markup import strong
from dashboard.ui.kit.typed import Typed
from dashboard.words import phrases

MOST_TRIED = 5


def _told(request: Request, form: Typed) -> Prospect | None:
    """What can be told of the effect that is typed; None where none is."""
    measure, ratio = form.get("measure"), 1 + form.get("percent", 0) / 100
    if not measure or ratio == 1:
        return None
    return prospects.prospect(
        request,
        measure,
        request.measures[measure].owner,
        tuple(sorted(form.get("boroughs") or ())),
        ratio,
        form.get("horizon", 6),
        prospects.taken(board.book_of(request), measure),
    )


def prospect(request: Request, form: Typed) -> None:
    """What could be seen of the effect that is typed."""
    if not form.get("measure"):
        section.note("No count shows what is expected: nothing will be judged.")
        return
    foreseen = _told(request, form)
    if foreseen is None:
        section.note("Say what change is expected of the count.")
        return
    first, *others = foreseen.sentences
    section.html(strong(first))
    section.note(*others)
    if foreseen.sealed:
        section.note("All of this is sealed when it is saved: nobody can choose it afterwards.")


def warn(request: Request, form: Typed) -> None:
    """Above the button that saves: that no result is to be had of what is typed, where none is."""
    foreseen = _told(request, form)
    if foreseen and foreseen.sealed and not foreseen.shows:
        section.fault(
            "Saved like this, nobody will be able to tell within a year whether it worked: expect "
            "more of it, act in more places, or choose no count."
        )


def strained(form: Typed, pressure: Disclosed) -> None:
    """Above the button that saves: what is said of each unit that is to lend and has an alert, is
    over its profile or is the most loaded."""
    lending = {form.get(f"giver-{place}") for place in range(form.get("moves", 0))}
    lending |= {form.get(f"gave-{place}") for place in range(form.get("budgets", 0))}
    for row in rows.typed(cells.Spare, pressure.rows):
        if row["unit_code"] in lending and row["strain"]:
            section.fault(f"{row['strain']}: to take from it costs it there.")


def tried(request: Request, form: Typed) -> None:
    """What was decided before on the measure anywhere, and on its kind where it is to act and next
    to it; nothing where no measure is chosen."""
    if not (measure := form.get("measure")):
        return
    attempts = on_chart.tried(request, measure, form.get("boroughs") or ())
    name = phrases.inside(request.measures[measure].name)
    with section.card("tried", "What was tried before"):
        if not attempts.rows.num_rows:
            section.note(
                f"Nothing was decided on {name} before, nor on its kind here or next to it."
            )
            return
        lines = cells.tried(rows.typed(Decided, attempts.rows)[:MOST_TRIED])
        section.table(cells.TRIED, lines, caption=attempts.title)
        more = attempts.rows.num_rows - len(lines)
        section.note(f"And {more} more on the decisions page." if more > 0 else "")


def spare(form: Typed, pressure: Disclosed, *, officers: bool) -> None:
    """What the units that are named, and those below their overtime profile, have to spare; above
    it who could lend officers most safely, where `officers` can be moved."""
    named = [form.get("owner_unit")]
    for place in range(form.get("moves", 0)):
        named += [form.get(f"giver-{place}"), form.get(f"taker-{place}")]
    for place in range(form.get("budgets", 0)):
        named += [form.get(f"gave-{place}"), form.get(f"got-{place}")]
    able = rows.typed(cells.Spare, pressure.rows)
    if officers:
        section.note(lending.safest(able, {form.get("owner_unit"), *named[2::2]}))
    lines = cells.spare(able, [code for code in named if code])
    if lines:
        section.table(cells.SPARE, lines, caption="What the units have to spare")
    else:
        section.note("Choose the unit that owns it.")
