"""Rules about accounts, money and events: mostly of MDO's own application, ledger and CRM.

Belongs here: what those registers are described by. Does not belong here: persons, companies and competences
(`schemas.rules.values`).
"""

from __future__ import annotations

from schemas.rules.rule import Rule

RULES = (
    Rule(
        "account.unknown",
        "Käyttäjätunnusta ei ole rekisterissä.",
        "The register does not hold that user account.",
        "Toimita käyttäjätunnukset ensin; rivi luetaan seuraavana yönä, jos se on silloin vielä mukana.",
        "Deliver the accounts first; the row is taken on the next night whose export still shows it.",
    ),
    Rule(
        "account.unnamed",
        "Rivillä ei ole käyttäjätunnusta eikä tunnistuspalvelun tunnusta.",
        "The row has neither a user name nor a subject of an identity provider.",
        "Täydennä käyttäjätunnus tai tunnistuspalvelu ja sen tunnus.",
        "Fill in the user name, or the identity provider and its subject.",
    ),
    Rule(
        "username.secret",
        "Käyttäjätunnuksen kentässä on salasanan tiiviste, avain tai muu salaisuus.",
        "The field of the user name holds a password hash, a token or a key.",
        "Poista salaisuus rekisteristä ja vaihda se; sitä ei oteta vastaan missään kentässä.",
        "Take the secret out of the register and change it; it is not accepted in any field.",
    ),
    Rule(
        "username.malformed",
        "Käyttäjätunnuksessa on merkkejä, joita siinä ei voi olla.",
        "The user name holds signs that no user name has.",
        "Kirjoita tunnus ilman välilyöntejä ja lainausmerkkejä.",
        "Write the name without blanks and quotation marks.",
    ),
    Rule(
        "issuer.malformed",
        "Tunnistuspalvelun osoite ei ole oikean muotoinen.",
        "The identity provider's address is not well formed.",
        "Kirjoita osoite, jolla palvelu esittelee itsensä, esimerkiksi https://login.example.com.",
        "Write the address by which the provider names itself, for example https://login.example.com.",
    ),
    Rule(
        "boolean.unreadable",
        "Tieto ei ole kyllä eikä ei.",
        "The value is neither yes nor no.",
        "Kirjoita kyllä tai ei.",
        "Write yes or no.",
    ),
    Rule(
        "count.not_whole",
        "Luku ei ole kokonaisluku nollasta ylöspäin.",
        "The number is not a whole number from 0 up.",
        "Kirjoita kokonaisluku ilman desimaaleja ja etumerkkiä.",
        "Write a whole number without decimals and sign.",
    ),
    Rule(
        "timestamp.unreadable",
        "Aikaa ei voi lukea, tai kellonaika puuttuu.",
        "The time cannot be read, or the time of day is missing.",
        "Kirjoita aika muodossa 2026-12-31T13:45:00+02:00.",
        "Write the time as 2026-12-31T13:45:00+02:00.",
    ),
    Rule(
        "timestamp.doubtful",
        "Kelloa siirrettiin sinä yönä: sitä kellonaikaa ei ollut, tai se oli kahdesti.",
        "The clock was changed on that night: there was no such time, or it came twice.",
        "Kirjoita aikaan ero UTC-aikaan, esimerkiksi +02:00.",
        "Write the time with its offset from UTC, for example +02:00.",
    ),
    Rule(
        "timestamp.out_of_range",
        "Aika on ennen vuotta 1990 tai vuoden 2199 jälkeen.",
        "The time is before 1990 or after 2199.",
        "Tarkista vuosi.",
        "Check the year.",
    ),
    Rule(
        "timestamp.future",
        "Tapahtuman aika on tulevaisuudessa.",
        "The event's time lies in the future.",
        "Tarkista lähettävän järjestelmän kello ja aikavyöhyke.",
        "Check the clock and the time zone of the system that sends it.",
    ),
    Rule(
        "location.not_necessary",
        "Sijainnin aikaan ei ollut käynnissä tehtävää eikä hätätilannetta.",
        "No task or emergency was under way at the time of the location.",
        "Sijainti tallennetaan vain tehtävän tai hätätilanteen aikana; tarkista sen tunnus ja ajat.",
        "A location is stored only during a task or an emergency; check its id and times.",
    ),
    Rule(
        "coordinate.invalid",
        "Koordinaatti ei ole asteluku, tai se on rajojen ulkopuolella.",
        "The coordinate is no number of degrees, or lies outside its limits.",
        "Kirjoita koordinaatti asteina desimaalein (WGS 84).",
        "Write the coordinate in decimal degrees (WGS 84).",
    ),
    Rule(
        "ip.invalid",
        "Verkko-osoite ei ole oikea.",
        "The network address is not valid.",
        "Jätä kenttä tyhjäksi tai kirjoita IPv4- tai IPv6-osoite.",
        "Leave the field empty, or write an IPv4 or IPv6 address.",
    ),
    Rule(
        "money.unreadable",
        "Rahamäärää ei voi lukea, tai siinä on yli kaksi desimaalia.",
        "The amount cannot be read, or has more than two decimals.",
        "Kirjoita määrä ilman valuuttaa, esimerkiksi 1250,50.",
        "Write the amount without a currency, for example 1250,50.",
    ),
    Rule(
        "currency.unknown",
        "Valuuttaa ei tunnisteta.",
        "The currency is not known.",
        "Kirjoita valuutan ISO-tunnus, esimerkiksi EUR.",
        "Write the currency's ISO code, for example EUR.",
    ),
    Rule(
        "payment_reference.invalid",
        "Viitenumeron tarkistusmerkki ei täsmää.",
        "The check digit of the payment reference does not fit.",
        "Tarkista viitenumero laskulta.",
        "Check the reference on the invoice.",
    ),
    Rule(
        "einvoice_address.bank_account",
        "Verkkolaskuosoitteena on pankkitili.",
        "The electronic invoice address is a bank account.",
        "Käytä OVT-tunnusta; tilinumeroita ei oteta vastaan missään kentässä.",
        "Use the OVT code; account numbers are not accepted in any field.",
    ),
    Rule(
        "einvoice_address.malformed",
        "Verkkolaskuosoite ei ole oikean muotoinen.",
        "The electronic invoice address is not well formed.",
        "Kirjoita OVT-tunnus, esimerkiksi 003724775257.",
        "Write the OVT code, for example 003724775257.",
    ),
    Rule(
        "postal_code.malformed",
        "Postinumero ei ole oikean muotoinen.",
        "The postal code is not well formed.",
        "Kirjoita postinumero ilman postitoimipaikkaa, esimerkiksi 40720.",
        "Write the postal code without the city, for example 40720.",
    ),
)
