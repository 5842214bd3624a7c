"""Packs: the same rows in every form, PDF/UA-1, words never as markup, kept bit for bit."""

import csv
import io
import re
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import islice

import openpyxl
import pyarrow as pa
import pypdf
import pytest
from docx import Document
from pptx import Presentation
from pptx.oxml.ns import qn

from dashboard import reports
from dashboard.errors import ContentError, DashboardError, NotFoundError, UsageError
from dashboard.export import Produced
from dashboard.export.forms.printed import widths, written
from dashboard.export.forms.sheets import sheet_of
from dashboard.export.forms.xlsx_pages import HEAD
from dashboard.export.packs import charts as pack_charts
from dashboard.export.packs import document as pack_document
from dashboard.export.packs import files, kept, letters
from dashboard.export.packs.drawing import Drawing
from dashboard.export.packs.typeset import pdf
from dashboard.reports.packs import contents
from dashboard.reports.packs.block import Block, Pack, Section
from dashboard.reports.tasking import forecasts, to_decide
from tests.figures.walk import NAMES_OF_STATISTICS

pytestmark = pytest.mark.some(14, "packs")

NOW = datetime(2004, 7, 13, 9, 30, tzinfo=UTC)
BY = Produced("local, not signed in", NOW)


@pytest.fixture(scope="module")
def request_(sample_data, sample_snapshot):
    return reports.open_request(snapshot_id=sample_snapshot.id, data=sample_data)


@pytest.fixture(scope="module")
def tasking(request_):
    return contents.pack(request_, "tasking")


@pytest.fixture(scope="module")
def tasking_pdf(tasking):
    return files.written(tasking, "pdf", BY)


def text_of(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages]


def squeezed(words: str) -> str:
    """Without spaces: where a line ends in a cell is the page's business."""
    return re.sub(r"\s+", "", words)


def printed(part: Block) -> list[str]:
    """Each row of the part as its printed cells follow one another."""
    sheet = sheet_of(part.shown, part.unit)
    brief = sheet.brief(pack_document.MOST_COLUMNS, part.columns)
    return [
        squeezed(
            "".join(
                written(value, kind).replace("£-", "−£")
                for value, kind in zip(line, kinds, strict=True)
            )
        )
        for line, kinds in islice(brief.told(), part.most)
    ]


def test_the_columns_that_a_part_prints_are_those_of_its_rows(request_, tasking):
    packs = [tasking, contents.pack(request_, "unit", unit="SCD7")]
    packs += [contents.pack(request_, name) for name in ("monthly", "star-chamber")]
    lacking = {
        part.name: set(part.columns) - set(part.shown.rows.column_names)
        for pack in packs
        for part in pack.parts
    }
    assert not {name: columns for name, columns in lacking.items() if columns}


def test_pdf_has_every_row_of_every_table(tasking, tasking_pdf):
    found = squeezed("".join(text_of(tasking_pdf)))
    tables = [part for part in tasking.parts if part.printed]
    assert len(tables) >= 5
    for part in tables:
        for row in printed(part):
            assert row in found, part.name


def test_pdf_stamp_on_every_page(tasking, tasking_pdf):
    pages = text_of(tasking_pdf)
    for number, page in enumerate(pages, 1):
        assert page.count("RESTRICTED · SAMPLE DATA") == 2
        assert f"Page {number} of {len(pages)}" in page
        for words in (tasking.about.stamp.snapshot_id, tasking.about.stamp.query_hash):
            assert words in page
        assert "produced by local, not signed in, 13 July 2004 09:30 UTC" in page
    first = squeezed(pages[0])
    for section in tasking.sections:
        assert section.heading in pages[0] and squeezed(section.statement) in first


def test_pdf_is_tagged_titled_and_the_same_again(tasking, tasking_pdf):
    about = pypdf.PdfReader(BytesIO(tasking_pdf))
    catalogue = about.trailer["/Root"]
    assert b"<pdfuaid:part>1" in catalogue["/Metadata"].get_object().get_data()
    assert catalogue["/MarkInfo"]["/Marked"]
    assert str(catalogue["/Lang"]).startswith("en")
    assert about.metadata.title == "Tasking pack"
    assert files.written(tasking, "pdf", BY) == tasking_pdf


