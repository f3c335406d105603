"""A file's bytes, and what is packed in them.

Belongs here: unpacking what our tools pack. Does not belong here: what is looked for.
"""

from __future__ import annotations

import gzip
import io
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path


def unpacked(path: Path) -> Iterator[tuple[str, bytes]]:
    """The file's content as it is, and unpacked in every way that it can be; each with where it is from."""
    content = path.read_bytes()
    yield str(path), content
    if content.startswith(b"SQLite format 3"):
        yield from _cells(path)
    if content.startswith(b"PK\x03\x04"):
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from ((f"{path}!{name}", archive.read(name)) for name in archive.namelist())
    with suppress(OSError, EOFError, zlib.error):
        yield f"{path} (gzip)", gzip.decompress(content)


def _cells(path: Path) -> Iterator[tuple[str, bytes]]:
    """Cell by cell: a long text lies on several pages, and snapshots are packed."""
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        for (table,) in connection.execute("select name from sqlite_master where type = 'table'").fetchall():
            for row in connection.execute(f'select * from "{table.decode()}"'):
                for cell in row:
                    if isinstance(cell, bytes):
                        yield f"{path} ({table.decode()})", cell
                        with suppress(zlib.error):
                            yield f"{path} ({table.decode()}, unpacked)", zlib.decompress(cell)
