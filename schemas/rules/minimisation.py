"""Rules about what must not be in any register: what detectors find.

Belongs here: codes, numbers, words and secrets that are taken in no field. Does not belong here: values that are wrong
(`schemas.rules.values`).
"""

from __future__ import annotations

from schemas.rules.rule import Rule

RULES = (
    Rule(
        "hetu.valid",
        "Tiedossa on henkilötunnus.",
        "The value holds a personal identity code.",
        "Poista henkilötunnus rekisterin tästä kentästä; sitä ei oteta vastaan missään kentässä.",
        "Remove the identity code from this field of the register; it is not accepted in any field.",
    ),
    Rule(
        "hetu.shape",
        "Tiedossa on henkilötunnuksen näköinen merkintä.",
        "The value holds something that looks like a personal identity code.",
        "Poista merkintä tai kirjoita se toisin, jos se ei ole henkilötunnus.",
        "Remove it, or write it differently if it is no identity code.",
    ),
    Rule(
        "hetu.file_name",
        "Tiedoston nimessä on henkilötunnus.",
        "The file's name holds a personal identity code.",
        "Anna tiedostolle toinen nimi.",
        "Give the file another name.",
    ),
    Rule(
        "key.hetu",
        "Rivin tunnisteena on henkilötunnus.",
        "The row's key is a personal identity code.",
        "Käytä tunnisteena henkilönumeroa tai muuta omaa tunnusta.",
        "Use an employee number or another key of your own.",
    ),
    Rule(
        "key.withheld",
        "Rivin tunnisteessa on tietoa, jota ei tallenneta missään kentässä.",
        "The row's key holds what is kept in no field.",
        "Käytä tunnisteena henkilönumeroa tai muuta omaa tunnusta, jossa ei ole muuta tietoa.",
        "Use an employee number or another key of your own that holds nothing else.",
    ),
    Rule(
        "iban.found",
        "Tiedossa on tilinumero.",
        "The value holds a bank account number.",
        "Poista tilinumero; sitä ei oteta vastaan missään kentässä.",
        "Remove the account number; it is not accepted in any field.",
    ),
    Rule(
        "card.found",
        "Tiedossa on maksukortin numero.",
        "The value holds the number of a payment card.",
        "Poista kortin numero rekisteristä heti ja selvitä, kuka sen on nähnyt.",
        "Remove the card's number from the register at once, and find out who has seen it.",
    ),
    Rule(
        "secret.found",
        "Tiedossa on salasana, avain tai muu salaisuus.",
        "The value holds a password, a key or another secret.",
        "Poista salaisuus rekisteristä ja vaihda se; sitä ei oteta vastaan missään kentässä.",
        "Take the secret out of the register and change it; it is not accepted in any field.",
    ),
    Rule(
        "health.words",
        "Tiedossa on sanoja jonkun terveydestä.",
        "The value holds words about somebody's health.",
        "Poista merkintä. Jos se on tuotteen tai yrityksen nimi, kerro siitä MDO:lle.",
        "Remove the remark. If it is the name of a product or company, tell MDO Group.",
    ),
    Rule(
        "special.words",
        "Tiedossa on sanoja ammattiliitosta, vakaumuksesta, alkuperästä, suuntautumisesta tai rikoksista.",
        "The value holds words about union, belief, origin, orientation or crime.",
        "Poista merkintä. Jos se on tuotteen tai yhdistyksen nimi, kerro siitä MDO:lle.",
        "Remove the remark. If it is the name of a product or association, tell MDO Group.",
    ),
    Rule(
        "mail.private",
        "Sähköpostiosoite on yksityishenkilöiden postipalvelussa.",
        "The mailbox is at a provider for private persons.",
        "Vaihda tilalle työsähköposti.",
        "Give the work mailbox instead.",
    ),
    Rule(
        "row.by_hand",
        "Rivi on sovittava rekisterin omistajan kanssa.",
        "The row must be settled with the register's owner.",
        "Sopikaa rivistä MDO:n kanssa puhelimitse; syytä ei kirjata.",
        "Settle the row with MDO Group by telephone; the reason is not written down.",
    ),
)
