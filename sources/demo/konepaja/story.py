"""What each night brings for each source of Korven Konepaja, written down by hand.

Belongs here: the counts. Does not belong here: the rows (`sources.demo.konepaja.files`).
"""

from __future__ import annotations

from sources.demo.konepaja.people import CUSTOMER
from sources.demo.registers import Expected

#: (register, night) -> what it brings.
_TOLD: dict[tuple[str, int], Expected] = {
    ("henkilosto", 1): Expected(read=12, inserted=12),
    ("henkilosto", 2): Expected(read=12, inserted=1, updated=1, unchanged=10, absent=1),
    ("patevyydet", 1): Expected(read=10, inserted=10),
    ("patevyydet", 2): Expected(read=10, updated=0, unchanged=10, rules={"number.unreadable": 1}),
    ("hakemisto", 2): Expected(read=13, inserted=11, out_of_scope=2),
    ("mdo-kayttajat", 1): Expected(read=8, inserted=8),
    ("mdo-kayttajat", 2): Expected(read=9, inserted=1, updated=2, unchanged=6),
    ("mdo-tehtavat", 1): Expected(read=3, inserted=2, expired=1),
    ("mdo-tehtavat", 2): Expected(read=4, inserted=1, updated=1, unchanged=1, expired=1),
    ("mdo-sijainnit", 1): Expected(
        read=5, inserted=3, quarantined=2, rules={"location.not_necessary": 1, "account.unknown": 1}
    ),
    ("mdo-sijainnit", 2): Expected(read=8, inserted=4, unchanged=3, quarantined=1, rules={"location.not_necessary": 1}),
    ("mdo-toimenpiteet", 1): Expected(read=8, inserted=8),
    ("mdo-toimenpiteet", 2): Expected(read=16, inserted=8, unchanged=8),
    ("mdo-viestit", 1): Expected(read=6, inserted=6),
    ("mdo-viestit", 2): Expected(read=12, inserted=6, unchanged=6),
    ("mdo-laskut", 1): Expected(read=3, inserted=3),
    ("mdo-laskut", 2): Expected(read=4, inserted=1, updated=1, unchanged=2),
    ("mdo-sopimukset", 1): Expected(read=2, inserted=2),
    ("mdo-sopimukset", 2): Expected(read=2, updated=1, unchanged=1),
}

#: (source, night) -> what it brings.
EXPECTED = {(f"{CUSTOMER}/{register}", night): told for (register, night), told in _TOLD.items()}
