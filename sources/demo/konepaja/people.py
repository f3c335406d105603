"""The people of Korven Konepaja.

Belongs here: who works there on which night. Does not belong here: the files that say so.
"""

from __future__ import annotations

from dataclasses import dataclass

CUSTOMER = "korven-konepaja"


@dataclass(frozen=True)
class Worker:
    """One fictional worker.

    Attributes:
        number: the employee number, with its leading zeros.
        skills: level by code, as the workbook writes it.
        card_until: day until which the fire work card is valid, or "".
    """

    number: str
    first: str
    last: str
    phone: str
    skills: dict[str, str]
    card_until: str

    @property
    def mailbox(self) -> str:
        """The mailbox, which is the user name, too."""
        folded = f"{self.first}.{self.last}".lower().translate(str.maketrans("äöå", "aoa"))
        return f"{folded}@konepaja.example.com"


_TOLD = """
001 Aarne Kuvitelma 040 555 0701 HITSAUS=4 NOSTURI=3 31.5.2030
002 Bertta Satunen 040 555 0702 HITSAUS=2 - 30.4.2029
003 Eino Tarinainen 040 555 0703 - NOSTURI=5 -
004 Fanny Keksilä 040 555 0704 HITSAUS=5 NOSTURI=1 1.9.2028
005 Gunnar Mielikkö 040 555 0705 - - 12.12.2031
006 Hilma Näytelmä 040 555 0706 HITSAUS=3 - -
007 Ilmari Olematon 040 555 0707 - NOSTURI=2 -
008 Jenny Luulonen 040 555 0708 HITSAUS=1 NOSTURI=4 15.6.2030
009 Kaarlo Kaavio 040 555 0709 - NOSTURI=3 -
010 Lempi Hahmola 040 555 0710 - - 20.2.2029
011 Manne Peitsamo 040 555 0711 - - -
012 Nanny Vinjetti 040 555 0712 - - -
013 Oskari Utukka 040 555 0713 HITSAUS=2 - -
"""


def _worker(line: str) -> Worker:
    number, first, last, *phone, welding, crane, card = line.split()
    skills = dict(told.split("=") for told in (welding, crane) if told != "-")
    return Worker(number, first, last, " ".join(phone), skills, "" if card == "-" else card)


_EVERYBODY = [_worker(line) for line in _TOLD.strip().splitlines()]


def workers(night: int) -> list[Worker]:
    """Who works there: 001 to 012 on night 1; on night 2 013 has come and 011 has gone."""
    return _EVERYBODY[:12] if night == 1 else [worker for worker in _EVERYBODY if worker.number != "011"]
