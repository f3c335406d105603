"""``mdo subject``: what a data subject asks for.

Belongs here: finding, erasing, restricting, and objections to marketing. Does not belong here: what is done
(`register.erasure`). Persons are named by their ids, or by what somebody types when asked or pipes in; never by an
argument, which other users of the machine can read.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from datetime import datetime
from typing import Annotated

import typer

from assets.copies import cleaner
from assets.workplace import Workplace
from pipelines import definitions
from pipelines.command import console
from pipelines.command.batch import By
from pipelines.command.match import parsed
from pipelines.settings import Settings
from register.erasure import erase, objection, restriction, subjects
from register.erasure.subjects import WHAT, Identifiers
from register.roles import Role
from register.suppression.vault import Vault
from schemas.errors import Refusal

app = typer.Typer(help="What data subjects ask for: find, erase, restrict, object.", no_args_is_help=True)

Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Persons, as G12, or person records, as 12.")]
Case = Annotated[str, typer.Option("--case", help="The number of the case.")]

_ASKED = {
    "email": "E-mail address",
    "phone": "Phone number",
    "username": "User name",
    "key": "Key in a register, such as an employee number",
    "name": "Name (given and family name)",
}


@app.command("find")
def find() -> None:
    """Find whose data are held, by what is typed when asked or piped in; shows ids and counts."""
    work = definitions.open_workplace(Settings.load(), role=Role.RETENTION)
    said = _said()
    with work.register.transaction() as connection:
        found = subjects.find(connection, said)
    rows = [
        [
            one.customer,
            f"G{one.golden_id}" if one.golden_id else "",
            " ".join(map(str, one.records)),
            ", ".join(f"{source.partition('/')[2]} {many}" for source, many in sorted(one.rows.items())),
        ]
        for one in found
    ]
    console.table("Found", ["customer", "person", "person records", "rows of registers"], rows)
    if not found:
        console.say("Nobody.")


@app.command("erase")
def erase_(
    case: Case,
    by: By,
    ids: Ids = None,
    instruction: Annotated[
        list[str] | None,
        typer.Option(metavar="CUSTOMER=DOCUMENT", help="By which a customer tells us to erase what we process for it."),
    ] = None,
    source: Annotated[str | None, typer.Option(help="Only from this source, as customer/register.")] = None,
    suppress: Annotated[
        bool, typer.Option("--suppress/--no-suppress", help="Whether to keep the person from coming back.")
    ] = True,
) -> None:
    """Erase a person from everything that is held; without ids, whoever is named when asked or piped in."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.RETENTION)
    golden, records = _ids(ids)
    request = erase.Request(
        case=case,
        by=by,
        golden_ids=golden,
        record_ids=records,
        said=Identifiers() if ids else _said(),
        instructions=dict(_instruction(one) for one in instruction or []),
        source=source,
        suppress=suppress,
    )
    vault = _vault(work)
    report = erase.erase(work.register, vault, request, cleaner(vault), on=settings.today())
    show(report)
    for name in report.sources:
        console.say(f"Ask the owner of {name} to stop sending the row; until then it is counted as suppressed.")


def show(report: erase.Report) -> None:
    """What went and what stays."""
    if report.counts:
        rows = [[table, many] for table, many in sorted(report.counts.items())]
        console.table("Erased", ["table", "rows"], rows, right=["rows"])
    else:
        console.say("Nothing was left to erase.")
    if report.kept:
        kept: dict[tuple[str, str], list[int]] = defaultdict(list)
        for one in report.kept:
            kept[one.record, one.reason].append(one.id)
        rows = [[record, " ".join(map(str, sorted(ids))), reason] for (record, reason), ids in kept.items()]
        console.table("Kept, because the law or the customer asks for it", ["record", "ids", "why"], rows)
        if any(one.reason == erase.PROCESSED for one in report.kept):
            console.say(
                "Pass the request on to the customer. Once it has instructed us in writing, the same command with "
                "--instruction CUSTOMER=DOCUMENT erases what we process for it."
            )
    console.say(f"{report.tokens} tokens keep the person out.")


@app.command("object")
def object_(case: Case, by: By, ids: Ids = None) -> None:
    """Switch marketing off for a person, and keep it off whatever a register delivers."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.RETENTION)
    changed = objection.object_to_marketing(work.register, _vault(work), _request(case, by, ids), on=settings.today())
    console.say(f"Marketing is off; {changed} choices were changed.")


@app.command("restrict")
def restrict(case: Case, by: By, ids: Ids = None) -> None:
    """Restrict the processing of a person's data (GDPR 18): kept, not changed, matched or deleted."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.RETENTION)
    rows = restriction.restrict(work.register, _vault(work), _request(case, by, ids), on=settings.today())
    said = f"{rows} rows are restricted." if rows else "Nothing more is restricted than was."
    console.say(f"{said} Changes to them wait until: mdo subject unrestrict --case {case}")


@app.command("unrestrict")
def unrestrict(
    case: Case,
    by: By,
    told: Annotated[
        datetime, typer.Option("--told-on", formats=["%Y-%m-%d"], help="When the person was told (GDPR 18(3)).")
    ],
) -> None:
    """End the restrictions of a case; changes that waited come in with the next sync."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.RETENTION)
    rows = restriction.unrestrict(work.register, _vault(work), case, by=by, told=told.date(), on=settings.today())
    console.say(f"{rows} rows are not restricted any more.")


def _request(case: str, by: str, ids: list[str] | None) -> restriction.Request:
    golden, records = _ids(ids)
    return restriction.Request(case, by, golden, records, Identifiers() if ids else _said())


def _ids(ids: list[str] | None) -> tuple[list[int], list[int]]:
    both = [parsed(one) for one in ids or []]
    return [number for golden, number in both if golden], [number for golden, number in both if not golden]


def _said() -> Identifiers:
    """What is typed when asked, or lines such as ``email: somebody@example.com`` on standard input."""
    if sys.stdin.isatty():
        asked = [(what, typer.prompt(f"{_ASKED[what]} (empty: none)", default="", show_default=False)) for what in WHAT]
        pairs = [(what, written) for what, written in asked if written.strip()]
    else:
        lines = [line for line in sys.stdin.read().splitlines() if line.strip()]
        pairs = [
            (what.strip().lower(), written.strip()) for what, _, written in (line.partition(":") for line in lines)
        ]
    said = Identifiers.read(pairs)
    if not said.finds:
        raise Refusal(
            "Nobody is named.", "Give ids, or on standard input lines such as email: …, phone: …, username: … or key: …"
        )
    return said


def _instruction(written: str) -> tuple[str, str]:
    customer, _, document = written.partition("=")
    if not document.strip():
        raise Refusal("An instruction is written CUSTOMER=DOCUMENT.")
    return customer.strip(), document.strip()


def _vault(work: Workplace) -> Vault:
    assert work.vault is not None
    return work.vault
