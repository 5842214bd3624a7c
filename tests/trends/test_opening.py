"""The measure that Trends opens on where the address names none: the worst standing of that day."""

from datetime import date
from types import SimpleNamespace

import pytest

from dashboard import reports
from dashboard.reports.alerts import standing
from dashboard.reports.measure import claims, verdicts, wording
from dashboard.reports.measure.tracks import tracks
from dashboard.reports.trends import asking, opening


@pytest.fixture(scope="module")
def at(sample_data):
    return lambda day: reports.open_request(date.fromisoformat(day), data=sample_data)


def test_an_alert_leads_the_strongest_first_and_it_is_said(at):
    request = at("2004-07-12")
    found, alerts = asking.asked_of_address(request, {}), standing.alerts_on(request)
    assert found.place.measure == alerts[0]["measure"] == "commercial_robbery"
    assert any(f"strongest of {len(alerts)}" in item for item in found.remarks)
    # its link says the measure from then on: nothing was chosen
    assert asking.asked_of_address(request, {"measure": "commercial_robbery"}).remarks == ()


def test_without_an_alert_its_own_limits_lead_and_then_the_target(at, monkeypatch):
    request = at("2004-06-28")
    assert standing.alerts_on(request) == ()
    known = asking.measures(request)
    name, why = opening.opening(request, known)
    track = tracks(request, request.measures[name].owner)[name]
    # beyond its limits, for the worse, in a period that is settled
    assert track.variation.startswith("concern") and wording.is_settled(track)
    assert claims.claim(track).kind in claims.BEYOND and "no alert stands" in why
    monkeypatch.setattr(opening.wording, "is_beyond", lambda _track: False)
    name, why = opening.first_measure(request, known, None)
    row = verdicts.verdict(request, tracks(request, request.measures[name].owner)[name])
    assert verdicts.is_missed(row["miss"]) and "target" in why


@pytest.mark.parametrize(
    ("variation", "judged", "news"),
    [
        ("concern_high", 3, True),
        ("neutral_low", 3, True),  # of what has no better side
        ("improvement_high", 3, False),
        ("common", 3, False),
        ("concern_high", 2, False),  # its last period is not settled
    ],
)
def test_news_is_what_is_unusual_settled_and_not_for_the_better(variation, judged, news):
    track = SimpleNamespace(variation=variation, judged=judged, points=[1, 2, 3])
    assert opening.is_news(track) == news


def test_a_unit_of_the_address_is_asked_for_its_own(at):
    request = at("2004-07-12")
    name = asking.asked_of_address(request, {"unit": "SCD5"}).place.measure
    assert standing.alerts_on(request, unit="SCD5") == ()  # the alerts are of SCD7 and SCD8
    assert name in tracks(request, "SCD5")


def test_without_any_figures_the_first_of_the_plan(folder):
    folder.load("crimes", "crime_ref,reported_on,offence,borough,ocu\n", "2004-07-01")
    folder.publish("2004-07-12")
    request = reports.open_request(data=folder.data)
    found = asking.asked_of_address(request, {})
    assert found.place.measure == asking.measures(request)[0]
    assert any("no alert stands" in item for item in found.remarks)
