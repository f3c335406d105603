"""Makes the counts that are left of contracts, and a view of those that may be read; names reviews of suppression.

Revision 0013, after 0012.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Read with the rights of its owner, so that whoever may read the view need not be able to read the table.
VIEW = """
create view register.contract_statistic with (security_barrier = true) as
select product_code, service_code, first_year, last_year, contracts
from register.contract_count
where contracts >= 5
"""


def upgrade() -> None:
    """Goes forward."""
    op.create_table(
        "contract_count",
        sa.Column(
            "product_code", sa.Text(), nullable=True, comment="The product; empty where the contracts named none"
        ),
        sa.Column(
            "service_code", sa.Text(), nullable=True, comment="The service; empty where the contracts named none"
        ),
        sa.Column("first_year", sa.SmallInteger(), nullable=True, comment="The year in which they were opened"),
        sa.Column("last_year", sa.SmallInteger(), nullable=True, comment="The year in which they were terminated"),
        sa.Column("contracts", sa.BigInteger(), nullable=False, comment="How many have been deleted"),
        sa.Column("counted_on", sa.Date(), nullable=False, comment="The business date on which the last one was added"),
        sa.CheckConstraint("contracts > 0", name=op.f("ck_contract_count_contracts")),
        schema="register",
        comment="Contracts that have been deleted, in numbers; of no customer. Retention: R3.",
    )
    op.create_index(
        "uq_contract_count_group",
        "contract_count",
        ["product_code", "service_code", "first_year", "last_year"],
        unique=True,
        schema="register",
        postgresql_nulls_not_distinct=True,
    )
    op.execute(VIEW)
    op.execute("comment on view register.contract_statistic is 'Deleted contracts, in groups of five or more.'")
    op.alter_column(
        "subject_case", "action", comment="erase, object, restrict, unrestrict, lift or review", schema="privacy"
    )


def downgrade() -> None:
    """Goes back."""
    op.alter_column("subject_case", "action", comment="erase, object, restrict, unrestrict or lift", schema="privacy")
    op.execute("drop view register.contract_statistic")
    op.drop_table("contract_count", schema="register")
