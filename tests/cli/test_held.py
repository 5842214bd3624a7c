"""A vintage that is held: what import, list, publish and cycle say, and who lets it pass."""

from __future__ import annotations

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from dashboard import ingest, snapshots
from dashboard.__main__ import app
from dashboard.access.audit_reading import lines
from dashboard.access.witness import audit_of
from dashboard.errors import ContentError, NotFoundError, UsageError

HEAD = "publisher,date,grain,borough,offence,offences\n"
ROW = "ours,2004-0{}-01,month,Camden,robbery_business,{}\n"


def call(folder, *words: str) -> tuple[int, str, str]:
    """Exit code, what was printed and what went to standard error."""
    done = CliRunner().invoke(app, [*words, "--data", str(folder.data)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def file_of(folder, name: str, first: int) -> str:
    path = folder.path / name
    path.write_text(HEAD + ROW.format(1, first) + ROW.format(2, 500))
    return str(path)


@pytest.fixture
def held(folder):
    """Five hundred of January, which come to none a month later."""
    call(folder, "import", "counts", file_of(folder, "a.csv", 500), "--vintage", "2004-05-10")
    zeros = file_of(folder, "b.csv", 0)
    code, _, said = call(folder, "import", "counts", zeros, "--vintage", "2004-06-10")
    assert code == 1 and "held" in said and "nothing is left where counts stood" in said
    return folder


def test_it_is_listed_left_out_and_let_pass_with_a_reason(held):
    (row,) = [row for row in json.loads(call(held, "imports", "list", "--json")[1]) if row["held"]]
    assert row["file"] == "b.csv" and "500" in row["held"]
    code, _, said = call(held, "publish", "--as-at", "latest")
    short = row["number"][-4:]  # the last digits, as many as tell two imports apart
    assert code == 0 and f"import number {short}: " in said and "imports pass" in said
    assert f"│ {short} " in call(held, "imports", "list")[1]
    with pytest.raises(NotFoundError):
        call(held, "imports", "show", short[1:])
    first = snapshots.get(held.data)
    assert [item["file"] for item in first.manifest["sources"]] == ["a.csv"]
    assert str(first.as_at) == "2004-05-11"  # the day after the newest vintage that is not held
    assert call(held, "publish", "--as-at", "2004-05-11")[2].count("held") == 0  # not known then
    told = json.loads(call(held, "publish", "--as-at", "2004-07-12", "--json")[1])
    assert len(told["held"]) == 1 and len(told["sources"]) == 1
    with pytest.raises(UsageError, match="reason"):
        call(held, "imports", "pass", row["number"], "--reason", " ")
    code, printed, _ = call(held, "imports", "pass", short, "--reason", "moved to another")
    assert code == 0 and "b.csv" in printed
    assert json.loads(call(held, "imports", "show", row["number"])[1])["passed"]["reason"]
    assert any(short in line.what for line in lines(audit_of(held.data)))
    assert not any("moved to another" in line.what for line in lines(audit_of(held.data)))
    code, _, said = call(held, "publish", "--as-at", "latest")
    assert (code, said.count("held")) == (0, 0)
    newest = snapshots.get(held.data, date(2004, 6, 11))  # the day after what was let pass
    passed = {item["file"]: bool(item.get("passed")) for item in newest.manifest["sources"]}
    assert passed == {"a.csv": False, "b.csv": True}


def test_it_can_be_taken_back(held):
    (item,) = [item for item in ingest.staged(held.data) if item.held]
    assert call(held, "imports", "withdraw", str(item.sequence))[0] == 0
    assert "held" not in call(held, "publish", "--as-at", "latest")[2]


def test_where_all_is_held_nothing_is_published(held):
    first = next(item for item in ingest.staged(held.data) if not item.held)
    ingest.withdraw(first, held.data)
    with pytest.raises(ContentError, match="all that is imported is held"):
        call(held, "publish", "--as-at", "latest")


def test_a_cycle_publishes_without_it_and_ends_with_1(held):
    drop, out = held.path / "drop" / "counts", held.path / "out"
    drop.mkdir(parents=True)
    out.mkdir()
    code, _, said = call(held, "cycle", str(drop.parent), "--out", str(out), "--quiet")
    assert code == 1 and "b.csv (counts, 2004-06-10) is held" in said
    assert len(snapshots.listing(held.data)) == 1
    assert sorted(path.suffix for path in out.iterdir()) == [".html", ".txt"]
    call(held, "imports", "pass", str(ingest.staged(held.data)[-1].sequence), "--reason", "so")
    code, _, said = call(held, "cycle", str(drop.parent), "--out", str(out), "--quiet")
    assert (code, said) == (0, "")


def test_a_preview_says_what_moves_and_what_is_held(held):
    call(held, "publish", "--as-at", "latest")
    call(held, "imports", "pass", str(ingest.staged(held.data)[-1].sequence), "--reason", "so")
    zeros = file_of(held, "c.csv", 700)
    assert call(held, "import", "counts", zeros, "--vintage", "2004-06-12")[0] == 1
    code, printed, said = call(held, "imports", "preview", "--json")
    told = json.loads(printed)
    assert code == 0 and told["changes"] and len(told["held"]) == 1
    row = next(row for row in told["figures"]["rows"] if row["measure"] == "commercial_robbery")
    assert (row["period"], row["old"], row["new"]) == ("January 2004", "500", "0")
    words = call(held, "imports", "preview")
    assert "January 2004" in words[1] and "c.csv" in words[2]
    assert len(snapshots.listing(held.data)) == 1
