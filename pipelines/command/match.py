"""``mdo match``: bringing records together, and decisions on who is who.

Belongs here: running, showing and deciding. Does not belong here: the rules (`register.matching`). Records and persons
are named by their ids alone; a name is never an argument.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from assets.workplace import Workplace
from pipelines import definitions
from pipelines.command import console, pins, queue
from pipelines.command.batch import By, Reason
from pipelines.command.ids import parsed
from pipelines.settings import Settings
from register.matching import decisions, run, shown
from register.matching.report import Matched
from register.roles import Role

app = typer.Typer(help="Matching: who is who, and decisions on it.", no_args_is_help=True)

Record = Annotated[int, typer.Argument(metavar="RECORD", help="The id of a record.")]
Companies = Annotated[bool, typer.Option("--companies", help="The ids are those of companies, not of persons.")]


@app.command("run")
def run_(
    customer: Annotated[str | None, typer.Option(help="Only this customer.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Compute every record anew, not only what changed.")
    ] = False,
) -> None:
    """Match what has come, changed or gone since the last run."""
    work = definitions.open_workplace(Settings.load())
    with work.register.transaction() as connection:
        chosen = run.customers(connection, customer)
    show({name: run.match(work.register, one, everything=everything) for name, one in chosen.items()})


def show(matched: dict[str, Matched]) -> None:
    """The table: a row for each customer."""
    heads = ["customer", "touched", "records", "persons", "companies", "links by rule", "decided", "left", "queue"]
    rows = [
        [
            *(name, one.touched, one.records, one.persons, one.companies),
            *(_listed(one.links), _listed(one.decided), _listed(one.left), one.waiting),
        ]
        for name, one in matched.items()
    ]
    console.table("Matched", heads, rows, right=[*heads[1:5], "queue"])


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {many}" for name, many in counts.items())


@app.command("show")
def show_(
    which: Annotated[str, typer.Argument(metavar="ID", help="A person, as G12, or a person record, as 12.")],
    companies: Companies = False,
) -> None:
    """Show the records of a person or company and every link that they have or had."""
    kind = _kind(companies)
    work = definitions.open_workplace(Settings.load(), role=Role.STEWARD)
    golden, number = parsed(which)
    with work.register.transaction() as connection:
        golden_id = number if golden else shown.golden_of(connection, number, kind)
        heads, rows = _companies(connection, golden_id) if companies else _persons(connection, golden_id)
        links = shown.links(connection, golden_id, kind)
    console.say(
        f"{kind.capitalize()} G{golden_id}: {len(rows)} records. "
        f"Whose word each field is: mdo explain {kind} G{golden_id}"
    )
    console.table("Records", heads, rows)
    console.table(
        "Links",
        ["link", "records", "verdict", "by", "since", "reason", "ended"],
        [
            [
                *(str(one.id), f"{one.record_a} {one.record_b}", one.verdict, one.said_by),
                *(console.moment(one.made_at), one.reason, _ended(one)),
            ]
            for one in links
        ],
    )


def _persons(connection: Any, golden_id: int) -> tuple[list[str], list[list[object]]]:
    heads = ["record", "source", "family name", "given name", "e-mail", "phone", "number", "first seen", "absent since"]
    return heads, [
        [
            *(str(one.id), one.source, one.last_name, one.first_name, one.work_email, one.work_phone),
            *(one.employee_number, one.first_seen, one.absent_since),
        ]
        for one in shown.members(connection, golden_id)
    ]


def _companies(connection: Any, golden_id: int) -> tuple[list[str], list[list[object]]]:
    heads = ["record", "source", "name", "business id", "VAT number", "country", "first seen", "absent since"]
    return heads, [
        [
            *(str(one.id), one.source, one.company_name, one.business_id, one.vat_number, one.country),
            *(one.first_seen, one.absent_since),
        ]
        for one in shown.company_members(connection, golden_id)
    ]


def _ended(link: shown.Link) -> str:
    if link.ended_at is None:
        return ""
    return " ".join(part for part in (console.moment(link.ended_at), link.ended_by, link.ended_why) if part)


@app.command("same")
def same(one: Record, other: Record, by: By, reason: Reason, companies: Companies = False) -> None:
    """Decide that two records speak of one person or company, whatever the rules say."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.STEWARD)
    kind = _kind(companies)
    decisions.same(work.register, one, other, by=by, reason=reason, on=settings.today(), record_type=kind)
    _say_whose(work, kind, one, other)


@app.command("different")
def different(one: Record, other: Record, by: By, reason: Reason, companies: Companies = False) -> None:
    """Decide that two records never speak of one person or company; where they did, the younger one leaves."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.STEWARD)
    kind = _kind(companies)
    decisions.different(work.register, one, other, by=by, reason=reason, on=settings.today(), record_type=kind)
    _say_whose(work, kind, one, other)


@app.command("undo")
def undo(
    link: Annotated[int, typer.Argument(metavar="LINK", help="Its number; mdo match show lists them.")],
    by: By,
    reason: Reason,
) -> None:
    """End a link, and keep its records apart from then on."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.STEWARD)
    decisions.undo(work.register, link, by=by, reason=reason, on=settings.today())
    console.say(f"Link {link} has ended.")


def _say_whose(work: Workplace, kind: str, *records: int) -> None:
    with work.register.transaction() as connection:
        for record in records:
            console.say(f"Record {record} is of {kind} G{shown.golden_of(connection, record, kind)}.")


def _kind(companies: bool) -> str:
    return "company" if companies else "person"


app.command("pin")(pins.pin)
app.command("unpin")(pins.unpin)
app.command("queue")(queue.queue)
app.command("import")(queue.import_)
app.command("across")(queue.across_)
