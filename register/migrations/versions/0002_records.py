"""Makes the tables of source rows and of the records of G1 and G8, and the policies of row-level security by customer.

Revision 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: Every table that carries its customer. The policies bind once a table's row-level security is enabled (RS-27).
TENANT_TABLES = (
    "register.certificate",
    "register.company_record",
    "register.competence",
    "register.employment",
    "register.person_record",
    "sync.field_change",
    "sync.landed",
    "sync.quarantine",
    "sync.source_row",
    "sync.source",
    "sync.batch",
)
POLICY = """
create policy by_customer on {table}
using (customer_id = nullif(current_setting('mdo.customer_id', true), '')::int)
"""


def upgrade() -> None:
    """Goes forward."""
    op.create_table(
        "field_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Surrogate key"),
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("source_id", sa.Integer(), nullable=False, comment="The source it came from"),
        sa.Column("record_type", sa.Text(), nullable=False, comment="The record type"),
        sa.Column("record_id", sa.BigInteger(), nullable=False, comment="The record"),
        sa.Column("field", sa.Text(), nullable=False, comment="The field that changed; * for the record as a whole"),
        sa.Column("batch_id", sa.BigInteger(), nullable=False, comment="The batch that changed it"),
        sa.Column("row_number", sa.BigInteger(), nullable=False, comment="The row in the customer's file"),
        sa.Column("rule", sa.Text(), nullable=False, comment="By which rule: newer, late, added, removed"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_change")),
        schema="sync",
        comment="That a field changed, by which batch and rule; never the value. Retention: R1.",
    )
    op.create_index(
        op.f("ix_field_change_record_type_record_id"),
        "field_change",
        ["record_type", "record_id"],
        unique=False,
        schema="sync",
    )
    op.create_table(
        "landed",
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("source_id", sa.Integer(), nullable=False, comment="The source it came from"),
        sa.Column("batch_id", sa.BigInteger(), nullable=False, comment="The batch that read it"),
        sa.Column("part", sa.Integer(), nullable=False, comment="Its place among the parts of one file, from 0"),
        sa.Column("rows", sa.BigInteger(), nullable=False, comment="Rows in this part"),
        sa.Column("parquet", sa.LargeBinary(), nullable=False, comment="Mapped columns and row numbers, as Parquet"),
        sa.Column("expires_on", sa.Date(), nullable=False, comment="The first day it may be deleted"),
        sa.PrimaryKeyConstraint("batch_id", "part", name=op.f("pk_landed")),
        schema="sync",
        comment="What was read of a changed file: mapped columns only. Retention: R9.",
    )
    op.create_table(
        "quarantine",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Surrogate key"),
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("source_id", sa.Integer(), nullable=False, comment="The source it came from"),
        sa.Column("batch_id", sa.BigInteger(), nullable=False, comment="The batch it was read in"),
        sa.Column("row_number", sa.BigInteger(), nullable=False, comment="The row as the customer counts it"),
        sa.Column("key", sa.Text(), nullable=True, comment="The row's key; null where it is unreadable or withheld"),
        sa.Column("rule", sa.Text(), nullable=False, comment="The rule that was broken"),
        sa.Column("column_name", sa.Text(), nullable=False, comment="The customer's column; empty for the whole row"),
        sa.Column("field", sa.Text(), nullable=False, comment="record.field that it would have filled, or empty"),
        sa.Column("effect", sa.Text(), nullable=False, comment="row: the row stays out; value: the value stays out"),
        sa.Column("expires_on", sa.Date(), nullable=False, comment="The first day it may be deleted"),
        sa.CheckConstraint("effect in ('row', 'value')", name=op.f("ck_quarantine_effect")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
        schema="sync",
        comment="Rows and values that were not taken, with the reason and never the value. Retention: R9.",
    )
    op.create_index(
        op.f("ix_quarantine_batch_id_row_number"), "quarantine", ["batch_id", "row_number"], unique=False, schema="sync"
    )
    op.create_table(
        "source_row",
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("source_id", sa.Integer(), nullable=False, comment="The source it came from"),
        sa.Column("key", sa.Text(), nullable=False, comment="The customer's own key of the row; personal"),
        sa.Column("scope", sa.Text(), server_default="", nullable=False, comment="The scope it was last read in"),
        sa.Column(
            "hash",
            sa.BigInteger(),
            nullable=True,
            comment="Keyed hash of the applied row and the rules; null: look again",
        ),
        sa.Column("imported", sa.Boolean(), nullable=False, comment="Whether it has records"),
        sa.Column("first_batch", sa.BigInteger(), nullable=False, comment="The batch that brought it"),
        sa.Column("changed_batch", sa.BigInteger(), nullable=False, comment="The last batch that changed its state"),
        sa.Column("shown_place", sa.BigInteger(), nullable=True, comment="Where it was last read, if not derivable"),
        sa.Column(
            "good_place", sa.BigInteger(), nullable=True, comment="Where it was last read well, if not where last read"
        ),
        sa.Column("absent_place", sa.BigInteger(), nullable=True, comment="The complete batch it is absent since"),
        sa.Column("quarantined_place", sa.BigInteger(), nullable=True, comment="The batch it is in quarantine since"),
        sa.Column(
            "deleted_places",
            postgresql.ARRAY(sa.BigInteger()),
            nullable=True,
            comment="Deletion markers read of it since",
        ),
        sa.Column("modified_on", sa.Date(), nullable=True, comment="The customer's own last-modified date of the row"),
        sa.Column(
            "stale",
            postgresql.JSONB(),
            nullable=True,
            comment="Per field or list: since when its value is an older good one",
        ),
        sa.Column(
            "absent_since",
            sa.Date(),
            sa.Computed("sync.place_date(absent_place)", persisted=True),
            nullable=True,
            comment="Business date of the absence",
        ),
        sa.PrimaryKeyConstraint("source_id", "key", name=op.f("pk_source_row")),
        schema="sync",
        comment="Every row of a customer's register that is or was in the central register. Retention: R1.",
    )
    op.create_index(
        "ix_source_row_unsettled",
        "source_row",
        ["source_id"],
        unique=False,
        schema="sync",
        postgresql_where=sa.text("hash is null or absent_place is not null or quarantined_place is not null"),
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Stable id of the record"),
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("source_id", sa.Integer(), nullable=False, comment="The source it came from"),
        sa.Column("key", sa.Text(), nullable=False, comment="The customer's own key of the row; personal"),
        sa.Column(
            "part", sa.Text(), server_default="", nullable=False, comment="Tells several records of one row apart"
        ),
        sa.Column("cert_code", sa.Text(), nullable=False, comment="Certificate code / Todistuksen koodi"),
        sa.Column("issuer", sa.Text(), nullable=True, comment="Issuer / Myöntäjä"),
        sa.Column("issued_on", sa.Date(), nullable=True, comment="Issued on / Myönnetty"),
        sa.Column("valid_until", sa.Date(), nullable=True, comment="Valid until / Voimassa"),
        sa.Column("cert_no", sa.Text(), nullable=True, comment="Certificate number / Todistuksen numero"),
        sa.Column("first_batch", sa.BigInteger(), nullable=False, comment="The batch that brought the record"),
        sa.Column("first_row", sa.BigInteger(), nullable=False, comment="Its row in that batch's file"),
        sa.Column("changed_batch", sa.BigInteger(), nullable=False, comment="The last batch that changed a field"),
        sa.Column("changed_row", sa.BigInteger(), nullable=False, comment="Its row in that batch's file"),
        sa.Column("first_seen", sa.Date(), nullable=False, comment="Business date of the first batch"),
        sa.Column("last_changed", sa.Date(), nullable=False, comment="Business date of the last change"),
        sa.Column("origin", sa.Text(), nullable=False, comment="Who supplied it (RS-06)"),
        sa.Column("processing_role", sa.Text(), nullable=False, comment="MDO's role: controller or processor"),
        sa.Column("legal_basis", sa.Text(), nullable=False, comment="Legal basis code and reference"),
        sa.Column(
            "retention_trigger", sa.Date(), nullable=True, comment="The day its retention clock starts; null: active"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("source_id", "key", "part", name=op.f("uq_certificate_source_id_key_part")),
        schema="register",
        comment="G8: One certificate of the row's person; the code tells the parts of a row apart. Retention: R8.",
    )
    op.create_table(
        "company_record",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Stable id of the record"),
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("source_id", sa.Integer(), nullable=False, comment="The source it came from"),
        sa.Column("key", sa.Text(), nullable=False, comment="The customer's own key of the row; personal"),
        sa.Column(
            "part", sa.Text(), server_default="", nullable=False, comment="Tells several records of one row apart"
        ),
        sa.Column("company_name", sa.Text(), nullable=False, comment="Company name / Yrityksen nimi"),
        sa.Column("business_id", sa.Text(), nullable=True, comment="Finnish business id / Y-tunnus"),
        sa.Column("vat_number", sa.Text(), nullable=True, comment="VAT number / ALV-tunniste"),
        sa.Column("country", sa.Text(), nullable=True, comment="Country (ISO 3166-1 alpha-2) / Maa"),
        sa.Column("first_batch", sa.BigInteger(), nullable=False, comment="The batch that brought the record"),
        sa.Column("first_row", sa.BigInteger(), nullable=False, comment="Its row in that batch's file"),
        sa.Column("changed_batch", sa.BigInteger(), nullable=False, comment="The last batch that changed a field"),
        sa.Column("changed_row", sa.BigInteger(), nullable=False, comment="Its row in that batch's file"),
        sa.Column("first_seen", sa.Date(), nullable=False, comment="Business date of the first batch"),
        sa.Column("last_changed", sa.Date(), nullable=False, comment="Business date of the last change"),
        sa.Column("origin", sa.Text(), nullable=False, comment="Who supplied it (RS-06)"),
        sa.Column("processing_role", sa.Text(), nullable=False, comment="MDO's role: controller or processor"),
        sa.Column("legal_basis", sa.Text(), nullable=False, comment="Legal basis code and reference"),
        sa.Column(
            "retention_trigger", sa.Date(), nullable=True, comment="The day its retention clock starts; null: active"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_record")),
        sa.UniqueConstraint("source_id", "key", "part", name=op.f("uq_company_record_source_id_key_part")),
        schema="register",
        comment="G1: One company record; foreign companies have no Finnish business id. Retention: R1.",
    )
    op.create_table(
        "competence",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Stable id of the record"),
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("source_id", sa.Integer(), nullable=False, comment="The source it came from"),
        sa.Column("key", sa.Text(), nullable=False, comment="The customer's own key of the row; personal"),
        sa.Column(
            "part", sa.Text(), server_default="", nullable=False, comment="Tells several records of one row apart"
        ),
        sa.Column("skill_code", sa.Text(), nullable=False, comment="Competence code / Osaamiskoodi"),
        sa.Column("level", sa.SmallInteger(), nullable=True, comment="Level 1 to 5 / Taso 1–5"),
        sa.Column("first_batch", sa.BigInteger(), nullable=False, comment="The batch that brought the record"),
        sa.Column("first_row", sa.BigInteger(), nullable=False, comment="Its row in that batch's file"),
        sa.Column("changed_batch", sa.BigInteger(), nullable=False, comment="The last batch that changed a field"),
        sa.Column("changed_row", sa.BigInteger(), nullable=False, comment="Its row in that batch's file"),
        sa.Column("first_seen", sa.Date(), nullable=False, comment="Business date of the first batch"),
        sa.Column("last_changed", sa.Date(), nullable=False, comment="Business date of the last change"),
        sa.Column("origin", sa.Text(), nullable=False, comment="Who supplied it (RS-06)"),
        sa.Column("processing_role", sa.Text(), nullable=False, comment="MDO's role: controller or processor"),
        sa.Column("legal_basis", sa.Text(), nullable=False, comment="Legal basis code and reference"),
        sa.Column(
            "retention_trigger", sa.Date(), nullable=True, comment="The day its retention clock starts; null: active"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competence")),
        sa.UniqueConstraint("source_id", "key", "part", name=op.f("uq_competence_source_id_key_part")),
        schema="register",
        comment="G8: One competence of the row's person; the code tells the parts of a row apart. Retention: R8.",
    )
    op.create_table(
        "employment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Stable id of the record"),
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("source_id", sa.Integer(), nullable=False, comment="The source it came from"),
        sa.Column("key", sa.Text(), nullable=False, comment="The customer's own key of the row; personal"),
        sa.Column(
            "part", sa.Text(), server_default="", nullable=False, comment="Tells several records of one row apart"
        ),
        sa.Column("employer_name", sa.Text(), nullable=True, comment="Employer / Työnantaja"),
        sa.Column(
            "employer_business_id", sa.Text(), nullable=True, comment="Employer's business id / Työnantajan Y-tunnus"
        ),
        sa.Column("employee_number", sa.Text(), nullable=True, comment="Employee number / Henkilönumero"),
        sa.Column("job_title", sa.Text(), nullable=True, comment="Job title / Tehtävänimike"),
        sa.Column("valid_from", sa.Date(), nullable=True, comment="From / Alkoi"),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="To / Päättyi"),
        sa.Column("first_batch", sa.BigInteger(), nullable=False, comment="The batch that brought the record"),
        sa.Column("first_row", sa.BigInteger(), nullable=False, comment="Its row in that batch's file"),
        sa.Column("changed_batch", sa.BigInteger(), nullable=False, comment="The last batch that changed a field"),
        sa.Column("changed_row", sa.BigInteger(), nullable=False, comment="Its row in that batch's file"),
        sa.Column("first_seen", sa.Date(), nullable=False, comment="Business date of the first batch"),
        sa.Column("last_changed", sa.Date(), nullable=False, comment="Business date of the last change"),
        sa.Column("origin", sa.Text(), nullable=False, comment="Who supplied it (RS-06)"),
        sa.Column("processing_role", sa.Text(), nullable=False, comment="MDO's role: controller or processor"),
        sa.Column("legal_basis", sa.Text(), nullable=False, comment="Legal basis code and reference"),
        sa.Column(
            "retention_trigger", sa.Date(), nullable=True, comment="The day its retention clock starts; null: active"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment")),
        sa.UniqueConstraint("source_id", "key", "part", name=op.f("uq_employment_source_id_key_part")),
        schema="register",
        comment="G1: One employment of the row's person; a row without an employer means the customer. Retention: R1.",
    )
    op.create_table(
        "person_record",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Stable id of the record"),
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("source_id", sa.Integer(), nullable=False, comment="The source it came from"),
        sa.Column("key", sa.Text(), nullable=False, comment="The customer's own key of the row; personal"),
        sa.Column(
            "part", sa.Text(), server_default="", nullable=False, comment="Tells several records of one row apart"
        ),
        sa.Column("last_name", sa.Text(), nullable=False, comment="Family name / Sukunimi"),
        sa.Column("first_name", sa.Text(), nullable=True, comment="Given name / Etunimi"),
        sa.Column("work_email", sa.Text(), nullable=True, comment="Work e-mail / Työsähköposti"),
        sa.Column("work_phone", sa.Text(), nullable=True, comment="Work phone (E.164) / Työpuhelin (E.164)"),
        sa.Column("notice_language", sa.Text(), nullable=True, comment="Language of notices / Tiedotuskieli"),
        sa.Column("first_batch", sa.BigInteger(), nullable=False, comment="The batch that brought the record"),
        sa.Column("first_row", sa.BigInteger(), nullable=False, comment="Its row in that batch's file"),
        sa.Column("changed_batch", sa.BigInteger(), nullable=False, comment="The last batch that changed a field"),
        sa.Column("changed_row", sa.BigInteger(), nullable=False, comment="Its row in that batch's file"),
        sa.Column("first_seen", sa.Date(), nullable=False, comment="Business date of the first batch"),
        sa.Column("last_changed", sa.Date(), nullable=False, comment="Business date of the last change"),
        sa.Column("origin", sa.Text(), nullable=False, comment="Who supplied it (RS-06)"),
        sa.Column("processing_role", sa.Text(), nullable=False, comment="MDO's role: controller or processor"),
        sa.Column("legal_basis", sa.Text(), nullable=False, comment="Legal basis code and reference"),
        sa.Column(
            "retention_trigger", sa.Date(), nullable=True, comment="The day its retention clock starts; null: active"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_record")),
        sa.UniqueConstraint("source_id", "key", "part", name=op.f("uq_person_record_source_id_key_part")),
        schema="register",
        comment="G1: One person record; its key is the customer's own reference for the row. Retention: R1.",
    )
    for table in TENANT_TABLES:
        op.execute(POLICY.format(table=table))
