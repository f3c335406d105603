"""A customer with registers of three kinds and four sources that know one person, and a way to erase her.

Belongs here: what the tests of erasure share. Does not belong here: any expectation of theirs.
"""

from __future__ import annotations

import io
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from descriptions import described
from pyarrow import parquet

from assets.copies import cleaner
from register.erasure import erase, subjects
from register.erasure.subjects import Identifiers
from register.ledger import Ledger
from register.matching import run
from register.suppression.keys import Keys
from register.suppression.vault import Vault

FIRST = date(2026, 3, 2)
GENEROUS = """
history: true
employer: {scope: any, reason: a register of the tests}
guards: {min_rows: 0, removed_floor: 1000, rejected_floor: 1000, changed_floor: 1000, fill_floor: 1000,
  shrink_floor: 1000, overlap_floor: 1000}
"""
PERSON = (
    "person: {last_name: Sukunimi, first_name: Etunimi, work_email: Posti, work_phone: {column: Puhelin, region: FI}}"
)
CSV = """
read: {type: csv, path: "hr_{date}.csv", delimiter: ";", encoding: utf-8}
key: [Numero]
records:
  PERSON
  employment: {employer_name: Firma}
  competence: {skill_code: {column: Taidot, split: ","}}
""".replace("PERSON", PERSON)
EXCEL = """
read: {type: excel, path: "kortit_{date}.xlsx"}
key: [Kortti]
records:
  PERSON
""".replace("PERSON", PERSON)
ACCOUNTS = """
read: {type: csv, path: "users_{date}.csv"}
key: [user]
records:
  account: {user_id: user, username: name, account_status: state, created_at: created}
  marketing_choice: {consent_at: consent, objection_at: objection}
"""
MESSAGES = """
snapshot: {type: log}
read: {type: csv, path: "messages_{date}.csv"}
key: [id]
records: {message: {user_id: user, sent_at: at, channel: by, template_code: template, related_invoice_no: invoice}}
"""
LEDGER = """
read: {type: csv, path: "ledger_{date}.csv", decimal: "."}
key: [no]
records:
  invoice:
    {invoice_no: no, company_name: company, invoice_date: day, posting_date: day, gross: gross, currency: currency}
  collection: {collection_status: state}
"""
LEDGER_FILE = """no,company,day,gross,currency,state
1001,Tmi Kanariainen,2026-02-01,10.00,EUR,paid
1002,Tmi Kanariainen,2026-02-01,10.00,EUR,reminded
"""
SOLE = """
read: {type: csv, path: "crm_{date}.csv"}
key: [id]
records:
  company: {company_name: name, is_sole_trader: sole}
  person: {last_name: last, first_name: first, work_email: mail}
"""
SOLE_FILE = """id,name,sole,last,first,mail
c1,Tmi Kanariainen,yes,Kanariainen,Sirpukka,sirpukka.kanariainen@example.com
c2,Varpunen Oy,no,Virtanen,Matti,matti.virtanen@example.com
"""
PROCESSED = """
processing_agreement: DPA-1
employees: {collected: from_employee, necessity: {person: shifts, employment: shifts, competence: shifts}}
"""
#: What would give the person away: of each kind of cell one word that stands nowhere else.
CANARIES = ("Kanariainen", "Sirpukka", "sirpukka.kanariainen", "405550199", "0091770031", "K-7781", "u-sirpukka")


def day(number: int) -> date:
    """The business date of that number, from 0."""
    return FIRST + timedelta(days=number)


def head(
    register: str, register_type: str = "hr_directory", kind: str = "customer_register", role: str = "controller"
) -> str:
    """The beginning of a description."""
    keys = {"register": register, "register_type": register_type, "kind": kind, "role": role}
    return described(GENEROUS, customer="varpunen", **keys)


def people(number: int, *, sirpukka: bool = True) -> list[tuple[str, ...]]:
    """Number, family name, given name, mailbox, phone, firm, skills; the last one changes every night."""
    rows = [
        ("0091570031", "Virtanen", "Matti", "matti.virtanen@example.com", "040 555 0101", "Varpunen Oy", "C1"),
        ("0091670031", "Nieminen", "Liisa", "liisa.nieminen@example.com", "040 555 0102", "Varpunen Oy", f"C{number}"),
    ]
    if sirpukka:
        rows.append(
            (
                "0091770031",
                "Kanariainen",
                "Sirpukka",
                "Sirpukka.Kanariainen@example.com",
                "0405550199",
                "Varpunen Oy",
                "C2,C3",
            )
        )
    return rows


def put_csv(inbox: Path, night: date, rows: list[tuple[str, ...]]) -> None:
    """The staff register."""
    lines = ["Numero;Sukunimi;Etunimi;Posti;Puhelin;Firma;Taidot", *(";".join(row) for row in rows)]
    (inbox / f"hr_{night}.csv").write_text("\n".join(lines) + "\n", "utf-8")


