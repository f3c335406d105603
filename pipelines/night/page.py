"""The page of a night: one HTML file with everything in it.

Belongs here: the sections of the page and where it is written. Does not belong here: the counts (`assets.night`), the
plots (`pipelines.night.charts`), or how a section looks (`night.html`).

The page may be handed on: sources, states, rules and counts, and no key, file, column or value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from assets.night import Night
from assets.standing import Standing, State
from pipelines.night import charts, outlook
from pipelines.night.section import Section


def _needs_somebody(night: Night) -> Section:
    said = "" if night.open else "Nothing needs anybody."
    heads = ("state", "source", "date", "what happened", "next", "owner")
    rows = [
        (one.state.value, one.source, one.business_date, one.what, "\n".join(one.next), one.owner) for one in night.open
    ]
    return Section("What needs somebody", said, heads=heads, rows=rows)


def _sources(night: Night) -> Section:
    counted = ("read", "inserted", "updated", "unchanged", "absent", "quarantined")
    rows = [(one.source, one.state.value, *_counts(one, counted)) for one in night.standings]
    read = [(one.source, one.batch.counts["read"]) for one in night.standings if one.batch]
    states = ", ".join(f"{count} {state}" for state, count in night.states.items())
    return Section("Sources", states, charts.bars(read, "rows read"), ("source", "state", *counted), rows)


def _counts(one: Standing, names: Sequence[str]) -> list[Any]:
    return [one.batch.counts[name] if one.batch else "" for name in names]


def _held(night: Night) -> Section:
    plans = [one for one in [*night.standings, *night.waiting] if one.state in (State.HELD, State.RELEASED)]
    said = "" if plans else "No plan is held."
    rows = [(str(one.batch.id), one.source, one.business_date, ", ".join(one.guards)) for one in plans if one.batch]
    return Section("Held plans", said, heads=("batch", "source", "date", "guards"), rows=rows)


def _rejected(night: Night) -> Section:
    by_rule: Counter[str] = Counter()
    for one in night.rejected:
        by_rule[one.rule] += one.rows
    said = "" if by_rule else "Every row and value was taken."
    rows = [(one.source, one.rule, one.effect, one.rows) for one in night.rejected]
    plot = charts.bars(list(by_rule.items()), "rows", bad=True)
    return Section("Rejected, by rule", said, plot, ("source", "rule", "effect", "rows"), rows)


def _states(night: Night) -> Section:
    return Section("Sources over the last nights", plot=charts.states(night.trend))


def _rows(night: Night) -> Section:
    return Section("Rows over the last nights", plot=charts.rows(night.trend))


def _kept_sending(night: Night) -> Section:
    said = (
        "For more than 30 days these registers have shown rows that may not be kept: of persons who were erased, or "
        "past their retention. Nothing of them is taken in. Ask the owner to stop sending them; mdo batch report says "
        "the same to the customer, without naming anybody."
    )
    rows = [(one.source, one.suppressed, one.expired) for one in night.kept_sending]
    heads = ("source", "suppressed", "expired")
    return Section("Rows that are still sent and may not be kept", said if rows else "", heads=heads, rows=rows)


def _ending(night: Night) -> Section:
    said = "After the last day the source is not read until it is renewed."
    rows = [(one.last_day, source, one.what, one.next) for source, one in night.ending]
    return Section("What ends soon", said if rows else "", heads=("last day", "source", "what", "next"), rows=rows)


#: The page from top to bottom. A section with nothing to say is left out.
SECTIONS: tuple[Callable[[Night], Section], ...] = (
    *(_needs_somebody, _sources, _held, _ending, _rejected, _kept_sending),
    *(outlook.queue, outlook.decided, outlook.due),
    *(_states, _rows),
)


def render(night: Night) -> str:
    """The page as HTML, which fetches nothing from anywhere."""
    sections = [section for make in SECTIONS if (section := make(night)).says_something]
    return _template().render(night=night, sections=sections)


def markdown(night: Night) -> str:
    """The page without plots, for Dagster's pages."""
    return "\n\n".join(text for make in SECTIONS if (text := make(night).markdown()))


def write(night: Night, folder: Path) -> Path:
    """Writes ``folder/DATE.html``, in place of an earlier one; the path."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    page = folder / f"{night.business_date}.html"
    unfinished = page.with_suffix(".new")
    unfinished.write_text(render(night), encoding="utf-8")
    unfinished.replace(page)
    return page


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("pipelines.night", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("night.html")
