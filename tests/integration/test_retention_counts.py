"""What is left of contracts that have gone: counts, in the transaction that deletes, and none of few."""

from __future__ import annotations

from datetime import date

from retained import Filled

from register.retention import counts
from register.retention.counts import Group

END = date(2026, 8, 31)
GONE = date(2029, 9, 1)


def put(filled: Filled, many: int, product: str, **more: object) -> None:
    for number in range(many):
        fields = {"product_code": product, "opened_on": date(2024, 1, 1), "terminated_on": END, **more}
        filled.put("a", "contract", f"{product}{number}{sorted(more)}", **fields)


def shown(filled: Filled) -> list[Group]:
    with filled.register.transaction() as connection:
        return counts.shown(connection)


def test_groups_of_five_are_shown_and_grow(filled: Filled) -> None:
    put(filled, 5, "A")
    put(filled, 4, "B")
    filled.night(date(2029, 8, 31))
    assert shown(filled) == []
    filled.night(GONE)
    assert filled.left("contract") == set()
    assert shown(filled) == [Group("A", None, 2024, 2026, 5)]
    put(filled, 1, "B", terminated_on=date(2026, 9, 1))
    filled.night(GONE)
    assert shown(filled) == [Group("A", None, 2024, 2026, 5)], "a night again counts nothing twice"
    filled.night(date(2029, 9, 2))
    assert shown(filled) == [Group("A", None, 2024, 2026, 5), Group("B", None, 2024, 2026, 5)]


def test_a_contract_of_no_product_or_date_is_one_of_its_group(filled: Filled) -> None:
    filled.read("a", END)
    for number in range(5):
        filled.put("a", "contract", str(number))  # open for all that is known, and its register is silent (R99)
    filled.night(date(2028, 9, 1))
    assert shown(filled) == [Group(None, None, None, None, 5)]


def test_of_what_was_processed_for_a_customer_nothing_is_counted(filled: Filled) -> None:
    put(filled, 6, "A")
    filled.execute("update register.contract set processing_role = 'processor'")
    filled.night(GONE)
    assert filled.left("contract") == set()
    assert filled.rows("select from register.contract_count") == []


def test_a_group_that_stays_small_goes(filled: Filled) -> None:
    put(filled, 5, "A")
    put(filled, 4, "B")
    filled.night(GONE)
    filled.night(date(2032, 9, 1))
    assert filled.rows("select product_code from register.contract_count order by 1") == [("A",), ("B",)]
    filled.night(date(2032, 9, 2))
    assert filled.rows("select product_code from register.contract_count") == [("A",)]


def test_it_names_no_customer_and_no_key(filled: Filled) -> None:
    columns = "select column_name from information_schema.columns where table_name = 'contract_count' order by 1"
    assert [name for (name,) in filled.rows(columns)] == [
        *("contracts", "counted_on", "first_year", "last_year", "product_code", "service_code")
    ]
