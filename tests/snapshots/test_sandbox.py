"""An analyst's SQL: what is refused, what is stopped, and that nobody else waits for it."""

from __future__ import annotations

import threading
import time
from datetime import date

import pytest

from dashboard import reports
from dashboard.access import LOCAL, scope_of
from dashboard.cli.snapshots import prune_snapshots
from dashboard.errors import NotAllowedError, NotFoundError, UsageError
from dashboard.snapshots import own_tables, relations, sandbox
from dashboard.snapshots.sandbox import Limits

pytestmark = pytest.mark.some(6, "sandbox")

QUICK = Limits(seconds=20)


@pytest.fixture(scope="module")
def asking(sample_snapshot, sample_data):
    scope = scope_of(LOCAL, relations.catalogue_of(sample_snapshot))
    tables = frozenset(own_tables.columns(sample_snapshot, scope))
    return own_tables.database(sample_snapshot, scope, sample_data), tables


@pytest.fixture(scope="module")
def ask(asking):
    database, tables = asking

    def run(sql: str, limits: Limits = QUICK, waiting=None) -> sandbox.Answer:
        return sandbox.run(database, sql, tables, limits, waiting)

    return run


@pytest.mark.parametrize(
    "sql",
    [
        "select count(*) from crimes",
        "from crimes select count(*)",
        "with c as (select ocu from crimes) select ocu, count(*) from c group by all",
        "/* a ; in a comment */ select 1 -- and; another",
        "select ocu from crimes union all select code from units;",
        "select unnest(range(3)) as n",
        "select upper(ocu), row_number() over (order by ocu) from crimes limit 5",
        "SELECT count(*) FROM Crimes",  # names fold as DuckDB folds them
    ],
)
def test_a_question_is_answered(ask, sql):
    assert ask(sql).rows.num_rows >= 1


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/hosts')",
        "select * from sniff_csv('/etc/passwd')",
        "select * from parquet_scan('x.parquet')",
        "select * from glob('/*')",
        "from '/etc/passwd'",
        "select * from '/etc/passwd'",
        "select (select count(*) from '/etc/passwd') from crimes",
        "with crimes as (select * from '/etc/passwd') select * from crimes",
        "copy crimes to '/tmp/x.csv'",
        "copy (select 1) to '/tmp/x.csv'",
        "attach '/tmp/x.db'",
        "install httpfs",
        "load httpfs",
        "set threads = 8",
        "reset threads",
        "pragma show_tables",
        "call pragma_version()",
        "select * from pragma_version()",
        "select * from duckdb_settings()",
        "select current_setting('memory_limit')",
        "select getenv('HOME')",
        "select * from query('select 1')",
        "select * from query_table('crimes')",
        "select * from information_schema.tables",
        "select * from main.crimes.x",
        "create table a as select 1",
        "create view a as select 1",
        "insert into crimes select * from crimes",
        "delete from crimes",
        "with x as (delete from crimes returning *) select * from x",
        "select * into y from crimes",
        "drop view crimes",
        "explain analyze select 1",
        "use other",
        "begin",
        # A step's name elsewhere in the statement opens no file.
        """select * from '/etc/passwd' where (with "/etc/passwd" as (select 1) select 1) = 1""",
        """with a as (select * from "/etc/passwd"), "/etc/passwd" as (select 1) select 1""",
        "with b as (select * from b) select * from b",
        "select which_secret('x', 'y')",
        "select version()",
        "select system.main.getenv('HOME')",
        "select 'HOME'.getenv()",
        "select current_user",
        "select 1 from crimes where '\u202e' = ocu",  # an override that turns the text around
        "select * from ‘crimes’",  # quotes that only look like quotes
        "vacuum",
    ],
)
def test_what_is_no_reading_of_these_tables_is_refused(sql, asking):
    with pytest.raises((NotAllowedError, UsageError)) as refused:
        sandbox.checked(sql, asking[1])
    assert "\n" not in str(refused.value)


