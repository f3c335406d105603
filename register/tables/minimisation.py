"""Tables of the scan of what the register holds (MIN-06 to MIN-16).

Belongs here: scans, what they found, and how far fields are filled. Does not belong here: scanning
(`register.minimisation`), or any value.
"""

from __future__ import annotations

import sqlalchemy as sa

from register.tables.base import column, customer_id, identity, references, source_id, table

SCHEMA = "sync"

scan = table(
    "scan",
    SCHEMA,
    identity("Surrogate key"),
    column("business_date", sa.Date, about="The local date it belongs to"),
    column("whole", sa.Boolean, about="Whether every record was looked at, not only changed ones"),
    column("detectors", sa.Text, about="Digest of the detectors that looked"),
    column("records", sa.BigInteger, server_default="0", about="Records looked at"),
    column("started_at", sa.DateTime(timezone=True), server_default=sa.func.now(), about="When it began"),
    column("finished_at", sa.DateTime(timezone=True), nullable=True, about="When it ended; empty where it did not"),
    about="Scans of the register for what must not be in it.",
    retention="R10",
)

scanned_batch = table(
    "scanned_batch",
    SCHEMA,
    sa.Column("batch_id", sa.BigInteger, primary_key=True, autoincrement=False, comment="The applied batch"),
    *references("batch_id"),
    about="The applied batches whose records have been looked at.",
    retention="R10",
)

scan_finding = table(
    "scan_finding",
    SCHEMA,
    customer_id(),
    source_id(),
    column("record_type", sa.Text, about="The record type"),
    column("record_id", sa.BigInteger, about="The record"),
    column("field", sa.Text, about="The field, or key"),
    column("rule", sa.Text, about="The detector's rule"),
    column("found_on", sa.Date, about="Business date of the scan that found it first"),
    sa.PrimaryKeyConstraint("record_type", "record_id", "field", "rule"),
    about="Where the register holds what it must not; never the value. It goes once the record is mended or removed.",
    retention="R1",
)

field_fill = table(
    "field_fill",
    SCHEMA,
    column("business_date", sa.Date, about="The date of the count"),
    source_id(),
    column("record_type", sa.Text, about="The record type"),
    column("field", sa.Text, about="The field"),
    column("records", sa.BigInteger, about="Records of the source"),
    column("filled", sa.BigInteger, about="Those of them that hold a value"),
    sa.PrimaryKeyConstraint("source_id", "record_type", "field", "business_date"),
    about="How far the fields of each source were filled, over time (MIN-14).",
    retention="R10",
)

__all__ = ["field_fill", "scan", "scan_finding", "scanned_batch"]
