"""Words of belonging to a trade union, of its duties and fees, and of strikes.

Belongs here: membership, shop stewards, fees that are withheld from pay, industrial action; unions by name. Does not
belong here: convictions of other kinds (`belief`).

The name of a union counts with a word for membership beside it: a union is an employer and a customer, too.
"""

from __future__ import annotations

from schemas.detectors.lexicon.table import Table, listed

#: Branches that unions are called after, and what makes somebody a member of one.
_BRANCHES = (
    "teollisuus|rakennus|metalli|insinööri|lääkäri|sairaanhoitaja|paperi|sähkö|kemian |puu|toimihenkilö|journalisti|"
    "tradenomi|juristi|ekonomi|poliisi|tulli|upseeri|postin?|kuljetus|auto|merimies|farmasia|farmaseutti|elintarvike|"
    "opettaja|agronomi|palomies|pelastus|vartija|kosmetologi|luonnontieteiden |kirjasto|viestinnän |taide|taidealojen |"
    "palvelualojen |julkisten |muusikko|näyttelijä|lentäjä|rautatie|veturimies|työnjohta|rakennusmestari|aliupseeri"
)
_BRANCHES_SV = (
    "byggnads|bygg|el|metall|industri|pappers|transport|handels|sjömans|service|tjänstemanna|ingenjörs|driftsingenjörs|"
    "lärar|vård|sjukskötar|sjuksköterske|närvårdar|polis|elektriker|målar|livs|livsmedels|kommunal|fastighets|skogs|"
    "grafiska |musiker|journalist|läkar|tandläkar|farmaci|trä|brandmanna|järnvägs|lok|ekonom|jurist|agronom|officers"
)
_SHORT = (
    "pro|pam|jhl|tehy|super|oaj|fsl|akt|jyty|erto|sak|sttk|akava|tek|loimu|talentia|ffc|ftfc|pau|smu|sel|iau|ytn|juko|"
    "rakl|pardia|unionen|seko|hrf|saco|lo|tco|if metall|metall|kommunal|byggnads|pappers|handels|transport|vision|"
    "ledarna|elektrikerna|målarna|livs|vårdförbundet|lärarförbundet|sveriges ingenjörer"
)
_SHORT_FI = (
    "tehyn|jytyn|superin|pamin|erton|talentian|loimun|tekin|pron|yty:n|akt:n|jhl:n|oaj:n|sak:n|sttk:n|akavan|ytn:n|"
    "pau:n|iau:n|smu:n|sel:n|pardian|jukon|rakennusliiton|teollisuusliiton|sähköliiton|paperiliiton"
)
_BRITISH = (
    "unite|unison|gmb|usdaw|rcn|nasuwt|neu|rmt|aslef|cwu|ucu|siptu|fbu|bectu|pcs|tssa|afl-cio|seiu|uaw|teamsters|"
    "the teamsters|fórsa|inmo|mandate|pam|jhl|sak|tehy|oaj|akava|sttk|unionen|if metall|kommunal"
)
_MEMBER_SV = "medl|ansl|ombud|avg|aktiv|förtr|repr?\\b|klubb|luckomb|kort|avd\\b|avdeln|ansök"

