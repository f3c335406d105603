"""The retention policy as data: which rule ends the life of which data, counted from what, and on what basis.

Belongs here: the policy's form, the one that is shipped (`schemas/retention.yaml`), and the arithmetic of a period in
Python, for rows that are not in the database yet. Does not belong here: the engine (`register.retention`), or reading
an installation's own policy, which whoever has the settings does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Annotated, Any, Literal

import pandas as pd
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, ValidationError

from schemas.documents import Document, dotted

_PERIOD = re.compile(r"(\d{1,4}) (days?|months?|calendar years?)")
_BEGINS = "a retention policy begins with keys, such as name: shipped defaults"
#: Steps after which a row is no longer whoever's it was.
_ENDS = ("delete", "drop", "pseudonymise")


@dataclass(frozen=True)
class Period:
    """A period of calendar months, days, or calendar years of the Accounting Act; one of them."""

    months: int = 0
    days: int = 0
    calendar_years: int = 0

    @classmethod
    def parse(cls, text: Any) -> Period:
        """From ``6 months``, ``14 days`` or ``6 calendar years``."""
        if isinstance(text, Period):
            return text
        match = _PERIOD.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            raise ValueError("write a period such as 6 months, 14 days or 6 calendar years")
        unit = match[2].rstrip("s").replace(" ", "_")
        return cls(**{f"{unit}s": int(match[1])})

    def __str__(self) -> str:
        for number, unit in ((self.months, "month"), (self.calendar_years, "calendar year")):
            if number:
                return f"{number} {unit}{'s' if number > 1 else ''}"
        return f"{self.days} day{'' if self.days == 1 else 's'}"

    def is_over(self, triggers: pd.Series, today: pd.Timestamp) -> pd.Series:
        """Whether it is past: a boolean mask, false where there is no trigger (policy 3.2).

        The last day is the trigger plus the period, clamped to the end of the month (30 and 31 August and six months
        give 28 February); the row is due on the day after it.

        Args:
            triggers: local dates, ``datetime64`` at midnight.
        """
        last_day = triggers + pd.DateOffset(months=self.months, days=self.days)
        return (today > last_day).fillna(False).astype(bool)

    def first_day_within(self, today: pd.Timestamp) -> pd.Timestamp:
        """The first day whose period is not over: its last day is today or later (policy 3.2)."""
        # Calendar months are added to the trigger, so the boundary is looked for among the days around it.
        days = pd.Series(pd.date_range(today - pd.DateOffset(months=self.months, days=self.days + 3), periods=8))
        return days[~self.is_over(days, today)].iloc[0]


Written = Annotated[Period, BeforeValidator(Period.parse), PlainSerializer(str)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, arbitrary_types_allowed=True)


class Step(_Part):
    """One thing that a rule does to one kind of data.

    Attributes:
        of: the record type or table.
        trigger: the event from whose local date the period is counted.
        to: of a coarsening, what is left.
        mark: whether law asks for the period at the least, or it is the project's or installation's own choice.
        at_least: the shortest period that it may be changed to: a legal minimum, or what something else depends on.
    """

    of: str
    trigger: str = Field(alias="from")
    after: Written
    do: Literal["delete", "drop", "coarsen", "pseudonymise", "report"]
    to: str = ""
    mark: Literal["own choice", "legal minimum"]
    at_least: Written | None = None

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What tells it apart from the other steps of its rule."""
        return self.of, self.trigger, self.do, self.to


class PeriodGuard(_Part):
    """How many whole days or months at once are usual; 0: its steps are never held."""

    periods: int = Field(ge=0)


class Guard(_Part):
    """How much of a table may go in one night without a person's approval.

    Attributes:
        share, rows: more than either holds it.
        floor: so few rows are never held by their share.
        approve_within: how long the approval may take, and holds.
    """

    share: float = Field(gt=0, le=1)
    rows: int = Field(gt=0)
    floor: int = Field(ge=0)
    approve_within: Written


class Rule(_Part):
    """One retention rule."""

    data: str
    groups: tuple[str, ...]
    source: str
    exceptions: tuple[Literal["hold", "open_claim", "related_invoice", "decisions"], ...]
    guard: PeriodGuard | Guard | None = None
    steps: tuple[Step, ...]

    def in_words(self, of: str) -> str:
        """What it says of a kind of data, or of its first kind."""
        steps = [step for step in self.steps if step.of == of] or [self.steps[0]]
        ends = [step for step in steps if step.do in _ENDS] or steps
        return "; ".join(f"{step.after} from {step.trigger}" for step in ends)


