"""How words are put together: lists, capitals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.catalogue import ours
from dashboard.words.numbers import number

# What may follow the noun in a measure's name.
QUALIFIERS = re.compile(
    r" (?:recovered|disrupted|verified|seized|overdue|done|recorded|on|in|against|of|for)\b"
)


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them: 'a, b and c'; '' of none."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def listed_first(words: Sequence[str], most: int = 3) -> str:
    """The first of many: 'Ashby', 'Ashby and Holme', 'Ashby, Thorpe and 4 others'."""
    if len(words) <= most:
        return listed(words)
    return f"{', '.join(words[: most - 1])} and {len(words) - most + 1} others"


def many(n: int, noun: str) -> str:
    """So many of a thing whose plural ends in s.

    >>> many(1, "day"), many(0, "day"), many(1561, "day")
    ('1 day', '0 days', '1,561 days')
    """
    return f"{number(n)} {noun}{'' if n == 1 else 's'}"


def sentence(words: str) -> str:
    """Words with a capital first letter."""
    return words[:1].upper() + words[1:]


def inside(name: str) -> str:
    """A measure's name inside a sentence: initials keep their capital, and what directorate.toml
    says is a name.

    >>> inside("Commercial robbery"), inside("Trident murder"), inside("DNA hits")
    ('commercial robbery', 'Trident murder', 'DNA hits')
    """
    if name[1:2].isupper() or name.startswith(ours().proper_names):
        return name
    return name[:1].lower() + name[1:]


def is_plural(name: str) -> bool:
    """Whether a measure's name takes a plural verb.

    >>> [is_plural(name) for name in ("Kidnaps", "Shootings, detection", "Reviews overdue")]
    [True, False, True]
    """
    if "," in name:
        return False
    noun = QUALIFIERS.split(name)[0]
    return noun.endswith("s") and not noun.endswith("ss")


def verbs(name: str) -> tuple[str, str, str]:
    """Of a measure: 'have', 'were', 'their' or 'has', 'was', 'its'."""
    return ("have", "were", "their") if is_plural(name) else ("has", "was", "its")
