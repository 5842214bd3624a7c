"""A catalogue that many snapshots bring is read once."""

from __future__ import annotations

import shutil

import pytest

from dashboard import catalogue as catalogues
from dashboard.errors import ContentError


def test_one_content_in_two_folders_is_one_catalogue_of_two_folders(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        shutil.copytree(catalogues.PACKAGED, folder)
    one, two = catalogues.load(first), catalogues.load(second)
    assert one.units is two.units  # read once
    assert (one.folder, two.folder) == (first, second)
    assert one.hash == two.hash


def test_another_content_is_another_catalogue_and_a_missing_file_is_said(tmp_path):
    folder = tmp_path / "a"
    shutil.copytree(catalogues.PACKAGED, folder)
    before = catalogues.load(folder)
    path = folder / "breaks.csv"
    path.write_text(path.read_text().rstrip("\n").rsplit("\n", 1)[0] + "\n")
    after = catalogues.load(folder)
    assert len(after.breaks) == len(before.breaks) - 1
    (folder / "organisation.csv").unlink()
    with pytest.raises(ContentError, match="organisation.csv"):
        catalogues.load(folder)
