"""Finds a Chromium for the browser tests: the system's, else Playwright's own, else apt's.

Run with --install it makes sure that there is one: on Debian as root it installs the
package; elsewhere it says what to do, and fails where CI=true.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
NONE_FOUND = (
    "no Chromium found: install the package chromium, or run "
    "`python -m playwright install chromium`, or say CHROMIUM=/path"
)


def find() -> str | None:
    """Path of a Chromium that starts, or None. CHROMIUM names one to try first."""
    for name in (os.environ.get("CHROMIUM"), *NAMES):
        if name and (path := shutil.which(name)) and _starts(path):
            return path
    return _playwrights_own()


def _starts(path: str) -> bool:
    # Ubuntu's chromium-browser may be a script that only says to install a snap.
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> str | None:
    """Chromium from Debian's packages, where this is Debian and we may; else None."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "chromium", "fonts-dejavu-core"],
    ):
        # A failure shows in that no Chromium is found afterwards; apt's own words stand above.
        subprocess.run(words, env=environment, stdout=subprocess.DEVNULL, check=False)
    return find()


def main() -> int:
    found = find()
    if not found and "--install" in sys.argv[1:]:
        found = install()
    print(found or NONE_FOUND, file=sys.stdout if found else sys.stderr)
    return 1 if not found and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
