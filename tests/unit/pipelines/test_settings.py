"""The settings: defaults, refusals without values, the key file, today."""

from __future__ import annotations

import os
import stat
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipelines.settings import Settings
from schemas.errors import ConfigurationRefused

SECRET = "Kanaria-Keltasirkku-0417"


@pytest.fixture(autouse=True)
def bare(monkeypatch, tmp_path) -> None:
    for name in [name for name in os.environ if name.startswith("MDO_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_defaults_lie_in_the_working_folder(tmp_path) -> None:
    settings = Settings.load()
    assert settings.home == tmp_path / ".mdo"
    assert settings.sources == tmp_path / ".mdo" / "sources"
    assert settings.inbox == tmp_path / ".mdo" / "inbox"
    assert settings.key_file == tmp_path / ".mdo" / "keys" / "row.key"
    assert settings.postgres == tmp_path / ".mdo" / "postgres"
    assert settings.database_url is None
    assert not settings.home.exists(), "reading settings makes nothing"


def test_the_rest_follows_the_home(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("MDO_HOME", "elsewhere")
    monkeypatch.setenv("MDO_INBOX", "post")
    settings = Settings.load()
    assert settings.sources == tmp_path / "elsewhere" / "sources"
    assert settings.inbox == tmp_path / "post"


def test_an_empty_variable_is_an_unset_one(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("MDO_HOME", "")
    monkeypatch.setenv("MDO_DATABASE_URL", "")
    assert Settings.load().home == tmp_path / ".mdo"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MDO_TODAY", f"tomorrow {SECRET}"),
        ("MDO_TODAY", "2026-02-30"),
        ("MDO_DATABASE_URL", f"mysql://user:{SECRET}@host/name"),
        ("MDO_DATABASE_URL", SECRET),
    ],
)
def test_a_wrong_value_is_refused_by_name_alone(monkeypatch, name, value) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationRefused, match=name) as caught:
        Settings.load()
    assert SECRET not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_misspelt_setting_is_refused(monkeypatch) -> None:
    monkeypatch.setenv("MDO_DATABSE_URL", SECRET)
    with pytest.raises(ConfigurationRefused, match="MDO_DATABASE_URL") as caught:
        Settings.load()
    assert SECRET not in str(caught.value)


def test_a_sources_secret_may_have_our_prefix(monkeypatch) -> None:
    monkeypatch.setenv("MDO_SATAMA_TOKEN", SECRET)
    Settings.load()


def test_the_password_is_in_no_text(monkeypatch) -> None:
    monkeypatch.setenv("MDO_DATABASE_URL", f"postgresql://user:{SECRET}@db.example.com:5432/mdo?password={SECRET}")
    settings = Settings.load()
    assert SECRET in settings.database()
    assert settings.shown_database() == "PostgreSQL at db.example.com, database mdo"
    assert SECRET not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


def test_an_external_database_starts_none_of_ours(monkeypatch) -> None:
    monkeypatch.setenv("MDO_DATABASE_URL", "postgresql+psycopg://user@host/name")
    settings = Settings.load()
    settings.database()
    assert not settings.postgres.exists()


def test_today_is_helsinkis() -> None:
    around = [datetime.now(ZoneInfo("Europe/Helsinki")).date() for _ in range(2)]
    assert Settings.load().today() in around


def test_today_can_be_set(monkeypatch) -> None:
    monkeypatch.setenv("MDO_TODAY", "2026-03-10")
    assert Settings.load().today() == date(2026, 3, 10)


def test_today_turns_at_midnight_in_helsinki(monkeypatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.fromisoformat("2026-03-09T22:30:00+00:00").astimezone(tz)

    monkeypatch.setattr("pipelines.settings.datetime", Clock)
    assert Settings.load().today() == date(2026, 3, 10)


def test_a_child_process_means_the_same(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("MDO_TODAY", "2026-03-10")
    settings = Settings.load(home=Path("here"))
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    assert Settings.load() == settings


def test_the_key_is_made_once_and_private() -> None:
    settings = Settings.load()
    key = settings.row_key()
    assert len(key) == 32
    assert Settings.load().row_key() == key
    assert stat.S_IMODE(settings.key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.key_file.parent.stat().st_mode) == 0o700
    assert [path.name for path in settings.key_file.parent.iterdir()] == ["row.key"]


def test_two_makers_at_once_agree(monkeypatch) -> None:
    from register import key_file

    settings = Settings.load()
    real = Path.exists

    def late(path: Path) -> bool:  # another process writes between the look and the link
        return False if path == settings.key_file and not real(path) else real(path)

    first = settings.row_key()
    key_file.make(settings.key_file)
    monkeypatch.setattr(Path, "exists", lambda path: False if path == settings.key_file else late(path))
    key_file.make(settings.key_file)
    assert settings.key_file.read_bytes() == first


@pytest.mark.parametrize("content", [b"", b"x" * 31, b"x" * 33])
def test_a_key_of_another_length_is_refused(content) -> None:
    settings = Settings.load()
    settings.key_file.parent.mkdir(parents=True)
    settings.key_file.write_bytes(content)
    settings.key_file.chmod(0o600)
    with pytest.raises(ConfigurationRefused, match=str(len(content))):
        settings.row_key()


def test_a_key_open_to_everybody_is_refused() -> None:
    settings = Settings.load()
    settings.row_key()
    settings.key_file.chmod(0o644)
    with pytest.raises(ConfigurationRefused, match="chmod 600"):
        settings.row_key()


def test_a_key_that_cannot_be_made_is_refused(tmp_path) -> None:
    (tmp_path / ".mdo").write_text("a file where the folder should be")
    with pytest.raises(ConfigurationRefused, match=r"row\.key"):
        Settings.load().row_key()


def test_register_and_dagster_share_no_database(monkeypatch) -> None:
    monkeypatch.setenv("MDO_DATABASE_URL", f"postgresql://register:{SECRET}@db.example.com:5432/mdo")
    monkeypatch.setenv("MDO_DAGSTER_DATABASE_URL", "postgresql+psycopg2://dagster@db.example.com:5432/dagster")
    Settings.load()
    monkeypatch.setenv("MDO_DAGSTER_DATABASE_URL", "postgresql://dagster@db.example.com:5432/mdo")
    with pytest.raises(ConfigurationRefused, match="one database") as caught:
        Settings.load()
    assert SECRET not in str(caught.value)
