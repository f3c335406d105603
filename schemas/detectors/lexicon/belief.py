"""Words of religion and belief, and of politics.

Belongs here: churches, faiths and how they are lived; parties, offices one is elected to, opinions. Does not belong
here: trade unions (`union`), or origin (`origin`).

A church, a mosque or a party by its name is a place and a customer; what counts is that somebody belongs to it.
"""

from __future__ import annotations

from schemas.detectors.lexicon.table import Table, listed

TABLE = Table(
    anywhere=listed(r"""
        uskont | uskonno | uskovai | vakaumu | uskonvel | uskonelä | (?:tuli|tullut) uskoon | vahvasti uskossa
        jumalanusk | (?:usko|uskoo) jumalaan | rukou[sk] | rukoil | ev(?:ankelis|\.? ?)-?lut | luterilai
        ortodoks(?:i\b|inen\b|in\b|eja|it\b|isen usk|isuu) | hellunta(?:i?lai|i(?:seu|her|ystäv|kirk|srk|seurak|usk))
        \bhellarit? | jehova | todistaja(?:n|in|t)? usko | lestadiol | körttiläi | herännäi | herätysliik | viideslä
        vapaaki?rko(?:n|lli) | vapaakirkollis | vapaaseurakuntala | muslim | islamin | islamilai | islamiin | juutalai
        katoli(?:lai|nen\b|sen usk|suu) | roomalaiskat | buddhala | hindula | hinduis | hindujuhl | sikhi | adventist
        babtisti | baptisti | metodist | mormon | ateisti | ateismi | \bagnosti | vapaa-ajattelij | skientolog
        saientolog | scientolog | krishna | kristityk? | kristitty | kristillisen vak | bahai | \bshiia | sunnimus
        (?:eronnut|erosi|eroaa|eroamassa) (?:ev\W?lut\W? |\w+ |mihinkään )?(?:kirkosta|kirkkoon|seurakun)
        (?:eronnut|erosi|eroaa|eroamassa) (?:ev\W?lut\W? |\w+ |mihinkään )?(?:uskonto|uskontok)
        (?:lähti|lähtenyt|liittyi) (?:ev\W?lut\W? |\w+ |mihinkään )?(?:kirkosta|kirkkoon|seurakun|uskonto|uskontok)
        (?:liittynyt|liittyy|kuuluu|kuulu) (?:ev\W?lut\W? |\w+ |mihinkään )?(?:kirkosta|kirkkoon|seurakun)
        (?:liittynyt|liittyy|kuuluu|kuulu) (?:ev\W?lut\W? |\w+ |mihinkään )?(?:uskonto|uskontok)
        (?:kuulunut|kuulumaton) (?:ev\W?lut\W? |\w+ |mihinkään )?(?:kirkosta|kirkkoon|seurakun|uskonto|uskontok)
        kirkkoon kuul | kirkon jäsen | kirkosta ero | kirkollisver | seurakunnan jäsen | seurakuntaan kuul
        seurakunta-aktiiv | käy (?:kirkossa|moskeija|rukous|seurakun|seurois) | ramadan
        paasto(?:aa|aja|nsa|lla|n aik|kuu|n vuok|amis) | hijab | niqab | burka | turbaani | kosher
        (?:syö|vain|ruokavalio:?) halal | halal-ruokav | sapat(?:in\b|tina|ti vap|tia|in vuok) | moskei(?:jassa|ja-)
        synagoogassa | bat mitsva | bar mitsva | seuroissa | rippikoulussa | rippikouluun | rippikoululei | käy rippik
        rippileir | uudestikast | puolue(?:kan|akt|jäs|kirj|toimin|kokousedus)
        puolue(?:en (?:jäs|ehd|kan|akt|halli|edus|leiv|piiri|list|puheenj|varapuh|tilais))
        poliitti\w+ (?:vak|miel|toim|kan|näk|akt|suun|taus|aate|luott|ura|tehtäv|sitout)
        poliittisesti (?:akt|sit|suunt|mukana) | politiikassa muk | (?:mukana|aktiivinen|toimii) politiik
        \b(?:sdp|rkp|kd|kok|kesk|vihr|vas|ps|skp|liike nyt)\.?(?::n|in)? (?:jäsen|ehdo|valt|piiri|osast|kann)
        \b(?:sdp|rkp|kd|kok|kesk|vihr|vas|ps|skp|liike nyt)\.?(?::n|in)? (?:lista|akt|ryhm|kunnal|varav)
        (?:valtuutettu|edustaja|ehdokas),? ?\((?:sdp?|rkp|r|kd|kok|kesk|vihr|vas|ps|liik|skp)\.?\)
        (?:ehdolla|jäsen|varajäsen),? ?\((?:sdp?|rkp|r|kd|kok|kesk|vihr|vas|ps|liik|skp)\.?\)
        keskustan (?:jäsen|ehdok|ehdol|valtuut|kunnanv|kansaned|varav|piirih|kannattaj)
        (?:kokoomu|vihreiden|vihreitten|vasemmistol|perussuom)\w* (?:jäs|ehdo|kunnanv|valtuut|kansane)
        (?:kokoomu|vihreiden|vihreitten|vasemmistol|perussuom)\w* (?:varav|piiri|list|kann|akt)
        (?:demari|sosiaalid|kristillisdem|persu|kommunisti)\w* (?:jäs|ehdo|kunnanv|valtuut|kansane)
        (?:demari|sosiaalid|kristillisdem|persu|kommunisti)\w* (?:varav|piiri|list|kann|akt)
        (?:kokoomu|vihreiden|vihreitten|vasemmistol|perussuom)\w* (?:kunnallisj|paikallis|hallit)
        (?:kokoomu|vihreiden|vihreitten|vasemmistol|perussuom)\w* (?:ryhmä|nuor|leiri|leiv|riv)
        (?:demari|sosiaalid|kristillisdem|persu|kommunisti)\w* (?:kunnallisj|paikallis|hallit)
        (?:demari|sosiaalid|kristillisdem|persu|kommunisti)\w* (?:ryhmä|nuor|leiri|leiv|riv)
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
    """),
    beginning=listed(r"""
        religi(?:on|ös) | tros(?:bekänn|samf|upp|fråg|inrikt|rikt) | evangelisk-?lut | lutheran | luthersk | lutersk
        ortodox(?:\W|$| krist|t) | moslem | islamsk? | jud(?:isk|inna|ar\b|endom) | jude, | är jude
        pingst(?:v|kyrkl|rör|försam) | katolik | katolsk | katolicis | frikyrk | laestadian | læstad | lestadian
        baptist (?:past|mem|fam) | buddhis | hindu (?:fest|fam|tem|wed|hol|bel|fai) | sikh (?:turb|fest|fam|tem)
        ateist | humanist(?:isk)? livs | scientol | väckelse(?:rör|krist) | frälst | gudstro | gudfr
        bekännande krist | (?:är|djupt|aktiv|troende|personligt|konservativ|blivit|praktiserande) krist
        kristen (?:tro|över|livs|med)
        (?:tillhör|utanför|ur|lämnat) (?:svenska |katolska |ev\W?luth?\W? )?(?:kyrkan|försam\w*|frikyrk\w*|moské\w*)
        (?:tillhör|utanför|ur|lämnat) (?:finska |den |en )?(?:kyrkan|försam\w*|frikyrk\w*|moské\w*)
        (?:lämnade|medlem i|aktiv i) (?:svenska |katolska |ev\W?luth?\W? )?(?:kyrkan|försam\w*|frikyrk\w*|moské\w*)
        (?:lämnade|medlem i|aktiv i) (?:finska |den |en )?(?:kyrkan|försam\w*|frikyrk\w*|moské\w*)
        (?:tillhör|utanför|ur|lämnat) (?:svenska |katolska |ev\W?luth?\W? )?(?:synagog\w*|missionsk\w*|pingstk\w*)
        (?:tillhör|utanför|ur|lämnat) (?:finska |den |en )?(?:synagog\w*|missionsk\w*|pingstk\w*)
        (?:lämnade|medlem i|aktiv i) (?:svenska |katolska |ev\W?luth?\W? )?(?:synagog\w*|missionsk\w*|pingstk\w*)
        (?:lämnade|medlem i|aktiv i) (?:finska |den |en )?(?:synagog\w*|missionsk\w*|pingstk\w*)
        (?:med i|utträtt ur|engagerad i) (?:svenska |katolska |ev\W?luth?\W? )?(?:kyrkan|försam\w*|frikyrk\w*)
        (?:med i|utträtt ur|engagerad i) (?:svenska |katolska |ev\W?luth?\W? )?(?:moské\w*)
        (?:tror|tjänar i|går i) (?:svenska |katolska |ev\W?luth?\W? )?(?:kyrkan|försam\w*|frikyrk\w*|moské\w*)
        (?:med i|utträtt ur|engagerad i) (?:finska |den |en )?(?:kyrkan|försam\w*|frikyrk\w*|moské\w*)
        (?:tror|tjänar i|går i) (?:finska |den |en )?(?:kyrkan|försam\w*|frikyrk\w*|moské\w*)
        (?:med i|utträtt ur|engagerad i) (?:svenska |katolska |ev\W?luth?\W? )?(?:synagog\w*|missionsk\w*|pingstk\w*)
        (?:tror|tjänar i|går i) (?:svenska |katolska |ev\W?luth?\W? )?(?:synagog\w*|missionsk\w*|pingstk\w*)
        (?:med i|utträtt ur|engagerad i) (?:finska |den |en )?(?:synagog\w*|missionsk\w*|pingstk\w*)
        (?:tror|tjänar i|går i) (?:finska |den |en )?(?:synagog\w*|missionsk\w*|pingstk\w*)
        medlem i (?:kyrk|försam|svenska kyrk|moské) | kyrkomedl | kyrkoskatt | kyrkligt? (?:akt|eng) | kyrkobesök
        troende | livsåskådn | fastar (?:under|i|till|på) | fastemånad
        (?:äter|endast|bara|enbart) (?:halal|koscher|kosher) | halal-?kost | koscher(?:kost|mat)
        (?:inte|ej) (?:fläsk|griskött) av | sabbaten | bönepaus | bönestund | ber (?:fem|5) g | slöja (?:av|på)
        bär (?:slöja|turban|hijab|kippa|kors) | konfirmationsl | konfirmand | bibelst | fredagsbön
        parti(?:medl|akt|till|bok|pol|ledn|styr|sympat|kamrat|ordf|vän|arb|distr)
        medlem i (?:sfp|sdp|saml|centern|vänst|gröna|social|moderat|sverigedem|liberal)
        medlem i (?:kristdem|miljöp|sannf|folkp|kd\b|ett parti|partiet)
        (?:aktiv|med|engagerad|kandidat|kandiderar) (?:i|på|för|med|åt) (?:sfp\b|sdp\b|samlingsp|centern)
        (?:aktiv|med|engagerad|kandidat|kandiderar) (?:i|på|för|med|åt) (?:centerp|vänstern|vänsterp)
        (?:ställer upp|invald|vald) (?:i|på|för|med|åt) (?:sfp\b|sdp\b|samlingsp|centern|centerp|vänstern|vänsterp)
        (?:aktiv|med|engagerad|kandidat|kandiderar) (?:i|på|för|med|åt) (?:gröna\b|socialdem|moderaterna)
        (?:aktiv|med|engagerad|kandidat|kandiderar) (?:i|på|för|med|åt) (?:sverigedem|liberalerna)
        (?:ställer upp|invald|vald) (?:i|på|för|med|åt) (?:gröna\b|socialdem|moderaterna|sverigedem|liberalerna)
        (?:röstar|röstade|sympatiserar) (?:i|på|för|med|åt) (?:sfp\b|sdp\b|samlingsp|centern)
        (?:förtroendeuppdrag|uppdrag) (?:i|på|för|med|åt) (?:sfp\b|sdp\b|samlingsp|centern)
        (?:röstar|röstade|sympatiserar|förtroendeuppdrag|uppdrag) (?:i|på|för|med|åt) (?:centerp|vänstern|vänsterp)
        (?:röstar|röstade|sympatiserar) (?:i|på|för|med|åt) (?:gröna\b|socialdem|moderaterna|sverigedem|liberalerna)
        (?:förtroendeuppdrag|uppdrag) (?:i|på|för|med|åt) (?:gröna\b|socialdem|moderaterna|sverigedem|liberalerna)
        (?:aktiv|med|engagerad|kandidat|kandiderar) (?:i|på|för|med|åt) (?:kristdem|miljöp|sannf|folkp|kd\b|partiet)
        (?:ställer upp|invald|vald) (?:i|på|för|med|åt) (?:kristdem|miljöp|sannf|folkp|kd\b|partiet)
        (?:aktiv|med|engagerad|kandidat|kandiderar) (?:i|på|för|med|åt) (?:(?:s|m|sd|c|v|mp|kd|l)\b)
        (?:ställer upp|invald|vald) (?:i|på|för|med|åt) (?:(?:s|m|sd|c|v|mp|kd|l)\b)
        (?:aktiv|med|engagerad|kandidat|kandiderar) (?:i|på|för|med|åt) (?:fullm|kommunf|kommunalv|riksd|politiken)
        (?:ställer upp|invald|vald) (?:i|på|för|med|åt) (?:fullm|kommunf|kommunalv|riksd|politiken)
        (?:röstar|röstade|sympatiserar) (?:i|på|för|med|åt) (?:kristdem|miljöp|sannf|folkp|kd\b|partiet)
        (?:förtroendeuppdrag|uppdrag) (?:i|på|för|med|åt) (?:kristdem|miljöp|sannf|folkp|kd\b|partiet)
        (?:röstar|röstade|sympatiserar|förtroendeuppdrag|uppdrag) (?:i|på|för|med|åt) (?:(?:s|m|sd|c|v|mp|kd|l)\b)
        (?:röstar|röstade|sympatiserar) (?:i|på|för|med|åt) (?:fullm|kommunf|kommunalv|riksd|politiken)
        (?:förtroendeuppdrag|uppdrag) (?:i|på|för|med|åt) (?:fullm|kommunf|kommunalv|riksd|politiken) | kandiderar
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
        (?:devout|converted to|is an?|committed|strict) (?:christian|muslim|jew\b|catholic|hindu)
        (?:devout|converted to|is an?|committed|strict) (?:buddhist|sikh|christ|islam|judaism)
        (?:observant|became an?|born again) (?:christian|muslim|jew\b|catholic|hindu)
        (?:observant|became an?|born again) (?:buddhist|sikh|christ|islam|judaism)
        (?:faithful|former|non-?practi[sc]ing) (?:christian|muslim|jew\b|catholic|hindu)
        (?:evangelical|coptic|conservative) (?:christian|muslim|jew\b|catholic|hindu)
        (?:faithful|former|non-?practi[sc]ing|evangelical|coptic|conservative) (?:buddhist|sikh|christ|islam|judaism)
        christian (?:faith|belief|values|convic|upbringing|bel) | converted to (?:islam|chri|jud|cath|budd|hind|orth)
        of (?:muslim|jewish|christian|hindu|catholic) (?:faith|belief)
        (?:left|joined|attends|attending) (?:the |a |an |his |her )?(?:\w+ )?(?:church|mosque|synagogue)\b
        (?:left|joined|attends|attending) (?:the |a |an |his |her )?(?:\w+ )?(?:temple|parish)\b
        (?:left|joined|attends|attending) (?:our |their |local )?(?:\w+ )?(?:church|mosque|synagogue|temple|parish)\b
        (?:goes to|active in) (?:the |a |an |his |her )?(?:\w+ )?(?:church|mosque|synagogue|temple|parish)\b
        (?:goes to|active in) (?:our |their |local )?(?:\w+ )?(?:church|mosque|synagogue|temple|parish)\b
        (?:left|joined|attends|attending) (?:the |a |an |his |her )?(?:\w+ )?(?:congregation|gurdwara|chapel)\b
        (?:left|joined|attends|attending) (?:our |their |local )?(?:\w+ )?(?:congregation|gurdwara|chapel)\b
        (?:goes to|active in) (?:the |a |an |his |her |our |their |local )?(?:\w+ )?(?:congregation|gurdwara|chapel)\b
        (?:members? of|belongs to) (?:the |a |an |his |her )?(?:\w+ )?(?:church|mosque|synagogue|temple|parish)\b
        (?:volunteers? at) (?:the |a |an |his |her )?(?:\w+ )?(?:church|mosque|synagogue|temple|parish)\b
        (?:members? of|belongs to) (?:our |their |local )?(?:\w+ )?(?:church|mosque|synagogue|temple|parish)\b
        (?:volunteers? at) (?:our |their |local )?(?:\w+ )?(?:church|mosque|synagogue|temple|parish)\b
        (?:members? of|belongs to) (?:the |a |an |his |her )?(?:\w+ )?(?:congregation|gurdwara|chapel)\b
        (?:volunteers? at) (?:the |a |an |his |her )?(?:\w+ )?(?:congregation|gurdwara|chapel)\b
        (?:members? of|belongs to|volunteers? at) (?:our |their |local )?(?:\w+ )?(?:congregation|gurdwara|chapel)\b
        (?:elder (?:at|in)|deacon (?:at|in)) (?:the |a |an |his |her )?(?:\w+ )?(?:church|mosque|synagogue)\b
        (?:elder (?:at|in)|deacon (?:at|in)) (?:the |a |an |his |her )?(?:\w+ )?(?:temple|parish)\b
        (?:elder (?:at|in)|deacon (?:at|in)) (?:our |their |local )?(?:\w+ )?(?:church|mosque|synagogue)\b
        (?:elder (?:at|in)|deacon (?:at|in)) (?:our |their |local )?(?:\w+ )?(?:temple|parish)\b
        (?:preaches (?:at|in)) (?:the |a |an |his |her )?(?:\w+ )?(?:church|mosque|synagogue|temple|parish)\b
        (?:preaches (?:at|in)) (?:our |their |local )?(?:\w+ )?(?:church|mosque|synagogue|temple|parish)\b
        (?:elder (?:at|in)|deacon (?:at|in)) (?:the |a |an |his |her )?(?:\w+ )?(?:congregation|gurdwara|chapel)\b
        (?:elder (?:at|in)|deacon (?:at|in)) (?:our |their |local )?(?:\w+ )?(?:congregation|gurdwara|chapel)\b
        (?:preaches (?:at|in)) (?:the |a |an |his |her )?(?:\w+ )?(?:congregation|gurdwara|chapel)\b
        (?:preaches (?:at|in)) (?:our |their |local )?(?:\w+ )?(?:congregation|gurdwara|chapel)\b
        (?:worships at|baptised in) (?:the |a |an |his |her )?(?:\w+ )?(?:church|mosque|synagogue|temple|parish)\b
        (?:worships at|baptised in) (?:our |their |local )?(?:\w+ )?(?:church|mosque|synagogue|temple|parish)\b
        (?:worships at|baptised in) (?:the |a |an |his |her )?(?:\w+ )?(?:congregation|gurdwara|chapel)\b
        (?:worships at|baptised in) (?:our |their |local )?(?:\w+ )?(?:congregation|gurdwara|chapel)\b
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
        (?:labour|green|conservative|liberal|democratic|republican) party
        (?:communist|socialist|tory|left|centre|finns|coalition) party
        (?:reform|independence|far-right|nationalist|workers'?|pirate|social democratic|christian democratic) party
        party (?:activist|affil|candid)
        (?:labour|conservative|tory|liberal|lib dem|lib dems) (?:council+or|member|cand|activ|voter|support)
        (?:labour|conservative|tory|liberal|lib dem|lib dems) (?:mp\b|politic|campaign|canvass|donor|branch)
        (?:green|greens|republican|democrat|democrats) (?:council+or|member|cand|activ|voter|support)
        (?:green|greens|republican|democrat|democrats) (?:mp\b|politic|campaign|canvass|donor|branch)
        (?:democratic|snp|ukip|reform uk|socialist|sdp|centre) (?:council+or|member|cand|activ|voter|support)
        (?:democratic|snp|ukip|reform uk|socialist|sdp|centre) (?:mp\b|politic|campaign|canvass|donor|branch)
        (?:left alliance|plaid|sinn f[eé]in|dup) (?:council+or|member|cand|activ|voter|support)
        (?:left alliance|plaid|sinn f[eé]in|dup) (?:mp\b|politic|campaign|canvass|donor|branch)
        council+or\W{1,3}(?:lab|con|lib|gre|snp|ind|ukip|dem|tory)
        (?:city|town|county|municipal|local|parish|district|elected|borough|deputy|former|is a|serving) council+or
        council+or (?:for|in|at|since|until|duties) | city council (?:member|seat)
        (?:elected|re-?elected) to (?:the )?(?:\w+ )?(?:council|parl|house|assembly|congress|senate)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:local |general |city )?(?:parliament|council\b)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:municipal )?(?:parliament|council\b)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:local |general |city |municipal )?(?:elections?\b)
        (?:ran|runs?|running) (?:for|as|in) (?:the |a )?(?:local |general |city |municipal )?(?:parliament|council\b)
        (?:ran|runs?|running) (?:for|as|in) (?:the |a )?(?:local |general |city |municipal )?(?:elections?\b)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:european |town |council )?(?:parliament|council\b)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:european |town |council )?(?:elections?\b)
        (?:ran|runs?|running) (?:for|as|in) (?:the |a )?(?:european |town |council )?(?:parliament|council\b)
        (?:ran|runs?|running) (?:for|as|in) (?:the |a )?(?:european |town |council )?(?:elections?\b)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:local |general |city )?(?:mayor|office\b|congress)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:local |general |city )?(?:senate)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:municipal )?(?:mayor|office\b|congress|senate)
        (?:ran|runs?|running) (?:for|as|in) (?:the |a )?(?:local |general |city )?(?:mayor|office\b|congress|senate)
        (?:ran|runs?|running) (?:for|as|in) (?:the |a )?(?:municipal )?(?:mayor|office\b|congress|senate)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:european |town |council )?(?:mayor|office\b|congress)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:european |town |council )?(?:senate)
        (?:ran|runs?|running) (?:for|as|in) (?:the |a )?(?:european |town |council )?(?:mayor|office\b|congress)
        (?:ran|runs?|running) (?:for|as|in) (?:the |a )?(?:european |town |council )?(?:senate)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:local |general |city )?(?:labour|conservat|the greens)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:municipal )?(?:labour|conservat|the greens)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:local |general |city |municipal )?(?:lib dem)
        (?:ran|runs?|running) (?:for|as|in) (?:the |a )?(?:local |general |city )?(?:labour|conservat|the greens)
        (?:ran|runs?|running) (?:for|as|in) (?:the |a )?(?:municipal )?(?:labour|conservat|the greens)
        (?:ran|runs?|running) (?:for|as|in) (?:the |a )?(?:local |general |city |municipal )?(?:lib dem)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:european |town |council )?(?:labour|conservat)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:european |town |council )?(?:the greens)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:european |town |council )?(?:lib dem)
        (?:ran|runs?|running) (?:for|as|in) (?:the |a )?(?:european |town |council )?(?:labour|conservat|the greens)
        (?:ran|runs?|running) (?:for|as|in) (?:the |a )?(?:european |town |council )?(?:lib dem)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:local |general |city )?(?:liberals|an? mp\b|mp\b)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:municipal )?(?:liberals|an? mp\b|mp\b)
        (?:ran|runs?|running) (?:for|as|in) (?:the |a )?(?:local |general |city )?(?:liberals|an? mp\b|mp\b)
        (?:ran|runs?|running) (?:for|as|in) (?:the |a )?(?:municipal )?(?:liberals|an? mp\b|mp\b)
        (?:stood|stands?|standing) (?:for|as|in) (?:the |a )?(?:european |town |council )?(?:liberals|an? mp\b|mp\b)
        (?:ran|runs?|running) (?:for|as|in) (?:the |a )?(?:european |town |council )?(?:liberals|an? mp\b|mp\b)
        (?:votes?|voted|voting) (?:for |against )?(?:labour\b|conservatives?\b|tor(?:y|ies)\b)
        (?:votes?|voted|voting) (?:for |against )?(?:the greens?\b|greens\b|lib dems?\b)
        (?:votes?|voted|voting) (?:for |against )?(?:liberals?\b|snp\b|ukip\b|reform uk|republicans?\b|democrats?\b)
        (?:votes?|voted|voting) (?:for |against )?(?:socialists?\b|communists?\b|sdp\b|trump\b)
        (?:votes?|voted|voting) (?:for |against )?(?:biden\b|brexit|remain\b|the left\b)
        (?:votes?|voted|voting) (?:for |against )?(?:the right\b|left alliance|finns party|centre party|the far)
        canvass(?:es|ed|ing|er)? for
        campaign(?:s|ed|ing) (?:for|against) (?:labour\b|conservatives?\b|tor(?:y|ies)\b)
        campaign(?:s|ed|ing) (?:for|against) (?:the greens?\b|greens\b|lib dems?\b)
        campaign(?:s|ed|ing) (?:for|against) (?:liberals?\b|snp\b|ukip\b|reform uk|republicans?\b|democrats?\b)
        campaign(?:s|ed|ing) (?:for|against) (?:socialists?\b|communists?\b|sdp\b|trump\b)
        campaign(?:s|ed|ing) (?:for|against) (?:biden\b|brexit|remain\b|the left\b)
        campaign(?:s|ed|ing) (?:for|against) (?:the right\b|left alliance|finns party|centre party|the party)
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
    """),
    allowed=listed(r"""
        uskon\w+n (?:opettaj|ohjaaj|lehtor|opetuk|historia|filosof|tutkim)\w*
        uskon(?:to|non)(?:opetu|kasvatu|kirja|histor|tie)\w* | uskontie\w*
        religi\w+ (?:holiday calendar|education|art|konst|histor|stud|publish|book|music)\w*
        religions(?:histor|lärar|vet|kunsk|undervis)\w* | religiously | religionsfri\w*
        ortodoks\w+ (?:seurakun|kirkko|kirkon|kirkkomus|seminaar|hiippa|hautaus|museo)\w*(?! jäs)
        ev\.? ?lut\.? ?(?:seurak|kirkko|kirkon|srk)\w*(?! jäs)
        evankelis-?luterilai\w+ (?:kirkko|kirkon|seurak|kansan)\w*(?! jäs)
        luterilai\w+ (?:kirkko|kirkon|seurak)\w*(?! jäs) | katoli\w+ (?:kirkko|kirkon|koulu|seurak|hiipp)\w*(?! jäs)
        (?:juutalai|islamilai)\w+ (?:seurakun|yhdyskun|hautaus|koulu|museo|keskus)\w*(?! jäs)
        (?:katolska|ortodoxa|lutherska|judiska|islamiska) (?:kyrkan|församl|skolan|stift|förbund)\w*
        (?:katolska|ortodoxa|lutherska|judiska|islamiska) (?:center|begrav|museet)\w*
        (?:evangelisk-lutherska|lutersk\w*) (?:kyrkan|församl|skolan|stift|förbund|center|begrav|museet)\w*
        rukous(?:huone|nauha)\w* | rippikoulu(?:leirin? |tila|ryhm|pap|työ|opett)\w*
        (?:catholic|lutheran|orthodox|islamic) (?:church|school|dioc|hosp|univ|paris|cathed)\w*(?! member)(?! attend)
        (?:jewish|baptist|methodist|anglican) (?:church|school|dioc|hosp|univ|paris|cathed)\w*(?! member)(?! attend)
        (?:catholic|lutheran|orthodox|islamic) (?:centre|center|college|mission|bank)\w*(?! member)(?! attend)
        (?:jewish|baptist|methodist|anglican) (?:centre|center|college|mission|bank)\w*(?! member)(?! attend)
        (?:evangelical|pentecostal|buddhist) (?:church|school|dioc|hosp|univ|paris|cathed)\w*(?! member)(?! attend)
        (?:hindu|sikh|adventist) (?:church|school|dioc|hosp|univ|paris|cathed)\w*(?! member)(?! attend)
        (?:evangelical|pentecostal|buddhist) (?:centre|center|college|mission|bank)\w*(?! member)(?! attend)
        (?:hindu|sikh|adventist) (?:centre|center|college|mission|bank)\w*(?! member)(?! attend)
        (?:catholic|lutheran|orthodox|islamic) (?:art|museum|cemet|congreg|community cent)\w*(?! member)(?! attend)
        (?:jewish|baptist|methodist|anglican) (?:art|museum|cemet|congreg|community cent)\w*(?! member)(?! attend)
        (?:catholic|lutheran|orthodox|islamic) (?:chapel|charit|publish|book|academy)\w*(?! member)(?! attend)
        (?:jewish|baptist|methodist|anglican) (?:chapel|charit|publish|book|academy)\w*(?! member)(?! attend)
        (?:evangelical|pentecostal|buddhist) (?:art|museum|cemet|congreg|community cent)\w*(?! member)(?! attend)
        (?:hindu|sikh|adventist) (?:art|museum|cemet|congreg|community cent)\w*(?! member)(?! attend)
        (?:evangelical|pentecostal|buddhist) (?:chapel|charit|publish|book|academy)\w*(?! member)(?! attend)
        (?:hindu|sikh|adventist) (?:chapel|charit|publish|book|academy)\w*(?! member)(?! attend)
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
    """),
)

#: Faiths after which somebody's people, and their houses too, are called.
NAMESAKES = listed(r"""
        islam\b | hindu\b | jude\b | sikh\b | baptist\b | pagan\b | shia\b | sunni\b
    """)
