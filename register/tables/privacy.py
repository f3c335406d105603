"""Schema ``privacy``: who decides.

Belongs here: the named persons who may release, discard and activate. Does not belong here: the data subjects.
"""

from __future__ import annotations

import sqlalchemy as sa

from register.tables.base import column, table

SCHEMA = "privacy"

actor = table(
    "actor",
    SCHEMA,
    sa.Column("id", sa.Integer, sa.Identity(always=True), primary_key=True, comment="Surrogate key"),
    column("name", sa.Text, about="The short name the person signs decisions with"),
    column("title", sa.Text, about="The person's duty"),
    column("valid_from", sa.Date, about="The first day on which the person may decide"),
    column("valid_to", sa.Date, nullable=True, about="The last day on which the person may decide"),
    sa.UniqueConstraint("name"),
    sa.CheckConstraint("valid_to is null or valid_to >= valid_from", name="dates"),
    about="The named persons who may release, approve and decide (RS-21).",
    retention="R14",
)
