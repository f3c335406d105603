"""Where a register may be hosted, and a copy of it may lie.

Belongs here: the list of EU and EEA countries, and of the regions of AWS in them. Does not belong here: the countries
of people or companies (they are values, see `schemas.values.country`).

The register description promises no processing outside the EU/EEA (RS-19). That is stricter than GDPR 45 and 46: a
country with an adequacy decision (GB, CH, US) does not suffice.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

_EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
EU = frozenset(_EU.split())
EEA = EU | {"IS", "LI", "NO"}


def _hosting_country(value: Any) -> str:
    if isinstance(value, bool):
        raise ValueError('YAML read this as yes or no; write the country in quotes: "NO"')
    code = str(value).strip().upper()
    if code not in EEA:
        raise ValueError(
            "not a country of the EU or EEA, or unknown (RS-19); write the two-letter code of the country where the "
            "register is hosted, such as FI (Greece is GR)"
        )
    return code


#: ISO 3166-1 alpha-2 code of an EU or EEA country.
HostingCountry = Annotated[str, BeforeValidator(_hosting_country)]

#: Regions of AWS in the EU, by the country they are in. Of the names that begin with eu-, eu-west-2 is in London and
#: eu-central-2 in Zürich. A new region is refused until somebody has looked where it is.
AWS_REGIONS = {
    "eu-central-1": "DE",
    "eu-north-1": "SE",
    "eu-south-1": "IT",
    "eu-south-2": "ES",
    "eu-west-1": "IE",
    "eu-west-3": "FR",
    "eusc-de-east-1": "DE",
}


def aws_region(region: str) -> str:
    """What is said of a region that is not taken."""
    outside = {"eu-west-2": "eu-west-2 is in Great Britain", "eu-central-2": "eu-central-2 is in Switzerland"}
    what = outside.get(region, "not a known region of AWS in the EU")
    return f"{what} (RS-19); write one of {', '.join(AWS_REGIONS)}"
