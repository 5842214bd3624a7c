"""What a chart of a measure is called: of a part, the part is in its title."""

from __future__ import annotations

from datetime import date

from dashboard import reports
from dashboard.reports.measure import chart_rows, wording


def test_a_chart_of_one_borough_says_so_in_its_title(sample_data):
    request = reports.open_request(date(2004, 7, 12), None, sample_data)
    whole = chart_rows.track_of(request, "SCD7", "commercial_robbery")
    part = chart_rows.in_borough(request, whole, "E09000012")
    assert "Hackney" not in chart_rows.chart(request, whole).title
    found = chart_rows.chart(request, part, "E09000012")
    assert found.title.startswith(f"{whole.measure.name} in Hackney ")
    assert wording.placed(wording.statement(part), whole.measure.name, "Hackney") == found.title
