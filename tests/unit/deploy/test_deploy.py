"""deploy/: what the services of systemd, the container and the sample of settings say, as far as files can be asked."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer

from pipelines import command
from pipelines.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
UNITS = sorted(path for path in (DEPLOY / "systemd").iterdir() if path.is_file())
SERVICES = [path for path in UNITS if path.suffix == ".service"]
PROGRAM = "/usr/local/lib/mdo/bin/mdo"


def accepts(arguments: list[str]) -> bool:
    """Whether `mdo` has that command with those options."""
    tool = typer.main.get_command(command.app)
    while arguments and arguments[0] in getattr(tool, "commands", {}):
        tool = tool.commands[arguments.pop(0)]
    options = {name for parameter in tool.params for name in parameter.opts}
    return not getattr(tool, "commands", {}) and {word for word in arguments if word.startswith("-")} <= options


def settings_variables() -> set[str]:
    fields = Settings.model_fields.items()
    return {str(field.validation_alias or f"MDO_{name.upper()}") for name, field in fields}


# --- systemd


def said(path: Path) -> configparser.ConfigParser:
    """What a unit says; of a key that stands twice, the last."""
    parser = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(path, "utf-8")
    return parser


@pytest.mark.parametrize("service", SERVICES, ids=lambda path: path.stem)
def test_a_service_starts_a_command_that_there_is(service: Path) -> None:
    program, *arguments = said(service)["Service"]["ExecStart"].split()
    assert program == PROGRAM
    assert accepts(arguments)
    assert "-h" not in arguments and "--host" not in arguments, "the pages stay on loopback"


def test_what_holds_for_every_service() -> None:
    held = said(DEPLOY / "systemd" / "mdo-.service.d" / "hardening.conf")["Service"]
    assert all(service.name.startswith("mdo-") for service in SERVICES), "so that it holds for each"
    wanted = {"NoNewPrivileges": "true", "ProtectSystem": "strict", "LimitCORE": "0", "StateDirectoryMode": "0700"}
    assert {key: held[key] for key in wanted} == wanted
    assert held["Restart"] == "on-failure"
    assert held["CapabilityBoundingSet"] == ""


def test_only_the_code_is_given_what_the_register_needs() -> None:
    """Pages and daemon are another user: one's own may read a process's environment."""
    given = {service.stem: said(service)["Service"] for service in SERVICES}
    for name in ("mdo-code", "mdo-health"):
        assert given[name]["User"] == "mdo"
        assert given[name]["LoadCredential"] == "env:/etc/mdo/credentials/code"
    for name in ("mdo-pages", "mdo-viewers", "mdo-daemon"):
        assert given[name]["User"] == "mdo-pages"
        assert given[name]["LoadCredential"] == "env:/etc/mdo/credentials/pages"
        assert "EnvironmentFile" not in given[name]
        assert set(re.findall(r"(MDO_\w+)=", given[name]["Environment"])) == {"MDO_HOME", "MDO_CODE_SOCKET"}
        assert "-/var/lib/mdo" in given[name]["InaccessiblePaths"].split()
    assert given.keys() == {"mdo-code", "mdo-health", "mdo-pages", "mdo-viewers", "mdo-daemon"}
    sample = (DEPLOY / "mdo.env").read_text("utf-8")
    assert f"\n{given['mdo-pages']['Environment'].split()[1]}\n" in sample, "they meet at one socket"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_takes_them_and_finds_them_closed(tmp_path: Path) -> None:
    shutil.copytree(DEPLOY / "systemd", tmp_path, dirs_exist_ok=True)
    program = Path(sys.executable).with_name("mdo")
    for service in tmp_path.glob("*.service"):  # the program must be there
        service.write_text(service.read_text("utf-8").replace(PROGRAM, str(program)), "utf-8")
    environment = {"PATH": "/usr/bin:/bin", "SYSTEMD_UNIT_PATH": f"{tmp_path}:"}
    units = [str(tmp_path / unit.name) for unit in UNITS]

    def analyze(*arguments: str) -> str:
        done = subprocess.run(["systemd-analyze", *arguments], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    assert analyze("verify", *units) == ""
    analyze("security", "--offline=true", "--threshold=20", "--no-pager", *(u for u in units if u.endswith(".service")))


def test_the_wrapper_is_a_script_with_the_settings_of_the_code() -> None:
    script = DEPLOY / "mdo"
    subprocess.run(["sh", "-n", script], check=True)
    text = script.read_text("utf-8")
    code = said(DEPLOY / "systemd" / "mdo-code.service")["Service"]
    for key in ("EnvironmentFile", "StateDirectory", "WorkingDirectory", "LoadCredential"):
        assert f"--property={key}={code[key]}" in text
    assert "--property=UMask=0077" in text
    assert f"{PROGRAM} " in text


# --- settings


def test_the_sample_of_settings_names_every_setting_once() -> None:
    text = (DEPLOY / "mdo.env").read_text("utf-8")
    assert sorted(re.findall(r"^#?(MDO_\w+)=", text, re.M)) == sorted(settings_variables())
    for line, before in zip(text.splitlines()[1:], text.splitlines(), strict=False):
        if re.match(r"#?MDO_", line):
            assert re.fullmatch(r"# \S.*\.|# .* as postgresql://.*", before), f"{line} is explained"


def test_what_the_sample_sets_is_taken_and_no_secret_is_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    set_there = dict(re.findall(r"^(MDO_\w+)=(.*)$", (DEPLOY / "mdo.env").read_text("utf-8"), re.M))
    for name, value in set_there.items():
        monkeypatch.setenv(name, value)
    settings = Settings.load()
    assert str(settings.key_file) == "/var/lib/mdo/keys/row.key"
    assert not {"MDO_DATABASE_URL", "MDO_DAGSTER_DATABASE_URL", "MDO_ALERTS"} & set(set_there)


# --- container


def steps() -> list[tuple[str, str]]:
    """The instructions of the container file: name and rest, lines joined."""
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Containerfile").read_text("utf-8"), flags=re.M).replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]  # type: ignore[misc]


def test_what_is_copied_is_there_and_is_all_that_an_installation_has() -> None:
    copied = [rest.split()[:-1] for name, rest in steps() if name == "COPY" and not rest.startswith("--from=")]
    named = {each for one in copied for each in one}
    assert all((ROOT / each).exists() for each in named)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert named == {*packages, "pyproject.toml", "README.md", "requirements-deploy.lock"}
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in ignored
    assert {line[1:] for line in ignored if line.startswith("!")} == named, "nothing else reaches the build"


def test_it_runs_as_nobody_in_particular_and_brings_no_secret() -> None:
    found = steps()
    last = max(number for number, (name, _) in enumerate(found) if name == "FROM")
    final = found[last:]
    assert [rest for name, rest in final if name == "USER"] == ["10001:10001"]
    assert final[-1] == ("CMD", '["--help"]')
    assert not [rest for name, rest in found if name == "ADD"]
    variables = " ".join(rest for name, rest in found if name in ("ENV", "ARG"))
    assert set(re.findall(r"(MDO_\w+)=", variables)) == {"MDO_HOME", "MDO_CODE_SOCKET"}
    whole = (DEPLOY / "Containerfile").read_text("utf-8")
    assert not re.search(r"https?://|index-url|trusted-host", whole)
    assert "--require-hashes" in whole


def test_its_commands_are_there() -> None:
    (health,) = [rest for name, rest in steps() if name == "HEALTHCHECK"]
    program, *arguments = re.findall(r'"([^"]+)"', health)
    assert program == "mdo" and accepts(arguments)


def test_a_production_has_the_versions_that_were_tested_and_no_tool_of_the_tests() -> None:
    """Same releases, same hashes: what `make lock` resolved for all of it."""

    def locked(name: str) -> dict[str, set[str]]:
        text = re.sub(r"^\s*#.*\n", "", (ROOT / name).read_text("utf-8"), flags=re.M)
        found = re.findall(r"^(\S+==\S+)(.*(?:\n .*)*)", text, re.M)
        return {release: set(re.findall(r"sha256:\w+", rest)) for release, rest in found}

    whole, ours = locked("requirements.lock"), locked("requirements-deploy.lock")
    assert ours.items() <= whole.items()
    assert all(ours.values())
    names = {release.partition("==")[0] for release in ours}
    assert not names & {"pytest", "moto", "playwright", "faker", "mypy"}
    assert {"dagster-postgres", "psycopg2-binary", "hatchling"} <= names
