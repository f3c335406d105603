"""Registers behind servers that nobody here wrote: Chinook's tables in Datasette, and users in a SCIM server.

What must come out was counted by hand from the raw files, before anything was run:

``customers.json``: 59 customers with ids 1 to 59. Each has a first and a last name and an e-mail address. 10 have a
company. 58 have a phone number (45 has none), and of these three are no number that can be called: 9 (Denmark, nine
digits where there are eight), 57 (Chile, seven digits after the area code 2, where there have been eight since 2013),
and 58 (India, eleven digits where there are ten).

``employees.json``: 8 employees, all with phone, address, title and first day. One phone (5) has no ``+`` before its 1.
"""

from __future__ import annotations

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from api_server import Request, serving

from schemas.errors import ConfigurationRefused
from sources.loading import load_file

FIRST = date(2026, 3, 10)
SECOND = date(2026, 3, 11)
HERE = Path(__file__).with_name("chinook")
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "adding-a-source-api.md"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
TOKEN = "t0ken-of-the-tests"


@contextmanager
def program(folder: Path, port: int, ready: str, *command: str, **environment: str) -> Iterator[str]:
    """A server as a process of its own, until it answers; it ends with the block."""
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *command], stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=folder, env=os.environ
        )
        try:
            ends = time.monotonic() + 60
            while True:
                try:
                    httpx.get(f"http://127.0.0.1:{port}{ready}", timeout=5, trust_env=False)
                    break
                except httpx.TransportError:
                    assert process.poll() is None and time.monotonic() < ends, log.read_text()
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def datasette(sample_registers, tmp_path_factory) -> Iterator[str]:
    """Chinook's tables, served as they are."""
    folder = tmp_path_factory.mktemp("datasette")
    with closing(sqlite3.connect(folder / "chinook.db")) as connection:
        for name in ("customers", "employees"):
            records = raw(sample_registers, name)
            columns = list(records[0])
            connection.execute(f"create table {name} ({columns[0]} integer primary key, {', '.join(columns[1:])})")
            marks = ", ".join("?" * len(columns))
            connection.executemany(f"insert into {name} values ({marks})", [tuple(each.values()) for each in records])
        connection.commit()
    port = free_port()
    serve = ("-m", "datasette", "serve", "chinook.db", "--host", "127.0.0.1", "--port", str(port))
    with program(folder, port, "/-/versions.json", *serve) as home:
        yield home


def raw(folder: Path, name: str) -> list[dict[str, Any]]:
    return json.loads((folder / "chinook" / f"{name}.json").read_text())


def described(name: str, home: str) -> str:
    return (HERE / f"{name}.yaml").read_text().replace("http://127.0.0.1/", f"{home}/")


def test_customers_from_datasette(bench, datasette, canary, sample_registers) -> None:
    source = bench.source(described("customers", datasette))
    result = bench.sync(source, FIRST)
    assert (result.status, result.batch.complete, result.batch.notes) == ("applied", True, [])
    assert (result.counts["read"], result.counts["inserted"], result.counts["quarantined"]) == (59, 59, 0)
    assert result.batch.pulled["pages"] == 3
    told = {(one.rule, one.column, one.effect, one.rows) for one in result.rejected}
    assert told == {("phone.invalid", "Phone", "value", 3), ("mail.private", "Email", "note", 17)}
    assert bench.rows("select count(*), count(work_email), count(work_phone) from register.person_record") == [
        (59, 59, 55)
    ]
    without = bench.rows("select key from register.person_record where work_phone is null order by key")
    assert without == [("45",), ("57",), ("58",), ("9",)]
    assert bench.rows("select count(*) from register.company_record") == [(10,)]
    assert bench.rows("select count(*) from register.employment") == [(10,)]
    [terhi] = bench.rows("select first_name, last_name, work_phone from register.person_record where key = '44'")
    assert terhi == ("Terhi", "Hämäläinen", "+35898702000")

    assert {"Address", "City", "PostalCode", "Fax", "SupportRepId"} <= set(result.batch.pulled["columns_dropped"])
    customers = raw(sample_registers, "customers")
    forbidden = {each[column] for each in customers for column in ("Address", "Fax") if each[column]}
    assert len(forbidden) > 60
    assert canary.hits(forbidden, canary.dump(bench.url)) == []

    again = bench.sync(source, SECOND)
    assert (again.status, again.counts["unchanged"], again.counts["absent"]) == ("applied", 59, 0)


