"""A register filled straight with what retention ends, and a look at what is left.

Belongs here: what the tests of retention share. Does not belong here: any expectation of theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from register import actors, partitions
from register.database import Register
from register.places import place_of
from register.retention import event_keys, holds, records, run
from register.retention.holds import Scope
from register.retention.report import Night
from schemas.catalogue import RECORD_TYPES
from schemas.retention import SHIPPED, Policy

ZONE = ZoneInfo("Europe/Helsinki")
LATE = date(2060, 1, 1)
#: A policy that holds nothing for its volume.
GENEROUS = SHIPPED.model_copy(
    update={
        "guard": SHIPPED.guard.model_copy(update={"rows": 10**9, "floor": 10**9}),
        "rules": {name: rule.model_copy(update={"guard": None}) for name, rule in SHIPPED.rules.items()},
    }
)
_FILLED = {
    "person": {"last_name": "Kuvitelma"},
    "company": {"company_name": "Koe Oy"},
    "invoice": {
        "invoice_no": "L1",
        "company_name": "Koe Oy",
        "invoice_date": date(2020, 1, 1),
        "posting_date": date(2020, 1, 1),
        "gross": 10,
        "currency": "EUR",
    },
    "collection": {"collection_status": "open"},
    "contract": {"contract_no": "S1"},
    "channel_choice": {"channel": "email"},
    "necessity_event": {"event_id": "t1", "event_kind": "task", "started_at": datetime(2020, 1, 1, tzinfo=UTC)},
    "location": {
        "user_id": "u1",
        "necessity_event": "t1",
        "latitude": 62.24147,
        "longitude": 25.72088,
        "accuracy_m": 12,
        "trigger_code": "check_in",
    },
    "action": {"user_id": "p1", "action_code": "login"},
    "message": {"user_id": "u1", "channel": "email", "template_code": "t"},
    "competence": {"skill_code": "C1"},
    "certificate": {"cert_code": "K1"},
}


def with_periods(policy: Policy, **after: str) -> Policy:
    """The policy with other periods: ``R1="2 months"`` for every deleting step of the rule."""
    from schemas.retention import Period

    rules = dict(policy.rules)
    for name, text in after.items():
        steps = tuple(
            step.model_copy(update={"after": Period.parse(text)}) if step.do in ("delete", "drop") else step
            for step in rules[name].steps
        )
        rules[name] = rules[name].model_copy(update={"steps": steps})
    return policy.model_copy(update={"rules": rules})


@dataclass
class Filled:
    """One customer with as many sources as are named."""

    url: str
    sources: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.look_at(self.url)
        self.customer = self._insert("sync.customer", name="koe")

    def look_at(self, url: str) -> None:
        """Opens its connections, and fills nothing."""
        self.register = Register(url)
        self._connection = psycopg.connect(url, autocommit=True)

    def close(self) -> None:
        """Ends its connections."""
        self._connection.close()
        self.register.close()

    def source(self, name: str, kind: str = "full") -> int:
        """A source's id; made on first use."""
        if name not in self.sources:
            self.sources[name] = self._insert("sync.source", customer_id=self.customer, name=f"koe/{name}")
            text = f'{{"snapshot": {{"type": "{kind}"}}}}'
            self._insert("sync.source_version", source_id=self.sources[name], digest="x", description=text)
        return self.sources[name]

    def read(self, name: str, day: date, *, covers: bool = True) -> int:
        """An applied batch of that day, complete unless said otherwise. Returns its id."""
        source = self.source(name)
        as_of = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
        ((version,),) = self.rows("select id from sync.source_version where source_id = %s", source)
        batch = self._insert(
            "sync.batch",
            customer_id=self.customer,
            source_id=source,
            source_version_id=version,
            business_date=day,
            attempt=1,
            as_of=as_of,
            place=place_of(day, as_of),
            rules_version="r",
            status="applied",
            complete=covers,
        )
        if covers:
            place = place_of(day, as_of)
            self._insert("sync.coverage", returning="batch_id", source_id=source, scope="", place=place, batch_id=batch)
        return batch

    def put(self, source: str, record: str, key: str, **fields: Any) -> int:
        """A record of a row, with its source row. Returns its id."""
        number = self.source(source)
        seen = fields.pop("first_seen", date(2019, 1, 1))
        absent = fields.pop("absent", None)
        shown = fields.pop("shown", None)
        places = {
            "absent_place": absent and place_of(absent, datetime(absent.year, absent.month, absent.day, 1, tzinfo=UTC)),
            "shown_place": shown and place_of(shown, datetime(shown.year, shown.month, shown.day, 1, tzinfo=UTC)),
        }
        self.execute(
            "insert into sync.source_row (customer_id, source_id, key, imported, first_batch, changed_batch, hash, "
            "absent_place, shown_place) values (%s, %s, %s, true, 0, 0, 1, %s, %s) on conflict do nothing",
            *(self.customer, number, key, places["absent_place"], places["shown_place"]),
        )
        happened = RECORD_TYPES[record].happened
        if happened:
            self.partition(record, fields[happened].astimezone(ZONE).date())
        provenance = {
            "customer_id": self.customer,
            "source_id": number,
            "key": key,
            "part": fields.pop("part", ""),
            **dict.fromkeys(("first_batch", "first_row", "changed_batch", "changed_row"), 0),
            "first_seen": seen,
            "last_changed": seen,
            "origin": fields.pop("origin", "customer_register"),
            "processing_role": "controller",
            "legal_basis": "b",
        }
        values = {**_FILLED.get(record, {}), **fields}
        return self._insert(f"register.{RECORD_TYPES[record].table}", **provenance, **values)

    def partition(self, record: str, day: date) -> None:
        """The partition of that day, as the night before would have made it."""
        span = RECORD_TYPES[record].parted_by
        first = day if span == "day" else day.replace(day=1)
        if not self.rows("select to_regclass(%s)", f"register.{record}_{first:%Y_%m_%d}")[0][0]:
            partitions.ahead(self.register, day)

    def together(self, *records: int) -> int:
        """Makes person records one golden person."""
        golden = self._insert(
            "register.person",
            customer_id=self.customer,
            last_name="K",
            records=len(records),
            first_seen=date(2019, 1, 1),
        )
        for record in records:
            self._insert(
                "register.golden_member",
                returning="record_id",
                record_type="person",
                record_id=record,
                customer_id=self.customer,
                golden_id=golden,
            )
        return golden

    def night(self, on: date, policy: Policy = GENEROUS, **more: Any) -> Night:
        """One night of retention."""
        return run.apply(self.register, policy, on, today=LATE, **more)

    def left(self, record: str) -> set[str]:
        """The keys whose record of that type is there."""
        return {key for (key,) in self.rows(f"select key from register.{RECORD_TYPES[record].table}")}

    def keys(self) -> set[str]:
        """The keys of all source rows."""
        return {key for (key,) in self.rows("select key from sync.source_row")}

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """What a query finds."""
        return self._connection.execute(query, parameters).fetchall()

    def execute(self, query: str, *parameters: Any) -> None:
        """A statement."""
        self._connection.execute(query, parameters)

    def empty(self) -> None:
        """Takes everything out again, but evidence, which cannot be."""
        with psycopg.connect(self.url) as connection:
            for record in RECORD_TYPES.values():
                if record.happened:
                    children = "select inhrelid::regclass::text from pg_inherits where inhparent = %s::regclass"
                    for (child,) in connection.execute(children, [f"register.{record.table}"]).fetchall():
                        connection.execute(f"drop table {child}")
            tables = [f"register.{record.table}" for record in RECORD_TYPES.values()]
            tables += ["register.person", "register.golden_member", "sync.source_row", "sync.coverage", "sync.batch"]
            tables += ["sync.source_version", "sync.source", "sync.customer", "privacy.action_pseudonym"]
            tables += ["privacy.hold", "privacy.held_deletion", "privacy.financial_year", "privacy.policy_version"]
            connection.execute(f"truncate {', '.join(tables)} cascade")
        self.sources.clear()
        self.customer = self._insert("sync.customer", name="koe")

    def _insert(self, table: str, returning: str = "id", **values: Any) -> int:
        names = ", ".join(values)
        places = ", ".join(["%s"] * len(values))
        insert = f"insert into {table} ({names}) values ({places}) returning {returning}"
        found = self._connection.execute(insert, list(values.values())).fetchone()
        assert found is not None
        return int(found[0])


def hold(filled: Filled, scope: Scope, on: date) -> int:
    """A hold of two persons. Returns its number."""
    with filled.register.transaction() as connection:
        for name in ("kari", "liisa"):
            actors.add(connection, actors.Actor(name, "engineer", date(2026, 1, 1), None))
        two = {"opened_by": "kari", "approved_by": "liisa"}
        return holds.add(connection, scope, reason="incident", review_on=on + timedelta(days=90), on=on, **two)


def night_in_small_steps(url: str, on: date) -> None:
    """One night in transactions of a few rows, for a process of its own to be killed in."""
    records.MOST, event_keys.MOST = 7, 3
    run.apply(Register(url), GENEROUS, on, today=LATE)


def noon(day: date) -> datetime:
    """Noon of a local day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZONE)
