"""G8: what a person can do.

Belongs here: coded competences with a level. Does not belong here: free text, health, union or criminal matters, test
results (never stored).
"""

from __future__ import annotations

from schemas.records.base import RecordModel, Series, described


class Competence(RecordModel):
    """One competence of the row's person; the code tells the parts of a row apart."""

    skill_code: Series[str] = described(
        kind="code", fi="Osaamiskoodi", en="Competence code", required=True, max_length=64
    )
    level: Series[float] = described(kind="number", fi="Taso 1–5", en="Level 1 to 5", isin=[1, 2, 3, 4, 5])
