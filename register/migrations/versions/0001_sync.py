"""Makes the schemas, and the tables of batches and of the persons who decide.

Revision 0001, the first.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

PLACE_DATE = """
create function sync.place_date(place bigint) returns date language sql immutable parallel safe
return date '0001-01-01' + (place / 10000000000000)::int - 1
"""


def upgrade() -> None:
    """Goes forward."""
    for schema in ("sync", "register", "privacy", "staging"):
        op.execute(f"create schema {schema}")
    op.execute(PLACE_DATE)
    op.create_table(
        "actor",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False, comment="Surrogate key"),
        sa.Column("name", sa.Text(), nullable=False, comment="The short name the person signs decisions with"),
        sa.Column("title", sa.Text(), nullable=False, comment="The person's duty"),
        sa.Column("valid_from", sa.Date(), nullable=False, comment="The first day on which the person may decide"),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="The last day on which the person may decide"),
        sa.CheckConstraint("valid_to is null or valid_to >= valid_from", name=op.f("ck_actor_dates")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
        sa.UniqueConstraint("name", name=op.f("uq_actor_name")),
        schema="privacy",
        comment="The named persons who may release, approve and decide (RS-21). Retention: R14.",
    )
    op.create_table(
        "customer",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False, comment="Surrogate key"),
        sa.Column("name", sa.Text(), nullable=False, comment="The customer's short name in source files"),
        sa.Column(
            "first_seen_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="First use",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
        sa.UniqueConstraint("name", name=op.f("uq_customer_name")),
        schema="sync",
        comment="A company that uses the MDO service. Retention: R3.",
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False, comment="Surrogate key"),
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("name", sa.Text(), nullable=False, comment="customer/register"),
        sa.Column(
            "state",
            sa.Text(),
            server_default="draft",
            nullable=False,
            comment="draft: its plans are held; active: it is live",
        ),
        sa.Column(
            "first_seen_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="First use",
        ),
        sa.CheckConstraint("state in ('draft', 'active')", name=op.f("ck_source_state")),
        sa.ForeignKeyConstraint(["customer_id"], ["sync.customer.id"], name=op.f("fk_source_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("name", name=op.f("uq_source_name")),
        schema="sync",
        comment="One customer register, as one source file describes it. Retention: R3.",
    )
    op.create_table(
        "source_decision",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Surrogate key"),
        sa.Column("source_id", sa.Integer(), nullable=False, comment="The source it came from"),
        sa.Column("state", sa.Text(), nullable=False, comment="The state it was given"),
        sa.Column("actor_id", sa.Integer(), nullable=False, comment="Who decided"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why"),
        sa.Column(
            "decided_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False, comment="When"
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["privacy.actor.id"], name=op.f("fk_source_decision_actor_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sync.source.id"], name=op.f("fk_source_decision_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_decision")),
        schema="sync",
        comment="Who sent a source live, and why. Retention: R10.",
    )
    op.create_table(
        "source_version",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Surrogate key"),
        sa.Column("source_id", sa.Integer(), nullable=False, comment="The source it came from"),
        sa.Column("digest", sa.Text(), nullable=False, comment="SHA-256 of the description, as canonical JSON"),
        sa.Column(
            "description",
            postgresql.JSONB(),
            nullable=False,
            comment="The source file's content; secrets only by reference",
        ),
        sa.Column(
            "first_used_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="First use",
        ),
        sa.ForeignKeyConstraint(["source_id"], ["sync.source.id"], name=op.f("fk_source_version_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_version")),
        sa.UniqueConstraint("source_id", "digest", name=op.f("uq_source_version_source_id_digest")),
        schema="sync",
        comment="Each version of a source file that was in use. Retention: R10.",
    )
    op.create_table(
        "batch",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Surrogate key"),
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("source_id", sa.Integer(), nullable=False, comment="The source it came from"),
        sa.Column("source_version_id", sa.BigInteger(), nullable=False, comment="The description used"),
        sa.Column("business_date", sa.Date(), nullable=False, comment="The local date the data belongs to"),
        sa.Column(
            "attempt",
            sa.Integer(),
            nullable=False,
            comment="Counts the attempts at one source and business date, from 1",
        ),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False, comment="When the data was read"),
        sa.Column(
            "place", sa.BigInteger(), nullable=False, comment="Its place in order: business date, then as-of time"
        ),
        sa.Column(
            "kind",
            sa.Text(),
            server_default="sync",
            nullable=False,
            comment="sync, or reapply of an earlier landed copy",
        ),
        sa.Column(
            "file_name",
            sa.Text(),
            nullable=True,
            comment="Name of the file read, withheld where it holds personal data",
        ),
        sa.Column("digest", sa.Text(), nullable=True, comment="SHA-256 of the file's bytes"),
        sa.Column(
            "rules_version",
            sa.Text(),
            nullable=False,
            comment="Digest of mapping, schemas, detectors and value libraries",
        ),
        sa.Column("status", sa.Text(), server_default="pulling", nullable=False, comment="Where it stands"),
        sa.Column(
            "complete",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="Whether absence may be derived from it",
        ),
        sa.Column(
            "notes",
            postgresql.JSONB(),
            server_default="[]",
            nullable=False,
            comment="Value-free remarks, such as why it is not complete",
        ),
        sa.Column(
            "guards",
            postgresql.JSONB(),
            server_default="[]",
            nullable=False,
            comment="The guards that hold it: id, measured, limit, baseline",
        ),
        sa.Column(
            "pulled",
            postgresql.JSONB(),
            server_default="{}",
            nullable=False,
            comment="What the read found: columns by name, fill, counts, scopes",
        ),
        sa.Column("read", sa.BigInteger(), server_default="0", nullable=False, comment="Source rows read"),
        sa.Column(
            "inserted",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="Source rows read that were inserted",
        ),
        sa.Column(
            "updated", sa.BigInteger(), server_default="0", nullable=False, comment="Source rows read that were updated"
        ),
        sa.Column(
            "unchanged",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="Source rows read that were unchanged",
        ),
        sa.Column(
            "duplicate",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="Source rows read that were duplicate",
        ),
        sa.Column(
            "suppressed",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="Source rows read that were suppressed",
        ),
        sa.Column(
            "out_of_scope",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="Source rows read that were out of scope",
        ),
        sa.Column(
            "expired", sa.BigInteger(), server_default="0", nullable=False, comment="Source rows read that were expired"
        ),
        sa.Column(
            "quarantined",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="Source rows read that were quarantined",
        ),
        sa.Column(
            "absent",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="Keys that became absent with this batch",
        ),
        sa.Column(
            "rejected_values", sa.BigInteger(), server_default="0", nullable=False, comment="Optional values left out"
        ),
        sa.Column("run_id", sa.Text(), nullable=True, comment="The Dagster run"),
        sa.Column("decided_by", sa.Integer(), nullable=True, comment="Who decided"),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True, comment="When it was released or discarded"),
        sa.Column("reason", sa.Text(), nullable=True, comment="Why it was released, discarded, superseded or failed"),
        sa.Column(
            "started_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When the attempt began",
        ),
        sa.Column(
            "finished_at", sa.DateTime(timezone=True), nullable=True, comment="When it was applied or ended otherwise"
        ),
        sa.CheckConstraint(
            "status in ('pulling', 'planned', 'held', 'released', 'applied', 'superseded', 'discarded', 'failed')",
            name=op.f("ck_batch_status"),
        ),
        sa.CheckConstraint(
            "read = inserted + updated + unchanged + duplicate + suppressed + out_of_scope + expired + quarantined",
            name=op.f("ck_batch_conservation"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["sync.customer.id"], name=op.f("fk_batch_customer_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["privacy.actor.id"], name=op.f("fk_batch_decided_by")),
        sa.ForeignKeyConstraint(["source_id"], ["sync.source.id"], name=op.f("fk_batch_source_id")),
        sa.ForeignKeyConstraint(
            ["source_version_id"], ["sync.source_version.id"], name=op.f("fk_batch_source_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint(
            "source_id", "business_date", "attempt", name=op.f("uq_batch_source_id_business_date_attempt")
        ),
        sa.UniqueConstraint("source_id", "place", name=op.f("uq_batch_source_id_place")),
        schema="sync",
        comment="One attempt at a source and business date. Retention: R10.",
    )
    op.create_index(op.f("ix_batch_business_date"), "batch", ["business_date"], unique=False, schema="sync")
    op.create_table(
        "coverage",
        sa.Column("source_id", sa.Integer(), nullable=False, comment="The source it came from"),
        sa.Column(
            "scope", sa.Text(), nullable=False, comment="The scope value read in full; empty for a full snapshot"
        ),
        sa.Column("place", sa.BigInteger(), nullable=False, comment="The batch's place in order"),
        sa.Column("batch_id", sa.BigInteger(), nullable=False, comment="The batch that read it"),
        sa.ForeignKeyConstraint(["batch_id"], ["sync.batch.id"], name=op.f("fk_coverage_batch_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sync.source.id"], name=op.f("fk_coverage_source_id")),
        sa.PrimaryKeyConstraint("source_id", "scope", "place", name=op.f("pk_coverage")),
        schema="sync",
        comment="Which complete batches read which scope: from it, last seen is derived. Retention: R10.",
    )
