"""Forbidden column names (MIN-02)."""

from __future__ import annotations

import pytest

from sources.config import forbidden

CAUGHT = """
hetu HETU Hetu hetu_asiakas asiakas.hetu Henkilötunnus henkilotunnus HenkilöTunnus HENKILÖTUNNUS sotu SSN
employee-ssn personnummer Syntymäaika syntymaaika syntymapaiva birthDate BirthDate date_of_birth birthday
salasana Password passWord user_password pwd PIN PIN-koodi PINkoodi pinKoodi iban IBAN-tili IBANNumber
tilinumero TiliNumero credit_card korttinumero kortti_nro palkka Palkka palkkaluokka Kuukausipalkka
peruspalkka salary sukupuoli gender sairauspoissaolot terveystiedot ay-jäsen AYjäsenyys turvakielto kotiosoite
Koti-osoite KotiOsoite Luottoluokitus luottotiedot maksuhäiriöt maksuhairio credit_score kreditupplysning
"""

NOT_CAUGHT = """
shipping_address opinion spin_rate Henkilönumero henkilönro Puhelin Sukunimi Nimi Sähköposti Y-tunnus
Postiosoite Työturvakortti Tunnus tuntipalvelu discard cardinal Kortteli Jäsennumero Pinta-ala assn Koodi
Palkkio Luottoraja creditor_name Maksuehto Ulosottoperuste
"""


@pytest.mark.parametrize(
    "column",
    CAUGHT.split(),
)
def test_caught(column: str) -> None:
    assert forbidden(column)


def test_caught_in_decomposed_unicode_and_full_width() -> None:
    assert forbidden("Henkilo\u0308tunnus")
    assert forbidden("ＨＥＴＵ")


@pytest.mark.parametrize(
    "column",
    NOT_CAUGHT.split(),
)
def test_not_caught(column: str) -> None:
    assert forbidden(column) is None


def test_words_apart() -> None:
    assert forbidden("EA1 voimassa") is None
    assert forbidden("Työturvakortti voimassa") is None
    assert forbidden("Pvm (syntymä)") == "birth date"
    assert forbidden("AY jäsen") == "union membership"


def test_the_known_false_positive() -> None:
    """Policy, MIN-02: a waiver with a reason is for this."""
    assert forbidden("company_card_ref") == "payment card"
