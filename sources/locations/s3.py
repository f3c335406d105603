"""Files in a bucket, of AWS or of another store that speaks S3.

Belongs here: s3fs with our keys, our bounds and no other host than the declared one. Does not belong here: tries and
what is said of them (see remote).
"""

from __future__ import annotations

import errno
import logging
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import botocore.exceptions
from fsspec.asyn import sync
from s3fs import S3FileSystem

from schemas.errors import Refusal, SourceRefused
from sources.config.location import S3Location
from sources.locations.base import State
from sources.locations.remote import Remote, Replaced

_KEYS = frozenset({"InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "InvalidSecurity"})
_REPLACED = frozenset({"PreconditionFailed", "412"})
#: What s3fs makes of requests that the store cannot take as they are: another region, a redirect, a bad name.
_WRONG = frozenset({errno.EINVAL, getattr(errno, "EREMCHG", errno.EINVAL)})


def location(settings: S3Location) -> Remote:
    """The bucket, or the part of it below the prefix; no connection is made yet."""
    for name in ("s3fs", "fsspec", "aiobotocore", "botocore", "aiohttp", "asyncio"):
        # they write addresses, names and signed headers into the log
        logging.getLogger(name).setLevel(logging.CRITICAL)
    prefix = f"/{settings.prefix}" if settings.prefix else ""
    return Remote(
        settings,
        lambda: Bucket(settings),
        who="S3 store",
        where="in the bucket",
        root=f"{settings.bucket}{prefix}",
        rights="Ask its owner for the rights to list the bucket below the prefix (s3:ListBucket) and to read its files "
        "(s3:GetObject), and, for after_read, to delete and write them.",
        passing=(botocore.exceptions.HTTPClientError, botocore.exceptions.ConnectionError, aiohttp.ClientError),
        judge=_judge,
    )


class Bucket(S3FileSystem):
    """One connection; see `sources.locations.remote.Files`."""

    cachable = False  # fsspec keeps file systems by their arguments, and ours hold secrets
    retries = 1  # the tries are counted in one place, by us

    def __init__(self, settings: S3Location) -> None:
        self._seconds = settings.limits.answer_seconds
        self._host = urlsplit(settings.endpoint_url).netloc if settings.endpoint_url else _aws_host(settings)
        super().__init__(
            key=settings.access_key.value(),
            secret=settings.secret_key.value(),
            token=settings.session_token.value() if settings.session_token else None,
            endpoint_url=settings.endpoint_url,
            client_kwargs={"region_name": settings.region},
            config_kwargs={
                "connect_timeout": settings.limits.silence_seconds,
                "read_timeout": settings.limits.silence_seconds,
                "retries": {"total_max_attempts": 1},
                "ignore_configured_endpoint_urls": True,  # of the machine's own settings
                "s3": {"addressing_style": "path" if settings.endpoint_url else "virtual"},
            },
            use_listings_cache=False,
        )

    async def set_session(self, *args: Any, **kwargs: Any) -> Any:
        """The client, which asks no other host than that of the region.

        botocore follows a bucket to whatever region it turns out to be in; that may be outside the EU.
        """
        first = self._s3 is None
        client = await super().set_session(*args, **kwargs)
        if first:
            client.meta.events.register("before-send.s3", self._stays)
        return client

    def _stays(self, request: Any, **_: Any) -> None:
        host = urlsplit(request.url).netloc
        if host != self._host and not host.endswith(f".{self._host}"):
            raise SourceRefused(
                "The bucket is in another region than the source file says.",
                "Write the region where it is; outside the EU it cannot be read (RS-19).",
            )

    def check(self, path: str) -> bool:
        """True where we may list the folder, of which one name at most is asked for."""
        bucket, key, _ = self.split_path(path)
        self._call("list_objects_v2", Bucket=bucket, Prefix=f"{key}/" if key else "", MaxKeys=1)
        return True

    def state(self, path: str) -> State:
        """What lies there; a folder is what names begin with."""
        bucket, key, _ = self.split_path(path)
        try:
            found = self._call("head_object", Bucket=bucket, Key=key)
        except FileNotFoundError:
            found = None
        if found is not None:
            size = int(found["ContentLength"])
            return State("file", size, f"{found.get('ETag', '')} {size} {found.get('LastModified', '')}")
        listed = self._call("list_objects_v2", Bucket=bucket, Prefix=f"{key}/", MaxKeys=1)
        if not listed.get("KeyCount"):
            raise FileNotFoundError
        return State("folder", 0, "")

    def part(self, path: str, start: int, end: int, state: State) -> bytes:
        """Bytes of the file, of that version only."""
        return bytes(sync(self.loop, self._part, path, start, end, state, timeout=self._seconds))

    async def _part(self, path: str, start: int, end: int, state: State) -> bytes:
        bucket, key, _ = self.split_path(path)
        tag = state.version.split(" ")[0]
        only = {"IfMatch": tag} if tag else {}
        replaced = False
        try:
            answer = await self._call_s3("get_object", Bucket=bucket, Key=key, Range=f"bytes={start}-{end - 1}", **only)
            async with answer["Body"] as body:
                return bytes(await body.read())
        except OSError as error:
            replaced = _code(error) in _REPLACED
            if not replaced:
                raise
        raise Replaced

    def rm_file(self, path: str) -> None:
        """Delete a file."""
        bucket, key, _ = self.split_path(path)
        self._call("delete_object", Bucket=bucket, Key=key)

    def makedirs(self, path: str, exist_ok: bool = False) -> None:
        """Nothing to do: a store has names and no folders."""

    def rename(self, path: str, target: str) -> bool:
        """Copy the file inside the store, then delete it: a store has no other way."""
        bucket, key, _ = self.split_path(path)
        _, new, _ = self.split_path(target)
        self._make_sure_is_free(bucket, new)
        self._call("copy_object", Bucket=bucket, Key=new, CopySource={"Bucket": bucket, "Key": key})
        self._call("delete_object", Bucket=bucket, Key=key)
        return True

    def add(self, path: str, content: bytes) -> bool:
        """Write a new file, in one request and under a name that is free."""
        bucket, key, _ = self.split_path(path)
        self._make_sure_is_free(bucket, key)
        self._call("put_object", Bucket=bucket, Key=key, Body=content)
        return True

    def _make_sure_is_free(self, bucket: str, key: str) -> None:
        """FileExistsError where the name is taken: a store writes over anything."""
        with suppress(FileNotFoundError):
            self._call("head_object", Bucket=bucket, Key=key)
            raise FileExistsError

    def _call(self, method: str, **parameters: Any) -> Any:
        return sync(self.loop, self._call_s3, method, timeout=self._seconds, **parameters)

    def end(self) -> None:
        """End the connection."""
        if self._s3 is not None:
            self.close_session(self.loop, self._s3creator)


def _aws_host(settings: S3Location) -> str:
    top = "amazonaws.eu" if settings.region.startswith("eusc-") else "amazonaws.com"
    return f"s3.{settings.region}.{top}"


def _code(error: BaseException) -> str:
    """The store's own code for an error of s3fs."""
    response = getattr(error.__cause__, "response", None) or {}
    return str(response.get("Error", {}).get("Code", ""))


def _judge(error: Exception) -> Refusal | None:
    if _code(error) in _KEYS:
        return SourceRefused(
            "The S3 store does not take our keys.",
            "Check the variables named under location, and ask the bucket's owner whether they still hold.",
        )
    wrong = isinstance(error, OSError) and error.errno in _WRONG
    if wrong or isinstance(error, botocore.exceptions.ParamValidationError):
        return SourceRefused(
            "The S3 store does not take the request as the source file makes it.",
            "Check bucket, region and endpoint_url under location.",
        )
    return None
