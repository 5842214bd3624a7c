"""The directorate of the data folder that is served, where no snapshot says one."""

from __future__ import annotations

from dashboard import catalogue, snapshots
from dashboard.catalogue import Directorate


def present() -> Directorate:
    """The directorate of the catalogue that the data folder is published with.

    raises  ContentError where that catalogue is at fault
    """
    return catalogue.load(catalogue.folder_of(snapshots.data_folder())).directorate