def test_a_long_table_repeats_its_headings(tasking, tasking_pdf):
    """The board's headings: above the first row of each page that has some of it."""
    board = next(part for part in tasking.parts if part.name == "objectives")
    sheet = sheet_of(board.shown).brief(pack_document.MOST_COLUMNS, board.columns)
    heads = squeezed("".join(column.heading for column in sheet.columns))
    rows = printed(board)
    pages = [squeezed(page) for page in text_of(tasking_pdf)]
    with_rows = [page for page in pages if sum(row in page for row in set(rows)) > 3]
    assert len(with_rows) >= 2
    assert all(heads in page for page in with_rows)


def test_of_a_list_print_has_the_first_rows_and_says_so(tasking, tasking_pdf):
    rare = next(part for part in tasking.parts if part.name == "rare")
    assert rare.most and rare.shown.rows.num_rows > rare.most
    words = squeezed(" ".join(text_of(tasking_pdf)))
    assert squeezed(f"{rare.most} of {rare.shown.rows.num_rows} rows") in words


def test_each_line_of_the_cover_is_a_statement_of_its_rows(request_, tasking):
    said = {section.heading: section.statement for section in tasking.sections}
    assert all(words and words != heading for heading, words in said.items())
    assert "2,287 faults" in said["Is the data fit?"]
    ahead = forecasts.coming(request_)
    assert said["What is coming?"] != ahead.title
    assert any(char.isdigit() for char in said["What is coming?"].partition("should bring")[2])
    still = len(to_decide.unanswered(to_decide.questions(request_)))
    assert str(still) in said["What is to be decided"]  # not only what was decided


def test_the_sentences_of_a_section_stand_on_a_slide(tasking):
    """What is to be decided has no table: without its sentences the deck would not say it."""
    slides = Presentation(BytesIO(files.written(tasking, "pptx", BY))).slides
    said = "\n".join(
        shape.text_frame.text
        for slide in slides
        for shape in slide.shapes
        if shape.name == "Sentences"
    )
    titles = {f"{part.shown.title}." for part in tasking.parts}  # which stand above their slides
    for section in tasking.sections:
        for line in (block for block in section.blocks if isinstance(block, str)):
            assert line in said or line in titles
    assert "The next tasking meeting" in said


def test_charts_in_which_nothing_stands_out_are_the_last_slides(request_):
    """A month's meeting looks at what stands out; the rest is there for who asks."""
    made = contents.pack(request_, "monthly")
    titles = [
        slide.shapes.title.text
        for slide in Presentation(BytesIO(files.written(made, "pptx", BY))).slides
    ]
    after = titles[titles.index(files.NOTHING_OUT) :]
    drawn = [part for part in made.parts if part.drawn == "spc"]
    assert any(part.quiet for part in drawn) and not all(part.quiet for part in drawn)
    for part in drawn:
        assert (part.shown.title in after) is part.quiet
    assert made.sections[1].statement == next(p for p in drawn if not p.quiet).shown.title


def test_pptx_charts_hold_the_rows(tasking):
    slides = Presentation(BytesIO(files.written(tasking, "pptx", BY))).slides
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    drawn = [part for part in tasking.parts if part.drawn]
    assert drawn
    for chart, part in zip(charts, drawn, strict=True):
        (count,) = [line for line in chart.series if line.name == "Count"]
        assert list(count.values) == part.shown.rows.column("n").to_pylist()
    assert all(tasking.about.stamp.snapshot_id in slide.notes_slide.notes_text_frame.text
               for slide in slides)  # fmt: skip


def test_the_plan_shows_each_objectives_past_in_every_document(tasking):
    (plan,) = [part for part in tasking.parts if part.spark]
    held = sum(
        any(value is not None for value in past or [])
        for past in plan.shown.rows.column(plan.spark).to_pylist()
    )
    slides = Presentation(BytesIO(files.written(tasking, "pptx", BY))).slides
    drawn = [
        cell
        for slide in slides
        for cell in slide._element.findall(f".//{qn('a:tcPr')}/{qn('a:blipFill')}")
    ]
    word = Document(BytesIO(files.written(tasking, "docx", BY)))
    charts = sum(pack_charts.drawn(part) is not None for part in tasking.parts)
    assert len(plan.bars) > 10  # one of each that has a target
    assert len(drawn) == len(word.inline_shapes) - charts == held + len(plan.bars) > 20


