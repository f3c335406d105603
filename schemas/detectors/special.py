"""Words about union, religion, politics, origin, sexuality and crime, in Finnish, Swedish and English (MIN-11).

Belongs here: which themes make up the rule; vocabularies of skills are held to the same words. Does not belong here:
the words themselves (`schemas.detectors.lexicon`), how they are found, or what becomes of the cell. Law: GDPR 9 and 10.
"""

from __future__ import annotations

from schemas.detectors import words
from schemas.detectors.lexicon import belief, crime, origin, union
from schemas.detectors.lexicon.things import filled

RULE = "special.words"

_TABLES = (union.TABLE, belief.TABLE, origin.TABLE, crime.TABLE)

DETECTOR = words.stems(
    "special",
    RULE,
    anywhere=[stem for table in _TABLES for stem in table.anywhere],
    beginning=[stem for table in _TABLES for stem in table.beginning],
    allowed=filled(phrase for table in _TABLES for phrase in table.allowed),
)
#: Unions by their short names, and words that are names with a capital. Spared where a cell is somebody's name, or is
#: made of it.
UNIONS = words.names("unions", RULE, exactly=(*union.SHORT_NAMES, *origin.AS_WRITTEN), allowed=union.NOT_MEMBERS)
#: Faiths and peoples that people are called by, too. Spared likewise.
NAMESAKES = words.stems("namesakes", RULE, beginning=(*belief.NAMESAKES, *origin.NAMESAKES))
