"""What stands first of a series, wherever it is spoken of: its alert, before every other yardstick.

Limits of a month and limits for a borough's size look at other spans against other yardsticks. They
may say "within" of what the list says "beyond" of: they are said after it, under their own names.
"""

from __future__ import annotations

from dashboard.reports.alerts import alert_list, alert_words
from dashboard.reports.alerts.alert_row import Alert
from dashboard.reports.request import Request
from dashboard.words import phrases


def alerts_on(
    request: Request,
    *,
    measure: str | None = None,
    unit: str | None = None,
    borough: str | None = None,
) -> tuple[Alert, ...]:
    """Rows of the alert list that speak of something, strongest evidence first.

    measure  the row is of it
    unit     the row is the unit's, or of a measure that the unit owns
    borough  the row is of the borough, alone or with those that touch it
    """
    return tuple(
        row
        for row in alert_list.alerts(request)
        if measure in (None, row["measure"])
        and unit in (None, row["unit_code"], request.measures[row["measure"]].owner)
        and (borough is None or borough in row["boroughs"])
    )


def sentences(rows: tuple[Alert, ...]) -> tuple[str, ...]:
    """'Commercial robbery in Ashby: 14 in the fortnight to 11 July, 5.2 expected (1–10)' each."""
    return tuple(alert_words.figures(row) for row in rows)


def alert_title(rows: tuple[Alert, ...]) -> str:
    """'Alert: commercial robbery in Ashby: 14 in …'; of several the first, and how many more."""
    first, more = sentences(rows)[0], len(rows) - 1
    others = f", and {more} more alert{'' if more == 1 else 's'}" if more else ""
    return f"Alert: {first}{others}"


def watched(request: Request, measure: str, unit: str | None, borough: str | None) -> str:
    """'On the watch list: commercial robbery in Ashby: 14 in the fortnight …' of that very series;
    '' where it is not on the list.

    unit     whose it is; None: whoever's
    borough  None: of all boroughs together
    """
    for row in alert_list.of_tier(alert_list.alert_list(request).watch):
        its = row["measure"] == measure and row["borough"] == borough
        if its and (borough or unit in (None, row["unit_code"])):
            return f"On the watch list: {phrases.inside(alert_words.figures(row))}"
    return ""
