"""Results that are kept: reckoned once for all who see the same figures.

Whose records somebody may open changes none of the figures, so that a meeting's forecasts are not
reckoned anew for each commander who looks at them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, update_wrapper
from typing import Concatenate, Generic, ParamSpec, TypeVar

from dashboard.reports.request.request import FOLDER, LOOKING, STORE, Request
from dashboard.store import is_there, last_written, open_store

P = ParamSpec("P")
T = TypeVar("T")


class Kept(Generic[P, T]):
    """A function of a request and more, of which the latest results are kept.

    It is asked with `Request.figures`, which opens no record: a function that needs records, or
    says whose may be opened, can't be kept so. What it finds in other snapshots of the folder, or
    in what people wrote (KeptAsWritten), by itself or in what it asks, is kept until that changes.
    """

    def __init__(self, function: Callable[Concatenate[Request, P], T], most: int):
        update_wrapper(self, function)
        self._on: frozenset[str] = frozenset()  # of FOLDER and STORE, those it was seen to hang on

        @lru_cache(maxsize=most)
        def answered(_on: Hashable, request: Request, *more: P.args, **named: P.kwargs) -> T:
            around = LOOKING.get()

            def looking(at: str) -> None:
                self._on |= {at}
                around(at)

            token = LOOKING.set(looking)
            try:
                return function(request, *more, **named)
            finally:
                LOOKING.reset(token)

        self._kept = answered
        self.cache_clear = self._kept.cache_clear

    def __call__(self, request: Request, *more: P.args, **named: P.kwargs) -> T:
        on = (
            request.listed if FOLDER in self._on else (),
            written(request) if STORE in self._on else (),
        )
        return self._kept(on, request.figures, *more, **named)  # type: ignore[arg-type]


class KeptAsWritten(Kept[P, T]):
    """The same of what people write too: kept until somebody writes again."""

    def __init__(self, function: Callable[Concatenate[Request, P], T], most: int):
        super().__init__(function, most)
        self._on |= {STORE}


def written(request: Request) -> Hashable:
    """What changes when somebody writes into the store: what hangs on it is kept by that."""
    LOOKING.get()(STORE)
    return last_written(open_store(request.data)) if is_there(request.data) else ()


def kept(most: int) -> Callable[[Callable[Concatenate[Request, P], T]], Kept[P, T]]:
    """Keeps the latest `most` results of the function that it stands over."""
    return lambda function: Kept(function, most)


def kept_as_written(most: int) -> Callable[[Callable[Concatenate[Request, P], T]], Kept[P, T]]:
    """Keeps the latest `most` results of the function that it stands over while nobody writes."""
    return lambda function: KeptAsWritten(function, most)
