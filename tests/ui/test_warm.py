"""After warming, a first page asks the snapshot nothing that a cache could hold."""

from datetime import date
from unittest.mock import patch

from dashboard import queries, reports
from dashboard.reports.alerts import alert_list
from dashboard.reports.measure import tracks
from dashboard.reports.tasking import agenda, objectives
from dashboard.ui.shell import warm


def test_the_meeting_asks_nothing_after_warming(sample_data):
    request = reports.open_request(date(2004, 7, 12), None, sample_data)
    taken = warm.warm(request)
    assert list(taken)[:3] == ["meeting", "units", "wall"]
    # Each other as-at is opened, the latest first.
    assert list(taken)[3:] == sorted(list(taken)[3:], reverse=True)
    assert len(taken) == 10
    again = reports.open_request(date(2004, 7, 12), None, sample_data)
    with patch.object(queries.Connection, "run") as run:
        alert_list.alert_list(again)
        objectives.board(again)
        agenda.agenda(again)
        tracks.tracks(again, "SCD7")
    assert run.call_count == 0
