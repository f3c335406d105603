"""The settings: what the environment variables MDO_* say, and what holds where they say nothing.

Belongs here: reading, checking and defaults. Does not belong here: anything about one source (its YAML file says it),
and any reading at import; whoever needs the settings calls `Settings.load`.
"""

from __future__ import annotations

import difflib
import os
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dagster import DagsterInstance
from pydantic import AfterValidator, Field, SecretStr, StringConstraints, TypeAdapter, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipelines.instance import opened, prepare
from register import embedded, key_file
from register.ledger import Ledger
from register.suppression.keys import Keys
from register.suppression.vault import Vault
from schemas.errors import ConfigurationRefused
from schemas.retention import SHIPPED, Policy, parse

#: The zone in which business dates and schedules are meant.
ZONE = ZoneInfo("Europe/Helsinki")

#: What each variable must hold, for the text of a refusal; the value itself is never repeated.
_WANTED = {
    "MDO_HOME": "a folder",
    "MDO_SOURCES": "a folder",
    "MDO_INBOX": "a folder",
    "MDO_DATABASE_URL": "a PostgreSQL URL such as postgresql://user@host:5432/name",
    "MDO_DAGSTER_DATABASE_URL": "a PostgreSQL URL such as postgresql://user@host:5432/dagster",
    "MDO_CODE_SOCKET": "a path",
    "MDO_DATABASE_ROLES": "on or off",
    "MDO_KEY_FILE": f"a file of {key_file.KEY_BYTES} random bytes",
    "MDO_SUPPRESSION_KEYS": "a folder",
    "MDO_LEDGER": "a file",
    "MDO_RETENTION_POLICY": "a file",
    "MDO_TODAY": "a date such as 2026-03-10",
    "MDO_ALERTS": "pairs of a country and an Apprise address",
    "MDO_PAGES_URL": "an address such as https://sync.example.fi",
    "MDO_DOCS_URL": "the address of a folder such as https://git.example.fi/mdo/docs",
}

_Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+[^\s]*[^\s/]$")]

_SCHEME = TypeAdapter(Annotated[str, StringConstraints(pattern=r"^postgres(ql)?(\+\w+)?://.+")])


def _postgresql(url: SecretStr) -> SecretStr:
    _SCHEME.validate_python(url.get_secret_value())
    return url


