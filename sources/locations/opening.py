"""The location that a source file describes.

Belongs here: which kind of place. Does not belong here: what any of them does.

The libraries for other machines take half a second to import. They are imported when a source needs them, so that a
command that reads the inbox starts as fast as before.
"""

from __future__ import annotations

from pathlib import Path

from sources.config.location import HttpsLocation, InboxLocation, S3Location, SftpLocation
from sources.locations.base import Location
from sources.locations.local import Inbox


def at(settings: InboxLocation | SftpLocation | S3Location | HttpsLocation, inbox: Path) -> Location:
    """The place; no connection is made yet.

    Args:
        inbox: the inbox folder, for sources that lie there.
    """
    if isinstance(settings, SftpLocation):
        from sources.locations import sftp

        return sftp.location(settings)
    if isinstance(settings, S3Location):
        from sources.locations import s3

        return s3.location(settings)
    if isinstance(settings, HttpsLocation):
        from sources.locations import https

        return https.location(settings)
    return Inbox(inbox)
