"""A group of commands, each of which takes --catalogue as well."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from dashboard.catalogue import VARIABLE
from dashboard.errors import UsageError

CatalogueOption = Annotated[
    Path | None,
    typer.Option(
        "--catalogue",
        help=f"Folder of another organisation's catalogue; else {VARIABLE}, else DATA/catalogue.",
    ),
]


class Commands(typer.Typer):
    """As typer.Typer; what a command does is done with the catalogue that was said."""

    def command(  # type: ignore[override]  # all is passed on
        self, name: str | None = None, **options: Any
    ) -> Callable[[Callable], Callable]:
        register = super().command(name, **options)

        def registered(function: Callable) -> Callable:
            register(_with_catalogue(function))
            return function

        return registered


def _with_catalogue(function: Callable) -> Callable:
    @wraps(function)
    def called(*values: Any, catalogue: Path | None = None, **named: Any) -> Any:
        with _said(catalogue):
            return function(*values, **named)

    # As objects: the words of an annotation mean nothing in this module.
    hints = get_type_hints(function, include_extras=True)
    extra = inspect.Parameter("catalogue", inspect.Parameter.KEYWORD_ONLY, default=None)
    own = inspect.signature(function)
    parameters = [*own.parameters.values(), extra]
    hints |= {"catalogue": CatalogueOption}
    signature = own.replace(
        parameters=[item.replace(annotation=hints[item.name]) for item in parameters]
    )
    called.__signature__, called.__annotations__ = signature, hints  # type: ignore[attr-defined]
    del called.__wrapped__  # type: ignore[attr-defined]
    return called


@contextmanager
def _said(folder: Path | None) -> Iterator[None]:
    """The catalogue's folder in the environment, which programs that are started inherit."""
    if folder is None:
        yield
        return
    if not folder.is_dir():
        raise UsageError(f"--catalogue names a folder; there is none at {folder}")
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(folder.resolve())
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
