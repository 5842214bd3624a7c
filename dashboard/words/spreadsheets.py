"""What a spreadsheet takes for a formula, and how a CSV keeps it text."""

from __future__ import annotations

import re
from typing import TypeVar

from dashboard.errors import visible

Value = TypeVar("Value")
# What spreadsheets take for the start of a formula (OWASP, CSV injection), wide forms too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"[+-]?[\d.,]+")


def safe(value: Value) -> Value | str:
    """A cell, text never as a formula; numbers and dates stay what they are."""
    if isinstance(value, str) and (value.startswith(FORMULA) or value.lstrip().startswith(FORMULA)):
        return f"'{value}"
    return value


def as_found(value: str) -> str:
    """A cell of somebody else's file, as an analyst may look at it: no formula, and what can't be
    seen spelt out; a number stays as it was written.

    >>> as_found("-1"), as_found("-1+cmd"), as_found("fr\\u202eaud")
    ('-1', "'-1+cmd", 'fr\\\\u202eaud')
    """
    return value if NUMBER.fullmatch(value) else safe(visible(value))
