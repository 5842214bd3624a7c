"""A group of commands: each takes --catalogue as well, and says what the audit is told of it."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from dashboard import snapshots
from dashboard.access.witness import Witness, has_audit, local_user
from dashboard.catalogue import VARIABLE
from dashboard.cli.spelling import spelt_out
from dashboard.errors import NotAllowedError, UsageError

CatalogueOption = Annotated[
    Path | None,
    typer.Option(
        "--catalogue",
        help=f"Folder of another organisation's catalogue; else {VARIABLE}, else DATA/catalogue.",
    ),
]


# What of a call stands in its line: nothing that could name somebody.
TOLD = (
    "name", "values", "as_at", "older", "newer", "kind", "unit", "borough", "format_", "digest",
    "as_json", "decision", "form", "before", "replace",
)  # fmt: skip


class Told(StrEnum):
    """What the audit is told of a command; of the records in what it prints it is told besides.

    nothing  it prints no figure and changes nothing that people wrote
    command  a line that it was called; it goes on where none can be written
    audit    the same of what looks at the audit itself, where there is one
    export   something leaves: handing.py writes the line before, or nothing leaves
    """

    nothing = "nothing"
    command = "command"
    audit = "audit"
    export = "export"


class Commands(typer.Typer):
    """As typer.Typer; what a command does is done with the catalogue that was said, and told."""

    def command(  # type: ignore[override]  # all else is passed on
        self, name: str | None = None, *, told: Told, **options: Any
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        register = super().command(name, **options)
        group = [self.info.name] if isinstance(self.info.name, str) else []

        def registered(function: Callable[..., Any]) -> Callable[..., Any]:
            path = " ".join([*group, name or function.__name__.strip("_")])
            register(_called(function, path, told))
            return function

        return registered


def _called(function: Callable[..., Any], path: str, told: Told) -> Callable[..., Any]:
    @wraps(function)
    def called(*values: Any, catalogue: Path | None = None, **named: Any) -> Any:
        with spelt_out(), _said(catalogue), _told(told, path, named):
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
    del called.__wrapped__
    called.told = told  # type: ignore[attr-defined]
    return called


@contextmanager
def _told(told: Told, path: str, named: dict[str, Any]) -> Iterator[None]:
    """Tells the audit that a command is called, before it is, and what it was refused."""
    data = snapshots.data_folder(named.get("data"))
    witness = Witness(data, local_user())
    # Nothing is made where there is nothing yet: a mistyped folder, an audit that is not there.
    there = has_audit(data) if told is Told.audit else data.is_dir()
    if there and told in (Told.command, Told.audit):
        witness.record(told, _words(path, named))
    try:
        yield
    except NotAllowedError as error:
        if there:
            witness.record("refusal", f"{_words(path, named)}: {error}")
        raise


def _words(path: str, named: dict[str, Any]) -> str:
    """A call in words: 'query, name records, values measure=kidnaps'."""
    said = {key: named.get(key) for key in TOLD}
    shown = [
        f"{key.strip('_')} {' '.join(value) if isinstance(value, list) else value}"
        for key, value in said.items()
        if value
    ]
    return ", ".join([path, *shown])


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
