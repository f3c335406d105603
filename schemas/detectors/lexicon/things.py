"""What words for people's troubles are also said of, and what is named after them: machines, files, wards, occupations.

Belongs here: lists that phrases in `allowed` share. Does not belong here: the phrases of one theme.
"""

from __future__ import annotations

from collections.abc import Iterable

#: Machines, materials, software and weather.
_MACHINES = (
    r"motor\w*|engine|pump\w*|lamp\w*|bulbs?|säkring\w*|fuse\w*|koppling\w*|clutch|battery|batteri\w*|filter\w*|"
    r"akku\w*|valve|ventil\w*|price\w*|market|button|floor|era|moottori\w*|sulake|server\w*|palvelin\w*|"
    r"system(?:et)?|järjestelm\w+|build|pipeline|printer|skrivare\w*|tulosti\w*|laptop|pc|dator\w*|kone(?:en|et)?|"
    r"laite|laittee\w+|laitte\w+|maskin\w*|machine|network|verkko|nätverk\w*|ohjelma\w*|app|conveyor|truck\w*|"
    r"trukki\w*|crane|nosturi\w*|robot\w*|robotti\w*|hiss|hissi|lift|compressor|kompressor\w*|cable|kaapeli\w*|"
    r"router|reititin|disk|hard drive|kovalevy\w*|code|koodi|kod"
)
_FILES = (
    r"fil(?:er|en)?|files?|backup\w*|databas\w*|database|data\w*|tiedosto\w*|lösenord\w*|konto\w*|system(?:et)?|"
    r"server\w*|kapital\w*"
)
#: Branches of care and of the law that a house or an occupation is named after, in the forms that a name has.
_BRANCHES = (
    r"psykiatri(?:an|a|nen|sen|ska?)?|psychiatr(?:y|ic)|mielenterveys|mielenterveyden|p[äa]ihde|kuntoutus|"
    r"kuntoutuksen|kehitysvammais\w*|vammais|vammaisten|vammaisty[öo]|rehab|rehabilitation|rehabiliterings?|"
    r"missbruks?|missbrukar\w*|diabetes|diabeteksen|syöpätautien|syöpä|cancer|cancervård|oncology|reuma\w*|"
    r"allergi\w*|astma|asthma|dementia|dementi\w*|demens\w*|mental health|addiction|disabilit(?:y|ies)|handikapp|"
    r"substance abuse|autism\w*|sisätautien|sisätauti|infektiotautien|naistentautien|naistentauti|"
    r"keuhkosairauksien|sydänsairauksien|stroke|äitiys|maternity|pregnancy|epilepsy|dialysis|dialyysi|dialys|"
    r"fertility|lapsettomuus|migraine|occupational health|palliative(?: care)?|palliativ\w*|palliatiivi\w*|"
    r"sjukgymnastik|beroendevård|prosthetics|paediatric oncology"
)
_PLACES = (
    r"osasto\w*|poliklini\w*|klini\w*|clinics?|yksik\w*|wards?|department|dept|units?|centres?|centers?|enhet\w*|"
    r"avdelning\w*|mottagning\w*|hospitals?|sjukhus\w*|sairaala\w*|services?|associations?|society|foundation|"
    r"trust|säätiö\w*|yhdisty\w*|liit\w+|stiftelse\w*|förbund\w*|förening\w*|institute|projects?|projekt\w*|hanke|"
    r"hankk\w+|tutkim\w*|tutkijo\w*|research\w*|forskning\w*|forskare|museum|charit\w+|federation|council|"
    r"seura\w*|perehdyty\w*|opinnot|studies|nursing|erikoisammattitutkinto|awareness|permit|licen[cs]e|training|"
    r"conference|congress|kongressi|kongress|seminaari|seminar|seminarium|messut|fair|team|tiimi|teamet"
)
_CARERS = (
    r"hoitaja|sköterska|skötare|nurse|nursing assistant|lääkäri|läkare|doctor|physician|consultant|terapeutti?|"
    r"terapeut|therapist|ohjaaja|handledare|assistent|assistant|avustaja|professori?|psykologi?|psychologist|"
    r"social worker|sosiaalityöntekijä|socionom|socialarbetare|researcher|tutkija|forskare|specialist|"
    r"asiantuntija|lecturer|lehtori|lektor|counsell?or|support worker|worker|coordinator|koordinaattori|manager|"
    r"director|head|chef|päällikkö|esimies|registrar|teacher|opettaja|lärare|adviser|advisor|neuvoja|rådgivare|"
    r"surgeon|kirurgi?|chief|lead|midwife|vårdare|työntekijä|suunnittelija"
)
_GOODS = (
    r"steel|goods|parts?|cotton|coffee|tea|wood|products?|materials?|meat|cars?|oil|leather|varor|produkter|"
    r"tuottee\w*|material"
)
_PARTS = {
    "{goods}": _GOODS,
    "{machines}": _MACHINES,
    "{files}": _FILES,
    "{branches}": _BRANCHES,
    "{places}": _PLACES,
    "{carers}": _CARERS,
}

#: A house of a branch, and an occupation with its branch and nothing else: Sjuksköterska, psykiatri.
HOUSES_AND_CALLINGS = (
    r"\b(?:{branches}) (?:\w+ )?(?:{places})\b",
    r"\A(?:\w+ ){0,3}\w*(?:{carers})\W{1,3}(?:of |in |inom |för |for |i )?(?:the )?(?:{branches})\W*\Z",
    r"\A(?:\w+ ){0,2}(?:{branches})\w* (?:\w+ ){0,2}\w*(?:{carers})\w{0,3}(?:\W+\w+)?\W*\Z",
)


def filled(patterns: Iterable[str]) -> tuple[str, ...]:
    """Patterns with each list that they name by {name} in its place."""
    full = []
    for pattern in patterns:
        for name, words in _PARTS.items():
            pattern = pattern.replace(name, words)
        full.append(pattern)
    return tuple(full)
