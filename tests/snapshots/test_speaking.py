"""What a later file of published counts speaks for: renamed, split, dropped categories; parts."""

from datetime import date

import pytest

from dashboard import ingest, reports, snapshots
from dashboard.access.scope import Scope

HEAD = "MajorText,MinorText,BoroughName,202403,202404\n"
ROBBERY = "ROBBERY,ROBBERY OF BUSINESS PROPERTY,{},{},{}\n"
VIOLENCE = "VIOLENCE AGAINST THE PERSON,{},{},{},{}\n"


class Counts:
    """Imports of wide files by vintage, and a measure's months as at a day."""

    def __init__(self, folder):
        self.folder, self.number = folder, 0

    def load(self, vintage, *rows, delta=False):
        return self.folder.load_wide(HEAD + "".join(rows), vintage, delta)

    def months(self, measure, as_at):
        info = self.folder.publish(as_at)
        request = reports.open_request(info.as_at, None, self.folder.data)
        rows = request.run("measure_series", measure=measure, level="force", grain="month")
        self.warnings = info.manifest["warnings"]
        return {row["period_start"].month: row["numerator"] for row in rows.to_pylist()}


@pytest.fixture
def counts(folder):
    def load_wide(text, vintage, delta):
        folder.count += 1
        file = folder.path / f"wide-{folder.count}.csv"
        file.write_text(text)
        known = date.fromisoformat(vintage)
        return ingest.import_files(
            "mps-borough-crime", [file], data=folder.data, vintage=known, delta=delta
        )[0]

    folder.load_wide = load_wide
    return Counts(folder)


def test_a_split_category_replaces_the_one_before(counts):
    counts.load("2024-05-10", VIOLENCE.format("HOMICIDE", "Ealing", 5, 2))
    counts.load(
        "2024-06-10",
        VIOLENCE.format("Murder by another name", "Ealing", 4, 1),
        VIOLENCE.format("HOMICIDE", "Ealing", 1, 1),
    )
    assert counts.months("homicides", "2024-05-11") == {3: 5, 4: 2}
    # Today's name of a part is not known to the catalogue; the whole is not counted with it.
    assert counts.months("homicides", "2024-06-11") == {3: 1, 4: 1}


def test_a_dropped_category_falls_and_is_named(counts):
    personal = "ROBBERY,ROBBERY OF PERSONAL PROPERTY,Ealing,30,20\n"
    counts.load("2024-05-10", ROBBERY.format("Ealing", 8, 5), personal)
    counts.load("2024-06-10", ROBBERY.format("Ealing", 9, 5))
    assert counts.months("commercial_robbery", "2024-06-11") == {3: 9, 4: 5}
    assert any("no longer names ROBBERY OF PERSONAL PROPERTY 2 (50)" in w for w in counts.warnings)
    # Covered by nothing any more: missing, not none.
    assert counts.months("personal_robbery", "2024-06-11") == {}


@pytest.mark.parametrize(
    ("part", "lacks"),
    [
        ((ROBBERY.format("Ealing", 80, 50),), "boroughs counted before (Merton)"),
        (
            (ROBBERY.format("Ealing", 80, 50), ROBBERY.format("Merton", 20, 40)),
            "offence groups counted before (SHOPLIFTING)",
        ),
    ],
)
def test_a_part_is_held_and_named(counts, part, lacks):
    whole = [ROBBERY.format("Ealing", 8, 5), ROBBERY.format("Merton", 2, 4)]
    counts.load("2024-05-10", *whole, "THEFT,SHOPLIFTING,Ealing,6,6\n")
    counts.load(
        "2024-06-10", *part, *(["THEFT,SHOPLIFTING,Ealing,6,6\n"] if len(part) == 1 else [])
    )
    assert counts.months("commercial_robbery", "2024-06-11") == {3: 10, 4: 9}
    assert any("is held and not shown" in text and lacks in text for text in counts.warnings)


def test_a_delta_is_laid_over_cell_by_cell_and_a_later_whole_file_replaces_it(counts):
    counts.load("2024-05-10", ROBBERY.format("Ealing", 8, 5), ROBBERY.format("Merton", 2, 4))
    counts.load("2024-06-10", ROBBERY.format("Ealing", 9, 5), delta=True)
    assert counts.months("commercial_robbery", "2024-06-11") == {3: 11, 4: 9}
    counts.load("2024-07-10", ROBBERY.format("Ealing", 7, 5), ROBBERY.format("Merton", 2, 4))
    assert counts.months("commercial_robbery", "2024-07-11") == {3: 9, 4: 9}


