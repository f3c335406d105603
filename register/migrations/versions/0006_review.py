"""Makes the tables of what people are asked and say of matching, and lets golden persons alone say whose word counts.

Revision 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)

POLICY = """
create policy by_customer on {table}
using (customer_id = nullif(current_setting('mdo.customer_id', true), '')::int)
"""

#: What concerns two customers is neither's to see.
POLICY_ACROSS = """
create policy by_customer on register.review_pair
using (customer_id = nullif(current_setting('mdo.customer_id', true), '')::int and other_customer_id is null)
"""
LINKS_ACROSS = """
alter policy by_customer on register.match_link
using (customer_id = nullif(current_setting('mdo.customer_id', true), '')::int and record_type <> 'across')
"""
NOBODYS = "create policy by_customer on register.customer_pair using (false)"


def said(table: str, how: str) -> list[sa.schema.SchemaItem]:
    """Who decided, why, since when, and how it ended."""
    return [
        sa.Column("decided_by", sa.Integer(), nullable=False, comment=f"The person who {how}"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why"),
        sa.Column("made_at", WHEN, server_default=sa.text("now()"), nullable=False, comment="Since when"),
        sa.Column("ended_at", WHEN, nullable=True, comment="Until when; empty while it stands"),
        sa.Column("ended_by", sa.Integer(), nullable=True, comment="The person who ended it"),
        sa.Column("ended_why", sa.Text(), nullable=True, comment="Why it ended"),
        sa.ForeignKeyConstraint(["decided_by"], ["privacy.actor.id"], name=op.f(f"fk_{table}_decided_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["privacy.actor.id"], name=op.f(f"fk_{table}_ended_by")),
    ]


def upgrade() -> None:
    """Goes forward."""
    op.execute("drop view register.person_value")
    op.create_table(
        "review_pair",
        sa.Column("record_a", sa.BigInteger(), nullable=False, comment="The person record with the smaller id"),
        sa.Column("record_b", sa.BigInteger(), nullable=False, comment="The other person record"),
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column(
            "other_customer_id",
            sa.Integer(),
            nullable=True,
            comment="The other record's customer, where it is another",
        ),
        sa.Column(
            "why",
            sa.Text(),
            nullable=False,
            comment="loose, mixed or too_large: a rule was not followed; likely: scored; across: customers",
        ),
        sa.Column("rule", sa.Text(), nullable=True, comment="The rule that would join them"),
        sa.Column("score", sa.Double(), nullable=True, comment="Match weight in bits; empty where nothing was scored"),
        sa.Column("model", sa.Text(), nullable=True, comment="The version of the model that scored them"),
        sa.Column("since", WHEN, server_default=sa.text("now()"), nullable=False, comment="Since when it waits"),
        sa.CheckConstraint("record_a < record_b", name=op.f("ck_review_pair_pair")),
        sa.CheckConstraint(
            "why in ('loose', 'mixed', 'too_large', 'likely', 'across')", name=op.f("ck_review_pair_why")
        ),
        sa.CheckConstraint("(other_customer_id is not null) = (why = 'across')", name=op.f("ck_review_pair_across")),
        sa.PrimaryKeyConstraint("record_a", "record_b", name=op.f("pk_review_pair")),
        schema="register",
        comment="Pairs of person records that a person should look at. Retention: R1.",
    )
    op.create_index(op.f("ix_review_pair_record_b"), "review_pair", ["record_b"], schema="register")
    op.create_index(op.f("ix_review_pair_customer_id"), "review_pair", ["customer_id"], schema="register")
    op.create_table(
        "field_pin",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Surrogate key"),
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("record_type", sa.Text(), nullable=False, comment="person or company"),
        sa.Column(
            "record_id",
            sa.BigInteger(),
            nullable=False,
            comment="The record whose person or company it is of; it goes where that goes",
        ),
        sa.Column("field", sa.Text(), nullable=False, comment="The golden field"),
        sa.Column(
            "value",
            sa.Text(),
            nullable=True,
            comment="What holds; empty: none does. Emptied when the correction ends",
        ),
        *said("field_pin", "corrected it"),
        sa.CheckConstraint("ended_at is null or value is null", name=op.f("ck_field_pin_value")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_pin")),
        schema="register",
        comment="Corrections of golden fields, which no import overrules (GDPR 16). Retention: R1.",
    )
    op.create_index(
        "uq_field_pin_stands",
        "field_pin",
        ["record_type", "record_id", "field"],
        unique=True,
        schema="register",
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_table(
        "customer_pair",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Surrogate key"),
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("other_customer_id", sa.Integer(), nullable=False, comment="The customer with the greater id"),
        *said("customer_pair", "switched it on"),
        sa.CheckConstraint("customer_id < other_customer_id", name=op.f("ck_customer_pair_pair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_pair")),
        schema="register",
        comment=(
            "Two customers whose people may be compared with each other; otherwise no two are (RS-27). Retention: R3."
        ),
    )
    op.create_index(
        "uq_customer_pair_stands",
        "customer_pair",
        ["customer_id", "other_customer_id"],
        unique=True,
        schema="register",
        postgresql_where=sa.text("ended_at is null"),
    )
    op.alter_column(
        "match_link",
        "record_type",
        comment="person, company, or across: persons of two customers",
        existing_comment="person or company",
        schema="register",
    )
    op.create_index(
        "ix_match_link_apart",
        "match_link",
        ["customer_id"],
        schema="register",
        postgresql_where=sa.text("ended_at is null and verdict <> 'same'"),
    )
    op.add_column(
        "match_link",
        sa.Column(
            "score",
            sa.Double(),
            nullable=True,
            comment="Match weight in bits that the person who decided was shown",
        ),
        schema="register",
    )
    op.add_column(
        "match_link",
        sa.Column("model", sa.Text(), nullable=True, comment="The version of the model that had scored it"),
        schema="register",
    )
    for name, about in (
        ("priority", "Whose word counts more in golden records"),
        ("matched_priority", "The priority that golden records follow"),
    ):
        op.add_column(
            "source",
            sa.Column(name, sa.SmallInteger(), server_default="0", nullable=False, comment=about),
            schema="sync",
        )
    op.execute(POLICY.format(table="register.field_pin"))
    op.execute(POLICY_ACROSS)
    op.execute(LINKS_ACROSS)
    op.execute(NOBODYS)
