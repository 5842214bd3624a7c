"""Record kinds: each rule at its edge and just inside it; references, keys and claims."""

import csv
from datetime import date

import pytest

from dashboard import ingest
from dashboard.ingest.contracts import KINDS
from dashboard.words.spreadsheets import as_found
from tests.ingest.conftest import totals

CRIME = {
    "crime_ref": "A1",
    "reported_on": "2004-06-10",
    "offence": "murder",
    "borough": "Camden",
    "ocu": "SCD1",
}


def csv_of(*rows: dict[str, str]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(names)]
    lines += [",".join(f'"{row.get(name, "")}"' for name in names) for row in rows]
    return "\n".join(lines) + "\n"


def load(folder, kind, *rows, **how):
    return folder.load(kind, csv_of(*rows), **how)


@pytest.mark.few(4)
@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("crime_ref", "", "required"),
        ("reported_on", "", "required"),
        ("borough", " ", "required"),
        ("reported_on", "10/06/2004", "two_readings"),
        ("reported_on", "10 June", "bad_date"),
        ("reported_on", "2004-06-31", "impossible_date"),
        ("reported_on", "0204-06-10", "impossible_date"),
        ("reported_on", "2004-07-13", "after_vintage"),
        ("committed_on", "2004-06-11", "reported_before_committed"),
        ("detected_on", "2004-07-13", "after_vintage"),
        ("committed_hour", "24", "out_of_range"),
        ("committed_hour", "-1", "out_of_range"),
        ("committed_hour", "7.5", "out_of_range"),
        ("committed_hour", "noon", "not_a_number"),
        ("attended_minutes", "-0.1", "negative"),
        ("attended_minutes", "nan", "not_a_number"),
        ("attended_minutes", "1,000", "thousands_marks"),
        ("weapon", "bazooka", "unknown_value"),
        ("detection", "maybe", "unknown_value"),
        ("ocu", "SCD99", "unknown_unit"),
    ],
)
def test_a_broken_rule_rejects_the_row(folder, column, value, rule):
    account = load(folder, "crimes", CRIME | {column: value}, CRIME | {"crime_ref": "B"})
    assert totals(account, "rows") == {"accepted": 1, "rejected": 1}
    assert folder.rejects(account) == [(2, column, value.strip(), rule)]
    with open(account.rejects, encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    # The row stands whole beside its fault, each cell under its own heading.
    for key, words in (CRIME | {column: value}).items():
        assert row[f"row: {key}"] == as_found(words)
    assert folder.rows("crimes")["crime_ref"].to_list() == ["B"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("reported_on", "2004-07-12"),  # on the day of the vintage itself
        ("reported_on", "2004-02-29"),
        ("committed_on", "2004-06-10"),
        ("committed_hour", "0"),
        ("committed_hour", "23"),
        ("attended_minutes", "0"),
        ("detected_on", "2004-06-09"),  # before it was reported: a fault of quality, kept
        ("weapon", "FIREARM"),
        ("weapon", "Imitation firearm"),  # the label serves as well as the code
        ("ocu", "TP"),
        ("ocu", "scd1"),
        ("branch", "no such branch"),
        ("borough", "Nowhere"),
        ("offence", "no such offence"),
    ],
)
def test_just_inside_a_rule_is_accepted(folder, column, value):
    row = CRIME | {"committed_on": "2004-02-01"} | {column: value}
    assert totals(load(folder, "crimes", row), "rows") == {"accepted": 1}


def test_a_row_that_breaks_two_rules_is_one_row_and_two_rejects(folder):
    account = load(folder, "crimes", CRIME | {"ocu": "X", "weapon": "y"})
    assert account.rows_rejected == 1
    assert [row[3] for row in folder.rejects(account)] == ["unknown_unit", "unknown_value"]


def test_staged_columns_are_those_of_the_contract_in_order_then_vintage(folder):
    load(folder, "crimes", CRIME | {"committed_hour": "7", "weapon": "Knife", "shoe_size": "9"})
    rows = folder.rows("crimes")
    assert rows.columns == [*ingest.contract_columns("crimes"), "vintage"]
    row = rows.row(0, named=True)
    assert row["reported_on"] == date(2004, 6, 10)
    assert row["committed_hour"] == 7
    assert row["no_crimed_on"] is None
    assert row["vintage"] == date(2004, 7, 12)


