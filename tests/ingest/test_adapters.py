"""The published formats on samples of their own shape, each with the quirks that it has."""

from datetime import date

import pytest

from dashboard import ingest
from dashboard.errors import ContentError, UsageError
from tests.ingest.conftest import totals

WIDE = (
    "MajorText,MinorText,BoroughName,202312,202401\n"
    "ROBBERY,ROBBERY OF BUSINESS PROPERTY,Camden,3,0\n"
    "ROBBERY,ROBBERY OF BUSINESS PROPERTY,Brent,2,4\n"
)
BOROUGH = "mps-borough-crime"


def test_a_wide_file_is_a_cell_a_month(folder):
    account = folder.load(BOROUGH, WIDE, vintage="2024-02-10")
    assert totals(account, "rows") == {"accepted": 2}
    assert totals(account, "value") == {"accepted": 9}
    rows = folder.rows("counts")
    assert set(rows["date"]) == {date(2023, 12, 1), date(2024, 1, 1)}
    assert set(rows["grain"]) == {"month"}
    assert rows.filter(borough="Camden")["n"].to_list() == [3, 0]  # none is said, and kept


def test_every_month_of_the_header_is_covered_and_a_month_left_out_is_not(folder):
    text = WIDE.replace("202312,202401", "202312,202402")
    folder.load(BOROUGH, text, vintage="2024-03-10")
    spans = [(item["since"], item["until"]) for item in ingest.staged(folder.data)[0].coverage]
    assert spans == [("2023-12-01", "2024-01-01"), ("2024-02-01", "2024-03-01")]


def test_a_bad_cell_names_its_month(folder):
    account = folder.load(BOROUGH, WIDE.replace("Camden,3,0", "Camden,-3,x"), vintage="2024-02-10")
    assert totals(account, "rows") == {"accepted": 1, "rejected": 1}
    assert totals(account, "value") == {"accepted": 6, "rejected": -3}
    assert folder.rejects(account) == [
        (2, "202312", "-3", "negative"),
        (2, "202401", "x", "not_a_number"),
    ]


def test_a_renamed_key_column_is_asked_for_and_settled(folder):
    text = WIDE.replace("BoroughName", "Local Area")
    with pytest.raises(ContentError) as caught:
        folder.load(BOROUGH, text, vintage="2024-02-10")
    assert (
        "no column for the area; found MajorText, MinorText, Local Area; known: borough, "
        in str(caught.value)
    )
    assert str(caught.value).endswith("say --column area=NAME")
    assert not (folder.data / "staging").exists()
    account = folder.load(BOROUGH, text, vintage="2024-02-10", columns={"area": "local area"})
    assert account.rows_accepted == 2


def test_synonyms_and_case_of_key_columns(folder):
    text = WIDE.replace("BoroughName", "lookup_boroughNAME").replace("MinorText", "minortext")
    assert folder.load(BOROUGH, text, vintage="2024-02-10").rows_accepted == 2


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"area": "Nowhere"}, "no column 'Nowhere'"),
        ({"ward": "BoroughName"}, "settles major, minor, area"),
    ],
)
def test_a_column_option_that_does_not_fit_is_a_wrong_call(folder, columns, sentence):
    with pytest.raises(UsageError, match=sentence):
        folder.load(BOROUGH, WIDE, vintage="2024-02-10", columns=columns)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (WIDE.replace("202401", "202413"), "202413 is no month"),
        (WIDE.replace("202401", "202312"), "a column twice: 202312"),
        (WIDE.replace("202312,202401", "a,b"), "no column is named by a month"),
        ("a,b\n1,2\n", "no column is named by a month"),
    ],
)
def test_a_header_that_is_no_wide_file(folder, text, sentence):
    with pytest.raises(ContentError, match=sentence):
        folder.load(BOROUGH, text, vintage="2024-02-10")


DASHBOARD = (
    "month_year,area_type,borough_snt,area_name,crime_type,crime_subtype,measure,count,refresh_date\n"
    "2025-07-01 00:00:00,Borough,Camden,Camden,Gun Crime,Gun Crime,Offences,4,2025-08-02\n"
    "2025-07-01 00:00:00,Borough,Camden,Camden,Gun Crime,Gun Crime,Positive Outcomes,5,2025-08-02\n"
    "2025-07-01 00:00:00,Safer Neighbourhood Teams,Kilburn,Kilburn,Gun Crime,Gun Crime,Offences,4,"
    "2025-08-02\n"
    "2025-07-01 00:00:00,Borough,Other / NK,,Hate crime,Hate crime,Offences,1,2025-08-02\n"
    "2025-07-01 00:00:00,Borough,Other / NK,N/K (Legacy Only),Hate crime,Hate crime,Offences,2,"
    "2025-08-02\n"
    "2025-07-01 00:00:00,Borough,Camden,Camden,Knife Crime,Knife Crime,Offences,9,2025-08-21\n"
)


