"""SQL of the rows of a published format: which columns say what, and which rows don't count."""

from __future__ import annotations

from dashboard.catalogue import Format
from dashboard.catalogue.formats import Condition, Reading
from dashboard.ingest.adapters.plan import text
from dashboard.ingest.parsing import quoted, trimmed

# Role in a format's file → our name of the column, and the role that --column calls it by.
NAMES = {
    "area": ("borough", "area"),
    "offence": ("offence", "minor"),
    "major": ("major", "major"),
    "count": ("n", ""),
}
LOOKED_UP = "areas_of"  # table of spelt and code, where a format looks its areas up
NOWHERE = "none"  # code of the area of what has none; every catalogue has it


def source(of: Format, chosen: dict[str, int]) -> str:
    """SQL of the rows: view raw with stacked columns made one, spellings mended, areas looked up.

    A column `clash` says where two columns of one role disagree.
    """
    changed, clashes = [], []
    roles = dict.fromkeys(name.partition("__")[0] for name in chosen)
    for name in roles:
        parts = [trimmed(f'"{part}"') for part in chosen if part.partition("__")[0] == name]
        whole = f"coalesce({', '.join(parts)})" if len(parts) > 1 else parts[0]
        if len(parts) > 1:
            said = ", ".join(f"lower({part})" for part in parts)
            disagree = f"least({said}) <> greatest({said})"
            clashes.append(f"when {disagree} then concat_ws(' | ', {', '.join(parts)})")
        role = next((role for role, (own, _) in NAMES.items() if own == name), name)
        meant = {key.strip().lower(): value for key, value in of.spellings.get(role, {}).items()}
        if meant:
            whens = " ".join(f"when {quoted(k)} then {quoted(v)}" for k, v in meant.items())
            whole = f"case lower({whole}) {whens} else {whole} end"
        if len(parts) > 1 or meant:
            changed.append(f'{whole} as "{name}"')
    replace = f"replace ({', '.join(changed)})" if changed else ""
    clash = f"case {' '.join(clashes)} end" if clashes else "null::varchar"
    select = f"select raw.* {replace}, {clash} as clash"
    if not of.lookup:
        return f"({select} from raw)"
    by = [name for name in of.lookup.by if name in chosen]
    joins = " ".join(
        f"left join {LOOKED_UP} as a{number} on a{number}.spelt = lower({trimmed(f'raw.{name}')})"
        for number, name in enumerate(by)
    )
    areas = [f"a{number}.code" for number in range(len(by))]
    spelt = trimmed(f"raw.{by[0]}")  # as found where the table has it not; the rest is no finer
    return f"({select}, coalesce({', '.join([*areas, spelt])}) as looked_up from raw {joins})"


def area(of: Format) -> str:
    if of.level == "force":
        return quoted(NOWHERE)
    return "looked_up" if of.lookup else "borough"


def offence(of: Format) -> str:
    return quoted(of.offence) if of.offence else "offence"


def value(reading: Reading) -> str:
    """SQL of offences or outcomes: the layout's one, or what a column says."""
    if not reading.words or not reading.words.means:
        return quoted(reading.value)
    column = f'lower(trim("{reading.words.column}"))'
    means = reading.words.means.items()
    whens = " ".join(f"when {quoted(word)} then {quoted(value)}" for word, value in means)
    return f"case {column} {whens} end"


def said(of: Format, reading: Reading, chosen: dict[str, int]) -> str:
    """SQL of refreshed, excluded, odd, clash and apart."""
    rules = [
        f"when {' and '.join(_holds(part, chosen) for part in item.when)} then {quoted(item.rule)}"
        for item in reading.leave_out
    ]
    excluded = f"case {' '.join(rules)} end" if rules else "null::varchar"
    odd = "null::varchar"
    if reading.words:
        column = f'lower(trim("{reading.words.column}"))'
        known = ", ".join(map(quoted, reading.words.words))
        cell = trimmed(f'"{reading.words.column}"')
        odd = f"case when coalesce({column}, '') not in ({known}) then coalesce({cell}, '') end"
    told = [f"coalesce({trimmed(_quoted(name))}, '')" for name in of.apart if name in chosen]
    apart = f"concat_ws(' | ', {', '.join(told)})" if told else "null::varchar"
    return (
        f"{text(chosen, 'refreshed')} as refreshed, {excluded} as excluded, {odd} as odd, clash, "
        f"{apart} as apart"
    )


def _quoted(role: str) -> str:
    return f'"{NAMES.get(role, (role, ""))[0]}"'


def _holds(part: Condition, chosen: dict[str, int]) -> str:
    """SQL: whether a row is as the condition says; a column that the file lacks is blank."""
    name = NAMES.get(part.column, (part.column, ""))[0]
    cell = trimmed(f'"{name}"') if name in chosen else "null::varchar"
    if part.test in ("blank", "filled"):
        return f"{cell} is {'not ' if part.test == 'filled' else ''}null"
    words = ", ".join(map(quoted, part.words))
    return f"coalesce(lower({cell}), '') {'not ' if part.test == 'is_not' else ''}in ({words})"
