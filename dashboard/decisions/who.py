"""Who writes: the one place that says how a name stands beside what is written."""

from __future__ import annotations

from dashboard.access import Role
from dashboard.errors import UsageError

MOST = 80  # letters of a name
UNSIGNED, SIGNED = "typed, not signed in", "signed in"


def writer(role: Role, typed: str, signed: str = "") -> str:
    """Who is kept beside what is written: the name that somebody signed in with, else the typed
    one and that it was only typed.

    raises  UsageError where nobody signed in and no name was typed

    >>> from dashboard.access import LOCAL
    >>> writer(LOCAL, " DAC Yates "), writer(LOCAL, "somebody else", "Ann Yates")
    ('DAC Yates (typed, not signed in)', 'Ann Yates (signed in)')
    """
    if signed:
        return f"{' '.join(signed.split())[:MOST]} ({SIGNED})"
    name = " ".join(typed.split())[:MOST]
    if not name:
        raise UsageError(f"type your name: {role.words}, it stands beside what you write")
    return f"{name} ({UNSIGNED})"