def same(held, value) -> bool:
    """Whether a workbook's cell holds the value: 16 digits, no empty text, midnight for a day."""
    if isinstance(value, float):
        return held == pytest.approx(value, rel=1e-15)
    return (held.date() if isinstance(held, datetime) else held or "") == value or held == value


def test_xlsx_and_csv_hold_every_row(tasking):
    book = openpyxl.load_workbook(BytesIO(files.written(tasking, "xlsx", BY)))
    lines = list(csv.reader(io.StringIO(files.written(tasking, "csv", BY).decode("utf-8-sig"))))
    for place, part in enumerate(tasking.parts, 2):  # the contents are the first
        sheet = sheet_of(part.shown, part.unit)
        page = book[f"Table {place}"]
        heads = [column.heading for column in sheet.columns]
        assert [cell.value for cell in page[HEAD + 1]] == heads
        for number, line in enumerate(sheet.lines(), HEAD + 2):
            for cell, value in zip(page[number], line, strict=True):
                assert same(cell.value, value)
            assert [str(value) for value in line] in lines


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("weekly", {}),
        ("unit", {"unit": "SCD7"}),
        ("borough", {"borough": "E09000007"}),
        ("star-chamber", {}),
        ("strategic", {}),
        ("star-chamber", {"unit": "SCD7"}),
    ],
)
def test_every_pack_is_whole(request_, name, asked):
    """No section fails, and the document of each is PDF/UA-1: the setting refuses otherwise."""
    made = contents.pack(request_, name, **asked)
    assert made.faults == ()
    assert len({part.name for part in made.parts}) == len(made.parts)
    assert files.written(made, "pdf", BY).startswith(b"%PDF")


def test_monthly_has_its_money_and_every_measure_with_figures(request_):
    made = contents.pack(request_, "monthly")
    names = [part.name for part in made.parts]
    assert {"objectives", "finances", "overtime", "delays", "fit"} <= set(names)
    assert sum(part.drawn == "spc" for part in made.parts) > 30
    assert made.faults == ()


def test_what_a_pack_needs(request_):
    with pytest.raises(UsageError, match="--unit"):
        contents.pack(request_, "unit")
    with pytest.raises(UsageError, match="--borough"):
        contents.pack(request_, "borough")
    with pytest.raises(NotFoundError):
        contents.pack(request_, "yearly")
    with pytest.raises(NotFoundError):
        contents.pack(request_, "unit", unit="SCD99")
    with pytest.raises(NotFoundError):
        files.produce(request_, "tasking", "odt")


def test_a_section_that_fails_says_so(request_, monkeypatch):
    def fails(asked):
        yield "one sentence"
        raise DashboardError("the ledger is not balanced")

    kind = contents.Kind("Trial", (("Money", fails), ("Again", lambda asked: iter(["well"]))))
    monkeypatch.setitem(contents.PACKS, "trial", kind)
    made = contents.pack(request_, "trial")
    assert made.faults == ("Money: This part could not be made: the ledger is not balanced.",)
    assert made.sections[1].blocks == ("Well",)


def small(disclosed, rows, **more) -> Pack:
    """A pack of one table."""
    shown = disclosed(rows, **more)
    return Pack("trial", "Trial", shown, (Section("Block", (Block("one", shown),)),))


def test_words_are_never_markup(disclosed):
    """Typst's own signs, and letters that the typeface lacks, in a title and in a cell."""
    bad = '#panic("x") *bold* $x$ <label> @ref \\ [a] ✗ 中'
    made = small(disclosed, [{"name": bad, "n": 1}], title=bad)
    found = squeezed("".join(text_of(files.written(made, "pdf", BY))))
    assert squeezed('#panic("x") *bold* $x$ <label> @ref \\ [a] × ?') in found


def test_an_image_without_words_is_refused(tasking):
    """PDF/UA-1 is what the setting itself checks."""
    with Drawing() as drawing:
        document = pack_document.document(tasking, BY, drawing)
    drawn = [item for part in document["sections"] for item in part["blocks"] if item.get("chart")]
    drawn[0]["alt"] = None
    with pytest.raises(ContentError, match="PDF/UA-1"):
        pdf(document, BY)


def test_a_table_that_is_cut_says_so(disclosed):
    rows = [{"n": number} for number in range(pack_document.MOST_ROWS + 1)]
    found = " ".join(text_of(files.written(small(disclosed, rows), "pdf", BY)))
    assert "Printed: 120 of 121 rows; the XLSX has all." in " ".join(found.split())


