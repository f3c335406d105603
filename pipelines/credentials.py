"""Secrets that systemd hands over as files.

Belongs here: making of each file a variable of this process, so that settings and sources find it where they look.
Does not belong here: what a variable means. Containers need none of it: their engine sets variables from its secrets.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from schemas.errors import ConfigurationRefused

#: What systemd calls a file of the folder that ``LoadCredential=env:FOLDER`` names: the rest is the variable's name.
_NAME = re.compile(r"env_([A-Z][A-Z0-9_]{0,99})")


def take() -> None:
    """Sets a variable from each credential named ``env_NAME``; one that is set already stays as it is.

    Raises:
        ConfigurationRefused: a credential cannot be read as text.
    """
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if not folder:
        return
    for path in sorted(Path(folder).glob("env_*")):
        named = _NAME.fullmatch(path.name)
        if named is None or named[1] in os.environ:
            continue
        text: str | None = None
        with suppress(OSError, UnicodeDecodeError):
            text = path.read_text("utf-8").strip()
        if text is None:
            raise ConfigurationRefused(f"The credential {path.name} cannot be read.", "Write it anew, as UTF-8 text.")
        os.environ[named[1]] = text
