"""The formats of workbooks, told from their bytes: each is read, and what is none or must not be opened is refused."""

from __future__ import annotations

import re
import struct
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt

from schemas.errors import SourceRefused
from sources.readers import excel_package
from sources.readers.excel_file import ExcelRegister, open_excel
from sources.readers.excel_settings import ExcelRead

CANARY = "Kanarialintu"


def opened(path: Path, **how: Any) -> ExcelRegister:
    sizes = {key: how.pop(key) for key in ("memory",) if key in how}
    return open_excel(path, ExcelRead(path="a", **how), wanted=["id", "nimi", "alkoi"], required=["id"], **sizes)


def rows(path: Path, **how: Any) -> list[dict[str, str]]:
    register = opened(path, **how)
    found = [row for chunk in register.chunks() for row in chunk.rows.to_pylist()]
    assert register.incomplete == []
    register.close()
    return found


def pack(path: Path, parts: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def write_xlsx(path: Path, extra: dict[str, bytes] | None = None) -> Path:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["id", "nimi", "alkoi"])
    book.worksheets[0].append(["007", "Åström", date(2026, 3, 1)])
    book.save(path)
    if extra:
        with zipfile.ZipFile(path, "a") as archive:
            for name, data in extra.items():
                archive.writestr(name, data)
    return path


def write_xls(path: Path) -> Path:
    book = xlwt.Workbook()
    hidden = book.add_sheet("Vanhat")
    hidden.visibility = 1
    hidden.write(0, 0, "id")
    sheet = book.add_sheet("Tiedot")
    day = xlwt.easyxf(num_format_str="D.M.YYYY")
    sheet.write_merge(0, 1, 0, 0, "id")
    sheet.write(1, 1, "nimi")
    sheet.write(1, 2, "alkoi")
    for column, value in enumerate(["007", "Åström"]):
        sheet.write(2, column, value)
    sheet.write(2, 2, date(2026, 3, 1), day)
    sheet.write(4, 0, 12)
    sheet.write(4, 1, True)
    book.save(str(path))
    return path


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">
<office:automatic-styles><style:style style:name="hidden" style:family="table">
<style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="Vanhat" table:style-name="hidden">
<table:table-row><table:table-cell/></table:table-row></table:table>
<table:table table:name="Tiedot">{rows}
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>
</table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>"""

ODS_ROWS = """
<table:table-row><table:table-cell office:value-type="string"><text:p>id</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>nimi</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>alkoi</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>007</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Åström</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2026-03-01"><text:p>1.3.</text:p></table:table-cell>
</table:table-row>
<table:table-row table:number-rows-repeated="1"><table:table-cell table:number-columns-repeated="3"/></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell>
<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TOSI</text:p></table:table-cell>
</table:table-row>"""

MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}</manifest:manifest>'
)


def write_ods(path: Path, table: str = ODS_ROWS, manifest: str = "") -> Path:
    return pack(
        path,
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": MANIFEST.format(manifest),
            "content.xml": re.sub(r">\s+<", "><", ODS.format(rows=table)),  # as programs write it: nothing between tags
        },
    )


def record(kind: int, data: bytes = b"") -> bytes:
    """One record of the binary format [MS-XLSB]: kind and length in seven bits a byte."""
    head = bytes([kind]) if kind < 0x80 else bytes([(kind & 0x7F) | 0x80, kind >> 7])
    length, size = len(data), b""
    while True:
        size += bytes([(length & 0x7F) | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def write_xlsb(path: Path) -> Path:
    """As small as the format allows, after [MS-XLSB] 2.1.7: no styles, texts in the cells themselves."""

    def cell(kind: int, column: int, value: bytes) -> bytes:
        return record(kind, struct.pack("<II", column, 0) + value)

    def row(number: int, *cells: bytes) -> bytes:
        return record(0, struct.pack("<I", number) + bytes(13)) + b"".join(cells)

    sheet = (
        record(129)
        + record(148, struct.pack("<IIII", 0, 3, 0, 2))
        + record(145)
        + row(0, *(cell(6, i, wide(name)) for i, name in enumerate(["id", "nimi", "alkoi"])))
        + row(1, cell(6, 0, wide("007")), cell(6, 1, wide("Åström")), cell(5, 2, struct.pack("<d", 46082)))
        + row(3, cell(5, 0, struct.pack("<d", 12)), cell(4, 1, b"\1"))
        + record(146)
        + record(130)
    )
    book = (
        record(131)
        + record(143)
        + record(156, struct.pack("<II", 1, 1) + wide("rId1") + wide("Vanhat"))
        + record(156, struct.pack("<II", 0, 2) + wide("rId2") + wide("Tiedot"))
        + record(144)
        + record(132)
    )
    relation = '<Relationship Id="rId{0}" Type="{1}/worksheet" Target="worksheets/sheet{0}.bin"/>'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    return pack(
        path,
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": package.format(
                f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.bin"/>'
            ),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": package.format("".join(relation.format(n, office) for n in (1, 2))),
            "xl/worksheets/sheet1.bin": record(129) + record(148, bytes(16)) + record(145) + record(146) + record(130),
            "xl/worksheets/sheet2.bin": sheet,
        },
    )


FIRST = {"id": "007", "nimi": "Åström", "alkoi": "2026-03-01"}
SECOND = {"id": "12", "nimi": "TRUE", "alkoi": ""}


def test_xlsx(tmp_path: Path) -> None:
    assert rows(write_xlsx(tmp_path / "a.xlsx")) == [FIRST]


def test_xls_with_a_hidden_sheet_and_a_merged_header(tmp_path: Path) -> None:
    path = write_xls(tmp_path / "a.xls")
    assert rows(path) == [FIRST, SECOND]
    with pytest.raises(SourceRefused, match="hidden"):
        opened(path, sheet="Vanhat")


def test_an_xls_that_is_full_to_its_last_row_is_incomplete(tmp_path: Path) -> None:
    """It ends long before the other formats do."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Tiedot")
    for row, column, cell in ((0, 0, "id"), (0, 1, "nimi"), (0, 2, "alkoi"), (65_535, 0, 1)):
        sheet.write(row, column, cell)
    book.save(tmp_path / "a.xls")
    register = opened(tmp_path / "a.xls")
    assert [len(chunk.row_numbers) for chunk in register.chunks()] == [1]
    register.close()
    assert "full to its last row (65536)" in register.incomplete[0]


