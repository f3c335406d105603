"""Trying again what may pass by itself: a connection that broke, a server that is busy.

Belongs here: how often, how patiently, and what is said in the end. Does not belong here: what passes and what does
not, which each way of asking knows for itself; but for a certificate, which looks like a lost connection everywhere.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from typing import TypeVar

import tenacity
from pydantic import BaseModel, ConfigDict, Field

from schemas.errors import SourceRefused, TryLater

Outcome = TypeVar("Outcome")


class Retry(BaseModel):
    """How often and how patiently a request is tried again: lost connections, 429 and 5xx, and nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    attempts: int = Field(default=5, ge=1, le=20, description="Tries in all.")
    first_wait: float = Field(
        default=1.0, ge=0, le=60, description="Seconds before the second try; it doubles each time."
    )
    longest_wait: float = Field(
        default=60.0,
        ge=0,
        le=600,
        description="Most seconds before a try; a server that asks for more is left for later.",
    )


class Passing(Exception):
    """What may pass by itself; never leaves `tried`.

    Args:
        said: what happened, in words of ours.
        wait: seconds that the server asks to wait.
    """

    def __init__(self, said: str, wait: float | None = None) -> None:
        super().__init__(said)
        self.said = said
        self.wait = wait


def untrusted(error: BaseException, who: str) -> SourceRefused | None:
    """What is said where a connection was not made since nobody whom we trust vouches for the server."""
    seen: set[int] = set()
    inner: BaseException | None = error
    while inner is not None and id(inner) not in seen:
        if isinstance(inner, ssl.SSLCertVerificationError):
            return SourceRefused(
                f"The {who} shows a certificate that is not trusted for its name.",
                "Check the address. An authority of one's own is trusted when SSL_CERT_FILE names its certificate.",
            )
        seen.add(id(inner))
        inner = inner.__cause__ or inner.__context__
    return None


def tried(
    request: Callable[[], Outcome],
    retry: Retry,
    *,
    ends: float,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Outcome:
    """The outcome of a request that is tried again while it fails in a passing way.

    Args:
        request: raises `Passing` where another try may help.
        ends: the moment, by `clock`, after which nothing is tried again.
        sleep: waits so many seconds.
        clock: seconds that only go forward.

    Raises:
        TryLater: it failed in a passing way as often as it may.
    """
    # a random part, so that many readers do not come back at once
    backoff = tenacity.wait_exponential(multiplier=retry.first_wait) + tenacity.wait_random(0, retry.first_wait)

    def asked(state: tenacity.RetryCallState) -> float:
        return getattr(state.outcome.exception() if state.outcome else None, "wait", None) or 0.0

    def wait(state: tenacity.RetryCallState) -> float:
        return min(max(backoff(state), asked(state)), retry.longest_wait)

    def stop(state: tenacity.RetryCallState) -> bool:
        spent = state.attempt_number >= retry.attempts or clock() >= ends
        return spent or asked(state) > retry.longest_wait

    said = ""
    try:
        return tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(Passing), wait=wait, stop=stop, sleep=sleep, reraise=True
        )(request)
    except Passing as passing:
        said = passing.said
    raise TryLater(said, "It was tried as often as the source file allows; try again later.")
