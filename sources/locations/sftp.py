"""Files on an SFTP server.

Belongs here: fsspec's SFTP file system with the server's key pinned, and parts of files. Does not belong here: tries
and what is said of them (see remote).

paramiko is the client that fsspec's file system is written for. By itself that accepts whatever key a server shows,
reads ~/.ssh and asks an agent; here it takes the pinned key and the declared secret, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import io
import logging
import stat
import threading
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import paramiko
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from fsspec.implementations.sftp import SFTPFileSystem

from schemas.errors import ConfigurationRefused, SourceRefused
from sources.config.location import SftpLocation
from sources.locations.base import State
from sources.locations.remote import Remote, Replaced

#: The kinds of private keys: cryptography's, the form in which paramiko reads it, and paramiko's.
_KINDS: tuple[tuple[type, serialization.PrivateFormat, type[paramiko.PKey]], ...] = (
    (ed25519.Ed25519PrivateKey, serialization.PrivateFormat.OpenSSH, paramiko.Ed25519Key),
    (ec.EllipticCurvePrivateKey, serialization.PrivateFormat.TraditionalOpenSSL, paramiko.ECDSAKey),
    (rsa.RSAPrivateKey, serialization.PrivateFormat.TraditionalOpenSSL, paramiko.RSAKey),
)

#: Requests of 32 kB that are under way at once; the server's answers to them are what is held in memory.
_UNDER_WAY = 64


def location(settings: SftpLocation) -> Remote:
    """The folder on the server; no connection is made yet."""
    for name in ("paramiko", "fsspec"):
        # they write names of files and users into the log
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return Remote(
        settings,
        lambda: Sftp(settings),
        who="SFTP server",
        where="on the SFTP server",
        root=settings.folder or "",
        rights="Ask its owner for the right to list the folder and read its files, and, for after_read, to change it.",
        passing=(paramiko.SSHException,),
    )


Method = TypeVar("Method", bound=Callable[..., Any])


def _bounded(method: Method) -> Method:
    """Ends the connection under a method that takes longer than one answer may.

    A timeout counts the seconds between two bytes, and a server that sends one now and then never runs into it.
    """

    @wraps(method)
    def bounded(self: Sftp, *arguments: Any, **more: Any) -> Any:
        cut = threading.Event()

        def end() -> None:
            cut.set()
            self.client.close()

        timer = threading.Timer(self.seconds, end)
        timer.daemon = True
        timer.start()
        try:
            return method(self, *arguments, **more)
        except Exception:
            if not cut.is_set():
                raise
        finally:
            timer.cancel()
        raise TimeoutError

    return bounded  # type: ignore[return-value]


class Sftp(SFTPFileSystem):
    """One connection; see `sources.locations.remote.Files`."""

    cachable = False  # fsspec keeps file systems by their arguments, and ours hold secrets

    def __init__(self, settings: SftpLocation) -> None:
        self._settings = settings
        self.seconds = settings.limits.answer_seconds
        super().__init__(settings.host)

    def _connect(self) -> None:
        how, silence = self._settings, self._settings.limits.silence_seconds
        secret, pinned = _secret(how), _pinned(how.host_key)
        name = how.host if how.port == 22 else f"[{how.host}]:{how.port}"
        self.client = paramiko.SSHClient()
        self.client.set_missing_host_key_policy(paramiko.RejectPolicy())
        self.client.get_host_keys().add(name, pinned.get_name(), pinned)
        shown = ""
        refused = False
        try:
            self.client.connect(
                how.host,
                how.port,
                how.user,
                timeout=silence,
                banner_timeout=silence,
                auth_timeout=silence,
                channel_timeout=silence,
                allow_agent=False,
                look_for_keys=False,
                **secret,
            )
            self.ftp = self.client.open_sftp()
            self.ftp.get_channel().settimeout(silence)
            return
        except paramiko.BadHostKeyException as error:
            shown = _fingerprint(error.key.asbytes())
        except paramiko.AuthenticationException:
            refused = True
        except BaseException:
            self.client.close()
            raise
        self.client.close()
        if refused:
            raise SourceRefused(
                "The SFTP server does not let us in as the user of the source file.",
                "Check user and the variables named under location; ask the server's owner whether they still hold.",
            )
        raise SourceRefused(
            f"The SFTP server shows another key than host_key in the source file: its fingerprint is {shown}, and "
            f"{_fingerprint(pinned.asbytes())} is expected. Nothing was sent to it.",
            "Ask the server's owner, by another way than the network, whether the key was changed. Only then write the "
            "new one.",
        )

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        """Paths are names as they are: what looks like an address in one is part of the name."""
        return path

    @_bounded
    def check(self, path: str) -> bool:
        """Whether the folder is there."""
        return _state(self.ftp.stat(path or ".")).kind != "other"

    @_bounded
    def ls(self, path: str, detail: bool = False) -> list[Any]:
        """The paths in a folder."""
        return super().ls(path or ".", detail)

    @_bounded
    def state(self, path: str) -> State:
        """What lies there, with links followed."""
        return _state(self.ftp.stat(path or "."))

    @_bounded
    def part(self, path: str, start: int, end: int, state: State) -> bytes:
        """Bytes of the file, asked for in many requests at once: one after another, each would wait for the network."""
        with self.ftp.open(path, "rb") as file:
            if _state(file.stat()) != state:
                raise Replaced
            [data] = file.readv([(start, end - start)], max_concurrent_prefetch_requests=_UNDER_WAY)
            return bytes(data)

    @_bounded
    def rm_file(self, path: str) -> None:
        """Delete a file."""
        self.ftp.remove(path)

    @_bounded
    def makedirs(self, path: str, exist_ok: bool = False) -> None:
        """Make a folder and those above it."""
        parts = path.split("/")
        for count in range(1, len(parts) + 1):
            folder = "/".join(parts[:count])
            if folder and not self._there(folder):
                self.ftp.mkdir(folder)

    @_bounded
    def rename(self, path: str, target: str) -> bool:
        """Rename a file; most servers do not write over another, and those that do are asked first."""
        if self._there(target):
            raise FileExistsError
        self.ftp.rename(path, target)
        return True

    @_bounded
    def add(self, path: str, content: bytes) -> bool:
        """Write a new file under another name, then rename it: nobody finds half of it."""
        if self._there(path):
            raise FileExistsError
        part = f"{path}.part"
        with self.ftp.open(part, "wb") as file:
            file.set_pipelined(True)
            file.write(content)
        self.ftp.rename(part, path)
        return True

    def _there(self, path: str) -> bool:
        try:
            self.ftp.stat(path)
        except FileNotFoundError:
            return False
        return True

    def end(self) -> None:
        """End the connection."""
        self.client.close()


def _state(found: paramiko.SFTPAttributes) -> State:
    # a server may keep the kind to itself; then reading shows whether it is a file
    mode, size = found.st_mode or stat.S_IFREG, found.st_size or 0
    kind = "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "other"
    return State(kind, size, f"{size} {found.st_mtime}")  # type: ignore[arg-type]


def _pinned(host_key: str) -> paramiko.PKey:
    kind, text = host_key.split(" ")
    key: paramiko.PKey | None = None
    try:
        key = paramiko.PKey.from_type_string(kind, base64.b64decode(text))
    except Exception:  # as for private keys
        key = None
    if key is None:
        raise ConfigurationRefused(
            "host_key in the source file is no whole public key.", "Copy it anew, from ssh-keyscan or its owner."
        )
    return key


def _fingerprint(key: bytes) -> str:
    """As ``ssh-keygen -l`` prints it."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")


