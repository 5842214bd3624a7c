"""A pack of what somebody put together on the pages: the same results, in the order chosen."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from dashboard import reports
from dashboard.charts import spc
from dashboard.errors import UsageError
from dashboard.export import Produced
from dashboard.export.forms import office
from dashboard.export.packs import files
from dashboard.reports.measure import chart_rows
from dashboard.reports.packs import contents
from dashboard.reports.packs.block import Block
from dashboard.reports.tasking import objectives

pytestmark = pytest.mark.some(3, "collected")

PRODUCED = Produced("a test", datetime(2004, 7, 13, tzinfo=UTC))


@pytest.fixture(scope="module")
def whole(sample_data):
    request = reports.open_request(date(2004, 7, 12), None, sample_data)
    track = chart_rows.track_of(request, "SCD7", "commercial_robbery")
    found = chart_rows.chart(request, track)
    drawn = (spc.spec_for(found, "n", "month"), spc.data(found))
    chart = Block("robbery", found, "", "n", picture=drawn, office=office.spc("n"))
    return contents.collected(request, [chart, Block("plan", objectives.board(request))])


def test_each_result_is_a_section_of_its_own(whole):
    assert [len(section.parts) for section in whole.sections] == [1, 1]
    assert [part.name for part in whole.parts] == ["1-robbery", "2-plan"]
    assert whole.about.stamp.snapshot_id == whole.parts[0].shown.stamp.snapshot_id


def test_the_document_has_the_chart_as_it_was_drawn(whole):
    reader = PdfReader(io.BytesIO(files.written(whole, "pdf", PRODUCED)))
    words = " ".join(page.extract_text() for page in reader.pages)
    assert "Collected pack" in words
    assert whole.parts[0].shown.title in " ".join(words.split())


def test_the_workbook_has_its_own_chart_and_every_row(whole):
    book = load_workbook(io.BytesIO(files.written(whole, "xlsx", PRODUCED)))
    assert sum(len(sheet._charts) for sheet in book.worksheets) == 1
    values = {cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    shown = whole.parts[0].shown.rows.column("value").to_pylist()
    assert set(shown) <= values


def test_nothing_collected_is_a_sentence(sample_data):
    request = reports.open_request(date(2004, 7, 12), None, sample_data)
    with pytest.raises(UsageError, match="nothing was put into the pack"):
        contents.collected(request, [])


def test_a_result_of_another_snapshot_says_its_own_as_at(sample_data, whole):
    """The title page has one as-at: what is of another day says so above its own rows."""
    earlier = reports.open_request(date(2004, 6, 28), None, sample_data)
    parts = [whole.parts[0], Block("plan", objectives.board(earlier))]
    request = reports.open_request(date(2004, 7, 12), None, sample_data)
    own, other = contents.collected(request, parts).parts
    assert other.shown.subtitle.startswith(f"As at 28 June 2004 (snapshot {earlier.snapshot.id})")
    assert "28 June" not in own.shown.subtitle
    assert other.shown.stamp.as_at == date(2004, 6, 28)  # and so each form's stamp of it
