"""Makes the tables of matching: keys, links, membership, golden persons and companies, and the batches matched.

Revision 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

#: The tables that carry their customer (RS-27).
TENANT_TABLES = (
    "register.company",
    "register.golden_member",
    "register.match_link",
    "register.person",
    "register.person_key",
)
POLICY = """
create policy by_customer on {table}
using (customer_id = nullif(current_setting('mdo.customer_id', true), '')::int)
"""


def upgrade() -> None:
    """Goes forward."""
    op.create_table(
        "company",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Stable id"),
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("company_name", sa.Text(), nullable=False, comment="Company name / Yrityksen nimi"),
        sa.Column("company_name_record", sa.BigInteger(), nullable=True, comment="The record that says it"),
        sa.Column("business_id", sa.Text(), nullable=True, comment="Finnish business id / Y-tunnus"),
        sa.Column("business_id_record", sa.BigInteger(), nullable=True, comment="The record that says it"),
        sa.Column("vat_number", sa.Text(), nullable=True, comment="VAT number / ALV-tunniste"),
        sa.Column("vat_number_record", sa.BigInteger(), nullable=True, comment="The record that says it"),
        sa.Column("country", sa.Text(), nullable=True, comment="Country (ISO 3166-1 alpha-2) / Maa"),
        sa.Column("country_record", sa.BigInteger(), nullable=True, comment="The record that says it"),
        sa.Column(
            "is_sole_trader",
            sa.Boolean(),
            nullable=True,
            comment="Sole trader: then the company is a person / Toiminimi",
        ),
        sa.Column("is_sole_trader_record", sa.BigInteger(), nullable=True, comment="The record that says it"),
        sa.Column("records", sa.Integer(), nullable=False, comment="How many records it is made of"),
        sa.Column("first_seen", sa.Date(), nullable=False, comment="When the first of them was first seen"),
        sa.Column("absent_since", sa.Date(), nullable=True, comment="Since when every source is without it"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        schema="register",
        comment="G1: One company, made of the records that speak of it. Retention: R1.",
    )
    op.create_table(
        "golden_member",
        sa.Column("record_type", sa.Text(), nullable=False, comment="person or company"),
        sa.Column("record_id", sa.BigInteger(), nullable=False, comment="The record"),
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("golden_id", sa.BigInteger(), nullable=False, comment="The person or company that it is of"),
        sa.PrimaryKeyConstraint("record_type", "record_id", name=op.f("pk_golden_member")),
        schema="register",
        comment="To which person or company a record belongs. Retention: R1.",
    )
    op.create_index(
        op.f("ix_golden_member_customer_id_record_type"),
        "golden_member",
        ["customer_id", "record_type"],
        unique=False,
        schema="register",
    )
    op.create_index(
        op.f("ix_golden_member_record_type_golden_id"),
        "golden_member",
        ["record_type", "golden_id"],
        unique=False,
        schema="register",
    )
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Stable id"),
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("last_name", sa.Text(), nullable=False, comment="Family name / Sukunimi"),
        sa.Column("last_name_record", sa.BigInteger(), nullable=True, comment="The record that says it"),
        sa.Column("first_name", sa.Text(), nullable=True, comment="Given name / Etunimi"),
        sa.Column("first_name_record", sa.BigInteger(), nullable=True, comment="The record that says it"),
        sa.Column("work_email", sa.Text(), nullable=True, comment="Work e-mail / Työsähköposti"),
        sa.Column("work_email_record", sa.BigInteger(), nullable=True, comment="The record that says it"),
        sa.Column("work_phone", sa.Text(), nullable=True, comment="Work phone (E.164) / Työpuhelin (E.164)"),
        sa.Column("work_phone_record", sa.BigInteger(), nullable=True, comment="The record that says it"),
        sa.Column("notice_language", sa.Text(), nullable=True, comment="Language of notices / Tiedotuskieli"),
        sa.Column("notice_language_record", sa.BigInteger(), nullable=True, comment="The record that says it"),
        sa.Column("records", sa.Integer(), nullable=False, comment="How many records it is made of"),
        sa.Column("first_seen", sa.Date(), nullable=False, comment="When the first of them was first seen"),
        sa.Column("absent_since", sa.Date(), nullable=True, comment="Since when every source is without it"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        schema="register",
        comment="G1: One person, made of the records that speak of them. Retention: R1.",
    )
    op.create_table(
        "person_key",
        sa.Column("record_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="The person record"),
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("source_id", sa.Integer(), nullable=False, comment="The source it came from"),
        sa.Column("employment_id", sa.BigInteger(), nullable=True, comment="The employment that it was made with"),
        sa.Column("account_id", sa.BigInteger(), nullable=True, comment="The account that it was made with"),
        sa.Column("first_name", sa.Text(), nullable=True, comment="Given name, folded"),
        sa.Column("last_name", sa.Text(), nullable=False, comment="Family name, folded"),
        sa.Column("name_key", sa.Text(), nullable=False, comment="Every part of the name, folded and sorted"),
        sa.Column("email", sa.Text(), nullable=True, comment="Mailbox; none where it is a role's"),
        sa.Column("phone", sa.Text(), nullable=True, comment="Phone (E.164)"),
        sa.Column("employer", sa.Text(), nullable=True, comment="id, name or own: how the employer is told"),
        sa.Column("employee_number", sa.Text(), nullable=True, comment="Employee number without leading zeros"),
        sa.Column("employee", sa.Text(), nullable=True, comment="Employer and employee number"),
        sa.Column("employed_from", sa.Date(), nullable=True, comment="The employment's first day"),
        sa.Column("employed_to", sa.Date(), nullable=True, comment="The employment's last day"),
        sa.Column("username", sa.Text(), nullable=True, comment="User name, in lower case"),
        sa.Column("subject", sa.Text(), nullable=True, comment="Identity provider and subject"),
        sa.Column("self_reported", sa.Boolean(), nullable=False, comment="Whether the user gave it himself"),
        sa.Column("absent", sa.Boolean(), nullable=False, comment="Whether its source does not show it any more"),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_person_key")),
        schema="register",
        comment="Normalised copies of each person record, by which records are compared. Retention: R1.",
    )
    op.create_index(
        op.f("ix_person_key_customer_id_email"),
        "person_key",
        ["customer_id", "email"],
        unique=False,
        schema="register",
        postgresql_where=sa.text("email is not null"),
    )
    op.create_index(
        op.f("ix_person_key_customer_id_employee"),
        "person_key",
        ["customer_id", "employee"],
        unique=False,
        schema="register",
        postgresql_where=sa.text("employee is not null"),
    )
    op.create_index(
        op.f("ix_person_key_customer_id_phone"),
        "person_key",
        ["customer_id", "phone"],
        unique=False,
        schema="register",
        postgresql_where=sa.text("phone is not null"),
    )
    op.create_index(
        op.f("ix_person_key_customer_id_subject"),
        "person_key",
        ["customer_id", "subject"],
        unique=False,
        schema="register",
        postgresql_where=sa.text("subject is not null"),
    )
    op.create_index(
        op.f("ix_person_key_customer_id_username"),
        "person_key",
        ["customer_id", "username"],
        unique=False,
        schema="register",
        postgresql_where=sa.text("username is not null"),
    )
    op.create_index(op.f("ix_person_key_source_id"), "person_key", ["source_id"], unique=False, schema="register")
    op.create_table(
        "match_link",
        sa.Column(
            "id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="The number by which a link is undone",
        ),
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("record_type", sa.Text(), nullable=False, comment="person or company"),
        sa.Column("record_a", sa.BigInteger(), nullable=False, comment="The record with the smaller id"),
        sa.Column("record_b", sa.BigInteger(), nullable=False, comment="The other record"),
        sa.Column(
            "verdict",
            sa.Text(),
            nullable=False,
            comment="same, different, or left: a rule would join them, and it was not done",
        ),
        sa.Column("rule", sa.Text(), nullable=True, comment="The rule that says so, if no person does"),
        sa.Column("decided_by", sa.Integer(), nullable=True, comment="The person who says so"),
        sa.Column("reason", sa.Text(), nullable=True, comment="Why it was decided, or why the rule was not followed"),
        sa.Column("follows", sa.BigInteger(), nullable=True, comment="The decision that it is part of, and ends with"),
        sa.Column(
            "made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False, comment="Since when"
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True, comment="Until when; empty while it stands"),
        sa.Column("ended_by", sa.Integer(), nullable=True, comment="The person who ended it"),
        sa.Column("ended_why", sa.Text(), nullable=True, comment="Why it ended"),
        sa.CheckConstraint("verdict in ('same', 'different', 'left')", name=op.f("ck_match_link_verdict")),
        sa.CheckConstraint("(rule is null) <> (decided_by is null)", name=op.f("ck_match_link_said_by")),
        sa.CheckConstraint("record_a < record_b", name=op.f("ck_match_link_pair")),
        sa.ForeignKeyConstraint(["decided_by"], ["privacy.actor.id"], name=op.f("fk_match_link_decided_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["privacy.actor.id"], name=op.f("fk_match_link_ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_link")),
        schema="register",
        comment="Which records are one person or company, by which rule or named person. Retention: R1.",
    )
    op.create_index(
        "ix_match_link_record_b",
        "match_link",
        ["record_type", "record_b"],
        unique=False,
        schema="register",
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_index(
        "uq_match_link_alive",
        "match_link",
        ["record_type", "record_a", "record_b"],
        unique=True,
        schema="register",
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_table(
        "matched_batch",
        sa.Column("batch_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="The applied batch"),
        sa.ForeignKeyConstraint(["batch_id"], ["sync.batch.id"], name=op.f("fk_matched_batch_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_matched_batch")),
        schema="sync",
        comment="The applied batches whose records have been matched. Retention: R10.",
    )
    for table in TENANT_TABLES:
        op.execute(POLICY.format(table=table))