class Policy(_Part):
    """A whole policy; rules by id."""

    name: str
    controller: str
    guard: Guard
    rules: dict[str, Rule]

    @property
    def version(self) -> str:
        """What tells it apart from every other: the beginning of its digest."""
        return hashlib.sha256(self.model_dump_json(by_alias=True).encode()).hexdigest()[:12]

    def steps(self) -> Iterator[tuple[str, Step]]:
        """Each rule's id with each of its steps."""
        return ((name, step) for name, rule in self.rules.items() for step in rule.steps)

    def step(self, of: str, do: str, *, to: str = "", trigger: str = "") -> Step:
        """The one step of that description."""
        wanted = (of, do, to)
        (found,) = (
            step for _, step in self.steps() if (step.of, step.do, step.to) == wanted and trigger in ("", step.trigger)
        )
        return found

    def taken(self, event: str) -> Period:
        """How old an event may be that is still taken: an action older than its pseudonym would get a new one."""
        ends = [step.after for _, step in self.steps() if step.of == event and step.do in _ENDS]
        return min(ends, key=lambda period: period.months * 31 + period.days)


def parse(text: str, file: str) -> Policy:
    """The policy in a text; `file` is its name in errors.

    Raises:
        ConfigurationRefused: where it breaks its form or the shipped policy's bounds; one line per problem, with file
            and line.
    """
    policy, document = _read(text, file)
    for at, message in _differences(policy):
        document.note(document.line_of(at), f"{dotted(at)}: {message}")
    document.refuse()
    return policy


def _read(text: str, file: str) -> tuple[Policy, Document]:
    document = Document(file, begins=_BEGINS)
    data = document.read(text)
    document.refuse()
    invalid: ValidationError | None = None
    policy: Policy | None = None
    try:
        policy = Policy.model_validate(data)
    except ValidationError as error:
        invalid = error
    if invalid is not None:
        for item in invalid.errors(include_url=False, include_input=False):
            at = document.written(item["loc"])
            document.note(document.line_of(at), f"{dotted(item['loc'])}: {_message(item)}")
    document.refuse()
    assert policy is not None
    return policy, document


def _message(item: Any) -> str:
    messages = {"missing": "is missing; write it", "extra_forbidden": "is not known here; remove it"}
    if item["type"] == "value_error":
        return str(item["ctx"]["error"])
    return messages.get(item["type"], item["msg"])


def _differences(policy: Policy) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Where it is none that the engine can enforce: other rules or steps, or a shorter period than the law asks."""
    for name in SHIPPED.rules.keys() - policy.rules.keys():
        yield ("rules",), f"the rule {name} is missing; copy it from the shipped policy"
    for name, rule in policy.rules.items():
        if name not in SHIPPED.rules:
            yield ("rules", name), "there is no such rule in the shipped policy; remove it"
            continue
        shipped = {step.identity: step for step in SHIPPED.rules[name].steps}
        for number, step in enumerate(rule.steps):
            at = ("rules", name, "steps", number)
            meant = shipped.pop(step.identity, None)
            if meant is None:
                yield at, "the shipped policy has no such step in this rule; of, from, do and to stay as they are"
            elif _unit(step.after) != _unit(meant.after):
                yield (*at, "after"), f"write it in the unit of the shipped policy: {meant.after}"
            elif meant.at_least and _amount(step.after) < _amount(meant.at_least):
                asks = "the law asks" if meant.mark == "legal minimum" else "what depends on it asks"
                yield (*at, "after"), f"{asks} for {meant.at_least} at the least ({SHIPPED.rules[name].source})"
        for left in shipped.values():
            yield ("rules", name), f"the step of {left.of} counted from {left.trigger} is missing, or stands twice"


def _unit(period: Period) -> str:
    return "years" if period.calendar_years else "months" if period.months else "days"


def _amount(period: Period) -> int:
    return period.calendar_years or period.months or period.days


#: The policy as shipped.
SHIPPED: Policy = _read(resources.files("schemas").joinpath("retention.yaml").read_text("utf-8"), "retention.yaml")[0]
