"""G4: a user account.

Belongs here: the names by which the service and identity providers know a user, and the account's state. Does not
belong here: passwords, hashes, second factors, tokens, keys or biometrics; no source of any kind may bring them.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from schemas.records.base import Instant, Origin, RecordModel, Series, described

_BOTH = (Origin.CUSTOMER_REGISTER, Origin.SERVICE_GENERATED)
_OURS = (Origin.SERVICE_GENERATED,)


class Account(RecordModel):
    """One account; with a person record where the row gives one."""

    user_id: Series[str] = described(
        kind="code", fi="Käyttäjän tunnus palvelussa", en="The service's own user id", origins=_OURS, max_length=64
    )
    username: Series[str] = described(
        kind="username", fi="Käyttäjätunnus", en="User name", origins=_BOTH, max_length=254
    )
    idp_issuer: Series[str] = described(
        kind="issuer", fi="Tunnistuspalvelu", en="Identity provider", origins=_BOTH, max_length=200
    )
    idp_subject: Series[str] = described(
        kind="username", fi="Tunnus tunnistuspalvelussa", en="Subject at the identity provider", origins=_BOTH
    )
    account_status: Series[str] = described(
        kind="code",
        fi="Tunnuksen tila",
        en="State of the account",
        origins=_OURS,
        isin=["invited", "active", "locked", "disabled", "closed"],
    )
    mfa_enrolled: Series[str] = described(
        kind="boolean", fi="Monivaiheinen tunnistus", en="Multi-factor enrolled", origins=_OURS, isin=["true", "false"]
    )
    created_at: Series[Instant] = described(kind="timestamp", fi="Luotu", en="Created at", origins=_OURS)
    last_login_at: Series[Instant] = described(
        kind="timestamp", fi="Viimeksi kirjautunut", en="Last login at", origins=_OURS
    )
    closed_at: Series[Instant] = described(kind="timestamp", fi="Suljettu", en="Closed at", origins=_OURS)

    @pa.dataframe_check(name="names_somebody", ignore_na=False)  # a record with nothing in it is judged, too
    @classmethod
    def names_somebody(cls, frame: pd.DataFrame) -> pd.Series:
        """Whether the account is known by anything: a user id, a user name, or a subject with its provider."""
        subject = frame["idp_subject"].notna() & frame["idp_issuer"].notna()
        return frame["user_id"].notna() | frame["username"].notna() | subject
