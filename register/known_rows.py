"""Which rows of a file the register already holds unchanged.

Belongs here: the hashes of a source's settled rows, and the memory of which of them a file showed. Does not belong
here: rows that changed; they travel on to staging.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from register.database import driver

#: The hashes packed into a few values: a hundredth of the messages of a row-by-row read. They come in the order of
#: their first five bits, a value at a time, so that ten million are not in memory thrice.
_SETTLED = b"""
select string_agg(int8send(hash), '') from sync.source_row
where source_id = %s and hash is not null and absent_place is null and quarantined_place is null
group by hash >> 59 order by hash >> 59
"""


@dataclass
class KnownRows:
    """The settled rows of one source: present, not in quarantine, applied with a hash.

    Attributes:
        hashes: sorted, int64; 8 bytes a row, so that ten million rows take 80 MB.
        seen_at: the row number at which the file showed each of them, 0 for not yet; int32, as no file has so many.
    """

    hashes: np.ndarray
    seen_at: np.ndarray
    repeated: int = 0

    @classmethod
    def load(cls, connection: sa.Connection, source_id: int) -> KnownRows:
        """Reads the hashes of one source, in the order of their value."""
        parts = [np.empty(0, dtype="int64")]
        with driver(connection).cursor(binary=True) as cursor:  # as text, the value takes twice its size twice
            for (packed,) in cursor.stream(_SETTLED, [source_id]):
                parts.append(np.sort(np.frombuffer(packed, dtype=">i8").astype("int64")))
        hashes = np.concatenate(parts)
        return cls(hashes=hashes, seen_at=np.zeros(len(hashes), dtype="int32"))

    def travellers(self, hashes: np.ndarray, row_numbers: np.ndarray) -> np.ndarray:
        """Which of these rows are not known and travel on; remembers the others as seen.

        A known row shown twice is counted in `repeated` and does not travel either.

        Returns:
            A boolean mask over the rows.
        """
        travel = np.ones(len(hashes), dtype=bool)
        if not len(self.hashes):
            return travel
        # looked for in their order: a million looked for at random cost 0.3 s, being nowhere in the processor's cache
        order = np.argsort(hashes)
        ordered = hashes[order]
        if (ordered[1:] == ordered[:-1]).any():  # of rows with the same content, the first in the file counts
            order = np.argsort(hashes, kind="stable")
        at = np.minimum(np.searchsorted(self.hashes, ordered), len(self.hashes) - 1)
        known = self.hashes[at] == ordered
        first = known & (self.seen_at[at] == 0)
        first[1:] &= ordered[1:] != ordered[:-1]
        self.repeated += int(known.sum() - first.sum())
        self.seen_at[at[first]] = row_numbers[order[first]]
        travel[order[known]] = False
        return travel

    @property
    def seen(self) -> int:
        """How many of the known rows the file has shown."""
        return int(np.count_nonzero(self.seen_at))

    def unseen_hashes(self) -> np.ndarray:
        """Known rows that the file has not shown: changed or gone."""
        return self.hashes[self.seen_at == 0]

    def seen_hashes(self) -> np.ndarray:
        """Known rows that the file has shown."""
        return self.hashes[self.seen_at != 0]

    def row_number_of(self, row_hash: int) -> int:
        """The row number at which the file showed this known row."""
        return int(self.seen_at[np.searchsorted(self.hashes, row_hash)])
