"""Finds a Chromium for the browser tests: the system's, else Playwright's own, else apt's.

Run with --install it makes sure that there is one: on Debian as root it installs the
package; elsewhere it says what to do and fails.
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


def find() -> str | None:
    """Path of a Chromium that can be started, or None."""
    told = os.environ.get("CHROMIUM")
    for name in (told, *NAMES):
        if name and (path := shutil.which(name)):
            return path
    return _playwrights_own()


def _playwrights_own() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> str | None:
    """Chromium from Debian's packages, where this is Debian and we may."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "check": False}
    subprocess.run(["apt-get", "update", "-qq"], stdout=subprocess.DEVNULL, **quiet)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "chromium", "fonts-dejavu-core"],
        stdout=subprocess.DEVNULL,
        **quiet,
    )
    return find()


if __name__ == "__main__":
    found = find() or install()
    print(found or "no Chromium found: install the package chromium, or say CHROMIUM=/path")
    sys.exit(0 if found or os.environ.get("CI") != "true" else 1)