def test_letters_of_the_typeface():
    """£ and − are there; ✗ is not, and has another sign; 中 has none."""
    assert {"a", "£", "−", "φ", "·"} <= letters.letters()
    assert letters.written("✗ 中 £") == "× ? £"


def test_a_chart_that_cannot_be_drawn_says_so(tasking, monkeypatch):
    part = next(part for part in tasking.parts if part.drawn)
    broken = {"mark": "nothing of the kind", "data": {"values": []}}
    monkeypatch.setattr(pack_charts, "drawn", lambda part: (broken, {}))
    with Drawing() as drawing, pytest.raises(ContentError, match="could not be drawn"):
        drawing.chart(part)


def test_every_chart_has_an_office_one_but_panels_of_several_units():
    assert pack_charts.DRAWN.keys() - pack_charts.OFFICE.keys() == pack_charts.OF_SEVERAL_UNITS
    assert pack_charts.OFFICE.keys() <= pack_charts.DRAWN.keys()


def test_what_office_does_not_draw_is_a_picture_on_its_slide(disclosed):
    shown = disclosed([{"n": 1}])
    spec = {"mark": "bar", "data": {"name": "rows"}, "encoding": {"x": {"field": "n"}}}
    part = Block("one", shown, picture=(spec, {"rows": shown.rows}), printed=False)
    made = Pack("trial", "Trial", shown, (Section("Block", (part,)),))
    _, drawn = Presentation(BytesIO(files.written(made, "pptx", BY))).slides
    names = [shape.name for shape in drawn.shapes]
    assert "Picture" in names and not {"Chart", "Table"} & set(names)


def test_a_chart_is_never_taller_than_its_page():
    """640 × 1000 pixels: 1.5625 of the width, of which 1.15 have room."""
    assert pack_document.across('<svg width="640" height="1000">') == pytest.approx(0.736)
    assert pack_document.across('<svg width="640" height="200">') == 1.0


@pytest.fixture
def kept_pack(disclosed):
    return small(disclosed, [{"n": 1}])


def test_kept_bit_for_bit(tmp_path, kept_pack):
    made = kept.keep(tmp_path, kept_pack, {"a.pdf": b"\x00one"}, BY, {"unit": "SCD7"})
    ((found,), faults) = kept.kept(tmp_path)
    assert (found, faults) == (made, [])
    assert found.read("a.pdf") == b"\x00one"
    assert found.faults() == []
    assert (found.as_at, found.parameters) == (date(2004, 7, 12), {"unit": "SCD7"})
    assert kept.kept_snapshots(tmp_path) == {"8772eacc1fda"}
    # The same again is the same one; nothing is left beside it.
    assert kept.keep(tmp_path, kept_pack, {"a.pdf": b"\x00one"}, BY, {"unit": "SCD7"}) == made
    assert [path.name for path in (tmp_path / "state/packs").iterdir()] == [made.id]


def test_a_changed_file_is_found(tmp_path, kept_pack):
    made = kept.keep(tmp_path, kept_pack, {"a.pdf": b"one", "a.csv": b"two"}, BY)
    (made.folder / "a.pdf").write_bytes(b"One")
    (made.folder / "a.csv").unlink()
    assert len(made.faults()) == 2
    with pytest.raises(ContentError, match="not what was kept"):
        made.read("a.pdf")
    with pytest.raises(NotFoundError):
        made.read("../pack.json")


def test_a_broken_account_stops_pruning(tmp_path, kept_pack):
    """Its snapshot is not known: better none is pruned than that one."""
    made = kept.keep(tmp_path, kept_pack, {"a.pdf": b"one"}, BY)
    (made.folder / "pack.json").write_text("{}")
    assert kept.kept(tmp_path)[0] == []
    with pytest.raises(ContentError, match=made.id):
        kept.kept_snapshots(tmp_path)


@pytest.mark.parametrize("name", ["../a.pdf", "a/b.pdf", "pack.json", "", ".."])
def test_names_that_lead_elsewhere(tmp_path, kept_pack, name):
    with pytest.raises(ContentError, match="is no name"):
        kept.keep(tmp_path, kept_pack, {name: b"x"}, BY)


def test_no_pack_is_kept(tmp_path):
    assert kept.kept(tmp_path) == ([], [])
    assert kept.kept_snapshots(tmp_path) == frozenset()


