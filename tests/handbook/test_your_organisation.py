"""The handbook's "Your own organisation", word for word, in a copy of the program as it is cloned:
no name of another directorate on any page, in any message or in the pack."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdf
import pytest

from dashboard import catalogue, ingest
from tests import identities
from tests.browser.server import free_port, starting
from tests.handbook.tutorial import HANDBOOK, steps
from tests.screens import NAMES, asked, screen
from tests.second import files

ROOT = Path(__file__).resolve().parents[2]
PAGE = "your-organisation.md"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the page is written for a POSIX shell")


@dataclass
class Followed:
    """What came of the page: the folder of the copy, what each command said, which pages it
    served."""

    folder: Path
    said: dict[str, str] = field(default_factory=dict)
    served: list[str] = field(default_factory=list)


def cloned(folder: Path) -> Path:
    """A copy of what git holds or is about to hold, with the environment that `make run` sets up
    and the extracts that the page speaks of."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("this copy has no git, so that what a clone holds is not known")
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target)
    (folder / ".venv" / "bin").mkdir(parents=True)
    start = f'export PATH="{Path(sys.executable).parent}:$PATH"\n'
    (folder / ".venv" / "bin" / "activate").write_text(start, "utf-8")
    files.write(folder)
    return folder


@pytest.fixture(scope="module")
def followed(tmp_path_factory) -> Iterator[Followed]:
    """The page done step by step, the server running meanwhile as in a window of its own."""
    done = Followed(cloned(tmp_path_factory.mktemp("clone") / "program"))
    clean = {name: os.environ[name] for name in os.environ if not name.startswith("DASHBOARD_")}
    clean |= {"DASHBOARD_WARM": "no", "COLUMNS": "200"}
    before: list[str] = []  # what the shell keeps from line to line
    for step in steps(PAGE):
        if step.file:
            with (done.folder / step.file).open("a" if step.add else "w", encoding="utf-8") as file:
                file.write(step.text)
        elif step.command.startswith((".", "export")):
            before.append(step.command)
            done.said[step.command] = ""
        elif step.command.endswith(" run"):
            port = free_port()
            line = "\n".join([*before, f"exec {step.command} --port {port}"])
            address = f"http://127.0.0.1:{port}"
            with starting(["bash", "-c", line], done.folder, clean, f"{address}/health"):
                for path in ("health", "ready"):
                    with urllib.request.urlopen(f"{address}/{path}") as answer:
                        done.served.append(answer.read().decode())
            done.said[step.command] = ""
        else:
            line = "\n".join([*before, step.command])
            call = subprocess.run(
                ["bash", "-c", line], cwd=done.folder, env=clean, capture_output=True, text=True,
                check=False,
            )  # fmt: skip
            assert call.returncode == 0, f"{step.command}\n{call.stdout}{call.stderr}"
            done.said[step.command] = call.stdout + call.stderr
    return done


@pytest.fixture(scope="module")
def others(followed: Followed) -> set[str]:
    """Names of the project's own directorate."""
    own = catalogue.load(followed.folder / "fenland" / "catalogue")
    shared = {*own.units, *own.areas, *(area.name for area in own.areas.values())}
    return identities.words() - shared


def test_every_command_is_done_and_names_nobody_else(followed, others):
    text = "\n".join(followed.said.values())
    assert identities.found_in(text, others) == []
    assert "8 measures are sound" in text and "Published 2026-03-02" in text
    assert followed.served == ["ok", "ready"]
    assert f"takes {len(followed.said)} commands" in (HANDBOOK / PAGE).read_text("utf-8")


def test_all_rows_were_taken(followed):
    staged = ingest.staged(followed.folder / "fenland")
    rows = [(item.accounts["rows_accepted"], item.accounts["rows_rejected"]) for item in staged]
    assert len(rows) == 4 and all(taken and not refused for taken, refused in rows), rows


def test_the_pack_names_nobody_else(followed, others):
    pages = pypdf.PdfReader(followed.folder / "tasking.pdf").pages
    text = "\n".join(page.extract_text() for page in pages)
    assert "FRU" in text and identities.found_in(text, others) == []


@pytest.mark.few(3)
@pytest.mark.parametrize("page", NAMES)
def test_every_page_opens_and_names_nobody_else(page, followed, others, monkeypatch):
    monkeypatch.delenv(catalogue.VARIABLE, raising=False)
    shown = screen(page, followed.folder / "fenland")
    parts = [asked(shown)]
    parts += [str(item.options) + item.label for item in shown.selectbox]
    parts += [str(item.proto) for item in shown.get("bidi_component")]
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", " ".join(parts), flags=re.S)
    assert len(text) > 200 and identities.found_in(text, others) == []
