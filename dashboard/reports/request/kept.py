"""Results that are kept: reckoned once for all who see the same figures.

Whose records somebody may open changes none of the figures, so that a meeting's forecasts are not
reckoned anew for each commander who looks at them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, update_wrapper
from typing import Concatenate, Generic, ParamSpec, TypeVar

from dashboard.reports.request.request import LOOKING, Request
from dashboard.store import is_there, last_written, open_store

P = ParamSpec("P")
T = TypeVar("T")


class Kept(Generic[P, T]):
    """A function of a request and more, of which the latest results are kept.

    It is asked with `Request.figures`, which opens no record: a function that needs records, or
    says whose may be opened, can't be kept so. What it finds in other snapshots of the folder, by
    itself or in what it asks, is kept until one comes or goes.
    """

    def __init__(self, function: Callable[Concatenate[Request, P], T], most: int):
        update_wrapper(self, function)
        self._looks = False  # whether it was ever seen to look at the folder's other snapshots

        @lru_cache(maxsize=most)
        def answered(_on: Hashable, request: Request, *more: P.args, **named: P.kwargs) -> T:
            around = LOOKING.get()

            def looking() -> None:
                self._looks = True
                around()

            token = LOOKING.set(looking)
            try:
                return function(request, *more, **named)
            finally:
                LOOKING.reset(token)

        self._kept = answered
        self.cache_clear = self._kept.cache_clear

    def __call__(self, request: Request, *more: P.args, **named: P.kwargs) -> T:
        on = self._written(request), request.listed if self._looks else ()
        return self._kept(on, request.figures, *more, **named)  # type: ignore[arg-type]

    def _written(self, _request: Request) -> Hashable:
        """What a result hangs on beside what is asked: nothing."""
        return None


class KeptAsWritten(Kept[P, T]):
    """The same of what people write too: kept until somebody writes again."""

    def _written(self, request: Request) -> Hashable:
        return last_written(open_store(request.data)) if is_there(request.data) else ()


def kept(most: int) -> Callable[[Callable[Concatenate[Request, P], T]], Kept[P, T]]:
    """Keeps the latest `most` results of the function that it stands over."""
    return lambda function: Kept(function, most)


def kept_as_written(most: int) -> Callable[[Callable[Concatenate[Request, P], T]], Kept[P, T]]:
    """Keeps the latest `most` results of the function that it stands over while nobody writes."""
    return lambda function: KeptAsWritten(function, most)
