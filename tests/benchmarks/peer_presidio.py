"""Presidio as a worker: an order is a list of cells, each analysed by itself.

Belongs here: its pattern recognisers for what our detectors look for, on a language model without anything in it. Does
not belong here: what is measured. Runs in the environment of ``requirements-bench.lock``, and imports nothing of ours
but `worker`.
"""

from __future__ import annotations

from typing import Any

import spacy
import tldextract
from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import CreditCardRecognizer, EmailRecognizer, IbanRecognizer
from worker import serve

#: A few of our stems, one recogniser for each table; more would only make it slower.
_WORDS = {
    "HEALTH": "sairau|sairasl|diagnoo|masennu|raskaana|kuntoutu|sjukskriv|sjukdom|pregnan|sick leave",
    "SPECIAL": "ammattiliit|luottamusmie|jäsenmaksu|uskont|rikosrekist|förtroendeman|trade union|criminal record",
    "SECRET": r"(?:salasana|password|lösenord)\s*[:=]\s*\S|\$2[aby]\$|eyJ[\w-]+\.eyJ|-----BEGIN",
    "PROTECTED": "turvakiel|spärrmarkering|address protection",
    "FI_HETU": r"\b(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[-+YXWVUABCDEF]\d{3}[0-9A-FHJ-NPR-Y]\b",
}


class Blank(SpacyNlpEngine):
    """A tokenizer and no more."""

    def __init__(self) -> None:
        super().__init__()
        self.nlp = {"en": spacy.blank("en")}


def _analyser() -> AnalyzerEngine:
    # the list of top-level domains that the package brings; nothing is fetched while it is timed
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())
    registry = RecognizerRegistry(supported_languages=["en"])
    registry.recognizers = [
        CreditCardRecognizer(),
        IbanRecognizer(),
        EmailRecognizer(),
        *(PatternRecognizer(name, name=name, patterns=[Pattern(name, form, 0.9)]) for name, form in _WORDS.items()),
    ]
    return AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"])


_ANALYSER = _analyser()


def _step(order: dict[str, Any]) -> dict[str, Any]:
    found = sum(len(_ANALYSER.analyze(cell, language="en")) for cell in order["cells"])
    return {"found": found}


if __name__ == "__main__":
    serve(_step)
