"""``mdo db``: the database's shape, and its return from a backup.

Belongs here: migrations, their status, the roles, and what a restore asks for. Does not belong here: what is in the
database.
"""

from __future__ import annotations

import typer

from assets.copies import cleaner
from pipelines import definitions
from pipelines.command import console, subject
from pipelines.settings import Settings
from register import roles
from register.database import migration_status, upgrade
from register.erasure import again
from register.roles import Role
from schemas.errors import Refusal

app = typer.Typer(help="The database: upgrade, status, roles, restored.", no_args_is_help=True)


@app.command("upgrade")
def upgrade_() -> None:
    """Bring the database to the newest migration, and that of Dagster's records where it is another."""
    settings = Settings.load()
    upgrade(settings.database())
    if settings.dagster_database_url is not None:
        with settings.dagster_instance() as instance:
            instance.upgrade()
    console.say(f"{settings.shown_database()} is up to date.")


@app.command("restored")
def restored() -> None:
    """After a restore: erase again whoever was erased since the backup; until then nothing is imported."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.RETENTION)
    vault = settings.vault()
    report = again.again(work.register, vault, cleaner(vault), on=settings.today())
    subject.show(report)
    console.say("The database knows every erasure; sources can be synced.")


@app.command("roles")
def roles_() -> None:
    """Show the roles inside the database, and which logins may act as each."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.AUDITOR)
    with work.register.transaction() as connection:
        members = roles.members(connection)
    rows = [[role.value, roles.WORK[role], ", ".join(members[role])] for role in Role]
    console.table("Roles inside the database", ["role", "work", "who may act as it"], rows)
    console.say(f"Each work takes its role: {'on' if settings.database_roles else 'off'}.")


@app.command("status")
def status() -> None:
    """Say which database is used and whether it is up to date; exit code 1 if it is not."""
    settings = Settings.load()
    current, newest = migration_status(settings.database())
    console.say(f"{settings.shown_database()}: migration {current or 'none'}, newest {newest}.")
    if current != newest:
        raise Refusal("The database is not up to date.", "Run mdo db upgrade.")
