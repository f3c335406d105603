"""What records are scored by: the matching input, one row a record.

Belongs here: its columns, reading it from the register, and making it of records that no register holds. Does not belong
here: which records are compared, and how.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.csv
import sqlalchemy as sa

from register.database import driver
from register.matching import keys
from register.matching.scoring.generator.records import Generated

_TEXTS = ("first_name", "last_name", "name_key", "email", "phone", "employer", "employee_number", "username", "subject")

#: The matching input; every column but the ids may be null. The words are those of `register.person_key`.
INPUT = pa.schema(
    [("record_id", pa.int64()), ("customer_id", pa.int64()), *((name, pa.large_string()) for name in _TEXTS)]
)


def read(connection: sa.Connection, customers: Sequence[int]) -> pa.Table:
    """The matching input of these customers' records, as their keys stand: INPUT, by record id. In memory only."""
    asked = (
        f"copy (select {', '.join(INPUT.names)} from register.person_key where customer_id = any(%s) "
        "order by record_id) to stdout (format csv, force_quote *)"
    )
    text = io.BytesIO()
    with driver(connection).cursor().copy(asked, [list(customers)]) as copy:
        for block in copy:
            text.write(block)
    text.seek(0)
    return pa.csv.read_csv(
        text,
        read_options=pa.csv.ReadOptions(column_names=INPUT.names),
        parse_options=pa.csv.ParseOptions(newlines_in_values=True),
        convert_options=pa.csv.ConvertOptions(
            column_types=INPUT, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
        ),
    )


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


def folded_text(text: str) -> str:
    """What `keys.folded` makes of a text, without a database."""
    for wrong, right in keys.BROKEN.items():
        text = text.replace(wrong, right)
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not "\u0300" <= one <= "\u036f").lower()
    plain = plain.replace("ß", "ss").translate(str.maketrans(*keys.LETTERS))
    return " ".join(part for part in keys.PUNCTUATION.split(plain) if part)
