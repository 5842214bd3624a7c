"""What the fitness strip says of open faults is what the quality page adds up."""

from __future__ import annotations

from dashboard import reports
from dashboard.reports.quality import faults
from dashboard.reports.tasking import fitness

HEAD = (
    "crime_ref,reported_on,offence,borough,ocu,detected_on,detection,detection_authorised_on,"
    "validated_on\n"
)
BOTH = "A,2004-06-01,kidnap,Camden,SCD7,2004-06-10,sanction,,\n"  # nor validated, nor authorised
ONE = "B,2004-06-02,kidnap,Camden,SCD7,,,,\n"
NONE = "C,2004-06-03,kidnap,Camden,SCD7,2004-06-10,sanction,2004-06-10,2004-06-04\n"


def test_a_report_with_two_faults_is_two_faults_on_one_report(folder):
    folder.load("crimes", HEAD + BOTH + ONE + NONE, "2004-07-11")
    request = reports.open_request(folder.publish("2004-07-12").as_at, None, folder.data)
    name = request.measures[request.stock_of_faults].name
    (line,) = [row for row in fitness.strip(request).rows.to_pylist() if row["label"] == name]
    assert line["value"].startswith("3, oldest ")
    assert "on 2 of 3 reports of all MPS" in line["detail"]
    assert "3 of the faults are of SCD" in line["detail"]
    known = {
        row["fault"]: row["n"] for row in faults.kinds(request, request.force).rows.to_pylist()
    }
    assert known["unvalidated"] + known["detection_unauthorised"] == 3
