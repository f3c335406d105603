"""Words about somebody's health, in Finnish, Swedish and English (MIN-10; GDPR 9, 759/2004 5 §).

Belongs here: which themes make up the rule. Does not belong here: the words themselves (`schemas.detectors.lexicon`),
how they are found, or what becomes of the cell.
"""

from __future__ import annotations

from schemas.detectors import words
from schemas.detectors.lexicon import absence, care, examination, illness, injury, mind
from schemas.detectors.lexicon.things import HOUSES_AND_CALLINGS, filled

RULE = "health.words"

_TABLES = (absence.TABLE, illness.TABLE, injury.TABLE, mind.TABLE, care.TABLE, examination.TABLE)

DETECTOR = words.stems(
    "health",
    RULE,
    anywhere=[stem for table in _TABLES for stem in table.anywhere],
    beginning=[stem for table in _TABLES for stem in table.beginning],
    allowed=filled((*HOUSES_AND_CALLINGS, *(phrase for table in _TABLES for phrase in table.allowed))),
)
