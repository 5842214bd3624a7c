"""Who writes: the one place that says it, until people sign in."""

from __future__ import annotations

from dashboard.access import Role
from dashboard.errors import UsageError

MOST = 80  # letters of a name
UNSIGNED = "typed, not signed in"
DRAFTS_OF = "local"  # whose drafts they are while nobody signs in


def writer(role: Role, typed: str) -> str:
    """Who is kept beside what is written: the typed name, and that it was only typed.

    raises  UsageError where no name was typed

    >>> from dashboard.access import LOCAL
    >>> writer(LOCAL, " DAC Yates ")
    'DAC Yates (typed, not signed in)'
    """
    name = " ".join(typed.split())[:MOST]
    if not name:
        raise UsageError(f"type your name: {role.words}, it stands beside what you write")
    return f"{name} ({UNSIGNED})"
