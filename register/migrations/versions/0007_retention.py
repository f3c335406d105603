"""Makes the table of evidence, which nobody can change.

Revision 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0004"
branch_labels = None
depends_on = None

TEXT, DAY, INSTANT = sa.Text(), sa.Date(), sa.DateTime(timezone=True)

APPEND_ONLY = """
create function privacy.append_only() returns trigger language plpgsql as $$
begin
  raise exception 'evidence is append-only' using errcode = 'insufficient_privilege';
end
$$
"""


def upgrade() -> None:
    """Goes forward."""
    _evidence()


def _evidence() -> None:
    op.execute("create sequence privacy.evidence_id")
    op.create_table(
        "evidence",
        sa.Column(
            "id",
            sa.BigInteger(),
            server_default=sa.text("nextval('privacy.evidence_id')"),
            nullable=False,
            comment="The order of entries",
        ),
        sa.Column("recorded_at", INSTANT, server_default=sa.text("now()"), nullable=False, comment="When it was done"),
        sa.Column("business_date", DAY, nullable=False, comment="The local date for which it was done"),
        sa.Column("rule", TEXT, nullable=False, comment="The rule that asked for it"),
        sa.Column("action", TEXT, nullable=False, comment="What was done"),
        sa.Column("table_name", TEXT, nullable=False, comment="To rows of which table"),
        sa.Column(
            "reason", TEXT, server_default="", nullable=False, comment="A code; of a refusal, why it was refused"
        ),
        sa.Column("rows", sa.BigInteger(), nullable=False, comment="To how many"),
        sa.Column("first_day", DAY, nullable=True, comment="The earliest day from which their retention was counted"),
        sa.Column("last_day", DAY, nullable=True, comment="The latest such day"),
        sa.Column(
            "policy_version",
            TEXT,
            server_default="",
            nullable=False,
            comment="Digest of the retention policy in force",
        ),
        sa.Column("run", TEXT, server_default="", nullable=False, comment="The Dagster run"),
        sa.Column(
            "reference",
            TEXT,
            server_default="",
            nullable=False,
            comment="The number of the case, hold or certificate it belongs to",
        ),
        sa.CheckConstraint(
            "action in ('delete', 'drop', 'coarsen', 'pseudonymise', 'refuse', 'hold', 'approve', 'release', 'return')",
            name=op.f("ck_evidence_action"),
        ),
        sa.CheckConstraint("rows >= 0", name=op.f("ck_evidence_rows")),
        sa.PrimaryKeyConstraint("id", "business_date", name=op.f("pk_evidence")),
        schema="privacy",
        comment=(
            "What was deleted, coarsened, refused and released, in counts; append-only, a partition for each year. "
            "Retention: R10."
        ),
        postgresql_partition_by="range (business_date)",
    )
    op.create_index(op.f("ix_evidence_business_date"), "evidence", ["business_date"], unique=False, schema="privacy")
    op.execute(APPEND_ONLY)
    op.execute(
        "create trigger append_only before update or delete on privacy.evidence "
        "for each row execute function privacy.append_only()"
    )
    op.execute(
        "create trigger append_only_truncate before truncate on privacy.evidence "
        "for each statement execute function privacy.append_only()"
    )
    op.execute("revoke update, delete, truncate on privacy.evidence from public")
