"""What a rule is.

Belongs here: the shape of a rule. Does not belong here: any one rule.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes:
        id: ``what.how``, as findings carry it.
        fi: what was found, in Finnish.
        en: the same in English.
        mend_fi: what the owner of the register can do, in Finnish.
        mend_en: the same in English.
    """

    id: str
    fi: str
    en: str
    mend_fi: str
    mend_en: str