def test_ods_with_a_hidden_sheet_and_a_million_empty_rows(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "a.ods")
    register = opened(path)
    assert register.format == "ods"
    [chunk] = register.chunks()
    assert chunk.row_numbers.tolist() == [2, 4]
    assert chunk.rows.to_pylist() == [FIRST, SECOND]
    register.close()
    with pytest.raises(SourceRefused, match="hidden"):
        opened(path, sheet="Vanhat")


def test_xlsb_with_a_hidden_sheet(tmp_path: Path) -> None:
    path = write_xlsb(tmp_path / "a.xlsb")
    register = opened(path, serial_dates=["alkoi"])
    assert (register.format, register.sheet) == ("xlsb", "Tiedot")
    [chunk] = register.chunks()
    assert chunk.row_numbers.tolist() == [2, 4]
    assert chunk.rows.to_pylist() == [FIRST, SECOND]
    register.close()
    with pytest.raises(SourceRefused, match="hidden"):
        opened(path, sheet="Vanhat")


def test_the_name_of_the_file_decides_nothing_but_macros(tmp_path: Path) -> None:
    assert rows(write_xlsx(tmp_path / "a.xls")) == [FIRST]
    assert rows(write_xls(tmp_path / "b.xlsx")) == [FIRST, SECOND]


def test_macros_are_ignored_where_the_name_says_so_and_refused_elsewhere(tmp_path: Path) -> None:
    macros = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub Auto_Open()"}
    assert rows(write_xlsx(tmp_path / "a.XLSM", macros)) == [FIRST]
    for name, parts in (("a.xlsx", macros), ("b.xlsx", {"xl/macrosheets/sheet1.xml": b"<x/>"}), ("c", macros)):
        with pytest.raises(SourceRefused, match="holds macros"):
            opened(write_xlsx(tmp_path / name, parts))


def test_pictures_do_no_harm(tmp_path: Path) -> None:
    assert rows(write_xlsx(tmp_path / "a.xlsx", {"xl/media/image1.png": b"\x89PNG" + bytes(1000)})) == [FIRST]