def test_the_monthly_dashboard_takes_boroughs_sums_keys_and_keeps_each_vintage(folder):
    account = folder.load("mps-monthly-dashboard", DASHBOARD, vintage=None)
    assert totals(account, "rows") == {"accepted": 5, "excluded": 1}
    assert totals(account, "value") == {"accepted": 21, "excluded": 4}
    assert account.excluded == {"neighbourhood_rows": 1}
    rows = {(r["offence"], r["value"]): (r["n"], str(r["vintage"])) for r in
            folder.rows("counts").iter_rows(named=True)}  # fmt: skip
    assert rows == {
        ("Gun Crime", "offences"): (4, "2025-08-02"),
        ("Gun Crime", "outcomes"): (5, "2025-08-02"),
        ("Hate crime", "offences"): (3, "2025-08-02"),
        ("Knife Crime", "offences"): (9, "2025-08-21"),
    }
    subjects = {(c["subject"], c["vintage"]) for c in ingest.staged(folder.data)[0].coverage}
    assert ("Gun Crime", "2025-08-21") not in subjects


def test_a_measure_that_the_dashboard_never_had_is_rejected(folder):
    text = DASHBOARD.replace("Gun Crime,Offences,4", "Gun Crime,Sanctions,4", 1)
    account = folder.load("mps-monthly-dashboard", text, vintage=None)
    assert folder.rejects(account) == [(2, "measure", "Sanctions", "unknown_value")]


OFFENCES = (
    "date,borough,crime_section,crime_group,business_crime_offence_count,refresh_date\n"
    "2025-07-30,Camden,ROBBERY,ROBBERY OF BUSINESS PROPERTY,2,2025-08-02\n"
    "2025-07-31,Camden,ROBBERY,ROBBERY OF BUSINESS PROPERTY,1,2025-08-02\n"
)
OUTCOMES = (
    "date,borough,crime_section,crime_group,outcome,positive_outcome,outcome_count,refresh_date\n"
    "2025-05-29,Camden,ROBBERY,ROBBERY OF BUSINESS PROPERTY,Charged,Y,2,2025-06-05\n"
    "2025-05-29,Camden,ROBBERY,ROBBERY OF BUSINESS PROPERTY,,Y,1,2025-06-05\n"
    "2025-05-31,Camden,ROBBERY,ROBBERY OF BUSINESS PROPERTY,No suspect,N,7,2025-06-05\n"
    "2025-05-30,Camden,ROBBERY,ROBBERY OF BUSINESS PROPERTY,Odd,maybe,1,2025-06-05\n"
)


def test_business_offences_are_daily(folder):
    account = folder.load("mps-business-crime", OFFENCES, vintage=None)
    assert totals(account, "value") == {"accepted": 3}
    assert set(folder.rows("counts")["grain"]) == {"day"}
    entry = ingest.staged(folder.data)[0].coverage[0]
    assert (entry["since"], entry["until"]) == ("2025-07-30", "2025-08-01")


def test_business_outcomes_count_where_positive_and_cover_the_others_days(folder):
    account = folder.load("mps-business-crime", OUTCOMES, vintage=None)
    assert totals(account, "value") == {"accepted": 3, "rejected": 1, "excluded": 7}
    assert account.excluded == {"negative_outcome": 1}
    assert folder.rejects(account) == [(5, "positive_outcome", "maybe", "unknown_value")]
    assert folder.rows("counts")["n"].to_list() == [3]
    last = ingest.staged(folder.data)[0].coverage[-1]
    assert last["until"] == "2025-06-01"


VICTIMS = (
    "Count of Victims,Recorded Date,Homicide Offence Type,Solved Status,Borough,Method of Killing\n"
    '1,Jan 2003,Murder,Solved,Camden,"Physical Assault, no weapon"\n'
    "1,January 2003,Murder,Unsolved,Camden,Shooting\n"
    "1,Mar 2003,Infanticide,Solved,Brent,Other\n"
)


def test_homicide_victims_become_counts_and_each_type_covers_the_whole_file(folder):
    account = folder.load("mps-homicide-victims", VICTIMS, vintage="2021-02-01")
    assert totals(account, "value") == {"accepted": 3}
    rows = folder.rows("counts")
    assert rows.filter(offence="Murder").select("date", "n").rows() == [(date(2003, 1, 1), 2)]
    assert set(rows["value"]) == {"offences"}
    spans = {(c["since"], c["until"]) for c in ingest.staged(folder.data)[0].coverage}
    assert spans == {("2003-01-01", "2003-04-01")}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("mps-business-crime", DASHBOARD),
        ("mps-monthly-dashboard", OFFENCES),
        ("mps-homicide-victims", WIDE),
        ("counts", VICTIMS),
        ("crimes", WIDE),
    ],
)
def test_a_file_of_another_kind_changes_nothing(folder, kind, text):
    with pytest.raises(ContentError, match="can't be read as"):
        folder.load(kind, text, vintage="2025-09-01")
    assert not folder.data.exists() or not folder.everything()
