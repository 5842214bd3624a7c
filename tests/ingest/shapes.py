"""Files shaped as the published ones that can't be kept here: columns, spans and quirks as found,
values drawn. Each comes as a frame, and as the file that an analyst would have."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import numpy as np
import polars as pl

BOROUGHS = ("Camden", "Hackney", "Westminster", "Kingston upon Thames", "Aviation Security (SO18)")
CATEGORIES = (
    ("ROBBERY", "ROBBERY OF BUSINESS PROPERTY"),
    ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY"),
    ("DRUG OFFENCES", "TRAFFICKING OF DRUGS"),
    ("HOMICIDE", "HOMICIDE"),
)
MONTHS = [f"{2024 + n // 12}{n % 12 + 1:02d}" for n in range(1, 26)]
STREETS = ("Burglary", "Robbery", "Anti-social behaviour", "Drugs")


def _counts(rows: int, seed: int) -> dict[str, np.ndarray]:
    """A column a month; the first, where a download begins, nearly empty."""
    rng = np.random.default_rng(seed)
    found = {month: rng.poisson(3.0, rows) for month in MONTHS}
    found[MONTHS[0]] = (rng.random(rows) < 0.01).astype(int)
    return found


def wards(each: int = 20) -> pl.DataFrame:
    """Names of wards repeat between boroughs: codes don't."""
    keys = [
        (major, minor, f"Ward {number % each}", f"E050{number:05d}", borough)
        for number, borough in ((n, BOROUGHS[n // each]) for n in range(each * len(BOROUGHS)))
        for major, minor in CATEGORIES
    ]
    names = ("majortext", "minortext", "wardname", "wardcode", "lookup_boroughname")
    return pl.DataFrame(keys, schema=names, orient="row").with_columns(
        **{name: pl.Series(cells) for name, cells in _counts(len(keys), 1).items()}
    )


def lsoas(each: int = 60) -> pl.DataFrame:
    keys = [
        (f"E010{number:05d}", f"{borough} {number:03d}A", borough, major, minor)
        for number, borough in ((n, BOROUGHS[n // each]) for n in range(each * len(BOROUGHS)))
        for major, minor in CATEGORIES
    ]
    names = ("lsoa_code", "lsoa_name", "borough", "major_category", "minor_category")
    return pl.DataFrame(keys, schema=names, orient="row").with_columns(
        **{name: pl.Series(cells) for name, cells in _counts(len(keys), 2).items()}
    )


def custody(rows: int = 4000) -> pl.DataFrame:
    """Year and month in columns of their own."""
    rng = np.random.default_rng(4)
    month = rng.integers(1, 13, rows)
    return pl.DataFrame(
        {
            "current_disposal_year": rng.integers(2023, 2026, rows),
            "current_disposal_month": month,
            "current_disposal_month_name": [f"{date(2000, int(m), 1):%B}" for m in month],
            "gender": rng.choice(["Male", "Female"], rows),
            "age_group": rng.choice(["18-24", "25-34 "], rows),
            "ethnicity_4+1": rng.choice(["White", "Black", "Not known"], rows),
            "offence_group": rng.choice(["Robbery", "Drugs"], rows),
            "current_disposal": [f"Disposal {n}" for n in rng.integers(0, 9, rows)],
            "offence_count": rng.integers(1, 40, rows),
            "sheet": "Custody",
        }
    )


def proceedings(rows: int = 900) -> pl.DataFrame:
    """A row a person; whole rows repeat, which are two persons."""
    rng = np.random.default_rng(5)
    return pl.DataFrame(
        {
            "count_of_ppa": 1,
            "borough": rng.choice(["Barking & Dagenham", "Hackney ", "Heathrow"], rows),
            "gender": rng.choice(["Male", "Female"], rows),
            "age_group": rng.choice(["20 to 24", "25 to 29"], rows),
            "self_classified_ethnicity": rng.choice(["White", "White ", "Black"], rows),
            "offence_type": rng.choice(["Murder", "Manslaughter"], rows, p=[0.9, 0.1]),
            "charged_summonsed": rng.choice(
                ["Charge or Summons", "Accused is Dead", "Recording Error"],
                rows,
                p=[0.9, 0.08, 0.02],
            ),
            "proceedings_date": [
                f"{date(2003 + int(y), int(m), 1):%b-%y}"
                for y, m in zip(rng.integers(0, 20, rows), rng.integers(1, 13, rows), strict=True)
            ],
        }
    )


def victims(rows: int = 5000) -> pl.DataFrame:
    """Two tables under one another: the same victims by place, and by age and ethnicity."""
    rng = np.random.default_rng(6)
    months = [datetime(2024 + n // 12, n % 12 + 1, 1) for n in range(24)]
    shared = {
        "recorded_date_months": [months[n] for n in rng.integers(0, 24, rows)],
        "date_committed_from_date_months": [months[n] for n in rng.integers(0, 24, rows)],
        "count": rng.integers(1, 30, rows),
    }
    boroughs = rng.choice(["Camden", "Hackney", "Other"], rows)
    places = pl.DataFrame(
        {
            "bcu_location": "Central North",
            "borough_name": boroughs,
            "ward_name_clean_2": [f"Ward {n}" for n in rng.integers(0, 30, rows)],
            **shared,
            "sheet": "by place",
        }
    )
    people = pl.DataFrame(
        {
            **shared,
            "sheet": "by person",
            "age_group": rng.choice(["18-24", "25-34"], rows),
            "ethnic_appearance_group_group": rng.choice(["White", "Unknown"], rows),
        }
    )
    return pl.concat([places, people], how="diagonal")


def offences_against_women(rows: int = 3000) -> pl.DataFrame:
    """As the file of victims, the second table by class of offence."""
    drawn = victims(rows)
    return drawn.with_columns(
        pl.col("sheet").replace(
            {"by place": "Offence count location", "by person": "Offence count classification"}
        ),
        pl.when(pl.col("sheet") == "by person").then(pl.lit("Rape")).alias("crimsec_group"),
        pl.when(pl.col("sheet") == "by person").then(pl.lit("Stalking")).alias("vawg_offence"),
    ).drop("age_group", "ethnic_appearance_group_group")


def searches(rows: int = 2000) -> pl.DataFrame:
    """Two sheets under one another, the second of which misspells two headings."""
    rng = np.random.default_rng(7)
    frame = pl.DataFrame(
        {
            "col_0": range(rows),
            "stop_date": [
                f"{date(2024, int(m), int(d)):%d/%m/%Y}"
                for m, d in zip(rng.integers(1, 13, rows), rng.integers(1, 29, rows), strict=True)
            ],
            "area": "Area",
            "borough": rng.choice(["Camden", "Hackney", "Aviation Security (SO18)"], rows),
            "age_group": rng.choice(["10-17", "18-24"], rows),
            "appropriate_adult_present": rng.choice(["Yes", "No"], rows),
            "sex": rng.choice(["Male", "Female"], rows),
            "ethnic_appearance": rng.choice(["White", "Black "], rows),
            "stop_reason": rng.choice(["Drugs", "Weapons"], rows),
            "positive_outcome_of_stop": rng.choice(["Yes", "No"], rows),
            "outcome_reason": "As searched for",
            "sheet": ["2024"] * (rows // 2) + ["2025"] * (rows - rows // 2),
        }
    )
    late = pl.col("sheet") == "2025"
    swaps = {
        "approporiate_adult_present_if_required?": "appropriate_adult_present",
        "postive_outcome_of_stop": "positive_outcome_of_stop",
    }
    for wrong, right in swaps.items():
        frame = frame.with_columns(
            pl.when(late).then(pl.col(right)).alias(wrong),
            pl.when(~late).then(pl.col(right)).alias(right),
        )
    return frame


def streets(rows: int = 3000) -> pl.DataFrame:
    """A row a crime; anti-social behaviour has no ID, some crimes no place, one lies elsewhere."""
    rng = np.random.default_rng(8)
    kinds = rng.choice(STREETS, rows)
    place = rng.integers(0, 40, rows)
    placed = rng.random(rows) > 0.03
    codes = [f"E010{n:05d}" if on else "" for n, on in zip(place, placed, strict=True)]
    codes[0] = "E01099999"
    return pl.DataFrame(
        {
            "Crime ID": [
                "" if kind == "Anti-social behaviour" else f"{n:064x}"
                for n, kind in enumerate(kinds)
            ],
            "Month": "2025-01",
            "Reported by": "Northshire Police",
            "Falls within": "Northshire Police",
            "Longitude": "0.1",
            "Latitude": "51.5",
            "Location": "On or near High Street",
            "LSOA code": codes,
            "LSOA name": [f"District {n // 20} 00{n % 9}A" if c else "" for n, c in
                          zip(place, codes, strict=True)],
            "Crime type": kinds,
            "Last outcome category": "Under investigation",
            "Context": "",
        }
    )  # fmt: skip


def outcomes(rows: int = 800) -> pl.DataFrame:
    rng = np.random.default_rng(9)
    kinds = ("Suspect charged", "Local resolution", "Unable to prosecute suspect", "Offender fined",
             "Investigation complete; no suspect identified")  # fmt: skip
    return (
        streets(rows)
        .select("Crime ID", "Month", "Reported by", "Falls within", "LSOA code", "LSOA name")
        .with_columns(pl.Series("Outcome type", rng.choice(kinds, rows)))
    )


def stops(rows: int = 1500) -> pl.DataFrame:
    """Times are UTC: the first of the month in London begins the evening before."""
    rng = np.random.default_rng(10)
    minutes = rng.integers(0, 31 * 24 * 60, rows)
    return pl.DataFrame(
        {
            "Type": "Person search",
            "Date": pl.Series(
                [datetime(2024, 7, 31, 23, 0)] * rows
            ).dt.offset_by(pl.Series([f"{m}m" for m in minutes])).dt.strftime(
                "%Y-%m-%dT%H:%M:%S+00:00"
            ),
            "Part of a policing operation": "False",
            "Policing operation": "",
            "Latitude": "",
            "Longitude": "",
            "Gender": rng.choice(["Male", "Female"], rows),
            "Age range": "18-24",
            "Legislation": "Misuse of Drugs Act 1971 (section 23)",
            "Object of search": rng.choice(["Controlled drugs", ""], rows),
            "Outcome": rng.choice(["Arrest", "A no further action disposal"], rows),
        }
    )  # fmt: skip


def lookup() -> pl.DataFrame:
    """As the statistics office writes one: codes and names of both, and more columns."""
    return pl.DataFrame(
        {
            "LSOA21CD": [f"E010{n:05d}" for n in range(60)],
            "LSOA21NM": [f"District {n // 20} 00{n % 9}A" for n in range(60)],
            "MSOA21CD": [f"E020{n // 5:05d}" for n in range(60)],
            "LAD22CD": ["E09000007" if n < 20 else "E09000012" for n in range(60)],
            "LAD22NM": ["Camden" if n < 20 else "Hackney" for n in range(60)],
        }
    )


def written(frame: pl.DataFrame, path: Path) -> Path:
    """The frame as parquet or CSV, by the ending of `path`."""
    if path.suffix == ".parquet":
        frame.write_parquet(path)
    else:
        frame.write_csv(path)
    return path
