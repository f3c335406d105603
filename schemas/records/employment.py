"""G1: that a person works for a company.

Belongs here: employer, role and dates of one employment. Does not belong here: pay, working time, absences, or notes.
"""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pandera.pandas as pa

from schemas.records.base import DataClass, RecordModel, Series, described


class Employment(RecordModel):
    """One employment of the row's person; a row without an employer means the customer."""

    employer_name: Series[str] = described(
        kind="label", fi="Työnantaja", en="Employer", data_class=DataClass.COMPANY, max_length=200
    )
    employer_business_id: Series[str] = described(
        kind="business_id",
        fi="Työnantajan Y-tunnus",
        en="Employer's business id",
        data_class=DataClass.COMPANY,
        str_matches=r"^\d{7}-\d$",
    )
    employee_number: Series[str] = described(kind="code", fi="Henkilönumero", en="Employee number", max_length=64)
    job_title: Series[str] = described(
        kind="label", fi="Tehtävänimike", en="Job title", default_on=False, max_length=80
    )
    valid_from: Series[datetime] = described(kind="date", fi="Alkoi", en="From")
    valid_to: Series[datetime] = described(kind="date", fi="Päättyi", en="To")

    @pa.dataframe_check(name="dates_in_order")
    @classmethod
    def dates_in_order(cls, frame: pd.DataFrame) -> pd.Series:
        """Whether an employment does not end before it begins."""
        return ~(frame["valid_to"] < frame["valid_from"])
