"""What of a format does not go together: roles without a column, two words for one thing."""

from __future__ import annotations

from collections.abc import Collection

from dashboard.catalogue import formats
from dashboard.catalogue.format_text import FOLDER, File
from dashboard.catalogue.formats import Format, Reading


def check(file: File, made: Format) -> None:
    """Notes what of a format does not go together."""
    for reading in made.readings:
        _check_columns(file, made, reading)
        _check_roles(file, made, reading)
    rules = [item.rule for reading in made.readings for item in reading.leave_out]
    for rule in {rule for rule in rules if rules.count(rule) > len(made.readings)}:
        file.fault("leave_out", f"a rule has a name of its own; got twice: {rule}")
    if len(made.readings) > 1:
        for reading in made.readings:
            if formats.COUNT not in reading.columns:
                file.fault("variant", 'a variant is known by its counts; write count = ["a name"]')
    if made.first_month and made.shape != "wide":
        file.fault("first_month", "[first_month] is of a wide format, whose headings are months")


def _check_columns(file: File, made: Format, reading: Reading) -> None:
    """Whether when, where, what and how many are each said, and once."""
    has = reading.columns.keys()
    dated = {formats.PERIOD, formats.YEAR, formats.MONTH} & has
    if made.shape == "wide":
        if dated or formats.COUNT in has or made.rows == "records":
            file.fault("columns", "a wide format has a column a month: no period, count or records")
        if made.grain != "month":
            file.fault("grain", 'a wide format has a column a month; write grain = "month"')
    else:
        if dated not in ({formats.PERIOD}, {formats.YEAR, formats.MONTH}):
            file.fault("columns", '[columns] has a period, or a year and a month: period = ["…"]')
        if made.rows == "counts" and formats.COUNT not in has:
            file.fault(
                "columns", '[columns] has count = ["…"], or the format rows = "records": one a row'
            )
    places = (formats.AREA in has) + (made.lookup is not None) + (made.level == "force")
    if places != 1:
        file.fault(
            "columns",
            '[columns] has area = ["…"], or the format a [lookup], or level = "force": one of them',
        )
    if (formats.OFFENCE in has) == bool(made.offence):
        file.fault(
            "columns", 'either [columns] has offence = ["…"], or the format offence = "code"'
        )


def _check_roles(file: File, made: Format, reading: Reading) -> None:
    """Whether every role that is named anywhere has its column."""
    named = {
        "apart": made.apart,
        "stacked": made.stacked,
        "spellings": tuple(made.spellings),
        "lookup": made.lookup.by if made.lookup else (),
        "optional": tuple(role for role in made.optional if role != formats.REFRESHED),
        "known": (reading.words.column,) if reading.words else (),
        "when": tuple(part.column for item in reading.leave_out for part in item.when),
    }
    every = {role for other in made.readings for role in other.columns}
    for key, roles in named.items():
        of = reading.columns.keys() if key in ("known", "when") else every
        for role in roles:
            if role not in of:
                listed = ", ".join(of)
                file.fault(key, f"{key} names a role of [columns] ({listed}); got: {role!r}")
    for role, names in reading.columns.items():
        if not names and role != formats.AREA:
            file.fault(role, f'[columns] {role} has the names it goes by: {role} = ["a heading"]')
        if role in made.stacked and len(names) < 2:
            file.fault("stacked", f"{role} is stacked and has at least two names in [columns]")


def shared_faults(own: dict[str, Format], others: dict[str, Format]) -> list[str]:
    """Faults between formats: `words_of` that names none.

    own     of the catalogue itself; others  packaged, that it uses
    """
    return [
        f"{FOLDER}/{item.name}.toml:1: words_of names a format; got: {item.words_of!r}"
        for item in own.values()
        if item.words_of and item.words_of not in {**others, **own}
    ]


def offence_faults(own: dict[str, Format], known: Collection[str]) -> list[str]:
    """Faults of formats whose offence is no code of offences.csv."""
    return [
        f"{FOLDER}/{item.name}.toml:1: offence is a code of offences.csv; got: {item.offence!r}"
        for item in own.values()
        if item.offence and item.offence not in known
    ]
