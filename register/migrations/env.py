"""Runs migrations for `register.database.upgrade` and for the alembic command line.

Belongs here: the connection and the options of a migration run. Does not belong here: any step.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context

from register.tables import metadata


def run() -> None:
    """Runs the migrations in one transaction, under a lock so that two upgrades never meet."""
    engine = sa.create_engine(context.config.attributes["url"], hide_parameters=True, poolclass=sa.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=metadata, include_schemas=True, version_table_schema="public"
        )
        with context.begin_transaction():
            connection.execute(sa.text("select pg_advisory_xact_lock(1296321)"))
            context.run_migrations()


run()
