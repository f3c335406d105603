"""``mdo batch``: what was read, what is held, and the decisions on it.

Belongs here: listing, showing, releasing, discarding, reapplying and reporting batches. Does not belong here: what a
release does (`assets.replay`), or what a report says (`assets.customer_report`).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from assets import customer_report, replay
from assets.replay import Decision
from assets.sync import Result
from assets.workplace import Workplace
from pipelines import definitions
from pipelines.command import console
from pipelines.command.console import Language
from pipelines.command.sync import HELD, show
from pipelines.settings import Settings
from register import batches, decisions, quarantine, review
from register import sources as known_sources
from register.quarantine import Rejected, RejectedRow
from register.roles import Role
from schemas import rules
from schemas.errors import NotFound
from sources.config import Source

app = typer.Typer(help="Batches: what was read, what is held, and decisions.", no_args_is_help=True)


Number = Annotated[int, typer.Argument(metavar="BATCH", help="Its number.")]
By = Annotated[str, typer.Option("--by", help="The named person who decides; mdo actor list shows them.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; without personal data.")]
Day = Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Business date.")]


@app.command("list")
def list_(
    source: Annotated[str | None, typer.Option(help="Only this source, as customer/register.")] = None,
    on: Day = None,
    held: Annotated[bool, typer.Option("--held", help="Only held batches.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 30,
) -> None:
    """List batches, the newest first."""
    work, _ = _open(Role.AUDITOR)
    with work.register.transaction() as connection:
        if source is not None and known_sources.state_of(connection, source) is None:
            raise NotFound(f"No source named {source} has been read.", "mdo source list shows the names.")
        found = batches.listed(
            connection,
            source=source,
            business_date=on.date() if on else None,
            statuses=("held", "released") if held else (),
            limit=limit,
        )
    heads = ["batch", "source", "date", "attempt", "status", "read", "changed", "absent", "quarantined", "remark"]
    console.table(
        "Batches",
        heads,
        [
            [
                str(one.id),
                one.source_name,
                one.business_date,
                one.attempt,
                console.status(one.status),
                one.counts["read"],
                one.counts["inserted"] + one.counts["updated"],
                one.counts["absent"],
                one.counts["quarantined"],
                one.reason or "; ".join(one.notes),
            ]
            for one in found
        ],
        right=["batch", "attempt", "read", "changed", "absent", "quarantined"],
    )


@app.command("show")
def show_(
    batch_id: Number,
    rows: Annotated[bool, typer.Option("--rows", help="Also list the rejected rows by number.")] = False,
    keys: Annotated[bool, typer.Option("--keys", help="Also show the keys concerned; they are personal.")] = False,
    language: Annotated[Language, typer.Option("--lang", help="Language of the rules.")] = Language.ENGLISH,
) -> None:
    """Show one batch: counts, guards, decisions, rejected rows and columns, and what to do next."""
    work, _ = _open(Role.STEWARD)
    with work.register.transaction() as connection:
        batch = batches.get(connection, batch_id)
        rejected = quarantine.summary(connection, batch_id)
        rejected_rows = quarantine.rejected_rows(connection, batch_id) if rows or keys else []
        concerned = review.keys(connection, batch) if keys else []
    owner = batch.description["owner"]
    console.say(
        f"Batch {batch.id}: {batch.source_name}, {batch.business_date}, attempt {batch.attempt}: {batch.status}"
    )
    console.say(f"File: {batch.file_name or 'none'}; read at {console.moment(batch.as_of)}")
    console.say(f"Owner: {owner['name']}, {owner['email']}")
    if batch.decided_by and batch.decided_at:
        console.say(f"Decided by {batch.decided_by} at {console.moment(batch.decided_at)}: {batch.reason}")
    for note in [*batch.notes, *([batch.reason] if batch.reason and not batch.decided_by else [])]:
        console.say(f"  {note}")
    console.table(
        "Rows", ["what", "rows"], [[name.replace("_", " "), n] for name, n in batch.counts.items()], right=["rows"]
    )
    if batch.guards:
        heads = ["guard", "column", "what it says", "measured", "limit"]
        console.table(
            "Held by", heads, [[g["guard"], g["column"], g["says"], g["measured"], g["limit"]] for g in batch.guards]
        )
    if rejected:
        _show_rejected(rejected, batch.description["key"], language)
    if rejected_rows:
        _show_rejected_rows(rejected_rows, keys=keys)
    for said, name in (("noted", "noted"), ("by leave of a waiver", "waived")):
        for one in batch.pulled.get(name, []):
            console.say(f"Taken, {said}: {one['rule']} in {one['column']}, {one['rows']} rows.")
    dropped = batch.pulled.get("columns_dropped", [])
    if dropped:
        console.say(f"Columns not declared and not read: {', '.join(dropped)}")
    if keys and batch.status not in ("held", "released"):
        console.say("What a plan would do is shown of held plans only.")
    elif concerned:
        console.table(
            "What the plan would do",
            ["key", "row", "what happens"],
            [[one.key, str(one.row_number or ""), one.action] for one in concerned],
        )
    if batch.status in ("held", "released"):
        console.say(f"To merge it:   mdo batch release {batch.id} --by NAME --reason WHY", "yellow")
        console.say(f"To drop it:    mdo batch discard {batch.id} --by NAME --reason WHY", "yellow")


def _show_rejected(rejected: list[Rejected], key: list[str], language: Language) -> None:
    """The broken rules, each with its meaning and how the customer mends it."""
    cells = []
    for item in rejected:
        rule = rules.get(item.rule)
        means, mend = (rule.fi, rule.mend_fi) if language is Language.FINNISH else (rule.en, rule.mend_en)
        column = item.column or (" + ".join(key) if item.rule.startswith("key.") else "")
        cells.append([item.rule, column, item.effect, item.rows, f"{means} {mend}"])
    console.table(
        "Not taken", ["rule", "column", "effect", "rows", "what it means, and what to do"], cells, right=["rows"]
    )


def _show_rejected_rows(rejected_rows: list[RejectedRow], *, keys: bool) -> None:
    heads = ["row", "column", "rule", "effect", *(["key"] if keys else [])]
    cells = [
        [str(one.row_number), one.column, one.rule, one.effect, *([one.key or "withheld"] if keys else [])]
        for one in rejected_rows
    ]
    console.table("Rejected rows, as the customer counts them", heads, cells, right=["row"])


@app.command("release")
def release(batch_id: Number, by: By, reason: Reason) -> None:
    """Release a held batch and merge it."""
    work, sources = _open()
    with work.register.transaction() as connection:
        batch = batches.get(connection, batch_id)
    result = replay.release(work, _source(sources, batch.source_name), batch_id, Decision(by, reason))
    _finish(result)


@app.command("discard")
def discard(batch_id: Number, by: By, reason: Reason) -> None:
    """Discard a held batch; the register stays as it is."""
    work, _ = _open(Role.STEWARD)
    batch = decisions.discard(work.register, batch_id, by=by, reason=reason, on=work.today)
    console.say(f"Batch {batch.id} of {batch.source_name} is discarded; the register is as it was.")
    console.say(f"When the right file is in: mdo sync --source {batch.source_name} --date {batch.business_date}")


@app.command("reapply")
def reapply(batch_id: Number, by: By, reason: Reason, on: Day = None) -> None:
    """Bring an earlier batch's landed copy back as the newest word on its source."""
    work, sources = _open()
    with work.register.transaction() as connection:
        batch = batches.get(connection, batch_id)
        newest = batches.applied(connection, batch.source_id)
    business_date = on.date() if on else (newest[0] if newest else batch).business_date
    result = replay.reapply(
        work, _source(sources, batch.source_name), batch_id, Decision(by, reason), business_date=business_date
    )
    _finish(result)


