"""Rules about rows, and about values of any kind.

Belongs here: keys, missing and repeated things, damaged text, and what files, sheets and APIs get
wrong. Does not belong here: rules about one kind of value.
"""

from __future__ import annotations

from schemas.rules.rule import Rule

RULES = (
    Rule(
        "key.missing",
        "Rivin tunniste puuttuu tai sitä ei voi lukea.",
        "The row has no readable key.",
        "Anna jokaiselle riville pysyvä tunniste.",
        "Give every row a key that stays the same.",
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
        "dates.order",
        "Loppupäivä on ennen alkupäivää.",
        "The end date is before the start date.",
        "Korjaa jompikumpi päivä.",
        "Correct one of the two dates.",
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
    Rule(
        "suppression.conflict",
        "Rivillä on tietosuojapyynnöstä poistetun henkilön tieto toisella nimellä, tai tunniste on jo jonkun käytössä.",
        "The row holds something of a person who was erased on request, under another name or a key that is in use.",
        "Tarkista, kenen rivi on, ja poista poistettua henkilöä koskevat tiedot.",
        "Check whose row it is, and take out what is of the person who was erased.",
    ),
    Rule(
        "suppression.weak",
        "Rivillä on sama nimi ja yritys kuin tietosuojapyynnöstä poistetulla henkilöllä.",
        "The row holds the name and company of a person who was erased on request.",
        "Jos henkilö on sama, poista rivi; jos ei, ilmoita siitä meille.",
        "If it is the same person, remove the row; if not, tell us.",
    ),
    Rule(
        "restriction.parked",
        "Henkilön tietojen käsittely on rajoitettu; muutos odottaa rajoituksen päättymistä.",
        "Processing of the person's data is restricted; the change waits until that ends.",
        "Mitään ei tarvitse tehdä.",
        "Nothing need be done.",
    ),
)
