"""The directorate of the data folder that is served, where no snapshot says one."""

from __future__ import annotations

from dashboard import catalogue, snapshots
from dashboard.catalogue import Catalogue, Directorate


def catalogue_here() -> Catalogue:
    """The catalogue that the data folder is published with.

    raises  ContentError where it is at fault
    """
    return catalogue.load(catalogue.folder_of(snapshots.data_folder()))


def present() -> Directorate:
    """Its directorate."""
    return catalogue_here().directorate
