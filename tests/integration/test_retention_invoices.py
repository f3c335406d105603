"""Invoices and claims: the financial year of the books, open claims, and claims that are time-barred (R2a to R2c)."""

from __future__ import annotations

from datetime import date

import pytest
from retained import Filled

from register.retention import years
from register.retention.years import FinancialYear
from schemas.errors import Refusal

DAY = date(2026, 8, 31)


class TestInvoices:
    def test_they_go_by_the_financial_year_of_the_books(self, filled: Filled) -> None:
        # 18 months, as is allowed where books are begun: arithmetic on the posting date would say 2031
        with filled.register.transaction() as connection:
            years.add(connection, FinancialYear("mdo", date(2024, 7, 1), date(2025, 12, 31)))
        filled.put("a", "invoice", "1", posting_date=date(2024, 8, 15))
        filled.night(date(2031, 12, 31))
        assert filled.left("invoice") == {"1"}
        filled.night(date(2032, 1, 1))
        assert filled.left("invoice") == set()

    def test_one_of_no_known_year_is_kept_and_told_of(self, filled: Filled) -> None:
        filled.put("a", "invoice", "1", posting_date=date(2024, 8, 15))
        done = filled.night(date(2058, 1, 1))
        assert filled.left("invoice") == {"1"}
        assert done.watch.without_year == 1

    def test_one_with_an_open_claim_is_kept(self, filled: Filled) -> None:
        with filled.register.transaction() as connection:
            years.add(connection, FinancialYear("mdo", date(2024, 1, 1), date(2024, 12, 31)))
        filled.put("a", "invoice", "1", posting_date=date(2024, 8, 15))
        filled.put("a", "collection", "1")
        done = filled.night(date(2031, 1, 1))
        assert [line.refused for line in done.lines if line.rule == "R2a"] == [{"open_claim": 1}]
        filled.execute("update register.collection set closed_on = '2030-12-01'")
        filled.night(date(2031, 1, 2))
        assert (filled.left("invoice"), filled.left("collection"), filled.keys()) == (set(), set(), set())

    def test_years_do_not_overlap_and_end(self, filled: Filled) -> None:
        with filled.register.transaction() as connection:
            years.add(connection, FinancialYear("mdo", date(2024, 1, 1), date(2024, 12, 31)))
        for first, last in [(date(2024, 12, 31), date(2025, 6, 30)), (date(2025, 6, 30), date(2025, 1, 1))]:
            with pytest.raises(Refusal), filled.register.transaction() as connection:
                years.add(connection, FinancialYear("mdo", first, last))
        with pytest.raises(Refusal), filled.register.transaction() as connection:
            years.add(connection, FinancialYear("mdo", date(2025, 1, 1), date(2026, 7, 1)))
        filled.night(date(2034, 12, 31))
        assert filled.rows("select from privacy.financial_year") == [()]
        filled.night(date(2035, 1, 1))
        assert filled.rows("select from privacy.financial_year") == []

    def test_claims_that_may_be_time_barred_are_told_of(self, filled: Filled) -> None:
        for key, fields in {"1": {}, "2": {"enforcement_title_on": DAY}, "3": {"closed_on": date(2029, 8, 1)}}.items():
            filled.put("a", "invoice", key, due_date=DAY, posting_date=date(2026, 8, 1))
            filled.put("a", "collection", key, **fields)
        assert filled.night(date(2029, 8, 31)).watch.time_barred == 0
        assert filled.night(date(2029, 9, 1)).watch.time_barred == 1
        assert filled.night(date(2031, 9, 1)).watch.time_barred == 2
        assert filled.left("collection") == {"1", "2"}
