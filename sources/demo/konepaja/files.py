"""The files of Korven Konepaja and of MDO's own service about it.

Belongs here: a workbook with two sheets, and the exports of application, ledger and CRM. Does not belong here: its
directory (`sources.demo.konepaja.users`), or the counts that come of it all (`sources.demo.konepaja.story`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

from schemas.errors import NotFound
from sources.demo.konepaja.people import Worker, workers
from sources.demo.registers import UNDECLARED, put

#: Users of the application: the service's own id -> employee number. The last one has no account before night 2.
_USERS = {f"u{number:03}": f"{number:03}" for number in range(1, 10)}
_LATE_USER = "u009"
_BY_NUMBER = {worker.number: worker for worker in workers(1)}

#: Whom the sheet of qualifications calls by another given name than everybody else.
_SLIPS = {"009": "Karlo"}

Rows = list[dict[str, str]]


def write_night(inbox: Path, business_date: date, night: int) -> None:
    """Writes the files of a business date into the inbox, as they arrive on night 1 or 2.

    Args:
        inbox: folder; the folders of customer and service are made in it.
        business_date: later on night 2 than on night 1.

    Raises:
        NotFound: the story has no such night.
    """
    if night not in (1, 2):
        raise NotFound(f"The demo has no night {night}.", "Ask for night 1 or 2.")
    put(inbox / "konepaja" / f"henkilosto_{business_date}.xlsx", _workbook(night))
    exports = {
        "kayttajat": _users(night),
        "tehtavat": _tasks(business_date, night),
        "sijainnit": _locations(business_date, night),
        "toimenpiteet": _actions(business_date, night),
        "viestit": _messages(business_date, night),
        "laskut": _invoices(night),
        "sopimukset": _contracts(night),
    }
    for name, rows in exports.items():
        put(inbox / "mdo" / f"{name}_{business_date}.csv", _csv(rows))


def _workbook(night: int) -> bytes:
    """Two sheets: everybody with a total row, and those with a qualification."""
    book = Workbook()
    staff = book.active
    staff.title = "Henkilöstö"
    staff.append(["Korven Konepaja Oy, henkilöstö"])
    staff.append([])
    staff.append(["Nro", "Sukunimi", "Etunimi", "Sähköposti", "Puhelin", "Alkoi", "Tuntipalkka"])
    for worker in workers(night):
        phone = "040 555 0799" if night == 2 and worker.number == "002" else worker.phone
        begun = date(2015 + int(worker.number) % 10, 3, 1)
        staff.append([worker.number, worker.last, worker.first, worker.mailbox, phone, begun, f"{UNDECLARED} 17,40"])
    staff.append(["Yhteensä", len(workers(night))])
    skilled = book.create_sheet("Pätevyydet")
    skilled.append(["Nro", "Sukunimi", "Etunimi", "Hitsaus", "Nosturi", "Tulityökortti voimassa", "Lisätiedot"])
    for worker in [*_BY_NUMBER.values()][:10]:
        level = "erinomainen" if night == 2 and worker.number == "004" else worker.skills.get("HITSAUS", "")
        first = _SLIPS.get(worker.number, worker.first)
        row = [worker.number, worker.last, first, level, worker.skills.get("NOSTURI", ""), worker.card_until]
        skilled.append([*row, UNDECLARED])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _users(night: int) -> Rows:
    """The accounts, with what their users say of themselves."""
    known = _USERS if night == 2 else {user: number for user, number in _USERS.items() if user != _LATE_USER}
    return [_user(user, _BY_NUMBER[number], night) for user, number in known.items()]


def _user(user: str, worker: Worker, night: int) -> dict[str, str]:
    own_phone = {"u001": "040 555 0777"}.get(user, "")
    told = {"u001": (worker.last, worker.first, own_phone), "u002": (worker.last, worker.first, "")}.get(user)
    last, first, phone = told or ("", "", "")
    return {
        "id": user,
        "username": worker.mailbox,
        "status": "disabled" if night == 2 and user == "u003" else "active",
        "mfa": "true" if worker.number < "005" else "false",
        "created": "2026-01-15T08:00:00+02:00",
        "last_name": last,
        "first_name": first,
        "phone": phone,
        "no_email": "",
        "no_sms": "true" if user == "u004" or (night == 2 and user == "u005") else "",
        "marketing_objection": "2026-03-01T09:30:00+02:00" if user == "u004" else "",
    }


def _tasks(business_date: date, night: int) -> Rows:
    """A task of the day before, an emergency that is still going on, one past its retention; on night 2 one more."""
    day = business_date - timedelta(days=night)
    tasks = [
        {"task": "T-1", "kind": "task", "from": _at(day, 8), "to": _at(day, 16)},
        {"task": "T-2", "kind": "emergency", "from": _at(day, 20), "to": _at(day, 23) if night == 2 else ""},
        {"task": "T-0", "kind": "task", "from": _at(day, 8, days=-300), "to": _at(day, 16, days=-300)},
    ]
    if night == 2:
        tasks.append({"task": "T-3", "kind": "task", "from": _at(day, 8, days=1), "to": _at(day, 16, days=1)})
    return tasks


def _locations(business_date: date, night: int) -> Rows:
    """Five points of the day before night 1, on night 2 again with three new ones."""
    day = business_date - timedelta(days=night)

    def point(number: int, user: str, task: str, at: str, why: str) -> dict[str, str]:
        north, east = f"62.24{number:03}", f"25.72{number:03}"
        told = {"id": f"L-{number}", "user": user, "task": task, "at": at, "lat": north, "lon": east}
        return told | {"accuracy": "12", "why": why}

    points = [
        point(1, "u001", "T-1", _at(day, 8), "check_in"),
        point(2, "u002", "T-1", _at(day, 12), "check_in"),
        point(3, "u002", "T-1", _at(day, 18), "check_in"),  # two hours after the task had ended
        point(4, "u003", "T-2", _at(day, 21), "emergency"),
        point(5, _LATE_USER, "T-1", _at(day, 9), "task_start"),
    ]
    if night == 2:
        points += [point(number, "u001", "T-3", _at(day, number + 3, days=1), "check_in") for number in (6, 7, 8)]
    return points


def _actions(business_date: date, night: int) -> Rows:
    """One action of each of eight users on the day before night 1; on night 2 these again, and eight new ones."""
    first = business_date - timedelta(days=night)
    rows = []
    for day in range(night):
        for place, user in enumerate(list(_USERS)[:8]):
            row = {"id": f"A-{day}-{place}", "user": user, "at": _at(first, 9 + place, days=day)}
            row |= {"action": "task.opened", "type": "task", "object": f"T-{1 + 2 * day}"}
            rows.append(row | {"ip": f"192.0.2.{10 + place}"})
    return rows


def _messages(business_date: date, night: int) -> Rows:
    """Six reminders on the day before night 1; on night 2 these again, and six new ones."""
    first = business_date - timedelta(days=night)
    rows = []
    for day in range(night):
        for place, user in enumerate(list(_USERS)[:6]):
            row = {"id": f"M-{day}-{place}", "user": user, "at": _at(first, 7, days=day)}
            rows.append(row | {"channel": ("email", "sms")[place % 2], "template": "SHIFT-1", "status": "delivered"})
    return rows


def _invoices(night: int) -> Rows:
    """Three invoices to the customer; on night 2 the last was paid, and there is one more."""
    state, paid_on = ("paid", "2026-05-02") if night == 2 else ("reminded", "")
    told = [
        ("5001", "2026-01-31", "1240,00", "1232", "paid", "2026-02-12"),
        ("5002", "2026-02-28", "1240,00", "13013", "paid", "2026-03-14"),
        ("5003", "2026-03-31", "1302,50", "13026", state, paid_on),
    ]
    if night == 2:
        told.append(("5004", "2026-04-30", "-62,50", "13039", "open", ""))
    return [
        {
            "number": number,
            "company": "Korven Konepaja Oy",
            "business_id": "9000009-7",
            "date": day,
            "gross": gross,
            "currency": "EUR",
            "reference": reference,
            "state": state,
            "paid": paid,
        }
        for number, day, gross, reference, state, paid in told
    ]


def _contracts(night: int) -> Rows:
    """Two products; on night 2 the second has ended."""
    rows = [
        {"contract": "MDO-2026-033", "product": "TYÖNOHJAUS", "opened": "2026-01-01", "ended": "", "seller": "S-7"},
        {"contract": "MDO-2026-033", "product": "SMS", "opened": "2026-01-01", "ended": "", "seller": "S-7"},
    ]
    if night == 2:
        rows[1]["ended"] = "2026-10-31"
    return rows


def _at(day: date, hour: int, *, days: int = 0) -> str:
    """An hour of the day in UTC."""
    moment = datetime(day.year, day.month, day.day, hour) + timedelta(days=days)
    return f"{moment.isoformat()}Z"


def _csv(rows: Iterable[dict[str, str]]) -> bytes:
    listed = list(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(listed[0]))
    writer.writeheader()
    writer.writerows(listed)
    return text.getvalue().encode()
