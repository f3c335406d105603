"""``mdo db``: the database's shape.

Belongs here: migrations and their status. Does not belong here: what is in the database.
"""

from __future__ import annotations

import typer

from pipelines.command import console
from pipelines.settings import Settings
from register.database import migration_status, upgrade
from schemas.errors import Refusal

app = typer.Typer(help="The database: upgrade and status.", no_args_is_help=True)


@app.command("upgrade")
def upgrade_() -> None:
    """Bring the database to the newest migration."""
    settings = Settings.load()
    upgrade(settings.database())
    console.say(f"{settings.shown_database()} is up to date.")


@app.command("status")
def status() -> None:
    """Say which database is used and whether it is up to date; exit code 1 if it is not."""
    settings = Settings.load()
    current, newest = migration_status(settings.database())
    console.say(f"{settings.shown_database()}: migration {current or 'none'}, newest {newest}.")
    if current != newest:
        raise Refusal("The database is not up to date.", "Run mdo db upgrade.")
