"""What .deploy/ starts: units, timers, crontab and container call commands that there are."""

from __future__ import annotations

import configparser
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from typer.main import get_command

from dashboard.__main__ import app
from tests.access.test_sign_in import written
from tests.browser.server import free_port, starting
from tests.choosing import EXHAUSTIVE

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / ".deploy"
CONTAINER = DEPLOY / "Containerfile"
PROGRAM = "/opt/scd-dashboard/.venv/bin/scd-dashboard"


def unit(file: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(file)
    return read


def steps() -> list[tuple[str, str]]:
    """Instruction and the rest of each line of the container's file."""
    text = CONTAINER.read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines]


def lines_of(file: Path) -> list[list[str]]:
    """The commands of a unit, the crontab or the container, each as words after the program."""
    if file.suffix == ".service":
        said = [shlex.split(unit(file)["Service"]["ExecStart"])]
    elif file == CONTAINER:
        said = [json.loads(rest) for name, rest in steps() if name == "CMD"]
    else:
        text = file.read_text("utf-8").splitlines()
        said = [shlex.split(line.partition(" > ")[0]) for line in text if PROGRAM in line]
    return [
        line[next(at for at, word in enumerate(line) if word.endswith("/scd-dashboard")) + 1 :]
        for line in said
    ]


def test_all_is_deployed_either_way():
    timed = sorted(line[0] for line in lines_of(DEPLOY / "crontab"))
    services = sorted(lines_of(file)[0][0] for file in DEPLOY.glob("*.service"))
    assert timed == ["backup", "cycle"] and services == ["backup", "cycle", "run"]


@pytest.mark.parametrize(
    "file",
    [*sorted(DEPLOY.glob("*.service")), DEPLOY / "crontab", CONTAINER],
    ids=lambda file: file.name,
)
def test_what_is_deployed_calls_commands_and_options_that_there_are(file):
    group = get_command(app)
    assert lines_of(file)
    for line in lines_of(file):
        # A word that the command does not know is refused here.
        context = group.commands[line[0]].make_context(line[0], line[1:])
        assert not context.args


@pytest.mark.parametrize("file", sorted(DEPLOY.glob("*.timer")), ids=lambda file: file.name)
def test_a_timer_starts_the_service_that_there_is(file):
    timer = unit(file)["Timer"]
    assert (DEPLOY / timer["Unit"]).is_file()
    if shutil.which("systemd-analyze"):
        spans = ["systemd-analyze", "calendar", timer["OnCalendar"]]
        assert subprocess.run(spans, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("file", sorted(DEPLOY.glob("*.service")), ids=lambda file: file.name)
def test_a_service_is_sound_and_writes_only_below_its_own_folders(file, tmp_path):
    service = unit(file)["Service"]
    assert service["ProtectSystem"] == "strict" and service["NoNewPrivileges"] == "yes"
    data = service["Environment"].partition("=")[2]
    assert any(data.startswith(f"{path}/") for path in service["ReadWritePaths"].split())
    assert service["User"] != "root"
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze here: the unit was only parsed")
    copy = tmp_path / file.name
    copy.write_text(file.read_text("utf-8").replace(PROGRAM, "/bin/true"), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    own = [line for line in done.stderr.splitlines() if "scd-dashboard" in line]
    assert done.returncode == 0 and own == []


def test_the_container_copies_what_there_is_and_all_that_is_served():
    copied = {word for name, rest in steps() if name == "COPY" for word in rest.split()[:-1]}
    assert all((ROOT / word).exists() for word in copied)
    assert {"dashboard", "pages", "queries", "data/catalogue", ".streamlit", ".docs"} <= copied
    assert dict(steps())["USER"] not in ("0", "root")


def docker_runs() -> bool:
    if not shutil.which("docker"):
        return False
    return subprocess.run(["docker", "info"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not EXHAUSTIVE, reason="installs all that the program needs; EXHAUSTIVE=1")
def test_the_container_is_built(tmp_path):
    """Where docker runs, by it; elsewhere its steps are done below a folder, and it is started."""
    if docker_runs():
        build = ["docker", "build", "-q", "-f", str(CONTAINER), str(ROOT)]
        done = subprocess.run(build, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("neither docker nor root here: the container's steps can't be done")

    def here(words: str) -> str:
        return re.sub(r"/(opt|var|etc)/", rf"{tmp_path}/\1/", words)

    clean = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    work = tmp_path
    for name, rest in steps():
        if name == "WORKDIR":
            work = Path(here(rest))
            work.mkdir(parents=True)
        elif name == "COPY":
            *sources, target = rest.split()
            for source in sources:
                copy(ROOT / source, work / target, len(sources) > 1)
        elif name == "RUN":
            done = subprocess.run(
                here(rest), shell=True, cwd=work, env=clean, capture_output=True, text=True,
                check=False,
            )  # fmt: skip
            assert done.returncode == 0, f"{rest}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
    started(here, work, clean | {"PYTHONDONTWRITEBYTECODE": "1"})


def copy(source: Path, target: Path, into: bool) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        target.mkdir(exist_ok=True) if into else None
        shutil.copy(source, target)


def started(here, work: Path, environment: dict[str, str]) -> None:
    """The container's own command answers to what its health check asks."""
    told, port = dict(steps()), free_port()
    sign_in = Path(here("/etc/scd-dashboard"))
    sign_in.mkdir(parents=True)
    written(sign_in)
    command = [here(word) for word in json.loads(told["CMD"])]
    command[command.index("--address") + 1] = "127.0.0.1"
    data = {"DASHBOARD_DATA": here(told["ENV"].partition("=")[2])}
    base = f"http://127.0.0.1:{port}/scd"
    with starting([*command, "--port", str(port)], work, environment | data, f"{base}/health"):
        asked = json.loads(told["HEALTHCHECK"].removeprefix("CMD "))
        asked[-1] = asked[-1].replace("8501", str(port))
        assert subprocess.run(asked, cwd=work, env=environment, check=False).returncode == 0
        with pytest.raises(urllib.request.HTTPError) as refused:
            urllib.request.urlopen(f"{base}/ready")
        assert refused.value.read() == b"no snapshot can be served"
