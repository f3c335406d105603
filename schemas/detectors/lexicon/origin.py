"""Words of ethnic origin, of sexual orientation and of gender.

Belongs here: what somebody is by birth or by love. Does not belong here: faith, even where a people shares it
(`belief`); citizenship and languages, which registers may hold.
"""

from __future__ import annotations

from schemas.detectors.lexicon.table import Table, listed

#: Peoples and parts of the world, as adjectives, that make a remark of the word for origin which follows.
_SWEDISH_PEOPLES = (
    "somali|kurdi|arabi|afghan|iraki|iran|syri|ry|estni|afrikan|rom|sami|turki|bosni|asiati|utländ|judi|"
    "vietnamesi|kinesi|indi|pol|romer|jugoslavi|kosovoalban|alban|palestin|eritrean|etiopi|nigerian|thailänd|"
    "tamil|latinameri?kan|finsk-rom|ukrain|tjetjen|pakistan|libanesi|marockan|egypti|persi|filippin|utomnordi|"
    "utomeuropei|sverigefin|tornedal|blanda|ingermanländ"
)
_ENGLISH_PEOPLES = (
    "african|asian|somali|kurdish|arab|afghan|iraqi|iranian|syrian|russian|estonian|roma|sami|turkish|bosnian|"
    "jewish|vietnamese|chinese|indian|polish|romanian|pakistani|bangladeshi|albanian|palestinian|eritrean|"
    "ethiopian|nigerian|thai|tamil|latin american|hispanic|latino|caribbean|ukrainian|lebanese|moroccan|egyptian|"
    "persian|filipino|irish traveller|middle eastern|east asian|south asian|immigrant|migrant|refugee|minority|"
    "gypsy|native american|maori|aboriginal|indigenous|yoruba|berber|hutu|tutsi|hazara|tatar|finno-ugric|slavic|"
    "balkan|jamaican|ghanaian"
)


#: Peoples that are named as nouns in Finnish, and where parents come from.
_FINNISH_PEOPLES = (
    "albaani|tamili|rohinja|rohingya|hasara|hazara|uiguuri|tšetšeeni|tsetseeni|pataani|paštu|jesidi|jezidi|"
    "assyrialai(?:nen|sia)|berberi|hutu\\b|tutsi\\b|joruba|kosovolai|bosniakki"
)
_FROM = (
    "somali|vietnam|iraki|irani|iranist|afgan|syyria|venäjä|viro|turki|kosovo|thai|kiina|intia|nigeria|kongo|etiopia|"
    "eritrea|kamerun|gamb|ghana|pakistan|banglades|sri lanka|filippiin|marok|egypt|bosnia|kuuba|kolumbia|chile|inkeri"
)
_HALF = (
    "gambian|nigerian|ghanaian|somali|kurdish|arab|turkish|russian|estonian|chinese|indian|thai|vietnamese|jamaican|"
    "black|asian|african|jewish|roma|sami|persian|iranian|iraqi|syrian|moroccan|egyptian|brazilian|filipin|polish|latin"
)
_ANYWHERE = (
    rf"\b(?:{_FINNISH_PEOPLES})(?:\b|n\b|t\b|na\b|a\b|suk|suvu|perhe|taus|nai|mies|nen\b)",
    rf"(?:vanhemmat|äiti|isä|suku|juuret|adoptoitu|adoptiolapsi) (?:on |ovat )?(?:{_FROM})\w*"
    r"(?:sta|stä|ssa|ssä|lta|lainen|läinen)\b",
)
_BEGINNING = (
    rf"(?:half|part|quarter|ethnic|ethnically) (?:{_HALF})",
    r"(?:tamil|kurd|hazar|uigur|rohingya|tjetjen|pashtun|yazidi|jesidi|assyri|syrian|berber|alban|somali|romani|bosniak)"
    r"(?:er|erna)?(?:,| från|\W*$| som)",
)

