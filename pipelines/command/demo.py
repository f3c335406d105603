"""``mdo demo``: fictional customers, two nights, and what happened.

Belongs here: the stage on which the demo registers are played. Does not belong here: the registers and their story
(`sources.demo`); from the files on, the demo takes the same way as any night.
"""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

from assets.workplace import Workplace
from pipelines import definitions
from pipelines.command import by_hand, console, groups, match
from pipelines.command.sync import exit_code, show
from pipelines.settings import Settings
from register import actors, embedded
from register import sources as known_sources
from register.actors import Actor
from register.holdings import holdings
from register.matching import run as matching
from register.roles import Role
from schemas.errors import Refusal
from sources.config import Source
from sources.demo import konepaja, registers

#: Marks a folder that the demo made and may remove.
_MARK = "made-by-mdo-demo"
_ENGINEER = Actor("demo-engineer", "Data engineer of the demo", date(2026, 1, 1), None)


def demo() -> None:
    """Play two nights of three fictional customers on an embedded database, and say what happened."""
    with konepaja.serve_users() as address:
        settings = _stage(Settings.load(), address)
        work = definitions.open_workplace(settings)
        sources, refusals = definitions.load_sources(settings)
        _send_live(work, sources)
        console.say(
            "Three fictional customers, two nights. Satama Logistiikka keeps its staff in a Windows-1252 file with "
            "semicolons, Pohjan Pesula its contacts in UTF-8 with commas, Korven Konepaja a workbook with two sheets "
            "and a directory behind an API. MDO's own application, ledger and CRM tell of accounts, locations, "
            "actions, messages, invoices and contracts."
        )
        tonight = settings.today()
        for night, business_date in enumerate((tonight - timedelta(days=1), tonight), start=1):
            registers.write_night(settings.inbox, business_date, night)
            konepaja.write_night(settings.inbox, business_date, night)
            console.out.rule(f"Night {night}: {business_date}")
            chosen = [source for source in sources if source.accepts_date(business_date, tonight)]
            with by_hand.prepared(settings, sources, refusals) as hand:
                results, failures = hand.sync(chosen, business_date)
            show(results, failures, refusals, business_date)
            console.say(_WHAT_HAPPENED[night])
            if exit_code(results, failures, refusals) == 1:
                raise Refusal("The demo failed; nothing above should be red.")
    console.out.rule("Who is who")
    with work.register.transaction() as connection:
        customers = matching.customers(connection)
    match.show({name: matching.match(work.register, one) for name, one in customers.items()})
    console.say(_WHO_IS_WHO)
    with work.register.transaction() as connection:
        groups.show(holdings(connection))
    _say_where_to_go(settings)


_WHAT_HAPPENED = {
    1: (
        "The registers are in. A bad mailbox and an identity code in a phone column were left out. Rows without a "
        "name, with a stray delimiter or with a contradicted key are in quarantine: they go back to their owner with "
        "row, column and rule, never a value. Pay and home addresses were in a file, but nobody declared them: they "
        "were dropped before anything was stored. Konepaja: a location was stored only where a task or an emergency "
        "asked for it; one named a user whom nobody knows yet. Its directory knows only today, and is read tonight."
    ),
    2: (
        "Satama: rows changed, appeared and vanished, two came back mended, and one came back broken: its person "
        "stays, with the last good values. Pesula: the transfer broke off after a third of the file, at the end of a "
        "line, so that the file itself looks sound. The guards noticed: nothing of it is in the register, and nobody "
        "was removed. Konepaja: the unknown user has an account by now, so the location that named it came in; a level "
        "written in words was left out, and the levels of the night before stay."
    ),
}


_WHO_IS_WHO = (
    "Konepaja's workbook, its sheet of qualifications, its directory and MDO's own application speak of the same "
    "people: the sheet is tied to the workbook by employee number and name, the directory by mailbox and name, what a "
    "user says of himself by his account. Each is one person now, and of each field it is known whose word it is. "
    "Nobody was joined by the likeness of names alone; where the sheet gives somebody another name, the pair waits for "
    "a person to decide."
)


def _stage(settings: Settings, directory: str) -> Settings:
    """A home of the demo's own, anew each time, so that it never meets a real register.

    Args:
        directory: the address at which the demo's directory answers.
    """
    home = settings.home / "demo"
    if home.exists():
        if not (home / _MARK).exists():
            raise Refusal(f"{home} was not made by the demo.", "Move it away, or set MDO_HOME to another folder.")
        if not embedded.stop(home / "postgres"):
            raise Refusal("The demo's database is in use.", "Stop its mdo ui first.")
        shutil.rmtree(home)
    staged = Settings.load(
        home=home,
        sources=home / "sources",
        inbox=home / "inbox",
        key_file=home / "keys" / "row.key",
        suppression_keys=home / "keys" / "suppression",
        ledger=home / "ledger" / "erasures.jsonl",
        database_url=None,
    )
    home.mkdir(parents=True)
    (home / _MARK).touch()
    shutil.copytree(registers.SOURCES, staged.sources)
    konepaja.place_sources(staged.sources, directory)
    staged.inbox.mkdir()
    return staged


def _send_live(work: Workplace, sources: list[Source]) -> None:
    """Enters the demo's engineer and activates the demo's sources, as somebody does once for every new source."""
    with work.register.acting_as(Role.STEWARD).transaction() as connection:
        actors.add(connection, _ENGINEER)
        for source in sources:
            known_sources.enter(connection, customer=source.customer, name=source.name, description=source.document)
            known_sources.decide(
                connection,
                source.name,
                known_sources.ACTIVE,
                by=_ENGINEER.name,
                reason="fictional registers",
                on=work.today,
            )


def _say_where_to_go(settings: Settings) -> None:
    home = _relative(settings.home)
    console.out.rule("Where to go from here")
    console.say(
        f"The pages:     MDO_HOME={home} make ui    then http://127.0.0.1:3000\n"
        "               Assets > pohjan_pesula > validated: the check 'released' says why the plan is held.\n"
        "               Jobs > decide_held_plan > Launchpad: release or discard it.\n"
        f"By hand:       MDO_HOME={home} .venv/bin/mdo batch list --held\n"
        f"               MDO_HOME={home} .venv/bin/mdo batch release BATCH --by {_ENGINEER.name} --reason WHY\n"
        f"Who says it:   MDO_HOME={home} .venv/bin/mdo explain person 1\n"
        f"Who is who:    MDO_HOME={home} .venv/bin/mdo match show 1\n"
        f"Who perhaps:   MDO_HOME={home} .venv/bin/mdo match queue\n"
        "A new source:  docs/adding-a-source.md"
    )


def _relative(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
