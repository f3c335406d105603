"""Which mailboxes belong to a role and to nobody."""

from __future__ import annotations

import re

import pytest

from register.matching.keys import ROLE_MAILBOX


@pytest.mark.parametrize("mailbox", ["info@a.fi", "laskut@a.fi", "info2@a.fi", "hr.suomi@a.fi", "no-reply@a.fi"])
def test_of_a_role(mailbox: str) -> None:
    assert re.search(ROLE_MAILBOX, mailbox)


@pytest.mark.parametrize("mailbox", ["inforsson@a.fi", "hrvoje@a.fi", "matti@info.fi", "a@a.fi"])
def test_of_somebody(mailbox: str) -> None:
    assert not re.search(ROLE_MAILBOX, mailbox)
