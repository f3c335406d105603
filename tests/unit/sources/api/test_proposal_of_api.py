"""The draft for an unknown API."""

from __future__ import annotations

import pytest
from api_server import Server

from schemas.errors import SourceRefused
from sources.proposal import mapping, profile, sample

PEOPLE = [("1", "Virtanen", "Aino"), ("2", "Åkerström", "Märta"), ("3", "Mäkelä", "Onni")]


def test_an_api(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUMME_TOKEN", "kanarialintu")
    records = [
        {"id": key, "name": {"familyName": family, "givenName": given}, "emails": [{}], "active": True}
        for key, family, given in PEOPLE
    ]
    server.answer = lambda request: request.reply({"totalResults": 80, "Resources": records})
    found = sample.of_address(f"{server.home}/Users", token_variable="LUMME_TOKEN")
    assert server.asked[0].headers["authorization"] == "Bearer kanarialintu"
    assert found.read["records"] == "Resources" and found.read["pages"] == {"type": "scim"} and found.more
    made = mapping.propose(profile.of(found.rows))
    filled = {path: column.name for path, column in made.fields.items()}
    assert filled == {"person.last_name": "name.familyName", "person.first_name": "name.givenName"}
    assert made.key is not None and made.key.name == "id" and [one.name for one in made.states] == ["active"]
    server.answer = lambda request: request.reply({"message": "no"})
    with pytest.raises(SourceRefused, match="no list of records"):
        sample.of_address(f"{server.home}/Users")
