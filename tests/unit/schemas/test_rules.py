import ast
import re
from pathlib import Path

import pytest

import schemas
from schemas import rules
from schemas.rules import minimisation, rows, service, values

FOLDER = Path(schemas.__file__).parent
ID = re.compile(
    r"(key|required|text|name|label|email|phone|date|dates|business_id|vat|country|language|code|number|value|part|record"
    r"|hetu|iban|card|secret|health|special|mail(?!\.(?:com|ru)$)|row|csv|employer|account|username|issuer|boolean|count|timestamp|location|coordinate|ip|money|currency"
    r"|payment_reference|einvoice_address|postal_code)\.[a-z_]+"
)


def ids_in_the_code():
    """Every string in the package that is written as a rule's id, docstrings aside."""
    for path in FOLDER.rglob("*.py"):
        if path.parent.name == "rules":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and ID.fullmatch(node.value):
                yield node.value


def test_every_rule_that_the_code_names_is_explained():
    named = set(ids_in_the_code())
    assert {"name.not_a_name", "date.out_of_range", "hetu.shape", "part.twice"} <= named
    assert named <= set(rules.RULES)


@pytest.mark.parametrize("rule", rules.RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_is_told_in_both_languages(rule):
    texts = [rule.fi, rule.en, rule.mend_fi, rule.mend_en]
    assert len(set(texts)) == 4
    assert all(text[0].isupper() and text.endswith(".") for text in texts)


def test_no_id_twice():
    assert len(rules.RULES) == sum(len(module.RULES) for module in (minimisation, rows, service, values))


def test_an_unknown_rule_is_an_error():
    assert rules.get("hetu.valid").id == "hetu.valid"
    with pytest.raises(KeyError):
        rules.get("hetu.none")