_ANYWHERE = (
    rf"(?:{_BRANCHES})(?:alan |alojen )?(?:ammatti)?(?:liiton|liitossa|järjestön) "
    r"(?:jäs|luott|akt|osast|hallit|edust|koul|maks|työpaik)",
    rf"(?:{_SHORT_FI}) (?:jäs|luott|akt|osast|edust|hall|valt|maks|yhdysh|p?lm\b|kurs|kokou|toimits)",
)
_BEGINNING = (
    rf"medlem(?:skap)? i (?:ett |det )?(?:facket|\w+facket|\w*förb|{_SHORT})\b",
    r"(?:med|aktiv|organiserad|ansluten|engagerad|ombud|kontaktperson|gått med|gick med|klubbordf|klubbordförande|"
    rf"ordförande|sekreterare|kassör) (?:i|till|för|hos|från) (?:facket|förbundet|{_SHORT})\b",
    r"(?:tillhör|ur|lämnat|utträtt ur|utträde ur|utanför|medlemskap i) (?:facket|förbundet|metallf|tjänstem|byggnads|"
    r"lärarf|vårdf)",
    rf"(?:{_SHORT})s?(?:/| )(?:{_MEMBER_SV})",
    rf"(?:{_BRANCHES_SV})(?:arbetar|anställda|folk)?(?:förbundet|unionen|facket)s?,? "
    rf"(?:{_MEMBER_SV}|betal|möte|kurs|nr\b)",
    r"(?:left|leaves?|leaving|joined|joins?|joining|pays|resigned from|quit|belongs? to|members? of|chair of|active in|"
    r"member in|elected by|represented by|rep for|dues to|not in) (?:the |a |an |any |his |her |our |their |"
    r"no )?(?:\w+'?s?'? )?union\b",
    rf"member(?:ship)? (?:of|in|with|no\.?|number)?:? ?(?:{_BRITISH})\b",
    rf"(?:{_BRITISH}) "
    r"(?:mem|rep\b|reps\b|sub|due|branch|steward|fee|shop|offic|card|deleg|ballot|conven|union|organis|lm\b)",
    r"(?:joined|left|quit|joining|pays|dues to|subs to|rep for|active in|organi[sz]er for) (?:unite|unison|gmb|usdaw|"
    r"rcn|nasuwt|rmt|aslef|cwu|ucu|siptu|fórsa|teamsters|the teamsters)\b",
    r"(?:secretary|treasurer|rep|representative|delegate|officer|organi[sz]er|spokes\w+|steward) (?:of|for|in|at) "
    r"(?:the |a |his |her )?union",
)
#: Whose fees are no union's: clubs, chambers, associations of everyday life.
_CLUBS = (
    "kauppakamari|kuntosali|kuntokeskus|sali|yhdistykse|osuuskunna|urheiluseura|seura|kerho|golf|yrittäj|klubi|harrast|"
    "joukkuee|juniori|juniorei|aikuis|lapsi|lapse|perhe|kannatus|kannattaj|laji|tanssi|uimasal|tennis|pursiseura|"
    "ratsastus|hiihto|pallo|jalkapallo|jääkiekko|vpk|martt|omakotiyhdistyks|tieosuuskunna|kalastuskunna|"
    "metsästysseur|partio|kansalaisopisto|kennel"
)
_ALLOWED = (
    rf"(?:{_CLUBS})\w* jäsenmaksu\w*",
    r"jäsenmaksu\w*(?: \d+)?(?: \S+){0,3} (?:seura(?:lle|n|a)?|kerho\w*|klubi\w*|harraste\w*|salille|salin|"
    r"liikuntaseur\w*|golf\w*|jumppa\w*|koululle|yhdistyks\w*|kauppakamari\w*|osuuskun\w*)(?=\W|$)",
)

