"""All tables of the central register.

Belongs here: one import that knows every table. Does not belong here: statements on them.
"""

from register.tables import counts, erasure, matching, minimisation, privacy, records, review, sync
from register.tables.base import metadata

#: The schemas that the migrations make; ``staging`` holds a batch's own tables while it is under way.
SCHEMAS = ("sync", "register", "privacy", "staging")

__all__ = [
    "SCHEMAS",
    "counts",
    "erasure",
    "matching",
    "metadata",
    "minimisation",
    "privacy",
    "records",
    "review",
    "sync",
]
