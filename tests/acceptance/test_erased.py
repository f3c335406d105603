"""Invariant 8 as it runs for everybody: a person of three readers and four sources is erased, and ten nights follow.

The first and the last night and the erasure are commands in processes of their own, through Dagster; afterwards every
table, file, log and record of Dagster's is searched for her.
"""

from __future__ import annotations

import subprocess
from datetime import timedelta

from api_server import Request, serving
from erasures import ACCOUNTS, CANARIES, CSV, EXCEL, day, head, people, put_accounts, put_csv, put_workbook

from assets.sync import sync
from assets.workplace import Workplace
from pipelines.settings import Settings
from register import actors, sources
from register.database import Register
from sources.loading import load_folder

API = """
read: {type: api, url: "HOME/people"}
key: [id]
records:
  person: {last_name: last, first_name: first, work_email: mail}
"""
HER = {"id": "a-sirpukka-77", "last": "Kanariainen", "first": "Sirpukka", "mail": "sirpukka.kanariainen@example.com"}
WORDS = (*CANARIES, HER["id"])


def answer(request: Request) -> None:
    request.reply([HER, {"id": "a1", "last": "Virtanen", "first": "Matti", "mail": "matti.virtanen@example.com"}])


def deliver(home, number: int) -> None:
    put_csv(home.inbox, day(number), people(number))
    put_workbook(home.inbox, day(number), people(number))
    put_accounts(home.inbox, day(number))


def found(home, canary, *said: bytes) -> list[str]:
    """Where her words stand: files, what was said, every table with landed copies unpacked, and a dump."""
    hits = canary.hits(WORDS, *home.files(), *said, canary.dump(home.url))
    return hits + [
        f"{word} in {table}" for table, text in home.tables().items() for word in WORDS if word.lower() in text.lower()
    ]


def test_ten_nights_after_her_erasure_nothing_is_found(home, canary, monkeypatch) -> None:
    with serving() as api:
        api.answer = answer
        register_types = {"users": ("application", "own_service")}
        for name, rest in (("hr", CSV), ("kortit", EXCEL), ("users", ACCOUNTS), ("api", API.replace("HOME", api.home))):
            text = head(name, *register_types.get(name, ("hr_directory", "customer_register"))) + rest
            (home.folder / "sources" / f"{name}.yaml").write_text(text, "utf-8")
        described = load_folder(home.folder / "sources")
        register = Register(home.url)
        with register.transaction() as connection:
            actors.add(connection, actors.Actor("kari", "engineer", day(0), None))
            for one in described:
                sources.enter(connection, customer=one.customer, name=one.name, description=one.document)
                sources.decide(connection, one.name, "active", by="kari", reason="test", on=day(0))

        deliver(home, 0)
        first = home.mdo("sync", MDO_TODAY=str(day(0)))
        assert first.returncode == 0, first.stderr
        assert {hit.split(" in ")[0] for hit in found(home, canary)} >= {*CANARIES, HER["id"]} - {"405550199"}
        erased = subprocess.run(
            home.mdo_command("subject", "erase", "--case", "C-1", "--by", "kari"),
            cwd=home.folder,
            env=home.environment(MDO_TODAY=str(day(0))),
            input=b"email: Sirpukka.Kanariainen@example.com\n",
            capture_output=True,
            timeout=240,
        )
        assert erased.returncode == 0, erased.stderr
        for name in ("hr", "kortit", "users", "api"):
            assert f"owner of varpunen/{name}".encode() in erased.stdout

        for name, value in home.environment().items():
            monkeypatch.setenv(name, value)
        settings = Settings.load()
        for number in range(1, 10):
            deliver(home, number)
            work = Workplace(register, home.inbox, settings.row_key(), day(number), vault=settings.vault())
            counts = [sync(work, one, day(number)).counts for one in described]
            assert [one["suppressed"] for one in counts] == [1] * 4
            assert not any(one["quarantined"] for one in counts)
        deliver(home, -30)  # a file of an old date
        late = next(one for one in described if one.register == "hr")
        assert sync(work, late, day(0) - timedelta(days=30)).counts["suppressed"] == 1
        register.close()
        deliver(home, 10)
        last = home.mdo("sync", MDO_TODAY=str(day(10)))
        assert last.returncode == 0, last.stderr
        assert found(home, canary, erased.stdout, erased.stderr, last.stdout, last.stderr, first.stdout) == []
