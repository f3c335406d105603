"""The connection to the central register.

Belongs here: engine, transactions, locks, and the one place where errors of the database lose their values. Does not
belong here: any statement on the register's own tables.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

import psycopg
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from register import roles, statistics
from register.roles import Role
from register.statements import statement
from schemas.errors import Refusal, TryLater

#: SQLSTATEs that pass by themselves: connection, resources, shutdown, serialisation. A cancelled query does not.
_PASSING = ("08", "53", "57P", "40", "55P03")


class DatabaseRefused(Refusal):
    """PostgreSQL refused a statement; the text names the SQLSTATE and the constraint, never a value."""


class Register:
    """The central register's database.

    Two connections are kept between transactions, one for a source's lock and one for its work: a sync has ten
    transactions, and a new connection for each cost as much as the merge of a thousand rows. Each is asked for a sign
    of life before it is used again, so that a restart of PostgreSQL between two transactions goes unnoticed.

    Args:
        url: a libpq URL, with or without the driver's name.
        role: the role that every transaction takes; None: that of the login, who must then be the owner.
    """

    def __init__(self, url: str, *, role: Role | None = None) -> None:
        scheme, _, rest = url.partition("://")
        if not scheme.startswith("postgres") or not rest:
            raise Refusal("The database URL is not a PostgreSQL URL.", "Write postgresql://user@host:port/name.")
        self.url = f"postgresql+psycopg://{rest}"
        self.role = role
        self.engine = sa.create_engine(self.url, hide_parameters=True, pool_size=2, pool_pre_ping=True)

    def acting_as(self, role: Role) -> Register:
        """The same register for work of another role, on the same kept connections; itself where roles are off."""
        if self.role in (None, role):
            return self
        other = copy(self)
        other.role = role
        return other

    def close(self) -> None:
        """Ends the kept connections; what is done afterwards opens new ones."""
        self.engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """One connection, one transaction: commits at the end, rolls back on any error.

        Raises:
            TryLater: for passing states (connection lost, deadlock, shutdown).
            DatabaseRefused: for every other error of the database.
        """
        refusal: Refusal | None = None
        try:
            with self.engine.begin() as connection:
                if self.role is not None:
                    connection.execute(sa.text(f"set local role {self.role}"))
                yield connection
        except (sa.exc.SQLAlchemyError, psycopg.Error) as error:
            refusal = value_free(error)
        if refusal is not None:
            raise refusal

    def tidy(self, tables: Iterable[str]) -> None:
        """Has PostgreSQL give up what was deleted of the tables, and forget what was in it."""
        with self._session() as connection:
            if self.role is not None:
                connection.execute(sa.text(f"set role {self.role}"))
            try:
                statistics.forget(connection, tables, vacuum=True)
            finally:
                if self.role is not None:
                    connection.invalidate()  # the session would keep the role

    @contextmanager
    def source_lock(
        self, source_id: int, *, wait_seconds: float, waiting: Callable[[], None] = lambda: None
    ) -> Iterator[None]:
        """Holds the lock of one source, so that two syncs of it never run at once.

        The lock lives in the database session: it goes when the process or PostgreSQL dies, so nothing is left to
        clear away. A session that did not say that it has given the lock back is ended.

        Args:
            waiting: called once if another sync of the source is under way.

        Raises:
            TryLater: where another holds it for longer than `wait_seconds`.
        """
        with self._session() as connection:
            until = time.monotonic() + wait_seconds
            told = False
            take = sa.text("select pg_try_advisory_lock(1296322, :source)")
            key = {"source": source_id}
            while not connection.scalar(take, key):
                if not told:
                    waiting()
                    told = True
                if time.monotonic() >= until:
                    raise TryLater(
                        "Another sync of this source is still running.",
                        "It holds the source's lock; run again when it has ended (mdo batch list shows it).",
                    )
                time.sleep(0.2)
            given_back = False
            try:
                yield
                given_back = connection.scalar(sa.text("select pg_advisory_unlock(1296322, :source)"), key)
            finally:
                if not given_back:
                    connection.invalidate()

    @contextmanager
    def named_lock(self, number: int) -> Iterator[None]:
        """Holds a lock of the whole register in a session of its own, as `source_lock` holds a source's.

        Raises:
            TryLater: where another holds it.
        """
        with self._session() as connection:
            if not connection.scalar(sa.text("select pg_try_advisory_lock(:number)"), {"number": number}):
                raise TryLater("Another run of the same work is under way.", "Run it again when it has ended.")
            given_back = False
            try:
                yield
                given_back = connection.scalar(sa.text("select pg_advisory_unlock(:number)"), {"number": number})
            finally:
                if not given_back:
                    connection.invalidate()

    @contextmanager
    def _session(self) -> Iterator[sa.Connection]:
        refusal: Refusal | None = None
        try:
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                yield connection
        except (sa.exc.SQLAlchemyError, psycopg.Error) as error:
            refusal = value_free(error)
        if refusal is not None:
            raise refusal


def value_free(error: BaseException) -> Refusal:
    """What may be said of an error of the database: its SQLSTATE, its class and the constraint's name.

    DETAIL, CONTEXT and the parameters quote rows, so none of them is read.
    """
    original = getattr(error, "orig", None) or error
    state = getattr(original, "sqlstate", None) or ""
    name = type(original).__name__
    constraint = getattr(getattr(original, "diag", None), "constraint_name", None)
    where = f", constraint {constraint}" if constraint else ""
    if state == "42501":  # it names the table or function, and quotes nothing
        where = f", {_message(original)}, in the role that this work takes"
    if state.startswith(_PASSING) or (not state and isinstance(original, psycopg.OperationalError)):
        return TryLater(f"The database was not to be had ({name} {state}).".replace(" )", ")"), "Run it again.")
    remedy = "docs/operating.md tells what each role may do, and who is given which." if state == "42501" else ""
    return DatabaseRefused(f"The database refused a statement ({name} {state}{where}).", remedy)


def _message(error: BaseException) -> str:
    return str(getattr(getattr(error, "diag", None), "message_primary", None))


def driver(connection: sa.Connection) -> psycopg.Connection[Any]:
    """The psycopg connection beneath, for COPY."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, psycopg.Connection)
    return raw


