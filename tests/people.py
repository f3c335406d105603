"""Registers of one customer that describe people, to be matched, and a way to see who was taken for whom.

Belongs here: what the tests of matching share. Does not belong here: any expectation of theirs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from descriptions import described

from register import actors
from register.matching import run
from register.matching.report import Audit, Matched, audit

FIRST = date(2026, 3, 1)

_READ = """
history: true
read: {{type: csv, path: "{customer}_{register}_{{date}}.csv", encoding: utf-8, delimiter: ","}}
guards: {{removed_floor: 1000, changed_floor: 1000, shrink_floor: 1000, rejected_floor: 1000, fill_floor: 100000}}
key: [key]
"""
_EMPLOYER = "employer: {scope: any, reason: a register of the tests}\n"
_PERSON = "  person: {last_name: last, first_name: first, work_email: email, work_phone: {column: phone, region: FI}}\n"
_EMPLOYMENT = (
    "  employment: {employer_name: employer, employer_business_id: business_id, employee_number: number, "
    "valid_from: from, valid_to: to}\n"
)
_KINDS = {
    "hr": ("customer_register", "hr_directory", _EMPLOYER, _PERSON + _EMPLOYMENT),
    "crm": ("customer_register", "contact_directory", "", _PERSON),
    "dir": ("customer_register", "identity_directory", "", _PERSON + "  account: {username: user}\n"),
    "app": ("own_service", "application", "", "  account: {user_id: key, username: user}\n" + _PERSON),
    "firms": (
        "customer_register",
        "company_register",
        "",
        "  company: {company_name: last, business_id: business_id, vat_number: email, country: first}\n",
    ),
}
_COLUMNS = ("key", "last", "first", "email", "phone", "employer", "business_id", "number", "from", "to", "user")


@dataclass
class People:
    """One customer's registers: `hr`, `hr2`, … with employments, `crm`, `dir` with accounts, `app` MDO's own."""

    bench: Any
    customer: str = "koe"
    sources: dict[str, Any] = field(default_factory=dict)

    def read(self, register: str, night: int, rows: Iterable[dict[str, str]]) -> None:
        """One register's file of one night, merged."""
        if register not in self.sources:
            kind, register_type, more, records = _KINDS[register.rstrip("0123456789")]
            text = f"{_READ.format(customer=self.customer, register=register)}{more}records:\n{records}"
            head = {"customer": self.customer, "register": register, "kind": kind, "register_type": register_type}
            self.sources[register] = self.bench.source(described(text, **head))
        day = FIRST + timedelta(days=night)
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, _COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
        self.bench.put(f"{self.customer}_{register}_{day}.csv", text.getvalue())
        assert self.bench.sync(self.sources[register], day).status in ("applied", "unchanged")

    @property
    def customer_id(self) -> int:
        """The customer's id."""
        ((found,),) = self.bench.rows("select id from sync.customer where name = %s", self.customer)
        return int(found)

    def match(self, *, everything: bool = False, scored: bool = False) -> Matched:
        """One run, in which nothing may be crossed or lost. Scoring takes half a second, so few tests ask for it."""
        done = run.match(self.bench.register, self.customer_id, everything=everything, scored=scored)
        with self.bench.register.transaction() as connection:
            assert audit(connection, self.customer_id) == Audit(homeless=0, crossed=0)
        return done

    def together(self) -> set[frozenset[str]]:
        """The persons of more than one record, each as ``register:key`` of its records."""
        return {members for members in self.persons().values() if len(members) > 1}

    def persons(self) -> dict[int, frozenset[str]]:
        """Every person's records, by the person's id."""
        found = self.bench.rows(
            "select golden_id, array_agg(split_part(source.name, '/', 2) || ':' || record.key) "
            "from register.golden_member as member join register.person_record as record on record.id = record_id "
            "join sync.source as source on source.id = record.source_id "
            "where record_type = 'person' and member.customer_id = %s group by 1",
            self.customer_id,
        )
        return {person: frozenset(members) for person, members in found}

    def record(self, name: str, record_type: str = "person") -> int:
        """The id of a person or company record, from ``register:key``."""
        register, key = name.split(":")
        ((found,),) = self.bench.rows(
            f"select record.id from register.{record_type}_record as record join sync.source as source "
            "on source.id = source_id where source.name = %s and key = %s",
            f"{self.customer}/{register}",
            key,
        )
        return int(found)

    def golden(self) -> list[tuple[Any, ...]]:
        """Every golden person by what it says and whose word that is, without surrogate ids."""
        said = "".join(
            f", person.{name}, (select split_part(source.name, '/', 2) || ':' || key "
            "from register.person_record as record join sync.source as source on source.id = source_id "
            f"where record.id = person.{name}_record)"
            for name in ("last_name", "first_name", "work_email", "work_phone")
        )
        return self.bench.rows(
            f"select records, first_seen, absent_since{said} from register.person as person where customer_id = %s "
            "order by (select min(record_id) from register.golden_member where golden_id = person.id "
            "and record_type = 'person')",
            self.customer_id,
        )

    def queue(self) -> dict[tuple[str, str], str]:
        """What waits for a person: records and why."""
        name = "(select split_part(source.name, '/', 2) || ':' || key from register.person_record as record "
        name += "join sync.source as source on source.id = source_id where record.id = {})"
        found = self.bench.rows(
            f"select {name.format('record_a')}, {name.format('record_b')}, why from register.review_pair "
            "where %s in (customer_id, other_customer_id)",
            self.customer_id,
        )
        return {(min(pair), max(pair)): why for *pair, why in found}

    def links(self) -> set[tuple[Any, ...]]:
        """The standing links: records, verdict, rule, reason."""
        return set(
            self.bench.rows(
                "select record_type, record_a, record_b, verdict, rule, reason from register.match_link "
                "where ended_at is null and customer_id = %s",
                self.customer_id,
            )
        )


def with_steward(bench: Any, customer: str = "koe") -> People:
    """A customer's registers, and kari, who may decide."""
    with bench.register.transaction() as connection:
        actors.add(connection, actors.Actor("kari", "engineer", date(2026, 1, 1), None))
    return People(bench, customer)


def person(key: str, name: str, **more: str) -> dict[str, str]:
    """A row: ``Aino Kuvitelma`` is the first name and the family name."""
    first, _, last = name.rpartition(" ")
    return {"key": key, "first": first, "last": last, **more}
