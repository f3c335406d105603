"""The rules by their ids, in plain words for the customer's contact person.

Belongs here: every rule id that a finding may carry, what it means, and what the customer can mend, in Finnish and
English. Does not belong here: the check itself, or any value.
"""

from __future__ import annotations

from schemas.rules import minimisation, rows, service, values
from schemas.rules.rule import Rule

__all__ = ["RULES", "Rule", "get"]

#: Every rule by its id.
RULES: dict[str, Rule] = {rule.id: rule for rule in (*rows.RULES, *minimisation.RULES, *values.RULES, *service.RULES)}


def get(rule_id: str) -> Rule:
    """The rule of that id; KeyError where there is none."""
    return RULES[rule_id]
