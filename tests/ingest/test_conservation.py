"""Nothing is lost: read = accepted + rejected + superseded + excluded, whatever is in the file.

The totals are recomputed by polars from the file, and by plain Python from what was drawn.
"""

import gzip
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from dashboard import ingest
from dashboard.errors import DashboardError, UsageError
from dashboard.ingest import delimited, text_files
from tests.choosing import many
from tests.ingest.conftest import Folder

HELD = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
few = many(3, suppress_health_check=HELD)
COUNT = st.one_of(
    st.integers(-3, 400).map(str), st.sampled_from(["", "x", "2.5", "NaN", "1e2", " 7 ", "1_0"])
)
COUNT_ROW = st.fixed_dictionaries(
    {
        "date": st.sampled_from(["2004-05-01", "2004-06-01", "2004-06-02", "2004-13-01", ""]),
        "grain": st.sampled_from(["month", "day", "era"]),
        "borough": st.sampled_from(["Camden", "CAMDEN", "Nowhere", ""]),
        "offence": st.sampled_from(["fraud", "Fraud", "piracy", ""]),
        "offences": COUNT,
        "outcomes": COUNT,
    }
)
CRIME_ROW = st.fixed_dictionaries(
    {
        "crime_ref": st.sampled_from(["A", "B", "C", "D", ""]),
        "reported_on": st.sampled_from(["2004-05-01", "2004-06-31", "2005-01-01", "soon"]),
        "committed_on": st.sampled_from(["2004-04-30", "2004-05-02", ""]),
        "offence": st.sampled_from(["murder", "piracy"]),
        "borough": st.sampled_from(["Camden", "Nowhere"]),
        "ocu": st.sampled_from(["SCD1", "TP", "SCD99"]),
        "weapon": st.sampled_from(["knife", "Knife or sharp implement", "spoon", ""]),
    }
)
RETURN_ROW = st.fixed_dictionaries(
    {
        "measure": st.sampled_from(["kidnaps", "cash_seized"]),
        "period_start": st.sampled_from(["2004-05-01", "2004-06-01", "2004-06-02"]),
        "grain": st.just("month"),
        "unit_code": st.sampled_from(["SCD7", "SCD6"]),
        "numerator": st.sampled_from(["1", "2", "0.1", "-1", "many"]),
    }
)


def files_of(row):
    return st.lists(st.lists(row, min_size=1, max_size=12), min_size=1, max_size=3)


def worth(text: str) -> Decimal:
    """What a cell is worth, in plain Python: its number, or nothing."""
    try:
        number = Decimal(text.strip())
    except ArithmeticError:
        return Decimal(0)
    return number if number.is_finite() and "_" not in text else Decimal(0)


def load_all(kind: str, files: list[list[dict[str, str]]], check):
    """Imports each file, then each again, in a folder of its own."""
    with tempfile.TemporaryDirectory() as path:
        folder = Folder(Path(path))
        written = []
        for rows in files:
            file = folder.write(pl.DataFrame(rows).write_csv(quote_style="always"))
            account = folder.load(kind, file)
            written.append((file, account))
            parts = ("accepted", "rejected", "superseded", "excluded")
            assert account.rows_read == sum(getattr(account, f"rows_{p}") for p in parts)
            assert account.rows_read == pl.read_csv(file, infer_schema=False).height
            check(folder, account, rows)
        before = folder.everything()
        for file, account in written:
            again = folder.load(kind, file)
            assert (again.rows_read, again.value_read) == (account.rows_read, account.value_read)
            assert again.rows_rejected == account.rows_rejected
        # The last file stands as it was said; earlier ones may have been replaced by it.
        assert again.rows_accepted == 0
        if len(written) == 1:
            assert folder.everything() == before


def _between(staged, accepted, superseded, give=0):
    """What is staged: all that is new, and what the file says as one before it did; no more."""
    assert accepted - give <= staged <= accepted + superseded + give


