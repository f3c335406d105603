"""How a source's YAML says that its register is a delimited text file.

Belongs here: the ``read:`` block with ``type: csv``. Does not belong here: reading (see csv_file), and settings that
all kinds of files and APIs share.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from sources.readers.file_settings import FilePath, Footer

#: Name in the source file -> Python codec. A closed list: a typo must not become some other encoding.
ENCODINGS: dict[str, str] = {
    "utf-8": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "windows-1252": "cp1252",
    "iso-8859-1": "iso8859-1",
    "iso-8859-15": "iso8859-15",
    "cp850": "cp850",
    "cp437": "cp437",
    "mac-roman": "mac-roman",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1257": "cp1257",
}

_SPELLINGS = {
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "cp1252": "windows-1252",
    "windows1252": "windows-1252",
    "ansi": "windows-1252",
    "latin-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "iso8859-1": "iso-8859-1",
    "latin-9": "iso-8859-15",
    "iso8859-15": "iso-8859-15",
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1257": "windows-1257",
    "macroman": "mac-roman",
    "ibm850": "cp850",
    "ibm437": "cp437",
}


def _spelling(value: Any) -> Any:
    """The one name of an encoding for its common other spellings."""
    if not isinstance(value, str):
        return value
    plain = value.strip().lower().replace("_", "-")
    return _SPELLINGS.get(plain, plain)


def _delimiter(value: Any) -> Any:
    words = {"tab": "\t", "\\t": "\t", "semicolon": ";", "comma": ",", "pipe": "|"}
    return words.get(value, value) if isinstance(value, str) else value


Encoding = Annotated[
    Literal[
        "detect",
        "utf-8",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "windows-1252",
        "iso-8859-1",
        "iso-8859-15",
        "cp850",
        "cp437",
        "mac-roman",
        "windows-1250",
        "windows-1251",
        "windows-1257",
    ],
    BeforeValidator(_spelling),
]


class CsvRead(BaseModel):
    """Where the delimited text file is and how it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Literal["csv"] = Field("csv", description="A delimited text file, plain, .gz, or alone in a .zip.")
    path: FilePath
    encoding: Encoding = Field(
        "detect",
        description="Encoding of the text. With detect, a file that leaves doubt is refused, and the candidates named.",
    )
    delimiter: Annotated[str, BeforeValidator(_delimiter)] = Field(
        "detect",
        description="The character between columns (tab for a tabulator), or detect: one of ; , tab |",
    )
    quote: str | None = Field(
        '"', min_length=1, max_length=1, description="The character around quoted cells; null where nothing is quoted."
    )
    header_row: Annotated[int, Field(ge=1, le=1000)] | Literal["detect"] = Field(
        "detect",
        description=(
            "Row that holds the column names, counted from 1, or detect: the first of the first 50 rows that holds all "
            "required columns."
        ),
    )
    footer: Footer | None = Field(None, description="Total rows at the end that are not part of the register.")
    missing: tuple[str, ...] = Field((), description="Texts that mean that a value is missing, such as NULL or -.")
    decimal: Literal[",", "."] = Field(",", description="The decimal separator of numbers.")

    @field_validator("delimiter")
    @classmethod
    def _one_character(cls, value: str) -> str:
        if value == "detect":
            return value
        if len(value) != 1 or not value.isascii() or value.isalnum() or value in "\r\n\0":
            raise ValueError("delimiter is one character that is no letter or digit (; , tab |), or detect")
        return value

    @field_validator("quote")
    @classmethod
    def _quote_is_ascii(cls, value: str | None) -> str | None:
        if value is not None and (not value.isascii() or value.isalnum() or value in "\r\n\0 "):
            raise ValueError("quote is one character such as \" or ', or null")
        return value

    @model_validator(mode="after")
    def _unlike(self) -> CsvRead:
        if self.quote is not None and self.quote == self.delimiter:
            raise ValueError("delimiter and quote must differ")
        return self
