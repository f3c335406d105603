"""What matching keeps: keys to compare by, links, who belongs to whom, and the golden records.

Belongs here: the tables of `register.matching`. Does not belong here: the records themselves, which matching reads and
never writes (`register.tables.records`).
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from register.tables.base import column, customer_id, identity, references, source_id, table
from register.tables.records import sql_type
from schemas.catalogue import RECORD_TYPES

SCHEMA = "register"

#: What a link says of its two records. ``left``: a rule would join them, but not what else would be joined with them.
VERDICTS = ("same", "different", "left")

#: The columns of `person_key` by which records are found together.
KEYS = ("email", "phone", "employee", "username", "subject")

_ALIVE = sa.text("ended_at is null")

person_key = table(
    "person_key",
    SCHEMA,
    sa.Column("record_id", sa.BigInteger, primary_key=True, autoincrement=False, comment="The person record"),
    customer_id(),
    source_id(),
    column("employment_id", sa.BigInteger, nullable=True, about="The employment that it was made with"),
    column("account_id", sa.BigInteger, nullable=True, about="The account that it was made with"),
    column("first_name", sa.Text, nullable=True, about="Given name, folded"),
    column("last_name", sa.Text, about="Family name, folded"),
    column("name_key", sa.Text, about="Every part of the name, folded and sorted"),
    column("email", sa.Text, nullable=True, about="Mailbox; none where it is a role's"),
    column("phone", sa.Text, nullable=True, about="Phone (E.164)"),
    column("employer", sa.Text, nullable=True, about="id, name or own: how the employer is told"),
    column("employee_number", sa.Text, nullable=True, about="Employee number without leading zeros"),
    column("employee", sa.Text, nullable=True, about="Employer and employee number"),
    column("employed_from", sa.Date, nullable=True, about="The employment's first day"),
    column("employed_to", sa.Date, nullable=True, about="The employment's last day"),
    column("username", sa.Text, nullable=True, about="User name, in lower case"),
    column("subject", sa.Text, nullable=True, about="Identity provider and subject"),
    column("self_reported", sa.Boolean, about="Whether the user gave it himself"),
    column("absent", sa.Boolean, about="Whether its source does not show it any more"),
    *(sa.Index(None, "customer_id", name, postgresql_where=sa.text(f"{name} is not null")) for name in KEYS),
    sa.Index(None, "source_id"),
    about="Normalised copies of each person record, by which records are compared.",
    retention="R1",
)

match_link = table(
    "match_link",
    SCHEMA,
    identity("The number by which a link is undone"),
    customer_id(),
    column("record_type", sa.Text, about="person, company, or across: persons of two customers"),
    column("record_a", sa.BigInteger, about="The record with the smaller id"),
    column("record_b", sa.BigInteger, about="The other record"),
    column("verdict", sa.Text, about="same, different, or left: a rule would join them, and it was not done"),
    column("rule", sa.Text, nullable=True, about="The rule that says so, if no person does"),
    column("decided_by", sa.Integer, sa.ForeignKey("privacy.actor.id"), nullable=True, about="The person who says so"),
    column("reason", sa.Text, nullable=True, about="Why it was decided, or why the rule was not followed"),
    column("follows", sa.BigInteger, nullable=True, about="The decision that it is part of, and ends with"),
    column("score", sa.Double, nullable=True, about="Match weight in bits that the person who decided was shown"),
    column("model", sa.Text, nullable=True, about="The version of the model that had scored it"),
    column("made_at", sa.DateTime(timezone=True), server_default=sa.func.now(), about="Since when"),
    column("ended_at", sa.DateTime(timezone=True), nullable=True, about="Until when; empty while it stands"),
    column("ended_by", sa.Integer, sa.ForeignKey("privacy.actor.id"), nullable=True, about="The person who ended it"),
    column("ended_why", sa.Text, nullable=True, about="Why it ended"),
    sa.CheckConstraint("record_a < record_b", name="pair"),
    sa.CheckConstraint("verdict in ('" + "', '".join(VERDICTS) + "')", name="verdict"),
    sa.CheckConstraint("(rule is null) <> (decided_by is null)", name="said_by"),
    sa.Index("uq_match_link_alive", "record_type", "record_a", "record_b", unique=True, postgresql_where=_ALIVE),
    sa.Index("ix_match_link_record_b", "record_type", "record_b", postgresql_where=_ALIVE),
    # few links part or are left; without it the queue would look through all of a customer's for them
    sa.Index("ix_match_link_apart", "customer_id", postgresql_where=sa.text("ended_at is null and verdict <> 'same'")),
    about="Which records are one person or company, by which rule or named person.",
    retention="R1",
)

golden_member = table(
    "golden_member",
    SCHEMA,
    column("record_type", sa.Text, about="person or company"),
    column("record_id", sa.BigInteger, about="The record"),
    customer_id(),
    column("golden_id", sa.BigInteger, about="The person or company that it is of"),
    sa.PrimaryKeyConstraint("record_type", "record_id"),
    sa.Index(None, "record_type", "golden_id"),
    sa.Index(None, "customer_id", "record_type"),
    about="To which person or company a record belongs.",
    retention="R1",
)

matched_batch = table(
    "matched_batch",
    "sync",
    sa.Column("batch_id", sa.BigInteger, primary_key=True, autoincrement=False, comment="The applied batch"),
    *references("batch_id"),
    about="The applied batches whose records have been matched.",
    retention="R10",
)

match_again = table(
    "match_again",
    SCHEMA,
    identity("Surrogate key"),
    customer_id(),
    column("record_type", sa.Text, about="person or company"),
    column("record_id", sa.BigInteger, about="The record, which may be gone"),
    sa.Index(None, "customer_id"),
    about="Records to be matched anew although no batch says so: gone, or without what hung on them.",
    retention="R1",
)


def _golden_table(name: str, record_type: str, about: str) -> sa.Table:
    """One row for each person or company: per field, its value and the record that it was taken from."""
    fields: list[sa.Column[Any]] = []
    for field in RECORD_TYPES[record_type].fields:
        meaning = f"{field.en} / {field.fi}"
        fields.append(column(field.name, sql_type(field), nullable=not field.required, about=meaning))
        fields.append(column(f"{field.name}_record", sa.BigInteger, nullable=True, about="The record that says it"))
    return table(
        name,
        SCHEMA,
        identity("Stable id"),
        customer_id(),
        *fields,
        column("records", sa.Integer, about="How many records it is made of"),
        column("first_seen", sa.Date, about="When the first of them was first seen"),
        column("absent_since", sa.Date, nullable=True, about="Since when every source is without it"),
        about=about,
        retention="R1",
    )


GOLDEN_TABLES = {
    "person": _golden_table("person", "person", "G1: One person, made of the records that speak of them."),
    "company": _golden_table("company", "company", "G1: One company, made of the records that speak of it."),
}

__all__ = [
    "GOLDEN_TABLES",
    "KEYS",
    "VERDICTS",
    "golden_member",
    "match_again",
    "match_link",
    "matched_batch",
    "person_key",
]
