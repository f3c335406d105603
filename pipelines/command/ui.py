"""``mdo ui``: the Dagster pages.

Belongs here: starting Dagster with the settings in force. Does not belong here: what it shows.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipelines import definitions
from pipelines.command import console
from pipelines.settings import Settings


def ui(
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 3000,
    host: Annotated[
        str, typer.Option(help="Address to listen on; the pages have no login of their own.")
    ] = "127.0.0.1",
) -> None:
    """Start the Dagster pages and the daemon that runs schedules; stop with Ctrl-C."""
    settings = Settings.load()
    definitions.open_workplace(settings)
    environment = os.environ | settings.environment() | {"DAGSTER_HOME": str(settings.dagster_home())}
    console.say(f"http://{host}:{port}  ({settings.shown_database()})")
    dagster = str(Path(sys.executable).with_name("dagster"))
    arguments = ["dev", "-m", "pipelines.definitions", "-h", host, "-p", str(port)]
    # A child, and not in place of this process: the embedded PostgreSQL runs for as long as one of its users lives.
    child = subprocess.Popen([dagster, *arguments], env=environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal tells the child as well, and it is the one to end
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    raise typer.Exit(child.wait())