def test_two_files_of_one_day_are_one_edition(counts):
    counts.load("2024-05-10", ROBBERY.format("Ealing", 8, 5), ROBBERY.format("Merton", 2, 4))
    counts.load("2024-06-10", ROBBERY.format("Ealing", 9, 5))
    counts.load("2024-06-10", ROBBERY.format("Merton", 3, 4))
    assert counts.months("commercial_robbery", "2024-06-11") == {3: 12, 4: 9}


RETURNS = "measure,period_start,grain,unit_code,numerator,verified\n"


def returns(*rows):
    return RETURNS + "".join(
        f"networks_disrupted,2004-{month:02}-01,month,{unit},{n},yes\n" for unit, month, n in rows
    )


@pytest.fixture
def gaps(folder):
    """SCD7 sent no April; SCD6 sent from February on."""
    rows = [("SCD7", 1, 6), ("SCD7", 2, 0), ("SCD7", 3, 5), ("SCD7", 5, 4)]
    rows += [("SCD6", month, 1) for month in (2, 3, 4, 5)]
    folder.load("returns", returns(*rows), "2004-06-10")
    info = folder.publish("2004-06-14")
    return reports.open_request(info.as_at, None, folder.data)


def series(request, level, unit, grain="month"):
    rows = request.run(
        "measure_series", measure="networks_disrupted", level=level, unit=unit, grain=grain
    )
    return {row["period_start"].month: row["numerator"] for row in rows.to_pylist()}


def test_a_return_not_sent_is_missing_and_one_of_none_is_zero(gaps):
    assert series(gaps, "ocu", "SCD7") == {1: 6, 2: 0, 3: 5, 4: None, 5: 4}
    assert series(gaps, "ocu", "SCD6")[4] == 1


def test_a_sum_that_lacks_a_return_is_missing_and_says_whose(gaps):
    assert series(gaps, "directorate", "SCD") == {1: 6, 2: 1, 3: 6, 4: None, 5: 5}
    assert series(gaps, "directorate", "SCD", "quarter") == {1: 13, 4: None}
    missing = gaps.run("returns_missing", measure="networks_disrupted").to_pylist()
    assert [(row["unit_code"], str(row["period_start"])) for row in missing] == [
        ("SCD7", "2004-04-01")
    ]


def test_leftovers_of_a_killed_publish_are_cleared_and_running_ones_are_waited_for(folder):
    folder.load("returns", returns(("SCD7", 1, 6)), "2004-06-10")
    left = folder.data / "snapshots" / "2004-06-14" / ".abc.123.building"
    spill = folder.data / "state" / "spill-dead"
    left.mkdir(parents=True)
    spill.mkdir(parents=True)
    (spill / ".held").write_text("")
    folder.publish("2004-06-14")
    assert not left.exists()
    assert not spill.exists()


def test_damage_of_the_same_size_shows_when_a_snapshot_is_opened(folder):
    folder.load("returns", returns(("SCD7", 1, 6)), "2004-06-10")
    info = folder.publish("2004-06-14")
    path = info.path / "marts" / "observations.parquet"
    body = bytearray(path.read_bytes())
    body[8] ^= 1
    path.write_bytes(body)
    with pytest.raises(snapshots.store.ContentError, match="is damaged: marts/observations"):
        snapshots.connect(info, Scope("all", None, frozenset()))


def test_what_a_delta_says_of_months_that_nothing_whole_speaks_of_is_named(counts):
    counts.load("2024-05-10", ROBBERY.format("Ealing", 8, 5), ROBBERY.format("Brent", 1, 2))
    text = HEAD.replace("202403", "202405").replace("202404", "202406")
    text += ROBBERY.format("Ealing", 9, 7)
    counts.folder.load_wide(text, "2024-07-10", True)
    assert counts.months("commercial_robbery", "2024-07-11") == {3: 9, 4: 7}
    assert any("1 May 2024, 1 June 2024 nothing is" in text for text in counts.warnings)


def test_a_delta_over_a_whole_file_needs_no_word(counts):
    counts.load("2024-05-10", ROBBERY.format("Ealing", 8, 5), ROBBERY.format("Brent", 1, 2))
    counts.load("2024-06-10", ROBBERY.format("Ealing", 9, 5), delta=True)
    assert counts.months("commercial_robbery", "2024-06-11") == {3: 10, 4: 7}
    assert counts.warnings == []
