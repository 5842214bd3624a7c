"""What the management information unit has signed and what it has still to: returns of OCUs, and
differences between corporate figures and the records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.decisions.signoffs import Signoff, Subject
from dashboard.periods import day_words
from dashboard.reports.quality import reconciliation
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept_as_written
from dashboard.reports.signing import differences, returns
from dashboard.reports.signing.returns import BEFORE, REVISED, SIGNED, UNSIGNED, WITHDRAWN
from dashboard.words import names, phrases

MONTHS_LISTED = 6  # the latest whose returns are listed; what is still to be signed always is
WORDS = {
    SIGNED: "signed",
    UNSIGNED: "not signed",
    REVISED: "restated since it was signed",
    WITHDRAWN: "signature withdrawn",
    BEFORE: "from before signing began",
}
NOBODY = "null: nobody has signed it"


class Signature(TypedDict):
    """Something that is signed or to be signed, in words too."""

    kind: str
    unit_code: str
    measure: Annotated[str | None, "null: of a return"]
    description: str
    month: date
    about: str
    state: str  # a key of WORDS
    state_words: str
    signed_on: Annotated[date | None, NOBODY]
    signed_by: Annotated[str | None, NOBODY]
    reason: Annotated[str | None, f"{NOBODY}, or without a reason"]
    due_on: date
    days_over: Annotated[int | None, "null: not overdue"]
    version: Annotated[int | None, NOBODY]


@dataclass(frozen=True)
class Choice:
    """Something that can be signed, or whose signature can be withdrawn.

    row  as `listed` has it; subject and content are what a signature is put under
    """

    row: Signature
    subject: Subject
    content: Mapping[str, Any]


def choices(request: Request, unit: str) -> list[Choice]:
    """All that is signed or to be signed of `unit` and below it: what is owed first, oldest first.

    A difference of the whole force is the directorate's to sign.
    """
    below = {unit, *request.catalogue.descendants(unit)}
    signings = [*_returns(request), *of_differences(request)]
    return sorted((item for item in signings if _whose(request, item) in below), key=_turn)


@kept_as_written(16)
def owed(request: Request) -> tuple[Choice, ...]:
    """All that should be signed and is not. Differences are looked for only where any was ever
    signed: without it none is owed."""
    signings = list(_returns(request))
    if differences.signed(request):
        signings += of_differences(request)
    return tuple(item for item in signings if _owed(item.row))


def _whose(request: Request, item: Choice) -> str:
    code = item.subject.unit
    return request.directorate if code == request.force else code


def _turn(item: Choice) -> tuple[Any, ...]:
    row = item.row
    owed, when = _owed(row), row["month"].toordinal()
    return (not owed, when if owed else -when, row["kind"] != "return", row["description"])


def _returns(request: Request) -> Iterator[Choice]:
    known = returns.returns(request)
    latest = set(sorted({item.held.month for item in known})[-MONTHS_LISTED:])
    for item in known:
        if item.owed or item.held.month in latest:
            held = item.held
            about = f"{_many(held.figures, 'figure')} of {_many(len(held.measures), 'measure')}"
            words = f"Return of {held.words}", about
            yield Choice(
                _row(request, held.subject, words, item.state, item.row, item.due_on),
                held.subject,
                held.content,
            )


def _many(n: int, word: str) -> str:
    return f"{n:,} {word}{'' if n == 1 else 's'}"


def of_differences(request: Request) -> Iterator[Choice]:
    """The corporate figures that differ from the records."""
    if not request.whole or reconciliation.why_none(request):
        return
    for row in rows.typed(reconciliation.Signed, reconciliation.figures(request).rows):
        if not reconciliation.differs(row):
            continue
        subject = differences.subject_of(row)
        state, there = differences.standing(request, row)
        stood = row["then_said"] if row["then"] is not None else row["own_said"]
        words = (
            f"{row['name']}, {row['unit_code']} {row['period']}",
            f"published {row['published_said']}, records {stood}: {row['cause']}",
        )
        yield Choice(
            _row(request, subject, words, state, there, differences.due_on(row)),
            subject,
            differences.content_of(row),
        )


def _row(
    request: Request,
    subject: Subject,
    words: tuple[str, str],
    state: str,
    there: Signoff | None,
    due: date,
) -> Signature:
    """words  what it is, and what is signed of it"""
    late = state not in (SIGNED, BEFORE) and due < request.as_at
    description, about = words
    return {
        "kind": subject.kind,
        "unit_code": subject.unit,
        "measure": subject.measure,
        "description": description,
        "month": subject.month,
        "about": about,
        "state": state,
        "state_words": WORDS[state],
        "signed_on": there["changed_at"].date() if there else None,
        "signed_by": there["changed_by"] if there else None,
        "reason": there["reason"] if there else None,
        "due_on": due,
        "days_over": (request.as_at - due).days if late else None,
        "version": there["version"] if there else None,
    }


def listed(request: Request, unit: str) -> Disclosed:
    """What `choices` gives, as rows: signed by whom and when, or since when it is overdue."""
    signatures = [item.row for item in choices(request, unit)]
    return request.disclose(
        rows.table(Signature, signatures),
        title=_title(signatures),
        subtitle=f"{names.unit(request.catalogue, unit)}, as at {day_words(request.as_at)}",
        notes=(
            *((_after(request),) if any(_later(request, row) for row in signatures) else ()),
            f"Returns are due for signing {returns.DAYS} days after their month, differences "
            f"{returns.DAYS} days after they were published.",
            *((returns.NOTE,) if any(_owed(row) for row in signatures) else ()),
        ),
        query="returns_held",
        unit=unit,
    )


def _later(request: Request, row: Signature) -> bool:
    return row["signed_on"] is not None and row["signed_on"] >= request.as_at


def _after(request: Request) -> str:
    """Why something is signed after the day that the figures are of."""
    return (
        f"What is signed from {day_words(request.as_at)} on was signed at this meeting, after the"
        " figures that it is shown: they did not know of it."
    )


def _owed(row: Signature) -> bool:
    return row["state"] not in (SIGNED, BEFORE)


def _title(signatures: list[Signature]) -> str:
    """'2 of 24 returns are not signed; all 5 differences are signed; 1 is overdue'."""
    asked = [row for row in signatures if row["state"] != BEFORE]
    if not signatures:
        return "Nothing was returned here that could be signed"
    if not asked:
        return phrases.sentence(returns.NONE_SIGNED.split(":")[0])
    kinds = [[row for row in asked if row["kind"] == kind] for kind in ("return", "difference")]
    said = [_stand(own) for own in kinds if own]
    if any(map(_owed, asked)):
        late = sum(row["days_over"] is not None for row in asked)
        said.append(f"{late or 'none'} {'is' if late < 2 else 'are'} overdue")
    return phrases.sentence("; ".join(said))


def _stand(own: list[Signature]) -> str:
    """How those of one kind stand: '2 of 24 returns are not signed', '1 difference is signed'."""
    open_, many = sum(map(_owed, own)), phrases.many(len(own), own[0]["kind"])
    of_them = f"{open_} of {many}" if 0 < open_ < len(own) else many
    every = "all " if len(own) > 1 and open_ in (0, len(own)) else ""
    verb = "is" if (open_ or len(own)) == 1 else "are"
    return f"{every}{of_them} {verb} {'not ' if open_ else ''}signed"
