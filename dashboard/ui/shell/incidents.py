"""Errors on a page: a sentence where we know it, a reference number where we don't."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NoReturn

import streamlit as st

from dashboard.errors import DashboardError, NotAllowedError
from dashboard.ui.kit import address, person, section

DEPTH: ContextVar[int] = ContextVar("guards around what is drawn", default=0)
LAST: ContextVar[tuple[Callable[[], object], ...]] = ContextVar("what ends the page", default=())
log = logging.getLogger("dashboard")


class Ended(Exception):
    """The page has said what it has to say."""


@contextmanager
def guard() -> Iterator[None]:
    """Wraps a page or a part of it; what fails inside becomes a sentence, the rest stands.

    A DashboardError is shown as it is; what was refused is told to the audit. Anything else is
    logged with its traceback under a reference number, and only the number is shown. The outermost
    one is the page: where it ends, by `end` too, the address goes to the browser.
    """
    outer = DEPTH.get()
    DEPTH.set(outer + 1)
    try:
        yield
    except Ended:
        if outer:
            raise
    except DashboardError as error:
        said = _sentence(str(error))
        if isinstance(error, NotAllowedError):
            person.witness().once("refusal", said)
        section.fault(said)
    except Exception as error:
        unforeseen(error)
    finally:
        DEPTH.set(outer)
        if not outer:
            _end()


def end() -> NoReturn:
    """Ends the page: nothing below is drawn.

    Not by `st.stop`, after which Streamlit takes nothing more: the address would stay behind, and
    a link or a reload would show another view than the screen.
    """
    raise Ended


def last(work: Callable[[], object]) -> None:
    """Has something done when the page has been drawn."""
    LAST.set((*LAST.get(), work))


def _end() -> None:
    works = LAST.get()
    LAST.set(())
    for work in works:
        work()
    address.settle()


def unforeseen(error: Exception) -> bool:
    """Logs what nobody foresaw and shows its number; True, as Streamlit is to show nothing else."""
    number = secrets.token_hex(3).upper()
    log.error("incident %s", number, exc_info=error)
    st.error(
        f"Something went wrong in the program, not in what you did. Note reference {number}"
        " and give it to whoever runs the dashboard; the log holds the details.",
        icon=":material/error:",
    )
    return True


def _sentence(words: str) -> str:
    said = words[:1].upper() + words[1:]
    return said if said.endswith((".", "?", "!")) else f"{said}."
