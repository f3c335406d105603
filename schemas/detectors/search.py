"""All detectors over a column, in one pass that costs a clean cell next to nothing.

Belongs here: the list of detectors, and which of them a column is spared. Does not belong here: any one detector, or
what becomes of a cell.

One RE2 pattern made of all of theirs picks the few cells worth a closer look (about 40 ns a cell); only those are shown
to the detectors one by one, each distinct one once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from schemas.catalogue import Field
from schemas.detectors import card, health, hetu, iban, private_mail, protection, secret, special
from schemas.detectors.base import Detector
from schemas.detectors.column import found_by, plain
from schemas.records.base import DataClass

DETECTORS: tuple[Detector, ...] = (
    hetu.DETECTOR,
    iban.DETECTOR,
    card.DETECTOR,
    secret.DETECTOR,
    protection.DETECTOR,
    health.DETECTOR,
    special.DETECTOR,
    special.UNIONS,
    private_mail.DETECTOR,
)
_ANY = "(?i)" + "|".join(f"(?:{detector.perhaps})" for detector in DETECTORS)
_WORDS = frozenset({health.DETECTOR.name, special.DETECTOR.name, special.UNIONS.name})

#: Rules of what never belongs to a register, whoever's it is: they are told to whoever looks after security.
SECURITY = frozenset({card.RULE, secret.RULE})
#: Rules of words that say something of a person that nobody may keep.
WORDS = frozenset({health.RULE, special.RULE})
#: Rules that a source may waive for a column, with a reason and a last day. A code that is somebody's is never waived.
WAIVABLE = frozenset({hetu.SHAPE, iban.RULE, card.RULE, secret.RULE, health.RULE, special.RULE, private_mail.RULE})

# A company is named after what it does: Kuntoutus Oy, JHL ry. The legal form tells a name from a remark.
_LEGAL_FORM = r"(?i)(?:^|\s)(?:oyj?|ab|abp|ky|ay|tmi|ry|rf|sr|osk|säätiö|liitto|yhdistys|ltd|inc|gmbh|as|hb)\.?(?:\s|$)"
_COMPANY_NAMES = frozenset({"company.company_name", "employment.employer_name", "invoice.company_name"})
_NUMBERS = frozenset({"invoice.invoice_no", "message.related_invoice_no"})


@dataclass(frozen=True)
class Look:
    """How a column is looked at.

    Attributes:
        spared: names of detectors that do not concern it.
        company_name: whether it names companies, so that words in a name with a legal form are no remark.
        company_text: whether nothing that it fills is about a person.
    """

    spared: frozenset[str] = frozenset()
    company_name: bool = False
    company_text: bool = False

    @classmethod
    def at(cls, fields: list[Field]) -> Look:
        """How a column is looked at that fills these fields; with none it is looked at as a person's text."""
        spared = set()
        if any(field.kind == "payment_reference" or field.path in _NUMBERS for field in fields):
            spared.add(card.DETECTOR.name)
        if any(field.kind == "name" for field in fields):
            spared.add(special.UNIONS.name)
        company = (DataClass.COMPANY, DataClass.COMPANY_OR_SOLE_TRADER)
        return cls(
            frozenset(spared),
            company_name=bool(fields) and all(field.path in _COMPANY_NAMES for field in fields),
            company_text=bool(fields) and all(field.data_class in company for field in fields),
        )


def find(cells: pa.Array | pa.ChunkedArray, look: Look | None = None) -> dict[str, np.ndarray]:
    """Where each rule is broken: rule -> positions in ascending order; only rules that are broken somewhere.

    Args:
        cells: strings, raw as read.
    """
    look = look or Look()
    array = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    whole = plain(array)
    hits = np.flatnonzero(pc.fill_null(pc.match_substring_regex(whole, _ANY), False).to_numpy(zero_copy_only=False))
    if not len(hits):
        return {}
    closer = whole.take(pa.array(hits))
    found: dict[str, list[np.ndarray]] = {}
    for detector in DETECTORS:
        if detector.name in look.spared:
            continue
        at, rules = found_by(detector, closer)
        if look.company_name and detector.name in _WORDS and len(at):
            named = pc.match_substring_regex(closer.take(pa.array(at)), _LEGAL_FORM).to_numpy(zero_copy_only=False)
            at, rules = at[~named], rules[~named]
        for rule in detector.rules:
            of_rule = hits[at[rules == rule]]
            if len(of_rule):
                found.setdefault(rule, []).append(of_rule)
    return {rule: np.unique(np.concatenate(parts)) for rule, parts in found.items()}
