"""The kept packs, each with its files as they were."""

from __future__ import annotations

from typing import Any

from dashboard.export.packs import kept as pack_kept
from dashboard.export.packs.kept import Kept
from dashboard.reports import Request
from dashboard.ui.kit import address, files, section
from dashboard.ui.kit.address import link_to
from dashboard.ui.kit.markup import Column, link, small, stack, strong, tag
from dashboard.ui.kit.section import actions, card, html, note, table
from dashboard.words import dates

KEPT = (Column("Pack"), Column("Made"), Column("Whole?"))
MOST_KEPT = 12


def kept(request: Request) -> None:
    """The kept packs, newest first, each with its files as they were."""
    with card("kept", "Kept packs"):
        every, faults = pack_kept.kept(request.data)
        scope, restricted = request.scope, request.role.restricted
        packs = [item for item in every if item.open_to(scope, restricted)]
        for fault in faults:
            section.fault(f"{fault[:1].upper()}{fault[1:]}.")
        if not packs:
            note("None that you may open is kept yet." if every else "None is kept yet.")
            return
        rows = [_row(item) for item in packs[:MOST_KEPT]]
        table(KEPT, rows, caption="Kept packs, the newest first")
        if len(packs) > MOST_KEPT:
            note(f"{len(packs) - MOST_KEPT} older ones are in the data folder, state/packs.")
        _open(packs)


def _row(item: Kept) -> list[Any]:
    faults = item.faults()
    href = link_to("reports", kept=item.id)
    about = f"as at {dates.day(item.as_at)}, snapshot {item.snapshot_id}"
    when = item.produced_at[:16].replace("T", " ")
    whole = "as kept" if not faults else "; ".join(faults)
    return [stack(link(href, strong(item.title)), small(about)), small(when), small(whole)]


def _open(packs: list[Kept]) -> None:
    """The files of the kept pack that the address names."""
    code = address.state("kept", None, [item.id for item in packs])
    chosen = next((item for item in packs if item.id == code), None)
    if chosen is None:
        note("A pack's name opens its files.")
        return
    html(tag("h3", chosen.title, class_="cardtitle"))
    if faults := chosen.faults():
        note(*(f"{fault}." for fault in faults))
        return
    with actions("kept"):
        for file in chosen.files:
            files.link(
                file.rpartition(".")[2].upper(),
                file,
                lambda file=file: chosen.read(file),  # type: ignore[misc]
                key=f"kept-{chosen.id}-{file}",
                snapshot=chosen.snapshot_id,
            )
    for file, digest in chosen.files.items():
        note(f"{file}: sha256 {digest}")
