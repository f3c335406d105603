"""Names as they are borne in Finland, with how often.

Belongs here: tables of names and drawing from them. Does not belong here: persons.

Faker has the names and frequencies of the population register; one person in twenty bears names from Sweden's. The
rare family names, which are half of all in truth, are made of the stems and endings that Finnish ones are made of.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from faker.providers.person import fi_FI, sv_SE
from numpy.typing import NDArray

Text = NDArray[np.object_]

#: Shares of persons with a name from Sweden, and of family names that are in no table.
SWEDISH, MADE = 0.05, 0.45

_STEMS = """Aho Ala Alho Autio Haapa Haka Hanhi Harju Hauta Havu Heino Helmi Hieta Hirvi Hongi Huhta Hyvä Häme Ilma
Ilves Joki Juva Järvi Kaisla Kallio Kangas Kanta Karhu Kari Karvo Kaski Kataja Kauko Keski Kesä Kivi Koivu Kontio
Korpi Koski Kujan Kuusi Kylä Kytö Laakso Lahti Lampi Lappi Latva Laukka Lehti Lehmus Leppä Lepo Liina Linna Lohi Luoma
Luoto Lähde Manner Marja Metsä Mieli Musta Mylly Mänty Neva Niemi Niitty Nurmi Näre Oja Orava Oras Paju Palo Parta
Pelto Perä Pihla Pirtti Pohja Puro Puusto Pyhä Raita Raja Ranta Rauta Ruoho Ruusu Ryty Räme Saari Saha Salmi Salo
Sammal Sarka Seppä Sievä Siika Soini Sorsa Suo Suvi Syrjä Särki Taka Talvi Tammi Tanner Terva Tervo Tiira Tuomi Tuuli
Törmä Uimo Uusi Vaara Vaino Valko Vana Vatta Veden Vehka Vesa Vieru Virta Vuori Väre Yli Yrjö Äijä Öyri"""
_ENDINGS = "nen la lä maa mäki niemi lahti koski salo kangas ranta saari vuori lainen järvi joki pelto oja talo aho"
_COMPANY = """Aalto Betoni Data Eväs Forssa Graniitti Huolto Ilma Jäte Kuljetus Logistiikka Metalli Neule Optiikka
Paperi Rakennus Sähkö Tekniikka Urakka Valimo Puutarha Siivous Leipomo Varasto Konepaja Laboratorio"""


@dataclass(frozen=True)
class Table:
    """Names, and the share of each."""

    names: Text
    shares: NDArray[np.float64]

    def draw(self, random: np.random.Generator, many: int) -> Text:
        """So many names, each as often as it is borne."""
        return self.names[random.choice(len(self.names), size=many, p=self.shares)]


@cache
def men() -> Table:
    """Given names of men."""
    return _table((fi_FI.Provider.first_names_male, 1 - SWEDISH), (sv_SE.Provider.first_names_male, SWEDISH))


@cache
def women() -> Table:
    """Given names of women."""
    return _table((fi_FI.Provider.first_names_female, 1 - SWEDISH), (sv_SE.Provider.first_names_female, SWEDISH))


@cache
def families() -> Table:
    """Family names: borne ones, then ones that could be, the later the rarer."""
    made = [f"{stem}{ending}" for ending in _ENDINGS.split() for stem in _STEMS.split()]
    made += [
        f"{stem}{ending}" for stem in ("Ylä", "Ala", "Keski", "Iso", "Uusi") for ending in map(str.lower, made[:800])
    ]
    order = np.random.default_rng(1).permutation(len(made))
    falling = {made[place]: 1 / (rank + 50.0) ** 0.8 for rank, place in enumerate(order)}
    borne = 1 - MADE
    return _table(
        (fi_FI.Provider.last_names, borne * (1 - SWEDISH)),
        (sv_SE.Provider.last_names, borne * SWEDISH),
        (falling, MADE),
    )


def _table(*parts: tuple[dict[str, float], float]) -> Table:
    """One table of several, each with its share of the whole."""
    shares: dict[str, float] = {}
    for part, whole in parts:
        total = sum(part.values())
        for name, weight in part.items():
            shares[name] = shares.get(name, 0.0) + whole * weight / total
    counted = np.array(list(shares.values()))
    return Table(np.array(list(shares), dtype=object), counted / counted.sum())


@cache
def lines() -> Text:
    """Words that name a line of business."""
    return np.array(_COMPANY.split(), dtype=object)


def slug(names: pd.Series) -> pd.Series:
    """Names as they stand in a mailbox."""
    plain = names.str.lower().str.replace("ä", "a").str.replace("ö", "o").str.replace("å", "a")
    return plain.str.replace(r"[^a-z0-9]+", "", regex=True)