@app.command("report")
def report(
    batch_id: Number,
    by: By,
    reason: Reason = "rejected rows for the customer",
    to: Annotated[Path | None, typer.Option("--to", help="A file or folder; else the source's return folder.")] = None,
) -> None:
    """Make the workbook of rejected rows that goes back to the customer; it holds keys and is recorded."""
    work, sources = _open(Role.STEWARD)
    with work.register.transaction() as connection:
        source = _source(sources, batches.get(connection, batch_id).source_name)
    made = customer_report.make(work, batch_id, by=by, reason=reason)
    where = customer_report.give_back(work, source, made) if to is None else customer_report.keep(made, to)
    console.say(f"{where} is written: {made.entries} rejected rows and values. Recorded as document {made.number}.")


def _finish(result: Result) -> None:
    show([result], {}, [], result.batch.business_date)
    if result.status == "held":
        raise typer.Exit(HELD)


def _open(role: Role = Role.INGEST) -> tuple[Workplace, list[Source]]:
    settings = Settings.load()
    sources, _ = definitions.load_sources(settings)
    return definitions.open_workplace(settings, role=role), sources


def _source(sources: list[Source], name: str) -> Source:
    for source in sources:
        if source.name == name:
            return source
    raise NotFound(f"{name} has no sound source file any more.", "Put its file back, or mend it: mdo source check.")
