"""Leaves room on the pages of what a night updates, and drops an index that nothing reads.

Revision 0011, after 0010.

Staged rows of held plans go, since staged records carry their keys from now on: a release pulls the batch again from
its landed copy, or says that the file must be synced again.

An update that finds room on its row's page, and changes no indexed column, writes nothing to any index. The index of
unsettled rows stood in the way of that: its condition reads the hash, which every changed row changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = (
    "register.account",
    "register.billing",
    "register.certificate",
    "register.channel_choice",
    "register.collection",
    "register.company_record",
    "register.competence",
    "register.contract",
    "register.employment",
    "register.invoice",
    "register.marketing_choice",
    "register.necessity_event",
    "register.person_record",
    "sync.source_row",
)


def upgrade() -> None:
    """Goes forward. Rows that are there keep their pages."""
    staged = "select tablename from pg_tables where schemaname = 'staging' and tablename ~ '^b[0-9]+_'"
    for name in op.get_bind().scalars(sa.text(staged)).all():
        op.execute(f'drop table staging."{name}"')
    op.drop_index("ix_source_row_unsettled", table_name="source_row", schema="sync")
    for table in TABLES:
        op.execute(f"alter table {table} set (fillfactor = 90)")


def downgrade() -> None:
    """Goes back."""
    for table in TABLES:
        op.execute(f"alter table {table} reset (fillfactor)")
    op.create_index(
        "ix_source_row_unsettled",
        "source_row",
        ["source_id"],
        schema="sync",
        postgresql_where=sa.text("hash is null or absent_place is not null or quarantined_place is not null"),
    )