def test_what_is_no_statement_says_so():
    for sql, words in (
        ("", "write a SELECT first"),
        ("  ;  ", "one statement at a time; got: 0"),
        ("select 1; select 2", "one statement at a time; got: 2"),
        # What a hand mistypes: the word, and what was probably meant.
        ("selct * from crimes", "it begins with “selct”; did you mean select"),
        ("select * form crimes", "near “form” in line 1; did you mean from"),
        ("select ocu\nfrom crimes grup by ocu", "near “grup” in line 2; did you mean group"),
        ("select count(* from crimes", "bracket is opened and not closed"),
        ("select * from crimes where ocu = 'a", "quotation mark is opened and not closed"),
        ("select * from crimes where", "goes wrong at “where” in line 1, or"),
        ("select * from crims", "no table 'crims' that may be read here; did you mean crimes"),
        ("select * from passwords", "no table 'passwords' that may be read here$"),
        ("select " + "1," * 20_000 + "1", "at most 20,000 letters"),
        ("(" * 3000 + "select 1", "can't be read as SQL"),
        ("\ufeff\u200b", "write a SELECT first"),
        # Read, and there is no way to write it anew.
        ("select date() from crimes", "can't be read as SQL: something .* is missing"),
        ("select initcap() from crimes", "can't be read as SQL: it goes wrong at"),
        # Written anew it would be read as another: the second value would be left out.
        ("select list(-1, ocu) from crimes", "in more than one way"),
    ):
        with pytest.raises((UsageError, NotAllowedError), match=words):
            sandbox.checked(sql, frozenset({"crimes"}))


def test_the_process_itself_is_locked_in(asking, monkeypatch):
    """Even a statement that the reading let through reaches no file and changes no setting."""
    monkeypatch.setattr(sandbox, "checked", lambda sql, views: sql)
    database, tables = asking
    for sql in (
        "select * from read_csv('/etc/passwd')",
        "copy (select 1) to '/tmp/out.csv'",
        "set enable_external_access = true",
        "attach '/tmp/x.db'",
        "install httpfs",
    ):
        with pytest.raises(UsageError) as stopped:
            sandbox.run(database, sql, tables, QUICK)
        assert "/etc/passwd" not in str(stopped.value)


def test_a_join_that_never_ends_is_stopped_and_nobody_else_waits(ask, sample_data):
    request = reports.open_request(date(2004, 7, 12), None, sample_data)
    endless = "select count(*) from crimes a, crimes b, crimes c where a.ocu > b.branch || c.team"
    stopped: list[str] = []

    def run() -> None:
        try:
            ask(endless, Limits(seconds=3))
        except UsageError as error:
            stopped.append(str(error))

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.5)
    answered = 0
    while thread.is_alive():
        span = {"since": date(2004, 1, 1 + answered % 28), "until": date(2004, 7, 1)}
        request.run(
            "all_series", level="ocu", grain="month", **span
        )  # another user's question, never asked before
        answered += 1
    thread.join()
    assert stopped == ["stopped after 3 seconds: ask for less, or count first"]
    assert answered >= 3


def test_ten_gigabytes_are_cut_or_refused(ask):
    wide = ask("select a.*, b.* from crimes a, crimes b", Limits(seconds=30, most_rows=1000))
    assert wide.cut and wide.rows.num_rows == 1000
    heavy = "select repeat('x', 10000) as x, a.crime_ref from crimes a, crimes b"
    fat = ask(heavy, Limits(seconds=30, most_bytes=50_000_000))
    assert fat.cut and fat.rows.nbytes < 200_000_000
    hoard = "select list(a.crime_ref || b.crime_ref || b.ocu) from crimes a, crimes b"
    with pytest.raises(UsageError, match="Memory|memory|stopped"):
        ask(hoard, Limits(seconds=30, memory_mb=64))


def test_as_many_rows_as_are_allowed_are_not_cut(ask):
    assert not ask("select * from range(1000)", Limits(most_rows=1000)).cut
    cut = ask("select * from range(1001)", Limits(most_rows=1000))
    assert cut.cut and cut.rows.num_rows == 1000


def test_a_click_ends_it(ask):
    class Clicked(Exception):
        pass

    def waiting(seconds: float) -> None:
        if seconds > 0.3:
            raise Clicked

    began = time.monotonic()
    with pytest.raises(Clicked):
        ask("select sum(x) from range(100000000000) t(x)", Limits(seconds=60), waiting)
    assert time.monotonic() - began < 20


def test_an_error_names_no_place_on_this_machine(ask, sample_snapshot):
    with pytest.raises(NotFoundError) as found:
        ask("select nope from crimes")
    assert "nope" in str(found.value)
    assert str(sample_snapshot.path.parent) not in str(found.value)


def test_what_is_checked_is_what_runs():
    written = sandbox.checked(
        "\ufeff\u200bselect /* no */ OCU from Crimes -- end", frozenset({"crimes"})
    )
    assert written == 'SELECT "OCU" FROM "Crimes"'


