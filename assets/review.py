"""The review queue as a workbook: out to a steward, and back.

Belongs here: joining the queue of the register with the workbook, and taking its answers in. Does not belong here: the
workbook's form (`sources.review_book`), or what a decision means (`register.matching.decisions`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assets.workplace import Workplace
from register import documents
from register.matching import answers, queue, run
from register.matching.compared import compared
from sources import review_book, workbook
from sources.review_book import Row

#: What a document of this kind is called in the register.
KIND = "review_workbook"


@dataclass(frozen=True)
class Taken:
    """What became of a workbook that came back.

    Attributes:
        same, different: how many were decided so.
        undecided: how many rows were left empty; they stay in the queue.
        refused: the row as Excel numbers it, and why it was not taken in.
    """

    same: int
    different: int
    undecided: int
    refused: list[tuple[int, str]]


def export(work: Workplace, customer: str, path: Path, *, limit: int, by: str, reason: str) -> int:
    """Writes the head of a customer's queue into a workbook that its reader alone may read; how many pairs.

    Raises:
        NotFound: where there is no such customer, or person who may decide.
        Refusal: where the file is there already or cannot be written.
    """
    with work.register.transaction() as connection:
        customer_id = run.customers(connection, customer)[customer]
        waiting = queue.listed(connection, customer_id, limit=limit)
        shown = {(one.record_a, one.record_b): one for one in compared(connection, [one.pair for one in waiting])}
        rows = [
            Row(*one.pair, one.why, one.rule, one.score, one.model, found.state, found.a, found.b)
            for one in waiting
            if (found := shown.get(one.pair))
        ]
        number = documents.record(connection, KIND, customer, rows=len(rows), by=by, reason=reason, on=work.today)
    workbook.save(review_book.render(rows, number), path)
    return len(rows)


def take(work: Workplace, path: Path, *, by: str, reason: str | None = None) -> Taken:
    """Takes in what a steward has filled in. A row whose records have changed since is refused, and the others go in.

    Args:
        reason: stands where a row gives none.

    Raises:
        SourceRefused, Refusal: where the workbook is not as it must be; then nothing is taken in.
        NotFound: where it was never handed out, or nobody of that name may decide.
    """
    returned = review_book.read(path, reason=reason)
    said = [
        answers.Answer((one.record_a, one.record_b), one.document, one.state, one.verdict, one.reason)
        for one in returned.answers
    ]
    refused = answers.take(work.register, said, kind=KIND, by=by, on=work.today)
    numbers = [one.number for one in returned.answers]
    taken = [one.verdict for at, one in enumerate(said) if at not in refused]
    return Taken(
        same=taken.count("same"),
        different=taken.count("different"),
        undecided=returned.undecided,
        refused=[(numbers[at], why) for at, why in sorted(refused.items())],
    )
