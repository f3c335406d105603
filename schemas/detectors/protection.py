"""Marks that somebody's address is under protection (turvakielto, MIN-23; 661/2009 36 §).

Belongs here: the words for it in Finnish, Swedish and English. Does not belong here: what becomes of the row. That the
mark was there is itself never kept.
"""

from __future__ import annotations

from schemas.detectors import words

RULE = "row.by_hand"

DETECTOR = words.stems(
    "protection",
    RULE,
    anywhere=("turva-?kiel[tl]", "turvakiello"),
    beginning=(
        *("spärrmarkering", "spärrmärkt", "sekretessmark", "skyddad (?:adress|folkbok)", "spärrad adress"),
        *("address protection", "protected address", "non-disclosure for (?:personal )?safety"),
    ),
)
