"""``mdo suppression``: the list of erased persons, which nobody can read.

Belongs here: its keys, what is on it in numbers, reviewing and lifting. Does not belong here: erasing (`mdo subject`).
"""

from __future__ import annotations

from typing import Annotated

import typer

from assets.workplace import Workplace
from pipelines import definitions
from pipelines.command import console
from pipelines.command.batch import By, Reason
from pipelines.settings import Settings
from register.erasure import lifting
from register.roles import Role
from register.suppression import entries, rotation, shown
from register.suppression.vault import Vault

app = typer.Typer(help="The list of erased persons: keys, counts, reviews, lifting.", no_args_is_help=True)
key = typer.Typer(help="The keys of its tokens, one for each controller and version.", no_args_is_help=True)
app.add_typer(key, name="key")

Customer = Annotated[
    str | None, typer.Option(help="The list that we keep for this customer, as its processor; by default our own.")
]


@key.command("rotate")
def rotate(customer: Customer = None) -> None:
    """Make the next version of a list's key, or the first; older versions go on verifying."""
    settings = Settings.load()
    work, vault = _open(settings)
    with work.register.transaction() as connection:
        controller = shown.controller(connection, customer)
        version = rotation.rotate(connection, vault, controller, settings.today())
        name = entries.controller_name(connection, controller)
    console.say(f"The list {name} has key version {version} ({vault.keys.fingerprint(name, version)}). Back it up.")


@key.command("fingerprint")
def fingerprint() -> None:
    """Show the fingerprints of the keys that the lists were made with, and of the files; exit code 1 if they differ."""
    work, vault = _open(Settings.load())
    with work.register.transaction() as connection:
        known = shown.keys(connection, vault)
    rows = [[one.controller, str(one.version), one.wanted, one.found or "missing"] for one in known]
    console.table("Keys of suppression tokens", ["list", "version", "made with", "in the file"], rows)
    if any(one.wanted != one.found for one in known):
        raise typer.Exit(1)


@app.command("list")
def list_() -> None:
    """Count the tokens by case; whose they are, nobody can tell."""
    settings = Settings.load()
    work, _ = _open(settings)
    review = settings.policy().step("suppression", "report").after
    with work.register.transaction() as connection:
        found = shown.cases(connection, review)
    rows = [
        [one.controller, one.case, one.scope, one.tokens, one.created_on, one.review_on, one.expires_on]
        for one in found
    ]
    heads = ["list", "case", "scope", "tokens", "since", "review by", "expires"]
    console.table("Suppressed", heads, rows, right=["tokens"])


@app.command("review")
def review(
    case: Annotated[str, typer.Option("--case", help="The number of the case.")],
    by: By,
    reason: Reason,
    customer: Customer = None,
) -> None:
    """Write down that a case's tokens are still needed; one that is not is lifted instead."""
    settings = Settings.load()
    work, _ = _open(settings)
    lifting.keep(work.register, case, by=by, reason=reason, customer=customer, on=settings.today())
    console.say(f"Case {case} stays on the list; mdo suppression list says when it is looked at again.")


@app.command("lift")
def lift(
    case: Annotated[str, typer.Option("--case", help="The number of the case.")],
    by: By,
    reason: Reason,
    source: Annotated[str | None, typer.Option(help="Only for this source, as customer/register.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only tokens of this kind, such as email.")] = None,
    customer: Customer = None,
    marketing: Annotated[bool, typer.Option("--marketing", help="The objection to marketing.")] = False,
) -> None:
    """Let the person of a case come back: everywhere, or in one source only."""
    settings = Settings.load()
    work, vault = _open(settings)
    one = lifting.Lift(case, by, reason, source=source, kind=kind, customer=customer, marketing=marketing)
    concerned = lifting.lift(work.register, vault, one, on=settings.today())
    console.say(f"{concerned} tokens are lifted; the next sync reads the registers again.")


def _open(settings: Settings) -> tuple[Workplace, Vault]:
    return definitions.open_workplace(settings, role=Role.RETENTION), settings.vault()
