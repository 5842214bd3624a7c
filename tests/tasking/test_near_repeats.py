"""Near repeats of several kinds of crime at one meeting: each held to what all of them allow."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from dashboard.periods import Period
from dashboard.reports.tasking import clusters
from dashboard.stats.knox import Knox

SPAN = Period(date(2004, 6, 28), date(2004, 7, 12))


class Asked:
    """A request that knows four kinds of robbery and one borough."""

    measures = {name: SimpleNamespace(name=name) for name in clusters.TESTED}
    catalogue = SimpleNamespace(areas={"E09000012": SimpleNamespace(name="Hackney")})

    def disclose(self, rows, *, title, **_):
        return SimpleNamespace(rows=rows, title=title)


def found_with(monkeypatch, chances: list[float | None]):
    """The result where the kinds, in order, came with these p; None: no two events near."""
    kinds = clusters.TESTED[: len(chances)]
    events = {name: [(date(2004, 7, 1), "E09000012")] * (i + 2) for i, name in enumerate(kinds)}
    results = [p if p is None else Knox(9, 1, 0.5, 0, 2, p) for p in chances]
    here = SimpleNamespace(read=SimpleNamespace(window=dict.fromkeys(kinds, SPAN)))
    monkeypatch.setattr(clusters, "found", lambda request: here)
    monkeypatch.setattr(clusters, "dated_events", lambda request, _: events)
    monkeypatch.setattr(clusters, "_test", lambda request, these: results[len(these) - 2])
    return clusters.clusters(Asked())


@pytest.mark.parametrize(
    ("chances", "said"),
    [
        ([0.013, 0.5, 0.6, 0.7], "No run of near repeats"),  # 4 × .013 is .052
        ([0.012, 0.5, 0.6, 0.7], "shootings came in runs of neighbouring boroughs"),  # .048
        ([0.049], "shootings came in runs of neighbouring boroughs"),  # alone it stands as it is
        ([0.04, None, None, None], "shootings came in runs of neighbouring boroughs"),
    ],
)
def test_a_kind_is_held_to_all_kinds_looked_at(monkeypatch, chances, said):
    result = found_with(monkeypatch, chances)
    assert result.title == said
    first = result.rows.to_pylist()[0]
    assert ("no more than chance" in first["sentence"]) == said.startswith("No run")


def test_one_pair_is_one(monkeypatch):
    first = found_with(monkeypatch, [0.5]).rows.to_pylist()[0]
    assert "1 pair of its 2 within 3 days" in first["sentence"]


def test_without_neighbours_there_is_nothing_to_test(monkeypatch):
    first = found_with(monkeypatch, [None]).rows.to_pylist()[0]
    assert first["p"] is None and first["adjusted"] is None
    assert first["sentence"].endswith("no two in boroughs that touch.")


def test_without_events_by_day_it_says_so(monkeypatch):
    assert "no events are known by day" in found_with(monkeypatch, []).title
