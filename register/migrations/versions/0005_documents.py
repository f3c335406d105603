"""Makes the table of documents that named persons asked for.

Revision 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Goes forward."""
    op.create_table(
        "document",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Surrogate key"),
        sa.Column("kind", sa.Text(), nullable=False, comment="What it is, such as customer_report"),
        sa.Column(
            "about",
            sa.Text(),
            nullable=False,
            comment="What it tells of, without any value: the number of a batch, or a source's name",
        ),
        sa.Column("rows", sa.BigInteger(), nullable=False, comment="Rows in it"),
        sa.Column("actor_id", sa.Integer(), nullable=False, comment="Who asked for it"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why, without personal data"),
        sa.Column(
            "made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False, comment="When"
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["privacy.actor.id"], name=op.f("fk_document_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        schema="privacy",
        comment=(
            "Each document with personal data that a named person asked for; its content is not kept. Retention: R10."
        ),
    )
