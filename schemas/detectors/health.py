"""Words about somebody's health, in Finnish, Swedish and English (MIN-10; GDPR 9, 759/2004 5 §).

Belongs here: the table of stems and of what only sounds like one. Does not belong here: how words are found, or what
becomes of the cell.

An illness is called much the same in all three languages, so that one root serves them; what is said of work and
absence is not. A part of the body counts with what was done to it, never alone.
"""

from __future__ import annotations

from schemas.detectors import words

RULE = "health.words"

#: Roots of names of illnesses and treatments, alike in all three languages.
_ROOTS = (
    *(
        "diabee?t",
        "epilep",
        "ast(?:h)?ma",
        "migr(?:een|än|ain)",
        "(?:rh?e|\\breu)umat",
        "niv?elreuma",
        "\\breuma",
        "art(?:h)?rii?t",
    ),
    *(
        "artroos",
        "arthrosis",
        "fibromyalg",
        "[ck]o?eliak",
        "co?eliac",
        "sc?[hk]i[tz]so?fre",
        "schi[sz]ophren",
        "bi ?pol[aä]+r",
    ),
    *(
        "autis[mt]",
        "dysle[kx]",
        "\\badhd",
        "parkinson",
        "alz?heimer",
        "dement[ie]",
        "infarkt",
        "hepati+t",
        "psoria",
        "tuber[ck]ulo",
    ),
    *(
        "borrelio",
        "skolioo?s",
        "scoliosis",
        "i(?:sk|sch)ias",
        "sciatica",
        "\\bcrohn",
        "[ck]oli+t(?:is)?\\b",
        "ms (?:tau|diagn)",
    ),
    *(
        "s[ck]lero[os]",
        "dialy+s",
        "[ck]h?emotherap",
        "s?ytostaat",
        "cytostat",
        "psy(?:k|ch)iat",
        "psy(?:k|ch)o(?:te?rap|ther)",
    ),
    *("psykoos", "psychosis", "psykos\\b", "hiv ?posi", "\\bcovid", "trauma(?:per|att)", "\\bivf\\b", "anti?depres"),
    *(
        "allergi(?:a\\b|aa\\b|an\\b|nen|sk|ker)",
        "allerg(?:y|ic to)",
        "leu[ck]+a?emi",
        "lymf?ph?oma",
        "melano[om]",
        "insulin(?:i?ho|ber|beh| dep)",
    ),
)
_FINNISH = (
    *(
        "sairau[sdtkl]",
        "sairast",
        "sairasl",
        "saira(?:ana|at\\b|alle tul)",
        "sairas(?:\\b|tod|päi|vuo)",
        "diagnoo",
        "diagnoso",
    ),
    *("masennu", "masentun", "raskau", "raskaana", "laskettu aika", "keskenmeno", "(?:lapsettomuus|hedelmöitys)hoi"),
    *(
        "l[äa][äa]kity",
        "l[äa][äa]kkei(?:tä|den)",
        "(?:mieliala|kipu|uni|verenpaine|sydän|rauhoittava)\\w{0,3}l[äa][äa]k",
    ),
    *(
        "l[äa][äa]k[äa]rin ?(?:todis|lausun|määrä|mukaan|ohje)",
        "ty[öo]kyvyt",
        "(?:vajaa|osa)ty[öo]kyky",
        "ty[öo]rajoit",
    ),
    *(
        "ty[öo]kyvyn (?:alen|menet|heik|rajo|arvi)",
        "ty[öo]kyky(?:\\w{1,2})? (?:on )?(?:alen|heik|rajo)",
        "ty[öo]kykyneuv",
    ),
    *("(?:alentun|heikentyn)\\w+ ty[öo]ky", "kuntoutu", "kuntoutta", "vajaakunto", "mielenterve", "ty[öo]uupumu"),
    *("uupumu", "uupunu", "burn ?-?out", "loppuun ?pala", "unettomuu", "toimintakyvyn alen", "osasairausp"),
    *(
        "p[äa]ihde(?:on|ri|ku|ho)",
        "p[äa]ihteiden k",
        "alkoholi(?:on|ri|smi|sti(?:\\b|n\\b)|n (?:on|väär|käyt))",
        "huume(?:on|ri|id|testi\\w* pos)",
    ),
    *(
        "hoitoon ?ohja",
        "sy[öo]p[äa](?:hoi|sai|dia|lei|kas|\\W|n|ä|$)",
        "sy[öo]v[äa](?:n|st|ss|lt)",
        "kasvain",
        "kasvaim",
    ),
    *("s[äa]dehoi", "ahdistu(?:s|k|nei|nut)", "paniikki(?:häi|koh)", "(?:mieliala|keskittymis|syömis|luki|uni)häiri"),
    *(
        "kaksisuuntai",
        "itsetuho",
        "leikkau(?:ksen|sten) jälk",
        "tapaturman (?:jälk|vuoks|taki|joh|jälj)",
        "toipu(?:u|minen|mas|v|i\\b)",
        "toipila",
    ),
    *("(?:polvi|lonkka|selkä|sydän|olkapää|kaihi|nivel|tyrä|sappi|silmä)leik", "leikkau(?:sjono|ksessa \\d|kseen \\d)"),
    *(
        "vammai(?:nen|suus|suud|sen\\b)",
        "(?:näkö|kuulo|liikunta|kehitys|aivo|selkä|olkapää|polvi|niska|vaikea)vam",
        "invalidi",
    ),
    *(
        "(?:selk|nisk|polv|hart|lonk)[aäi]{1,2}?(?:vaiv|kip|ongel)",
        "krooni\\w+ (?:\\w+)?(?:kip|sair|sär|väsy|vaiv)",
        "välilevy",
    ),
    *(
        "(?:murtun|katken)\\w+ (?:käsi|jalka|rann|nilk|kylk|solis|sorm)",
        "(?:käsi|jalka|ranne|nilkka) (?:on )?(?:murt|kips|poikki)",
    ),
    *(
        "pyörätuolissa",
        "k[äa]ytt[äa]\\w* pyörätuoli",
        "autismi",
        "flunssa(?:ssa|a\\b|an\\b|inen)",
        "kuume(?:essa|inen|tta|ilee)",
    ),
    *(
        "influenssa(?:ssa|a\\b)",
        "korona(?:ssa|posit|tart|a\\b|an sair)",
        "vatsatau[dt]",
        "keuhkokuum",
        "keuhkoahta",
        "noro(?:a\\b|ssa\\b|vir)",
    ),
    *("huonokuul", "heikkonäk", "sydänvi[ak]", "sydänkoh", "aivoverenv", "verenpainetau", "selkärank"),
)
#: Swedish that its compounds hold anywhere, and no Finnish word holds.
_SWEDISH_ANYWHERE = (
    *("sjukdom", "cancer", "(?:hjärt|njur|lung|lever|mag|tarm|psykiskt |långtids|kroniskt |svårt )sjuk", "sjukskriv"),
    *("(?:rygg|axel|knä|nack|hjärn|syn|hörsel)skad", "(?:knä|höft|rygg|hjärt|axel|starr)operation", "missbruksprob"),
)
_SWEDISH = (
    *(
        "sjuk(?:ledig|frånvar|pens|penn|intyg|anmä|dag|ersätt|bidrag|lön|\\W|$)",
        "insjukn",
        "läkar(?:intyg|utlåt|ordin)",
    ),
    *("enligt läkar", "diagnos(?:en|er|erad|ti[ck]erad)?\\b", "gravid(?:itet|a\\b|\\W|$)", "havandeskap", "missfall"),
    *(
        "fertilitetsbeh",
        "moderskapsrisk",
        "medicinering",
        "(?:äter|tar) (?:\\w+ )?(?:medicin|tablett)",
        "depressi",
        "deprimer",
    ),
    *("arbetsoförm", "arbetsoform", "nedsatt arbetsf", "arbetsförm\\w+ (?:är )?(?:ned|beg|red)", "arbetsförmågebed"),
    *(
        "rehabiliter",
        "funktions(?:neds|hind|vari)",
        "rörelsehind",
        "utvecklingsstör",
        "utbränd",
        "utmattad",
        "utmattnings(?:s|d)",
    ),
    *("sömn(?:prob|lös)", "psykisk", "ångest", "panik(?:ång|syn|att)", "missbruk", "alkohol(?:prob|is[mt]|ber|miss)"),
    *(
        "drog(?:prob|miss|ber|test\\w* pos)",
        "narkotika(?:p|m|b)",
        "strålbeh",
        "cellgift",
        "hjärnblöd",
        "opere?ra(?:s|d|ts)\\b",
    ),
    *(
        "efter operat",
        "återhämta",
        "rullstolsb",
        "(?:sitter|i) rullstol\\b",
        "kroniskt? (?:värk|sm|tr|sj|ont)",
        "kroniska? (?:värk|sm|sj)",
    ),
    *(
        "smärtstillande",
        "(?:nöt|mjölk|päls|latex)\\w*allergi",
        "förkyl",
        "(?:har|fått|i|hög) (?:influensa|feber)\\b",
        "feber\\W",
    ),
    *(
        "magsjuk",
        "lunginfl",
        "brut(?:en|et|it) (?:arm|ben|hand|fot|vrist|fing|nyck|rev)",
        "(?:arm|ben|hand|fot)\\w* (?:är )?(?:bruten|brutet|i gips|gipsa)",
    ),
    *("diskbr", "invalid", "hade? (?:en )?stroke", "fått (?:en )?stroke", "stroke(?:patient|, )"),
)
_ENGLISH = (
    *("sick ?leave", "sick (?:note|pay|day|list)", "sickness (?:abs|ben|pay|lea|cert)", "morning sickness", "fit note"),
    *("(?:off|called in|calling in|was|is|been|term|child|currently|falls?|fell) sick\\b", "illness", "ill health"),
    *(
        "(?:is|was|been|seriously|fell|falls|critically|terminally|chronically|mentally) ill\\b",
        "doctor'?s (?:no|ord|cert|adv)",
    ),
    *(
        "(?:heart|kidney|liver|lung|bowel|chronic|autoimmune|skin) (?:dis|cond|fail|att)",
        "medical (?:cert|leave|gro|reas|cond|treat|abs|rest)",
    ),
    *("medically (?:unfit|ret|exc)", "unfit for (?:work|dut|night)", "not fit for", "fitness for work", "incapacit"),
    *(
        "work(?:ing)? (?:capacity|ability) (?:is )?(?:red|lim|imp)",
        "reduced (?:work(?:ing)? (?:ability|capacity)|ability to work)",
    ),
    *(
        "diagnos(?:is|ed|es)\\b",
        "pregnan",
        "maternity risk",
        "miscarr",
        "fertility treat",
        "medication",
        "on (?:\\w+ )?(?:medicine|insulin|painkill)",
    ),
    *(
        "takes? (?:\\w+ )?(?:medicine|pills|insulin|painkill)",
        "depressi(?:on|ve)",
        "depressed",
        "disabilit",
        "rehabilitat",
    ),
    *(
        "(?:in|to|from|after) rehab\\b",
        "(?:registered|is|severely|was) disabled",
        "disabled (?:worker|person|empl|since)",
    ),
    *(
        "(?:hearing|visually|sight|mobility|visual) impair",
        "partially sighted",
        "hard of hearing",
        "wheelchair user",
        "(?:in|uses) a wheelchair",
    ),
    *(
        "(?:back|shoulder|knee|neck|head|spinal|brain|wrist) (?:injur|pain|surg|oper|probl)",
        "(?:hip|heart|bypass|cataract) (?:surg|oper|repl)",
    ),
    *(
        "(?:recover|convalesc)\\w* (?:from|after) \\w*\\W?(?:surg|oper|ill|canc)",
        "surgery recovery",
        "had (?:an? )?(?:oper|surg|stroke|heart)",
    ),
    *(
        "after (?:an? |the )?(?:stroke|surgery|operation)",
        "radiother",
        "mental (?:health|break|dis)",
        "anxiety",
        "panic (?:att|dis)",
    ),
    *("burn(?:ed|t)? ?out", "stress related", "exhaustion", "insomnia", "chronic (?:pain|back|fat|mig|cond)"),
    *(
        "alcoholi(?:sm|c\\b)",
        "alcohol (?:prob|abu|dep|add)",
        "(?:drug|substance|gambling) (?:add|abu|prob|dep)",
        "addict(?:ed|ion)",
    ),
    *(
        "(?:failed|positive) (?:a )?drug test",
        "nut allergy",
        "(?:has|had|with) (?:the |a )?(?:flu|fever|cold|norovirus)\\b",
        "fever\\W",
    ),
    *(
        "(?:broken|fractured) (?:wrist|leg|arm|ank|foot|rib|coll|hand|fing)",
        "(?:leg|arm|wrist|foot) in (?:a )?(?:cast|plaster)",
        "slipped disc",
    ),
)
#: A code of ICD-10 counts beside a word for diagnosis; alone it is a room or a shelf.
_CODE = "[a-tv-z]\\d\\d(?:\\.\\d)?"
_ICD = (rf"icd(?:\W?10)?\W{{1,3}}{_CODE}\b", rf"dg\.?\W{{1,3}}{_CODE}\b", rf"dx\.?\W{{1,3}}{_CODE}\b")

