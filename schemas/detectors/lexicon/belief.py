"""Words of religion and belief, and of politics.

Belongs here: churches, faiths and how they are lived; parties, offices one is elected to, opinions. Does not belong
here: trade unions (`union`), or origin (`origin`).

A church, a mosque or a party by its name is a place and a customer; what counts is that somebody belongs to it.
"""

from __future__ import annotations

from schemas.detectors.lexicon.table import Table, listed

_TO_CHURCH_FI = (
    "eronnut|erosi|eroaa|eroamassa|lähti|lähtenyt|liittyi|liittynyt|liittyy|kuuluu|kuulu|kuulunut|kuulumaton"
)
_CHURCHES_SV = (
    r"kyrkan|försam\w*|frikyrk\w*|moské\w*|synagog\w*|missionsk\w*|pingstk\w*|bönhus\w*|betel\w*|fridsfören\w*"
)
_CHURCHES = "church|mosque|synagogue|temple|parish|congregation|gurdwara|chapel|bible class|sunday school"
#: Churches that own houses and are written bills, by their adjectives.
_FAITHS = (
    "catholic|lutheran|orthodox|islamic|jewish|baptist|methodist|anglican|evangelical|pentecostal|buddhist|hindu|sikh|"
    "adventist"
)
_HOUSES = (
    "church|school|dioc|hosp|univ|paris|cathed|centre|center|college|mission|bank|art|museum|cemet|congreg|"
    "community cent|chapel|charit|publish|book|academy"
)
_PARTIES_SHORT_FI = "sdp|rkp|kd|kok|kesk|vihr|vas|ps|skp"
_PARTIES_FI = (
    "kokoomu|vihreiden|vihreitten|vasemmistol|perussuom|demari|sosiaalid|kristillisdem|persu|kommunisti|keskustanuor|"
    "liike nytin|kristillisd"
)
_ROLES_FI = (
    "jäs|ehdo|kunnanv|valtuut|kansane|varav|piiri|list|kann|akt|kunnallisj|paikallis|hallit|ryhmä|nuor|leiri|leiv|riv"
)
_PARTIES_SV = (
    r"sfp\b|sdp\b|samlingsp|saml\b|centern|centerp|vänstern|vänsterp|vänsterf|gröna\b|de gröna|socialdem|moderaterna|"
    r"sverigedem|liberalerna|kristdem|miljöp|sannf|folkp|svenska folkp|kd\b|partiet|ett parti|(?:s|m|sd|c|v|mp|l)\b|"
    r"fullm|kommunf|kommunalv|riksd|politiken|lagting|åländsk c|obunden saml|svensk ungdom|centerungdom"
)
_PARTIES = (
    "labour|conservatives?|tory|tories|liberals?|lib dems?|greens?|republicans?|democrats?|democratic|snp|ukip|"
    "reform uk|socialists?|sdp|ncp|spp|centre|left alliance|plaid|sinn f[eé]in|dup|fianna f[aá]il|fine gael|finns|"
    "national coalition|green league|christian democrats?|social democrats?|movement now|communist|coalition"
)
_OFFICE = (
    r"parliament|council\b|elections?\b|mayor|office\b|congress|senate|labour|conservat|the greens|lib dem|liberals|"
    r"an? mp\b|mp\b|finns|sdp|ncp"
)
_ANYWHERE = (
    rf"(?:{_TO_CHURCH_FI}) (?:ev\W?lut\W? |\w+ |mihinkään )?(?:kirkosta|kirkkoon|seurakun|uskonto|uskontok|srk)",
    rf"\b(?:{_PARTIES_SHORT_FI})(?:\.|:n|in)? (?:jäsen|ehdo|valt|varav|piiri|osast|lista|ryhm)",
    rf"(?:{_PARTIES_FI})\w* (?:{_ROLES_FI})",
)
_BEGINNING = (
    r"(?:tillhör|hör till|utanför|ur|lämnat|lämnade|medlem i|aktiv i|med i|utträtt ur|engagerad i|tror|tjänar i|går i|"
    r"andakt i|söndagsskollärare i|sjunger i|predikar i) (?:svenska |katolska |ev\W?luth?\W? |finska |den |en )?"
    rf"(?:{_CHURCHES_SV})",
    r"(?:medlem|aktiv|med|engagerad|kandidat|kandiderar|ställer upp|invald|vald|röstar|röstade|sympatiserar|"
    rf"förtroendeuppdrag|uppdrag|valreklam|kampanj|sitter) (?:i|på|för|med|åt) (?:{_PARTIES_SV})",
    r"(?:devout|converted to|is an?|committed|strict|observant|became an?|born again|faithful|former|"
    r"non-?practi[sc]ing|evangelical|coptic|conservative) (?:christian|muslim|jew\b|catholic|hindu|"
    r"buddhist|sikh|christ|islam|judaism)",
    r"(?:left|joined|attends|attending|goes to|active in|members? of|belongs to|volunteers? at|elder (?:at|in)|"
    r"deacon (?:at|in)|preaches (?:at|in)|worships at|baptised in|sings in|teaches) (?:the |a |an |his |her |our |"
    rf"their |local )?(?:\w+ )?(?:{_CHURCHES})\b",
    rf"(?:{_PARTIES}) "
    r"(?:council+or|member|cand|activ|voter|support|mp\b|politic|campaign|canvass|donor|branch|board|party)",
    r"(?:tory|left|reform|independence|far-right|nationalist|workers'?|pirate|social democratic|christian democratic|"
    r"conservative|labour|green|liberal|republican|democratic|swedish people'?s|people'?s) party",
    rf"(?:stood|stands?|standing|ran|runs?|running) (?:for|as|in) (?:the |a )?(?:\w+ )?(?:{_OFFICE})",
    rf"(?:votes?|voted|voting) (?:for |against )?(?:{_PARTIES}|"
    r"the greens|trump|biden|brexit|remain|the left|the right|the far)\b",
    rf"campaign(?:s|ed|ing) (?:for|against) (?:{_PARTIES}|"
    r"the greens|trump|biden|brexit|remain|the left|the right|the party)\b",
)
_ALLOWED = (rf"(?:{_FAITHS}) (?:{_HOUSES})\w*(?! member)(?! attend)",)

