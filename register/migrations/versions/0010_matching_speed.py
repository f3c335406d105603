"""Lets matching find what has changed without reading what has not: by batch, and by what was deleted.

Revision 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

POLICY = """
create policy by_customer on register.match_again
using (customer_id = nullif(current_setting('mdo.customer_id', true), '')::int)
"""

# Whoever deletes a record (a merge, retention, an erasure) need not know of matching. One statement is one call.
GONE = """
create function register.match_again_what_went() returns trigger language plpgsql as $$
begin
  insert into register.match_again (customer_id, record_type, record_id)
  select customer_id, tg_argv[0], id from gone;
  return null;
end $$;

create function register.match_again_whose_part_went() returns trigger language plpgsql as $$
begin
  insert into register.match_again (customer_id, record_type, record_id)
  select record.customer_id, 'person', record.id
  from gone
  join register.person_record as record on record.source_id = gone.source_id and record.key = gone.key;
  return null;
end $$
"""
TRIGGER = """
create trigger match_again after delete on register.{table} referencing old table as gone
for each statement execute function register.{call}
"""
TRIGGERS = {
    "person_record": "match_again_what_went('person')",
    "company_record": "match_again_what_went('company')",
    "employment": "match_again_whose_part_went()",
    "account": "match_again_whose_part_went()",
}


def upgrade() -> None:
    """Goes forward."""
    op.create_table(
        "match_again",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Surrogate key"),
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("record_type", sa.Text(), nullable=False, comment="person or company"),
        sa.Column("record_id", sa.BigInteger(), nullable=False, comment="The record, which may be gone"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_again")),
        schema="register",
        comment=(
            "Records to be matched anew although no batch says so: gone, or without what hung on them. Retention: R1."
        ),
    )
    op.create_index(op.f("ix_match_again_customer_id"), "match_again", ["customer_id"], schema="register")
    op.create_index(op.f("ix_source_row_changed_batch"), "source_row", ["changed_batch"], schema="sync")
    op.alter_column(
        "source_row", "changed_batch", comment="The last batch that changed its state or a record of it", schema="sync"
    )
    op.execute(POLICY)
    op.execute(GONE)
    for table, call in TRIGGERS.items():
        op.execute(TRIGGER.format(table=table, call=call))