def test_a_column_that_the_contract_lacks_is_left_out_and_named(folder):
    account = load(folder, "crimes", CRIME | {"officer_name": "J Bloggs"})
    assert account.warnings == ("columns left out: officer_name",)
    assert "officer_name" not in folder.rows("crimes").columns


def test_the_second_of_a_reference_is_rejected(folder):
    second = CRIME | {"offence": "fraud"}
    account = load(folder, "crimes", CRIME, second, CRIME | {"crime_ref": "B"})
    assert folder.rejects(account) == [(3, "crime_ref", "A1", "duplicate_reference")]
    assert folder.rows("crimes")["offence"].to_list() == ["murder", "murder"]


def test_a_reference_whose_first_row_was_rejected_is_not_twice(folder):
    account = load(folder, "crimes", CRIME | {"ocu": "X"}, CRIME)
    assert totals(account, "rows") == {"accepted": 1, "rejected": 1}


def test_the_same_file_again_is_superseded_and_changes_nothing(folder):
    file = folder.write(csv_of(CRIME, CRIME | {"crime_ref": "B", "ocu": "X"}))
    folder.load("crimes", file)
    before = folder.everything()
    again = folder.load("crimes", file)
    assert totals(again, "rows") == {"superseded": 1, "rejected": 1}
    assert folder.everything() == before


def test_another_file_of_the_same_vintage_adds_only_what_differs(folder):
    load(folder, "crimes", CRIME, CRIME | {"crime_ref": "B"})
    account = load(
        folder,
        "crimes",
        CRIME,
        CRIME | {"crime_ref": "B", "offence": "fraud"},
        CRIME | {"crime_ref": "C"},
    )
    assert totals(account, "rows") == {"accepted": 2, "superseded": 1}
    assert account.warnings == ("1 row replaces what the same vintage said before",)


def test_what_was_replaced_may_be_said_again(folder):
    """A, then B, then A anew by a third file: the latest import of a vintage is believed."""
    for offence in ("murder", "fraud"):
        load(folder, "crimes", CRIME | {"offence": offence})
    account = load(folder, "crimes", CRIME, CRIME | {"crime_ref": "B"})
    assert totals(account, "rows") == {"accepted": 2}


def test_another_vintage_is_another_statement(folder):
    file = folder.write(csv_of(CRIME))
    folder.load("crimes", file, vintage="2004-07-12")
    assert folder.load("crimes", file, vintage="2004-07-26").rows_accepted == 1


def test_a_value_that_the_catalogue_learns_is_accepted_when_imported_again(folder):
    import shutil

    from dashboard.ingest.importing import ROOT

    shutil.copytree(ROOT / "data" / "catalogue", folder.data / "catalogue")
    file = folder.write(csv_of(CRIME, CRIME | {"crime_ref": "B", "weapon": "crossbow"}))
    assert folder.load("crimes", file).rows_rejected == 1
    with (folder.data / "catalogue" / "values.csv").open("a") as stream:
        stream.write("weapon,crossbow,Crossbow\n")
    assert folder.load("crimes", file).rows_accepted == 2
    assert folder.rows("crimes")["weapon"].to_list() == [None, "crossbow"]
    assert folder.load("crimes", file).rows_superseded == 2


RETURN = {
    "measure": "networks_disrupted",
    "period_start": "2004-06-01",
    "grain": "month",
    "unit_code": "SCD7",
    "numerator": "3",
}


def test_a_key_said_twice_in_a_file_is_said_by_its_last_row(folder):
    account = load(folder, "returns", RETURN, RETURN | {"numerator": "4"})
    assert totals(account, "rows") == {"accepted": 1, "superseded": 1}
    assert totals(account, "value") == {"accepted": 4, "superseded": 3}
    assert folder.rows("returns")["numerator"].to_list() == [4.0]


@pytest.mark.parametrize(
    ("grain", "start", "good"),
    [
        ("week", "2004-06-07", True),  # a Monday
        ("week", "2004-06-08", False),
        ("month", "2004-06", True),
        ("month", "2004-06-02", False),
        ("quarter", "2004-04-01", True),
        ("quarter", "2004-05-01", False),
    ],
)
def test_a_period_starts_on_its_first_day(folder, grain, start, good):
    account = load(folder, "returns", RETURN | {"grain": grain, "period_start": start})
    assert account.rows_accepted == (1 if good else 0)
    if not good:
        assert folder.rejects(account)[0][3] == "not_period_start"


