"""Schema ``privacy``: who decides, who took what along, what keeps records from naming somebody, and retention's own.

Belongs here: the named persons who may release, discard and activate, the documents they asked for, the pseudonyms of
actions, legal holds, financial years, and evidence. Does not belong here: records of data subjects, or the content of a
document.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from register.tables.base import column, customer_id, identity, metadata, table

SCHEMA = "privacy"

#: What may have been done to rows, as evidence says it.
ACTIONS = ("delete", "drop", "coarsen", "pseudonymise", "refuse", "hold", "approve", "release", "return")

actor = table(
    "actor",
    SCHEMA,
    sa.Column("id", sa.Integer, sa.Identity(always=True), primary_key=True, comment="Surrogate key"),
    column("name", sa.Text, about="The short name the person signs decisions with"),
    column("title", sa.Text, about="The person's duty"),
    column("valid_from", sa.Date, about="The first day on which the person may decide"),
    column("valid_to", sa.Date, nullable=True, about="The last day on which the person may decide"),
    sa.UniqueConstraint("name"),
    sa.CheckConstraint("valid_to is null or valid_to >= valid_from", name="dates"),
    about="The named persons who may release, approve and decide (RS-21).",
    retention="R14",
)

action_pseudonym = table(
    "action_pseudonym",
    SCHEMA,
    customer_id(),
    column("month", sa.Date, about="The first day of the month, in local time, for which it stands"),
    column("user_id", sa.Text, about="The service's own user id"),
    column("pseudonym", sa.Text, about="What actions carry instead: a random UUID"),
    sa.PrimaryKeyConstraint("customer_id", "month", "user_id"),
    sa.UniqueConstraint("pseudonym"),
    about="Whose actions those of a month are; when it goes, they are nobody's (R6).",
    retention="R6",
)

document = table(
    "document",
    SCHEMA,
    identity("Surrogate key"),
    column("kind", sa.Text, about="What it is, such as customer_report"),
    column("about", sa.Text, about="What it tells of, without any value: the number of a batch, or a source's name"),
    column("rows", sa.BigInteger, about="Rows in it"),
    column("actor_id", sa.Integer, sa.ForeignKey("privacy.actor.id"), about="Who asked for it"),
    column("reason", sa.Text, about="Why, without personal data"),
    column("made_at", sa.DateTime(timezone=True), server_default=sa.func.now(), about="When"),
    about="Each document with personal data that a named person asked for; its content is not kept.",
    retention="R10",
)

EVIDENCE_ID = sa.Sequence("evidence_id", metadata=metadata, schema=SCHEMA)

evidence = table(
    "evidence",
    SCHEMA,
    column("id", sa.BigInteger, EVIDENCE_ID, server_default=EVIDENCE_ID.next_value(), about="The order of entries"),
    column("recorded_at", sa.DateTime(timezone=True), server_default=sa.func.now(), about="When it was done"),
    column("business_date", sa.Date, about="The local date for which it was done"),
    column("rule", sa.Text, about="The rule that asked for it"),
    column("action", sa.Text, about="What was done"),
    column("table_name", sa.Text, about="To rows of which table"),
    column("reason", sa.Text, server_default="", about="A code; of a refusal, why it was refused"),
    column("rows", sa.BigInteger, about="To how many"),
    column("first_day", sa.Date, nullable=True, about="The earliest day from which their retention was counted"),
    column("last_day", sa.Date, nullable=True, about="The latest such day"),
    column("policy_version", sa.Text, server_default="", about="Digest of the retention policy in force"),
    column("run", sa.Text, server_default="", about="The Dagster run"),
    column("reference", sa.Text, server_default="", about="The number of the case, hold or certificate it belongs to"),
    sa.PrimaryKeyConstraint("id", "business_date"),
    sa.CheckConstraint("action in ('" + "', '".join(ACTIONS) + "')", name="action"),
    sa.CheckConstraint("rows >= 0", name="rows"),
    sa.Index(None, "business_date"),
    about="What was deleted, coarsened, refused and released, in counts; append-only, a partition for each year.",
    retention="R10",
    postgresql_partition_by="range (business_date)",
)

#: Why a legal hold was opened. Codes, because a text could name somebody.
HOLD_REASONS = ("claim", "incident", "authority", "request", "complaint", "audit", "other")

hold = table(
    "hold",
    SCHEMA,
    identity("The number by which it is ended"),
    column("customer_id", sa.Integer, nullable=True, about="Of a hold on a whole customer, the customer"),
    column("source_id", sa.Integer, nullable=True, about="Of a hold on a whole source, the source"),
    column("record_type", sa.Text, nullable=True, about="Of a hold on a record, its type; golden for a whole person"),
    column("record_id", sa.BigInteger, nullable=True, about="Of a hold on a record or person, its id"),
    column("first_day", sa.Date, nullable=True, about="Of events, the first day held; empty: all"),
    column("last_day", sa.Date, nullable=True, about="Of events, the last day held; empty: all"),
    column("reason", sa.Text, about="Why, as a code"),
    column("opened_by", sa.Integer, sa.ForeignKey("privacy.actor.id"), about="Who opened it"),
    column("approved_by", sa.Integer, sa.ForeignKey("privacy.actor.id"), about="Who approved it"),
    column("opened_on", sa.Date, about="Its first day"),
    column("review_on", sa.Date, about="When it is looked at again, six months after its first day at the latest"),
    column("ended_on", sa.Date, nullable=True, about="Its last day; empty while it stands"),
    column("ended_by", sa.Integer, sa.ForeignKey("privacy.actor.id"), nullable=True, about="Who ended it"),
    sa.CheckConstraint("num_nonnulls(customer_id, source_id, record_id) = 1", name="scope"),
    sa.CheckConstraint("(record_type is null) = (record_id is null)", name="record"),
    sa.CheckConstraint("reason in ('" + "', '".join(HOLD_REASONS) + "')", name="reason"),
    sa.CheckConstraint("approved_by <> opened_by", name="two_persons"),
    sa.CheckConstraint("review_on > opened_on and review_on <= opened_on + interval '6 months'", name="review"),
    about="Legal holds: what retention leaves alone, who said so, and until when it is looked at again.",
    retention="R10",
)

held_deletion = table(
    "held_deletion",
    SCHEMA,
    identity("The number by which it is approved"),
    column("business_date", sa.Date, about="The night that held it first"),
    column("rule", sa.Text, about="The rule"),
    column("table_name", sa.Text, about="The table"),
    column("rows", sa.BigInteger, about="How many rows, or whole days or months, would go"),
    column("of_rows", sa.BigInteger, about="Of how many"),
    column("approved_by", sa.Integer, sa.ForeignKey("privacy.actor.id"), nullable=True, about="Who approved it"),
    column("approved_on", sa.Date, nullable=True, about="When"),
    column("reason", sa.Text, nullable=True, about="Why"),
    column("done_on", sa.Date, nullable=True, about="The night that carried it out, or found nothing due any more"),
    sa.Index("uq_held_deletion_open", "rule", "table_name", unique=True, postgresql_where=sa.text("done_on is null")),
    about="Deletions of more than the policy lets go in a night without a person's approval.",
    retention="R10",
)

financial_year = table(
    "financial_year",
    SCHEMA,
    column("controller", sa.Text, about="Whose books"),
    column("first_day", sa.Date, about="Its first day"),
    column("last_day", sa.Date, about="Its last day; the clocks of the Accounting Act begin there"),
    sa.PrimaryKeyConstraint("controller", "first_day"),
    sa.CheckConstraint("last_day > first_day and last_day < first_day + interval '18 months'", name="length"),
    about="The financial years of those who keep books.",
    retention="R2b",
)

policy_version = table(
    "policy_version",
    SCHEMA,
    sa.Column("version", sa.Text, primary_key=True, comment="The beginning of its digest"),
    column("policy", JSONB, about="The policy"),
    column("planned_on", sa.Date, about="The first business date for which it was planned"),
    column("applied_on", sa.Date, nullable=True, about="The first business date to which it was applied"),
    column("last_on", sa.Date, nullable=True, about="The newest business date to which it was applied"),
    about="Each version of the retention policy that was in use.",
    retention="R10",
)
