"""A file that comes in by a page: recognised, tried, staged and taken back, as by command.

Whoever asks must hold the right `load`. A file is read in a process of its own, in a folder of its
own that is gone afterwards; tried, it is imported into a folder that stands in for the data folder.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from dashboard import catalogue as catalogues
from dashboard import ingest, snapshots
from dashboard.access import Role
from dashboard.access.roles import needs, needs_figures
from dashboard.access.witness import Witness
from dashboard.errors import ContentError, NotFoundError, UsageError, visible
from dashboard.ingest import ImportAccount, Staged, scratch
from dashboard.ingest.recognising import Recognised, recognised
from dashboard.ingest.rejects import RULES
from dashboard.periods import parse_date
from dashboard.reports.snapshots import preview as previews
from dashboard.reports.snapshots.apart import apart
from dashboard.reports.snapshots.preview import Preview
from dashboard.words.phrases import many

RIGHT = "load"
OF_EACH = 4  # rejects of each rule that are shown
LONGEST_NAME = 120
DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
NOT_HERE = (
    "the synthetic sample lies here, and figures of a mix would be nobody's: your own files go into"
    " a folder of their own (see Your own organisation in Help)"
)


@dataclass(frozen=True)
class Upload:
    """A file as it came from a browser: its name is nobody's word but the sender's."""

    name: str
    content: bytes = field(repr=False)

    @property
    def plain_name(self) -> str:
        """The name without folders and without what steers a screen or can't be a file's name.

        >>> Upload("../../etc/a\\x00b.csv", b"").plain_name, Upload("..", b"").plain_name
        ('ab.csv', 'file')
        """
        last = re.split(r"[/\\\\]", self.name)[-1]
        kept = "".join(letter for letter in last if visible(letter) == letter and letter != ":")
        stem, dot, ending = kept.strip(" .").rpartition(".")
        short = f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending[:20]}"
        return short.strip(" .") or "file"

    @property
    def digest(self) -> str:
        """Hex sha256 of what is in it."""
        return sha256(self.content).hexdigest()

    @property
    def day(self) -> date | None:
        """The last day in its name, as in a drop folder; None where there is none."""
        for day_text in reversed(DAY.findall(self.plain_name)):
            try:
                return parse_date(day_text, "the day in its name")
            except UsageError:
                continue
        return None


@dataclass(frozen=True)
class Told:
    """What an import is told of a file beside its kind."""

    kind: str
    vintage: date | None = None
    delta: bool = False
    columns: tuple[tuple[str, str], ...] = ()
    dates: str | None = None
    sheet: str | None = None


@dataclass(frozen=True)
class Tried:
    """What would become of a file.

    rejects  line, column, value and why, of the first of each rule; `more` of them are not here
    file     all of them as CSV
    """

    account: ImportAccount
    rejects: tuple[tuple[str, str, str, str], ...] = ()
    more: int = 0
    file: bytes = b""

    @property
    def anything(self) -> bool:
        """Whether there is anything to stage."""
        return bool(self.account.staged)


def without_options(said: str) -> str:
    """A sentence of an import without what a command would be told.

    >>> without_options("3 rows rejected: with a date that can be read two ways (say --dates dmy)")
    '3 rows rejected: with a date that can be read two ways'
    """
    return re.sub(r" ?\(say --[^)]*\)|[;,] say (?:--)[^;]*", "", said)


def look(data: Path, role: Role, file: Upload) -> Recognised:
    """Which kinds of source the file could be.

    raises  NotAllowedError without the right; ContentError where it holds no table
    """
    needs(role, RIGHT)
    return apart(_look, data, file)


def _look(data: Path, file: Upload) -> Recognised:
    with _written(data, file) as (path, _):
        own = catalogues.load(catalogues.folder_of(data))
        catalogues.keep(own.directorate)
        return recognised(path, data, own)


def try_out(data: Path, role: Role, file: Upload, told: Told) -> Tried:
    """What an import would make of the file; nothing of the data folder changes.

    raises  NotAllowedError without the right; ContentError where it can't be read as that kind
    """
    needs(role, RIGHT)
    return apart(_tried, data, file, told)


def _tried(data: Path, file: Upload, told: Told) -> Tried:
    with _written(data, file) as (path, place):
        previews.stand_in(data, place)
        return _with_rejects(_imported(path, place, told))


def _with_rejects(account: ImportAccount) -> Tried:
    if not account.rejects:
        return Tried(account)
    seen: Counter[str] = Counter()
    kept = []
    with Path(account.rejects).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            seen[row["rule"]] += 1
            if seen[row["rule"]] <= OF_EACH:
                why = without_options(RULES.get(row["rule"], ""))
                kept.append((row["line"], row["column"], row["value"], why))
    whole = Path(account.rejects).read_bytes()
    return Tried(account, tuple(kept), seen.total() - len(kept), whole)


def changes(
    data: Path, role: Role, who: str, file: Upload | None = None, told: Told | None = None
) -> Preview:
    """What the next publish would change; with a file, if that were staged as well.

    raises  NotAllowedError for a role that sees no figures, or a file without the right to load
    """
    needs_figures(role, whole=True)
    if file is not None:
        needs(role, RIGHT)
    return apart(_changes, data, role, who, file, told)


def _changes(data: Path, role: Role, who: str, file: Upload | None, told: Told | None) -> Preview:
    if file is None or told is None:
        return previews.preview(data, snapshots.day_to_publish(data), role, who)
    with _written(data, file) as (path, place):
        previews.stand_in(data, place)
        _imported(path, place, told)
        day = snapshots.day_to_publish(place)
        return previews.preview_in(place, data, day, role, who)


def stage(data: Path, role: Role, witness: Witness, file: Upload, told: Told) -> ImportAccount:
    """Stages the file for the next publish; the audit is told before who does it.

    raises  NotAllowedError without the right; ContentError where the sample lies there, or it
            can't be read
    """
    needs(role, RIGHT)
    if synthetic(data):
        raise ContentError(NOT_HERE)
    known = f", known on {told.vintage}" if told.vintage else ""
    witness.record("file loaded", f"staged: {told.kind}{known}, sha256 {file.digest[:12]}")
    return apart(_staged, data, file, told)


def _staged(data: Path, file: Upload, told: Told) -> ImportAccount:
    with _written(data, file) as (path, _):
        return _imported(path, data, told)


def synthetic(data: Path) -> bool:
    """Whether it is the sample that is staged."""
    return any(item.sample for item in ingest.staged(data))


def staged(data: Path, role: Role) -> list[Staged]:
    """What is staged for the next publish, the last import first.

    raises  NotAllowedError without the right
    """
    needs(role, RIGHT)
    return sorted(ingest.staged(data), key=lambda item: -item.sequence)


def take_back(data: Path, role: Role, witness: Witness, number: int) -> Staged:
    """Takes an import out of the next publish; the audit is told before.

    return  what it was
    raises  NotAllowedError without the right; NotFoundError where there is none such any more
    """
    item = _named(data, role, number)
    witness.record("file loaded", f"withdrawn: {_words(item)}")
    ingest.withdraw(item, data)
    return item


def let_pass(data: Path, role: Role, witness: Witness, number: int, reason: str) -> Staged:
    """Lets a held import through, with who and why; the audit is told before.

    raises  NotAllowedError without the right; NotFoundError; UsageError without a reason
    """
    item = _named(data, role, number)
    if not reason.strip():
        raise UsageError("say why it is right as it is: the reason is kept with it")
    witness.record("file loaded", f"let pass: {_words(item)}")
    return ingest.let_pass(item, witness.who, reason)


def _named(data: Path, role: Role, number: int) -> Staged:
    for item in staged(data, role):
        if item.sequence == number:
            return item
    raise NotFoundError("import", str(number))


def _words(item: Staged) -> str:
    """An import without its file's name, which may name somebody."""
    return f"{item.kind}, known on {item.vintage}, sha256 {item.sha256[:12]}"


def summary(item: Staged) -> str:
    """An import's rows in words."""
    rows = item.accounts
    said = [f"{many(rows.get('rows_accepted', 0), 'row')} accepted"]
    said += [f"{rows['rows_rejected']:,} rejected"] if rows.get("rows_rejected") else []
    return ", ".join(said)


@contextmanager
def _written(data: Path, file: Upload) -> Iterator[tuple[Path, Path]]:
    """The file in a folder of its own, and another one for a stand-in; both gone afterwards."""
    with scratch.folder(data / "state", "upload") as place:
        (place / "file").mkdir()
        (place / "data").mkdir()
        path = place / "file" / file.plain_name
        path.write_bytes(file.content)
        yield path, place / "data"


def _imported(path: Path, data: Path, told: Told) -> ImportAccount:
    options: dict[str, Any] = {"columns": dict(told.columns), "dates": told.dates}
    (account,) = ingest.import_files(
        told.kind, [path], data=data, vintage=told.vintage, delta=told.delta, sheet=told.sheet,
        recall=False, **options,
    )  # fmt: skip
    return account
