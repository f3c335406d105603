"""``mdo sync``: the night, by hand.

Belongs here: choosing sources and a date, running the same assets as the UI, and the summary. Does not belong here: the
sync itself (`assets.sync`).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated

import dagster as dg
import typer
from dagster._core.execution.plan.objects import StepFailureData
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from assets import sync as assets_sync
from assets.naming import MERGED, PULLED, VALIDATED, asset_key, op_name
from assets.sync import Result
from pipelines import definitions, schedules
from pipelines.command import console
from pipelines.settings import ZONE, Settings
from schemas.errors import NotFound, Refusal
from sources.config import Source

ALL_MERGED, FAILED, HELD = 0, 1, 3

#: Counts that the summary always shows, and those that it shows where some source has any.
_ALWAYS = ("read", "inserted", "updated", "unchanged", "absent", "quarantined")
_WHERE_ANY = ("duplicate", "out_of_scope", "suppressed", "expired")

Failures = dict[str, str]


def sync(
    on: Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Business date; today.")] = None,
    customer: Annotated[str | None, typer.Option(help="Only this customer's sources.")] = None,
    source: Annotated[str | None, typer.Option(help="Only this source, as customer/register.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Plan and judge, and keep nothing.")] = False,
) -> None:
    """Sync sources for one business date; exit code 0 all merged, 1 something failed, 3 something held."""
    settings = Settings.load()
    sources, refusals = definitions.load_sources(settings)
    business_date = on.date() if on else settings.today()
    try:
        chosen = choose(sources, customer, source)
    except NotFound:
        for refusal in refusals:  # perhaps the very file that was meant
            console.error(str(refusal))
        raise
    results, failures = run(settings, sources, refusals, chosen, business_date, dry_run=dry_run)
    show(results, failures, refusals, business_date, dry_run=dry_run)
    everything = customer is None and source is None
    raise typer.Exit(exit_code(results, failures, refusals if everything else []))


def choose(sources: list[Source], customer: str | None, name: str | None) -> list[Source]:
    """The sources meant, in the order in which a night takes them.

    Raises:
        NotFound: where there are none.
    """
    chosen = [
        one for one in sources if (customer is None or one.customer == customer) and (name is None or one.name == name)
    ]
    if not chosen:
        raise NotFound("No source file describes what was asked for.", "mdo source list shows the sources.")
    return sorted(chosen, key=lambda one: one.turn)


def run(
    settings: Settings,
    sources: list[Source],
    refusals: list[Refusal],
    chosen: list[Source],
    business_date: date,
    *,
    dry_run: bool = False,
) -> tuple[list[Result], Failures]:
    """Syncs the chosen sources and shows progress; what became of each, and what failed.

    Raises:
        Refusal: for a date on which no source is valid, or that has not begun.
    """
    days = schedules.partitions(sources)
    noon = datetime.combine(settings.today(), time(12), ZONE)
    with dg.partition_loading_context(effective_dt=noon):
        if not days.has_partition_key(business_date.isoformat()):
            raise Refusal(
                f"{business_date} is no date to sync.",
                f"Give one from {days.get_first_partition_key()} to {settings.today()}.",
            )
        return _run(settings, sources, refusals, chosen, business_date, dry_run=dry_run)


def _run(
    settings: Settings,
    sources: list[Source],
    refusals: list[Refusal],
    chosen: list[Source],
    business_date: date,
    *,
    dry_run: bool,
) -> tuple[list[Result], Failures]:
    results: list[Result] = []
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console.out, transient=True
    ) as progress:
        task = progress.add_task("starting", total=None)

        def listen(source: str, step: str, rows: int) -> None:
            progress.update(task, description=f"{source}: {step}" + (f" {rows:,} rows" if rows else ""))

        work = definitions.open_workplace(settings, listener=listen, reporter=results.append)
        if dry_run:
            return results, _preview(
                chosen, lambda one: results.append(assets_sync.sync(work, one, business_date, dry_run=True))
            )
        os.environ["DAGSTER_HOME"] = str(settings.dagster_home())
        built = definitions.build(settings=settings, sources=sources, refusals=refusals, workplace=work)
        return results, _execute(built, chosen, business_date)


def _preview(chosen: list[Source], one: Callable[[Source], None]) -> Failures:
    failures: Failures = {}
    for source in chosen:
        try:
            one(source)
        except Refusal as refusal:
            failures[source.name] = str(refusal)
    return failures


def _execute(built: dg.Definitions, chosen: list[Source], business_date: date) -> Failures:
    """Runs the chosen sources' assets in this process; the run and its events appear in the UI."""
    keys = [asset_key(source, step) for source in chosen for step in (PULLED, VALIDATED, MERGED)]
    job = dg.define_asset_job("sync_by_hand", selection=dg.AssetSelection.assets(*keys))
    whole = dg.Definitions.merge(built, dg.Definitions(jobs=[job]))
    failures: Failures = {}
    with dg.DagsterInstance.get() as instance:
        ran = whole.resolve_job_def("sync_by_hand").execute_in_process(
            instance=instance,
            partition_key=business_date.isoformat(),
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
        names = {op_name(source.name): source.name for source in chosen}
        for event in ran.filter_events(lambda event: event.is_step_failure):
            failures[names[str(event.step_key)]] = said_of(event.step_failure_data)
    return failures


def said_of(failed: StepFailureData) -> str:
    """What the op said of its failure; after the last try it stands in the error's cause."""
    if failed.user_failure_data is not None and failed.user_failure_data.description:
        return failed.user_failure_data.description
    if failed.error is not None and failed.error.cause is not None:
        return failed.error.cause.message.partition(": ")[2].strip()
    return "It failed; see the run in the UI."


def exit_code(results: list[Result], failures: Failures, refusals: list[Refusal]) -> int:
    """0 all merged, 1 something failed, 3 something held."""
    if failures or refusals:
        return FAILED
    return HELD if any(is_held(result) for result in results) else ALL_MERGED


def is_held(result: Result) -> bool:
    """Whether a plan waits for a person, or would if the dry run were real."""
    return result.status == "held" or (result.status == "planned" and bool(result.alarms))


def show(
    results: list[Result], failures: Failures, refusals: list[Refusal], business_date: date, *, dry_run: bool = False
) -> None:
    """The summary: a row per source, then what needs somebody, with the next command."""
    what = "Dry run" if dry_run else "Sync"
    shown = [*_ALWAYS, *(name for name in _WHERE_ANY if any(result.counts[name] for result in results))]
    rows = [
        [result.source, console.status(result.status), *(result.counts[name] for name in shown)]
        for result in sorted(results, key=lambda result: result.source)
    ]
    rows += [[name, console.status("failed"), *([""] * len(shown))] for name in sorted(failures)]
    heads = ["source", "status", *(name.replace("_", " ") for name in shown)]
    console.table(f"{what} of {business_date}", heads, rows, right=heads[2:])
    for result in results:
        if is_held(result):
            show_alarms(result, dry_run=dry_run)
        if result.rejected:
            columns = ["rule", "column", "effect", "rows"]
            console.table(
                f"{result.source}: not taken",
                columns,
                [[item.rule, item.column, item.effect, item.rows] for item in result.rejected],
                right=["rows"],
            )
        dropped = result.batch.pulled.get("columns_dropped", [])
        if dropped:
            console.say(f"{result.source}: columns not declared and not read: {', '.join(dropped)}", "dim")
    for name, said in sorted(failures.items()):
        console.error(f"{name}: {said}")
    for refusal in refusals:
        console.error(str(refusal))


def show_alarms(result: Result, *, dry_run: bool = False) -> None:
    """Why a plan is held, and what to do."""
    verb = "would be held" if dry_run else "is held"
    console.say(f"{result.source}: the plan {verb}, because", "yellow")
    for alarm in result.alarms:
        column = f" ({alarm['column']})" if alarm["column"] else ""
        console.say(f"  {alarm['guard']}{column}: {alarm['says']}", "yellow")
    if not dry_run:
        console.say(
            f"  Look: mdo batch show {result.batch.id}\n"
            f"  Then: mdo batch release {result.batch.id} --by NAME --reason WHY (or discard in place of release)",
            "yellow",
        )
