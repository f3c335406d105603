"""Limits beyond which a night changes nothing until a named person releases it.

Belongs here: the ``guards:`` block with its defaults. Does not belong here: judging a plan by it (see `register`).

Each share has a floor, so that a small register does not cry wolf: a plan is held only when both are passed. A removed
share of 0.05 with a floor of 20 holds when more than 5 % **and** more than 20 rows would go.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sources.config.base import Part

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]


class Guards(Part):
    """Shares from 0 to 1, and floors in rows."""

    min_rows: Count = Field(default=1, description="Fewer rows than this hold the plan.")
    removed_share: Share = Field(default=0.05, description="Share of the present rows that may vanish.")
    removed_floor: Count = Field(default=20, description="Rows that may vanish whatever their share.")
    rejected_share: Share = Field(default=0.05, description="Share of the rows that may go to quarantine.")
    rejected_floor: Count = Field(default=20, description="Rows that may go to quarantine whatever their share.")
    changed_share: Share = Field(default=0.5, description="Share of the rows in which one column may change.")
    changed_floor: Count = Field(default=20, description="Rows in which one column may change whatever their share.")
    fill_drop: Share = Field(
        default=0.3, description="How far the filled share of a column may fall below its usual share."
    )
    fill_floor: Count = Field(
        default=20, description="Rows that a file must have before its filled shares are compared."
    )
    shrink_share: Share = Field(default=0.2, description="Share by which the file may have fewer rows than usual.")
    shrink_floor: Count = Field(default=20, description="Rows by which the file may be shorter whatever their share.")
    hetu_share: Share = Field(
        default=0.01, description="Share of rows with a personal identity code from which on the plan is held."
    )
    hetu_floor: Count = Field(
        default=3, description="Fewer rows with a personal identity code than this do not hold the plan."
    )
    card_floor: Count = Field(
        default=3, description="Rows with the number of a payment card from which on the plan is held; 0: never."
    )
    headcount: Count = Field(
        default=0, description="Rows that the contract speaks of; above 120 % of them the plan is held. 0: not agreed."
    )
    overlap_share: Share = Field(
        default=0.2, description="Share of the new rows that may stand under the same key and name at another customer."
    )
    overlap_floor: Count = Field(default=20, description="New rows that may so stand whatever their share.")
