"""One result of the sample, six forms: every number read back and compared with its rows."""

import csv
import io
import re
from io import BytesIO
from xml.etree import ElementTree

import openpyxl
import pypdf
import pytest
from pptx import Presentation

from dashboard import reports
from dashboard.charts import spc
from dashboard.export import sheet_of
from dashboard.export.forms import csv as csv_files
from dashboard.export.forms import office, pictures, pptx, xlsx
from dashboard.export.forms.xlsx_pages import HEAD
from dashboard.reports.measure import chart_rows

NUMBERS = ("value", "mean", "lower", "upper", "target")


@pytest.fixture(scope="module")
def track(sample_data, sample_snapshot):
    request = reports.open_request(snapshot_id=sample_snapshot.id, data=sample_data)
    track = chart_rows.track_of(request, "SCD7", "commercial_robbery")
    return track, chart_rows.chart(request, track)


@pytest.fixture(scope="module")
def given_rows(track):
    return track[1].rows.to_pylist()


def as_said(value):
    return "[x]" if value is None else value


def nearly(value):
    """A workbook holds 16 digits of a number."""
    return "[x]" if value is None else pytest.approx(value, rel=1e-15)


def test_csv(track, given_rows, produced):
    content = csv_files.as_csv(sheet_of(track[1]), produced).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(content)))
    start = lines.index([]) + 1
    heads = {column.name: column.heading for column in sheet_of(track[1]).columns}
    table = [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 : -1]]
    for line, row in zip(table, given_rows, strict=True):
        for name in NUMBERS:
            said = line[heads[name]]
            assert (said if said == "[x]" else float(said)) == as_said(row[name])


def test_xlsx(track, given_rows, produced):
    item = xlsx.Item(sheet_of(track[1]), "robbery", office.spc())
    book = openpyxl.load_workbook(BytesIO(xlsx.workbook([item], produced)))
    lines = [[cell.value for cell in line] for line in book["Table"].iter_rows(min_row=HEAD + 1)]
    places = {column.name: place for place, column in enumerate(sheet_of(track[1]).columns)}
    for line, row in zip(lines[1:-1], given_rows, strict=True):
        for name in NUMBERS:
            assert line[places[name]] == nearly(row[name])


def test_pptx(track, given_rows, produced):
    item = pptx.Item(sheet_of(track[1]), office.spc())
    slides = list(Presentation(BytesIO(pptx.deck([item], produced))).slides)
    (chart,) = [shape.chart for shape in slides[0].shapes if shape.has_chart]
    lines = list(chart.plots[1].series)[:5]  # then the breaks; behind them lies the band
    drawn = dict(zip(("value", "mean", "upper", "lower", "target"), lines, strict=True))
    for name, line in drawn.items():
        assert list(line.values) == [row[name] for row in given_rows]
    low, width = (list(line.values) for line in chart.plots[0].series)
    assert low == [row["lower"] for row in given_rows]
    for row, edge, wide in zip(given_rows, low, width, strict=True):
        assert row["upper"] is None or edge + wide == pytest.approx(row["upper"])
    said = [
        row.cells[1].text
        for slide in slides[1:]
        for shape in slide.shapes
        if shape.has_table
        for row in list(shape.table.rows)[1:]
    ]
    assert said == [row["said"] for row in given_rows]


def test_svg_and_pdf(track, given_rows, produced):
    """The points' own descriptions hold their values; the words at the lines' ends the limits."""
    whole, found = track
    spec = spc.spec_for(found, whole.measure.unit, whole.grain)
    document = pictures.svg(spec, spc.data(found), found, produced)
    points = [
        float(item.get("aria-label").partition("value: ")[2].partition(";")[0])
        for item in ElementTree.fromstring(document).iter()
        if item.get("aria-roledescription") == "point" and "point: " in item.get("aria-label")
    ]
    assert points == [row["value"] for row in given_rows]
    ends = [line for line in spc.data(found)["labels"].column("words").to_pylist()]
    text = re.sub(
        r"\s+", " ", pypdf.PdfReader(BytesIO(pictures.pdf(document))).pages[0].extract_text()
    )
    for said in (found.title, *ends):
        assert said in text