class Settings(BaseSettings):
    """The settings of one process, checked once."""

    model_config = SettingsConfigDict(
        env_prefix="MDO_", env_ignore_empty=True, frozen=True, hide_input_in_errors=True, populate_by_name=True
    )

    home: Path = Field(Path(".mdo"), description="Holds postgres/, dagster/, and by default inbox/, keys/, sources/")
    sources: Path = Field(Path("sources"), description="The source files; relative to MDO_HOME unless set")
    inbox: Path = Field(Path("inbox"), description="The folder that sources' paths are relative to")
    database_url: Annotated[SecretStr, AfterValidator(_postgresql)] | None = Field(
        None, description="Any PostgreSQL 15 to 18; without it, the embedded one in MDO_HOME/postgres"
    )
    dagster_database_url: Annotated[SecretStr, AfterValidator(_postgresql)] | None = Field(
        None, description="A database for Dagster's records; without it, SQLite files in MDO_HOME/dagster"
    )
    code_socket: Path = Field(Path("code.sock"), description="Where the processes of mdo serve meet")
    database_roles: bool = Field(True, description="off: everything is done as the login that MDO_DATABASE_URL names")
    key_file: Path = Field(Path("keys/row.key"), description="The key of row hashes; made on first use")
    suppression_keys: Path = Field(Path("keys/suppression"), description="The folder of the keys of suppression tokens")
    ledger: Path = Field(
        Path("ledger/erasures.jsonl"), description="The ledger of erasures; outside the database and its backups"
    )
    retention_policy: Path | None = Field(
        None, description="A retention policy of your own; without it, the shipped one holds"
    )
    alerts: SecretStr | None = Field(None, description="Where alerts go: pairs of a country and an Apprise address")
    pages_url: _Address = Field("http://127.0.0.1:3000", description="The address of the pages, for links in alerts")
    docs_url: _Address | None = Field(
        None, description="The address of the folder of these documents, for links on the pages"
    )
    fixed_today: date | None = Field(
        None, validation_alias="MDO_TODAY", description="The date to take for today, for rehearsals and tests"
    )

    @classmethod
    def load(cls, **overrides: Any) -> Settings:
        """Read the environment.

        Args:
            overrides: settings by field name that win over the environment.

        Raises:
            ConfigurationRefused: a variable holds what it must not, or is almost one of ours.
        """
        _refuse_misspelt()
        wrong: list[str] = []
        try:
            settings = cls(**overrides)
        except ValidationError as error:
            wrong = sorted({_variable(str(item["loc"][0])) for item in error.errors(include_input=False)})
        if wrong:
            said = " ".join(f"{name} must be {_WANTED.get(name, 'something else')}." for name in wrong)
            raise ConfigurationRefused(said, "Correct or unset it.")
        settings._refuse_one_database()
        return settings

    def _refuse_one_database(self) -> None:
        """Register and Dagster each keep their migrations in a table of the same name, and need other backups."""
        if self.database_url is None or self.dagster_database_url is None:
            return
        ours, dagsters = (
            url.get_secret_value().partition("://")[2].rpartition("@")[2]
            for url in (self.database_url, self.dagster_database_url)
        )
        if ours == dagsters:
            raise ConfigurationRefused(
                "MDO_DATABASE_URL and MDO_DAGSTER_DATABASE_URL name one database.",
                "Make a second database, such as dagster, in the same server.",
            )

    def model_post_init(self, context: Any, /) -> None:
        """Make every path absolute, so that a child process in another folder means the same."""
        home = self.home.expanduser().resolve()
        for name in ("sources", "inbox", "code_socket", "key_file", "suppression_keys", "ledger"):
            default = type(self).model_fields[name].default
            path = getattr(self, name).expanduser()
            chosen = path.resolve() if name in self.model_fields_set else home / default
            object.__setattr__(self, name, chosen)
        if self.retention_policy is not None:
            object.__setattr__(self, "retention_policy", self.retention_policy.expanduser().resolve())
        object.__setattr__(self, "home", home)

    @property
    def postgres(self) -> Path:
        """The data folder of the embedded PostgreSQL."""
        return self.home / "postgres"

    def today(self) -> date:
        """Today in Europe/Helsinki, or MDO_TODAY."""
        return self.fixed_today or datetime.now(ZONE).date()

    def database(self) -> str:
        """The URL of the register's database; starts or joins the embedded PostgreSQL where it is the one in use.

        Raises:
            Refusal: the embedded PostgreSQL does not start.
        """
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return embedded.start(self.postgres)

    def shown_database(self) -> str:
        """The database in words that hold no secret."""
        if self.database_url is None:
            return f"the embedded PostgreSQL in {self.postgres}"
        parts = urlsplit(self.database_url.get_secret_value())
        return f"PostgreSQL at {parts.hostname or 'a socket'}, database {parts.path.lstrip('/') or 'of the user'}"

    def alerts_setting(self) -> str | None:
        """What MDO_ALERTS says; it holds secrets (`pipelines.night.services` reads it)."""
        return self.alerts.get_secret_value() if self.alerts else None

    @property
    def nights(self) -> Path:
        """The folder of the nights' pages."""
        return self.home / "nights"

    def dagster_home(self) -> Path:
        """The folder for DAGSTER_HOME, prepared."""
        return prepare(self.home, in_postgresql=self.dagster_database_url is not None)

    def dagster_instance(self) -> AbstractContextManager[DagsterInstance]:
        """Dagster's instance with its records, for use in this process.

        Raises:
            TryLater: its database is not to be had.
        """
        return opened(self.dagster_home())

    def environment(self) -> dict[str, str]:
        """The settings as variables for a child process; paths are absolute, unset ones are left out."""
        variables = {
            "MDO_HOME": str(self.home),
            "MDO_SOURCES": str(self.sources),
            "MDO_INBOX": str(self.inbox),
            "MDO_CODE_SOCKET": str(self.code_socket),
            "MDO_KEY_FILE": str(self.key_file),
            "MDO_PAGES_URL": self.pages_url,
            "MDO_SUPPRESSION_KEYS": str(self.suppression_keys),
            "MDO_LEDGER": str(self.ledger),
            "MDO_DATABASE_ROLES": "on" if self.database_roles else "off",
        }
        if self.docs_url is not None:
            variables["MDO_DOCS_URL"] = self.docs_url
        if self.alerts is not None:
            variables["MDO_ALERTS"] = self.alerts.get_secret_value()
        if self.database_url is not None:
            variables["MDO_DATABASE_URL"] = self.database_url.get_secret_value()
        if self.dagster_database_url is not None:
            variables["MDO_DAGSTER_DATABASE_URL"] = self.dagster_database_url.get_secret_value()
        if self.retention_policy is not None:
            variables["MDO_RETENTION_POLICY"] = str(self.retention_policy)
        if self.fixed_today is not None:
            variables["MDO_TODAY"] = self.fixed_today.isoformat()
        return variables

    def policy(self) -> Policy:
        """The retention policy in force.

        Raises:
            ConfigurationRefused: the file cannot be read, or breaks a rule; one line per problem, with file and line.
        """
        if self.retention_policy is None:
            return SHIPPED
        try:
            text: str | None = self.retention_policy.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            text = None
        if text is None:
            raise ConfigurationRefused(
                f"{self.retention_policy} cannot be read as UTF-8 text.", "Set MDO_RETENTION_POLICY to a policy file."
            )
        return parse(text, str(self.retention_policy))

    def row_key(self) -> bytes:
        """The key that row hashes are made with; made on first use, readable by its owner alone.

        Whoever loses it re-reads every row once; whoever has it can test guesses of rows against the hashes.

        Raises:
            ConfigurationRefused: the file cannot be read or made, is of another length, or is open to everybody.
        """
        if not self.key_file.exists():
            key_file.make(self.key_file)
        return key_file.read(
            self.key_file, lost="Restore it, or remove it: a new one makes the next night look at every row again."
        )

    def vault(self) -> Vault:
        """What erasure keeps outside the database: keys and ledger."""
        return Vault(Keys(self.suppression_keys), Ledger(self.ledger))


def _variable(location: str) -> str:
    return location if location.startswith("MDO_") else f"MDO_{location.upper()}"


def _refuse_misspelt() -> None:
    """A misspelt setting would be silently ignored. Others of that prefix are fine: a source's secret may have one."""
    for name in os.environ:
        if name.startswith("MDO_") and name not in _WANTED:
            close = difflib.get_close_matches(name, _WANTED, n=1, cutoff=0.85)
            if close:
                raise ConfigurationRefused(f"{name} is no setting.", f"Was {close[0]} meant?")
