"""All detectors over a column, in one pass that costs a clean cell next to nothing.

Belongs here: the list of detectors, and which of them a column is spared. Does not belong here: any one detector, or
what becomes of a cell.

Three RE2 patterns made of all of theirs pick the few cells worth a closer look (about 150 ns a cell); only those are
shown to the detectors one by one, each distinct one once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

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
    special.NAMESAKES,
    private_mail.DETECTOR,
)
#: What any of them asks for. The two large ones stand alone: together they are more than RE2 has memory for, and it
#: goes over to a search that takes a hundred times as long.
_LARGE = (health.DETECTOR, special.DETECTOR)
ANY = tuple(
    "(?i)" + "|".join(f"(?:{detector.perhaps})" for detector in several)
    for several in ([one for one in DETECTORS if one not in _LARGE], *([one] for one in _LARGE))
)
_WORDS = frozenset(one.name for one in (health.DETECTOR, special.DETECTOR, special.UNIONS, special.NAMESAKES))

#: Rules of what never belongs to a register, whoever's it is: they are told to whoever looks after security.
SECURITY = frozenset({card.RULE, secret.RULE})
#: Rules of words that say something of a person that nobody may keep.
WORDS = frozenset({health.RULE, special.RULE})
#: Rules that a source may waive for a column, with a reason and a last day. A code that is somebody's is never waived.
WAIVABLE = frozenset({hetu.SHAPE, iban.RULE, card.RULE, secret.RULE, health.RULE, special.RULE, private_mail.RULE})

#: Bytes of cells that are searched in one go.
_AT_ONCE = 16 << 20

# A company is named after what it does: Kuntoutus Oy, JHL ry, Cancerstiftelsen. The form of its house, in law or by its
# last word, tells a name from a remark.
_LEGAL_FORM = (
    r"(?i)(?:^|\s)(?:oyj?|ab|abp|ky|kb|ay|tmi|ry|rf|sr|rp|osk|ltd|llp|llc|plc|inc|gmbh|as|hb)\.?(?:\s|$)|"
    r"(?:säätiö|liitto|yhdistys|järjestö|seura|seurakunta|keskus|klinikka|sairaala|opisto|museo|stiftelsen?|förbund(?:et)?|"
    r"förening(?:en)?|församling(?:en)?|kliniken|institut(?:et)?|association|society|foundation|trust|institute|clinic|"
    r"hospital|cent(?:re|er)|church|college|museum|partners|group)(?:\s|$)"
)
_COMPANY_NAMES = frozenset({"company.company_name", "employment.employer_name", "invoice.company_name"})
#: Kinds of fields whose values are names of persons, or made of them.
_MADE_OF_NAMES = frozenset({"name", "email", "username"})
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
        if any(field.kind in _MADE_OF_NAMES for field in fields):
            spared |= {special.UNIONS.name, special.NAMESAKES.name}
        company = (DataClass.COMPANY, DataClass.COMPANY_OR_SOLE_TRADER)
        return cls(
            frozenset(spared),
            company_name=bool(fields) and all(field.path in _COMPANY_NAMES for field in fields),
            company_text=bool(fields) and all(field.data_class in company for field in fields),
        )


def find(cells: pa.Array | pa.ChunkedArray, look: Look | None = None) -> dict[str, np.ndarray]:
    """Where each rule is broken in a column: rule -> positions in ascending order; only rules that are broken.

    Args:
        cells: strings, raw as read.
    """
    return find_in({"": cells}, {"": look or Look()}).get("", {})


def find_in(
    columns: Mapping[str, pa.Array | pa.ChunkedArray], looks: Mapping[str, Look]
) -> dict[str, dict[str, np.ndarray]]:
    """Where each rule is broken in each column: column -> rule -> positions in ascending order.

    Short columns are searched together: Arrow compiles the pattern anew for each call, which takes as long as looking
    at fifty thousand cells.

    Args:
        columns: strings, raw as read.
        looks: how each of them is looked at.
    """
    found: dict[str, dict[str, np.ndarray]] = {}
    for names in _together(columns):
        parts = [columns[name] for name in names]
        chunks = [chunk for part in parts for chunk in (part.chunks if isinstance(part, pa.ChunkedArray) else [part])]
        whole = pa.concat_arrays([plain(chunk.cast(pa.large_string())) for chunk in chunks])
        asked = [pc.fill_null(pc.match_substring_regex(whole, pattern), False) for pattern in ANY]
        hits = np.flatnonzero(reduce(pc.or_, asked).to_numpy(zero_copy_only=False))
        if len(hits):
            ends = np.cumsum([len(part) for part in parts])
            owner = np.searchsorted(ends, hits, side="right")
            places = hits - np.concatenate([[0], ends])[owner]
            _ask(whole.take(pa.array(hits)), owner, places, names, looks, found)
    return found


def _together(columns: Mapping[str, pa.Array | pa.ChunkedArray]) -> Iterator[list[str]]:
    """Columns in groups of some megabytes, so that their copies take no memory worth speaking of."""
    group: list[str] = []
    size = 0
    for name, cells in columns.items():
        if group and size + cells.nbytes > _AT_ONCE:
            yield group
            group, size = [], 0
        group.append(name)
        size += cells.nbytes
    if group:
        yield group


def _ask(
    cells: pa.Array,
    owner: np.ndarray,
    places: np.ndarray,
    names: list[str],
    looks: Mapping[str, Look],
    found: dict[str, dict[str, np.ndarray]],
) -> None:
    """Shows suspicious cells to each detector that concerns their column."""
    in_company_name = np.array([looks[name].company_name for name in names])[owner]
    named = in_company_name & pc.match_substring_regex(cells, _LEGAL_FORM).to_numpy(zero_copy_only=False)
    for detector in DETECTORS:
        spared = np.array([detector.name in looks[name].spared for name in names])[owner]
        if detector.name in _WORDS:
            spared = spared | named
        at, rules = found_by(detector, cells)
        told = ~spared[at]
        at, rules = at[told], rules[told]
        for number, rule in sorted(set(zip(owner[at].tolist(), rules, strict=True))):
            where = places[at[(owner[at] == number) & (rules == rule)]]
            of_column = found.setdefault(names[number], {})
            of_column[rule] = np.union1d(of_column[rule], where) if rule in of_column else where
