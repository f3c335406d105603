"""An SFTP server that is not what it should be, and the ways to be let in."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import asyncssh
import pytest
from file_servers import PASSWORD, Sftp

from schemas.errors import ConfigurationRefused, SourceRefused, TryLater
from sources.locations.base import Location

OpenAt = Callable[[dict[str, Any]], Location]
LIMITS = {"silence_seconds": 0.5, "answer_seconds": 5, "read_seconds": 5}


def read(location: Location, name: str = "h.csv") -> bytes:
    state = location.look(name)
    assert state is not None
    handle = location.open(name, state)
    data: bytes = handle.file.read(state.size)
    location.close()
    return data


def test_another_host_key_is_refused_before_the_password_is_sent(sftp: Sftp, open_at: OpenAt) -> None:
    pinned = asyncssh.generate_private_key("ssh-ed25519")
    location = open_at(sftp.location(host_key=pinned.export_public_key().decode()))
    with pytest.raises(SourceRefused) as refused:
        location.check()
    assert sftp.key.get_fingerprint() in str(refused.value)
    assert pinned.get_fingerprint() in str(refused.value)
    assert "Ask the server's owner" in refused.value.remedy
    assert refused.value.__context__ is None
    assert sftp.logins == []


def test_a_pinned_key_of_a_kind_that_the_server_has_not(sftp: Sftp, open_at: OpenAt) -> None:
    pinned = asyncssh.generate_private_key("ecdsa-sha2-nistp256")
    with pytest.raises(SourceRefused, match="another key than host_key"):
        open_at(sftp.location(host_key=pinned.export_public_key().decode())).check()


def test_a_wrong_password(sftp: Sftp, open_at: OpenAt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUMME_PASSWORD", "vaara-Kanarialintu")
    with pytest.raises(SourceRefused, match="does not let us in") as refused:
        open_at(sftp.location()).check()
    assert "Kanarialintu" not in str(refused.value)
    assert refused.value.__context__ is None


@pytest.mark.parametrize(
    ("kind", "form", "passphrase"),
    [
        ("ssh-ed25519", "openssh", None),
        ("ssh-ed25519", "openssh", "Kanarialintu"),
        ("ecdsa-sha2-nistp256", "openssh", None),
        ("ecdsa-sha2-nistp384", "pkcs1-pem", "Kanarialintu"),
        ("ssh-rsa", "pkcs8-pem", "Kanarialintu"),
        ("ssh-rsa", "openssh", None),
    ],
)
def test_a_private_key(
    sftp: Sftp, open_at: OpenAt, monkeypatch: pytest.MonkeyPatch, kind: str, form: str, passphrase: str | None
) -> None:
    sftp.client_key = asyncssh.generate_private_key(kind)
    few = {"rounds": 16} if form == "openssh" else {}
    monkeypatch.setenv("LUMME_KEY", sftp.client_key.export_private_key(form, passphrase, **few).decode())
    monkeypatch.setenv("LUMME_PASSPHRASE", passphrase or "-")
    more = {"passphrase": {"env": "LUMME_PASSPHRASE"}} if passphrase else {}
    location = open_at(sftp.location(private_key={"env": "LUMME_KEY"}, **more))
    location.check()
    location.close()
    if passphrase:
        monkeypatch.setenv("LUMME_PASSPHRASE", "another")
        with pytest.raises(ConfigurationRefused, match="LUMME_KEY") as refused:
            open_at(sftp.location(private_key={"env": "LUMME_KEY"}, **more)).check()
        assert refused.value.__context__ is None


def test_a_key_on_one_line_and_a_text_that_is_no_key(sftp: Sftp, open_at: OpenAt, monkeypatch: Any) -> None:
    text = sftp.client_key.export_private_key("openssh").decode()
    monkeypatch.setenv("LUMME_KEY", text.replace("\n", "\\n"))
    location = open_at(sftp.location(private_key={"env": "LUMME_KEY"}))
    location.check()
    location.close()
    monkeypatch.setenv("LUMME_KEY", f"{text[:100]} Kanarialintu")
    with pytest.raises(ConfigurationRefused) as refused:
        open_at(sftp.location(private_key={"env": "LUMME_KEY"})).check()
    assert "Kanarialintu" not in str(refused.value) and text[50:90] not in str(refused.value)


@pytest.mark.parametrize("folder", ["/", "/out/", "out", None])
def test_where_paths_begin(sftp: Sftp, open_at: OpenAt, folder: str | None) -> None:
    (sftp.folder / "out").mkdir()
    top = sftp.folder / "out" if folder and "out" in folder else sftp.folder
    (top / "h.csv").write_bytes(b"rows")
    location = open_at(sftp.location(folder=folder))
    location.check()
    assert "h.csv" in location.names("")
    assert location.move("h.csv", "done/2026") == "done/2026/h.csv"
    assert (top / "done/2026/h.csv").read_bytes() == b"rows"
    with pytest.raises(SourceRefused, match="removed before"):
        location.move("h.csv", "done/2026")
    location.close()


def test_a_read_that_takes_too_long_as_a_whole(sftp: Sftp, open_at: OpenAt) -> None:
    (sftp.folder / "h.csv").write_bytes(b"rows")
    location = open_at(sftp.location(limits=LIMITS | {"read_seconds": 0.001}))
    with pytest.raises(SourceRefused, match="longer than it may"):
        read(location)


def test_a_folder_that_is_not_there(sftp: Sftp, open_at: OpenAt) -> None:
    with pytest.raises(SourceRefused, match="has not the place"):
        open_at(sftp.location(folder="out")).check()


def refuse(*arguments: Any) -> None:
    raise asyncssh.SFTPPermissionDenied("Kanarialintu")


def test_what_may_not_be_read_or_removed(sftp: Sftp, open_at: OpenAt, monkeypatch: Any) -> None:
    (sftp.folder / "h.csv").write_bytes(b"rows")
    location = open_at(sftp.location())
    sftp.trick = refuse
    with pytest.raises(SourceRefused, match="does not let us") as refused:
        read(location)
    assert "Kanarialintu" not in str(refused.value) and refused.value.__context__ is None
    monkeypatch.setattr(asyncssh.SFTPServer, "remove", refuse)
    monkeypatch.setattr(asyncssh.SFTPServer, "rename", refuse)
    with pytest.raises(SourceRefused, match="does not let us"):
        location.delete("h.csv")
    with pytest.raises(SourceRefused, match="does not let us"):
        location.move("h.csv", "done")
    location.close()


def test_a_server_that_hangs(sftp: Sftp, open_at: OpenAt) -> None:
    (sftp.folder / "h.csv").write_bytes(b"rows")
    sftp.trick = lambda number: time.sleep(1.5)
    with pytest.raises(TryLater, match="did not answer in time") as refused:
        read(open_at(sftp.location(limits=LIMITS)))
    assert refused.value.__context__ is None


def test_a_server_that_never_says_a_word(sftp: Sftp, open_at: OpenAt) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        block = sftp.location(limits=LIMITS, port=mute.getsockname()[1])
        with pytest.raises(TryLater, match="SFTP server"):
            open_at(block).check()


def test_a_server_that_dribbles_is_left_in_time(sftp: Sftp, open_at: OpenAt) -> None:
    (sftp.folder / "h.csv").write_bytes(b"x" * 1_000_000)
    sftp.trick = lambda number: time.sleep(0.3)
    limits = {"silence_seconds": 5, "answer_seconds": 1, "read_seconds": 5}
    with pytest.raises(TryLater, match="did not answer in time"):
        read(open_at(sftp.location(limits=limits)))


def test_a_connection_that_breaks_is_made_anew(sftp: Sftp, open_at: OpenAt) -> None:
    (sftp.folder / "h.csv").write_bytes(b"rows")
    location = open_at(sftp.location())
    broken: list[int] = []

    def break_once(number: int) -> None:
        if not broken:
            broken.append(number)
            with suppress(Exception):
                location._files.client.get_transport().sock.shutdown(socket.SHUT_RDWR)  # type: ignore[attr-defined]

    sftp.trick = break_once
    assert read(location) == b"rows"
    assert broken and sftp.logins == ["mdo", "mdo"]


def test_what_is_no_regular_file(sftp: Sftp, open_at: OpenAt, tmp_path: Path) -> None:
    os.mkfifo(sftp.folder / "pipe")
    (sftp.folder / "folder").mkdir()
    location = open_at(sftp.location())
    assert [getattr(location.look(name), "kind", None) for name in ("pipe", "folder", "none")] == [
        "other",
        "folder",
        None,
    ]
    location.close()


def test_no_key_of_this_machine_is_offered(sftp: Sftp, open_at: OpenAt, tmp_path: Path, monkeypatch: Any) -> None:
    """Neither ~/.ssh nor an agent: only the declared secret says who we are."""
    home = tmp_path / "home"
    (home / ".ssh").mkdir(parents=True)
    sftp.client_key.write_private_key(home / ".ssh/id_ed25519")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LUMME_PASSWORD", f"not {PASSWORD}")
    with pytest.raises(SourceRefused, match="does not let us in"):
        open_at(sftp.location()).check()
