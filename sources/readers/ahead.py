"""A register's chunks, each read while the one before it is worked on.

Belongs here: reading one chunk ahead in a thread of its own. Does not belong here: how anything is read.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor

from sources.readers.base import Chunk


def ahead(chunks: Iterator[Chunk]) -> Generator[Chunk]:
    """The same chunks. Two of them are in memory at a time; what reading raises comes in its place in the order.

    Splitting text and waiting for a server need no lock of Python's, so a second core or the network does them.
    """
    with ThreadPoolExecutor(1, "ahead") as pool:
        coming = pool.submit(next, chunks, None)
        while (chunk := coming.result()) is not None:
            coming = pool.submit(next, chunks, None)
            yield chunk
