"""The database of what people write: versioned rows, their history, drafts, kept patterns."""

from dashboard.store.drafts import draft, drafts, forget_draft, keep_draft
from dashboard.store.history import Change, changes, last_written, rows_at, stood, untouched
from dashboard.store.patterns import keep_pattern, kept_for
from dashboard.store.store import Store, is_there, open_store
from dashboard.store.tables import Moment, metadata, versioned
from dashboard.store.writing import ConflictError, Writing

__all__ = [
    "Change",
    "ConflictError",
    "Moment",
    "Store",
    "Writing",
    "changes",
    "draft",
    "drafts",
    "forget_draft",
    "is_there",
    "keep_draft",
    "keep_pattern",
    "kept_for",
    "last_written",
    "metadata",
    "open_store",
    "rows_at",
    "stood",
    "untouched",
    "versioned",
]
