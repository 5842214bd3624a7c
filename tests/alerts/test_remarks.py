"""An alert is explained and marked: beside its figure, as it stood at each meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard import reports
from dashboard.access import LOCAL
from dashboard.decisions.remarks import ACTED_ON, KNOWN, NOISE
from dashboard.errors import NotAllowedError, UsageError
from dashboard.reports.alerts import alert_list, remarks
from dashboard.reports.packs import contents
from dashboard.reports.tasking import agenda, digest
from dashboard.store import ConflictError

AS_AT, BEFORE = date(2004, 7, 12), date(2004, 6, 28)
WORDS = "One crew; two are charged"


@pytest.fixture
def data(sample_copy):
    return sample_copy()


@pytest.fixture
def request_(data):
    return reports.open_request(AS_AT, None, data)


def first(request):
    return alert_list.alert_list(request).alerts.rows.to_pylist()[0]


def test_what_is_said_stands_on_page_paper_wall_and_mail(request_):
    alert = first(request_)
    assert remarks.known(request_).words(alert) == ""
    assert not any("acted on" in item.strip for item in agenda.agenda(request_))
    remarks.put(request_, "Ann", alert, ACTED_ON, WORDS, None)
    said = remarks.known(request_).words(alert)
    assert "acted on" in said and "Ann" in said and said.endswith(WORDS)
    assert any(WORDS in line for _, lines in digest.digest(request_).parts for line in lines)
    assert any("acted on" in item.strip for item in agenda.agenda(request_))
    for name, of in (("tasking", {}), ("unit", {"unit": alert["unit_code"]})):
        pack = contents.pack(request_, name, **of)
        assert any(WORDS in line for line in texts(pack)), name
    assert remarks.known(request_).marked == "Marked at their meetings: 1 acted on."


def texts(pack):
    """Sentences, and what is said in the rows of alerts."""
    blocks = [item for section in pack.sections for item in section.blocks]
    alerts = [item.shown.rows for item in blocks if getattr(item, "name", "") == "alerts"]
    said = [words for rows in alerts for words in rows["explanation"].to_pylist()]
    return [*said, *(item for item in blocks if isinstance(item, str))]


def test_it_is_said_again_by_who_saw_the_last_word(request_):
    alert = first(request_)
    row = remarks.put(request_, "Ann", alert, KNOWN, WORDS, None)
    with pytest.raises(ConflictError):
        remarks.put(request_, "Bob", alert, NOISE, "", None)
    remarks.put(request_, "Bob", alert, None, "No crew after all", row["version"])
    assert remarks.known(request_).words(alert).startswith("Explained by Bob")
    # Taking every word back leaves nothing beside the figure, and the history keeps it.
    remarks.put(request_, "Bob", alert, None, "", row["version"] + 1)
    assert remarks.known(request_).words(alert) == "" and remarks.known(request_).marked == ""


def test_a_meeting_before_knows_nothing_of_it(request_, data):
    alert = first(request_)
    remarks.put(request_, "Ann", alert, NOISE, "", None)
    earlier = reports.open_request(BEFORE, None, data)
    assert remarks.known(earlier).words(alert) == "" and remarks.known(earlier).marked == ""


@pytest.mark.parametrize(
    ("mark", "words", "why"),
    [(None, "  ", "write what explains"), ("sure", "", "marked as"), (None, "x" * 4001, "at most")],
)
def test_a_remark_that_says_nothing_or_too_much_is_refused(request_, mark, words, why):
    with pytest.raises(UsageError, match=why):
        remarks.put(request_, "Ann", first(request_), mark, words, None)


def test_a_commander_explains_the_own_units_alerts_only(request_):
    alert = first(request_)  # of SCD7
    own = replace(LOCAL, name="ocu_commander", words="OCU commander", records="own", unit="SCD7")
    for role, allowed in (
        (own, True),
        (replace(own, unit="SCD8"), False),
        (replace(own, may=frozenset()), False),
        (replace(own, unit=None, records="all"), True),
    ):
        asked = replace(request_, role=role)
        assert remarks.may(asked, alert["unit_code"]) is allowed
        if not allowed:
            with pytest.raises(NotAllowedError):
                remarks.put(asked, "Ann", alert, KNOWN, "", None)
