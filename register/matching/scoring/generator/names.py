"""Finnish names, with how often they are borne.

Belongs here: tables of names and drawing from them. Does not belong here: persons.

The lists are in order of frequency, and a name's share falls with its place as in the population register: the first
family name is borne by four in a thousand, the thousandth by one in ten thousand.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Text = NDArray[np.object_]

_MEN = """Juhani Timo Juha Kari Mikko Jari Antti Matti Pekka Heikki Markku Jukka Janne Ville Hannu Seppo Jussi Marko
Petri Lauri Sami Tuomas Teemu Olli Eero Mika Pasi Aleksi Jouni Tapio Esa Ari Risto Harri Veli Reijo Kalle Erkki Raimo
Henri Kimmo Joni Niko Tomi Toni Vesa Tero Joonas Arto Ilkka Pentti Jorma Kalevi Mauri Juho Jaakko Eetu Elias Oskari
Paavo Martti Tommi Jani Jesse Otto Leo Oliver Onni Eino Väinö Toivo Urho Arvo Leevi Noel Emil Benjamin Niklas Rasmus
Samuli Santeri Roope Topi Miika Miikka Miro Jere Jarkko Jarmo Jyrki Kai Kaj Lasse Lassi Mikael Mikaeli Osmo Otso Pertti
Rauno Sakari Simo Sulo Taisto Taneli Tauno Teuvo Usko Valtteri Veikko Viljo Åke Göran Håkan Lars Magnus Björn Anders
Johan Kristian Robert Stefan Tom Peter Mohamed Ahmed Ali Abdi Ivan Sergei Aleksandr Andrei Dmitri Nguyen Minh Wei"""
_WOMEN = """Maria Anna Johanna Helena Anneli Tuula Päivi Anne Kaarina Marja Liisa Pirjo Minna Leena Laura Sari Riitta
Hanna Eeva Tiina Satu Eila Susanna Kristiina Katja Mari Elina Jenni Emilia Heidi Sanna Merja Sirpa Kirsi Outi Ritva
Raija Emma Sofia Pirkko Arja Irja Noora Nina Anja Seija Mira Jaana Heli Elisa Aino Kati Taina Piia Mervi Eija Sirkka
Ulla Teija Jonna Marika Marjo Anita Terhi Niina Riikka Nea Venla Iida Eevi Helmi Lilja Ella Olivia Aada Isla Saga Veera
Viivi Vilma Siiri Silja Saara Salla Saija Ronja Roosa Reetta Raili Pauliina Pinja Oona Nelli Milla Milja Meri Maija
Maarit Lotta Linnea Leila Lea Kerttu Katri Karoliina Kaija Julia Jutta Inka Ilona Hilkka Hilja Henna Hellä Fanni Eveliina
Essi Eliisa Carita Camilla Åsa Annika Annukka Anniina Birgitta Christina Ann Märta Fatima Amina Leyla Natalia Irina
Olga Svetlana Tatjana Elena Thi Linh Mei"""
_FAMILIES = """Korhonen Virtanen Mäkinen Nieminen Mäkelä Hämäläinen Laine Heikkinen Koskinen Järvinen Lehtonen Lehtinen
Saarinen Niemi Heinonen Salminen Heikkilä Salonen Kinnunen Turunen Salo Laitinen Tuominen Rantanen Karjalainen Mattila
Jokinen Savolainen Lahtinen Ahonen Ojala Leppänen Kallio Väisänen Leinonen Hiltunen Pitkänen Miettinen Manninen
Räsänen Hakala Koivisto Anttila Laaksonen Hirvonen Lehto Räty Ojanen Aaltonen Aalto Toivonen Peltonen Rantala Hyvönen
Moilanen Mustonen Niskanen Partanen Kettunen Lappalainen Karppinen Pesonen Rajala Vainio Kärkkäinen Eskelinen Nurmi
Kokkonen Lindholm Johansson Nyman Lindström Karlsson Andersson Lindqvist Eriksson Björklund Sjöblom Öhman Åberg
Nguyen Mohamed Ali Hassan Ivanov Ivanova Petrov Smirnov Tran Chen"""
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


@cache
def men() -> Text:
    """Given names of men, the commonest first."""
    return np.array(_MEN.split(), dtype=object)


@cache
def women() -> Text:
    """Given names of women, the commonest first."""
    return np.array(_WOMEN.split(), dtype=object)


@cache
def families() -> Text:
    """Family names, the commonest first: real ones, then ones that could be."""
    made = [f"{stem}{ending}" for ending in _ENDINGS.split() for stem in _STEMS.split()]
    made += [f"{stem}{ending}" for stem in ("Ylä", "Ala", "Keski", "Iso", "Uusi") for ending in map(str.lower, made[:800])]
    order = np.random.default_rng(1).permutation(len(made))
    return np.array(list(dict.fromkeys([*_FAMILIES.split(), *np.array(made, dtype=object)[order]])), dtype=object)


@cache
def lines() -> Text:
    """Words that name a line of business."""
    return np.array(_COMPANY.split(), dtype=object)


def draw(random: np.random.Generator, names: Text, many: int, *, head: int = 8) -> Text:
    """So many names, each as often as its place allows; the larger the head, the less the first stand out."""
    shares = 1 / (np.arange(len(names)) + float(head)) ** 0.8
    return names[random.choice(len(names), size=many, p=shares / shares.sum())]


def slug(names: pd.Series) -> pd.Series:
    """Names as they stand in a mailbox."""
    plain = names.str.lower().str.replace("ä", "a").str.replace("ö", "o").str.replace("å", "a")
    return plain.str.replace(r"[^a-z0-9]+", "", regex=True)
