"""``mdo serve``: the three processes of a production.

Belongs here: starting each of Dagster's own with the settings in force. Does not belong here: what starts them again
(`deploy/`), or the pages of a workstation (`ui`).

Runs, schedules and sensors all happen in the process that has the code. So it alone needs the register's database, the
keys and the sources' secrets; what people reach with a browser knows Dagster's records and a socket.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from pipelines.command import console
from pipelines.settings import Settings
from register.database import migration_status
from schemas.errors import ConfigurationRefused

app = typer.Typer(help="The processes of a production: code, pages, daemon.", no_args_is_help=True)

_MODULE = "pipelines.definitions"
_WORKSPACE = Path(__file__).resolve().parents[1] / "workspace.yaml"


@app.command("code")
def code() -> None:
    """Serve the code: runs, schedules and sensors happen here; stop with SIGTERM."""
    settings = _settings()
    if settings.database_url is None:
        raise ConfigurationRefused("A production has no embedded PostgreSQL.", "Set MDO_DATABASE_URL.")
    current, newest = migration_status(settings.database())
    if current != newest:
        raise ConfigurationRefused(f"The database is at migration {current or 'none'}.", "Run mdo db upgrade.")
    settings.code_socket.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    arguments = ["code-server", "start", "-s", str(settings.code_socket), "-m", _MODULE, "--location-name", _MODULE]
    _become(settings, "dagster", arguments)


@app.command("pages")
def pages(
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 3000,
    host: Annotated[
        str, typer.Option(help="Address to listen on; the pages have no login of their own.")
    ] = "127.0.0.1",
    read_only: Annotated[bool, typer.Option("--read-only", help="Look, and start or change nothing.")] = False,
) -> None:
    """Serve the pages; stop with SIGTERM."""
    arguments = ["-w", str(_WORKSPACE), "-h", host, "-p", str(port), *(["--read-only"] if read_only else [])]
    _become(_settings(), "dagster-webserver", arguments)


@app.command("daemon")
def daemon() -> None:
    """Run the daemon that starts what schedules and sensors ask for; stop with SIGTERM."""
    _become(_settings(), "dagster-daemon", ["run", "-w", str(_WORKSPACE)])


def _settings() -> Settings:
    settings = Settings.load()
    if settings.dagster_database_url is None:
        raise ConfigurationRefused(
            "The processes of a production share their records in PostgreSQL.",
            "Set MDO_DAGSTER_DATABASE_URL; for a workstation there is mdo ui.",
        )
    return settings


def _become(settings: Settings, program: str, arguments: list[str]) -> NoReturn:
    """Gives this process over to Dagster's: whoever started it sees one process, and its own exit code."""
    environment = os.environ | settings.environment() | {"DAGSTER_HOME": str(settings.dagster_home())}
    console.say(f"{program} ({settings.shown_database()})" if settings.database_url else program)
    sys.stdout.flush()
    os.umask(os.umask(0o077) | 0o007)  # the socket, too, is for nobody else; whether for a group, says who starts it
    path = Path(sys.executable).with_name(program)
    os.execve(path, [str(path), *arguments], environment)
