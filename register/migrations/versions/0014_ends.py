"""Keeps the business dates on which a customer's end was written down and its data were returned, not moments.

Revision 0014, after 0013.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

COLUMNS = (
    ("recorded_at", "When", "recorded_on", "The day on which it was written down", "now()"),
    ("returned_at", "When its data were returned", "returned_on", "The day on which its data were returned", None),
)


def upgrade() -> None:
    """Goes forward."""
    for moment, _, day, comment, _ in COLUMNS:
        op.alter_column(
            "customer_end",
            moment,
            new_column_name=day,
            type_=sa.Date(),
            postgresql_using=f"privacy.local_date({moment})",
            server_default=None,
            comment=comment,
            schema="privacy",
        )


def downgrade() -> None:
    """Goes back."""
    for moment, comment, day, _, default in COLUMNS:
        op.alter_column(
            "customer_end",
            day,
            new_column_name=moment,
            type_=sa.DateTime(timezone=True),
            postgresql_using=f"{day}::timestamp at time zone 'Europe/Helsinki'",
            server_default=sa.text(default) if default else None,
            comment=comment,
            schema="privacy",
        )
