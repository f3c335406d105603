"""The matching input of a generated register, without a database.

Belongs here: what the register would make of generated records. Does not belong here: the records, or their scoring.
"""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from register.matching import keys
from register.matching.keys import folded_text
from register.matching.scoring.generator.records import Generated
from register.matching.scoring.inputs import INPUT


def of_generated(generated: Generated) -> pa.Table:
    """The matching input of a generated register, as the register would make it (a test holds the two together)."""
    told = generated.records
    email = told["work_email"].str.lower()
    name = told["employer_name"].map(_once(told["employer_name"]))
    number = told["employee_number"].str.upper().str.lstrip("0")
    first, last = (told[column].map(_once(told[column])) for column in ("first_name", "last_name"))
    employer = ("id " + told["employer_business_id"]).where(told["employer_business_id"] != "", "name " + name)
    made = pd.DataFrame(
        {
            "record_id": range(len(told)),
            "customer_id": 1,
            "first_name": first,
            "last_name": last,
            "name_key": [" ".join(sorted(whole.split())) for whole in first + " " + last],
            "email": email.where(~email.str.match(keys.ROLE_MAILBOX), ""),
            "phone": told["work_phone"],
            "employer": employer.where((name != "") | (told["employer_business_id"] != ""), "own"),
            "employee_number": number,
            "username": "",
            "subject": "",
        }
    )
    made = made.astype(object).where(made != "", None)
    return pa.Table.from_pandas(made, schema=INPUT, preserve_index=False)


def _once(texts: pd.Series) -> dict[str, str]:
    return {text: folded_text(text) for text in texts.unique()}
