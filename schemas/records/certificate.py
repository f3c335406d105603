"""G8: a certificate that a person holds.

Belongs here: which certificate, from whom, and how long it is valid. Does not belong here: scans of it, or the results
of an examination (never stored).
"""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pandera.pandas as pa

from schemas.records.base import RecordModel, Series, described


class Certificate(RecordModel):
    """One certificate of the row's person; the code tells the parts of a row apart."""

    cert_code: Series[str] = described(
        kind="code", fi="Todistuksen koodi", en="Certificate code", required=True, max_length=64
    )
    issuer: Series[str] = described(kind="label", fi="Myöntäjä", en="Issuer", max_length=120)
    issued_on: Series[datetime] = described(kind="date", fi="Myönnetty", en="Issued on")
    valid_until: Series[datetime] = described(kind="date", fi="Voimassa", en="Valid until")
    cert_no: Series[str] = described(
        kind="code", fi="Todistuksen numero", en="Certificate number", default_on=False, max_length=40
    )

    @pa.dataframe_check(name="dates_in_order")
    @classmethod
    def dates_in_order(cls, frame: pd.DataFrame) -> pd.Series:
        """A certificate is not valid only until before it was issued."""
        return ~(frame["valid_until"] < frame["issued_on"])
