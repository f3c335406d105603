"""The plots of a night's page, as SVG to be put into HTML.

Belongs here: drawing counts. Does not belong here: counting, or the page around them (`pipelines.night.page`).

Matplotlib takes a second to import, so it is imported when something is drawn, and drawn without its global state.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import cycle
from typing import TYPE_CHECKING, Any

from register.nights import Counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BLUE, _RED, _AMBER, _GREEN, _GREY = "#3b6ea5", "#b3402a", "#d19a2a", "#4b8b57", "#9aa0a6"

#: Colours of what there may be any number of.
_MANY = (_BLUE, _AMBER, _GREEN, _RED, _GREY, "#7a5c99", "#4aa3a3", "#b58863")

#: Inches of a plot's width, and of one bar's height.
_WIDTH, _BAR = 8.0, 0.28

#: Of more bars than this the largest are drawn; the tables below have all.
MOST_BARS = 25


def bars(counts: Sequence[tuple[str, int]], label: str, *, bad: bool = False) -> str:
    """A horizontal bar for each name, the largest first; empty where there is nothing to draw."""
    drawn = sorted(counts, key=lambda one: (-one[1], one[0]))[:MOST_BARS][::-1]
    if not drawn:
        return ""
    axes, figure = _axes(0.8 + _BAR * len(drawn))
    shown = axes.barh([name for name, _ in drawn], [count for _, count in drawn], color=_RED if bad else _BLUE)
    axes.bar_label(shown, fmt="{:,.0f}", padding=3, fontsize=8)
    axes.set_xlabel(label)
    return _svg(figure)


def states(trend: Sequence[Counted]) -> str:
    """For each night the sources by what became of them."""
    if len(trend) < 2:
        return ""
    axes, figure = _axes(2.4)
    below = [0] * len(trend)
    days = [f"{one.business_date:%d.%m.}" for one in trend]
    parts = (("applied", _GREEN), ("held", _AMBER), ("failed", _RED), ("ended", _GREY))
    for name, colour in parts:
        counts = [getattr(one, name) for one in trend]
        axes.bar(days, counts, bottom=below, color=colour, label=name)
        below = [old + new for old, new in zip(below, counts, strict=True)]
    return _dated(axes, figure, days, "sources")


def rows(trend: Sequence[Counted]) -> str:
    """For each night the rows changed, absent and in quarantine."""
    if len(trend) < 2:
        return ""
    axes, figure = _axes(2.4)
    days = [f"{one.business_date:%d.%m.}" for one in trend]
    for name, colour in (("changed", _BLUE), ("absent", _GREY), ("quarantined", _RED)):
        axes.plot(days, [getattr(one, name) for one in trend], color=colour, label=name, marker=".")
    axes.set_ylim(bottom=0)
    return _dated(axes, figure, days, "rows")


def falling(days: Sequence[date], by_rule: Mapping[str, Mapping[date, int]]) -> str:
    """For each day to come the rows that fall due, by rule; empty where none do."""
    if not by_rule:
        return ""
    axes, figure = _axes(2.4)
    below = [0] * len(days)
    names = [f"{day:%d.%m.}" for day in days]
    for (rule, counts), colour in zip(by_rule.items(), cycle(_MANY), strict=False):
        rows = [counts.get(day, 0) for day in days]
        axes.bar(names, rows, bottom=below, color=colour, label=rule)
        below = [old + new for old, new in zip(below, rows, strict=True)]
    return _dated(axes, figure, names, "rows due")


def _dated(axes: Axes, figure: Any, days: Sequence[str], label: str) -> str:
    every = max(1, len(days) // 10)
    axes.set_xticks(range(0, len(days), every), days[::every])
    axes.set_ylabel(label)
    axes.legend(frameon=False, fontsize=8, ncols=4, loc="upper left", bbox_to_anchor=(0, 1.2))
    return _svg(figure)


def _axes(height: float) -> tuple[Axes, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)
    return axes, figure


def _svg(figure: Any) -> str:
    """The plot as an SVG element, the same for the same counts, its words as text."""
    from matplotlib import rc_context

    drawn = io.StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "mdo", "font.family": "sans-serif"}):
        figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    text = drawn.getvalue()
    return text[text.index("<svg") :]
