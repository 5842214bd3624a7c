"""`python -m dashboard run`: what stops it stops everything, and the port is free again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from dashboard.backups.serving import unserved
from dashboard.errors import UsageError
from tests.browser.server import ROOT

PATIENCE_SECONDS = 120


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(port: int, wanted: bool) -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if is_open(port) is wanted:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["TERM", "Ctrl+C"])
def test_what_stops_it_frees_the_port(sample_data: Path, number: signal.Signals):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "dashboard", "run", "--port", str(port), "--base-path", "scd"]
    environment = os.environ | {"DASHBOARD_DATA": str(sample_data)}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        assert wait_for(port, True), "the server did not come up"
        for asked, words in (("health", "ok"), ("ready", "ready")):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/scd/{asked}") as answer:
                assert answer.read().decode() == words
        with pytest.raises(UsageError, match="a server serves"), unserved(sample_data):
            pass  # no restore puts another folder in its place
        process.send_signal(number)
        assert process.wait(PATIENCE_SECONDS) == 0
        with unserved(sample_data):
            pass
        assert wait_for(port, False), "the server lives on"
    finally:
        process.kill()
