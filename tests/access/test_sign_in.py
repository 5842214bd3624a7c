"""Who may sign in how, and which role their claims come to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dashboard.access import roles, sign_in
from dashboard.errors import ContentError, UsageError

GOOD = {
    "metadata_url": "https://id.example/.well-known/openid-configuration",
    "client_id": "dashboard",
    "client_secret": "secret-of-the-client",
    "cookie_secret": "0123456789abcdef0123456789abcdef",
    "public_url": "https://scd.example",
    "ask": "the management information unit",
}


def written(folder: Path, **changes: object) -> Path:
    said = {key: value for key, value in (GOOD | changes).items() if value is not None}
    path = folder / "sign-in.toml"
    rows = [f"{key} = {str(v) if not isinstance(v, str) else repr(v)}" for key, v in said.items()]
    path.write_text("\n".join(rows), "utf-8")
    return path


def test_what_a_provider_is(tmp_path):
    found = sign_in.read(written(tmp_path, hours=8, proxies=["10.0.0.1"]))
    assert (found.origin, found.hours, found.proxies) == ("https://scd.example", 8, ("10.0.0.1",))
    assert sign_in.read(written(tmp_path)).hours == 12


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"client_id": None}, "must say client_id"),
        ({"tenant": "x"}, "knows no tenant"),
        ({"cookie_secret": "short"}, "cookie_secret of at least 32"),
        ({"public_url": "http://scd.example"}, "public_url that begins with https"),
        ({"metadata_url": "http://id.example/x"}, "metadata_url that begins with https"),
        ({"hours": 0}, "hours above 0"),
        ({"proxies": "10.0.0.1"}, "proxies as addresses"),
    ],
)
def test_what_is_wrong_with_it_is_said_without_its_secrets(tmp_path, changes, words):
    with pytest.raises(UsageError, match=words) as caught:
        sign_in.read(written(tmp_path, **changes))
    assert GOOD["client_secret"] not in str(caught.value)


@pytest.mark.parametrize("address", ["0.0.0.0", "10.1.2.3", "scd.example", "::"])
def test_nobody_listens_to_others_without_sign_in(tmp_path, address):
    with pytest.raises(UsageError, match="--sign-in FILE"):
        sign_in.needed_for(address, None)
    sign_in.needed_for(address, sign_in.read(written(tmp_path)))
    sign_in.needed_for("127.0.0.1", None)


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"groups": ["a", "scd-chair"]}, "chair of the meeting"),
        ({"groups": "scd-analyst"}, "analyst"),
        ({"groups": ["scd-analyst", "scd-chair"]}, "chair of the meeting"),  # the first in the file
        ({"groups": ["scd-commander"], "unit": "SCD7"}, "OCU commander, SCD7"),
        ({"groups": ["scd-borough"], "borough": ["E09000007"]}, "borough viewer, E09000007"),
        ({"groups": ["scd-commander"]}, None),  # of no unit
        ({"groups": ["scd-commander"], "unit": ["SCD7", "SCD5"]}, None),
        ({"groups": ["others"]}, None),
        ({"role": ["scd-chair"]}, None),
        ({}, None),
    ],
)
def test_a_role_comes_from_claims(claims, words):
    found = roles.role_of_claims(claims, roles.defined())
    assert (found and found.words) == words


def test_roles_are_read_again_when_they_change(tmp_path):
    path = tmp_path / "roles.toml"
    text = (roles.PACKAGED / "roles.toml").read_text("utf-8")
    path.write_text(text, "utf-8")
    claims = {"groups": ["scd-chair"]}
    assert roles.role_of_claims(claims, roles.defined(tmp_path))
    path.write_text(text.replace('"scd-chair"', '"others"'), "utf-8")
    os.utime(path, (1, 1))
    assert roles.role_of_claims(claims, roles.defined(tmp_path)) is None
    path.write_text("[chair]\n", "utf-8")
    os.utime(path, (2, 2))
    with pytest.raises(ContentError, match="has exactly the keys"):
        roles.defined(tmp_path)