def test_employees_from_datasette(bench, datasette, canary, sample_registers) -> None:
    result = bench.sync(bench.source(described("employees", datasette)), FIRST)
    assert (result.status, result.counts["read"], result.counts["inserted"]) == ("applied", 8, 8)
    assert (result.rejected, result.batch.pulled["pages"]) == ([], 3)
    assert bench.rows("select count(*), count(work_email), count(work_phone) from register.person_record") == [
        (8, 8, 8)
    ]
    found = bench.rows("select employee_number, job_title, valid_from from register.employment where key = '5'")
    assert found == [("5", "Sales Support Agent", date(2003, 10, 17))]
    assert bench.rows("select work_phone from register.person_record where key = '5'") == [("+17808369987",)]
    employees = raw(sample_registers, "employees")
    forbidden = {each["BirthDate"][:10] for each in employees} | {each["Address"] for each in employees}
    assert len(forbidden) == 16
    assert canary.hits(forbidden, canary.dump(bench.url)) == []


def test_a_birth_date_is_not_mapped_under_another_name(bench, datasette) -> None:
    from schemas.errors import ConfigurationRefused

    text = described("employees", datasette).replace("valid_from: HireDate", "valid_from: Alku")
    with pytest.raises(ConfigurationRefused, match="never read"):
        bench.source(text.replace("  type: api", "  type: api\n  columns: {Alku: BirthDate}"))


