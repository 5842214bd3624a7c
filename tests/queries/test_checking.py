"""`check`: what is planted in queries/ is named with its file and what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import catalogue, snapshots
from dashboard.queries import predicates

CATALOGUE = catalogue.load(Path(__file__).resolve().parents[2] / "data" / "catalogue")
KIDNAPS = "measures/kidnaps.sql"
MIX = "reports/unit/mix.sql"
CLEAR_UP = "measures/homicide_clear_up.sql"


def said(folder: Path, file: str, old: str, new: str) -> list[str]:
    """What `check` says once `old` stands as `new` in a file of the copy."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return snapshots.faults(CATALOGUE.folder)


def test_nothing_is_wrong_with_the_queries():
    assert snapshots.faults(CATALOGUE.folder) == []


@pytest.mark.few(8)
@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (KIDNAPS, "alert:     rise", "alert:     yes", ("alert is one of rise", "'yes'")),
        (KIDNAPS, "-- alert:", "-- alerts:", ("no key 'alerts'", "mean 'alert'")),
        (KIDNAPS, "-- better:", "-- bettor:", ("lacks 'better'", "lower, higher, neutral")),
        (KIDNAPS, "2005-04-01", "2005-04-31", ("review_on is a day",)),
        (KIDNAPS, "measure:   kidnaps", "measure:   kidnap", ("named as its file, kidnaps",)),
        (KIDNAPS, "fact:      crimes", "fact:      crime", ("fact is one of crimes",)),
        (KIDNAPS, "offence = 'kidnap'", "offence = 'kidnap", ("records can't be read",)),
        (
            KIDNAPS,
            "offence = 'kidnap'",
            "ocu in (select code from units)",
            ("records holds a select",),
        ),
        (KIDNAPS, "offence = 'kidnap'", "true) or (true", ("records can't be read",)),
        (KIDNAPS, "offence = 'kidnap'", "reported_on < $as_at", ("it may name no parameter",)),
        # A misspelt column, code and owner were sound, and the figure was an error or nothing.
        (KIDNAPS, "offence = 'kidnap'", "offense = 'kidnap'", ('"offense"', '"offence"')),
        (KIDNAPS, "offence = 'kidnap'", "offence = 'kidnapp'", ("'kidnapp'", "'kidnap'")),
        (KIDNAPS, "owner:     serious_crime", "owner:     serious_crimes", ("serious_crimes",)),
        # What would count nothing, or fail once there are rows, was sound.
        (KIDNAPS, "'kidnap'", "'kidnap' and branch = 'XX9(9)'", ("'XX9(9)'", "organisation.csv")),
        (KIDNAPS, "'kidnap'", "'kidnap' and borough = 'Camdem'", ("'Camdem'", "boroughs.csv")),
        (KIDNAPS, "offence = 'kidnap'", "committed_hour >= 'ten'", ("'ten'", "INT")),
        (KIDNAPS, "offence = 'kidnap'", "offence", ("records is a condition", "varchar")),
        (KIDNAPS, "grain:     day", "grain:     month", ("grain is day", "alerts")),
        (KIDNAPS, "-- order:", "-- owner:     homicide\n-- order:", ("'owner' twice",)),
        (
            "measures/review_on_time.sql",
            "where measure = 'review_on_time')",
            "where measure = 'review_on_time') and exists (from reviews)",
            ("reviews does not exist",),
        ),
        # No figure picks out one record, or tells people apart.
        (KIDNAPS, "offence = 'kidnap'", "crime_ref = 'R1'", ("names crime_ref",)),
        (KIDNAPS, "offence = 'kidnap'", "victim_sex like 'f%'", ("apart by victim_sex",)),
        (MIX, "-- source:   crimes", "-- source:   crimse", ("source:", "crimse")),
        (MIX, "returns:  field, code, n, before", "returns:  nonsense", ("returns field, code",)),
        (MIX, "victim_kind", "victim_sort", ('"victim_sort"', '"victim_kind"')),
        (MIX, "-- source:", "-- sources:", ("no key 'sources'",)),
        ("faults/unvalidated.sql", "opened:     ", "begun:      ", ("no key 'begun'",)),
        ("faults/unvalidated.sql", "after_days: 7", "after_days: soon", ("a whole number",)),
        ("faults/unvalidated.sql", "validated_on", "validated", ('"validated"', "validated_on")),
        ("marts/measure_units.sql", "measure, unit_code\n", "measure, unit\n", ("measure_units",)),
        ("measures/review_on_time.sql", "::double as numerator", " as numerator", ("::double",)),
        (KIDNAPS, "grain:     day", "grain:     decade", ("grain is one of", "quarter")),
        (CLEAR_UP, "numerator_on: detected_on", "numerator_on: detectd_on", ('"detected_on"',)),
        (CLEAR_UP, "-- numerator:", "-- numerator: victim_sex = 'F' and", ("apart by victim_sex",)),
    ],
)
def test_a_planted_fault_is_named(own_queries, file, old, new, words):
    found = said(own_queries, file, old, new)
    assert found
    for word in words:
        assert any(word in line and Path(file).stem in line for line in found), found


def test_a_column_of_a_mart_that_goes_by_another_name_is_named_by_whoever_reads_it(own_queries):
    """Header and select agree on the new name: only who asks for the old one is at fault."""
    found = said(own_queries, "marts/measure_units.sql", "unit_code", "unit")
    assert found and all("unit_code" in line for line in found)
    assert any(MIX in line for line in found)


@pytest.mark.parametrize(
    ("predicate", "refused"),
    [
        ("offence in ('kidnap') and committed_hour >= 22", False),
        ("detected_on - reported_on <= 365", False),
        ("count(*) > 1", True),
        ("row_number() over () = 1", True),
        ("exists(select 1 from overtime)", True),
        ("read_text('secret') = 'x'", True),
        ("crimes.offence = 'kidnap'", True),
        ("true; drop table crimes", True),
        ("a, b", True),
        ("", True),
    ],
)
def test_a_predicate_compares_the_columns_of_one_record(predicate, refused):
    assert bool(list(predicates.faults(predicate))) == refused
