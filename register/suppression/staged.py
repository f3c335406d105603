"""The last check of a batch, inside the transaction that merges it (SUP-05), and its restricted rows.

Belongs here: staged rows of persons who were erased or restricted since they were read. Does not belong here: reading
(`assets.doorkeeper`), or landed copies of earlier batches.
"""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import sqlalchemy as sa

from register import batches, landed, quarantine, statistics
from register.batches import Batch
from register.statements import identifier, statement
from register.suppression import entries, screen
from register.suppression.keys import OWN
from register.suppression.screen import Place, Screen
from register.suppression.vault import Vault, newest_known
from schemas import findings
from schemas.canonical import TRAITS
from schemas.catalogue import RECORD_TYPES
from schemas.retention import SHIPPED

#: Record types of a row of which something goes where its person stays out.
PERSONAL = (
    *("person", "employment", "account", "channel_choice", "marketing_choice", "location", "action", "message"),
    *("competence", "certificate"),
)
RESTRICTED = "restriction.parked"

#: Every merge shares it; an erasure has it alone, so that it is before a merge or after it and never within.
LOCK = 1296326


def share(connection: sa.Connection) -> None:
    """Keeps erasures out until the transaction ends."""
    connection.execute(sa.text(f"select pg_advisory_xact_lock_shared({LOCK}, 0)"))


def check(connection: sa.Connection, batch: Batch, vault: Vault | None) -> Batch:
    """Takes out of a staged batch who was erased since it was read, and parks who was restricted.

    Where somebody was erased since, the batch's landed copy goes: a row that was not staged may be of the same person.
    """
    version, _ = newest_known(connection)
    if max(batch.pulled.get("suppression", 0), 0) != max(version, 0):
        landed.clear(connection, batch.id)
        batch = recheck(connection, batch, vault, version)
    parked = pd.Index(connection.scalars(statement("find_restricted", rows=batch.staging.rows), _of(batch)).all())
    _set_aside(connection, batch, parked, RESTRICTED)
    return batch


def recheck(connection: sa.Connection, batch: Batch, vault: Vault | None, version: int) -> Batch:
    """Compares a batch's staged rows with the list as it stands.

    Args:
        version: the ledger's newest entry, up to which the rows have been compared then.
    """
    controller = OWN if batch.description["role"] == "controller" else batch.customer_id
    listing = entries.load(connection, vault, controller)
    whole = bool(batch.pulled.get("of_persons", True))
    place = Place(batch.source_name.partition("/")[0], batch.source_name, batch.source_id, whole)
    check = Screen(listing, place, lambda: connection)
    pulled = {**batch.pulled, "suppression": version}
    if check.asks:
        found = check.judge(_traits(connection, batch))
        out = found.index[found["verdict"] == screen.OUT]
        parts = found.index[found["verdict"] == screen.PART]
        gone = _remove(connection, batch, out, every=True)
        _remove(connection, batch, parts, every=False)
        for rule in (screen.CONFLICT, screen.WEAK):
            _set_aside(connection, batch, found.index[found["verdict"] == rule], rule)
        counts = batch.pulled["counts"]
        pulled["counts"] = {**counts, "suppressed": counts.get("suppressed", 0) + gone}
        forgotten = _forget_contacts(connection, batch, check)
        if len(found) or forgotten:
            tables = (batch.staging.rows, *map(batch.staging.records, batch.staging.record_types))
            statistics.forget(connection, tables)
    batches.update(connection, batch.id, pulled=pulled)
    return batches.get(connection, batch.id)


def _traits(connection: sa.Connection, batch: Batch) -> pd.DataFrame:
    """What the staged rows say of their persons, by row number."""
    staged = batch.staging
    fields: dict[str, list[str]] = {}
    joins = []
    for name in staged.record_types:
        known = [field for field in TRAITS if name in PERSONAL and field in RECORD_TYPES[name].field_names]
        if not known:
            continue
        alias = identifier(name)
        joins.append(f"left join {staged.records(name)} as {alias} on {alias}.row_number = staged.row_number")
        if name == "action":  # it carries a pseudonym already
            joins.append(
                f"left join privacy.action_pseudonym as known on known.pseudonym = {alias}.user_id "
                "and known.customer_id = :customer_id"
            )
        for field in known:
            of = "known" if name == "action" else alias
            fields.setdefault(field, []).append(f"{of}.{identifier(field)}")
    chosen = "".join(f", coalesce({', '.join(of)}) as {identifier(field)}" for field, of in fields.items())
    query = statement("staged_traits", rows=staged.rows, chosen=chosen, joins=" ".join(joins))
    rows = connection.execute(query, _of(batch)).all()
    names = ["row_number", "key", *fields]
    return pd.DataFrame(rows, columns=names).astype(dict.fromkeys(names[1:], "str")).set_index("row_number")


def _forget_contacts(connection: sa.Connection, batch: Batch, check: Screen) -> int:
    """Takes out of staged companies the keys of billing contacts who were erased. Returns of how many."""
    if "billing" not in batch.staging.record_types:
        return 0
    billing = batch.staging.records("billing")
    rows = pd.DataFrame(connection.execute(statement("staged_contacts", billing=billing)).all(), columns=["row", "key"])
    hit = check.contacts(rows["key"].astype("str"), entries.registers_beside(connection, batch.source_id))
    numbers = {"numbers": rows.loc[hit, "row"].tolist()}
    if numbers["numbers"]:
        connection.execute(statement("forget_staged_contacts", billing=billing), numbers)
        connection.execute(statement("forget_staged_hashes", rows=batch.staging.rows), numbers)
    return len(numbers["numbers"])


def _remove(connection: sa.Connection, batch: Batch, numbers: pd.Index, *, every: bool) -> int:
    """Removes rows from staging and quarantine, or only their persons. Returns how many rows went."""
    if numbers.empty:
        return 0
    parameters = {**_of(batch), "numbers": [int(number) for number in numbers]}
    for name in batch.staging.record_types:
        if every or name in PERSONAL:
            connection.execute(statement("remove_staged", table=batch.staging.records(name)), parameters)
    if not every:
        connection.execute(statement("forget_staged_hashes", rows=batch.staging.rows), parameters)
        return 0
    connection.execute(statement("remove_quarantined"), parameters)
    return connection.execute(statement("remove_staged", table=batch.staging.rows), parameters).rowcount


def _set_aside(connection: sa.Connection, batch: Batch, numbers: pd.Index, rule: str) -> None:
    """Puts staged rows into quarantine."""
    if numbers.empty:
        return
    parameters = {**_of(batch), "numbers": [int(number) for number in numbers]}
    for name in batch.staging.record_types:
        connection.execute(statement("remove_staged", table=batch.staging.records(name)), parameters)
    connection.execute(statement("quarantine_staged", rows=batch.staging.rows), parameters)
    quarantine.write(
        connection,
        findings.of(numbers, "", rule, findings.ROW),
        batch_id=batch.id,
        customer_id=batch.customer_id,
        source_id=batch.source_id,
        rows=batch.staging.rows,
        expires_on=batch.business_date + timedelta(days=SHIPPED.step("quarantine", "delete").after.days + 1),
    )


def _of(batch: Batch) -> dict[str, object]:
    return {"batch_id": batch.id, "source_id": batch.source_id, "customer_id": batch.customer_id}