def blocks() -> list[str]:
    """The worked examples of the guide: SCIM, then OData."""
    return re.findall(r"```yaml[^\n]*\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def scim(tmp_path) -> Iterator[httpx.Client]:
    """A SCIM server with nobody in it."""
    port = free_port()
    serve = ("-m", "scim2_server.testserver.cli", "--port", str(port), "--bearer-token", TOKEN)
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/scim+json"}
    with (
        program(tmp_path, port, "/v2/ServiceProviderConfig", *serve) as home,
        httpx.Client(base_url=f"{home}/v2/", headers=headers, timeout=20, trust_env=False) as client,
    ):
        yield client


def user(number: int, **more: Any) -> dict[str, Any]:
    return {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
        "userName": f"user{number}",
        "name": {"givenName": "Aino", "familyName": "Virtanen"},
        "nickName": f"Kanarialintu-{number}",
        "active": True,
        "emails": [
            {"value": f"home{number}@kanarialintu.example", "type": "home"},
            {"value": f"user{number}@satama.example.com", "type": "work", "primary": True},
        ],
        ENTERPRISE: {"employeeNumber": f"{number:04}"},
    } | more


def saved(response: httpx.Response) -> dict[str, Any]:
    assert response.status_code in (200, 201, 204), response.text
    return response.json() if response.content else {}


def test_the_scim_example_of_the_guide(bench, scim, canary, monkeypatch) -> None:
    """25 users, of whom three are not active; ten at a time.

    The next night one more is not active, one is gone, one has a new name, and a new one has no family name: still 25,
    of whom four are out of scope, one is changed, one is rejected, and the other 19 are as they were.
    """
    monkeypatch.setenv("SATAMA_SCIM_TOKEN", TOKEN)
    text = blocks()[0].replace("https://directory.satama.example.com/scim/v2/", str(scim.base_url))
    source = bench.source(text)
    users = [saved(scim.post("Users", json=user(number, active=number > 3))) for number in range(1, 26)]

    first = bench.sync(source, FIRST)
    assert (first.status, first.batch.complete, first.batch.notes) == ("applied", True, [])
    counts = first.counts
    assert (counts["read"], counts["inserted"], counts["out_of_scope"], counts["quarantined"]) == (25, 22, 3, 0)
    assert first.batch.pulled["pages"] == 3
    assert bench.rows("select count(*), count(work_email) from register.person_record") == [(22, 22)]
    numbers = bench.rows("select min(employee_number), max(employee_number) from register.employment")
    assert numbers == [("0004", "0025")]

    def keep(number: int, **more: Any) -> None:
        saved(scim.put(f"Users/{users[number - 1]['id']}", json=user(number, **more)))

    keep(10, active=False)
    saved(scim.delete(f"Users/{users[10]['id']}"))
    keep(12, name={"givenName": "Aino", "familyName": "Korhonen"})
    saved(scim.post("Users", json=user(26, name={"givenName": "Aino"})))
    second = bench.sync(source, SECOND)
    counts = second.counts
    assert second.status == "applied"
    assert (counts["read"], counts["out_of_scope"], counts["updated"], counts["quarantined"]) == (25, 4, 1, 1)
    assert (counts["unchanged"], counts["absent"]) == (19, 2)
    assert {(one.rule, one.column) for one in second.rejected} == {("required.missing", "name.familyName")}
    absent = {key for (key,) in bench.rows("select key from sync.source_row where absent_since is not null")}
    assert absent == {users[9]["id"], users[10]["id"]}
    assert not {"nickName", "userName"} & set(second.batch.pulled["columns_dropped"]), "they are not asked for"
    dump = canary.dump(bench.url)
    assert canary.hits(["Kanarialintu", "kanarialintu.example", TOKEN], dump) == []
    assert canary.hits(["user4@satama.example.com"], dump) != []


def test_a_wrong_token_shows_nothing(bench, scim, monkeypatch) -> None:
    from schemas.errors import SourceRefused

    monkeypatch.setenv("SATAMA_SCIM_TOKEN", "wrong-kanarialintu")
    text = blocks()[0].replace("https://directory.satama.example.com/scim/v2/", str(scim.base_url))
    with pytest.raises(SourceRefused, match="answered 401 Unauthorized") as refusal:
        bench.sync(bench.source(text), FIRST)
    assert "kanarialintu" not in str(refusal.value)


def contact(number: int, modified: date, **more: Any) -> dict[str, Any]:
    return {
        "contactId": f"c{number}",
        "lastName": "Virtanen",
        "firstName": "Aino",
        "email": f"c{number}@satama.example.com",
        "phone": f"040 123 4{number:03}",
        "company": {"name": "Satama Oy"},
        "modified": f"{modified}T08:00:00Z",
        "birthday": "kanarialintu",
    } | more


def test_the_odata_example_of_the_guide(bench, canary, monkeypatch) -> None:
    """Five contacts in pages of two; the next night one has changed, one is deleted, and one shows up days late."""
    monkeypatch.setenv("SATAMA_CRM_SECRET", "s3cret")
    contacts = [contact(number, date(2026, 3, 9)) for number in range(1, 6)]

    def answer(request: Request) -> None:
        if request.path == "/token":
            assert request.form == {"grant_type": "client_credentials", "scope": "contacts.read"}
            request.reply({"access_token": "odata-token", "token_type": "Bearer", "expires_in": 3600})
            return
        assert request.headers["authorization"] == "Bearer odata-token"
        assert request.headers["prefer"] == "odata.maxpagesize=100"
        assert request.query["$select"] == "lastName,firstName,email,phone,company,contactId,modified"
        since = re.fullmatch(r"modified ge (\S+)", request.query["$filter"])[1]
        names = request.query["$select"].split(",")
        there = [each for each in contacts if each.get("modified", "9") >= since]
        start = int(request.query.get("$skiptoken", 0))
        page = [{name: each[name] for name in [*names, "@removed"] if name in each} for each in there]
        document = {"@odata.count": len(there), "value": page[start : start + 2]}
        if start + 2 < len(there):
            parts = request.query | {"$skiptoken": str(start + 2)}
            document["@odata.nextLink"] = f"{api.home}/odata/v4/contacts?{httpx.QueryParams(parts)}"
        request.reply(document)

    with serving() as api:
        api.answer = answer
        text = blocks()[1].replace("https://crm.satama.example.com", api.home)
        source = bench.source(text.replace("https://login.satama.example.com", api.home))
        first = bench.sync(source, FIRST)
        assert (first.status, first.counts["read"], first.counts["inserted"]) == ("applied", 5, 5)
        assert (first.batch.notes, first.batch.pulled["pages"]) == ([], 3)
        assert api.asked[1].query["$filter"] == "modified ge 2026-03-06T22:00:00Z"

        contacts[1] |= {"lastName": "Korhonen", "modified": "2026-03-10T20:00:00Z"}
        contacts[3] = {"contactId": "c4", "@removed": {"reason": "deleted"}}
        contacts.append(contact(6, date(2026, 3, 8)))
        second = bench.sync(source, SECOND)
    # all of them lie in the window of three days; three are as they were
    assert (second.counts["read"], second.counts["inserted"], second.counts["unchanged"]) == (6, 1, 3)
    assert bench.rows("select last_name from register.person_record where key = 'c2'") == [("Korhonen",)]
    assert bench.rows("select key from sync.source_row where absent_since is not null") == [("c4",)]
    assert bench.rows("select work_phone from register.person_record where key = 'c6'") == [("+358401234006",)]
    assert canary.hits(["kanarialintu", "odata-token", "s3cret"], canary.dump(bench.url)) == []


def test_invoices_offered_as_a_customers_register_are_refused_by_origin() -> None:
    """Invoices are MDO's own (RS-06): refused with each field and line, before anything is asked of the server."""
    with pytest.raises(ConfigurationRefused) as refused:
        load_file(HERE / "invoices.yaml")
    told = str(refused.value)
    for field in ("invoice_no", "company_name", "invoice_date", "posting_date", "gross", "currency"):
        assert f"invoice.{field} comes from operator only, and a customer_register supplies customer_register" in told
    assert "invoices.yaml:21" in told and "(RS-16)" in told
