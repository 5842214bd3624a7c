"""A digest as it leaves: a message to mail, the rows of a page in sentences."""

from __future__ import annotations

from dashboard.cli import handing
from dashboard.cli.options import DigestForm
from dashboard.reports.accountability import falling_due
from dashboard.reports.request import Request
from dashboard.reports.tasking import digest
from dashboard.reports.tasking.digest import Digest

WRITTEN = {DigestForm.text: digest.as_text, DigestForm.html: digest.as_html}


def of_meeting(request: Request) -> Digest:
    """The digest of a meeting: its alerts, and what falls due before the next."""
    return digest.digest(request, falling_due.of_meeting(request))


def say(request: Request, message: Digest, form: DigestForm) -> None:
    """Prints a digest; raises AuditError where it can't be recorded."""
    words = WRITTEN[form](message)
    handing.say(request.witness, words, "digest", snapshot=request.snapshot.id)