@few
@given(files_of(COUNT_ROW))
def test_counts_are_conserved(files):
    def check(folder, account, rows):
        cells = [row[name] for row in rows for name in ("offences", "outcomes")]
        assert account.value_read == sum(worth(cell) for cell in cells)
        if account.staged:
            staged = pl.read_parquet(folder.data / "staging" / "counts" / account.staged)
            _between(staged["n"].sum(), account.value_accepted, account.value_superseded)
            assert staged["n"].min() >= 0

    load_all("counts", files, check)


@few
@given(files_of(CRIME_ROW))
def test_crimes_are_conserved(files):
    def check(folder, account, rows):
        assert account.value_read == len(rows)
        if account.staged:
            staged = pl.read_parquet(folder.data / "staging" / "crimes" / account.staged)
            _between(staged.height, account.rows_accepted, account.rows_superseded)
            assert staged["crime_ref"].is_unique().all()

    load_all("crimes", files, check)


@few
@given(files_of(RETURN_ROW))
def test_returns_are_conserved(files):
    def check(folder, account, rows):
        assert account.value_read == sum(worth(row["numerator"]) for row in rows)
        if account.staged:
            staged = pl.read_parquet(folder.data / "staging" / "returns" / account.staged)
            _between(staged.height, account.rows_accepted, account.rows_superseded)
            said = Decimal(str(staged["numerator"].sum()))
            _between(said, account.value_accepted, account.value_superseded, Decimal("1e-9"))

    load_all("returns", files, check)


@many(10, suppress_health_check=HELD)
@given(st.binary(max_size=400))
def test_any_bytes_are_an_account_or_one_sentence(content):
    with tempfile.TemporaryDirectory() as path:
        folder = Folder(Path(path))
        file = folder.write(b"date,grain,borough,offence,offences\n" + content)
        try:
            folder.load("counts", file)
        except DashboardError as error:
            assert "\n" not in str(error)
            assert not folder.everything()


def test_a_long_file_is_read_in_pieces(tmp_path):
    """The text of a file is never held whole: batches stay small however long it is."""
    line = "2004-06-01,month,Camden,fraud,5,2\n"
    file = tmp_path / "long.csv"
    file.write_text("date,grain,borough,offence,offences,outcomes\n" + line * 300_000)
    text = text_files.inspect(file)
    head = delimited.headings(text, lambda cell: cell == "grain")[0]
    sizes = [len(numbers) for numbers, _, _ in delimited.batches(text, head, [0], [])]
    assert sum(sizes) == 300_000
    assert max(sizes) * len(line) < 2 * text_files.BLOCK  # a row may straddle two


def test_progress_runs_up_to_all_bytes(folder):
    head = "date,grain,borough,offence,offences\n"
    files = [folder.write(head + f"2004-0{m}-01,month,Camden,fraud,5\n") for m in (4, 5)]
    steps: list[tuple[int, int]] = []
    ingest.import_files(
        "counts", files, data=folder.data, vintage=date(2004, 7, 1),
        progress=lambda done, total: steps.append((done, total)),
    )  # fmt: skip
    total = sum(file.stat().st_size for file in files)
    assert steps == sorted(steps)
    assert steps[-1] == (total, total)


def test_a_call_that_fails_on_its_second_file_keeps_the_first_whole(folder):
    good = folder.write("date,grain,borough,offence,offences\n2004-06-01,month,Camden,fraud,5\n")
    gone = folder.path / "gone.csv"
    with pytest.raises(UsageError):
        ingest.import_files("counts", [good, gone], data=folder.data, vintage=date(2004, 7, 1))
    assert not folder.data.exists()  # what is not there is seen before any is read
    bad = folder.write("nonsense\n")
    with pytest.raises(DashboardError):
        ingest.import_files("counts", [good, bad], data=folder.data, vintage=date(2004, 7, 1))
    assert folder.rows("counts")["n"].to_list() == [5]


def test_gzip_and_plain_are_different_files_that_say_the_same(folder):
    text = b"date,grain,borough,offence,offences\n2004-06-01,month,Camden,fraud,5\n"
    folder.load("counts", folder.write(text))
    again = folder.load("counts", folder.write(gzip.compress(text), "same.csv.gz"))
    assert (again.rows_superseded, again.rows_accepted) == (1, 0)