#: Machines, materials and weather of which the same is said.
_MACHINES = (
    "motor\\w*|engine|pump\\w*|lamp\\w*|bulbs?|säkring\\w*|fuse\\w*|koppling\\w*|clutch|battery|filter\\w*|akku\\w*|valve|"
    "ventil\\w*|price\\w*|market|button|floor|era|moottori\\w*"
)
#: Products, services and offices that are named after an illness, and faults of machines.
_ALLOWED = (
    *(
        r"sairaala\w*",
        r"ensiapu\W+ea ?\d",
        r"vika-?diagnoo\w*",
        r"(?:auto|verkko|moottori|laite)diagnoo\w*",
        r"diagnosti\w*",
    ),
    *(
        r"raskaana kuorm\w*",
        r"raskauttav\w*",
        r"autokuntout\w*",
        r"l[äa][äa]kityslask\w*",
        r"lääkkeiden (?:\w+)?(?:jakelu|toimitus|kuljetus)\w*",
    ),
    *(
        r"(?:pressure|tropical|economic) depressi\w*",
        r"(?:låg|hög|under)trycksdepress\w*",
        r"depress\w* (?:i |in the )?(?:{0})\b",
    ),
    *(r"\b(?:fault|vehicle|engine|network|fel|fordons?|nätverks|motor|remote)\W?diagnos\w*", r"diagnosis tool\w*"),
    *(r"mental health first aid\w*", r"mielenterveysty[öo]\b", r"psykiskt? arbetsmilj\w*", r"psykisk första hjälp"),
    *(r"(?:road|land|building|soil|bridge|river) rehabilitat\w*", r"sjukledighetsvikari\w*", r"sy[öo]p[äa]läi\w*"),
    *(
        r"(?:burn\w* ?out|utbränd\w*|uupu\w*|toipu\w*) (?:of the |i )?(?:{0})\b",
        r"(?:{0}) uupu\w*",
        r"missbruk av \w*kort\w*",
    ),
    *(r"(?:tropic of|cape) cancer", r"allergeeni\w*", r"allergi(?:fri|aton)\w*", r"alcoholic (?:beverage|drink)\w*"),
)

DETECTOR = words.stems(
    "health",
    RULE,
    anywhere=(*_ROOTS, *_FINNISH, *_SWEDISH_ANYWHERE),
    beginning=(*_SWEDISH, *_ENGLISH, *_ICD),
    allowed=[pattern.replace("{0}", _MACHINES) for pattern in _ALLOWED],
)
