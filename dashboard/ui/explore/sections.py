"""Explore: a form for each query, a box for SQL, the rows, and a chart built from them."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.access.disclosure import ASKED
from dashboard.charts import built
from dashboard.export.forms import office
from dashboard.export.forms.stamping import LONGEST_OWN
from dashboard.reports import Disclosed, Request
from dashboard.reports.explore import questions
from dashboard.reports.explore.questions import Parameter
from dashboard.ui.kit import address
from dashboard.ui.kit.markup import join, link, small, strong, tag
from dashboard.ui.kit.section import Picture, card, html, note, result, statement
from dashboard.ui.shell.incidents import guard
from dashboard.words.headings import heading as heading_of

QUERY, SQL = "query", "sql"
WAYS = {QUERY: "The program's queries", SQL: "Own SQL"}
LONGEST_LINK = 1_500  # letters of SQL that an address still carries
EXAMPLE = "select ocu, count(*) as reports from crimes group by ocu order by reports desc"
SHOWN = "explored"  # session key: the SQL that was too long for the address
BOX, TITLED = "own-sql", "own-title"
TITLE = "title"  # its word of the address
NONE = "none"
HINTS = {"date": "YYYY-MM-DD", "whole": "a whole number"}  # of what a field takes


def way() -> str:
    """Which way of asking the address names."""
    return address.state("way", QUERY, list(WAYS)) or QUERY


def choose() -> str:
    """The two ways of asking."""
    now = way()
    st.session_state["way"] = now
    st.segmented_control(
        "Way of asking",
        list(WAYS),
        format_func=WAYS.__getitem__,
        key="way",
        on_change=lambda: address.put("way", st.session_state["way"] or now),
        label_visibility="collapsed",
    )
    return now


def queried(request: Request) -> Disclosed | None:
    """The form of one query; its rows once it is run."""
    known = questions.questions(request)
    with card("ask", "A query and its parameters"):
        name = address.pick(
            "Query", "q", list(known), words=lambda item: item.replace("_", " "), hidden=True
        )
        question = known[name or next(iter(known))]
        note(f"{question.question} {question.grain.capitalize()}.")
        with st.form("parameters", border=False):
            sides = st.columns(2)
            values = {}
            for place, item in enumerate(question.parameters):
                with sides[place % 2]:
                    values[item.name] = _field(question.name, item)
            pressed = st.form_submit_button("Run", shortcut="Ctrl+Enter", type="primary")
        if pressed:
            for key, value in values.items():
                address.put(f"p_{key}", value or None)
                _said(f"{question.name}-{key}", value)
            address.put("run", "1")
    if st.query_params.get("run") != "1":
        return None
    said = {item.name: st.query_params.get(f"p_{item.name}", "") for item in question.parameters}
    return questions.answer(request, question.name, said)


def _field(question: str, item: Parameter) -> str:
    """One parameter's field; left empty it is not asked for."""
    said, key = st.query_params.get(f"p_{item.name}", ""), f"{question}-{item.name}"
    label = item.name.replace("_", " ").capitalize()
    if item.kind == "choice":
        options = ["", *item.choices]
        _follow(key, said if said in options else "")
        words = {"": "any", **item.choices}
        return st.selectbox(label, options, key=key, format_func=words.__getitem__) or ""
    _follow(key, said)
    return st.text_input(label, key=key, placeholder=HINTS.get(item.kind)) or ""


def _follow(key: str, said: str) -> None:
    """Puts what the address says into a field where it says something new; what was typed since
    stays. A field that took its value from the address at each run would be another each time,
    and every second text typed into it would be lost."""
    if key not in st.session_state or st.session_state.get(f"{key}-said") != said:
        st.session_state[key] = said
        _said(key, said)


def _said(key: str, value: str) -> None:
    st.session_state[f"{key}-said"] = value


def written(request: Request) -> Disclosed | None:
    """The box for an analyst's own SELECT; its rows once it is run."""
    said = st.query_params.get("sql") or st.session_state.get(SHOWN, EXAMPLE)
    with card("ask", "A SELECT over this snapshot"):
        with st.form("box", border=False):
            _follow(BOX, said)
            sql = st.text_area("SQL", key=BOX, height=150, label_visibility="collapsed") or ""
            _follow(TITLED, st.query_params.get(TITLE, ""))
            title = st.text_input(
                "Title", key=TITLED, max_chars=LONGEST_OWN, placeholder="what is counted, by what"
            )
            pressed = st.form_submit_button("Run", shortcut="Ctrl+Enter", type="primary")
        wrong = st.container()  # what is wrong with a statement stands below it
        limits = questions.LIMITS
        note(
            f"Reads only; at most {limits.seconds:.0f} seconds and {limits.most_rows:,} rows. "
            "Ctrl+Enter runs."
        )
        if pressed:
            _keep(sql)
            address.put(TITLE, title or None)
            _said(TITLED, title or "")
        picker(questions.columns(request))
    if st.query_params.get("run") != "1" and not pressed:
        return None
    with wrong, guard():
        return _run(request, sql if pressed else said, title or "")
    return None


