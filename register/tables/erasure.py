"""Schema ``privacy``: erasures, and what keeps whoever was erased from coming back.

Belongs here: suppression tokens and what lifts them, the entries of the ledger that the database knows, cases of data
subjects, restrictions, and customers who have left. Does not belong here: who decides (`register.tables.privacy`), or
anything by which an erased person could be read.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from register.tables.base import column, customer_id, identity, references, source_id, table

SCHEMA = "privacy"

#: Where a token counts: in every register of its controller, in one source, or for marketing alone.
SCOPES = ("register", "source", "marketing")

_NOW = sa.func.now()


def _controller() -> sa.Column[int]:
    return column("controller_id", sa.Integer, about="Whose list: 0 MDO Group's own, else the customer's number")


suppression = table(
    "suppression",
    SCHEMA,
    column("token", sa.LargeBinary, about="HMAC-SHA256 of one thing by which an erased person would be known (SUP-02)"),
    column("kind", sa.Text, about="What it was made of"),
    column("key_version", sa.Integer, about="The version of the controller's key"),
    _controller(),
    column("scope", sa.Text, about="register, source or marketing (SUP-11)"),
    column("source_id", sa.Integer, nullable=True, about="The one source, where the scope is source"),
    column("created_on", sa.Date, about="The day of the erasure"),
    column("expires_on", sa.Date, nullable=True, about="The first day it may be deleted; none while sources deliver"),
    column("case_id", sa.Text, about="The case number"),
    sa.CheckConstraint("scope in ('register', 'source', 'marketing')", name="scope"),
    sa.CheckConstraint("(scope = 'source') = (source_id is not null)", name="one_source"),
    sa.Index(
        "uq_suppression_token",
        "controller_id",
        "token",
        "scope",
        "case_id",
        "source_id",
        unique=True,
        postgresql_nulls_not_distinct=True,
    ),
    about="Tokens of erased persons: whoever comes with one of them stays out.",
    retention="R12",
)

suppression_lift = table(
    "suppression_lift",
    SCHEMA,
    identity("Surrogate key"),
    _controller(),
    column("case_id", sa.Text, about="The case whose tokens no longer count"),
    column("kind", sa.Text, nullable=True, about="Only tokens of this kind"),
    column("source_id", sa.Integer, nullable=True, about="Only in this source"),
    column("scope", sa.Text, about="Tokens of this scope"),
    column("actor_id", sa.Integer, sa.ForeignKey("privacy.actor.id"), nullable=True, about="Who decided"),
    column("reason", sa.Text, about="Why"),
    column("lifted_at", sa.DateTime(timezone=True), server_default=_NOW, about="When"),
    sa.Index(None, "controller_id", "case_id"),
    about="Who has lifted which suppression, and why.",
    retention="R11",
)

ledger_entry = table(
    "ledger_entry",
    SCHEMA,
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False, comment="Its number in the ledger"),
    column("event", sa.Text, about="What it says was done"),
    column("digest", sa.Text, about="SHA-256 of its line and of all lines before it"),
    column("noted_at", sa.DateTime(timezone=True), server_default=_NOW, about="When the database learnt of it"),
    about="Which entries of the ledger outside this database it has carried out: a restored one knows fewer.",
    retention="R13",
)

subject_case = table(
    "subject_case",
    SCHEMA,
    identity("Surrogate key"),
    column("case_id", sa.Text, about="The case number"),
    column("action", sa.Text, about="erase, object, restrict, unrestrict, lift or review"),
    _controller(),
    column("actor_id", sa.Integer, sa.ForeignKey("privacy.actor.id"), nullable=True, about="Who decided"),
    column("remark", sa.Text, about="Why, or the controller's instruction"),
    column("done_at", sa.DateTime(timezone=True), server_default=_NOW, about="When"),
    column("counts", JSONB, server_default="{}", about="How many records of which table it concerned"),
    column("kept", JSONB, server_default="[]", about="Records that stay: record type, id and the law that asks for it"),
    sa.Index(None, "case_id"),
    about="What was done for a data subject, in numbers.",
    retention="R11",
)

restriction = table(
    "restriction",
    SCHEMA,
    identity("Surrogate key"),
    customer_id(),
    source_id(),
    column("key", sa.Text, about="The key of the restricted row; personal"),
    column("case_id", sa.Text, about="The case number"),
    column("actor_id", sa.Integer, sa.ForeignKey("privacy.actor.id"), nullable=True, about="Who decided"),
    column("made_at", sa.DateTime(timezone=True), server_default=_NOW, about="Since when"),
    column("told_on", sa.Date, nullable=True, about="When the person was told that it ends (GDPR 18(3))"),
    column("ended_at", sa.DateTime(timezone=True), nullable=True, about="Until when; empty while it stands"),
    sa.Index("uq_restriction_alive", "source_id", "key", unique=True, postgresql_where=sa.text("ended_at is null")),
    sa.Index(None, "case_id"),
    about="Rows that nobody may use or change for now (GDPR 18).",
    retention="R11",
)

customer_end = table(
    "customer_end",
    SCHEMA,
    sa.Column(
        "customer_id", sa.Integer, primary_key=True, autoincrement=False, comment="The customer whose row this is"
    ),
    column("ends_on", sa.Date, about="The last day of the service"),
    column("choice", sa.Text, about="What becomes of the data we process for it: delete, or return and delete"),
    column("actor_id", sa.Integer, sa.ForeignKey("privacy.actor.id"), about="Who wrote it down"),
    column("reason", sa.Text, about="Why, or the document that says so"),
    column("recorded_on", sa.Date, about="The day on which it was written down"),
    column("returned_on", sa.Date, nullable=True, about="The day on which its data were returned"),
    column("certificate", JSONB, nullable=True, about="What was deleted, in numbers; empty until it is"),
    sa.CheckConstraint("choice in ('delete', 'return')", name="choice"),
    *references("customer_id"),
    about="Customers who have left, and what became of their data (GDPR 28(3)(g)).",
    retention="R10",
)

__all__ = [
    "SCOPES",
    "customer_end",
    "ledger_entry",
    "restriction",
    "subject_case",
    "suppression",
    "suppression_lift",
]