TABLE = Table(
    anywhere=_ANYWHERE
    + listed(r"""
        uskont | uskonno | uskovai | vakaumu | uskonvel | uskonelä | (?:tuli|tullut) uskoon | vahvasti uskossa
        jumalanusk | (?:usko|uskoo) jumalaan | rukou[sk] | rukoil | ev(?:ankelis|\.? ?)-?lut | luterilai
        ortodoks(?:i\b|inen\b|in\b|eja|it\b|isen usk|isuu) | hellunta(?:i?lai|i(?:seu|her|ystäv|kirk|srk|seurak|usk))
        \bhellarit? | jehova | todistaja(?:n|in|t)? usko | lestadiol | körttiläi | herännäi | herätysliik | viideslä
        vapaaki?rko(?:n|lli) | vapaakirkollis | vapaaseurakuntala | muslim | islamin | islamilai | islamiin | juutalai
        katoli(?:lai|nen\b|sen usk|suu) | roomalaiskat | buddhala | hindula | hinduis | hindujuhl | sikhi | adventist
        babtisti | baptisti | metodist | mormon | ateisti | ateismi | \bagnosti | vapaa-ajattelij | skientolog
        saientolog | scientolog | krishna | kristityk? | kristitty | kristillisen vak | bahai | \bshiia | sunnimus
        kirkkoon kuul | kirkon jäsen | kirkosta ero | kirkollisver | seurakunnan jäsen | seurakuntaan kuul
        seurakunta-aktiiv | käy (?:kirkossa|moskeija|rukous|seurakun|seurois) | ramadan
        paasto(?:aa|aja|nsa|lla|n aik|kuu|n vuok|amis) | hijab | niqab | burka(?:\b|a\b|n\b|ssa) | turbaani | kosher
        (?:syö|vain|ruokavalio:?) halal | halal-ruokav | sapat(?:in\b|tina|ti vap|tia|in vuok) | moskei(?:jassa|ja-)
        synagoogassa | bat mitsva | bar mitsva | seuroissa | rippikoulussa | rippikouluun | rippikoululei | käy rippik
        rippileir | uudestikast | puolue(?:kan|akt|jäs|kirj|toimin|kokousedus)
        puolue(?:en (?:jäs|ehd|kan|akt|halli|edus|leiv|piiri|list|puheenj|varapuh|tilais))
        poliitti\w+ (?:vak|miel|toim|kan|näk|akt|suun|taus|aate|luott|ura|tehtäv|sitout)
        poliittisesti (?:akt|sit|suunt|mukana) | politiikassa muk | (?:mukana|aktiivinen|toimii) politiik
        (?:valtuutettu|edustaja|ehdokas),? ?\((?:sdp?|rkp|r|kd|kok|kesk|vihr|vas|ps|liik|skp)\W
        (?:ehdolla|jäsen|varajäsen),? ?\((?:sdp?|rkp|r|kd|kok|kesk|vihr|vas|ps|liik|skp)\W
        keskustan (?:jäsen|ehdok|ehdol|valtuut|kunnanv|kansaned|varav|piirih|kannattaj)
        (?:kansanedustaja|kunta(?:vaali)?|vaali|valtuusto|aluevaali|eduskunta|eurovaali|seurakuntavaali)ehdo
        (?:kunta|kunnallis|alue|aluevaali|eduskunta|euro|presidentin|seurakunta)vaale(?:issa|ihin|ja var)
        ehdolla (?:kunta|alueva|edusk|euro|eu-|vaale|valtuus|kunnallis|puolueen|sdp|kokoom)
        (?:asettui|asettunut|asettuu|lähti|lähtee|pyrkii|pyrki) ehdol | vaalikampanjas | vaalityö
        (?:kunnan|kaupungin|kunta|alue|maakunta|vara)valtuutet | varavaltuut | kunnanvalt\.
        (?:kunnan|kaupungin|alue|maakunta)hallituksen (?:jäs|pj|puheenj|varaj) | valtuustokaud
        (?:kunnan|kaupungin|alue)valtuustossa | valtuuston jäs | kirkkovaltuutet | lautakunnan (?:jäs|varaj|pj)
        äänest(?:i|ää|änyt) (?:kokoom|keskustaa|vihre|vasem|perussu|sdp|sosiaa|demar|rkp|kristil|persu|oikeist)
        perussuomalai(?:nen\b|sia\b) | \bpersu(?:n|t|jen|ja|ille)?\b | \bdemari(?:t|en|puol|n)?\b | kokoomuslai
        keskustalai | vasemmistolai | vasemmistoliittol | oikeistolai | vihervas | kommunist
        sosialist(?:i\b|in|inen v) | äärioik | äärivas | uusnats | kansallismiel | anarkist | marxis
        maahanmuuttovast | kepulai | \bfasist | ortodoksi(?:kirk|usk|seen kirk)
        hengelli(?:nen|sen|sess) (?:työ|kutsu|herä|vakau|elämä|yhteis) | lähetyssaarn | lähetystyössä | maallikkosaarn
        saarnaa(?:\b|ja seur) | (?:liputtaa|kannattaa|tukee|äänestää) (?:vihre|kokoom|keskustaa|sdp|persu|perussu)
        (?:liputtaa|kannattaa|tukee|äänestää) (?:demar|vasemmistol|rkp|kristillis)
        jäsen(?:enä|yys)? (?:kokoom|keskustas|vihreis|vasemmistol|perussu|sdp|rkp|demareis|puolue)
        vihre(?:ä|än|iden) (?:kunnanv|valtuut|ehdok|kaupunginv)
        (?:ps|sdp|kd|rkp|kok|kesk|vas):n (?:piirin|jäsen|valt|ehd|puheenj|lista|osast|kunnal)
        (?:rukous|raamattu)(?:piiri|ryhmä|hetki) | piispa(?:inkokouksen jäs) | pyhäkoulun(?:op|ohj) vap | uskonlahko
        kasteopetu | kastekoulu | aikuiskaste | (?:kirkko|seurakunta|kirkollis)valtuust(?:ossa|oon|on jäs)
        kirkkoneuvosto(?:ssa|n jäs|on\b) | seurakuntaneuvosto(?:n jäs|ssa|on\b) | kirkolliskokousedus | totaalikieltäy
        aseistakieltäy | omantunnons | omantunnonvap | natovast | nato-vast
        (?:kovin|poliittisesti|vahvasti) (?:vasemmalla|oikealla) | elokapina | extinction reb | greenpeace-akt
        mielenosoitu(?:ks|s)(?:issa|essa|een|iin) | ilmastoakti | eläinoikeusakt | eläinaktiv | puoluever | puoluemaks
        (?:kuulu|kuuluu|liittyi|erosi) (?:mihinkään )?srk
        srk(?::hon|hon|:n jäs|:n kuoro|:n vapaaeht|:n luott|:sta ero) | rippikoulun käy | \bisonen\b | \bisosena
        isoskoul | riparilla | riparille | isoseksi | ehtoollis | kirkkokuoro | gospelkuoro | messuavust | tee abortte
        uskonnolli | \blahko(?:on|ssa|n jäs|lai) | herätysliik | suviseur | id al | eid al | eid-juhl | diwali
        jom kippur | kristillis(?:en kasv|esti) | rukoushetk | hartauksia | kansanedustaja(?:\b|na\b)
        europarlamentaarik | puoluetoim | saarna(?:a seur|aa (?:helluntai|vapaak|sunnunt|kirkos|rukous)|mies|miehen)
        todistajien kokouk | valtakunnansal | aktivisti\b | krist(?:illinen vak|inusko) | satanist | wicca | šiia
        shiia | sunnimusl | (?:valtuuste|valtuusto)ryhmän? (?:pj|puheenj|jäs) | lautakuntapaik | vaalimainok
        vaalilehti jak | (?:aluevaltuutettu|aluevaltuuston) | kunnallispol | kuntapol | maanpuol\w* vast
    """),
    beginning=_BEGINNING
    + listed(r"""
        religi(?:on|ös) | tros(?:bekänn|samf|upp|fråg|inrikt|rikt) | evangelisk-?lut | lutheran | luthersk | lutersk
        ortodox(?:\W|$| krist|t) | moslem | islamsk? | jud(?:isk|inna|ar\b|endom) | jude, | är jude
        pingst(?:v|kyrkl|rör|försam) | katolik | katolsk | katolicis | frikyrk | laestadian | læstad | lestadian
        baptist (?:past|mem|fam) | buddhis | hindu (?:fest|fam|tem|wed|hol|bel|fai) | sikh (?:turb|fest|fam|tem)
        ateist | humanist(?:isk)? livs | scientol | väckelse(?:rör|krist) | frälst | gudstro | gudfr
        bekännande krist | (?:är|djupt|aktiv|troende|personligt|konservativ|blivit|praktiserande) krist
        kristen (?:tro|över|livs|med)
        medlem i (?:kyrk|försam|svenska kyrk|moské) | kyrkomedl | kyrkoskatt | kyrkligt? (?:akt|eng) | kyrkobesök
        troende | livsåskådn | fastar (?:under|i|till|på) | fastemånad
        (?:äter|endast|bara|enbart) (?:halal|koscher|kosher) | halal-?kost | koscher(?:kost|mat)
        (?:inte|ej) (?:fläsk|griskött) av | sabbaten | bönepaus | bönestund | ber (?:fem|5) g | slöja (?:av|på)
        bär (?:slöja|turban|hijab|kippa|kors) | konfirmationsl | konfirmand | bibelst | fredagsbön
        parti(?:medl|akt|till|bok|pol|ledn|styr|sympat|kamrat|ordf|vän|arb|distr)
        kandiderar
        (?:fullmäktige|riksdags|kommunal|kommunalvals|eu-vals|vals|riksdagsvals|landstings)kandid
        kandidat i (?:val|kommunal|riks|eu) | valkandid | valarbet | valmanskår | valsedel
        (?:ställer|ställt|ställde) upp i (?:val|kom|riks|eu) | kommunfullmäktig(?:\W|e(?:led|gru|\b, (?:m|s|v)))
        fullmäktigeled | fullmäktigegr | ledamot (?:av|i) (?:kommun|full|riks|region|land)
        ersättare i (?:full|kom|nämn) | fritidspol | kommunalpol | lokalpol
        politiskt? (?:åsikt|övert|akt|eng|till|upp|inst|uppf|färg|bak|häm|org) | politiska (?:åsikt|upp|upd|eng|sym)
        socialdemokrat | sosse\b | sossar | moderaterna\b | moderat(?:pol|led|kandi|väljare) | sverigedemokr
        centerpart | vänsterpart | miljöpart | kristdemok | sannfinl | samlingspart | folkparti | liberalern | sfp:are
        nazist | nynaz | fascist | (?:höger|vänster)ext | extremhöger | extremvänst | marxist | partist\b | religion
        religious | practi[sc]ing \w+ | catholic\b | protestant\b | methodist | anglican | presbyter
        evangelical (?:chr|chu|fai) | quaker | orthodox (?:chr|jew|fai|bel) | born again | islamic | jewish | judaism
        jehovah | buddhist | atheis | agnostic\b | pentecost | latter day | scientologist | pagan bel | wicca
        rastafar | zoroast | shia musl | sunni musl | salafi | amish | zionis
        christian (?:faith|belief|values|convic|upbringing|bel) | converted to (?:islam|chri|jud|cath|budd|hind|orth)
        of (?:muslim|jewish|christian|hindu|catholic) (?:faith|belief)
        (?:elder (?:at|in)|deacon (?:at|in)) (?:the |a |an |his |her )?(?:\w+ )?(?:church|mosque|synagogue)\b
        (?:elder (?:at|in)|deacon (?:at|in)) (?:the |a |an |his |her )?(?:\w+ )?(?:temple|parish)\b
        (?:elder (?:at|in)|deacon (?:at|in)) (?:our |their |local )?(?:\w+ )?(?:church|mosque|synagogue)\b
        (?:elder (?:at|in)|deacon (?:at|in)) (?:our |their |local )?(?:\w+ )?(?:temple|parish)\b
        (?:elder (?:at|in)|deacon (?:at|in)) (?:the |a |an |his |her )?(?:\w+ )?(?:congregation|gurdwara|chapel)\b
        (?:elder (?:at|in)|deacon (?:at|in)) (?:our |their |local )?(?:\w+ )?(?:congregation|gurdwara|chapel)\b
        church(?:.goer|goer|goi| mem| tax| attend| elder| every)
        (?:bible|quran|koran|torah) (?:study|class|group|read) | sunday mass | (?:goes|going) to mass
        fasting (?:during|for|in|this|until|month) | eid (?:off|leave|hol|al|day) | prayer (?:break|time|need|sched)
        prays\b | needs to pray | praying | friday prayer
        (?:eats|only|strictly|needs|requires|observes|keeps) (?:only )?(?:halal|kosher)
        halal (?:only|diet|meal|food) | kosher (?:only|diet|meal|food) | sabbath | shabbat
        no work on (?:saturdays|sundays|fridays) (?:rel|for rel|faith)
        (?:wears|wearing) (?:a |an |the |her |his )?(?:hijab|headscarf|niqab|turban|kippah|burka|yarmulke|veil|cross)
        yom kippur | hanukkah leave | diwali (?:off|leave) | faith: | baptised | confirmation camp
        doesn'?t believe in god | missionary (?:work|trip|year) | on a mission (?:for|year|with) the | party member
        member of (?:the |a )?(?:\w+ )?(?:\w+ )?party
        party (?:activist|affil|candid)
        council+or\W{1,3}(?:lab|con|lib|gre|snp|ind|ukip|dem|tory)
        (?:city|town|county|municipal|local|parish|district|elected|borough|deputy|former|is a|serving) council+or
        council+or (?:for|in|at|since|until|duties) | city council (?:member|seat)
        (?:elected|re-?elected) to (?:the )?(?:\w+ )?(?:council|parl|house|assembly|congress|senate)
        canvass(?:es|ed|ing|er)? for
        election cand
        candidate (?:in|for) (?:the )?(?:local |city |general |next |municipal )?(?:election|council\b|parliament)
        candidate (?:in|for) (?:the )?(?:local |city |general |next |municipal )?(?:mayor|labour|conservat|lib dem)
        political(?:ly)? (?:opin|view|aff|act|bel|exp|conn|party|lean|cand|memb|engag)
        political(?:ly)? (?:campaign|convic|orient|back|sympath|inv|career) | politics (?:opin|view|aff|:)
        (?:for|of|support|supports|backs|with) the (?:far|extreme|hard) (?:right|left)\b
        (?:far|extreme|alt) (?:right|left) (?:act|pol|view|ext|group|party|sym|org|cand|forum)
        (?:left|right).wing (?:act|pol|view|ext|opin|cand|party|group|sym) | communist | neo ?nazi | anarchist
        socialist (?:part|act|bel|view|council) | white suprem | brexit (?:supp|camp|party) | trump supp
        (?:sitter|invald|vald|ledamot|plats) (?:i|för) (?:kommunfull|fullm|riksd|stadsfull|kyrkofull|region)
        (?:greek|russian|eastern|serbian|finnish|coptic|ukrainian) orthodox | (?:djupt|starkt) (?:relig|troende)
        missionär | (?:lay|street) preacher | preaches | ber flera g | (?:medlem i|sitter i|ledamot i) kyrkor
        for his faith | for religious | (?:reads|studies) the (?:bible|koran|quran)
        fridsfören | gammallaest | gammallæst | rauhanyh | (?:id|eid) al | halal(?:kött|\W*$| pga| till|, ) | andakt i
        (?:håller|leder) andakt | söndagsskoll | döps (?:\d|i \w+ kyrk|på) | barndop | livets ord | skriftskol
        konfirmationsl | vill bli präst | känner kallelse | nattvard | rikets sal | väckelsem | lovsång | kyrkokör
        kyrkofull | kyrkoråd | kyrkvärd | predikar | predikant | bönhuset om | egen tro\b | sin tro\b | sin kristna
        totalvägr | vapenvägr | samvetsskäl | samvetsfrihet | lagting(?:sled|sman|et\b|svalet) | lagertingsl
        åländsk center | obunden saml | välfärdsområdesfull | fullmäktige för
        kommunstyrelse(?:led|uppdr|ord|ersätt|möte) | elokapina | demonstrer(?:ar|ade|at)\b | greps vid
        (?:miljö|klimat|djurrätts)aktivist | valreklam | valmöte | valstug | mandatperioden | riksdagsled
        riksdagsman | riksdagsers | svensk ungdom | centerungd | vänsterungd | (?:sdp|sfp|saml|kd|vf|sannf|gröna) kand
        byfullm | stadsfullm\w*led | stadsstyrels\w*led | partipol
        röstar (?:blått|rött|grönt|vänster|höger|borgerligt) | orthodox(?:,|\W*$| easter| christmas| lent| fast)
        (?:bar|bat) mitzvah | (?:first|holy) communion
        denomination\W{1,3}(?:rc|c of e|coe|cath|luth|orth|meth|bapt|none|prot|pent|angl|muslim|jew)
        (?:parish|church) council,? (?:mem|meet|seat|chair|ward) | crucifix
        (?:his|her|their|own) (?:faith|religi|beliefs)\b | conscientious obj | total refuser | total objector
        pacifist | draft (?:refus|resist|dodg) | swedish people'?s party | left alliance | finns party | green league
        national coalition party | registered (?:democrat|republican|socialist) | maga\b | talks trump | pro trump
        anti trump | pro brexit | (?:yes|leave|remain) campaign
        (?:ran|running|stood|standing) for (?:\w+ )?(?:\w+ )?council\b | (?:deputy|vice|town|lord) mayor
        county councillor | regional councillor
        politically (?:a|to|left|right|on the|active|engaged|conserv|liberal|radical|involved|minded|leaning)
        activist\b | (?:marched|demonstrated|protested) (?:with|for|against|at) | extinction reb | just stop oil
        animal rights | greenpeace (?:act|mem) | altar (?:boy|server|girl) | godparent at | christening | baptism\b
        confirmand | alpha course | kingdom hall | sunday school teach | lay reader | evangeli[sz]ing | ramadan
        hajj\b | umrah | (?:passover|purim|pesach|sukkot|eid) (?:off|leave|hol|with|on|week) | atheist
    """),
    allowed=_ALLOWED
    + listed(r"""
        uskon\w+n (?:opettaj|ohjaaj|lehtor|opetuk|historia|filosof|tutkim)\w*
        uskon(?:to|non)(?:opetu|kasvatu|kirja|histor|tie)\w* | uskontie\w*
        religi\w+ (?:holiday calendar|education|art|konst|histor|stud|publish|book|music)\w*
        religions(?:histor|lärar|vet|kunsk|undervis)\w* | religiously | religionsfri\w*
        ortodoks\w+ (?:seurakun|kirkko|kirkon|kirkkomus|seminaar|hiippa|hautaus|museo)\w*(?! jäs)
        (?<!kuuluu )(?<!kuulu )(?<!liittyi )ev\.? ?lut\.? ?(?:seurak|kirkko|kirkon|srk)\w*(?! jäs)
        evankelis-?luterilai\w+ (?:kirkko|kirkon|seurak|kansan)\w*(?! jäs)
        luterilai\w+ (?:kirkko|kirkon|seurak)\w*(?! jäs) | katoli\w+ (?:kirkko|kirkon|koulu|seurak|hiipp)\w*(?! jäs)
        (?:juutalai|islamilai)\w+ (?:seurakun|yhdyskun|hautaus|koulu|museo|keskus)\w*(?! jäs)
        (?:katolska|ortodoxa|lutherska|judiska|islamiska) (?:kyrkan|församl|skolan|stift|förbund)\w*
        (?:katolska|ortodoxa|lutherska|judiska|islamiska) (?:center|begrav|museet)\w*
        (?:evangelisk-lutherska|lutersk\w*) (?:kyrkan|församl|skolan|stift|förbund|center|begrav|museet)\w*
        rukous(?:huone|nauha)\w* | rippikoulu(?:leirin? |tila|ryhm|pap|työ|opett)\w*
        practi[sc]ing (?:certificate|lawyer|account|manage|doctor|solic|barris|piano)\w*
        practi[sc]ing (?:guitar|for|drill|first|the|his|her|safe|agile|scales|penal|yoga)\w* | catholic tastes
        fasting (?:blood|gluc)\w* | sabbat(?:ical|s)\w* | sapattiva\w*
        converted to (?:pdf|csv|eur|euro|xml|json|a |an |the |full|part|perm|new|utf)\w*
        converted to (?:metric|office|led|gas|elect|html|word|ltd|sap|cloud)\w*
        converted to (?:m365|azure|shares|vat|flat|fixed|paperless|postgres)\w*
        converted to (?:linux|windows|python|digital|usd|monthly|hourly)\w* | uskonto(?:jen|museo) (?:talo|museo)\w*
        (?:parish|church) (?:council )?(?:hall|roof|street|organ|office|road|tower)\w*
        puolue(?:en)? (?:toimit|kokous|toimisto|lehti|logo|juliste)\w* | politically correct\w*
        poliittisesti (?:korr|vaik|herk)\w*
        kandiderar (?:till|för) (?:jobb|tjänst|uppdrag\w* som|befatt|pris|certif|rollen)\w*
        valsedel\w* (?:tryck|paket|beställ)\w*
        (?:hard|far) (?:right|left)\b (?:button|corner|column|turn|lane|margin|door|shelf)\w*
        (?:hard|far) (?:right|left)\b (?:panel|side|bay|click|wall|switch|rack|end|hook)\w*
        (?:left|right).wing (?:of|door|roof|back|build)\w* | centre party (?:hire|decor|room)\w*
        party member of (?:the )?(?:contract|agree)\w*
        members? of (?:the )?(?:working|third|search|project|advance|hen|birthday|christmas|wedding|boarding) party\w*
        lautakun\w+ (?:jäsentietoj|esityslis)\w*
        left the (?:\w+ )?(?:church|temple|parish) (?:car ?park|site|street|key|door)\w*
        kokoomu?s(?:näyttel|teos|levy)\w* | keskusta(?:n|ssa)? (?:listahint|ehdotto)\w*
        keskust\w+ (?:listat|kannettav|rivit)\w*
        (?:keskustan|keskustassa|keskustaan|keskustelu\w*) (?:aktiiv|kann|rivi|nuorisot|leiki|listau)\w*
        running for (?:office suppl|offices)\w*
        vote(?:s|d)? for (?:left|right|green) (?:logo|layout|colou?r|option)\w*
        (?:green|liberal|labour|left|centre) (?:member card|member state|branch office|campaign colou?r)\w*
        konfirmer\w+ (?:orden|beställ|bokn|leverans|mötet|tid)\w* | islam(?:abad)\w* | sunni\w* beach | jude law
        (?:hindu|jewish|islamic) (?:kush|art|rye)\w* | böner (?:på burk|kg|ris)\w* | kaffebön\w*
        democratic (?:vote|process|republic)\w* | republican party hire | uskontotun\w+ | uskonnonvapau\w*
        religi\w+ holidays? cal\w*
        rippileiri\w* (?:kok|keitt|siiv|sijai|kuljet|ruoka|emän|tila|bussi)\w* | saarnaa (?:ei tarv|turha|meille)\w*
        turbaani(?:myss|pann|pipo|hattu)\w* | catholic taste\w* | kosher (?:salt|dill|pickle|style)\w*
        religions(?:lärom|böck|bok)\w*
        böner (?:i|och|på|med|från|till) (?:tomat|ris|burk|chili|lunch|majs|sås|salt)\w*
        (?:hellunta\w*|vapaa|baptisti|metodisti|adventisti)seurakun\w*,? (?:kiinteist|talo|toimisto|kansli)\w*
        (?:hellunta\w*|vapaa|baptisti|metodisti|adventisti)seurakun\w*,? (?:laskut|tila|siiv|huolto)\w*
        (?:software|brand|data) evangelis\w* | lovsångs(?:bok|kväll)\w* | predikant(?:bostad|gatan)\w*
        activist invest\w* | (?:shareholder|investor) activist\w* | baptism of fire | ehtoollis(?:leip|viin|kalk)\w*
        skriftskol\w* (?:kock|mat|buss|lokal)\w* | halal\w*(?: \w+)?,? \d+ ?(?:kg|g|st|kpl|ask|burk)\w* | rukousmat\w*
        politi\w+ (?:map|kartta|karta|science|tiet|histor)\w* | halal(?:slakt|certif|köttbull)\w*
        halal (?:certif|meat suppl|chicken|menu)\w* | lagtingets? (?:kansli|hus|fakt|bibliotek)\w*
    """),
)

#: Faiths after which somebody's people, and their houses too, are called.
NAMESAKES = listed(r"""
        islam\b | hindu\b | jude\b | sikh\b | baptist\b | pagan\b | shia\b | sunni\b
    """)
