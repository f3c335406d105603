"""``mdo health``: whether everything that a night needs is up.

Belongs here: what is printed, and the exit code. Does not belong here: the questions (`pipelines.health`).
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict
from typing import Annotated

import typer

from pipelines import health as asking
from pipelines.command import console
from pipelines.health import Part
from pipelines.settings import Settings


def health(
    pages: Annotated[str, typer.Option(help="Address of the webserver itself.")] = "http://127.0.0.1:3000",
    only: Annotated[list[Part] | None, typer.Option(help="Ask this part only; may be given again.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON, for a machine.")] = False,
) -> None:
    """Ask database, pages, code, daemons, last night and disk how they are; exit code 0 all well, 1 something ill."""
    os.environ.setdefault("PGCONNECT_TIMEOUT", "5")
    logging.getLogger().addHandler(logging.NullHandler())  # each try of a connection would be told, and ours is enough
    answers = asking.ask(Settings.load(), pages.rstrip("/"), only or list(Part))
    well = all(answer.well for answer in answers)
    if as_json:
        typer.echo(json.dumps({"well": well, "parts": [asdict(answer) for answer in answers]}))
    else:
        for answer in answers:
            _say(answer)
    raise typer.Exit(0 if well else 1)


def _say(answer: asking.Answer) -> None:
    console.say(f"{'well' if answer.well else 'ILL':<5}{answer.part:<10}{answer.says}", "" if answer.well else "red")
    if answer.next:
        console.say(f"     Next: {answer.next}")
