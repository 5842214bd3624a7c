"""The document of a pack as PDF/UA-1: the template, the bundled fonts and nothing else."""

from __future__ import annotations

import json
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

import typst

from dashboard.errors import ContentError
from dashboard.export.forms import typeface
from dashboard.export.forms.stamping import Produced

TEMPLATE = Path(__file__).with_name("templates") / "pack.typ"
SMALL = 60.0  # pixels an inch of a page that is looked at before it is taken
STANDARD: Any = "ua-1"


def pdf(document: dict[str, Any], produced: Produced) -> bytes:
    """The file; the same document and the same moment give the same bytes.

    document  as dashboard.export.packs.document makes it
    raises    ContentError where it can't be set, or is no PDF/UA-1
    """
    try:
        return typst.compile(
            TEMPLATE,
            font_paths=_fonts(),
            format="pdf",
            sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
            pdf_standards=STANDARD,
            timestamp=produced.at.astimezone(UTC).replace(microsecond=0),
        )
    except typst.TypstError as error:
        reason = str(error.message).strip().splitlines()[0][:200]
        raise ContentError(f"the pack could not be set as PDF/UA-1: {reason}") from error


def previews(document: dict[str, Any]) -> list[bytes]:
    """Each page of the document as a small PNG.

    raises  ContentError where it can't be set
    """
    try:
        pages = typst.compile(
            TEMPLATE,
            font_paths=_fonts(),
            format="png",
            ppi=SMALL,
            sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
        )
    except typst.TypstError as error:
        raise ContentError("the pages could not be drawn") from error
    return pages if isinstance(pages, list) else [pages]


@cache
def _fonts() -> typst.Fonts:
    """The bundled typeface alone, so that a page looks the same on every machine."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(typeface.FOLDER)],
    )
