"""Who asks, and what leaves: every row a page or a command gets has passed here."""

from dashboard.access.disclosure import All, Disclosed, Stamp, Why
from dashboard.access.roles import LOCAL, Role, look_as
from dashboard.access.scope import Scope, scope_of

__all__ = ["LOCAL", "All", "Disclosed", "Role", "Scope", "Stamp", "Why", "look_as", "scope_of"]
