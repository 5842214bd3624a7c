"""A file that somebody brings: what kind it is, what has to be told, what becomes of it."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from dashboard import snapshots
from dashboard.access import Role
from dashboard.access.roles import needs
from dashboard.errors import NotAllowedError
from dashboard.ingest.days import unknowable
from dashboard.ingest.parsing import EARLIEST, LATEST
from dashboard.ingest.recognising import Asked, Reading, Recognised
from dashboard.ingest.remembering import ORDER_WORDS
from dashboard.periods import LONDON
from dashboard.reports.snapshots import loading
from dashboard.reports.snapshots.loading import Told, Tried, Upload
from dashboard.ui.kit import files, person, uploads
from dashboard.ui.kit.markup import Column, literal
from dashboard.ui.kit.section import actions, card, fault, note, table
from dashboard.ui.snapshots import changes
from dashboard.ui.snapshots.imports import SAID
from dashboard.words import numbers
from dashboard.words.phrases import listed, many, sentence

ACCOUNT = (
    Column("", words="What"),
    *(Column(name, "right") for name in ("Read", "Accepted", "Rejected", "Superseded", "Excluded")),
)
REJECTS = (Column("Line", "right"), Column("Column"), Column("Value"), Column("Why"))
# Keys of the session.
TURN, SEEN, TRIED, CHANGED = "load-turn", "load-seen", "load-tried", "load-changed"


def allowed() -> Role:
    """The role of whoever may load; the window takes files from now on.

    raises  NotAllowedError for anybody else
    """
    who = person.here()
    try:
        needs(who.role, loading.RIGHT)
    except NotAllowedError:
        uploads.door.close(person.session())
        raise
    uploads.door.open(person.session(), person.browser(), who.still)
    return who.role


def upload() -> Upload | None:
    """The file that was brought; None where there is none."""
    with card("file", "A file", "CSV, gzipped CSV, XLSX or parquet"):
        turn = st.session_state.setdefault(TURN, 0)
        uploaded = st.file_uploader(
            "A file to load", key=f"load-file-{turn}", max_upload_size=uploads.MOST_MB,
            label_visibility="collapsed",
        )  # fmt: skip
        if uploaded is None:
            note("Drop it here or browse. Nothing is kept before you have seen what comes of it.")
            return None
        return Upload(uploaded.name, uploaded.getvalue())


def become(role: Role, file: Upload) -> None:
    """What is asked of the file, and what would become of it."""
    data = snapshots.data_folder()
    named = file.digest, file.name
    seen: Recognised = changes.once(
        SEEN, named, "Reading its headings", lambda: loading.look(data, role, file)
    )
    with card("told", file.plain_name):
        told, asked = _told(seen, file)
    if told is None:
        return
    key = (file.digest, file.name, told)
    with card("account", "What becomes of it"):
        known = st.session_state.get(TRIED, (None, None))[0] == key
        if asked and not known and not st.button("Try it", key="try", type="primary"):
            note("Nothing is kept by trying.")
            return
        tried: Tried = changes.once(TRIED, key, "Checking each row", lambda: loading.try_out(
            data, role, file, told
        ))  # fmt: skip
        _account(tried)
        _rejects(tried, file)
        _ways_on(role, file, told, tried)


def _told(seen: Recognised, file: Upload) -> tuple[Told | None, bool]:
    """What is told of the file, None while something lacks; and whether anything had to be."""
    named = file.digest[:12]
    kinds = {item.kind: item for item in seen.readings}
    first = seen.likeliest or (seen.readings[0] if seen.readings[0].taken else None)
    left, middle, right = st.columns([0.5, 0.2, 0.3], gap="small", vertical_alignment="bottom")
    with left:
        kind = st.selectbox(
            "Kind", list(kinds), index=list(kinds).index(first.kind) if first else None,
            key=f"load-kind-{named}", format_func=lambda name: _kind_words(kinds[name]),
            placeholder="Choose what it is",
        )  # fmt: skip
    if kind is None:
        note("Its headings are those of no kind: choose what it is.")
        return None, True
    reading = kinds[kind]
    with middle:
        vintage = _known_on(reading, file, f"load-day-{named}-{kind}")
    with right:
        delta = st.checkbox("Only new and changed rows", key=f"load-delta-{named}-{kind}")
    if refused := reading.fault or reading.lacks:
        fault(f"{sentence(loading.without_options(refused))}.")
        return None, True
    if vintage and (why := unknowable(vintage)):
        fault(f"No file can be {why}.")
        return None, True
    if reading.kept:
        note(f"{sentence(reading.kept.words)}.")
    columns, dates, sheet = _columns(reading, named), _dates(reading, named), _sheet(seen, named)
    if order := dates or reading.order:
        note(f"Its days are read {ORDER_WORDS[order]}.")
    missing = [name for name in reading.missing if name not in columns]
    if missing:
        note(f"Say which column is {listed(missing)}.")
    open_ = bool(missing) or dates == "" or (vintage is None and not reading.dated)
    told = Told(kind, vintage, delta, tuple(sorted(columns.items())), dates or None, sheet)
    clear = seen.likeliest is not None and seen.likeliest.kind == kind
    return (None if open_ else told), not clear or bool(reading.two_ways and not reading.kept)


def _kind_words(reading: Reading) -> str:
    return literal(reading.title or reading.kind.replace("_", " "))


def _known_on(reading: Reading, file: Upload, key: str) -> date | None:
    today = datetime.now(LONDON).date()
    given = file.day or (None if reading.dated else today)
    return st.date_input(
        "Known on", value=given, key=key, format="DD/MM/YYYY",
        min_value=EARLIEST, max_value=LATEST,
        help="The day on which the file was known. Left blank: the day that it says itself."
        if reading.dated else "The day on which the file was known.",
    )  # fmt: skip


def _columns(reading: Reading, named: str) -> dict[str, str]:
    """The headings that were told: of what lacks at once, of the rest where it is opened."""
    lacking = [item for item in reading.columns if not item.heading]
    needed = [item for item in lacking if item.required]
    others = [item for item in lacking if not item.required]
    taken = {item.heading for item in reading.columns}
    free = [heading for heading in reading.headings if heading not in taken]
    kept = reading.kept.columns if reading.kept else {}
    headings = _asked(reading, needed, free, kept, named)
    if others and free:
        with st.expander(literal(f"{many(len(others), 'more column')} that the kind can have")):
            headings |= _asked(reading, others, free, kept, named)
    return headings


def _asked(
    reading: Reading, columns: list[Asked], free: list[str], kept: dict[str, str], named: str
) -> dict[str, str]:
    headings: dict[str, str] = {}
    places = st.columns(3, gap="small") if columns else []
    for number, column in enumerate(columns):
        known = kept.get(column.name)
        with places[number % 3]:
            heading = st.selectbox(
                column.name, free, index=free.index(known) if known in free else None,
                key=f"load-column-{named}-{reading.kind}-{column.name}",
                format_func=literal, placeholder="none of its columns",
            )  # fmt: skip
        if heading:
            headings[column.name] = heading
    return headings


def _dates(reading: Reading, named: str) -> str | None:
    """The order of days; '' while it is open, None where the file says it itself."""
    before = reading.kept.dates if reading.kept else None
    if not reading.two_ways:
        return before if reading.order in (None, before) else None
    options = list(ORDER_WORDS)
    chosen = st.radio(
        f"How is {literal(reading.two_ways)} meant?", options,
        index=options.index(before) if before in options else None,
        key=f"load-dates-{named}-{reading.kind}", format_func=lambda code: ORDER_WORDS[code],
        horizontal=True,
    )  # fmt: skip
    return chosen or ""


def _sheet(seen: Recognised, named: str) -> str | None:
    if len(seen.sheets) < 2:
        return None
    kept = seen.readings[0].kept
    options = ["", *seen.sheets]
    before = kept.sheet if kept and kept.sheet in options else ""
    chosen = st.selectbox(
        "Sheet", options, index=options.index(before), key=f"load-sheet-{named}",
        format_func=lambda name: literal(name) if name else "All that fit",
    )  # fmt: skip
    return chosen or None


def _account(tried: Tried) -> None:
    account = tried.account
    names = {"rows": "Rows", "counts": "Counts", "value": sentence(account.value_of)}
    if account.value_of == "rows":
        names.pop("value")
    if account.counts_read == account.rows_read:  # of records each row counts
        names.pop("counts")
    cells = [
        [words, *(numbers.figure(round(number), "n") for number in account.numbers(what))]
        for what, words in names.items()
    ]
    table(ACCOUNT, cells, caption="Read = accepted + rejected + superseded + excluded")
    note(*(f"{sentence(loading.without_options(words))}." for words in account.warnings))
    for reason in account.held:
        fault(f"It will be held until somebody lets it pass: {reason}.")


def _rejects(tried: Tried, file: Upload) -> None:
    if not tried.rejects:
        return
    more = f", and {tried.more:,} more" if tried.more else ""
    note(f"Rejected, the first of each reason{more}:")
    table(REJECTS, tried.rejects, caption="Rejected cells", cards=True)
    name = f"rejects-{file.digest[:12]}.csv"  # as the audit has it when they are taken
    files.link("All that is rejected, as CSV", name, lambda: tried.file, key="rejects-file")


def _ways_on(role: Role, file: Upload, told: Told, tried: Tried) -> None:
    data = snapshots.data_folder()
    if not tried.anything:
        again = tried.account.rows_superseded
        words = "All of it is loaded already" if again else "Nothing of it is accepted"
        note(f"{words}, so there is nothing to load.")
        return
    if loading.synthetic(data):
        note(f"{sentence(loading.NOT_HERE)}.")
        return
    key = (file.digest, file.name, told)
    with actions("load"):
        keep = st.button("Load it", key="stage", type="primary")
        asked = st.button("What the next publish will change", key="change")
    if keep:
        _stage(role, file, told)
    if asked or st.session_state.get(CHANGED, (None, None))[0] == key:
        who = person.here().who
        changes.drawn(changes.once(CHANGED, key, "Publishing aside", lambda: loading.changes(
            data, role, who, file, told
        )))  # fmt: skip


def _stage(role: Role, file: Upload, told: Told) -> None:
    data = snapshots.data_folder()
    with st.spinner("Loading"):
        account = loading.stage(data, role, person.witness(), file, told)
    number = loading.staged(data, role)[0].sequence if account.staged else 0
    rows = many(account.rows_accepted, "row")
    held = "; it is held until somebody lets it pass" if account.held else ""
    st.session_state[SAID] = (f"{account.file} is loaded: {rows} accepted{held}.", number)
    st.session_state[TURN] += 1
    for key in (SEEN, TRIED, CHANGED):
        st.session_state.pop(key, None)
    st.rerun()
