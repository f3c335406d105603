"""What people are asked and say of matching: the queue, corrections, and customers whose people may be compared.

Belongs here: what waits for a person, and what a person says that is no link. Does not belong here: links and golden
records, which follow from it (`register.tables.matching`).
"""

from __future__ import annotations

import sqlalchemy as sa

from register.tables.base import column, customer_id, identity, table

SCHEMA = "register"

_STANDS = sa.text("ended_at is null")


def _said(how: str) -> list[sa.Column[object]]:
    """Who decided, why, since when, and how it ended."""
    return [
        column("decided_by", sa.Integer, sa.ForeignKey("privacy.actor.id"), about=f"The person who {how}"),
        column("reason", sa.Text, about="Why"),
        column("made_at", sa.DateTime(timezone=True), server_default=sa.func.now(), about="Since when"),
        column("ended_at", sa.DateTime(timezone=True), nullable=True, about="Until when; empty while it stands"),
        column(
            "ended_by", sa.Integer, sa.ForeignKey("privacy.actor.id"), nullable=True, about="The person who ended it"
        ),
        column("ended_why", sa.Text, nullable=True, about="Why it ended"),
    ]


review_pair = table(
    "review_pair",
    SCHEMA,
    column("record_a", sa.BigInteger, about="The person record with the smaller id"),
    column("record_b", sa.BigInteger, about="The other person record"),
    customer_id(),
    column("other_customer_id", sa.Integer, nullable=True, about="The other record's customer, where it is another"),
    column(
        "why", sa.Text, about="loose, mixed or too_large: a rule was not followed; likely: scored; across: customers"
    ),
    column("rule", sa.Text, nullable=True, about="The rule that would join them"),
    column("score", sa.Double, nullable=True, about="Match weight in bits; empty where nothing was scored"),
    column("model", sa.Text, nullable=True, about="The version of the model that scored them"),
    column("since", sa.DateTime(timezone=True), server_default=sa.func.now(), about="Since when it waits"),
    sa.PrimaryKeyConstraint("record_a", "record_b"),
    sa.CheckConstraint("record_a < record_b", name="pair"),
    sa.CheckConstraint("why in ('loose', 'mixed', 'too_large', 'likely', 'across')", name="why"),
    sa.CheckConstraint("(other_customer_id is not null) = (why = 'across')", name="across"),
    sa.Index(None, "record_b"),
    sa.Index(None, "customer_id"),
    about="Pairs of person records that a person should look at.",
    retention="R1",
)

field_pin = table(
    "field_pin",
    SCHEMA,
    identity("Surrogate key"),
    customer_id(),
    column("record_type", sa.Text, about="person or company"),
    column("record_id", sa.BigInteger, about="The record whose person or company it is of; it goes where that goes"),
    column("field", sa.Text, about="The golden field"),
    column("value", sa.Text, nullable=True, about="What holds; empty: none does. Emptied when the correction ends"),
    *_said("corrected it"),
    sa.CheckConstraint("ended_at is null or value is null", name="value"),
    sa.Index("uq_field_pin_stands", "record_type", "record_id", "field", unique=True, postgresql_where=_STANDS),
    about="Corrections of golden fields, which no import overrules (GDPR 16).",
    retention="R1",
)

customer_pair = table(
    "customer_pair",
    SCHEMA,
    identity("Surrogate key"),
    customer_id(),
    column("other_customer_id", sa.Integer, about="The customer with the greater id"),
    *_said("switched it on"),
    sa.CheckConstraint("customer_id < other_customer_id", name="pair"),
    sa.Index("uq_customer_pair_stands", "customer_id", "other_customer_id", unique=True, postgresql_where=_STANDS),
    about="Two customers whose people may be compared with each other; otherwise no two are (RS-27).",
    retention="R3",
)

__all__ = ["customer_pair", "field_pin", "review_pair"]
