"""Ingest: source files → staging, checked against their contracts, every row accounted for."""

from typing import TYPE_CHECKING

from dashboard import late

if TYPE_CHECKING:
    from dashboard.ingest.accounts import ImportAccount
    from dashboard.ingest.adapters import code_of
    from dashboard.ingest.adapters import names as count_kinds
    from dashboard.ingest.contracts import KINDS, contract_columns
    from dashboard.ingest.importing import import_files
    from dashboard.ingest.staging import Staged, let_pass, short_numbers, staged, withdraw

__all__ = [
    "KINDS",
    "ImportAccount",
    "Staged",
    "code_of",
    "contract_columns",
    "count_kinds",
    "import_files",
    "let_pass",
    "short_numbers",
    "staged",
    "withdraw",
]

__getattr__ = late.names(__name__)
