"""``mdo explain``: who says a value, since when, by which file, row and rule.

Belongs here: asking and showing. Does not belong here: the answer (`register.explain`).
"""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines import definitions
from pipelines.command import console
from pipelines.command.ids import parsed
from pipelines.settings import Settings
from register import explain as explaining
from register.matching import shown
from register.matching.shown import Golden
from register.outranking import Outranked
from register.roles import Role
from schemas.errors import NotFound


def explain(
    record_type: Annotated[str | None, typer.Argument(help="person, company, employment, …")] = None,
    record_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="A record's id, as 12, or that of a person or company, as G12.")
    ] = None,
) -> None:
    """Explain every field of a record, a person or a company. Without an id it asks: a name is never an argument."""
    work = definitions.open_workplace(Settings.load(), role=Role.STEWARD)
    if record_type is None or record_id is None:
        text = typer.prompt("Key, name, mailbox or business id", hide_input=True)
        with work.register.transaction() as connection:
            found = explaining.find(connection, text)
        if not found:
            raise NotFound("No record was found by that.", "Ask by the whole key, name or mailbox.")
        console.table("Found", ["record", "id", "source"], [[kind, str(one), source] for kind, one, source in found])
        if len(found) > 1:
            console.say("Explain one of them: mdo explain RECORD ID")
            return
        record_type, number, _ = found[0]
    else:
        golden, number = parsed(record_id)
        if golden:
            with work.register.transaction() as connection:
                _show_golden(shown.explain_golden(connection, record_type, number))
            return
    with work.register.transaction() as connection:
        answer = explaining.explain(connection, record_type, number)
    console.say(f"{answer.record_type} {answer.record_id}, key {answer.key}, from {answer.source} ({answer.origin})")
    console.say(
        f"MDO is {answer.processing_role}; legal basis {answer.legal_basis}; retention rule {answer.retention}: "
        f"{work.policy.rules[answer.retention].in_words(answer.record_type)}"
    )
    if answer.attested:
        console.say(f"Its employer attests: {answer.attested}")
    if answer.absent_since:
        console.say(f"Absent from the register since {answer.absent_since}", "yellow")
    console.table(
        "Who says it",
        ["field", "value", "since", "file", "row", "batch", "rule", "stale since", "outranked by"],
        [
            [
                one.field,
                one.value,
                one.business_date,
                one.file_name,
                str(one.row_number),
                str(one.batch_id),
                one.rule,
                one.stale_since,
                _instead(answer.record_type, one.outranked),
            ]
            for one in answer.fields
        ],
    )


def _instead(record_type: str, outranked: Outranked | None) -> str:
    if outranked is None:
        return ""
    return f"{record_type} {outranked.record_id}: {outranked.why}" if outranked.record_id else outranked.why


def _show_golden(golden: Golden) -> None:
    console.say(
        f"{golden.record_type} G{golden.id}, made of {golden.records} records, first seen {golden.first_seen}; "
        f"each field of a record: mdo explain {golden.record_type} RECORD"
    )
    if golden.absent_since:
        console.say(f"Absent from every register since {golden.absent_since}", "yellow")
    console.table(
        "Whose word it is",
        ["field", "value", "record", "source", "since", "file", "row"],
        [
            [
                *(one.field, one.value, str(one.record_id or ""), one.source),
                *((one.said.business_date, one.said.file_name, str(one.said.row_number)) if one.said else ("", "", "")),
            ]
            for one in golden.fields
        ],
    )
    for one in golden.fields:
        if pin := one.corrected:
            console.say(f"{one.field}: corrected by {pin.said_by} at {console.moment(pin.made_at)}: {pin.reason}")
