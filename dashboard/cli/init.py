"""init: a catalogue to start from, of an organisation that is not there yet."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from dashboard import catalogue
from dashboard.cli.commands import Commands, Told
from dashboard.errors import UsageError

app = Commands()

# What every organisation has to say itself, with a row or two that `check` takes as they are.
STARTS = {
    "directorate.toml": """\
# Whose dashboard this is. `check` says of every key what it may be.
force = "FORCE"                    # the unit of organisation.csv of level force
directorate = "UNIT"               # the unit of level directorate whose OCUs these are
brand = "Crime Performance"        # in the bar of every page
whole_area = "the region"          # all areas together
area_word = "district"             # one area, in small letters
planning_year_start = "04-01"      # month and day, first of a quarter
marking = "OFFICIAL-SENSITIVE"     # on every page and paper
currency = "£"
population_year = 2024             # of the column population in boroughs.csv
measures = []                      # ids of packaged measures (queries/measures) that are yours
formats = ["police-uk-street", "police-uk-outcomes", "police-uk-stop-and-search"]
                                   # packaged formats of published files that you read; your own
                                   # are files formats/NAME.toml beside this one

[meeting]
weekday = "Thursday"
every_weeks = 1                    # 1 or 2
anchor = 2024-01-04                # any one of its days
cut_off = 3                        # days from the Monday on which its week ends to the meeting
""",
    "organisation.csv": """\
code,level,parent,name,remit,records,note
FORCE,force,,The force,all that is policed,open,replace these rows by your own
UNIT,directorate,FORCE,The directorate,,open,
OCU1,ocu,UNIT,First OCU,,open,
""",
    "boroughs.csv": """\
code,name,short,kind,grid_x,grid_y,population,bcu
A01,First district,FIR,borough,,,100000,
unknown,Unknown,UNK,unknown,,,,
none,None,NON,not_attributable,,,,
""",
    "offences.csv": """\
code,name,group,default_ocu,remit_note,harm_weight,harm_source
drug_trafficking,Drug trafficking,drugs,OCU1,,,
""",
    "roles_of_units.csv": """\
role,unit
serious_crime,OCU1
homicide,OCU1
""",
}
# What stands for every organisation, as the project has it.
SHARED = ("values.csv", catalogue.ROLES_FILE)


@app.command(told=Told.nothing)
def init(
    folder: Annotated[Path, typer.Argument(help="A folder that is not there yet.")],
) -> None:
    """Write a catalogue to start from; each file says what to put in place of its rows."""
    if folder.exists():
        raise UsageError(f"{folder} is there already: name a folder that is not")
    try:
        folder.mkdir(parents=True)
        for name, content in STARTS.items():
            (folder / name).write_text(content, encoding="utf-8")
        for name in SHARED:
            shutil.copy(catalogue.PACKAGED / name, folder / name)
    except OSError as error:
        raise UsageError(f"{folder} can't be written: {error.strerror or error}") from error
    print(
        f"{folder}: a catalogue to start from, which `check --catalogue {folder}` finds sound.\n"
        "Write your units into organisation.csv, your areas into boroughs.csv, your offence codes\n"
        "into offences.csv; list your measures in directorate.toml and say in roles_of_units.csv\n"
        "which unit does which work. `kinds` says what your extracts hold."
    )