def _alembic(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", "register:migrations")
    config.attributes["url"] = url
    return config


def upgrade(url: str) -> int:
    """Brings the database to the newest migration, and what its roles may do to what `register.roles` says.

    A login that is not the owner cannot, and need not where it is done.

    Returns:
        The version of PostgreSQL.

    Raises:
        Refusal: where the server is older than PostgreSQL 15 or newer than 18, or the login is not the owner and there
            is something to do.
    """
    register = Register(url)
    with register.transaction() as connection:
        version: int = connection.scalar(sa.text("select current_setting('server_version_num')::int / 10000"))
        owner = connection.scalar(statement("is_owner"))
    register.close()
    if version not in range(15, 19):
        raise Refusal(f"PostgreSQL {version} is not supported.", "Use PostgreSQL 15, 16, 17 or 18.")
    if not owner:
        current, head = migration_status(url)
        if current != head:
            raise Refusal(
                "The database is not up to date, and this login is not its owner.", "Have its owner run mdo db upgrade."
            )
        return version
    refusal: Refusal | None = None
    try:
        command.upgrade(_alembic(register.url), "head")
    except (sa.exc.SQLAlchemyError, psycopg.Error) as error:
        refusal = value_free(error)
    if refusal is not None:
        raise refusal
    with register.transaction() as connection:
        roles.align(connection)
    register.close()
    return version


def migration_status(url: str) -> tuple[str | None, str | None]:
    """The revision the database is at, and the newest there is."""
    register = Register(url)
    head = ScriptDirectory.from_config(_alembic(register.url)).get_current_head()
    with register.transaction() as connection:
        current = MigrationContext.configure(connection, opts={"version_table_schema": "public"}).get_current_revision()
    register.close()
    return current, head
