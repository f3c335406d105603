"""Schema ``privacy``: who decides, what keeps records from naming somebody, and the evidence of what was done.

Belongs here: the named persons who may release, discard and activate, the pseudonyms of actions, and evidence. Does not
belong here: records of data subjects.
"""

from __future__ import annotations

import sqlalchemy as sa

from register.tables.base import column, customer_id, metadata, table

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
