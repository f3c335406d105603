"""Whether a row is of somebody who was erased.

Belongs here: what hits of tokens mean for a row (SUP-04, SUP-11). Does not belong here: where the rows come from, and
what becomes of them (`assets.doorkeeper`, `register.suppression.staged`).

A hit is certain where nobody else is ever given the same (the row's key, the service's user id), or where e-mail
address, phone number or user name come with the name that they were erased with. The same address under another name
may be a colleague's by now: such a row waits in quarantine. So does a row with nothing but the same name and company,
and a row of whom the register still holds somebody under its key: him nobody has erased.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
import sqlalchemy as sa

from register.statements import statement
from register.suppression import entries, tokens
from register.suppression.entries import Listing
from schemas.canonical import bare, canonical

#: What a row's hits make of it: it stays out, its person stays out, or it waits in quarantine for one of two reasons.
OUT, PART, CONFLICT, WEAK = "out", "part", "suppression.conflict", "suppression.weak"


@dataclass(frozen=True)
class Place:
    """Where rows come from.

    Attributes:
        of_persons: whether its rows are persons', so that an erased person's row stays out as a whole. A company's row
            goes on without its contact person.
    """

    customer: str
    source: str
    source_id: int
    of_persons: bool


class Screen:
    """The check of one source's rows.

    Args:
        connect: gives the connection, once it is free; asked only where a row may be hit.
    """

    def __init__(
        self, listing: Listing, place: Place, connect: Callable[[], sa.Connection], *, keep: bool = True
    ) -> None:
        self._listing = listing
        self._place = place
        self._connect = connect
        self._keep = keep
        self._make = {version: tokens.maker(key) for version, key in listing.keys.items()}

    @property
    def asks(self) -> bool:
        """Whether there is anybody on the list."""
        return bool(len(self._listing.prefixes))

    def judge(self, traits: pd.DataFrame, *, held: bool = True) -> pd.DataFrame:
        """What becomes of the rows that are hit.

        Args:
            traits: what is known of each row's person (`schemas.canonical.TRAITS`) and its ``key``; a unique index.
            held: whether rows may be of persons whom the register holds; not, where its own records are looked at.

        Returns:
            Over the index of those rows: ``verdict`` ('' where only marketing is concerned), ``marketing`` (since when
            it is off), and ``kinds`` of the hits.
        """
        nothing = pd.DataFrame({"verdict": [], "marketing": [], "kinds": []})
        if not self.asks or traits.empty:
            return nothing
        forms = canonical(traits, customer=self._place.customer)
        found = self._hits(forms)
        if found.empty:
            return nothing
        blocking = found[found["scope"] != "marketing"]
        hit_kinds = blocking.groupby("at")["kind"].agg(set)
        verdicts = pd.Series(
            {at: self._verdict(forms.loc[at], blocking[blocking["at"] == at]) for at in hit_kinds.index}, dtype=object
        )
        if held and len(verdicts):
            verdicts = self._spare_held(verdicts, forms)
        marketing = found[found["scope"] == "marketing"].groupby("at")["created_on"].min()
        index = verdicts.index.union(marketing.index)
        result = pd.DataFrame(
            {
                "verdict": verdicts.reindex(index).fillna(""),
                "marketing": marketing.reindex(index),
                "kinds": hit_kinds.reindex(index),
            },
            index=index,
        )
        return result[(result["verdict"] != "") | result["marketing"].notna()]

    def contacts(self, keys: pd.Series, registers: Sequence[str]) -> pd.Series:
        """Which keys that a company gives of its billing contacts are those of persons on the list: a mask.

        A key under which another register of the customer holds somebody is his.

        Args:
            keys: cleaned, missing where a row names nobody.
            registers: the names of the customer's sources; the key is that of one of them.
        """
        known = keys.dropna().drop_duplicates().reset_index(drop=True).astype("str")
        nobody = pd.Series(False, index=keys.index)
        if not self.asks or known.empty or "source_ref" not in self._listing.kinds:
            return nobody
        forms = pd.DataFrame({"key": known, "bare_key": bare(known)})
        made = pd.concat(
            [tokens.of(forms, ["source_ref"], name, make) for make in self._make.values() for name in registers]
        )
        made = made[self._listing.maybe(made["token"].tolist())]
        if made.empty:
            return nobody
        connection = self._connect()
        found = entries.find(connection, self._listing, self._place.source_id, made["token"].tolist())
        listed = {bytes(row.token) for row in found if row.scope != "marketing"}
        hit = set(known[made.loc[made["token"].isin(listed), "at"]])
        parameters = {"source_id": self._place.source_id, "keys": sorted(hit)}
        return keys.isin(hit - set(connection.scalars(statement("find_held_contacts"), parameters)))

    def _hits(self, forms: pd.DataFrame) -> pd.DataFrame:
        """The entries that rows hit: at, kind, scope, case_id, created_on."""
        alone = [kind for kind in tokens.KINDS if not _paired(kind) and kind in self._listing.kinds]
        paired = [kind for kind in tokens.KINDS if _paired(kind) and kind in self._listing.kinds]
        made = []
        for version, make in self._make.items():
            first = tokens.of(forms, alone, self._place.source, make)
            first = first[self._listing.maybe(first["token"].tolist())]
            if first.empty:
                continue
            rows = forms.loc[pd.unique(first["at"])]
            made.append(pd.concat([first, tokens.of(rows, paired, self._place.source, make)]).assign(version=version))
        if not made:
            return pd.DataFrame({"at": []})
        asked = pd.concat(made, ignore_index=True)
        asked = asked[self._listing.maybe(asked["token"].tolist())]
        connection = self._connect()
        rows = entries.find(connection, self._listing, self._place.source_id, pd.unique(asked["token"]).tolist())
        if not rows:
            return pd.DataFrame({"at": []})
        known = pd.DataFrame([row._mapping for row in rows]).drop(columns="kind")
        known["token"] = [bytes(token) for token in known["token"]]
        found = asked.merge(known, on="token")
        if self._keep:
            self._renew(connection, forms, found)
        return found

    def _renew(self, connection: sa.Connection, forms: pd.DataFrame, found: pd.DataFrame) -> None:
        """Writes what was hit by an older key's token down by the newest key, too (SUP-07)."""
        newest = max(self._make)
        for old, hits in found[found["key_version"] < newest].groupby("key_version"):
            rows, kinds = forms.loc[pd.unique(hits["at"])], list(pd.unique(hits["kind"]))
            was = tokens.of(rows, kinds, self._place.source, self._make[int(str(old))])["token"]
            now = tokens.of(rows, kinds, self._place.source, self._make[newest])["token"]
            renewed = dict(zip(was, now, strict=True))
            for hit in hits.itertuples():
                entries.add(
                    connection,
                    self._listing.controller_id,
                    [(hit.kind, newest, renewed[hit.token])],
                    scope=hit.scope,
                    source_id=None if pd.isna(hit.source_id) else int(hit.source_id),
                    on=hit.created_on,
                    case=hit.case_id,
                )

    def _verdict(self, form: pd.Series, hits: pd.DataFrame) -> str:
        kinds = set(hits["kind"])
        if "source_ref" in kinds:
            return OUT
        whole = OUT if self._place.of_persons else PART
        if kinds & set(tokens.CERTAIN):
            return whole
        shared = hits[hits["kind"].isin(tokens.SHARED)]
        if shared.empty:
            return WEAK if tokens.WEAK in kinds else ""
        named = set(zip(hits["kind"], hits["case_id"], strict=True))
        sure = any((f"{hit.kind}_name", hit.case_id) in named for hit in shared.itertuples())
        return whole if sure or pd.isna(form.get("name")) else CONFLICT

    def _spare_held(self, verdicts: pd.Series, forms: pd.DataFrame) -> pd.Series:
        parameters = {"source_id": self._place.source_id, "keys": forms.loc[verdicts.index, "key"].dropna().tolist()}
        there = set(self._connect().scalars(statement("find_held_persons"), parameters))
        held = forms.loc[verdicts.index, "key"].isin(there)
        return verdicts.mask(held & verdicts.isin([OUT, PART]), CONFLICT).mask(held & (verdicts == WEAK), "")


def _paired(kind: str) -> bool:
    """Whether a kind only says more of a hit of another."""
    return kind.endswith("_name") and kind.removesuffix("_name") in tokens.SHARED