def test_a_table_without_rows(disclosed):
    made = small(disclosed, [], schema=pa.schema([("n", pa.int64())]))
    assert "There are no rows." in " ".join(text_of(files.written(made, "pdf", BY)))


def test_every_measure_that_a_row_names_is_defined_at_the_end(request_, tasking, tasking_pdf):
    board = next(part for part in tasking.parts if part.name == "objectives").shown.rows
    asked = [request_.measures[name].question for name in board.column("measure").to_pylist()]
    assert len(asked) > 20 and set(asked) <= set(tasking.definitions)
    words = squeezed(" ".join(text_of(tasking_pdf)))
    notes = openpyxl.load_workbook(BytesIO(files.written(tasking, "xlsx", BY)))["Notes"]
    noted = {cell.value for cell in notes["B"]}
    for question in asked:
        assert squeezed(question) in words and question in noted


def test_definitions_are_an_appendix_to_choose_and_six_pages_come_before_it(tasking, tasking_pdf):
    pages = [squeezed(words) for words in text_of(tasking_pdf)]
    (question, *_) = tasking.definitions
    first = next(at for at, words in enumerate(pages) if squeezed(question) in words)
    assert first <= 6 and pages[first].find("Definitions") < pages[first].find(squeezed(question))
    without = text_of(files.written(tasking, "pdf", BY, appendix=False))
    assert len(without) < len(pages)
    assert squeezed(question) not in squeezed(" ".join(without))


CODES = re.compile(r"planted|(above|below)_\d|concern_|_unauthorised|\b[a-z]+_[a-z]+_[a-z]+\b")


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("tasking", {}),
        ("unit", {"unit": "SCD7"}),
        ("borough", {"borough": "E09000012"}),
        ("strategic", {}),
    ],
)
def test_packs_print_no_names_of_statistics_and_no_codes(request_, name, asked):
    content = files.written(contents.pack(request_, name, **asked), "pdf", BY)
    said = " ".join(text_of(content))
    assert [*NAMES_OF_STATISTICS.findall(said), *CODES.findall(said)] == []


MEASURES = ["Measures of the unit", "Behind the first measure", "Finances", "Overtime"]


def test_a_visit_pack_leads_with_alert_missed_targets_and_what_is_overdue(request_):
    made = contents.pack(request_, "unit", unit="SCD7", without=MEASURES)
    first, *others = text_of(files.written(made, "pdf", BY, appendix=False))
    said, rest = squeezed(first), squeezed(" ".join(others))
    (lead, *_) = made.sections
    assert [part.name for part in lead.parts] == ["alert-1", "missed", "overdue"]
    for part in lead.parts:
        assert squeezed(part.shown.title) in said
    for row in lead.parts[2].shown.rows.to_pylist():
        assert squeezed(row["description"]) in said
    assert "Contents" not in first and "Contents" in rest
    # The plan's table says alert where the screen does.
    plan = next(part for part in made.parts if part.name == "plan")
    stands = {row["measure"]: row["standing"] for row in plan.shown.rows.to_pylist()}
    assert stands["commercial_robbery"].startswith("alert in Camden, Hackney and Islington; target")
    assert "standing" in plan.shown.columns


def test_where_a_table_is_too_wide_the_longest_sentences_get_most_room():
    heads, row = ["Name", "Figure", "Stands"], ["Kidnap", "68", "a sentence of words " * 4]
    assert widths(heads, [row], 124) == [8, 8, 82]  # all as long as they are
    name, figure, stands = widths(["Name", "Figure", "Stands"], [["ab " * 10, "68", row[2]]], 60)
    # Longest words of 18 and 6 between leave 36 of the 98 letters that 26 and 72 are.
    assert (name, figure, stands) == (4 + 9 + 2, 6 + 2, 8 + 26 + 2)


def test_parts_of_a_pack_are_left_out_and_pages_are_previewed(request_):
    headings = [heading for heading, _ in contents.kind("tasking").sections]
    kept = headings[-1]
    made = contents.pack(request_, "tasking", without=headings[:-1])
    assert [section.heading for section in made.sections] == [kept]
    pages = files.previews(made, BY, appendix=False)
    assert len(pages) == len(text_of(files.written(made, "pdf", BY, appendix=False)))
    assert all(page.startswith(b"\x89PNG") for page in pages)
    with pytest.raises(UsageError, match="no part"):
        contents.pack(request_, "tasking", without=headings)
