"""The review queue: what enters it, what leaves it, and pairs of two customers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from people import People, person, with_steward

from register.matching import across, decisions, queue, shown
from schemas.errors import NotFound, Refusal

WHO: dict[str, Any] = {"by": "kari", "reason": "looked at", "on": date(2026, 3, 10)}
AINO = {"email": "aino@koe.example.com"}


@pytest.fixture
def people(bench) -> People:
    return with_steward(bench)


def loose(people: People) -> tuple[int, int, int]:
    """A person of two records, and one that hangs on by a weak link."""
    people.read("hr", 0, [person("1", "Aino Kuvitelma", number="17", **AINO)])
    people.read("hr2", 0, [person("1", "Aino Kuvitelma", number="17")])
    people.read("crm", 0, [person("1", "Ainno Kuvitelma", **AINO)])
    return people.record("hr:1"), people.record("hr2:1"), people.record("crm:1")


def waiting(people: People, customer: People | None = None) -> list[queue.Waiting]:
    with people.bench.register.transaction() as connection:
        return queue.listed(connection, customer and customer.customer_id)


class TestLeftByRules:
    def test_a_decision_takes_the_pair_out(self, people: People) -> None:
        hr, hr2, crm = loose(people)
        people.match()
        assert people.queue() == {("crm:1", "hr:1"): "loose"}
        (one,) = waiting(people)
        assert (one.pair, one.source_a, one.source_b, one.rule, one.score) == (
            (hr, crm),
            "koe/hr",
            "koe/crm",
            "email",
            None,
        )
        decisions.same(people.bench.register, hr, crm, **WHO)
        assert people.queue() == {}
        with people.bench.register.transaction() as connection:
            (link,) = [
                link for link in shown.links(connection, shown.golden_of(connection, hr)) if link.said_by == "kari"
            ]
        decisions.undo(people.bench.register, link.id, **WHO)
        people.match(everything=True, scored=True)
        assert people.queue() == {}, "a standing different keeps it out, however likely the pair is"
        assert shown_links(people, hr2)[-1][0] == "different"

    def test_a_standing_different_keeps_the_persons_out_and_not_only_the_records(self, people: People) -> None:
        _, hr2, crm = loose(people)
        people.match()
        decisions.different(people.bench.register, hr2, crm, **WHO)
        assert people.queue() == {}, "it is not the person whose record it is not"

    def test_what_waits_keeps_its_age_and_leaves_with_its_reason(self, people: People) -> None:
        loose(people)
        people.match()
        (before,) = waiting(people)
        people.match(everything=True)
        assert waiting(people) == [before]
        people.read("crm", 1, [person("1", "Aino Kuvitelma", **AINO)])
        people.match()
        assert people.queue() == {} and len(people.together()) == 1

    def test_a_record_that_goes_takes_its_pairs_along(self, people: People) -> None:
        loose(people)
        people.match()
        with people.bench.register.transaction() as connection:
            connection.exec_driver_sql("delete from register.person_record where first_name = 'Ainno'")
        assert waiting(people) == [], "at once, although no run has seen it"
        people.match()
        assert people.bench.rows("select count(*) from register.review_pair") == [(0,)]

    def test_counts(self, people: People) -> None:
        loose(people)
        done = people.match()
        assert done.waiting == 1 and done.waiting_since is not None


class TestScored:
    def rows(self, people: People) -> None:
        """Two registers say one name and one employer, and nothing else that a rule could go by."""
        firm = {"employer": "Satama Oy"}
        people.read("hr", 0, [person("1", "Tuulikki Näytelmäinen", email="t.n@koe.example.com", **firm)])
        people.read("hr2", 0, [person("1", "Tuulikki Näytelmäinen", phone="040 555 0101", **firm)])
        people.read("crm", 0, [person("1", "Eero Satunen", email="eero@koe.example.com")])

    def test_likely_pairs_wait_with_score_and_model(self, people: People) -> None:
        self.rows(people)
        people.match(scored=True)
        assert people.together() == set(), "nobody is joined by a score"
        assert people.queue() == {("hr2:1", "hr:1"): "likely"}
        (one,) = waiting(people)
        assert one.score is not None and one.model is not None and one.rule is None
        people.match(everything=True, scored=True)
        assert waiting(people) == [one], "the same scores again, and nothing written"
        decisions.same(people.bench.register, *one.pair, **WHO)
        assert people.queue() == {}
        kept = people.bench.rows("select score, model from register.match_link where decided_by is not null")
        assert kept == [(one.score, one.model)], "what the person who decided was told"

    def test_what_a_veto_keeps_apart_is_not_asked(self, people: People) -> None:
        firm = {"employer": "Satama Oy"}
        people.read("hr", 0, [person("1", "Matti Kuvitelma", email="matti@koe.example.com", number="17", **firm)])
        people.read("hr2", 0, [person("1", "Matti Kuvitelma", email="matti2@koe.example.com", number="218", **firm)])
        people.match(scored=True)
        assert people.queue() == {}

    def test_records_that_came_are_scored_by_a_decision_too(self, people: People) -> None:
        """A decision takes in what has come; its pairs must not be missed for it."""
        people.read("crm", 0, [person("1", "Eero Satunen"), person("2", "Eero Satunen")])
        people.match()
        self.rows(people)
        register = people.bench.register
        pair = people.bench.rows("select min(id), max(id) from register.person_record where last_name = 'Satunen'")[0]
        decisions.different(register, *pair, **WHO)
        assert ("hr2:1", "hr:1") in people.queue()


class TestTwoCustomers:
    def pair(self, people: People) -> People:
        other = People(people.bench, "toinen")
        for each in (people, other):
            each.read("crm", 0, [person("1", "Aino Kuvitelma", phone="040 555 0123", **AINO)])
        return other

    def switch(self, people: People, *, to: bool = True) -> None:
        across.switch(people.bench.register, "toinen", "koe", to=to, **WHO)

    def test_nothing_without_a_person_who_switches_the_pair_on(self, people: People) -> None:
        other = self.pair(people)
        for each in (people, other):
            each.match(scored=True)
        assert waiting(people) == []
        with pytest.raises(Refusal, match="two customers"):
            decisions.same(people.bench.register, people.record("crm:1"), other.record("crm:1"), **WHO)

    def test_switched_on_they_wait_and_are_never_one_person(self, people: People) -> None:
        other = self.pair(people)
        self.switch(people)
        people.match(scored=True)
        other.match(scored=True)
        (one,) = waiting(people, other)
        assert (one.why, one.source_a, one.source_b) == ("across", "koe/crm", "toinen/crm")
        before = people.bench.rows("select t::text from register.person as t order by 1")
        decisions.same(people.bench.register, *one.pair, **WHO)
        assert waiting(people) == []
        for each in (people, other):
            each.match(everything=True, scored=True)
            assert each.together() == set()
        assert people.bench.rows("select t::text from register.person as t order by 1") == before
        assert waiting(people) == [], "it is decided"
        ((verdict, link),) = shown_links(people, one.record_a)
        assert (verdict, shown_links(people, one.record_b)) == ("same", [(verdict, link)]), "written down, seen at both"
        decisions.undo(people.bench.register, link, **WHO)
        assert [verdict for verdict, _ in shown_links(people, one.record_a)] == ["same", "different"]

    def test_switched_off_they_leave_the_queue(self, people: People) -> None:
        other = self.pair(people)
        for each in (people, other):
            each.match()
        self.switch(people)
        assert [one.why for one in waiting(people)] == ["across"], "at once: no record has changed"
        with people.bench.register.transaction() as connection:
            (on,) = across.switched(connection)
        assert (on.customer, on.other, on.said_by) == ("koe", "toinen", "kari")
        with pytest.raises(Refusal, match="on already"):
            self.switch(people)
        self.switch(people, to=False)
        assert waiting(people) == []
        people.match(everything=True, scored=True)
        assert waiting(people) == []

    def test_who_and_whom(self, people: People) -> None:
        self.pair(people)
        with pytest.raises(NotFound, match="nobody"):
            across.switch(people.bench.register, "koe", "nobody", to=True, **WHO)
        with pytest.raises(NotFound, match="not two customers"):
            across.switch(people.bench.register, "koe", "koe", to=True, **WHO)
        with pytest.raises(Refusal, match="reason"):
            across.switch(people.bench.register, "koe", "toinen", to=True, **(WHO | {"reason": ""}))


def shown_links(people: People, record: int) -> list[tuple[str, int]]:
    with people.bench.register.transaction() as connection:
        found = shown.links(connection, shown.golden_of(connection, record))
    return [(link.verdict, link.id) for link in found]