TABLE = Table(
    anywhere=_ANYWHERE
    + listed(r"""
        etni(?:nen|syy|stä|sen|ses|siä|syys) | romani(?:tau|suk|nai|mie|perhe|väes|kult) | mustalai(?:nen|sen|sia|suk)
        saamelai(?:nen|sen\b|sia?\b|sta\b|staus|ssu[kv]|sper|snai|smie|syh) | \bsaamelais(?:juur|syn)
        inkeriläi(?:nen|staus|ssuk|sjuur) | inkerinsuom | paluumuuttaj | kurdi(?:tau|nai|mie|suk) | kurdeja
        (?:lais|läis|mali|arabi|muuttaja|pakolais|afro|kurdi|romani|thai|intialais|vähemmistö)-?tausta
        (?:lais|läis)(?:tä|ta) (?:syntyp|alkup|sukuj|tausta) | (?:lais|läis)syntyi | syntyperältä
        (?:kurdi|somali|arabi|romani|saamelais|venäläis)(?:tausta|suku|juuri|perhe|syntyi)
        (?:virolais|afrikkalais|tataari)(?:tausta|suku|juuri|perhe|syntyi) | monikulttuurinen tausta
        maahanmuuttajatau | ulkomaalaistau | somali(?:alaistaus|nai|mies|perhe|\b tau) | tataari(?:\b|tau|suk)
        tummaihoi | tummahipiä | mustaihoi | vaaleaihoi | valkoihoi | ihonväri | ihon väri | \brotu\b | rodull
        rodultaan | rotuun | rasialisoi | pakolaissta | pakolaisena | turvapaik(?:anhak|kahak|kastat)
        vähemmistökansa | etninen | heimotau | homoseksu | \bhomo\b
        \bhomo(?:pari|suh|mies|n\b|ksi|na\b|ystäv|avio|liit) | \blesbo(?:\b|pari|suh|nai|ksi|na\b) | biseksu
        \bbi-?seks | panseksu | aseksu | heteroseks | trans(?:suk|sek|nai|mie|ihm|taus|proses|poli|hoito|henk|vest)
        seksuaali | sukupuolen ?korj | sukupuoli-?ident | sukupuoliristir | sukupuolenkorj | sukupuolidysf | muunsukup
        intersuk | samaa sukupuolta | samansukup | sateenkaari(?:per|nuor|väk|par|ihm|taus) | rekisteröi\w+ parisuh
        hlbti | lhbt | hbtq | (?:is|as) queer | kaapista ul | tullut kaapista | tuli kaapista | tumma iho
        tummaa ihoa | vaihtoi sukup | sukupuolenvaih | sukupuolen vaih | korjasi sukup | afrosuom
        (?:klaani|heimo)(?:n jäs|tau|en jäs) | transu\b | homoliit
        saamelaissuv | romanisuv | kurdisuv | tataarisuv | mustalaissuv | (?:lais|läis)suvu(?:sta|n)\b
        inarinsaamelai | kolttasaamelai | saamelaiskäräj\w* (?:vaali|luett|jäs|äänioik|ehd) | \bkoltta\b | kolttalai
        \bkolttia | \bkolttanai | \(romani | , romani\b | romani, | / romani | somppu | \bmamu(?:\b|ja|t\b|n\b)
        neekeri | \bryssä(?:n|t|ksi|\b) | \bmustalai | balkanin albaan | , rom\W*$ | / rom\W*$ | \(rom\)
        \bkaale(?:et|ja|\b) | samettiham | romaniham | (?:on|on töissä|vielä|yhä) kaapissa tö | on kaapissa,
        kaapissa työp | sukupuolen vahv | sukupuolenvahv | juridisen sukup | sukupuolimerkin | sukupuolivähem
        transtaust | samaa sukup | naisparis | kvotflykt | kiintiöpakol | kaksi äitiä | kaksi isää | homobaar
        pride-kulk | pridess[aä] | drag-?(?:show|artist|queen) | afrikkalaist\w* synt
    """),
    beginning=(
        *listed(r"""
        etnisk | etnicit | romsk | (?:är|med) rom\b | romer\b | resandefolk | resandesl
        samisk (?:bak|börd|iden|släkt|urspr|här|famil) | (?:är|är en) same\b | samesläkt | renägarsl | sametingsv
        (?:är|född) (?:kurd|romer|same|arab|somalier|jude)\b | kurd från | somalier\b | mörkhyad | svarthyad | hudfärg
        rasifier | ras: | rastill | utländsk bak | invandrarbak | flyktingbak | flyktingst | asylsök
        (?:minoritets|invandrar|flykting|migrations)bakgr | folkgrupp | stamtill | härkomst | påbrå(?:\W|$) | homosex
        homofil | bisex | bög\b | bögar | lesbisk | transsex | transpers | transkvin | transman | transtj | hbtq?
        icke-?binär | könskorr | könsbyte | könsident | könsdysf | könsöv | sexuell lägg | sexuell identi | sexualit
        sexuell orient | asexuell | pansexuell | (?:samkönat|samkönade|registrerat part) | regnbågsf
        kom(?:mit)? ut som | registrerat part | gay\b(?:,| sambo| partner| man) | intersex
        ethnic(?:ity| ori| min| bac| her| grou| iden|ally) | roma (?:ori|bac|des|her|comm|fam|gyp|trav)
        gyps(?:y|ies) (?:ori|fam|her|bac|trav|rom) | irish travell | racial | race:
        race:? (?:white|black|asian|mixed) | skin colou?r | dark skinned | mixed race | mixed heritage | mixed ethnic
        persons? of colou?r | (?:northern|skolt|inari|lule|southern) s[aá]mi
        s[aá]mi (?:ori|people|parl|her|background|desc|ident|woman|man|fam|comm|speak) | speaks s[aá]mi | bame\b
        (?:bme|bipoc)\b | minority ethn | asylum seek | refugee (?:back|stat|from|since|fam) | caucasian
        (?:white|black) (?:british|african|caribbean|irish|european|american|woman\b|man\b|colleague)
        african american | asian american | hispanic | latin[oax]\b | aborig | first nations
        indigenous (?:per|back|ori|desc|peop|her) | tribe: | caste\b | sexual (?:orient|pref|ident) | sexuality
        homosexual | (?:is|openly|he's|she's|,|as|proudly|are|being|he is|not) gay\b
        gay(?:,| -)? (?:partner|couple|man\b|men\b|woman|marri|relat|husband)
        gay(?:,| -)? (?:wife|rights|and|team|coll|emp|father|dad|son|pride) | lesbian | bisexual | bi-sexual
        transgend | trans (?:wom|man|male|fem|per|emp|coll|guy|girl|boy|ident)
        (?:is|as|identifies as) (?:trans|queer|non binary|bi)\b | non-binary | nonbinary | non binary
        gender (?:reass|ident|dysph|fluid|affirm|recog|trans|queer|confirm) | genderqueer | genderfluid | asexual\b
        pansexual | same sex (?:part|coup|mar|rel|spou|par) | (?:lgbt|lgbtq)\w* | lgbtq?i?\b | civil partnership with
        (?:came|coming|come) out (?:as|to (?:the team|coll|her team|his team|fam|hr)|at work)
        transition(?:ing|ed|s) (?:from (?:male|fem)|to (?:male|fem|a wom|a man)|gender|m2f|f2m|mtf|ftm)
        (?:mtf|ftm|m2f|f2m)\b | hormone therapy tr | two mums | two dads | (?:they|them)/them | pronouns: | deadnam
        (?:mixed|black|white|foreign) (?:ethnic|heritage|parentage|descent|race\b) | mörk hy | mörk i hyn | byter kön
        bytt kön | (?:somalisk|kurdisk|romsk|samisk|arabisk) (?:klan|familj|släkt|stam)
        gift med en (?:man|kvinna), (?:gay|lesb|bög) | (?:man|kvinna|sambo),? gay\b | dark skin | changed sex
        sex change | (?:second|first).generation (?:pak|ind|som|turk|imm|afr|ira|arab|viet|chin|kurd|beng)
        (?:married to|lives with) (?:a|another) (?:man|woman), (?:gay|lesb)
        rom, (?:tal|zig|res|bor) | zigen(?:are|sk) | same från | same, ren(?:$|\W) | same, renskötare | same, renägare
        renskötar(?:sl|fam) | tamilerna | rohingya | hazar(?:a|er|isk)?\b | karen-?folk | vit sydafr | ursprung:
        blandras | kvotflykt | svart, (?:upplev|bem|fått|rasis|kund) | svart kille | svart man\b | neger\b
        (?:går|gick|med|deltog) i pride | prideparad | pridetåg | korriger\w* kön | könskorrig | ändra\w* kön
        juridiskt kön | könsbeteckn | två mammor | två pappor | två mödrar | hans (?:pojkvän|make)\b
        hennes (?:flickvän|hustru|fru)\b | hon och hustrun | han och maken | roma, | traditional roma
        roma (?:dress|skirt|woman|man\b|girl|boy|trad) | black (?:guy|lad|girl|employee|staff member|person|lady|chap)
        ingrian | tatar (?:fam|ori|her|comm|desc|roots) | tatar\W*$ | (?:his|her) own ethnic | slur\b | kurd\W*$
        quota refugee | ethnic(?:ally)? russ | ethnic (?:alban|chin|kurd|serb|hung|pole|turk|uzb|finn)
        bi, (?:not|and|out|but) | out at work | in the closet | closeted | transitioning(?:,|\W*$| since| at work)
        two (?:mums|moms|mothers|dads|fathers)\b | his (?:husband|boyfriend)\b | her (?:wife|girlfriend)\b
        drag queen | top surgery | came out\W*$ | lives openly | wife is a woman | pride march | pride parade
        queer\b(?:,|\W*$) | homofob | bög(?:en|par|ig)?\b | flata\b | transa\b | hen är trans
    """),
        *_BEGINNING,
        rf"(?:{_SWEDISH_PEOPLES})sk[ta]? (?:ursprung|bakgr|härk|påbrå|börd|släkt|etn|föräldr|rötter|familje?bak)",
        rf"(?:{_ENGLISH_PEOPLES}) (?:origin|descent|herit|backgr|ancest|roots|ethnic|born parents|parentage)",
    ),
    allowed=listed(r"""
        etni(?:c|sk|sk[ta]|nen|set|sen|siä|sten|siska) (?:food|mat|rest|ruo|rav|cloth|mönst|kläd|keittiö|muse|musi)\w*
        etni(?:c|sk|sk[ta]|nen|set|sen|siä|sten|siska) (?:kuvio|jewel|patter|grocer|butik|kauppa|hair|print)\w*
        romani(?:an|a\b|assa|aan|asta|alai)\w* | homo(?:lo|gen|sap|nym|sapiens|logo|sfär)\w*
        trans(?:sekvens|mission)\w*
        (?:{goods})\w* (?:of |med |with |från |from )?(?:\w+ )?(?:origin|ursprung|descent|herit)\w*
        (?:\w+) (?:origin|heritage|roots) (?:coffee|tea|cotton|wood|leather|oil|cheese|meat|steel)\w*
        (?:\w+) (?:origin|heritage|roots) (?:goods|rice|spice|wool|honey|restaurant|cuisine)\w*
        (?:\w+) (?:origin|heritage|roots) (?:furniture|listed|building|railway|server|site)\w*
        (?:\w+) (?:origin|heritage|roots) (?:rum|wine|fruit|timber|cars|week|food|trail|brand)\w*
        (?:black|white|mixed|foreign|nordic) (?:origin|background|roots) (?:colou?r|image|theme|label|layer|noise)\w*
        (?:black|white|mixed|foreign|nordic) (?:origin|background|roots) (?:country|currency|pape|mode|file)\w*
        (?:black|white|dark|mixed) backgrounds?\b(?= ?(?:colou?r|image|theme|for|on|with|in|mode|\W*\Z))
        (?:white|black) (?:man(?:ager|ual|ifold)|workbench|workwear|staff (?:door|shirt|toilet))\w*
        (?:white|black) (?:other\w+|worktop|workbook|empty)\w* | asexual reprod\w*
        skin colou?r(?:ed)? (?:tape|plast|glove|option|setting)\w*
        race:? ?(?:\d|condition|number|day|result|track)\w* | racial(?:ly)? (?:equality (?:training|polic))\w*
        ras: (?:hund|katt|häst)\w* | rasism\w* | \brotu\b:? (?:koira|kissa|hevo|lehmä|labrad|noutaj)\w*
        etnis(?:en|een) ravint\w* | gender ?neutral\w* | pronouns? in (?:gram|text)\w* | queer theory | flata\b skor
        gender pay\w* | seksuaali(?:neuv|terap|kasvat|terveysk)\w* | sateenkaari(?:taimen|forelli|värit)\w*
        sexualit\w*(?:kunskap|undervisn)\w* | lgbt\w* (?:polic|train|awaren)\w* | hbtq?-?(?:utbild|certif|policy)\w*
        pride-?(?:logo|flag|viiri)\w* | mixed race (?:day|result|track|event|relay)\w* | (?:homo|lesbo)elokuv\w*
        syntyperäin\w+ (?:englan|ruots|natiiv|puhuja|suomen)\w* | transporter\w*
        black african (?:tea|coffee|wood)\w* | (?:caste|kurd) ?iron
        mustalais(?:pihv|leik|musiik|orkest|leir)\w*
        ihonväri(?:nen|set|siä|sen) (?:laast|teip|sukk|käsin|tuki|alus)\w* | blandras\w*(?: hund| katt|hund)
        hund\w* blandras\w* | regnbågsf(?:ärg|orell|ilm)\w* | transitioning (?:to|into|the) \w+
        (?:hans|hennes) man(?:ager|dat|us)\w* | gay lussac\w* | svart(?:a)?, (?:stl|storl|\d)\w*
    """),
)

#: Words that are names, too.
NAMESAKES = listed(r"""
        romani\b | kurdi?\b
    """)

#: Words for somebody in just this case; with a capital they are names.
AS_WRITTEN = ("gay", "manne", "mannet", "manneja")