def _secret(how: SftpLocation) -> dict[str, Any]:
    if how.password is not None:
        return {"password": how.password.text()}
    assert how.private_key is not None
    passphrase = how.passphrase.text() if how.passphrase else None
    return {"pkey": _private_key(how.private_key.env, how.private_key.text(), passphrase)}


def _private_key(variable: str, text: str, passphrase: str | None) -> paramiko.PKey:
    """The key, in whatever of the usual forms it is written; paramiko reads fewer of them than cryptography."""
    text = text.replace("\\n", "\n") + "\n"  # some stores of secrets keep one line only
    key: paramiko.PKey | None = None
    try:
        openssh = "OPENSSH" in text.partition("\n")[0]
        load = serialization.load_ssh_private_key if openssh else serialization.load_pem_private_key
        loaded = load(text.encode(), passphrase.encode() if passphrase else None)
        form, kind = next((form, ours) for theirs, form, ours in _KINDS if isinstance(loaded, theirs))
        plain = loaded.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
        key = kind.from_private_key(io.StringIO(plain.decode()))
    except Exception:  # the libraries raise a dozen kinds; none of their texts may be shown
        key = None
    if key is None:
        raise ConfigurationRefused(
            f"{variable} holds no private key that can be read, or its passphrase is another.",
            "Write the whole text of the key's file into that variable: an Ed25519, ECDSA or RSA key.",
        )
    return key
