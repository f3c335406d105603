"""The third demo customer: a workbook, a directory behind an API, and what MDO's own service knows of its people.

Belongs here: fictional files, a small SCIM server, and the story they tell. Does not belong here: how they are read.

Nobody in it exists; mailboxes end in example.com, and phone numbers begin with 040 555 0. The story, told in source
rows, is `EXPECTED`:

Night 1. *Korven Konepaja* sends a workbook with two sheets: 12 persons and a total row, and 10 rows of qualifications.
MDO's application knows 8 accounts, one of whose users has given another phone number than the employer, 3 tasks, 5
locations (one after its task had ended, one of a user whom nobody knows), 8 actions and 6 messages; its ledger has 3
invoices, its CRM 2 contracts.

Night 2. The directory, which knows only today, is read for the first time: 13 users in pages of five, of whom two are
not active. The workbook: one person is new, one is gone, one has another phone number; one level is written in words,
so that the earlier ones stay. The application: the unknown user has an account by now, and the location that named it
is taken; the exports of events overlap by a day. The ledger: one invoice was paid, one is new. The CRM: one contract
has ended.
"""

from __future__ import annotations

from sources.demo.konepaja.files import write_night
from sources.demo.konepaja.people import CUSTOMER
from sources.demo.konepaja.placing import place_sources
from sources.demo.konepaja.story import EXPECTED
from sources.demo.konepaja.users import serve_users

__all__ = ["CUSTOMER", "EXPECTED", "place_sources", "serve_users", "write_night"]
