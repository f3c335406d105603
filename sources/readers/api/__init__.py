"""A customer's register behind an HTTP API.

Belongs here: everything between a `read:` block of type api and chunks of rows. Does not belong here: files (see the
other readers), and what any value means.
"""

from __future__ import annotations