def put_workbook(inbox: Path, night: date, rows: list[tuple[str, ...]]) -> None:
    """The register of cards, a workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Kortti", "Sukunimi", "Etunimi", "Posti", "Puhelin"])
    for row in rows:
        card = "K-7781" if row[0] == "0091770031" else f"K-{row[0]}"
        sheet.append([card, row[1], row[2], row[3], row[4]])
    book.save(inbox / f"kortit_{night}.xlsx")


def put_accounts(inbox: Path, night: date, *, consent: str = "") -> None:
    """The users of our own service."""
    lines = [
        "user,name,state,created,consent,objection",
        f"u-sirpukka,sirpukka.kanariainen@example.com,active,2026-01-05T08:00:00Z,{consent},",
        "u-matti,matti.virtanen@example.com,active,2026-01-05T08:00:00Z,,",
    ]
    (inbox / f"users_{night}.csv").write_text("\n".join(lines) + "\n", "utf-8")


def put_messages(inbox: Path, night: date) -> None:
    """Messages to both users, one of them about an invoice."""
    lines = ["id,user,at,by,template,invoice"]
    for user in ("u-sirpukka", "u-matti"):
        lines.append(f"{user[2]}-{night},{user},{night}T08:00:00Z,sms,WELCOME,")
    (inbox / f"messages_{night}.csv").write_text("\n".join(lines) + "\n", "utf-8")


def everything(bench: Any) -> dict[str, str]:
    """Every table as text, landed copies unpacked, and the planner's samples."""
    names = bench.rows(
        "select schemaname, tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"
    )
    texts = {
        f"{schema}.{table}": str(bench.rows(f'select t::text from "{schema}"."{table}" as t'))
        for schema, table in names
    }
    parts = bench.rows("select parquet from sync.landed")
    texts["landed copies"] = str([parquet.read_table(io.BytesIO(part)).to_pydict() for (part,) in parts])
    texts["pg_stats"] = str(bench.rows("select t::text from pg_stats as t"))
    return texts


def traces(bench: Any, words: tuple[str, ...] = CANARIES) -> list[str]:
    """Which of the words stand anywhere in the database."""
    texts = everything(bench)
    return [f"{word} in {name}" for name, text in texts.items() for word in words if word.casefold() in text.casefold()]


SOMEBODY = [("email", "sirpukka.kanariainen@example.com")]


@pytest.fixture(scope="module")
def first_night(server, bench_at, tmp_path_factory) -> tuple[str, Path]:
    """The name of a database after one night of four sources, matched; every test has a copy of it."""
    name = server.fresh_database()
    bench = furnished(bench_at(server.url(name), tmp_path_factory.mktemp("first") / "inbox"))
    night(bench, 0)
    bench.register.close()  # a database in use is no template
    return name, bench.inbox


@pytest.fixture
def house(server, bench_at, first_night: tuple[str, Path], tmp_path):
    """A register of four sources after one night."""
    template, first = first_night
    name = f"{template}_{next(server.numbers)}"
    server.execute(f"create database {name} template {template}")
    bench = furnished(bench_at(server.url(name), tmp_path / "inbox"))
    shutil.copytree(first.parent / "ledger", bench.vault.ledger.path.parent)
    yield bench
    bench.register.close()
    server.execute(f"drop database {name} with (force)")


def furnished(bench: Any) -> Any:
    """The four sources, and keys and ledger beside."""
    folder = bench.inbox.parent
    bench.vault = Vault(Keys(folder / "keys"), Ledger(folder / "ledger" / "erasures.jsonl"))
    bench.sources = [
        bench.source(head("hr") + CSV),
        bench.source(head("kortit") + EXCEL),
        bench.source(head("users", "application", "own_service") + ACCOUNTS),
        bench.source(head("messages", "application", "own_service") + MESSAGES),
    ]
    return bench


def night(bench: Any, number: int, **more: Any) -> dict[str, dict[str, int]]:
    """One night of every register. Returns the counts by register, zeros left out."""
    put_csv(bench.inbox, day(number), people(number))
    put_workbook(bench.inbox, day(number), people(number))
    put_accounts(bench.inbox, day(number), **more)
    put_messages(bench.inbox, day(number))
    found = {}
    for source in bench.sources:
        result = bench.sync(source, day(number))
        assert result.status in ("applied", "unchanged")
        found[source.register] = {name: many for name, many in result.counts.items() if many}
    match(bench)
    return found


def processed_messages(bench: Any) -> Any:
    """The register of messages, processed for the customer: the accounts to which they belong are MDO Group's own."""
    bench.sources[3] = bench.source(
        head("messages", "application", "own_service", role="processor") + "processing_agreement: DPA-1\n" + MESSAGES
    )
    put_messages(bench.inbox, day(1))
    assert bench.sync(bench.sources[3], day(1)).counts["inserted"] == 2
    return bench.sources[3]


def match(bench: Any) -> None:
    with bench.register.transaction() as connection:
        customers = run.customers(connection)
    for one in customers.values():
        run.match(bench.register, one)


def find(bench: Any, said: list[tuple[str, str]] = SOMEBODY) -> list[subjects.Subject]:
    with bench.register.transaction() as connection:
        return subjects.find(connection, Identifiers.read(said))


def erased(bench: Any, number: int, **more: Any) -> erase.Report:
    request = erase.Request(**({"case": "C-1", "by": "kari", "said": Identifiers.read(SOMEBODY)} | more))
    return erase.erase(bench.register, bench.vault, request, cleaner(bench.vault), on=day(number))
