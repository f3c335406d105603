"""``mdo retention``: what is due, ending it, and the evidence of it.

Belongs here: planning, applying, approving and showing. Does not belong here: what is due (`register.retention`).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated

import typer

from pipelines import definitions
from pipelines.command import console
from pipelines.command.batch import By, Reason
from pipelines.settings import Settings
from register import evidence as register_evidence
from register.retention import counts, guard, run, years
from register.retention.report import Night
from register.retention.years import FinancialYear
from register.roles import Role

app = typer.Typer(help="Retention: what is due, ending it, and the evidence of it.", no_args_is_help=True)

Day = Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="The business date; today.")]


@app.command("plan")
def plan(on: Day = None) -> None:
    """Show what is due, what is kept and why, and what waits for a person. Nothing is deleted."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.RETENTION)
    night = run.plan(work.register, work.policy, on.date() if on else settings.today())
    _show(night)


@app.command("apply")
def apply(on: Day = None) -> None:
    """End what is due, as the nightly job does. Doing it twice changes nothing."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.RETENTION)
    night = run.apply(
        work.register,
        work.policy,
        on.date() if on else settings.today(),
        today=settings.today(),
        wait_seconds=work.wait_seconds,
        ledger=work.vault.ledger if work.vault else None,
    )
    rows = [[entry.rule, entry.action, entry.table, entry.reason, entry.rows] for entry in night.done]
    console.table("Done", ["rule", "action", "table", "", "rows"], rows, right=["rows"])
    _say_rest(night)
    with work.register.transaction() as connection:
        found = register_evidence.digest(connection, night.business_date)
    console.say(f"Evidence of {night.business_date}, up to entry {found.last_id}: SHA-256 {found.digest}")


@app.command("approve")
def approve(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Its number; mdo retention plan shows it.")],
    by: By,
    reason: Reason,
) -> None:
    """Let a held deletion go with the next run, within the days that the policy gives."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.STEWARD)
    with work.register.transaction() as connection:
        guard.approve(connection, number, by=by, reason=reason, on=settings.today())
    console.say(f"Deletion {number} is approved; the next run carries it out (mdo retention apply does it now).")


@app.command("evidence")
def evidence(
    first: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="The first night.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The last night; today.")] = None,
    entry: Annotated[
        int | None, typer.Option(help="The digest up to this entry, as a night's report shows it.")
    ] = None,
) -> None:
    """Show what was deleted, coarsened, refused and released, and each night's digest."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.AUDITOR)
    until = last.date() if last else settings.today()
    since = first.date() if first else until - timedelta(days=30)
    with work.register.transaction() as connection:
        entries = register_evidence.listed(connection, since, until)
        nights = sorted({one.business_date for one in entries if one.business_date})
        digests = [(night, register_evidence.digest(connection, night, last_id=entry)) for night in nights]
    rows = [
        [one.business_date, one.rule, one.action, one.table, one.reason or one.reference, one.rows, _span(one)]
        for one in entries
    ]
    heads = ["date", "rule", "action", "table", "reason", "rows", "counted from"]
    console.table("Evidence", heads, rows, right=["rows"])
    shown = [[night, found.entries, str(found.last_id), found.digest] for night, found in digests if found.entries]
    console.table("Digests", ["date", "entries", "up to", "SHA-256"], shown, right=["entries"])


@app.command("policy")
def policy() -> None:
    """Show the retention policy in force."""
    settings = Settings.load()
    held = settings.policy()
    where = settings.retention_policy or "the shipped one"
    console.say(f"{held.name}, version {held.version} ({where}); financial years of {held.controller}")
    rows = []
    for rule, about in held.rules.items():
        of_rule = (rule, about.source, ", ".join(about.exceptions))
        for step in about.steps:
            rows.append([of_rule[0], step.of, step.do, str(step.after), step.trigger, step.mark, *of_rule[1:]])
            of_rule = ("", "", "")
    heads = ["rule", "data", "action", "after", "counted from", "period is", "source", "except"]
    console.table("Retention policy", heads, rows)
    limits = held.guard
    console.say(
        f"More than {limits.share:.0%} or {limits.rows} rows of a table in a night wait for approval, which is due "
        f"within {limits.approve_within}."
    )


@app.command("contracts")
def contracts() -> None:
    """Count the contracts that have gone, by product, service and years; groups of fewer than five are not shown."""
    work = definitions.open_workplace(Settings.load(), role=Role.AUDITOR)
    with work.register.transaction() as connection:
        found = counts.shown(connection)
    rows = [[one.product_code, one.service_code, one.first_year, one.last_year, one.contracts] for one in found]
    console.table("Contracts", ["product", "service", "opened", "terminated", "contracts"], rows, right=["contracts"])


@app.command("years")
def list_years() -> None:
    """List the financial years, which decide how long invoices are kept."""
    work = definitions.open_workplace(Settings.load(), role=Role.AUDITOR)
    with work.register.transaction() as connection:
        known = years.listed(connection)
    console.table(
        "Financial years",
        ["of", "first day", "last day"],
        [[one.controller, one.first_day, one.last_day] for one in known],
    )


@app.command("year")
def add_year(
    first: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="Its first day.")],
    last: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="Its last day.")],
) -> None:
    """Enter a financial year of the policy's bookkeeper."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.STEWARD)
    year = FinancialYear(settings.policy().controller, first.date(), last.date())
    with work.register.transaction() as connection:
        years.add(connection, year)
    console.say(f"The financial year {year.first_day} to {year.last_day} of {year.controller} is known.")


def _show(night: Night) -> None:
    rows = [
        [line.rule, line.do, line.table, line.rows, _reasons(line.refused), line.first_day, line.last_day]
        for line in night.lines
    ]
    heads = ["rule", "action", "table", "due", "kept", "counted from", "to"]
    console.table(f"Due on {night.business_date}, policy {night.policy_version}", heads, rows, right=["due"])
    _say_rest(night)


def _say_rest(night: Night) -> None:
    for one in night.held:
        if one.approved_by is not None:
            console.say(f"Deletion {one.number}: approved by {one.approved_by}; the next run carries it out.")
            continue
        number = f"Deletion {one.number}" if one.number else "A deletion, numbered by the next run,"
        console.say(
            f"{number} waits for a person since {one.since}{' (overdue)' if one.overdue else ''}: "
            f"{one.rule}, {one.rows} of {one.of_rows} in {one.table}.",
            "red" if one.overdue else "yellow",
        )
    watch = {
        "accounts that the service should disable (R4b)": night.watch.idle_accounts,
        "claims that may be time-barred, for a person to look at (R2c)": night.watch.time_barred,
        "invoices of no known financial year, which are kept (R2a; mdo retention year)": night.watch.without_year,
        "legal holds past their review (mdo hold list)": night.watch.unreviewed_holds,
        "cases of suppression past their review (R12; mdo suppression list)": night.watch.unreviewed_suppressions,
        "customers whose registers were busy; the next run takes them": night.busy,
    }
    for what, many in watch.items():
        if many:
            console.say(f"{many} {what}", "yellow")


def _reasons(refused: dict[str, int]) -> str:
    return ", ".join(f"{reason.replace('_', ' ')} {rows}" for reason, rows in refused.items())


def _span(entry: register_evidence.Noted) -> str:
    days: list[date] = [day for day in (entry.first_day, entry.last_day) if day]
    return " to ".join(str(day) for day in dict.fromkeys(days))
