"""Rows at the end of a table that are totals or notes, and no part of the register.

Belongs here: holding back the last rows until it is known that they are the last, and counting the footer out. Does not
belong here: recognising one row as like a footer (see records).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sources.readers.file_settings import Footer
from sources.readers.records import FOOTER_SEARCHED, Piece


class FooterCut:
    """Passes pieces on without the footer; afterwards ``rows`` says how many rows it had."""

    def __init__(self, footer: Footer | None) -> None:
        self._footer = footer
        self.rows = 0

    @property
    def absent(self) -> bool:
        """After the read: whether a footer that every file has was not there."""
        return self._footer is not None and self._footer.always and self.rows == 0

    def cut(self, pieces: Iterator[Piece]) -> Iterator[Piece]:
        """The same pieces, the footer left out of the last ones."""
        if self._footer is None:
            yield from pieces
            return
        held: list[Piece] = []
        for piece in pieces:
            held.append(piece)
            while sum(map(len, held[1:])) >= FOOTER_SEARCHED:
                yield held.pop(0)
        first = self._first_row(held)
        for piece in held:
            keep = piece.numbers < first
            self.rows += int((~keep).sum()) + sum(n >= first for n, _, _ in piece.rejected)
            at = int(keep.sum())
            yield Piece(
                piece.rows.slice(0, at),
                piece.numbers[:at],
                piece.footer_like[:at],
                [r for r in piece.rejected if r[0] < first],
            )

    def _first_row(self, held: list[Piece]) -> int:
        """The row number at which the footer begins; past the end where there is none."""
        rows = sorted(
            [(int(n), bool(like)) for p in held for n, like in zip(p.numbers, p.footer_like, strict=True)]
            + [(n, like) for p in held for n, _, like in p.rejected]
        )
        beyond = np.iinfo(np.int64).max
        if self._footer is None or not rows:
            return int(beyond)
        if self._footer.rows is not None:
            return rows[-min(self._footer.rows, len(rows))][0]
        first = int(beyond)
        for number, like in reversed(rows):
            if not like:
                break
            first = number
        return first