def test_steps_are_seen_where_they_stand(ask):
    assert ask("with a as (select 1 as x), b as (select x from a) select * from b").rows.num_rows
    assert ask("with crimes as (select ocu from crimes) select ocu from crimes").rows.num_rows
    counted = "with recursive r as (select 1 as n union all select n + 1 from r where n < 5) from r"
    assert ask(counted).rows.num_rows == 5


def test_memory_is_held_and_the_reason_is_the_true_one(ask, monkeypatch):
    """Once took 2.5 GB: the rows grow outside DuckDB's own limit."""
    most = []
    measured = sandbox.resident_mb

    def resident(pid: int) -> float | None:
        most.append(measured(pid) or 0)
        return most[-1]

    monkeypatch.setattr(sandbox, "resident_mb", resident)
    with pytest.raises(UsageError, match="needs more memory than it may use"):
        ask("select repeat('x', 1000000) from range(49999)", Limits(seconds=60))
    assert 0 < max(most) < 600


def test_the_parent_watches_where_the_system_does_not(ask, monkeypatch):
    monkeypatch.setattr(sandbox, "resident_mb", lambda pid: 513.0)
    with pytest.raises(UsageError, match="needs more memory than it may use"):
        ask("select count(*) from crimes a, crimes b")


def test_two_at_once_the_third_waits_its_turn(ask):
    long = "select count(*) from crimes a, crimes b, crimes c where a.ocu > b.branch || c.team"

    def run() -> None:
        with pytest.raises(UsageError, match="stopped after"):
            ask(long, Limits(seconds=4))

    threads = [threading.Thread(target=run) for _ in range(sandbox.MOST_AT_ONCE)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    told: list[float] = []
    assert ask("select 1", waiting=told.append).rows.num_rows == 1
    assert 0.0 in told  # it stood in the queue
    for thread in threads:
        thread.join()


def test_there_is_nothing_but_the_roles_tables(ask, asking, monkeypatch):
    """Closed units' claims and what tells a person's group are not in the database at all."""
    database, tables = asking
    for table in ("crimes", "overtime", "faults"):
        units = {row["ocu"] for row in ask(f"select distinct ocu from {table}").rows.to_pylist()}
        assert units and not units & {"SCD10", "SCD11"}
    for column in ("victim_ethnicity", "victim_sex", "victim_age_band"):
        with pytest.raises(NotFoundError, match=column):
            ask(f"select {column} from crimes")
    monkeypatch.setattr(sandbox, "checked", lambda sql, tables: sql)
    held = "select distinct table_name from information_schema.tables"
    found = sandbox.run(database, held, tables, QUICK).rows.to_pylist()
    assert {row["table_name"] for row in found} == tables


@pytest.fixture
def slow_start(tmp_path, monkeypatch):
    """As on a busy machine: the process takes three seconds before it begins."""
    script = tmp_path / "slow.py"
    script.write_text(
        "import runpy, time\n"
        "time.sleep(3)\n"
        f"runpy.run_path({str(sandbox.CHILD)!r}, run_name='__main__')\n"
    )
    monkeypatch.setattr(sandbox, "CHILD", script)


def test_the_start_of_the_process_is_no_time_of_the_question(ask, slow_start):
    told: list[float] = []
    found = ask("select 1", Limits(seconds=2), told.append)
    assert found.rows.num_rows == 1 and found.seconds < 2
    assert told and told[0] == 0.0


def test_a_start_that_takes_too_long_is_given_up(ask, slow_start, monkeypatch):
    monkeypatch.setattr(sandbox, "LONGEST_START", 0.2)
    with pytest.raises(UsageError, match="too busy"):
        ask("select 1", Limits(seconds=60))


def test_pruning_clears_what_was_made_of_snapshots_that_are_gone(asking, sample_data, capsys):
    database, _ = asking
    folder = sample_data / own_tables.FOLDER
    gone = folder / "0123456789ab"
    gone.mkdir()
    (gone / "a.duckdb").write_bytes(b"records")
    (folder / "older.duckdb").write_bytes(b"records")  # as they lay before they had folders
    prune_snapshots(sample_data, as_json=True)
    assert capsys.readouterr().out == "[]\n"
    assert database.is_file()
    assert not gone.exists() and not (folder / "older.duckdb").exists()
