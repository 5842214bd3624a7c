"""Macros made of the measures' headers, which tell whether a record stands behind a figure.

`counted_crime(measure, record)` and `counted_fault(measure, record)` answer for one row of crimes
or faults, given by its table's name; `recorded_crime` for a report whether no-crimed or not. Whose
records count is a question of units, which the mart measure_units answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from dashboard.queries import counting, predicates
from dashboard.queries.headers import Measure

Condition = Callable[[Mapping[str, str]], str]
MACROS: tuple[tuple[str, str, Condition], ...] = (
    ("counted_crime", counting.CRIMES, counting.counted),
    ("recorded_crime", counting.CRIMES, lambda head: head["records"]),
    ("counted_fault", counting.FAULTS, counting.counted),
)


@lru_cache(maxsize=4)
def record_macros(measures: tuple[Measure, ...]) -> tuple[str, ...]:
    """The statements that create the macros of MACROS for these measures."""
    heads = [measure.query.header for measure in measures if "records" in measure.query.header]
    return tuple(_macro(name, fact, heads, condition) for name, fact, condition in MACROS)


def _macro(name: str, fact: str, heads: list[dict[str, str]], condition: Condition) -> str:
    whens = " ".join(
        f"when '{head['measure']}' then {predicates.qualified(condition(head), 'a_record')}"
        for head in heads
        if head["fact"] == fact
    )
    known = f"case a_measure {whens} else false end" if whens else "false"
    return f"create macro {name}(a_measure, a_record) as coalesce({known}, false)"
