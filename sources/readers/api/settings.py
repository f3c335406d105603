"""How a source's YAML says that its register is behind an HTTP API.

Belongs here: the ``read:`` block with ``type: api`` and what holds between its parts. Does not belong here: the parts
(see the neighbouring modules), or asking anything.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from sources.readers.api import paths
from sources.readers.api.auth import Auth, NoAuth
from sources.readers.api.pagination import NextUrl, OnePage, Pages, Scim
from sources.readers.api.part import Address, HeaderName, HeaderText, Parameter, Part, Secret
from sources.readers.api.paths import Path
from sources.readers.api.select import Select
from sources.readers.api.window import ChangedSince
from sources.retrying import Retry


class Limits(Part):
    """What a read may cost. Beyond any of these it is refused."""

    page_bytes: int = Field(default=32_000_000, ge=100, le=1_000_000_000, description="Bytes of one answer, unpacked.")
    pages: int = Field(default=100_000, ge=1, le=10_000_000, description="Answers in one read.")
    records: int = Field(default=10_000_000, ge=1, le=100_000_000, description="Records in one read.")
    silence_seconds: float = Field(default=30, gt=0, le=600, description="Seconds without a byte.")
    answer_seconds: float = Field(default=120, gt=0, le=3600, description="Seconds for one whole answer.")
    read_seconds: float = Field(default=7200, gt=0, le=86_400, description="Seconds for the whole read.")


class ApiRead(Part):
    """Where the API is, how it is asked, and where in its answers the register stands."""

    type: Literal["api"] = Field(description="An HTTP API that answers with JSON.")
    url: Address = Field(description="Address of the list, without parameters; https unless it is on this machine.")
    auth: Auth = Field(NoAuth(), description="Who asks: none, header, basic, bearer or oauth2.")
    headers: dict[HeaderName, HeaderText | Secret] = Field({}, description="Headers of each request.")
    params: dict[Parameter, Annotated[str, StringConstraints(max_length=2000)]] = Field(
        {}, description="Parameters of the address."
    )
    pages: Pages = Field(
        OnePage(), description="How it pages: none, number, offset, cursor, next_url, link_header or scim."
    )
    records: Path | None = Field(
        None, description="Path to the list of records in an answer; by default the answer is the list itself."
    )
    columns: dict[Annotated[str, StringConstraints(min_length=1, max_length=200)], Path] = Field(
        {},
        description=(
            "Names for what stands deeper in a record: {Sähköposti: 'emails[?primary].value | [0]'}. A column that is "
            "not named here is itself a field, or a path such as name.givenName or emails[0].value."
        ),
    )
    select: Select | None = Field(None, description="How to ask for the mapped fields only.")
    total: Path | None = Field(None, description="Path to the number of records that the API declares.")
    changed_since: ChangedSince | None = Field(None, description="How to ask only for what changed.")
    join: str = Field(
        ",", min_length=1, max_length=5, description="What stands between the items of a list that fills one cell."
    )
    missing: tuple[str, ...] = Field((), description="Texts that mean that a value is missing, such as NULL or -.")
    decimal: Literal[",", "."] = Field(".", description="The decimal separator of numbers.")
    retry: Retry = Field(Retry(), description="When to try again.")
    limits: Limits = Field(Limits(), description="What a read may cost.")

    @field_validator("join")
    @classmethod
    def _joins(cls, value: str) -> str:
        if value.isalnum():
            raise ValueError("write a sign that stands in no item, such as , ; or |")
        return value

    @model_validator(mode="after")
    def _asks_once(self) -> ApiRead:
        ours = [*self.params, *(self.select.parameters([]) if self.select else []), *self._window_names()]
        if len(set(ours)) < len(ours):
            raise ValueError("params, select and changed_since set the same parameter; put it in one of them")
        return self

    def _window_names(self) -> list[str]:
        return list(self.changed_since.parameters) if self.changed_since else []

    @property
    def list_path(self) -> str:
        """Path to the list of records in an answer."""
        if self.records is not None:
            return self.records
        if isinstance(self.pages, Scim):
            return "Resources"
        odata = isinstance(self.pages, NextUrl) and "@odata." in self.pages.next
        return "value" if odata else "@"

    @property
    def total_path(self) -> str | None:
        """Path to the declared total, if any."""
        if self.total is None:
            return "totalResults" if isinstance(self.pages, Scim) else None
        return self.total

    def expression(self, column: str) -> str:
        """The path that a column stands for."""
        return self.columns.get(column) or paths.expression(column)
