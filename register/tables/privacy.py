"""Schema ``privacy``: who decides, who took what along, and what keeps records from naming somebody.

Belongs here: the named persons who may release, discard and activate, the documents they asked for, and the pseudonyms
of actions. Does not belong here: records of data subjects, or the content of a document.
"""

from __future__ import annotations

import sqlalchemy as sa

from register.tables.base import column, customer_id, identity, table

SCHEMA = "privacy"

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