def _keep(sql: str) -> None:
    """Puts the question into the address, or says why a link can't carry it."""
    st.session_state[SHOWN] = sql
    _said(BOX, sql)
    fits = len(sql) <= LONGEST_LINK
    address.put("sql", sql if fits else None)
    address.put("run", "1" if fits else None)
    if not fits:
        note(f"Longer than {LONGEST_LINK:,} letters: a link to this page does not carry it.")


def _run(request: Request, sql: str, title: str) -> Disclosed:
    """Runs the question; a click on Cancel, or on anything else, ends it."""
    held = st.empty()
    with held.container(horizontal=True):
        words = st.empty()
        st.button("Cancel", key="cancel", on_click=lambda: address.put("run", None), shortcut="Esc")

    def waiting(seconds: float) -> None:
        words.caption(f"Running for {seconds:.0f} s …" if seconds else "Waiting to begin …")

    try:
        return questions.answer_of(request, sql, waiting, title)
    finally:
        held.empty()


def picker(known: Mapping[str, Mapping[str, str]]) -> None:
    """What there is to ask: a table and its columns, which can be put into the statement."""
    with st.expander(f"Tables and columns: {len(known)} tables", key="tables"):
        first = "crimes" if "crimes" in known else next(iter(known))
        table = st.selectbox("Table", list(known), list(known).index(first), key="pick-table")
        held = known[table]
        chosen = st.multiselect(
            "Columns",
            list(held),
            key=f"pick-columns-{table}",
            format_func=lambda column: f"{column}: {_meaning(column)}{held[column]}",
            placeholder="all of them",
        )
        with st.container(horizontal=True):
            st.button(
                "Write it into the box",
                key="write-table",
                on_click=_write,
                args=(questions.statement(table, chosen), False),
            )
            st.button(
                f"See {questions.SAMPLED} rows",
                key="see-table",
                on_click=_write,
                args=(questions.statement(table, chosen, questions.SAMPLED), True),
            )
        said = [
            join([tag("code", column), small(f"{_meaning(column)}{holds}")])
            for column, holds in held.items()
        ]
        html(tag("p", tag("code", strong(table)), ": ", join(said, ", "), class_="note"))


def _meaning(column: str) -> str:
    """'Expected effect, ': what a column's heading says where its name does not; else ''."""
    said = heading_of(column)
    return "" if said.lower().replace(" ", "_") == column else f"{said}, "


def _write(sql: str, at_once: bool) -> None:
    """Puts a statement into the box; its rows where they are asked for at once."""
    st.session_state[BOX] = sql
    _keep(sql)
    if not at_once:
        address.put("run", None)


def rows(answer: Disclosed) -> None:
    """The rows, and what can be done with them."""
    with card("rows", "Rows"):
        note(f"{answer.subtitle}.", *answer.noted_but(ASKED))
        st.dataframe(answer.rows, height=330, hide_index=True)
        result(answer, "explored")


def chart(answer: Disclosed) -> None:
    """A chart of two columns, with the same downloads."""
    heights, names = built.numbers(answer.rows), answer.rows.column_names
    with card("chart", "Chart"):
        if not heights or answer.rows.num_rows < 2:
            note("A chart needs two rows and a column of numbers.")
            return
        across, upwards, told_apart = built.usual(answer.rows)
        with st.container(horizontal=True):
            asked = st.query_params.get("x", "")
            kinds = built.kinds(_type(answer, asked if asked in names else across))
            kind = address.pick("Kind", "kind", kinds) or kinds[0]
            x = address.pick("Across", "x", names, default=across) or across
            y = address.pick("Upwards", "y", heights, default=upwards) or upwards
            colour = address.pick("Colour", "colour", [NONE, *names], default=told_apart or NONE)
        by = None if colour in (None, NONE) else colour
        adds = not built.is_row_number(answer.rows, y)
        spec = built.spec(kind, x, _type(answer, x), y, by, adds=adds)
        drawn = None if by else office.built(kind, x, y, answer.rows)
        most = f"The first {built.MOST_ROWS:,} rows are drawn."
        result(
            answer,
            f"explored-{kind}",
            picture=Picture(spec, built.data(answer), "built", drawn),
            below=[most] if answer.rows.num_rows > built.MOST_ROWS else (),
        )


def _type(answer: Disclosed, column: str) -> str:
    return built.type_of(answer.rows.schema.field(column).type)


def nothing_yet(request: Request, asking: str) -> None:
    """What will stand here once a question is asked, and examples to begin with."""
    with card("empty", "Begin with an example"):
        for item in questions.examples(request):
            chart = {"kind": item.kind, "x": item.x, "y": item.y}
            href = address.link_to("explore", way=SQL, run="1", sql=item.sql, **chart)
            html(tag("p", link(href, strong(item.words)), class_="collected"))
            st.code(item.sql, language="sql", wrap_lines=True)
        note(
            "Each runs as it stands, and can be changed in the box.",
            "Choose a query, fill in what you ask for (an empty field asks for all), and press Run."
            if asking == QUERY
            else "Write one SELECT over the tables listed on the left, and press Run.",
            "The address then holds the whole question: copy its link to keep it.",
        )


def heading(answer: Disclosed | None) -> None:
    """What was found, or what this page is for."""
    if answer is None:
        statement("Ask the snapshot", "A query of the program, or a SELECT of your own.")
    else:
        statement(answer.title, answer.subtitle)
