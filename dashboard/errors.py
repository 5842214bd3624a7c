"""The one family of errors that a user sees, each kind with one exit code.

A message is one sentence: the rule, then what was found. It never carries a path
outside the data folder, a traceback or a value that a user typed unescaped.
"""

import json
import unicodedata

UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control, format, surrogate, line separators


def visible(text: str, keep: str = "") -> str:
    """Text with all that steers a terminal, a log or the direction of writing spelt out, as JSON
    spells it: so that JSON stays what it is.

    keep  characters that stay as they are

    >>> print(visible("one\\u202etwo\\n\\x1b"))
    one\\u202etwo\\n\\u001b
    """
    if text.isprintable():  # most is, and a letter at a time takes long
        return text
    return "".join(
        letter
        if letter in keep or unicodedata.category(letter) not in UNSEEN
        else json.dumps(letter)[1:-1].replace("\x7f", r"\u007f")
        for letter in text
    )


def turns_text(letter: str) -> bool:
    """Whether a letter steers a terminal or turns the direction of writing; a line's end does not.

    >>> turns_text("\\u202e"), turns_text("\\x1b"), turns_text("\\n")
    (True, True, False)
    """
    if "\u202a" <= letter <= "\u202e" or "\u2066" <= letter <= "\u2069":
        return True
    return letter not in "\n\r\t" and unicodedata.category(letter) in ("Cc", "Zl", "Zp")


def steady(text: str) -> str:
    """Text for a page: what would steer or turn it, or can't be seen, spelt out; all else as it is.

    >>> print(steady("one\\u202etwo\\u200b \\u2013 three"))
    one\\u202etwo\\u200b \u2013 three
    """
    if text.isprintable():
        return text
    return "".join(
        visible(letter) if turns_text(letter) or _hides(letter) else letter for letter in text
    )


def _hides(letter: str) -> bool:
    """Whether a letter has no breadth; not what joins or parts the letters of a script."""
    return letter not in "\u00ad\u200c\u200d" and unicodedata.category(letter) == "Cf"


MOST_NEAR = 5  # names that are said to be near


class DashboardError(Exception):
    """Something that the user can be told in one sentence; shown without a traceback."""

    exit_code = 1

    def __str__(self) -> str:
        # A list of faults has one a line; nothing else in it may move what reads it.
        return visible(super().__str__(), keep="\n")


class ContentError(DashboardError):
    """The content of a file, the catalogue or a snapshot is wrong."""

    exit_code = 1


class UsageError(DashboardError):
    """The call itself is wrong: an option missing, a date that is none."""

    exit_code = 2


class NotFoundError(DashboardError):
    """No such snapshot, unit, measure or query.

    known  what there is, of which the names most like it are said
    near   those to say, where it is not letters that make them near
    """

    exit_code = 3

    def __init__(
        self,
        kind: str,
        name: str,
        known: list[str] | tuple[str, ...] = (),
        near: list[str] | None = None,
    ):
        near = nearest(name, known) if near is None else near
        hint = f"; near it: {', '.join(near)}" if near else ""
        super().__init__(f"there is no {kind} {name!r}{hint}")
        self.kind, self.name, self.near = kind, name, near


class NothingPublishedError(NotFoundError):
    """No snapshot at all, so that none can be near what was asked for."""

    def __init__(self) -> None:
        super().__init__("snapshot", "latest")

    def __str__(self) -> str:
        return (
            "nothing has been published here yet: run `python -m dashboard sample` for a trial, or "
            "import files and publish"
        )


class NotAllowedError(DashboardError):
    """The role may not see or do this."""

    exit_code = 4


class StoreError(DashboardError):
    """What people wrote can't be read or kept: nothing was written."""

    exit_code = 1


class AuditError(DashboardError):
    """The audit can't be written: records and exports are refused, aggregates are not."""

    exit_code = 4


class StatisticsError(ContentError):
    """Numbers that a statistical function cannot take."""


def nearest(
    name: str, known: list[str] | tuple[str, ...], most: int = MOST_NEAR, like: float = 0.5
) -> list[str]:
    """The names in `known` that look most like `name`, best first.

    like  0 to 1, how much they must: 1 is the same

    >>> nearest("comercial_robbery", ["commercial_robbery", "kidnaps"])
    ['commercial_robbery']
    """
    from difflib import get_close_matches

    lowered = {item.lower(): item for item in known}
    alike = get_close_matches(name.lower(), list(lowered), n=most, cutoff=like)
    return [lowered[item] for item in alike]
