"""Files of decisions, signatures and proposals that are none: a sentence, and nothing written."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from dashboard.decisions import signoffs
from dashboard.errors import ContentError, UsageError
from dashboard.reports import remarks_transfer
from dashboard.reports.accountability import transfer
from dashboard.reports.decisions import transfer as decided
from dashboard.reports.request.clock import FOREVER

SAID = remarks_transfer.EXPLANATIONS
KINDS = {"decisions": decided.KIND, SAID: remarks_transfer.KIND, **transfer.KINDS}


def read(file, what):
    return decided.entries_of(file, KINDS[what], what)


@pytest.mark.parametrize("what", KINDS)
@pytest.mark.parametrize("entries", [None, {}, "many", [1], [{"id": "a"}, "b"]])
def test_entries_that_are_none_are_a_sentence(tmp_path, what, entries):
    file = tmp_path / "written.json"
    file.write_text(json.dumps({"kind": KINDS[what], what: entries}), "utf-8")
    with pytest.raises(ContentError, match=f"its {what} are no list of entries"):
        read(file, what)


@pytest.mark.parametrize("what", KINDS)
@pytest.mark.parametrize("text", ["[", "a,b\n1,2\n", "[]", '{"kind": "of another program"}'])
def test_a_file_of_something_else_is_a_sentence(tmp_path, what, text):
    file = tmp_path / "written.json"
    file.write_text(text, "utf-8")
    with pytest.raises(ContentError, match="is no JSON|of this program"):
        read(file, what)


@pytest.mark.parametrize("what", KINDS)
def test_a_file_that_is_not_there_is_a_sentence(tmp_path, what):
    with pytest.raises(UsageError, match="can't be read"):
        read(tmp_path / "none.json", what)


@pytest.mark.parametrize("what", KINDS)
def test_a_list_of_entries_is_what_it_holds(tmp_path, what):
    file = tmp_path / "written.json"
    file.write_text(json.dumps({"kind": KINDS[what], what: [{"id": "a"}]}), "utf-8")
    assert read(file, what) == [{"id": "a"}]


@pytest.fixture
def written(sample_copy):
    """The sample with what its people wrote, and one signature withdrawn and given again."""
    data = sample_copy()
    subject, row = min(signoffs.signoffs_at(data, FOREVER).items(), key=lambda item: str(item[0]))
    later = row["changed_at"] + timedelta(hours=1)
    taken = signoffs.withdraw(data, "ann", later, subject, row["version"], "the claims were late")
    signoffs.sign(
        data, "ann", later + timedelta(hours=1), subject, row["figures"], "they are in now",
        row["as_at"], row["snapshot_id"], taken["version"],
    )  # fmt: skip
    return data


@pytest.mark.parametrize("what", transfer.KINDS)
def test_what_is_exported_comes_into_an_empty_store_and_out_again_the_same(written, tmp_path, what):
    first = transfer.exported(written, what)
    states = {item.get("state") or (item["decided"] or {}).get("state") for item in first[what]}
    assert {"withdrawn", "signed"} <= states or {"declined", "accepted", None} <= states
    file = tmp_path / "written.json"
    file.write_text(json.dumps(first), "utf-8")
    other = tmp_path / "other"
    other.mkdir()
    (other / "snapshots").symlink_to(written / "snapshots")
    assert transfer.exported(other, what) == {"kind": transfer.KINDS[what], what: []}
    assert transfer.imported(other, transfer.entries_of(file, what), what) == len(first[what])
    assert transfer.imported(other, transfer.entries_of(file, what), what) == 0
    assert transfer.exported(other, what) == first
