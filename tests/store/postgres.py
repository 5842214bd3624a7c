"""A PostgreSQL of the tests: its own user, folder, port and password; gone when they are done."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

ACCOUNTS = ("postgres", "nobody")  # PostgreSQL refuses to run as root
NUMBERS = count(1)


class CantStartError(Exception):
    """Why no PostgreSQL can be started here, in words."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    folder: Path
    port: int
    password: str
    account: str | None
    programs: Path
    names: Iterator[int] = field(default_factory=lambda: NUMBERS)

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"store_{next(self.names)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f'create database "{name}"')
        return self.address(name)

    def address(self, database: str) -> str:
        return f"postgresql://dashboard:{self.password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        options = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c max_connections=200"
        options += f" -c unix_socket_directories={self.folder}"
        self._run("pg_ctl", "start", "-w", "-D", str(self.folder / "data"),
                  "-l", str(self.folder / "log"), "-o", options)  # fmt: skip

    def crash(self) -> None:
        """Ends every process of the server at once, as if the machine had failed."""
        self._run("pg_ctl", "stop", "-m", "immediate", "-w", "-D", str(self.folder / "data"))

    def _run(self, program: str, *arguments: str) -> None:
        account = {"user": self.account, "group": self.account_group} if self.account else {}
        done = subprocess.run(
            [str(self.programs / program), *arguments],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=120,
            **account,  # type: ignore[arg-type]
        )
        if done.returncode:
            log = self.folder / "log"
            said = log.read_text("utf-8", "replace") if log.exists() else str(done.stdout)
            raise CantStartError(f"{program} failed: {said[-500:]}")

    @property
    def account_group(self) -> int:
        return pwd.getpwnam(self.account or "").pw_gid


@contextmanager
def running() -> Iterator[Server]:
    """A PostgreSQL on 127.0.0.1.

    raises  CantStartError where there is none, or no account that it would run as
    """
    programs = _programs()
    account = _account() if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="dashboard-postgres-"))
    server = Server(folder, _free_port(), secrets.token_hex(16), account, programs)
    try:
        secret = folder / "password"
        secret.write_text(server.password)
        if account:
            for path in (folder, secret):
                shutil.chown(path, account)
        server._run("initdb", "--pgdata", str(folder / "data"), "--username", "dashboard",
                    "--auth", "scram-sha-256", "--pwfile", str(secret), "--no-sync",
                    "--encoding", "UTF8", "--locale", "C.UTF-8")  # fmt: skip
        server.start()
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            server.crash()
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if debian:
        return debian[-1].parent
    if found := shutil.which("initdb"):
        return Path(found).parent
    raise CantStartError("there is no PostgreSQL on this machine (initdb is not to be found)")


def _version(path: Path) -> float:
    return float(path.parent.parent.name)


def _account() -> str:
    for name in ACCOUNTS:
        try:
            pwd.getpwnam(name)
            return name
        except KeyError:
            continue
    raise CantStartError("PostgreSQL does not run as root, and there is no other account for it")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
