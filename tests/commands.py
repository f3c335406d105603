"""Typing commands in a home of one's own, in this process.

Belongs here: what the tests of the command line share. Does not belong here: what a command should answer.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from unittest import mock

import psycopg

from pipelines.command import main
from register import embedded

ROOT = Path(__file__).resolve().parents[1]

#: The day on which everything is typed, unless MDO_TODAY says otherwise.
TODAY = date(2026, 3, 10)


@dataclass
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def words(self) -> str:
        """Its output with every run of blanks as one."""
        return re.sub(r"\s+", " ", self.out + self.err)


@dataclass
class Home:
    """An MDO_HOME and a way to type commands in it."""

    folder: Path

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("MDO_", "DAGSTER_"))}
        return kept | {"MDO_HOME": str(self.folder), "PYTHONPATH": str(ROOT), "MDO_TODAY": str(TODAY)} | more

    def mdo(self, *arguments: str, **more: str) -> Said:
        """One command, in this process: starting another one costs seconds."""
        out, err = io.StringIO(), io.StringIO()
        code = 0
        with (
            mock.patch.dict(os.environ, self.environment(**more), clear=True),
            mock.patch.object(sys, "argv", ["mdo", *arguments]),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                main()
            except SystemExit as exit_:
                code = exit_.code if isinstance(exit_.code, int) else 1
        said = Said(code, out.getvalue(), err.getvalue())
        assert "Traceback" not in said.err
        assert "report it as a defect" not in said.err, said.err
        return said

    def query(self, statement: str, *parameters: object) -> list[tuple[object, ...]]:
        with psycopg.connect(embedded.url(self.folder / "postgres")) as connection:
            return connection.execute(statement, parameters or None).fetchall()
