"""Ingest: source files → staging, checked against their contracts, every row accounted for."""

from dashboard.ingest.accounts import ImportAccount
from dashboard.ingest.adapters import ADAPTERS, code_of
from dashboard.ingest.contracts import KINDS, contract_columns
from dashboard.ingest.importing import import_files
from dashboard.ingest.staging import Staged, staged, withdraw

__all__ = [
    "ADAPTERS",
    "KINDS",
    "ImportAccount",
    "Staged",
    "code_of",
    "contract_columns",
    "import_files",
    "staged",
    "withdraw",
]
