"""Rules about one kind of value each: names, addresses, numbers, days.

Belongs here: what persons, companies and competences are described by. Does not belong here: accounts, money and events
(`schemas.rules.service`).
"""

from __future__ import annotations

from schemas.rules.rule import Rule

RULES = (
    Rule(
        "name.not_a_name",
        "Nimessä on merkkejä, jotka eivät kuulu nimeen.",
        "The name holds signs that no name has.",
        "Kirjoita kenttään vain nimi, ilman numeroita ja huomautuksia.",
        "Write only the name, without digits and remarks.",
    ),
    Rule(
        "label.empty",
        "Tekstissä ei ole yhtään kirjainta eikä numeroa.",
        "The text holds no letter and no digit.",
        "Kirjoita nimi tai nimike, tai jätä kenttä tyhjäksi.",
        "Write the name or title, or leave the field empty.",
    ),
    Rule(
        "email.syntax",
        "Sähköpostiosoite ei ole oikean muotoinen.",
        "The e-mail address is not well formed.",
        "Kirjoita yksi osoite ilman nimeä ja muita merkintöjä, esimerkiksi etunimi.sukunimi@yritys.fi.",
        "Write one address without a name or other marks, for example given.family@company.fi.",
    ),
    Rule(
        "phone.invalid",
        "Puhelinnumero ei ole käypä numero.",
        "The phone number is not a valid number.",
        "Tarkista numero; kirjoita se kansainvälisessä muodossa, esimerkiksi +358 40 123 4567.",
        "Check the number; write it in international form, for example +358 40 123 4567.",
    ),
    Rule(
        "phone.needs_region",
        "Kotimaisesta puhelinnumerosta ei näe, minkä maan numero se on.",
        "The national phone number does not tell its country.",
        "Kirjoita numeroon maan suuntanumero, esimerkiksi +358.",
        "Write the number with its country code, for example +358.",
    ),
    Rule(
        "phone.extension",
        "Puhelinnumerossa on alanumero.",
        "The phone number has an extension.",
        "Anna henkilön suora numero tai jätä kenttä tyhjäksi.",
        "Give the person's direct number, or leave the field empty.",
    ),
    Rule(
        "date.unreadable",
        "Päivämäärää ei voi lukea, tai sellaista päivää ei ole.",
        "The date cannot be read, or there is no such day.",
        "Kirjoita päivä muodossa 31.12.2026 tai 2026-12-31.",
        "Write the day as 31.12.2026 or 2026-12-31.",
    ),
    Rule(
        "date.out_of_range",
        "Päivämäärä on ennen vuotta 1900 tai vuoden 2199 jälkeen.",
        "The date is before 1900 or after 2199.",
        "Korjaa vuosi, tai jätä kenttä tyhjäksi, jos päivää ei tiedetä.",
        "Correct the year, or leave the field empty if the day is not known.",
    ),
    Rule(
        "business_id.invalid",
        "Y-tunnus ei ole oikea.",
        "The Finnish business id is not valid.",
        "Tarkista tunnus YTJ-palvelusta; muoto on 1234567-8. Ulkomaisella yrityksellä kenttä jää tyhjäksi.",
        "Check the id in the YTJ service; its form is 1234567-8. Leave the field empty for a foreign company.",
    ),
    Rule(
        "vat.invalid",
        "ALV-tunniste ei ole oikea.",
        "The VAT number is not valid.",
        "Kirjoita tunniste maatunnuksineen, esimerkiksi FI12345678.",
        "Write the number with its country in front, for example FI12345678.",
    ),
    Rule(
        "country.unknown",
        "Maata ei tunnisteta.",
        "The country is not known.",
        "Kirjoita maan nimi suomeksi, ruotsiksi tai englanniksi tai sen ISO-tunnus, esimerkiksi FI.",
        "Write the country's name in Finnish, Swedish or English, or its ISO code, for example FI.",
    ),
    Rule(
        "language.unknown",
        "Kieltä ei tunnisteta.",
        "The language is not known.",
        "Kirjoita fi, sv tai en.",
        "Write fi, sv or en.",
    ),
    Rule(
        "code.not_a_code",
        "Koodissa on merkkejä, joita koodissa ei voi olla.",
        "The code holds signs that no code has.",
        "Käytä kirjaimia, numeroita ja merkkejä - _ . / + : ilman välilyöntejä.",
        "Use letters, digits and the signs - _ . / + : without spaces.",
    ),
    Rule(
        "number.unreadable",
        "Lukua ei voi lukea.",
        "The number cannot be read.",
        "Kirjoita pelkkä luku sovitulla desimaalierottimella.",
        "Write a plain number with the agreed decimal sign.",
    ),
)