def compound(*names: str) -> bytes:
    """The beginning of an OLE file with some streams' names in its directory."""
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *names))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + directory + bytes(1024)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("locked.xlsx", compound("EncryptionInfo", "EncryptedPackage"), "locked with a password"),
        ("damaged.xls", compound("Workbook"), "damaged"),
        ("text.xls", b"id;nimi\n1;Kanarialintu\n", "no workbook"),
        ("page.xls", b"<html><table><tr><td>Kanarialintu</td></tr></table></html>", "no workbook"),
        ("a.pdf", b"%PDF-1.7 Kanarialintu", "PDF"),
        ("a.xlsx.gz", b"\x1f\x8b\x08\0Kanarialintu", "packed"),
        ("cut.xlsx", b"PK\x03\x04 Kanarialintu", "damaged"),
    ],
)
def test_what_is_refused(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceRefused) as refused:
        opened(path)
    assert says in str(refused.value)
    assert CANARY not in str(refused.value)


@pytest.mark.parametrize("length", [2, 6], ids=["obfuscated", "encrypted"])
def test_a_locked_xls(tmp_path: Path, length: int) -> None:
    """FILEPASS comes first in the workbook; what stands behind it could be taken for damage, or be read as it is."""
    path = write_xls(tmp_path / "a.xls")
    data = bytearray(path.read_bytes())
    first = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    data[first : first + 4] = b"\x2f\x00" + bytes([length, 0])
    path.write_bytes(data)
    with pytest.raises(SourceRefused, match="locked with a password"):
        opened(path)


def test_a_locked_ods(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="locked with a password"):
        opened(write_ods(tmp_path / "a.ods", manifest="<manifest:encryption-data/>"))


def test_a_locked_zip(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx")
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(SourceRefused, match="locked with a password"):
        opened(path)


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match=r"a \.zip, not a workbook"):
        opened(pack(tmp_path / "a.xlsx", {"register.csv": "id;nimi\n"}))


def test_a_package_without_its_workbook(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="damaged"):
        opened(pack(tmp_path / "a.xlsx", {"[Content_Types].xml": "<Types/>"}))


def test_a_part_that_unpacks_to_far_more_than_it_ought_to(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/x.xml", "w") as part:
        for _ in range(101):
            part.write(bytes(1 << 20))
    with pytest.raises(SourceRefused, match="101 MB, which no register does"):
        opened(path)


def test_too_many_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_package, "MAX_MEMBERS", 20)
    with pytest.raises(SourceRefused, match="more than 20 parts"):
        opened(write_xlsx(tmp_path / "a.xlsx", {f"x{i}": b"" for i in range(20)}))


def test_texts_that_are_small_in_the_file_and_large_in_memory(tmp_path: Path) -> None:
    """One shared text of a megabyte, shown by a thousand cells; the sizes in the package look innocent."""
    path = write_xlsx(tmp_path / "plain.xlsx")
    texts = f"<sst xmlns='{MAIN}'><si><t>{'x' * 2**20}</t></si></sst>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 1001))
    sheet = f"<worksheet xmlns='{MAIN}'><sheetData>{cells}</sheetData></worksheet>"
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    relations = parts["xl/_rels/workbook.xml.rels"].decode()  # type: ignore[union-attr]
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    if "sharedStrings" not in relations:
        target = f'<Relationship Id="rId99" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
        relations = relations.replace("</Relationships>", target)
    parts |= {"xl/_rels/workbook.xml.rels": relations, "xl/sharedStrings.xml": texts, "xl/worksheets/sheet1.xml": sheet}
    with pytest.raises(SourceRefused, match="512 MB of memory"):
        opened(pack(tmp_path / "a.xlsx", parts), memory=512 * 2**20)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def test_an_ods_whose_one_row_is_repeated_beyond_measure(tmp_path: Path) -> None:
    table = """<table:table-row table:number-rows-repeated="1000000">
    <table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>
    </table:table-row>"""
    with pytest.raises(SourceRefused, match=r"memory|damaged"):
        opened(write_ods(tmp_path / "a.ods", table), memory=512 * 2**20)


def test_entities_in_the_xml_of_a_sheet_are_not_followed(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "plain.xlsx")
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is>'
    cells += '<t>1&a;</t></is></c><c r="B2" t="e"><v>#N/A</v></c></row>'
    parts["xl/worksheets/sheet1.xml"] = f"{entity}<worksheet xmlns='{MAIN}'><sheetData>{cells}</sheetData></worksheet>"
    said = ""
    try:
        said = str(rows(pack(tmp_path / "a.xlsx", parts), beyond_header="drop"))
    except SourceRefused as refused:
        said = str(refused)
    assert "root:" not in said
