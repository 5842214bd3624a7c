"""Who asks, and what leaves: every row a page or a command gets has passed here."""

from dashboard.access.disclosure import Disclosed, Stamp, Why
from dashboard.access.roles import LOCAL, Role

__all__ = ["LOCAL", "Disclosed", "Role", "Stamp", "Why"]
