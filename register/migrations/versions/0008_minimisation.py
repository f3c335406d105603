"""Makes the tables of the scan of the register, and lets quarantine name values that are taken all the same.

Revision 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

POLICY = """
create policy by_customer on sync.scan_finding
using (customer_id = nullif(current_setting('mdo.customer_id', true), '')::int)
"""


def upgrade() -> None:
    """Goes forward."""
    op.create_table(
        "scan",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Surrogate key"),
        sa.Column("business_date", sa.Date(), nullable=False, comment="The local date it belongs to"),
        sa.Column(
            "whole", sa.Boolean(), nullable=False, comment="Whether every record was looked at, not only changed ones"
        ),
        sa.Column("detectors", sa.Text(), nullable=False, comment="Digest of the detectors that looked"),
        sa.Column("records", sa.BigInteger(), server_default="0", nullable=False, comment="Records looked at"),
        sa.Column(
            "started_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it began",
        ),
        sa.Column(
            "finished_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When it ended; empty where it did not",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
        schema="sync",
        comment="Scans of the register for what must not be in it. Retention: R10.",
    )
    op.create_table(
        "scanned_batch",
        sa.Column("batch_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="The applied batch"),
        sa.ForeignKeyConstraint(["batch_id"], ["sync.batch.id"], name=op.f("fk_scanned_batch_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_scanned_batch")),
        schema="sync",
        comment="The applied batches whose records have been looked at. Retention: R10.",
    )
    op.create_table(
        "scan_finding",
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("source_id", sa.Integer(), nullable=False, comment="The source it came from"),
        sa.Column("record_type", sa.Text(), nullable=False, comment="The record type"),
        sa.Column("record_id", sa.BigInteger(), nullable=False, comment="The record"),
        sa.Column("field", sa.Text(), nullable=False, comment="The field, or key"),
        sa.Column("rule", sa.Text(), nullable=False, comment="The detector's rule"),
        sa.Column("found_on", sa.Date(), nullable=False, comment="Business date of the scan that found it first"),
        sa.PrimaryKeyConstraint("record_type", "record_id", "field", "rule", name=op.f("pk_scan_finding")),
        schema="sync",
        comment=(
            "Where the register holds what it must not; never the value. It goes once the record is mended or "
            "removed. Retention: R1."
        ),
    )
    op.create_table(
        "field_fill",
        sa.Column("business_date", sa.Date(), nullable=False, comment="The date of the count"),
        sa.Column("source_id", sa.Integer(), nullable=False, comment="The source it came from"),
        sa.Column("record_type", sa.Text(), nullable=False, comment="The record type"),
        sa.Column("field", sa.Text(), nullable=False, comment="The field"),
        sa.Column("records", sa.BigInteger(), nullable=False, comment="Records of the source"),
        sa.Column("filled", sa.BigInteger(), nullable=False, comment="Those of them that hold a value"),
        sa.PrimaryKeyConstraint("source_id", "record_type", "field", "business_date", name=op.f("pk_field_fill")),
        schema="sync",
        comment="How far the fields of each source were filled, over time (MIN-14). Retention: R10.",
    )
    op.execute(POLICY)
    op.drop_constraint("ck_quarantine_effect", "quarantine", schema="sync")
    op.create_check_constraint(
        op.f("ck_quarantine_effect"), "quarantine", "effect in ('row', 'value', 'note')", schema="sync"
    )
    op.alter_column(
        "quarantine",
        "effect",
        comment="row: the row stays out; value: the value stays out; note: it is taken, and somebody should look",
        schema="sync",
    )
