"""Case tables of the kinds of value: raw cell -> cleaned value, or ``!`` and the id of the rule it breaks.

Belongs here: the cases of every kind that a text settles. Does not belong here: phone numbers, dates and keys, whose
outcome hangs on more than the cell; they have tests of their own beside `test_cleaners`.
"""

from __future__ import annotations

import pandas as pd

NAMES = [
    ("Virtanen", "Virtanen"),
    (" Mäkinen ", "Mäkinen"),
    ("Nieminen-Laine", "Nieminen-Laine"),
    ("O'Neill", "O'Neill"),
    ("d’Arc", "d’Arc"),
    ("von der Leyen", "von der Leyen"),
    ("King, Jr.", "King, Jr."),
    ("Иванов", "Иванов"),
    ("山田", "山田"),
    ("Nǵ\u0300", "Nǵ\u0300"),
    ("Virtanen 2", "!name.not_a_name"),
    ("Virtanen (ent. Laine)", "!name.not_a_name"),
    ("-", "!name.not_a_name"),
    ("...", "!name.not_a_name"),
    ("a@b.fi", "!name.not_a_name"),
    ("Kari/Sari", "!name.not_a_name"),
    ("Vir\x00tanen", "!text.control"),
    ("M\ufffdkinen", "!text.control"),
]
LABELS = [
    ("Satama Logistiikka Oy", "Satama Logistiikka Oy"),
    ("3M", "3M"),
    ("Åke & Co. (Ab)", "Åke & Co. (Ab)"),
    ("株式会社", "株式会社"),
    ("42", "42"),
    ("-", "!label.empty"),
    ("?!", "!label.empty"),
    ("A\x07", "!text.control"),
]
CODES = [
    ("EA1", "EA1"),
    ("ea1", "ea1"),
    ("00012", "00012"),
    ("TYÖ/1.2:a+b_c-d", "TYÖ/1.2:a+b_c-d"),
    ("x" * 64, "x" * 64),
    ("x" * 65, "!value.too_long"),
    ("x " * 65, "!code.not_a_code"),
    ("EA 1", "!code.not_a_code"),
    ("-", "!code.not_a_code"),
    ("EA1;EA2", "!code.not_a_code"),
    ("=1+1", "!code.not_a_code"),
    ("EA\x1f1", "!text.control"),
]
EMAILS = [
    ("anna.virtanen@example.com", "anna.virtanen@example.com"),
    (" Anna.Virtanen@Example.FI ", "anna.virtanen@example.fi"),
    ("anna+tyo@mail.example.co.uk", "anna+tyo@mail.example.co.uk"),
    ("anna@mäkinen.fi", "anna@mäkinen.fi"),
    ("ANNA@MÄKINEN.FI", "anna@mäkinen.fi"),
    ("ａｎｎａ@example.com", "anna@example.com"),
    ("o'neill@example.com", "o'neill@example.com"),
    ("a" * 64 + "@example.com", "a" * 64 + "@example.com"),
    ("a" * 65 + "@example.com", "!email.syntax"),
    ("a@" + "b" * 63 + ".fi", "a@" + "b" * 63 + ".fi"),
    ("a@" + "b" * 64 + ".fi", "!email.syntax"),
    ("mailto:anna@example.com", "!email.syntax"),
    ("Anna <anna@example.com>", "!email.syntax"),
    ("anna@example.com; b@example.com", "!email.syntax"),
    ("anna@example", "!email.syntax"),
    ("anna@server.local", "!email.syntax"),
    ("anna@example.test", "!email.syntax"),
    ("anna.example.com", "!email.syntax"),
    ("anna..v@example.com", "!email.syntax"),
    (".anna@example.com", "!email.syntax"),
    ("anna@-example.com", "!email.syntax"),
    ("anna@exa_mple.fi", "!email.syntax"),
    ("anna@example.com.", "!email.syntax"),
    ("an na@example.com", "!email.syntax"),
    ("a@192.168.0.1", "!email.syntax"),
    ("an\x00na@example.com", "!text.control"),
]
BUSINESS_IDS = [
    ("2477525-7", "2477525-7"),
    ("24775257", "2477525-7"),
    ("FI24775257", "2477525-7"),
    ("fi2477525-7", "2477525-7"),
    ("FI-24775257", "2477525-7"),
    ("2477525–7", "2477525-7"),
    ("２４７７５２５-7", "2477525-7"),
    ("1000002-0", "1000002-0"),
    ("112038-9", "0112038-9"),
    ("0112038-9", "0112038-9"),
    ("1120389", "!business_id.invalid"),
    ("2477525-8", "!business_id.invalid"),
    *((f"1000008-{check}", "!business_id.invalid") for check in range(10)),
    ("0000000-0", "!business_id.invalid"),
    ("SE24775257", "!business_id.invalid"),
    ("247752-57", "!business_id.invalid"),
    ("2477525-7 Oy", "!business_id.invalid"),
    ("٢٤٧٧٥٢٥-٧", "!business_id.invalid"),
]
VAT_NUMBERS = [
    ("FI24775257", "FI24775257"),
    ("fi 2477525-7", "FI24775257"),
    ("SE 556188-8404 01", "SE556188840401"),
    ("DE 136,695 976", "DE136695976"),
    ("EL094259216", "EL094259216"),
    ("GR094259216", "EL094259216"),
    ("XI980780684", "XI980780684"),
    ("GB 980 7806 84", "GB980780684"),
    ("NO 995 525 828 MVA", "NO995525828MVA"),
    ("CHE-107.787.577 MWST", "CHE107787577MWST"),
    ("US123456789", "US123456789"),
    ("FI24775258", "!vat.invalid"),
    ("DE136695978", "!vat.invalid"),
    ("GB980780685", "!vat.invalid"),
    ("NO995525829MVA", "!vat.invalid"),
    ("24775257", "!vat.invalid"),
    ("2477525-7", "!vat.invalid"),
    ("ZZ12345678", "!vat.invalid"),
    ("USABC", "!vat.invalid"),
    ("FI24775257;SE556188840401", "!vat.invalid"),
]
COUNTRIES = [
    *((cell, "FI") for cell in ("FI", "fi", "FIN", "Suomi", "SUOMI", "Finland", "Suomen tasavalta")),
    *((cell, "SE") for cell in ("Ruotsi", "Sverige", "Sweden", "swe")),
    *(
        (cell, "GB")
        for cell in ("UK", "GB", "GBR", "U.K.", "United Kingdom", "Great Britain", "Iso-Britannia", "England")
    ),
    *(
        (cell, "US")
        for cell in ("USA", "U.S.A.", "US", "Yhdysvallat", "United States of America", "Amerikan Yhdysvallat")
    ),
    *((cell, "CZ") for cell in ("Tšekki", "Tsekki", "Czech Republic", "Czechia", "Tjeckien")),
    *((cell, "AX") for cell in ("Ahvenanmaa", "Åland", "Åland Islands")),
    ("Viro", "EE"),
    ("Hollanti", "NL"),
    ("Turkey", "TR"),
    ("Türkiye", "TR"),
    ("EL", "GR"),
    ("Kosovo", "XK"),
    ("Côte d’Ivoire", "CI"),
    ("Etelä-Korea", "KR"),
    ("Narnia", "!country.unknown"),
    ("EU", "!country.unknown"),
    ("ZZ", "!country.unknown"),
    ("SU", "!country.unknown"),
    ("XX", "!country.unknown"),
    ("Suomi, Ruotsi", "!country.unknown"),
    ("...", "!country.unknown"),
]
LANGUAGES = [
    *((cell, "fi") for cell in ("fi", "FI", "fin", "suomi", "Finska", "Finnish", "fi-FI")),
    *((cell, "sv") for cell in ("sv", "swe", "ruotsi", "Svenska", "Swedish", "sv_FI")),
    *((cell, "en") for cell in ("en", "ENG", "englanti", "engelska", "English", "en-GB")),
    ("SE", "!language.unknown"),
    ("de", "!language.unknown"),
    ("suomi, ruotsi", "!language.unknown"),
]
NUMBERS = [
    ("3", 3.0),
    ("3,5", 3.5),
    ("-3,5", -3.5),
    ("+3", 3.0),
    ("−3", -3.0),
    ("1 234 567,8", 1234567.8),
    ("1\u202f234", 1234.0),
    ("1\u00a0234", 1234.0),
    ("1\u2009234", 1234.0),
    ("0", 0.0),
    ("3.5", "!number.unreadable"),
    ("1.234", "!number.unreadable"),
    ("1 23", "!number.unreadable"),
    ("1e3", "!number.unreadable"),
    ("nan", "!number.unreadable"),
    ("inf", "!number.unreadable"),
    ("3 kpl", "!number.unreadable"),
    ("1,2,3", "!number.unreadable"),
    (",5", "!number.unreadable"),
    ("9" * 16, "!number.unreadable"),
    ("1\x002", "!text.control"),
]
BOOLEANS = [
    ("Kyllä", "true"),
    ("1", "true"),
    ("X", "true"),
    ("nej", "false"),
    ("FALSE", "false"),
    ("?", "!boolean.unreadable"),
    ("2", "!boolean.unreadable"),
]
COUNTS = [
    ("0", 0.0),
    ("1 250", 1250.0),
    ("2,0", 2.0),
    ("2,5", "!count.not_whole"),
    ("-1", "!count.not_whole"),
    ("2147483648", "!count.not_whole"),
    ("kaksi", "!number.unreadable"),
]
TIMESTAMPS = [
    ("2026-03-10T01:30:00Z", pd.Timestamp("2026-03-10 01:30", tz="UTC")),
    ("2026-03-10 01:30:00.250 +02:00", pd.Timestamp("2026-03-09 23:30:00.250", tz="UTC")),
    ("2026-03-10T01:30", pd.Timestamp("2026-03-09 23:30", tz="UTC")),
    ("10.7.2026 klo 7.30", pd.Timestamp("2026-07-10 04:30", tz="UTC")),
    ("10.7.2026 07:30:15", pd.Timestamp("2026-07-10 04:30:15", tz="UTC")),
    ("2026-12-31T21:59:59Z", pd.Timestamp("2026-12-31 21:59:59", tz="UTC")),
    ("2026-10-25T03:30:00+03:00", pd.Timestamp("2026-10-25 00:30", tz="UTC")),
    ("2026-10-25T03:30:00", "!timestamp.doubtful"),  # twice on that night
    ("29.3.2026 3.30", "!timestamp.doubtful"),  # never on that night
    ("2026-03-10", "!timestamp.unreadable"),
    ("31.2.2026 7.30", "!timestamp.unreadable"),
    ("2026-03-10T24:61", "!timestamp.unreadable"),
    ("eilen", "!timestamp.unreadable"),
    ("1989-12-31T12:00:00Z", "!timestamp.out_of_range"),
    ("2200-01-02T00:00:00Z", "!timestamp.out_of_range"),
]
AMOUNTS = [
    ("1 234,5", "1234.50"),
    ("+12", "12.00"),
    ("-0,10", "-0.10"),
    ("12,345", "!money.unreadable"),
    ("12.50", "!money.unreadable"),
    ("12 €", "!money.unreadable"),
    ("9" * 13, "!money.unreadable"),
]
CURRENCIES = [("eur", "EUR"), ("€", "EUR"), ("SEK", "SEK"), ("XXQ", "!currency.unknown"), ("euro", "!currency.unknown")]
REFERENCES = [
    ("1232", "1232"),
    ("00 1232", "1232"),
    ("RF18 5390 0754 7034", "RF18539007547034"),
    ("1233", "!payment_reference.invalid"),
    ("RF19539007547034", "!payment_reference.invalid"),
    ("123", "!payment_reference.invalid"),
    ("lasku 7", "!payment_reference.invalid"),
]
EINVOICES = [
    ("0037 2477 5257", "003724775257"),
    ("te003724775257", "TE003724775257"),
    ("FI21 1234 5600 0007 85", "!einvoice_address.bank_account"),
    ("FI2112345600000786", "!einvoice_address.bank_account"),  # misspelt, and still somebody's account
    ("laskut@yritys.fi", "!einvoice_address.malformed"),
]
POSTAL_CODES = [
    ("40720", "40720"),
    ("FI-40720", "40720"),
    ("sw1a 1aa", "SW1A 1AA"),
    ("114 55", "114 55"),
    ("Jyväskylä", "!postal_code.malformed"),
    ("4", "!postal_code.malformed"),
]
DEGREES = [
    ("62,2414712", 62.24147),
    ("-25,75", -25.75),
    ("181", "!coordinate.invalid"),
    ("N62", "!coordinate.invalid"),
]
NETWORKS = [
    ("192.0.2.77", "192.0.2.0/24"),
    ("10.0.0.0/8", "10.0.0.0/8"),
    ("2001:db8:1:2::1", "2001:db8:1::/48"),
    ("::ffff:192.0.2.77", "::/48"),
    ("192.0.2.300", "!ip.invalid"),
    ("kotikone", "!ip.invalid"),
]
USERNAMES = [
    ("Matti.Virtanen@example.com", "Matti.Virtanen@example.com"),
    ("AD\u00a0x", "!username.malformed"),
    ("b9f2c1d4-7a1e-4c3b-9d5f-0e8a7b6c5d4e", "b9f2c1d4-7a1e-4c3b-9d5f-0e8a7b6c5d4e"),
    ("matti virtanen", "!username.malformed"),
    ("$2b$12$KIXQ4S1jZ9v1Y0m3u5r7we", "!username.secret"),
    ("$argon2id$v=19$m=65536", "!username.secret"),
    ("{SSHA}DkMTwBl+a/3DQTxCYEApdUtNXGgdUac3", "!username.secret"),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", "!username.secret"),
    ("5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8", "!username.secret"),
    ("a" * 255, "!value.too_long"),
]
ISSUERS = [
    ("https://login.example.com/tenant", "https://login.example.com/tenant"),
    ("urn:example:idp", "urn:example:idp"),
    ("http://login.example.com", "!issuer.malformed"),
    ("https://user:secret@login.example.com", "!issuer.malformed"),
    ("https://login.example.com/?token=1", "!issuer.malformed"),
    ("https://[", "!issuer.malformed"),
]
TABLES = {
    "name": NAMES,
    "label": LABELS,
    "code": CODES,
    "email": EMAILS,
    "business_id": BUSINESS_IDS,
    "vat": VAT_NUMBERS,
    "country": COUNTRIES,
    "language": LANGUAGES,
    "number": NUMBERS,
    "boolean": BOOLEANS,
    "count": COUNTS,
    "timestamp": TIMESTAMPS,
    "money": AMOUNTS,
    "currency": CURRENCIES,
    "payment_reference": REFERENCES,
    "einvoice_address": EINVOICES,
    "postal_code": POSTAL_CODES,
    "longitude": DEGREES,
    "ip_network": NETWORKS,
    "username": USERNAMES,
    "issuer": ISSUERS,
}
