"""Rows that people edit: versions, the history, and who comes second."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from dashboard.errors import ContentError, NotFoundError, StoreError
from dashboard.store import ConflictError, Store, changes, last_written, rows_at
from dashboard.store.engine import database_engine
from dashboard.store.history import TICK_NS
from dashboard.store.tables import history
from tests.store.notes import notes

MET = datetime(2004, 7, 13, 10, 0, tzinfo=UTC)
EVERY_KIND = {
    "words": "Move 40 officers … £1,200 “now”",
    "count": 40,
    "cost": Decimal("1200.10"),
    "due": date(2004, 7, 27),
    "met": MET,
    "open": True,
    "more": {"boroughs": ["E09000025", None], "how_sure": 70, "mean": 4.3},
}


def row_of(store, row_id):
    with store.reading() as connection:
        return dict(connection.execute(select(notes).where(notes.c.id == row_id)).mappings().one())


def test_a_row_comes_back_as_it_was_written(store):
    with store.writing("ann") as writing:
        row = writing.add(notes, EVERY_KIND)
    kept = row_of(store, row["id"])
    assert {name: kept[name] for name in EVERY_KIND} == EVERY_KIND
    assert (kept["version"], kept["changed_by"]) == (1, "ann")


def test_each_change_is_a_line_with_before_and_after(store):
    with store.writing("ann") as writing:
        row = writing.add(notes, EVERY_KIND)
    with store.writing("bob", at=MET) as writing:
        writing.change(notes, row["id"], 1, {"cost": Decimal("0.30"), "more": None})
    first, second = changes(store, notes, row["id"])
    assert (first.by, first.before, first.after["cost"]) == ("ann", None, Decimal("1200.10"))
    assert (second.by, second.at, second.version) == ("bob", MET, 2)
    assert second.written_at > MET  # the computer's own time stands beside the meeting's
    assert second.before == first.after
    assert (second.after["cost"], second.after["more"]) == (Decimal("0.30"), None)
    assert second.after == row_of(store, row["id"])


def test_what_fails_half_way_leaves_nothing(store):
    with pytest.raises(RuntimeError), store.writing("ann") as writing:
        row = writing.add(notes, {"words": "first"})
        raise RuntimeError
    assert changes(store, notes, row["id"]) == []
    with store.reading() as connection:
        assert connection.execute(select(notes)).all() == []


def test_the_second_is_told_what_changed_and_loses_nothing(store):
    with store.writing("ann") as writing:
        row = writing.add(notes, {"words": "patrols", "count": 4, "due": date(2004, 7, 27)})
    with store.writing("bob") as writing:
        writing.change(notes, row["id"], 1, {"count": 6})
    with store.writing("cy") as writing:
        writing.change(notes, row["id"], 2, {"due": date(2004, 8, 10)})
    typed = {"count": 5, "words": "patrols at night"}
    with pytest.raises(ConflictError) as caught, store.writing("dee") as writing:
        writing.change(notes, row["id"], 1, typed)
    told = caught.value
    assert told.changed == {"count": (4, 6), "due": (date(2004, 7, 27), date(2004, 8, 10))}
    assert told.wanted == typed
    assert told.both == {"count"}  # the due date was bob's and cy's alone, the words dee's
    assert (told.now["version"], told.now["changed_by"]) == (3, "cy")
    assert "cy changed this" in str(told)
    # With the version that she was told she can save.
    with store.writing("dee") as writing:
        saved = writing.change(notes, row["id"], told.now["version"], typed)
    assert (saved["version"], saved["count"], saved["due"]) == (4, 5, date(2004, 8, 10))


def test_a_row_or_a_version_that_never_was_is_named(store):
    with pytest.raises(NotFoundError, match="notes 'nowhere'"), store.writing("ann") as writing:
        writing.change(notes, "nowhere", 1, {"count": 1})
    with store.writing("ann") as writing:
        row = writing.add(notes, {"count": 1})
    with pytest.raises(NotFoundError, match="version"), store.writing("ann") as writing:
        writing.change(notes, row["id"], 7, {"count": 2})


def test_a_table_as_it_stood(store):
    june, july = datetime(2004, 6, 1, 10, tzinfo=UTC), datetime(2004, 7, 1, 10, tzinfo=UTC)
    with store.writing("ann", at=june) as writing:
        row = writing.add(notes, {"words": "raised", "due": date(2004, 7, 27)}, "a")
    with store.writing("ann", at=july) as writing:
        writing.change(notes, row["id"], 1, {"words": "done"})
        writing.add(notes, {"words": "second"}, "b")

    def stood(moment):
        return {line["id"]: line["words"] for line in rows_at(store, notes, moment)}

    assert stood(june) == {}  # just before it was raised: a moment is exclusive, as an as-at is
    assert stood(july) == {"a": "raised"}
    assert stood(july.replace(microsecond=1)) == {"a": "done", "b": "second"}
    assert rows_at(store, notes, july)[0]["due"] == date(2004, 7, 27)


@pytest.mark.parametrize("statement", [update(history).values(by="nobody"), delete(history)])
def test_the_database_refuses_to_change_its_history(store, statement):
    with store.writing("ann") as writing:
        row = writing.add(notes, {"count": 1})
    with pytest.raises((DBAPIError, StoreError)), store.writing("mallory") as writing:
        writing.connection.execute(statement)
    assert [line.by for line in changes(store, notes, row["id"])] == ["ann"]


@pytest.mark.parametrize(
    "value",
    [
        {"words": "nul \x00 in text"},  # PostgreSQL holds none
        {"words": "half a pair \ud83d"},  # no UTF-8
        {"more": {"deep": ["\x00"]}},
        {"words": "cod.exe \u202e turned round"},  # it would steer whatever shows it
        {"more": [{"deep": "\x1b[2J"}]},
        {"more": {"mean": float("nan")}},  # no JSON
    ],
)
def test_what_one_of_the_databases_can_not_hold_is_refused_by_both(store, value):
    with pytest.raises(ContentError, match=next(iter(value))), store.writing("ann") as writing:
        writing.add(notes, value)


def test_the_stores_own_columns_are_nobody_elses(store):
    with pytest.raises(ValueError, match="version"), store.writing("ann") as writing:
        writing.add(notes, {"version": 9})


def test_the_latest_change_is_told_from_every_other(store):
    """What is kept of the store is kept by it: it moves with every change, of whatever table."""
    seen = [last_written(store)]
    for words in ("first", "second"):
        with store.writing("ann") as writing:
            writing.add(notes, EVERY_KIND | {"words": words})
        seen.append(last_written(store))
    assert seen[0] == () and len(set(seen)) == 3


def test_what_another_process_wrote_is_seen_at_once_and_after_a_while(store):
    """Its last change is kept while the files stay as they are: never over a change of theirs."""
    other = Store(database_engine(store.engine.url))
    seen = [last_written(store)]
    for number in range(12):
        if number in (4, 8):
            time.sleep(2 * TICK_NS / 1e9)  # long enough for what is read now to be kept
            assert last_written(store) == last_written(store) == seen[-1]
        with other.writing("bea") as writing:
            writing.add(notes, EVERY_KIND | {"count": number})
        seen.append(last_written(store))
    assert len(set(seen)) == 13
    other.engine.dispose()
