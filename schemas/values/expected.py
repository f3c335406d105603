"""What a value of each kind should look like, in plain words for the customer's contact person.

Belongs here: one sentence for each kind, in Finnish and English. Does not belong here: cleaning or checking a value.
"""

from __future__ import annotations

#: Kind of value -> (Finnish, English).
EXPECTED: dict[str, tuple[str, str]] = {
    "name": ("Pelkkä nimi, ilman numeroita ja huomautuksia", "Only the name, without digits and remarks"),
    "label": ("Nimi tai nimike sanoin", "A name or title in words"),
    "email": ("Yksi osoite, esimerkiksi etunimi.sukunimi@yritys.fi", "One address, such as given.family@company.fi"),
    "phone": (
        "Numero kansainvälisessä muodossa, esimerkiksi +358 40 123 4567",
        "A number in international form, such as +358 40 123 4567",
    ),
    "date": ("Päivä muodossa 31.12.2026 tai 2026-12-31", "A day as 31.12.2026 or 2026-12-31"),
    "business_id": ("Suomalainen Y-tunnus, esimerkiksi 1234567-1", "A Finnish business id, such as 1234567-1"),
    "vat": (
        "ALV-tunniste maatunnuksineen, esimerkiksi FI12345671",
        "A VAT number with its country, such as FI12345671",
    ),
    "country": (
        "Maan nimi tai kaksikirjaiminen tunnus, esimerkiksi FI",
        "A country's name or two-letter code, such as FI",
    ),
    "language": ("fi, sv tai en", "fi, sv or en"),
    "code": ("Kirjaimia, numeroita ja merkkejä - _ . / + :", "Letters, digits and the signs - _ . / + :"),
    "number": ("Pelkkä luku", "A plain number"),
    "count": ("Kokonaisluku, nolla tai suurempi", "A whole number, zero or more"),
    "boolean": ("Kyllä tai ei", "Yes or no"),
    "timestamp": (
        "Päivä ja kellonaika, esimerkiksi 2026-12-31T14:05:00+02:00",
        "Day and time, such as 2026-12-31T14:05:00+02:00",
    ),
    "money": ("Rahamäärä kahdella desimaalilla", "An amount with two decimals"),
    "currency": ("Valuutan kolmikirjaiminen tunnus, esimerkiksi EUR", "The three letters of a currency, such as EUR"),
    "payment_reference": ("Viitenumero tarkisteineen", "A reference number with its check digit"),
    "einvoice_address": (
        "Verkkolaskuosoite, esimerkiksi OVT-tunnus",
        "An electronic invoice address, such as an OVT code",
    ),
    "postal_code": ("Viisinumeroinen postinumero", "A postal code of five digits"),
    "latitude": ("Leveysaste desimaaleina", "A latitude as a decimal number"),
    "longitude": ("Pituusaste desimaaleina", "A longitude as a decimal number"),
    "ip_network": ("IP-osoite", "An IP address"),
    "username": ("Käyttäjätunnus", "A user name"),
    "issuer": ("Kirjautumispalvelun osoite", "The address of the identity provider"),
}
