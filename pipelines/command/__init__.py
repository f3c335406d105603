"""The command ``mdo``.

Belongs here: what a person types and reads. Does not belong here: what is done; each command calls one function of the
floors below and prints what it returns.
"""

from __future__ import annotations

import sys
import warnings

import typer

from assets.leak_guard import failure
from pipelines import credentials
from pipelines.command import (
    actor,
    backfill,
    batch,
    console,
    customer,
    database,
    demo,
    explain,
    groups,
    health,
    hold,
    match,
    minimisation,
    night,
    retention,
    serve,
    source,
    subject,
    suppression,
    sync,
    ui,
)
from schemas.errors import Refusal

app = typer.Typer(
    name="mdo",
    help="Keeps the central customer register in step with its customers' own registers.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("sync")(sync.sync)
app.command("backfill")(backfill.backfill)
app.command("explain")(explain.explain)
app.command("groups")(groups.groups)
app.command("health")(health.health)
app.command("demo")(demo.demo)
app.command("ui")(ui.ui)
app.add_typer(serve.app, name="serve")
app.add_typer(night.app, name="night")
app.add_typer(batch.app, name="batch")
app.add_typer(source.app, name="source")
app.add_typer(match.app, name="match")
app.add_typer(minimisation.app, name="minimisation")
app.add_typer(retention.app, name="retention")
app.add_typer(hold.app, name="hold")
app.add_typer(actor.app, name="actor")
app.add_typer(database.app, name="db")
app.add_typer(subject.app, name="subject")
app.add_typer(suppression.app, name="suppression")
app.add_typer(customer.app, name="customer")


def main() -> None:
    """Runs the command line; whatever goes wrong is said without a value and without a traceback."""
    if not sys.warnoptions:  # a library's warning tells nobody here what to do, and may quote a row
        warnings.simplefilter("ignore")
    try:
        credentials.take()
        app(prog_name="mdo")
        return
    except Refusal as refusal:
        said = str(refusal)
    except Exception as error:
        said = f"{failure(error).description} Nothing was left half-done; please report it as a defect."
    console.error(said)
    sys.exit(1)
