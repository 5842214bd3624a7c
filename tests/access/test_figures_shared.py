"""What is kept for all who see the same figures is what each of them would have been told."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from dashboard import reports
from dashboard.access import LOCAL, Role
from dashboard.reports.request import Request
from dashboard.reports.request.kept import Kept

COMMANDER = Role("commander", "commander of SCD7", "all", "unit", unit="SCD7")
NO_RECORDS = Role("guest", "guest", "all")


def kept_ones() -> dict[str, Kept]:
    modules = pkgutil.walk_packages(reports.__path__, f"{reports.__name__}.")
    found = {}
    for module in modules:
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, Kept) and value.__module__ == module.name:
                found[f"{module.name.removeprefix('dashboard.reports.')}.{name}"] = value
    return found


KEPT = kept_ones()
LISTED = ("listed", "_listed")  # the snapshots that are there, as some are kept with them


def more(name: str) -> list[str]:
    return list(inspect.signature(KEPT[name]).parameters)[1:]


SIMPLE = [name for name in KEPT if set(more(name)) <= set(LISTED)]


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(data=sample_data)


def plain(value: Any) -> Any:
    """The value in lists and dicts that can be compared; the request that made it left out."""
    if isinstance(value, Request):
        return value.snapshot.id
    if isinstance(value, pa.Table):
        return value.to_pydict()
    if isinstance(value, np.ndarray):
        return value.tolist()
    if dataclasses.is_dataclass(value):
        return {item.name: plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


@pytest.mark.parametrize("name", SIMPLE)
@pytest.mark.few(2)
def test_whoever_asks_would_be_told_the_same(request_, name):
    alone = KEPT[name].__wrapped__
    given = [request_.listed for _ in more(name)]
    asked = [request_of(request_, role) for role in (LOCAL, COMMANDER, NO_RECORDS)]
    first, *others = [repr(plain(alone(one, *given))) for one in asked]
    assert others == [first, first]


def test_commanders_of_two_units_share_what_is_reckoned_once(request_):
    name = "alerts.rows_of_list.alert_rows"
    one, two = (
        request_of(request_, Role("commander", unit, "all", "unit", unit=unit))
        for unit in ("SCD7", "SCD8")
    )
    assert KEPT[name](one) is KEPT[name](two)


def test_who_sees_one_borough_shares_with_nobody_who_sees_more(request_):
    one = request_of(request_, Role("borough", "Hackney", "borough", borough="E09000012"))
    assert one.figures != request_.figures and one.figures.role.borough == "E09000012"
    assert one.figures.role.records == "none" and not one.figures.role.may


def test_who_sees_no_figure_is_told_so_in_the_words_of_the_role(request_):
    nobody = Role("auditor", "auditor", may=frozenset({"audit"}))
    assert request_of(request_, nobody).figures.role is nobody


def request_of(request: Request, role: Role) -> Request:
    return Request(request.snapshot, request.data, role)
