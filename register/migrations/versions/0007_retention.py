"""Makes evidence, which nobody can change, legal holds, financial years, and the arithmetic of retention.

Revision 0007.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TEXT, DAY, INSTANT, INTEGER = sa.Text(), sa.Date(), sa.DateTime(timezone=True), sa.Integer()

APPEND_ONLY = """
create function privacy.append_only() returns trigger language plpgsql as $$
begin
  raise exception 'evidence is append-only' using errcode = 'insufficient_privilege';
end
$$
"""


#: Policy 3.2. A trigger's day is not counted, the last day counts in full, and the row is due on the day after it.
ARITHMETIC = """
create function privacy.local_date(at timestamptz) returns date language sql immutable parallel safe
return (at at time zone 'Europe/Helsinki')::date;

create function privacy.expires_on(trigger_on date, months integer, days integer) returns date
language sql immutable parallel safe
return (trigger_on + make_interval(months => months, days => days))::date + 1;

-- Accounting Act 2:10.2: the end of the calendar year in which the financial year ended, and so many years more.
create function privacy.voucher_expires_on(year_end date, years integer) returns date
language sql immutable parallel safe
return make_date(extract(year from year_end)::integer + years + 1, 1, 1);

create function privacy.last_day_of_month(month date) returns date language sql immutable parallel safe
return (date_trunc('month', month::timestamp) + interval '1 month')::date - 1;
"""


def upgrade() -> None:
    """Goes forward."""
    _evidence()
    op.execute(ARITHMETIC)
    _hold()
    _held_deletion()
    op.create_table(
        "financial_year",
        sa.Column("controller", TEXT, nullable=False, comment="Whose books"),
        sa.Column("first_day", DAY, nullable=False, comment="Its first day"),
        sa.Column(
            "last_day", DAY, nullable=False, comment="Its last day; the clocks of the Accounting Act begin there"
        ),
        sa.CheckConstraint(
            "last_day > first_day and last_day < first_day + interval '18 months'",
            name=op.f("ck_financial_year_length"),
        ),
        sa.PrimaryKeyConstraint("controller", "first_day", name=op.f("pk_financial_year")),
        schema="privacy",
        comment="The financial years of those who keep books. Retention: R2b.",
    )
    op.create_table(
        "policy_version",
        sa.Column("version", TEXT, nullable=False, comment="The beginning of its digest"),
        sa.Column("policy", postgresql.JSONB(), nullable=False, comment="The policy"),
        sa.Column("planned_on", DAY, nullable=False, comment="The first business date for which it was planned"),
        sa.Column("applied_on", DAY, nullable=True, comment="The first business date to which it was applied"),
        sa.Column("last_on", DAY, nullable=True, comment="The newest business date to which it was applied"),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_policy_version")),
        schema="privacy",
        comment="Each version of the retention policy that was in use. Retention: R10.",
    )
    for table in ("person_record", "company_record"):
        op.create_index(
            op.f(f"ix_{table}_retention_trigger"),
            table,
            ["retention_trigger"],
            schema="register",
            postgresql_where=sa.text("retention_trigger is not null"),
        )
    for name in ("latitude", "longitude"):
        op.alter_column("location", name, nullable=True, schema="register")


def _hold() -> None:
    op.create_table(
        "hold",
        _id("The number by which it is ended"),
        sa.Column("customer_id", INTEGER, nullable=True, comment="Of a hold on a whole customer, the customer"),
        sa.Column("source_id", INTEGER, nullable=True, comment="Of a hold on a whole source, the source"),
        sa.Column(
            "record_type",
            TEXT,
            nullable=True,
            comment="Of a hold on a record, its type; golden for a whole person",
        ),
        sa.Column("record_id", sa.BigInteger(), nullable=True, comment="Of a hold on a record or person, its id"),
        sa.Column("first_day", DAY, nullable=True, comment="Of events, the first day held; empty: all"),
        sa.Column("last_day", DAY, nullable=True, comment="Of events, the last day held; empty: all"),
        sa.Column("reason", TEXT, nullable=False, comment="Why, as a code"),
        sa.Column("opened_by", INTEGER, nullable=False, comment="Who opened it"),
        sa.Column("approved_by", INTEGER, nullable=False, comment="Who approved it"),
        sa.Column("opened_on", DAY, nullable=False, comment="Its first day"),
        sa.Column(
            "review_on",
            DAY,
            nullable=False,
            comment="When it is looked at again, six months after its first day at the latest",
        ),
        sa.Column("ended_on", DAY, nullable=True, comment="Its last day; empty while it stands"),
        sa.Column("ended_by", INTEGER, nullable=True, comment="Who ended it"),
        sa.CheckConstraint("num_nonnulls(customer_id, source_id, record_id) = 1", name=op.f("ck_hold_scope")),
        sa.CheckConstraint("(record_type is null) = (record_id is null)", name=op.f("ck_hold_record")),
        sa.CheckConstraint(
            "reason in ('claim', 'incident', 'authority', 'request', 'complaint', 'audit', 'other')",
            name=op.f("ck_hold_reason"),
        ),
        sa.CheckConstraint("approved_by <> opened_by", name=op.f("ck_hold_two_persons")),
        sa.CheckConstraint(
            "review_on > opened_on and review_on <= opened_on + interval '6 months'", name=op.f("ck_hold_review")
        ),
        *(
            sa.ForeignKeyConstraint([name], ["privacy.actor.id"], name=op.f(f"fk_hold_{name}"))
            for name in ("approved_by", "ended_by", "opened_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
        schema="privacy",
        comment=(
            "Legal holds: what retention leaves alone, who said so, and until when it is looked at again. "
            "Retention: R10."
        ),
    )
    op.execute(
        "create policy by_customer on privacy.hold "
        "using (customer_id = nullif(current_setting('mdo.customer_id', true), '')::int)"
    )


def _held_deletion() -> None:
    op.create_table(
        "held_deletion",
        _id("The number by which it is approved"),
        sa.Column("business_date", DAY, nullable=False, comment="The night that held it first"),
        sa.Column("rule", TEXT, nullable=False, comment="The rule"),
        sa.Column("table_name", TEXT, nullable=False, comment="The table"),
        sa.Column("rows", sa.BigInteger(), nullable=False, comment="How many rows, or whole days or months, would go"),
        sa.Column("of_rows", sa.BigInteger(), nullable=False, comment="Of how many"),
        sa.Column("approved_by", INTEGER, nullable=True, comment="Who approved it"),
        sa.Column("approved_on", DAY, nullable=True, comment="When"),
        sa.Column("reason", TEXT, nullable=True, comment="Why"),
        sa.Column(
            "done_on", DAY, nullable=True, comment="The night that carried it out, or found nothing due any more"
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["privacy.actor.id"], name=op.f("fk_held_deletion_approved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_deletion")),
        schema="privacy",
        comment=("Deletions of more than the policy lets go in a night without a person's approval. Retention: R10."),
    )
    op.create_index(
        "uq_held_deletion_open",
        "held_deletion",
        ["rule", "table_name"],
        unique=True,
        schema="privacy",
        postgresql_where=sa.text("done_on is null"),
    )


def _id(about: str) -> sa.Column:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment=about)


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
