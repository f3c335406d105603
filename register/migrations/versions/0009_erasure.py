"""Makes the tables of erasure: suppression and its lifting, ledger entries, cases, restrictions, customers who left.

Revision 0009, after 0008.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TEXT, DAY, INTEGER = sa.Text(), sa.Date(), sa.Integer()
INSTANT, NOW, JSONB = sa.DateTime(timezone=True), sa.text("now()"), postgresql.JSONB()

#: The tables that carry their customer (RS-27).
TENANT_TABLES = ("privacy.customer_end", "privacy.restriction")
POLICY = """
create policy by_customer on {table}
using (customer_id = nullif(current_setting('mdo.customer_id', true), '')::int)
"""


def _column(name: str, kind: Any, about: str, **options: Any) -> sa.Column:
    options.setdefault("nullable", False)
    return sa.Column(name, kind, comment=about, **options)


def _controller() -> sa.Column:
    return _column("controller_id", INTEGER, "Whose list: 0 MDO Group's own, else the customer's number")


def _actor(table: str, about: str, *, nullable: bool) -> list:
    name = op.f(f"fk_{table}_actor_id")
    return [
        _column("actor_id", INTEGER, about, nullable=nullable),
        sa.ForeignKeyConstraint(["actor_id"], ["privacy.actor.id"], name=name),
    ]


def _id(table: str) -> list:
    return [
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Surrogate key"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    """Goes forward."""
    op.create_table(
        "suppression",
        _column(
            "token",
            sa.LargeBinary(),
            "HMAC-SHA256 of one thing by which an erased person would be known (SUP-02)",
        ),
        _column("kind", TEXT, "What it was made of"),
        _column("key_version", INTEGER, "The version of the controller's key"),
        _controller(),
        _column("scope", TEXT, "register, source or marketing (SUP-11)"),
        _column("source_id", INTEGER, "The one source, where the scope is source", nullable=True),
        _column("created_on", DAY, "The day of the erasure"),
        _column("expires_on", DAY, "The first day it may be deleted; none while sources deliver", nullable=True),
        _column("case_id", TEXT, "The case number"),
        sa.CheckConstraint("scope in ('register', 'source', 'marketing')", name=op.f("ck_suppression_scope")),
        sa.CheckConstraint("(scope = 'source') = (source_id is not null)", name=op.f("ck_suppression_one_source")),
        schema="privacy",
        comment="Tokens of erased persons: whoever comes with one of them stays out. Retention: R12.",
    )
    op.create_index(
        "uq_suppression_token",
        "suppression",
        ["controller_id", "token", "scope", "case_id", "source_id"],
        unique=True,
        schema="privacy",
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "suppression_lift",
        *_id("suppression_lift"),
        _controller(),
        _column("case_id", TEXT, "The case whose tokens no longer count"),
        _column("kind", TEXT, "Only tokens of this kind", nullable=True),
        _column("source_id", INTEGER, "Only in this source", nullable=True),
        _column("scope", TEXT, "Tokens of this scope"),
        *_actor("suppression_lift", "Who decided", nullable=True),
        _column("reason", TEXT, "Why"),
        _column("lifted_at", INSTANT, "When", server_default=NOW),
        schema="privacy",
        comment="Who has lifted which suppression, and why. Retention: R11.",
    )
    op.create_index(
        op.f("ix_suppression_lift_controller_id_case_id"),
        "suppression_lift",
        ["controller_id", "case_id"],
        schema="privacy",
    )
    op.create_table(
        "ledger_entry",
        _column("sequence", sa.BigInteger(), "Its number in the ledger", autoincrement=False),
        _column("event", TEXT, "What it says was done"),
        _column("digest", TEXT, "SHA-256 of its line and of all lines before it"),
        _column("noted_at", INSTANT, "When the database learnt of it", server_default=NOW),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_ledger_entry")),
        schema="privacy",
        comment="Which entries of the ledger outside this database it has carried out: a restored one knows fewer. "
        "Retention: R13.",
    )
    op.create_table(
        "subject_case",
        *_id("subject_case"),
        _column("case_id", TEXT, "The case number"),
        _column("action", TEXT, "erase, object, restrict, unrestrict or lift"),
        _controller(),
        *_actor("subject_case", "Who decided", nullable=True),
        _column("remark", TEXT, "Why, or the controller's instruction"),
        _column("done_at", INSTANT, "When", server_default=NOW),
        _column("counts", JSONB, "How many records of which table it concerned", server_default="{}"),
        _column("kept", JSONB, "Records that stay: record type, id and the law that asks for it", server_default="[]"),
        schema="privacy",
        comment="What was done for a data subject, in numbers. Retention: R11.",
    )
    op.create_index(op.f("ix_subject_case_case_id"), "subject_case", ["case_id"], schema="privacy")
    op.create_table(
        "restriction",
        *_id("restriction"),
        _column("customer_id", INTEGER, "The customer whose row this is"),
        _column("source_id", INTEGER, "The source it came from"),
        _column("key", TEXT, "The key of the restricted row; personal"),
        _column("case_id", TEXT, "The case number"),
        *_actor("restriction", "Who decided", nullable=True),
        _column("made_at", INSTANT, "Since when", server_default=NOW),
        _column("told_on", DAY, "When the person was told that it ends (GDPR 18(3))", nullable=True),
        _column("ended_at", INSTANT, "Until when; empty while it stands", nullable=True),
        schema="privacy",
        comment="Rows that nobody may use or change for now (GDPR 18). Retention: R11.",
    )
    op.create_index(
        "uq_restriction_alive",
        "restriction",
        ["source_id", "key"],
        unique=True,
        schema="privacy",
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_index(op.f("ix_restriction_case_id"), "restriction", ["case_id"], schema="privacy")
    op.create_table(
        "customer_end",
        _column("customer_id", INTEGER, "The customer whose row this is", autoincrement=False),
        _column("ends_on", DAY, "The last day of the service"),
        _column("choice", TEXT, "What becomes of the data we process for it: delete, or return and delete"),
        *_actor("customer_end", "Who wrote it down", nullable=False),
        _column("reason", TEXT, "Why, or the document that says so"),
        _column("recorded_at", INSTANT, "When", server_default=NOW),
        _column("returned_at", INSTANT, "When its data were returned", nullable=True),
        _column("certificate", JSONB, "What was deleted, in numbers; empty until it is", nullable=True),
        sa.CheckConstraint("choice in ('delete', 'return')", name=op.f("ck_customer_end_choice")),
        sa.ForeignKeyConstraint(["customer_id"], ["sync.customer.id"], name=op.f("fk_customer_end_customer_id")),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_customer_end")),
        schema="privacy",
        comment="Customers who have left, and what became of their data (GDPR 28(3)(g)). Retention: R10.",
    )
    for table in TENANT_TABLES:
        op.execute(POLICY.format(table=table))
