"""The house stands as drawn: imports run one way, modules stay small and say what they are for, the wheel is ours."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import schemas

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("schemas", "sources", "register", "assets", "pipelines")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LARGEST = 400
MEDIAN = 120


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_the_package_called_schemas_is_ours() -> None:
    """The name is generic: another distribution's would shadow it in silence."""
    assert schemas.__file__ is not None
    assert Path(schemas.__file__).resolve() == ROOT / "schemas" / "__init__.py"


def test_imports_run_one_way() -> None:
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    result = subprocess.run([sys.executable, "-c", program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert f"Contracts: {len(contracts)} kept, 0 broken" in result.stdout


def test_no_module_is_more_than_one_room() -> None:
    assert [f"{name(path)}: {lines(path)}" for path in MODULES if lines(path) > LARGEST] == []


def test_the_median_module_is_small() -> None:
    sizes = [lines(path) for path in MODULES if path.name != "__init__.py"]
    assert statistics.median(sizes) <= MEDIAN


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_says_what_it_is_for(package) -> None:
    silent = [
        name(path)
        for path in MODULES
        if path.is_relative_to(ROOT / package) and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


@pytest.mark.parametrize(("lock", "least"), [("requirements.lock", 100), ("requirements-bench.lock", 30)])
def test_a_lock_names_no_address_and_hashes_everything(lock, least) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert "index-url" not in text
    entries = re.split(r"\n(?=[a-z0-9])", text[text.index("\n", text.index("make lock")) + 1 :])
    assert len(entries) > least
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_locks_cover_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    asked = {
        "requirements-bench.lock": groups.pop("bench"),
        "requirements.lock": [
            *project["project"]["dependencies"],
            *(one for group in groups.values() for one in group),
        ],
    }
    for lock, requirements in asked.items():
        names = {re.sub(r"[-_.]+", "-", re.split(r"[\[<>=! ]", one)[0]).lower() for one in requirements}
        locked = set(re.findall(r"^([a-z0-9.-]+)==", (ROOT / lock).read_text(), re.MULTILINE))
        assert names - locked == set()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> list[str]:
    """The names in a freshly built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    build = "from hatchling.build import build_wheel; import sys; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(folder)], cwd=ROOT, check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    return zipfile.ZipFile(file).namelist()


def test_the_wheel_holds_our_packages_and_no_other(wheel) -> None:
    tops = {entry.split("/")[0] for entry in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)
    assert sum(top.endswith(".dist-info") for top in tops) == 1


@pytest.mark.parametrize(
    "suffix",
    [".py", ".sql", ".yaml", ".conf", ".mako"],
    ids=["python", "SQL", "YAML", "settings", "migration template"],
)
def test_the_wheel_holds_every_file_of_a_kind(wheel, suffix) -> None:
    there = {
        name(path)
        for package in PACKAGES
        for path in (ROOT / package).rglob(f"*{suffix}")
        if "__pycache__" not in path.parts
    }
    assert there, "at least one such file is shipped"
    assert there - set(wheel) == set()


def test_the_wheel_holds_the_migrations(wheel) -> None:
    assert "register/migrations/env.py" in wheel
    assert any(re.fullmatch(r"register/migrations/versions/\w+\.py", entry) for entry in wheel)


def test_make_help_names_every_target_that_a_person_types() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    explained = set(re.findall(r"^([\w-]+):.*##", makefile, re.MULTILINE))
    assert set(" ".join(phony).split()) - explained == set()