TABLE = Table(
    anywhere=_ANYWHERE
    + listed(r"""
        ammattiliit | ammattiyhdisty | ammattiosasto | ammattijärjestö(?:n jäs|ön kuul|akti) | luottamusmie
        luottamusvaltuut | luottamushenkilö(?:\W|$|nä) | pääluottam | \b(?:p?lm|plm)-(?:teht|vapau|koul)
        \bay-(?:j[äa]s|lii|akt|toim|maksu|väk|väe|koul|luott|teht|mie|ihm|vapa|per|as|puol|opis|edus|kok|kun|taus|työ)
        \bay (?:j[äa]s|maksu|peri|akt|toim|luott|koul) | \bayjäs | \baymaks | j[äa]senmaksu | jäsenmaksuosuu
        (?:liiton|liitto)(?:jäsen|maksu|maksut|kuulu) | liito(?:n|ssa) (?:jäsen|luottam|akti|maksu) | liittoon kuulu
        (?:kuuluu|kuulu|kuuluvat|liittyi|liittynyt|liittyy) (?:\w{0,30})liittoon
        (?:ero(?:si|nnut|aa|ttu)|erosta|lähti|lähtenyt|erotettu) \w{0,30}liitosta
        (?:liitosta|liittoon) (?:ero|liitt|ilmo) | ei (?:ole )?liito(?:ssa|n jäs) | on liitossa
        (?:on|ei|ole|myös) järjestäytyn | järjestäytymätö
        \blako(?:ssa|sta|illut|illu)\b | \blakko(?:on|il|päi|va|ra|avust|liput|liput|uhk|kil)
        työtaistelu(?:un|ssa|päi) | ulosmarssi | työnseisau | lakon ?(?:rikkur|vah|järj|johta) | lakkorikkuri
        lakonrikkuri | työttömyyskassan jäs | työttömyyskassaan | förtroendeman | förtroendevald | huvudförtroende
        luottari(?:n|t|na|lle|\b) | liittomaks | \bay-pid | lakkol | lakkokass | yhteysmie\w+ liit
        liittyi (?:proon|pamiin|jhl:ään|tehyyn|superiin|jytyyn|ertoon|teollisuusl)
        (?:kuuluu|kuulu|jäsenenä) (?:proon|prossa|pamiin|pamissa|jhl:ään|jhl:ssä|tehyyn|tehyssä|superiin|jytyyn)
        (?:kuuluu|kuulu|jäsenenä) (?:teollisuusl|oaj:hin|tekiin|ekonomeihin|insinööril|akavaan|sak:ssa)
        ylityökiel | vuoronvaihtokiel | \blakk?o-?pv | \blakkopäiv | \brikkuri(?:n|na|t|ksi|\b) | luckombud
        \bao:n (?:siht|pj|puheenj|jäs|hallit|kok|taloud|rahast|varap|luott|edust)
        osasto \d+ (?:taloudenh|rahastonh|luottam|pääluot)
        (?:tehy|jyty|pami|super|akava|erto|oaj:|jhl:|sak:|sttk:|akt:|pau:)l[aä]i(?:nen|sen|set|siä) | akavalai
        akavait | (?:kuulu|ole) (?:mihinkään |missään )?(?:liittoon|liitossa) | mihinkään liittoon | \bei liittoon
        kassaan, ei liit | liiton (?:listal|jäsenkir|aktii|mies\b|luott|toimitsij|vaalil|lakkoav|juristi|ansiosid)
        järjestäytyi\b | työsuojeluvaltuutettu liiton | \b(?:vara|i-|1\. )-?p?lm\b
        \bp?lm[,:]? (?:vapau|toimip|kausi|teht|valit|lisä|korv|ajankäy) | plm,? \w*vapau
        \blm-(?:lisä|korv|palk|aika|kau|vaal|tunn|päiv|kok) | vapautusta \d+ h | luottamust(?:oim|eht)\w* liit
        tukilak | istumalak | poliittinen lakko | poliittise\w+ lakko | lakkoi(?:li|lee|lija) | saarto(?:ssa|on osall)
        ay-taust | (?:pam|jhl|oaj|tehy|super|jyty|akt|pro|sak|rakl) p?lm\b | liittokokousedus | liittokokoukseen
        liittovaltuust
    """),
    beginning=_BEGINNING
    + listed(r"""
        fack(?:lig|förb|fören|medl|avg|ansl|akt|et\b|ets\b|klubb|möt|omb|repr)
        fack(?:pamp|strid|eng|organis|avd|topp|styr|uppd|tillh|ordf|sty) | medlemsavgift
        (?:avdrag|inbetalning|avgift) (?:för|till) (?:facket|förbundet) | förbundsavg | förbundsmedl
        fackligt | oorganiserad
        fackligt org | klubbordförande | arbetsplatsombud | skyddsombud för (?:fack|förb|if|byg)
        strejk(?:ar|ade|at|vakt|ers|kass|und|led|deltag)\b | strejka\b | strejkvakt | i strejk | ut i strejk
        strejkersä | deltog i strejk | under strejken (?:bort|från|dagar) | blockadvakt | medlem i a-kassa
        a-kasseavg | lockoutad | trade ?union | labou?r union
        union (?:mem|due|rep|act|fee|sub|branch|conven|official|steward)
        union (?:deleg|duties|duty|card|learn|ballot|meet|organi[sz]) | union (?:contrib|levy|facil|chair)
        union (?:treas|affil|recog) | unioni[sz]ed | unioni[sz]ing | non union | de unionis
        (?:is|still|also|not) in (?:the|a) union\b
        teamsters (?:mem|local|dues|rep) | shop steward | chief steward | convenor\b
        (?:on|went on|joined the|goes on|took part in (?:the |a )?|during the|honou?red the) strike
        strike (?:action|pay\b|fund|ballot|committee|day|picket|participant|organis|leader)
        striking (?:work|staff|emp|nurse|teach|with) | (?:took part in|taking|on|joined|takes) industrial action
        picket (?:line|duty) | picketing | picketed | check ?off (?:form|auth|sign|ded|sub) | facility time
        walk ?out (?:organ|part|lead) | collective barg\w+ (?:rep|team|deleg) | works council (?:mem|rep|del|chair)
        staff side (?:rep|sec) | political levy | dues deduct | (?:deduct|withhold)\w* (?:union|dues)
        blacklisted (?:for|union)
        medlemsavgift till (?:pro|jhl|pam|fack|unionen|tehy|super|oaj) | lokal fack
        (?:took part in|joined|led|organised) (?:the |a )?walk ?out | crossed the picket | union picket
        pays (?:unite|unison|gmb|usdaw|union) | strikebreak
        akavait | förbunds(?:kurs|möte|omb|kass|kort|kongr|fullm)
        strejk(?:underst|bryt|rätt|bidrag|utmar|aktion|lön) | utmarsch | övertidsblockad | nyanställningsblock
        sympatistrejk | politisk strejk | vild strejk | organiserade sig | organiserad arb | oorganis | sjömansunionen
        fack (?:pro|pam|jhl|tehy|super|medl|akt|omb|ja|nej|avg) | luckombud | lokalombud | skyddsombud från
        utträde ur fack | fackmedl | (?:från|via|genom) facket | check ?off (?:mand|agree|list) | industrial union
        (?:deputy|branch|union|head|lead|senior|elected|floor) steward | steward elected | not in (?:any|a) union
        (?:in|without) any union | scab (?:in|during|at) (?:the )?(?:\w+ )?(?:dispute|strike)
        scabb(?:ed|ing) (?:in|during|on) | called (?:him|her|them) a scab | overtime ban\b | work to rule
        go slow action | union (?:congress|troubl|agit|man\b|woman|guy|paper|course)
        union (?:leave|matters|lawyer|loyal|recruit|bash|buster|work\b)
        union (?:education|training day|time off|delegate|vote|delegation|demo|rally|conference) | wildcat strike
        sympathy strike | strikers? (?:20\d\d|list|names) | (?:blacklisted|blacklist) as | works councillor
        non unionised | unionist\b | labour dispute part | agency fee payer | dues payer | dues paying
    """),
    allowed=_ALLOWED
    + listed(r"""
        jäsenmaksu(?:lask|järjestel|ohjelm)\w* | jäsenmaksu(?:t|jen)\b(?! (?:liit|ay)) | ammattiliitto(?:yhteisty)\w*
        jäsenmaksu\w* (?:junior|aikui|laps|perhe|kausi|kaude|20\d\d[-/]|seura)\w* | medlemsavgiftssystem\w*
        (?:föreningens|klubbens|klubb|förenings|gym|golf|idrotts|junior|senior|barn|familje)\w*(?: \w+)? medlemsavg\w*
        (?:vuxen|scout|segelsällskap\w*|kennel\w*|gymkort|handelskammar\w*|årlig|spelar)\w*(?: \w+)? medlemsavg\w*
        medlemsavgift\w*,?(?: \d+)?(?: \S+){0,3} (?:gym|handels|kamm|golf|idrott|förening|klubb|junior)\w*
        medlemsavgift\w*,?(?: \d+)?(?: \S+){0,3} (?:senior|scout|spel|säsong|barn|familj|träning|lag)\w*
        medlemsavgift\w* (?:20\d\d|\d+ ?(?:€|eur|kr|e\b)) | third party member\w* | on-strike clause
        (?:credit|student'?s?|students'?|rugby|european|western|customs) union(?:'s)?(?: \w+)?
        (?:soviet|pipe|banking|currency|postal|african|monetary|energy) union(?:'s)?(?: \w+)?
        union (?:street|square|station|jack|flag|all|joint|nut|pipe|fitting|valve|type|select) \w*
        union (?:query|canal|hotel|pacific|road|house|chapel|club|design|bank|tools) \w*
        in (?:a )?union (?:type|query|select|join|with|street|square)\w* | (?:in|on) union (?:street|square)
        works for union (?:pac|bank)\w* | facklig\w* tid(?:ning|skr)\w*
        strejkande (?:skriv|mask|motor|dator|hiss|bil|server)\w* | förtroendevald\w* revis\w*
        järjestäytyn\w+ (?:jono|tietok|rivi|joukko|kokoel)\w* | luottamushenkilö(?:\W|$|nä)öhallin\w*
        (?:during|because of|due to|after|by) (?:the )?(?:port|dock|postal|rail|airport) strike\w*
        (?:during|because of|due to|after|by) (?:the )?(?:lorry|truck|bus|airline|ferry) strike\w*
        lakko\w* (?:satama|posti|juna|lento)\w* | (?:satama|posti|juna|lento|kuljetus|bussi)lak\w*
        picket (?:fence|line fence|gate|pin)\w* | (?:{machines}) (?:on|went on) strike
        strike (?:pay ?wall|day rate for) | a-kassan? (?:fakt|avtal|kund)\w* | rikkuri(?:n|t)? (?:{machines})
        (?:fackliga?|fackets) (?:tidning|central|organ|lokal)\w*(?:en)? (?:fakt|städ|lokal|kont)\w*
        ammattiliit\w+ (?:toimisto|kiinteist|talo|loma|siiv|laskut|asiakas)\w*
        ammattiliit\w+ (?:sivust|verkkosiv|kokoushuo|it-tuki|palvel)\w*
        trade union (?:office|house|building|hq|account|customer|website|client|hall|invoice)\w*
        luottamusmie\w+ (?:huone|vaali(?:jär|tul)|koulutustila)\w* | medlemsavgifter(?:na)?\b
        \b(?:sak|sttk|jhl|pam|oaj|akava|tehy|super)(?::n|n|in)? r[yf]\b\w*
        \w*(?:ningen|skinen|motorn|datorn|skrivaren|bilen|telefonen) strejk\w*
        \w*(?:hissen|pumpen|låset|nätet|larmet|porten|batteriet|kylen|{machines}) strejk\w*
        strejkar,? (?:byt|starta|igen\b|felanm|service) \w*
        ammattilii\w+ (?:lehti|lehden|esite|esitt|mainos|ilmoitus|julkaisu|tilaus|taitto|tapahtum|paino)\w*
        fack(?:bok|litt|tid|man|språk|term|verk|press)\w* | ennätysrikkuri\w* | liiton (?:jäsenkir|aktii)\w* seur\w*
        (?:sjömansunionens?|förbundskurs\w*) (?:kontor|kansli|fakt|lokal|hus|gymn|fotb|simn|tennis)\w*
        \A\W*strejkbrytare\W*\Z | lakko(?:klausuul|varau|oikeu)\w* | strike clause\w* | working to rule of thumb
        union (?:work\b) (?:bench|boot)\w* | (?:tile|paint|concrete)\w* scab\w*
    """),
)

#: Unions by their short names, in just this case.
SHORT_NAMES = (
    *("SAK", "STTK", "Akava", "AKAVA", "JHL", "PAM", "JUKO", "OAJ", "Tehy", "TEHY", "SuPer-liit\\w*", "SuPer", "FFC"),
    *("FTFC", "YTN", "AKT", "Jyty", "JYTY", "ERTO", "Pardia", "Talentia"),
)

#: Where such a name is a customer's, or an everyday word's beginning.
NOT_MEMBERS = (r"\b[\w-]+(?::n|n)? r[yf]\b", r"\bSAK (?:samma|om|som|att|är|och|i|på|från|att|till)\b")
