"""The directorate of the data folder that is served, where no snapshot says one."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

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


def sample_here() -> bool:
    """Whether the data folder holds the synthetic sample, which lies beside no other's files, or
    is being filled with it."""
    return _synthetic(str(snapshots.data_folder()))


@st.cache_data(ttl=5, max_entries=4, show_spinner=False)
def _synthetic(data: str) -> bool:
    folder = Path(data)
    return bool(snapshots.begun(folder)) or any(item.sample for item in snapshots.listing(folder))
