"""Where the customer's file lies.

Belongs here: the ``location:`` block, which ``read.path`` is relative to. Does not belong here: going there (see
`sources.locations`), or the address of an API, which stands in its ``read:`` block.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, StringConstraints, Tag, model_validator

from sources.config.base import Part, Text
from sources.config.countries import AWS_REGIONS, aws_region
from sources.readers.api.auth import Auth, NoAuth
from sources.readers.api.part import Address, HeaderName, HeaderText, Secret
from sources.retrying import Retry

_HOST_KEY = re.compile(r"(ssh-ed25519|ecdsa-sha2-nistp(?:256|384|521)|ssh-rsa) ([A-Za-z0-9+/]+={0,2})(?: .*)?")


def _folder(text: str) -> str:
    """A folder on a server: relative ones count from where the server lets us in."""
    if ".." in text.split("/") or "\\" in text or any(sign in text for sign in "*?{}") or not text.isprintable():
        raise ValueError("write a folder with / between its parts, without .. and wildcards, such as out/hr")
    return text.rstrip("/") or "/"


def _prefix(text: str) -> str:
    if text.startswith("/"):
        raise ValueError("a prefix does not begin with /; write it as hr/export")
    return _folder(text)


def _host_key(text: str) -> str:
    """The server's public key, as ``ssh-keyscan`` prints it behind the name of the host."""
    match = _HOST_KEY.fullmatch(text)
    blob = b""
    try:
        blob = base64.b64decode(match[2], validate=True) if match else b""
    except binascii.Error:
        blob = b""
    if match is None or not blob[4:].startswith(match[1].encode()) or not _is_whole(blob):
        raise ValueError(
            "not a public key of a server; write it as ssh-ed25519 AAAA..., from ssh-keyscan -t ed25519 HOST, once the "
            "server's owner has confirmed its fingerprint"
        )
    return f"{match[1]} {match[2]}"


def _is_whole(blob: bytes) -> bool:
    """Whether a public key (RFC 4253, 6.6) has its kind and all that follows, each with its length before it."""
    at = parts = 0
    while at < len(blob):
        at += 4 + int.from_bytes(blob[at : at + 4])
        parts += 1
    return at == len(blob) and parts >= 2


class Limits(Part):
    """How long a server may take."""

    silence_seconds: float = Field(default=30, gt=0, le=600, description="Seconds without a byte.")
    answer_seconds: float = Field(
        default=120, gt=0, le=3600, description="Seconds for one answer, which is a part of a file of some megabytes."
    )
    read_seconds: float = Field(default=7200, gt=0, le=86_400, description="Seconds for the whole read.")


class Server(Part):
    """What locations on other machines have in common."""

    retry: Retry = Field(default=Retry(), description="When to try again.")
    limits: Limits = Field(default=Limits(), description="How long the server may take.")


class InboxLocation(Part):
    """The inbox folder of this installation."""

    type: Literal["inbox"] = "inbox"

    @property
    def shown(self) -> str:
        """What it is, in words."""
        return "the inbox folder"


class SftpLocation(Server):
    """A folder on an SFTP server."""

    type: Literal["sftp"]
    host: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9.:-]{1,253}$")] = Field(
        description="Name or address of the server."
    )
    port: int = Field(default=22, ge=1, le=65535, description="Its port.")
    user: HeaderText = Field(description="Who we are there.")
    host_key: Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_host_key)] = Field(
        description="The server's public key; a server that shows another one is refused."
    )
    password: Secret | None = Field(default=None, description="The password: {env: NAME}.")
    private_key: Secret | None = Field(
        default=None, description="Instead: the private key, as text of OpenSSH or PEM: {env: NAME}."
    )
    passphrase: Secret | None = Field(default=None, description="The passphrase of the private key: {env: NAME}.")
    folder: Annotated[Text, AfterValidator(_folder)] | None = Field(
        default=None, description="Folder that paths are relative to; by default where the server lets us in."
    )

    @model_validator(mode="after")
    def _one_way_in(self) -> SftpLocation:
        if (self.password is None) == (self.private_key is None):
            raise ValueError("write either password: or private_key:, each as {env: NAME_OF_VARIABLE}")
        if self.passphrase is not None and self.private_key is None:
            raise ValueError("passphrase goes with private_key")
        return self

    @property
    def shown(self) -> str:
        """What it is, in words."""
        return f"the SFTP server {self.host}, port {self.port}, as {self.user}"


class S3Location(Server):
    """A bucket, or a part of it, in a store that speaks S3."""

    type: Literal["s3"]
    bucket: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")] = Field(
        description="Name of the bucket."
    )
    prefix: Annotated[Text, AfterValidator(_prefix)] | None = Field(
        default=None, description="What the names of our files begin with; paths are relative to it."
    )
    region: Text = Field(
        description="Region of the bucket: of AWS one in the EU, of another store whatever its operator calls it."
    )
    endpoint_url: Address | None = Field(default=None, description="Address of a store that is not AWS.")
    access_key: Secret = Field(description="The access key: {env: NAME}.")
    secret_key: Secret = Field(description="The secret key: {env: NAME}.")
    session_token: Secret | None = Field(
        default=None, description="The session token of keys that last for a while: {env: NAME}."
    )

    @model_validator(mode="after")
    def _in_the_eu(self) -> S3Location:
        host = (self.endpoint_url or "").lower().split("//")[-1].split("/")[0].split(":")[0]
        if re.search(r"(^|\.)amazonaws\.(com|com\.cn|eu)$", host):
            raise ValueError("leave endpoint_url out for a bucket of AWS; its region says where it is")
        if self.endpoint_url is None and self.region not in AWS_REGIONS:
            raise ValueError(aws_region(self.region))
        return self

    @property
    def shown(self) -> str:
        """What it is, in words."""
        at = f" at {self.endpoint_url}" if self.endpoint_url else " of AWS"
        return f"the bucket {self.bucket}{at}, region {self.region}"


class HttpsLocation(Server):
    """A folder of a web site."""

    type: Literal["https"]
    url: Address = Field(description="Address that paths are put behind; https unless it is on this machine.")
    auth: Auth = Field(default=NoAuth(), description="Who asks: none, header, basic, bearer or oauth2.")
    headers: dict[HeaderName, HeaderText | Secret] = Field(default={}, description="Headers of each request.")

    @property
    def shown(self) -> str:
        """What it is, in words."""
        return f"the site {self.url}"


def _kind(value: Any) -> Any:
    return value.get("type", "inbox") if isinstance(value, dict) else getattr(value, "type", "inbox")


#: Where the file lies, told by ``type``; without one it is the inbox.
Location = Annotated[
    Annotated[InboxLocation, Tag("inbox")]
    | Annotated[SftpLocation, Tag("sftp")]
    | Annotated[S3Location, Tag("s3")]
    | Annotated[HttpsLocation, Tag("https")],
    Discriminator(_kind),
]
