"""The rules by their ids, in plain words for the customer's contact person.

Belongs here: every rule id that a finding may carry, what it means, and what the customer can mend, in Finnish and
English. Does not belong here: the check itself, or any value.
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


_ALL = (
    Rule(
        "key.missing",
        "Rivin tunniste puuttuu tai sitä ei voi lukea.",
        "The row has no readable key.",
        "Anna jokaiselle riville pysyvä tunniste.",
        "Give every row a key that stays the same.",
    ),
    Rule(
        "key.hetu",
        "Rivin tunnisteena on henkilötunnus.",
        "The row's key is a personal identity code.",
        "Käytä tunnisteena henkilönumeroa tai muuta omaa tunnusta.",
        "Use an employee number or another key of your own.",
    ),
    Rule(
        "key.conflict",
        "Sama tunniste on usealla rivillä, joiden tiedot eroavat.",
        "Several rows with different contents share one key.",
        "Poista ylimääräiset rivit tai korjaa tunnisteet.",
        "Remove the extra rows or correct their keys.",
    ),
    Rule(
        "key.too_long",
        "Rivin tunniste on liian pitkä.",
        "The row's key is too long.",
        "Käytä lyhyempää tunnistetta.",
        "Use a shorter key.",
    ),
    Rule(
        "required.missing",
        "Pakollinen tieto puuttuu.",
        "A required value is missing.",
        "Täydennä tieto.",
        "Fill in the value.",
    ),
    Rule(
        "text.control",
        "Tiedossa on ohjausmerkkejä tai vioittuneita merkkejä.",
        "The value holds control characters or damaged characters.",
        "Kirjoita tieto uudelleen ja tarkista tiedoston merkistö.",
        "Write the value anew and check the file's encoding.",
    ),
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
        "dates.order",
        "Loppupäivä on ennen alkupäivää.",
        "The end date is before the start date.",
        "Korjaa jompikumpi päivä.",
        "Correct one of the two dates.",
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
    Rule("value.too_long", "Tieto on liian pitkä.", "The value is too long.", "Lyhennä tietoa.", "Shorten the value."),
    Rule(
        "value.not_allowed",
        "Tieto ei ole sallittujen arvojen joukossa.",
        "The value is not one of those allowed.",
        "Käytä sovittuja arvoja.",
        "Use the agreed values.",
    ),
    Rule(
        "value.malformed",
        "Tieto ei ole sovitun muotoinen.",
        "The value does not have the agreed form.",
        "Korjaa tiedon muoto.",
        "Correct the form of the value.",
    ),
    Rule(
        "part.twice",
        "Sama koodi on rivillä kahdesti eri tiedoin.",
        "One code stands twice in the row, with different details.",
        "Jätä riville kustakin koodista yksi merkintä.",
        "Leave one entry for each code in the row.",
    ),
    Rule(
        "record.empty",
        "Rivillä ei ole yhtään tietoa, joka rekisteriin vietäisiin.",
        "The row holds nothing that the register would take.",
        "Poista tyhjä rivi.",
        "Remove the empty row.",
    ),
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
        "csv.ragged",
        "Rivillä on eri määrä sarakkeita kuin otsikossa.",
        "The row has another number of columns than the header.",
        "Tarkista erottimet ja lainausmerkit riviltä.",
        "Check the row's delimiters and quotation marks.",
    ),
    Rule(
        "csv.too_long",
        "Rivi tai sen solu on liian pitkä luettavaksi.",
        "The row or one of its cells is too long to read.",
        "Tarkista, puuttuuko lainausmerkki.",
        "Check whether a quotation mark is missing.",
    ),
    Rule(
        "csv.quotes",
        "Rivin lainausmerkki jää auki, ja rivi on voinut niellä seuraavan rivin.",
        "A quotation mark in the row is not closed, and the row may have swallowed the next one.",
        "Sulje lainausmerkki, tai kahdenna solun sisällä olevat lainausmerkit.",
        "Close the quotation mark, or double those inside a cell.",
    ),
    Rule(
        "excel.error",
        "Solussa on virhe, kuten #PUUTTUU! tai #JAKO/0!.",
        "The cell shows an error such as #N/A or #DIV/0!.",
        "Korjaa solun kaava tai kirjoita arvo soluun.",
        "Correct the cell's formula, or write the value into the cell.",
    ),
    Rule(
        "excel.digits_lost",
        "Solussa on luku, jossa on yli 15 numeroa; Excel on jo hukannut loput.",
        "The cell holds a number of more than 15 digits; Excel has already lost the rest.",
        "Muotoile sarake tekstiksi ja kirjoita numerosarja uudelleen.",
        "Format the column as text and write the digits again.",
    ),
    Rule(
        "excel.beyond_header",
        "Rivillä on arvo viimeisen otsikoidun sarakkeen oikealla puolella, joten arvot ovat voineet siirtyä.",
        "The row has a value to the right of the last column with a name, so its values may have moved.",
        "Siirrä arvot oikeisiin sarakkeisiin tai anna sarakkeelle nimi.",
        "Move the values to their columns, or give that column a name.",
    ),
    Rule(
        "api.shape",
        "Tietue tai jokin sen kentistä ei ole sovitun muotoinen: tekstin paikalla on rakenne.",
        "The record or one of its fields is not of the agreed shape: a structure stands where a text should be.",
        "Tarkista rajapinnan tietue ja lähteen kuvaus.",
        "Check the API's record and the source's description.",
    ),
    Rule(
        "employer.scope",
        "Rivin työnantaja ei kuulu tähän rekisteriin.",
        "The row's employer does not belong to this register.",
        "Lähetä vain oman yrityksen tai sovittujen yritysten henkilöt.",
        "Send only people of your own company or of the agreed companies.",
    ),
)

#: Every rule by its id.
RULES: dict[str, Rule] = {rule.id: rule for rule in _ALL}


def get(rule_id: str) -> Rule:
    """The rule of that id; KeyError where there is none."""
    return RULES[rule_id]
