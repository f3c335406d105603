"""Schema ``sync``: what was read, when, and how it was decided.

Belongs here: customers, sources, batches and what hangs on a batch. Does not belong here: values of records
(`register.tables.records`), or persons who decide (`register.tables.privacy`).
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from register.tables.base import (
    ROOM_FOR_UPDATES,
    batch_id,
    column,
    customer_id,
    identity,
    references,
    source_id,
    table,
)

SCHEMA = "sync"

STATUSES = ("pulling", "planned", "held", "released", "applied", "superseded", "discarded", "failed")

#: The counts that together make up the rows read (conservation).
PARTS_OF_READ = (
    "inserted",
    "updated",
    "unchanged",
    "duplicate",
    "suppressed",
    "out_of_scope",
    "expired",
    "quarantined",
)

customer = table(
    "customer",
    SCHEMA,
    sa.Column("id", sa.Integer, sa.Identity(always=True), primary_key=True, comment="Surrogate key"),
    column("name", sa.Text, unique=True, about="The customer's short name in source files"),
    column("first_seen_at", sa.DateTime(timezone=True), server_default=sa.func.now(), about="First use"),
    about="A company that uses the MDO service.",
    retention="R3",
)

source = table(
    "source",
    SCHEMA,
    sa.Column("id", sa.Integer, sa.Identity(always=True), primary_key=True, comment="Surrogate key"),
    customer_id(),
    column("name", sa.Text, unique=True, about="customer/register"),
    column("state", sa.Text, server_default="draft", about="draft: its plans are held; active: it is live"),
    column("first_seen_at", sa.DateTime(timezone=True), server_default=sa.func.now(), about="First use"),
    column("priority", sa.SmallInteger, server_default="0", about="Whose word counts more in golden records"),
    column("matched_priority", sa.SmallInteger, server_default="0", about="The priority that golden records follow"),
    sa.CheckConstraint("state in ('draft', 'active')", name="state"),
    *references("customer_id"),
    about="One customer register, as one source file describes it.",
    retention="R3",
)

source_version = table(
    "source_version",
    SCHEMA,
    identity("Surrogate key"),
    source_id(),
    column("digest", sa.Text, about="SHA-256 of the description, as canonical JSON"),
    column("description", JSONB, about="The source file's content; secrets only by reference"),
    column("first_used_at", sa.DateTime(timezone=True), server_default=sa.func.now(), about="First use"),
    sa.UniqueConstraint("source_id", "digest"),
    *references("source_id"),
    about="Each version of a source file that was in use.",
    retention="R10",
)

source_decision = table(
    "source_decision",
    SCHEMA,
    identity("Surrogate key"),
    source_id(),
    column("state", sa.Text, about="The state it was given"),
    column("actor_id", sa.Integer, sa.ForeignKey("privacy.actor.id"), about="Who decided"),
    column("reason", sa.Text, about="Why"),
    column("decided_at", sa.DateTime(timezone=True), server_default=sa.func.now(), about="When"),
    *references("source_id"),
    about="Who sent a source live, and why.",
    retention="R10",
)

batch = table(
    "batch",
    SCHEMA,
    identity("Surrogate key"),
    customer_id(),
    source_id(),
    column("source_version_id", sa.BigInteger, sa.ForeignKey("sync.source_version.id"), about="The description used"),
    column("business_date", sa.Date, about="The local date the data belongs to"),
    column("attempt", sa.Integer, about="Counts the attempts at one source and business date, from 1"),
    column("as_of", sa.DateTime(timezone=True), about="When the data was read"),
    column("place", sa.BigInteger, about="Its place in order: business date, then as-of time"),
    column("kind", sa.Text, server_default="sync", about="sync, or reapply of an earlier landed copy"),
    column("file_name", sa.Text, nullable=True, about="Name of the file read, withheld where it holds personal data"),
    column("digest", sa.Text, nullable=True, about="SHA-256 of the file's bytes"),
    column("rules_version", sa.Text, about="Digest of mapping, schemas, detectors and value libraries"),
    column("status", sa.Text, server_default="pulling", about="Where it stands"),
    column("complete", sa.Boolean, server_default=sa.text("false"), about="Whether absence may be derived from it"),
    column("notes", JSONB, server_default="[]", about="Value-free remarks, such as why it is not complete"),
    column("guards", JSONB, server_default="[]", about="The guards that hold it: id, measured, limit, baseline"),
    column("pulled", JSONB, server_default="{}", about="What the read found: columns by name, fill, counts, scopes"),
    column("read", sa.BigInteger, server_default="0", about="Source rows read"),
    *(
        column(part, sa.BigInteger, server_default="0", about=f"Source rows read that were {part.replace('_', ' ')}")
        for part in PARTS_OF_READ
    ),
    column("absent", sa.BigInteger, server_default="0", about="Keys that became absent with this batch"),
    column("rejected_values", sa.BigInteger, server_default="0", about="Optional values left out"),
    column("run_id", sa.Text, nullable=True, about="The Dagster run"),
    column("decided_by", sa.Integer, sa.ForeignKey("privacy.actor.id"), nullable=True, about="Who decided"),
    column("decided_at", sa.DateTime(timezone=True), nullable=True, about="When it was released or discarded"),
    column("reason", sa.Text, nullable=True, about="Why it was released, discarded, superseded or failed"),
    column("started_at", sa.DateTime(timezone=True), server_default=sa.func.now(), about="When the attempt began"),
    column("finished_at", sa.DateTime(timezone=True), nullable=True, about="When it was applied or ended otherwise"),
    sa.UniqueConstraint("source_id", "business_date", "attempt"),
    sa.UniqueConstraint("source_id", "place"),
    sa.CheckConstraint("status in ('" + "', '".join(STATUSES) + "')", name="status"),
    sa.CheckConstraint("read = " + " + ".join(PARTS_OF_READ), name="conservation"),
    sa.Index(None, "business_date"),
    *references("customer_id", "source_id"),
    about="One attempt at a source and business date.",
    retention="R10",
)

coverage = table(
    "coverage",
    SCHEMA,
    source_id(),
    column("scope", sa.Text, about="The scope value read in full; empty for a full snapshot"),
    column("place", sa.BigInteger, about="The batch's place in order"),
    batch_id("batch_id", "The batch that read it"),
    sa.PrimaryKeyConstraint("source_id", "scope", "place"),
    *references("source_id", "batch_id"),
    about="Which complete batches read which scope: from it, last seen is derived.",
    retention="R10",
)

source_row = table(
    "source_row",
    SCHEMA,
    customer_id(),
    source_id(),
    column("key", sa.Text, about="The customer's own key of the row; personal"),
    column("scope", sa.Text, server_default="", about="The scope it was last read in"),
    column("hash", sa.BigInteger, nullable=True, about="Keyed hash of the applied row and the rules; null: look again"),
    column("imported", sa.Boolean, about="Whether it has records"),
    batch_id("first_batch", "The batch that brought it"),
    batch_id("changed_batch", "The last batch that changed its state or a record of it"),
    column("shown_place", sa.BigInteger, nullable=True, about="Where it was last read, if not derivable"),
    column("good_place", sa.BigInteger, nullable=True, about="Where it was last read well, if not where last read"),
    column("absent_place", sa.BigInteger, nullable=True, about="The complete batch it is absent since"),
    column("quarantined_place", sa.BigInteger, nullable=True, about="The batch it is in quarantine since"),
    column("deleted_places", ARRAY(sa.BigInteger), nullable=True, about="Deletion markers read of it since"),
    column("modified_on", sa.Date, nullable=True, about="The customer's own last-modified date of the row"),
    column("stale", JSONB, nullable=True, about="Per field or list: since when its value is an older good one"),
    column(
        "absent_since",
        sa.Date,
        sa.Computed("sync.place_date(absent_place)", persisted=True),
        nullable=True,
        about="Business date of the absence",
    ),
    sa.PrimaryKeyConstraint("source_id", "key"),
    sa.Index(None, "changed_batch"),
    about="Every row of a customer's register that is or was in the central register.",
    retention="R1",
    postgresql_with=ROOM_FOR_UPDATES,
)

quarantine = table(
    "quarantine",
    SCHEMA,
    identity("Surrogate key"),
    customer_id(),
    source_id(),
    batch_id("batch_id", "The batch it was read in"),
    column("row_number", sa.BigInteger, about="The row as the customer counts it"),
    column("key", sa.Text, nullable=True, about="The row's key; null where it is unreadable or withheld"),
    column("rule", sa.Text, about="The rule that was broken"),
    column("column_name", sa.Text, about="The customer's column; empty for the whole row"),
    column("field", sa.Text, about="record.field that it would have filled, or empty"),
    column(
        "effect",
        sa.Text,
        about="row: the row stays out; value: the value stays out; note: it is taken, and somebody should look",
    ),
    column("expires_on", sa.Date, about="The first day it may be deleted"),
    sa.CheckConstraint("effect in ('row', 'value', 'note')", name="effect"),
    sa.Index(None, "batch_id", "row_number"),
    about="Rows and values that were not taken, with the reason and never the value.",
    retention="R9",
)

field_change = table(
    "field_change",
    SCHEMA,
    identity("Surrogate key"),
    customer_id(),
    source_id(),
    column("record_type", sa.Text, about="The record type"),
    column("record_id", sa.BigInteger, about="The record"),
    column("field", sa.Text, about="The field that changed; * for the record as a whole"),
    batch_id("batch_id", "The batch that changed it"),
    column("row_number", sa.BigInteger, about="The row in the customer's file"),
    column("rule", sa.Text, about="By which rule: newer, late, added, removed"),
    sa.Index(None, "record_type", "record_id"),
    about="That a field changed, by which batch and rule; never the value.",
    retention="R1",
)

landed = table(
    "landed",
    SCHEMA,
    customer_id(),
    source_id(),
    batch_id("batch_id", "The batch that read it"),
    column("part", sa.Integer, about="Its place among the parts of one file, from 0"),
    column("rows", sa.BigInteger, about="Rows in this part"),
    column("parquet", sa.LargeBinary, about="Mapped columns and row numbers, as Parquet"),
    column("expires_on", sa.Date, about="The first day it may be deleted"),
    sa.PrimaryKeyConstraint("batch_id", "part"),
    about="What was read of a changed file: mapped columns only.",
    retention="R9",
)
