"""The matrix: page, query, pack, own SQL, export and command × role × whose records they are.

All of it comes of what there is: roles.toml, organisation.csv, pages/, queries/reports, the packs
and the commands; what a role may see is told anew in matrix.py. What leaves is searched for every
reference of every record, so that a page or query that is new is held to the same rule.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import local_script_runner
from typer.testing import CliRunner

from dashboard import queries, reports
from dashboard.__main__ import app
from dashboard.access.audit import Kind
from dashboard.access.audit_reading import Chosen, lines
from dashboard.access.records import PROTECTED, REFERENCES
from dashboard.access.witness import audit_of
from dashboard.errors import DashboardError, NotAllowedError
from dashboard.export import Produced
from dashboard.export.packs import files as packs
from dashboard.export.packs import kept
from dashboard.reports.explore import questions
from dashboard.reports.request import Request
from dashboard.ui.kit import downloads
from dashboard.ui.kit.person import Person
from dashboard.ui.shell import visitor
from tests.access.matrix import (
    BOROUGH,
    PAGES,
    Facts,
    opens,
    organisation,
    other_boroughs,
    roles,
    said_of_roles,
)
from tests.choosing import chosen
from tests.screens import screen

AS_AT = "2004-07-12"
ROLES, UNITS = roles(), organisation().kinds()
SEEING = [name for name, role in ROLES.items() if role.sees != "none"]
SPAN = {"since": "2004-04-01", "until": AS_AT, "before": "2003-04-01", "middle": "2004-06-01"}


@pytest.fixture(scope="module")
def facts(sample_snapshot) -> Facts:
    return Facts(sample_snapshot.path)


@dataclass
class Left:
    """What a page sent to the browser, the results it was made of, and its files to take."""

    sent: bytes = b""
    results: list[Any] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)


@pytest.fixture
def opened(sample_data, monkeypatch):
    """Opens a page as somebody in a role, and gives what left."""
    left = Left()
    parse, disclose = local_script_runner.parse_tree_from_messages, Request.disclose

    def sent(messages):
        left.sent += b"".join(item.SerializeToString() for item in messages)
        return parse(messages)

    def disclosed(self, *values, **named):
        found = disclose(self, *values, **named)
        left.results.append(found)
        return found

    def offered(shown, name, spec, data, chart, *_):
        for ending, make in downloads.forms_of(shown, name, spec, data, chart).items():
            if ending in ("csv", "xlsx", "svg"):  # the same rows as the rest (tests/export)
                left.files[f"{name}.{ending}"] = make()

    monkeypatch.setattr(local_script_runner, "parse_tree_from_messages", sent)
    monkeypatch.setattr(Request, "disclose", disclosed)
    monkeypatch.setattr(downloads, "offered", offered)

    def run(path: Path, role: str, who: str = "ann", **params: str) -> Left:
        left.sent, left.results, left.files = b"", [], {}
        monkeypatch.setattr(visitor, "local_person", lambda: Person(who, "", ROLES[role]))
        page = screen(path, sample_data, **{"as_at": AS_AT, **params})
        assert not page.run().exception
        return left

    return run


REFUSED = re.compile(rb'class="fault"[^>]*>[^<]*may not read the audit')
SHUT = re.compile(rb'class="fault"[^>]*>[^<]*may not load files')


def words(sent: bytes) -> str:
    return re.sub(r"<[^>]+>", " ", sent.decode("utf-8", "replace"))


def measure_of(unit: str) -> str:
    """A measure that the unit owns; else any that counts records."""
    known = queries.measures()
    own = [name for name, item in known.items() if item.owner == unit]
    return next(iter([*own, *known]))


def hold(facts: Facts, role: str, left: Left, page: str) -> None:
    """Nothing that left names a record, or tells of a borough, that the role may not see."""
    for name, content in {"the screen": left.sent, **left.files}.items():
        assert facts.leaks(role, content)[:3] == [], f"{page} as {role}: {name}"
    if ROLES[role].sees == "borough":
        for result in left.results:
            rows = result.rows.to_pylist()
            assert other_boroughs(rows) == [], f"{page} as {role}: {result.title}"


SCREENS = [(page.stem, role, kind) for page in PAGES for role in ROLES for kind in UNITS]


@pytest.mark.parametrize(("page", "role", "kind"), chosen(SCREENS, 2, "screens"))
def test_a_page_shows_and_gives_nothing_that_its_role_may_not_see(opened, facts, page, role, kind):
    path = next(item for item in PAGES if item.stem == page)
    unit = UNITS[kind]
    typed = {"unit": unit, "measure": measure_of(unit), "tab": "exceptions", "page": "2"}
    for params in ({}, typed, {**typed, "borough": "E09000033", "tab": "teams", "page": "1"}):
        left = opened(path, role, **params)
        said = words(left.sent)
        sees_audit = "audit" in ROLES[role].may
        if page == "help":  # the program's own words, for whoever is let in
            assert left.results == [] and left.files == {}
        elif page == "audit":
            # Of an auditor's lines some may say that others were refused just that.
            assert bool(REFUSED.search(left.sent)) != sees_audit
        elif page == "load":  # of files, no figure of which is shown before somebody asks
            assert bool(SHUT.search(left.sent)) != ("load" in ROLES[role].may)
            assert left.results == [] and left.files == {}
            assert ("Nothing is kept before" in said) == ("load" in ROLES[role].may)
        elif ROLES[role].sees == "none":
            assert "opens no figures" in said
            assert left.results == [] and left.files == {}
        elif ROLES[role].sees == "borough" and page != "boroughs":
            assert "opens figures of its own area only" in said and left.results == []
        hold(facts, role, left, page)


LISTING = [(page.stem, role) for page in PAGES for role in SEEING]


@pytest.mark.parametrize(("page", "role"), chosen(LISTING, 2, "witnessed"))
def test_each_who_is_shown_a_record_is_told_to_the_audit(opened, facts, sample_data, page, role):
    """Reports are kept for all of a role: the second who looks is told like the first."""
    path = next(item for item in PAGES if item.stem == page)
    unit = UNITS["own"]
    for who in (f"ann {page} {role}", f"bob {page} {role}"):
        left = opened(path, role, who, unit=unit, measure=measure_of(unit), tab="exceptions")
        views = Chosen(kinds=(Kind.record_view,), who=who)
        told = {line.unit for line in lines(audit_of(sample_data), views)}
        for content in (left.sent, *left.files.values()):
            assert facts.untold(content, told) == []


def asking(sample_data: Path, role: str) -> Request:
    return reports.open_request(date.fromisoformat(AS_AT), data=sample_data, role=ROLES[role])


def values(question: questions.Question, unit: str) -> dict[str, str]:
    """A value for each parameter of a query, by its name and kind."""
    given = {**SPAN, "unit": unit, "measure": measure_of(unit), "limit": "500", "offset": "0"}
    given |= {"authorised_by": AS_AT, "day_hours": "16", "borough": ""}
    return {
        item.name: given.get(item.name, next(iter(item.choices), ""))
        for item in question.parameters
    }


ASKED = [(name, role, kind) for name in queries.find("reports") for role in ROLES for kind in UNITS]


@pytest.mark.parametrize(("name", "role", "kind"), chosen(ASKED, 20, "named queries"))
def test_a_named_query_answers_nothing_that_the_role_may_not_see(
    sample_data, facts, name, role, kind
):
    held(asking(sample_data, role), facts, name, role, UNITS[kind])


def held(request: Request, facts: Facts, name: str, role: str, unit: str) -> None:
    """A query by name keeps the rule, whichever way it is asked."""
    known = questions.questions(asking_all(request))
    query = queries.report(name)
    protected = PROTECTED & set(re.findall(r"\w+", query.sql))
    assert bool(protected) == ("people" in query.header), f"{name} counts people and says not"
    try:
        given = values(known[name], unit) if name in known else {}
        found = request.answer(name, **{key: value or None for key, value in given.items()})
    except NotAllowedError:
        assert protected or not opens_any(role)
        return
    assert not protected
    assert facts.leaks(role, repr(found.rows.to_pydict()).encode())[:3] == []
    assert ROLES[role].sees != "none"
    if ROLES[role].sees == "borough":
        assert other_boroughs(found.rows.to_pylist()) == []


def asking_all(request: Request) -> Request:
    """The same as whoever may ask all of them: the parameters are the same."""
    return Request(request.snapshot, request.data)


def opens_any(role: str) -> bool:
    return any(opens(role, code) for code in organisation().rows)


@pytest.mark.few(2)
@pytest.mark.parametrize("role", ROLES)
def test_own_sql_reads_nothing_that_the_role_may_not_see(sample_data, facts, role):
    request = asking(sample_data, role)
    known = questions.columns(request)
    assert bool(known) == (ROLES[role].sees != "none")
    for table in chosen(known, 3, f"own sql {role}"):
        assert not PROTECTED & set(known[table])
        rows = questions.answer_of(request, f"select * from {table}").rows
        assert facts.leaks(role, repr(rows.to_pydict()).encode())[:3] == [], table
        if ROLES[role].sees == "borough" and table != "areas":
            assert other_boroughs(rows.to_pylist()) == [], table


PACKED = [(name, role, kind) for name in packs.NAMES for role in ROLES for kind in UNITS]


@pytest.mark.parametrize(("name", "role", "kind"), chosen(PACKED, 2, "packs"))
def test_a_pack_holds_nothing_that_the_role_may_not_see(sample_data, facts, name, role, kind):
    needs = packs.contents.kind(name).needs
    place = {"unit": UNITS[kind], "borough": BOROUGH if kind == "own" else "E09000033"}
    request = asking(sample_data, role)
    given = {key: value for key, value in place.items() if key == needs}
    try:
        made = packs.produce(request, name, "csv", **given)
    except NotAllowedError:
        assert ROLES[role].sees != "all" or (name == "minutes" and not takes_minutes(role))
        return
    assert name != "minutes" or takes_minutes(role)
    # Who sees one borough gets its briefing alone: nothing else is of it alone.
    assert ROLES[role].sees == "all" or given == {"borough": ROLES[role].borough}
    assert facts.leaks(role, made.content)[:3] == []
    if ROLES[role].sees == "borough":
        assert [other_boroughs(item.rows.to_pylist()) for item in made.of] == [[]] * len(made.of)


def takes_minutes(role: str) -> bool:
    """Whether a role writes the minutes, by roles.toml; whoever sits at the machine does."""
    return role == "local" or "minute" in said_of_roles()[role]["may"]


WHOLE = [name for name in SEEING if ROLES[name].sees == "all"]
KEPT = [(maker, reader, kind) for maker in WHOLE for reader in ROLES for kind in UNITS]


@pytest.mark.parametrize(("maker", "reader", "kind"), chosen(KEPT, 2, "kept packs"))
def test_a_kept_pack_opens_to_nobody_who_may_not_see_what_it_holds(
    sample_data, facts, tmp_path, maker, reader, kind
):
    """Whoever came to the page Reports could open what the chair had kept."""
    making, reading = asking(sample_data, maker), asking(sample_data, reader)
    pack = packs.contents.pack(making, "unit", UNITS[kind])
    produced = Produced(maker, datetime(2031, 7, 14, tzinfo=UTC))
    content = packs.written(pack, "csv", produced)
    made = kept.keep(tmp_path, pack, {"a.csv": content}, produced, scope=making.scope)
    if made.open_to(reading.scope, ROLES[reader].restricted):
        assert facts.leaks(reader, content)[:3] == []
        assert ROLES[reader].sees == "all"
    # Whoever made it may open it again.
    assert made.open_to(making.scope, ROLES[maker].restricted)


@pytest.mark.parametrize(
    ("name", "kind"),
    chosen([(name, kind) for name in queries.find("reports") for kind in UNITS], 2, "commands"),
)
def test_a_command_prints_nothing_that_whoever_sits_at_the_machine_may_not_see(
    sample_data, facts, name, kind
):
    known = questions.questions(asking(sample_data, "local"))
    given = values(known[name], UNITS[kind]) if name in known else {}
    said = [f"{key}={value}" for key, value in given.items() if value]
    call = ["query", name, *said, "--as-at", AS_AT, "--data", str(sample_data), "--format", "json"]
    done = CliRunner().invoke(app, call)
    if done.exception is not None:
        assert isinstance(done.exception, DashboardError)
        assert name not in known
        return
    assert facts.leaks("local", done.output.encode())[:3] == []
    assert isinstance(json.loads(done.stdout), list)  # what is only said stands on the other stream


# What the matrix is worth: planted faults that it finds.


@pytest.fixture
def planted(tmp_path) -> Iterator[Path]:
    yield tmp_path / "planted.py"


def test_a_planted_page_that_passes_the_door_by_is_found(opened, facts, planted):
    """It asks for its rows without the role of who looks."""
    planted.write_text(
        "import streamlit as st\nfrom dashboard import reports, ui\n"
        "with ui.guard():\n    ui.page()\n    request = reports.open_request()\n"
        "    asked = {'measure': 'child_abuse_offences', 'unit': 'SCD5', 'limit': 9, 'offset': 0}\n"
        "    span = {'since': '2004-04-01', 'until': '2004-07-12'}\n"
        "    rows = request.answer('records', **asked, **span).rows\n"
        "    st.html(str(rows.column('crime_ref').to_pylist()))\n"
    )
    hold(facts, "chair", opened(planted, "chair"), "planted")
    with pytest.raises(AssertionError, match="of SCD5"):
        hold(facts, "analyst", opened(planted, "analyst"), "planted")


def test_a_planted_page_without_any_rule_shows_an_auditor_something(opened, planted):
    planted.write_text("import streamlit as st\nst.html('7 murders')\n")
    assert "opens no figures" not in words(opened(planted, "auditor").sent)


@pytest.mark.parametrize(
    ("select", "returns"),
    [
        ("select crime_ref, ocu from crimes order by crime_ref limit 40000", "crime_ref, ocu"),
        ("select victim_sex, count(*) as n from crimes group by all", "victim_sex, n"),
    ],
)
def test_a_planted_query_without_a_rule_is_found(own_queries, sample_data, facts, select, returns):
    (own_queries / "reports" / "unit" / "planted.sql").write_text(
        f"-- question: What?\n-- grain:    one row\n-- params:   none\n-- returns:  {returns}\n"
        f"-- source:   crimes\n{select}\n"
    )
    with pytest.raises(AssertionError):
        held(asking(sample_data, "analyst"), facts, "planted", "analyst", UNITS["restricted"])


def test_the_rule_of_the_test_is_that_of_the_files():
    """Read by hand from roles.toml and organisation.csv, so that the oracle itself is held."""
    assert [opens("analyst", UNITS[kind]) for kind in UNITS] == [True, True, False, False]
    assert [opens("chair", UNITS[kind]) for kind in UNITS] == [True, True, True, False]
    assert [opens("ocu_commander", UNITS[kind]) for kind in UNITS] == [True, False, False, False]
    for role in ("borough_viewer", "auditor"):
        assert not opens_any(role)
    assert set(said_of_roles()) | {"local"} == set(ROLES)
    assert REFERENCES  # what tests/access/test_records.py holds of every query that returns one
