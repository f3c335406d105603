"""The draft for an unknown register: what is proposed, what is asked of a person, and that no cell is in it."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from schemas.errors import SourceRefused
from sources.proposal import draft, mapping, profile, sample, words
from sources.proposal.mapping import Proposal

DAY = date(2026, 3, 10)

FAMILY = ["Virtanen", "Korhonen", "Åkerström", "Nieminen", "Mäkelä", "Laine", "Heino", "Kuvitelma"]
GIVEN = ["Aino", "Eero", "Märta", "Tauno", "Sisko", "Onni", "Helmi", "Veikko"]


def people() -> list[dict[str, str]]:
    return [
        {
            "Nro": f"{number:04}",
            "Sukunimi": family,
            "Etunimi": given,
            "S-posti": f"{given.lower()}.{number}@lumme.example.com".replace("ä", "a"),
            "Puh.": f"040 555 01{number:02}",
            "Alkoi": f"{number + 1}.3.2020",
        }
        for number, (family, given) in enumerate(zip(FAMILY, GIVEN, strict=True))
    ]


def written(rows: list[dict[str, str]], delimiter: str = ";") -> str:
    return "\n".join([delimiter.join(rows[0]), *(delimiter.join(row.values()) for row in rows)]) + "\n"


def seen(tmp_path: Path, text: str | bytes, name: str = "h.csv", **how: Any) -> sample.Sample:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return sample.of_file(path, **how)


def proposed(found: sample.Sample) -> Proposal:
    return mapping.propose(profile.of(found.rows))


def filled(made: Proposal) -> dict[str, str]:
    return {path: column.name for path, column in made.fields.items()}


def drafted(found: sample.Sample) -> str:
    return draft.text(
        proposed(found), customer="lumme", register="hr", file="the file", read=found.read, rows=len(found.rows),
        more=found.more, on=DAY,
    )  # fmt: skip


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_staff_register(tmp_path: Path, delimiter: str) -> None:
    found = seen(tmp_path, written(people(), delimiter))
    assert found.read == {"type": "csv", "encoding": "utf-8", "delimiter": delimiter}
    made = proposed(found)
    assert filled(made) == {
        "person.last_name": "Sukunimi",
        "person.first_name": "Etunimi",
        "person.work_email": "S-posti",
        "person.work_phone": "Puh.",
        "employment.valid_from": "Alkoi",
    }
    assert made.key is not None and made.key.name == "Nro"
    assert (made.register_type, made.left) == ("hr_directory", {})


def test_no_cell_is_in_the_draft(tmp_path: Path) -> None:
    rows = [row | {"Tila": "kanarialintu", "Muistio": "kanarialintu " * 9} for row in people()]
    text = drafted(seen(tmp_path, written(rows)))
    assert "kanarialintu" not in text and not any(name in text for name in (*FAMILY, *GIVEN))
    assert "'Muistio': it seems to hold free text" in text.replace('"', "'") or "Muistio: it seems" in text


def test_what_must_not_be_read(tmp_path: Path) -> None:
    rows = [
        row | {"Palkka": "1", "Koodi": "010190-999W", "Kotipuhelin": "040 555 0101", "Tyhjä": "", "Koko": "42"}
        for row in people()
    ]
    left = proposed(seen(tmp_path, written(rows))).left
    assert "never stored" in left["Palkka"] and "identity codes" in left["Koodi"]
    assert "private" in left["Kotipuhelin"] and "empty" in left["Tyhjä"] and "no field" in left["Koko"]


def test_a_stray_identity_code_does_not_shut_the_column(tmp_path: Path) -> None:
    rows = [row | {"Puh.": f"040 555 {at:04}"} for at, row in enumerate(people() * 5)]
    rows[7]["Puh."] = "010190-999W"
    text = drafted(seen(tmp_path, written(rows)))
    assert "work_phone: {column: Puh., region: FI}" in text
    assert "#? Puh. holds personal identity codes in some rows" in text and "010190" not in text


@pytest.mark.parametrize(
    ("whole", "order"),
    [("{given} {family}", "first_last"), ("{family} {given}", "last_first"), ("{family}, {given}", "last_first")],
)
def test_whole_names(tmp_path: Path, whole: str, order: str) -> None:
    rows = [
        {"Id": row["Nro"], "Nimi": whole.format(given=row["Etunimi"], family=row["Sukunimi"]), "Yritys": f"Oy {at}"}
        for at, row in enumerate(people())
    ]
    text = drafted(seen(tmp_path, written(rows)))
    assert f"last_name: {{column: Nimi, take: last_name, order: {order}}}" in text
    assert "register_type: contact_directory" in text and "employer_name: Yritys" in text


def test_days_as_they_are_written(tmp_path: Path) -> None:
    rows = [row | {"Alkoi": f"{at + 20}/03/2020", "Päättyi": f"0{at + 1}/03/2031"} for at, row in enumerate(people())]
    text = drafted(seen(tmp_path, written(rows)))
    assert "valid_from: {column: Alkoi, formats: ['%d/%m/%Y']}".replace("'", '"') in text
    assert "active: {ends: Päättyi" in text
    assert "the dates of Päättyi can be read as %d/%m/%Y and %m/%d/%Y; ask which it is" in text


def test_a_key_of_a_register_with_bad_rows(tmp_path: Path) -> None:
    rows = [row | {"Nro": f"{at:04}", "Alue": "A"} for at, row in enumerate(people() * 5)]
    rows[3]["Nro"] = rows[4]["Nro"]
    made = proposed(seen(tmp_path, written(rows)))
    assert made.key is not None and made.key.name == "Nro"
    rows = [row | {"Nro": "1"} for row in rows]
    text = drafted(seen(tmp_path, written(rows)))
    assert "#? key: [" in text


def test_titles_above_the_header_and_a_total_below(tmp_path: Path) -> None:
    found = seen(tmp_path, "Henkilöstö 3/2026\n\n" + written(people()) + "Yhteensä;8;;;;\n")
    assert found.read["header_row"] == 3 and found.read["footer"] == {"first_cell": "yhteensä"}
    assert len(found.rows) == len(FAMILY)


def test_an_encoding_in_doubt_is_asked_for(tmp_path: Path) -> None:
    text = written(people()).encode("cp850")
    with pytest.raises(SourceRefused, match="encoding is in doubt"):
        seen(tmp_path, text)
    assert seen(tmp_path, text, encoding="cp850").read["encoding"] == "cp850"


def test_a_workbook_of_two_sheets(tmp_path: Path) -> None:
    book, packed = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0].title = "Ohje"
    book.worksheets[0].append(["Lue tämä"])
    page = book.create_sheet("Henkilöt")
    for row in [list(people()[0]), *(list(row.values()) for row in people())]:
        page.append(row)
    book.save(packed)
    with pytest.raises(SourceRefused, match="2 visible sheets"):
        seen(tmp_path, packed.getvalue(), "h.xlsx")
    found = seen(tmp_path, packed.getvalue(), "h.xlsx", sheet="Henkilöt")
    assert found.read == {"type": "excel", "sheet": "Henkilöt"} and "person.last_name" in filled(proposed(found))


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("SUKUNIMI", "person.last_name"),
        ("Efternamn", "person.last_name"),
        ("contactName", words.WHOLE_NAME),
        ("product name", None),
        ("CompanyName", "company.company_name"),
        ("Y-tunnus", "company.business_id"),
        ("E-mail", "person.work_email"),
        ("Matkapuhelin", "person.work_phone"),
        ("shipping", None),
        ("Yrityksen nimi", "company.company_name"),
        ("customerID", None),
    ],
)
def test_names_of_columns(name: str, path: str | None) -> None:
    assert words.field_of(name) == path