CLAIM = {
    "worked_on": "2004-06-10",
    "started_at": "18:00",
    "ocu": "SCD7",
    "category": "casual",
    "hours": "2.5",
    "cost_gbp": "61.20",
    "staff_ref": "S 0042",
}


def test_two_equal_claims_of_a_file_are_two_and_again_they_are_superseded(folder):
    account = load(folder, "overtime", CLAIM, CLAIM)
    assert totals(account, "value") == {"accepted": 122.4}
    account = load(folder, "overtime", CLAIM, CLAIM, CLAIM)
    assert totals(account, "rows") == {"accepted": 1, "superseded": 2}


def test_a_name_is_refused_where_a_reference_belongs(folder):
    account = load(folder, "overtime", CLAIM | {"staff_ref": "Jo O'Hara"})
    assert folder.rejects(account)[0][1:] == ("staff_ref", "Jo O'Hara", "a_name")


def test_money_that_may_be_negative_is_and_other_is_not(folder):
    row = {"unit_code": "SCD7", "month": "2004-06", "heading": "income"}
    money = {"budget_gbp": "-100", "actual_gbp": "-90.5"}
    assert load(folder, "finance", row | money).value_accepted == -90.5
    assert load(folder, "overtime", CLAIM | {"cost_gbp": "-1"}).rows_rejected == 1


def test_the_day_a_file_was_known_is_asked_for(folder):
    from dashboard.errors import UsageError

    with pytest.raises(UsageError, match="say --vintage YYYY-MM-DD"):
        load(folder, "crimes", CRIME, vintage=None)
    assert not (folder.data / "staging").exists()


def test_a_file_is_known_on_its_latest_refresh_date(folder):
    rows = [
        CRIME | {"refresh_date": "2004-07-01"},
        CRIME | {"crime_ref": "B", "refresh_date": "2004-07-02"},
    ]
    assert load(folder, "crimes", *rows, vintage=None).vintages == ("2004-07-02",)


def test_unknown_spellings_are_kept_and_named_with_their_totals(folder):
    rows = [CRIME | {"crime_ref": f"R{i}", "borough": "Foo"} for i in range(3)]
    account = load(folder, "crimes", *rows, CRIME | {"borough": "Bar", "branch": "SCD1(99)"})
    assert account.warnings == (
        "1 spelling of the branch ('SCD1(99)' 1) is not in organisation.csv, shown as unassigned",
        "2 spellings of the area ('Foo' 3, 'Bar' 1) are not in aliases.csv, counted under unknown",
    )
    assert set(folder.rows("crimes")["borough"]) == {"Foo", "Bar"}


LEAST = {
    "text": "T1",
    "person": "S0042",
    "event": "2004-06-01",
    "date": "2004-09-01",
    "month": "2004-06-01",
    "period": "2004-06-01",
    "area": "Camden",
    "offence": "murder",
    "unit": "SCD7",
    "part": "",
    "time": "18:00",
    "yes_no": "yes",
    "hour": "3",
    "criterion": "9",
    "number": "1",
    "signed": "-1",
    "score": "100",
}


@pytest.mark.few(4)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_takes_a_row_of_all_its_columns_and_one_of_the_least(folder, kind):
    from dashboard import catalogue
    from dashboard.ingest.importing import ROOT

    values = catalogue.load(ROOT / "data" / "catalogue").values

    def cell(column):
        if column.name == "grain":
            return "month"
        return next(iter(values[column.field])) if column.field else LEAST[column.type]

    columns = KINDS[kind].columns
    full = {column.name: cell(column) for column in columns}
    least = {column.name: cell(column) for column in columns if column.required}
    key = KINDS[kind].reference
    if key:
        least[key] = "T2"
    elif "unit_code" in least:
        least["unit_code"] = "SCD6"
    elif "ocu" in least:
        least["ocu"] = "SCD6"
    if kind == "corporate":
        full["unit_code"] = "SCD7"
    account = load(folder, kind, full, least)
    assert account.rows_accepted == 2, folder.rejects(account)
    assert folder.rows(kind).columns == [*ingest.contract_columns(kind), "vintage"]
