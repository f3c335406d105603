"""Words of being away ill, of a doctor's word on it, and of what somebody is able to do at work.

Belongs here: sick leave, certificates, visits, fitness for work, pensions. Does not belong here: what somebody suffers
from (`illness`, `injury`, `mind`), or how it is treated (`care`).
"""

from __future__ import annotations

from schemas.detectors.lexicon.table import Table, listed

TABLE = Table(
    anywhere=listed(r"""
        sairau[sdtkl] | sairast | sairasl | sairasp | saira(?:ana|at\b|alle tul) | sairas(?:\b|tod|vuo|el|koht)
        sairaan (?:laps|lähei|vanhem|äidin|isän|puolis|vaimon|omais) | sairastel | omaa sairaut
        saikku(?:a\b|na\b|un\b|lo|to|pv|päi|j|s) | saiku(?:ll|lt|n\b|t\b|tt|ss|st)
        saikku (?:v|[0-9]|alk|asti|päät|jatk|pv|kirj) | saikkari | \bsva?-?(?:tod|päiv|lom|pois|jakso)
        \bsva (?:\d|haet|jatk|toimit|alk|kela|asti) | \bsv-p | \bs-loma | \bsair\. ?(?:l|p|t|v) | \(s(?:v|l|va)\)
        \bsl\.? \d+ ?(?:pv|vk|kk|pä|%|d) | \bsl\.? \d+\.\d | \bsl\.? (?:alk|asti|jatk|toist|saak|päät)
        omalla ilmoituksella | omailmoit | (?:poissa|pois|pv|päivää),? oma ilm
        l[äa][äa]k[äa]rin ?(?:todis|lausun|määrä|mukaan|ohje|kirj|suos|vastaanotol|aika|lähet|tod)
        l[äa][äa]k[äa]ri(?:ssä|in\b|käyn|aika|kont)
        l[äa][äa]k[äa]ri (?:määr|suos|kiel|kirj|lähet|tote|sano|arvio|anto|ei)
        työterveyslääkäri(?:n)? (?:suos|laus|muk|läh|määr|arv|kirj|tod|kiel|sal|ei) | ty[öo]terveyteen\b
        ty[öo]terveysneuv
        ty[öo]terveys(?:huollo[ns]s?a?|hoitajan?|lähete) (?:suos|läh|lausu|arvio|seur|käyn|aika|asiak|tark) | tth:n
        tthl | \btth (?:lääk|hoit|laus|läh|käyn|neuv|suos|arvio)
        lähete (?:työterv|tth|fys|psyk|sair|eriko|leikk|kirur|hoito|päih)
        lähete (?:röntg|magn|neuro|ortop|polikl|kuvant) | lähetett\w+ (?:työterv|tth|hoito|päih|fysio)
        (?:ortopedi|kardiologi|neurologi|onkologi|psykologi|gynekologi|urologi|reumatologi|kirurgi)ll[ae]\b
        (?:ortopedi|kardiologi|neurologi|onkologi|psykologi|gynekologi|kirurgi)n (?:vast|kontr|muk|lausu|aika|arvio)
        (?:on|oli|olla|joutui|joutunut|makaa|vietiin|jäi|jäänyt|kotiutui|kotiutunut|pääsi) sairaala(?:ssa|an|sta)
        sairaalahoi | sairaalajakso | sairaalaan joutu | sairaalassa (?:\d|asti|saakka|toist|leik) | sairaalakäy
        teho-?osastol | terveyssyi | terveydellisistä | terveydentila | terveysongel | terveysrajo | terveydeltä
        terveyden vuok | ty[öo]kyvyt | (?:vajaa|osa)ty[öo]ky | ty[öo]rajoit
        ty[öo]kyvyn (?:alen|menet|heik|rajo|arvi|tuk|selv|palau|puut)
        ty[öo]kyky(?:\w{1,2})? (?:on )?(?:alen|heik|rajo) | ty[öo]kyky(?:neuv|arvi|selv|rajo|ongel|est|riski)
        (?:alentun|heikentyn|rajoittun|rajallin|osittai)\w+ ty[öo]ky | ei (?:ole )?ty[öo]kykyi
        toimintakyvyn (?:alen|heik|raj) | kevenn\w+ (?:ty[öo](?:tä|ssä|hön|nk|aik|vuor|teht|\W|$)|tehtäv|vuoro)
        korvaava(?:a|ssa|an)? työ(?:tä|ssä|hön|\W|$) | nostorajoite | yötyökiel | yötyörajo | ei yötyötä ter
        työkokeilu(?:ssa|un) kunt | kuntoutu | kuntoutta | vajaakunto | osasairausp | vammaisel | haittaluok
        haittaprosen | haitta-aste | tapaturman (?:jälk|vuoks|taki|joh|jälj|uhri) | tapaturmassa | tapaturmaan joutu
        tapaturmaeläk | ammattitau[td] | tilapäi\w+ hoitovap | osa-aikais\w+ sair | palautumisvaik
        toipu(?:u|minen|mas|v|i\b|nut) | toipila
        (?:hjärt|njur|lung|lever|mag|tarm|psykiskt |långtids|kroniskt |svårt |allvarligt )sjuk | sjukskriv | sjukdom
        fyssar(?:i\b|il|in luo|iaik) | hammaslääkär(?:ill|iss|iaik|iin) | hammaslääkäri (?:klo|aamul|\d) | ambulanssilla
        ambulanssi vei | päivystykseen (?:viet|jout) | psykologin käyn | työterveydes | teho-?hoido
        sairaalaan (?:\d|vuode|leik|hoit) | sairausraj | varhaisen tuen (?:kesk|malli käyt|palav)
        hälytysraja\w* (?:sair|poiss) | lääkärireissu | verikoe (?:otet|aamu|klo) | verikokeis | laboratoriokoke
        (?:ei|älä) (?:saa|voi) (?:nostaa|kantaa) (?:yli|raska) | ei (?:raskaita|painavia) nosto
        ei raskasta (?:ruum|työ|nost) | kela maks | kelan (?:päätös|lausun|korvaus|kuntout|päiväraha|tuki) | b-lausun
        c-lausun | b-todis | a-todis | vajaakunt | työkyv\.?\W?(?:el|ars|raj|arv|alen) | työkyvyttömyyse
        työkyky\w* (?:[1-9]\d ?%|raj|50|60) | \btk-eläk | kuntoutustu[ek] | osatyökyvyt | \btyök\.? ?eläk | saikku\b
        saikutta | sairaslom | sairauslo | sairaspoiss | \bsairas(?:\b|na\b) | sairas lapsi | sairaan lapsen
        lapsi (?:sairaana|kuumee|oksen|yskä|flunss|kipeä)
        (?:poika|tyttö|tytär|pojalla|tytöllä|tyttärellä|lapsella|lapsilla|muksulla|kuopuksella|esikoisella|
        taaperolla) (?:\w+ )?(?:kuum|sair|rokko|yskä|kipeä|korvat|oksen|vatsa|ripuli|flunss|nuha|mahat|enter|silmätul)
        30-60-90 | (?:30|60|90)\.? (?:pv|päivän|sairauspv|sairauspäivä)\w* (?:sääntö|raja|täyt|ilm|lausun|sairaus)
        (?:60|90) (?:sairauspäi|päivärahapäi) | terveysneuv | työterveysneuvottelu | (?:kolmikanta|verkosto)neuvottel
        \b[abc] ?(?:todistus|lausunto)\w*(?: tt| saat| toim| ok| \d| puutt| läh|\W|$) | lääkärintod | erikoislääkärille
        lääkäri klo | lääkärille (?:\d|klo|ma|ti|ke|to|pe|huom|aika) | lääkärissä | päivystyksessä (?:käy|yö|kävi|tutk)
        ensiavussa (?:käy|yö|\d)
    """),
    beginning=listed(r"""
        sjuk(?:ledig|frånv|fr\W|pens|penn|intyg|anm|dag|ersätt|bidr|lön|tid|perio|lista|avdrag|sk\W|\W|$) | sjuka barn
        insjukn | sjukhusvård(?:as|ad|en\b) | (?:inlagd|ligger) på sjukhus | på sjukhus (?:sedan|efter)
        inlagd på (?:sjuk|avd|psyk|bb) | (?:vabb?|vabbar|vabbade)\b | vård av (?:sjukt )?barn | karensdag | karensavdr
        långtidsfrisk | tillfriskn | läkar(?:intyg|utlåt|ordin|besök|tid\b|undersökn|kontroll) | enligt läkar
        (?:hos|till) (?:tand)?läkare?n?\b | tandläkartid\b | läkaren (?:rek|anser|har|bed|skr|avr|före)
        företagsläkaren (?:rek|anser|har|bed|skr|avr|före|säg)
        företagshälso?v?å?r?d?e?n?:? (?:rek|anser|har|bed|skr|avr|inget|ej|möte|bokad|kontakt) | företagshälsovården:
        kontakt med företagshäls | enligt företagshäls
        (?:remiss|remitterad) till (?:spec|ort|psyk|fys|sjuk|läk|rönt|lung|hjärt|rygg|neur) | arbetsoförm | arbetsoform
        arbetsoför | nedsatt arbetsf | arbetsförm\w+ (?:är )?(?:ned|beg|red) | arbetsförmågebed
        (?:partiellt|delvis|begränsat|nedsatt) arbetsf | (?:begränsad|partiell|bedömning av|bedömd) arbetsf | arbetsträn
        rehabiliter | rehab(?:möt|plan|stöd|utred|ären|penn|samt|period|\W(?:i|till|hos|vid|med|efter|\d)|$)
        arbetspröv | lättare (?:arbete|uppg|syssl) | anpassa(?:t|de) (?:arbete\b|arbetsupp|arbetstid|uppgift)
        lyftförbud | (?:inga|ej|får inte göra|undvik|undvika|undviker) tunga lyft | av hälsoskäl | hälsoskäl
        hälsotillst | hälsoproblem | ohälsa | förtidspens | aktivitetsersättn | handikapp(?:ad|ersätt|bidr)
        arbetsskada(?:d|n|de|\W|$) | efter (?:en )?olycka | konvalesc | återhämta | tillfrisk | uppföljning av frånvaro
        sick ?leave | sick (?:note|pay|day|list|child|since|again|today|until|line|abs|certif|kid|with|from|this|off)
        sickness(?:\b|abs) | self ?cert | fit note | (?:ssp)\b | statutory sick | long ?term sick | home sick | sicknote
        (?:off|called in|calling in|was|is|been|term|child|currently|falls?|fell|phoned in|away|out|home|still) sick\b
        illness | ill health | unwell | (?:is|feels|feeling|child|kid) poorly | under the weather
        (?:is|was|been|seriously|fell|falls|critically|terminally|chronically|mentally|too|taken|off|still|away) ill\b
        ill (?:since|today|until|again|this week|at home) | doctor'?s (?:no|ord|cert|adv|appo|letter)
        gp (?:note|letter|appo|refer|certif|visit) | (?:saw|sees|seeing) (?:the |a )?(?:gp|doctor)
        medical (?:cert|leave|gro|reas|cond|treat|abs|rest|appo|suspen|retire)
        medically (?:unfit|ret|exc|sign|exem|clear|susp) | unfit for (?:work|dut|night) | not fit (?:for|to)
        fitness for work | fit for (?:light|restricted|amended|modified) | incapacit
        signed off (?:work|sick|with (?:stress|dep|anx|back|flu)|by (?:her |his |the |a )?(?:gp|doc))
        signed off for (?:\d|a|an|one|two|three|four|six|another) | health (?:reasons|grounds)
        (?:his|her|with|due to|serious|ongoing|mental|has) health (?:problem|cond|issue) | ill-health | phased return
        return to work (?:plan|interv|meet|after|form) | rtw (?:plan|interv|meet) | back to work interv
        (?:amended|light|restricted|modified|alternative|lighter) dut | (?:reasonable|workplace) adjustm
        occ(?:upational|\.)? health (?:ref|rep|app|ass|adv|rev|rec|phys\w+ (?:rec|adv|say)|says|case|ques|opinion)
        (?:oh) (?:ref|rep|ass|app|rev|adv|rec|doc|case)
        referred to (?:occ|oh\b|gp|a spec|hosp|physio|rehab|treat|eap|coun)
        work(?:ing)? (?:capacity|ability) (?:is )?(?:red|lim|imp)
        reduced (?:work(?:ing)? (?:ability|capacity)|ability to work) | rehabilitat | rehab\b
        work trial (?:as|for|after|fol|dur) | (?:no|avoid|cannot do|can't do|not to do) heavy lifting | hospitali[sz]
        (?:admitted|taken|rushed) to (?:the )?hospital | (?:is|still|was|currently) in hospital
        in hospital (?:since|until|after|for|with) | hospital (?:appo|stay|treat|admis|discharge) | discharged from hosp
        (?:recover|convalesc)\w* (?:from|after) \w*\W?(?:surg|oper|ill|canc|inj|acc|covid) | convalesc | recuperat
        industrial injur | industrial dis | accident at work | work(?:place)? accident | tandläkarbes
        (?:sjukgymnast|fysioterapeut|naprapat) (?:varje|tis|mån|ons|tors|fre|kl|på|i|den|besök|tid)
        (?:kiropraktor|ortoped) (?:varje|tis|mån|ons|tors|fre|kl|på|i|den|besök|tid)
        (?:kardiolog|neurolog|onkolog|specialistläkare) (?:varje|tis|mån|ons|tors|fre|kl|på|i|den|besök|tid)
        (?:hos|till|går hos|besök hos) (?:sjukgymn|fysioterap|ortoped|kardiolog|neurolog|onkolog|specialist|gynekolog)
        ambulans till | till akuten | på akuten | akutbesök
        (?:pga|p\.g\.a\.|på grund av) (?:sjuk|ms\b|värk|hälsa|rygg|migr|infl|stress|astma)
        (?:inga|ej) (?:natt|tunga|kvälls)\w{0,10} av (?:med|häls) | friskintyg | begränsningar enligt
        läkarens (?:ord|råd|bed) | sjukhistor | dentist (?:\d|appo|at|this|on|mon|tue|wed|thu|fri|tom)
        physio (?:every|at|mon|tue|wed|thu|fri|until|tom) | chiropract\w+ (?:app|every|visit)
        (?:taken|went) (?:away )?by ambulance | ambulance (?:called for|took) | a&e | accident and emergency
        emergency room visit | (?:blood|scan|test) results (?:await|due|back) | check.?up at hosp | smear test
        absence trigger | sickness trig | bradford (?:score|factor)
        (?:due to|because of|owing to) (?:ill|sick|health|injur|surg|stress|back|her cond|his cond|depress)
        work restrict\w+ (?:per|by|from|due) | ill.health ret | medical retire | early retirement on health
        (?:disability|invalidity|incapacity) (?:pens|ben|allow|leave) | infirm\b | limps | sj ?led(?:ig)?\b | sjl\b
        sjukis | sjukling | sjuka? (?:idag|igen|sedan|hela|barn|till|hemma|\d|mån|ti|on|to|fr) | sjukt barn
        (?:barn|barnet|sonen|dottern|pojken|flickan|lillan|lillen|minstingen|äldsta|yngsta|
        tvillingarna) (?:har |är |fick |blev |ligger )?(?:sjuk|feber|inlagd|vattk|kräk|mags|öron|hostar|förkyl|febrig|
        dålig|på akut|krupp|svinkoppor)
        vsb (?:\d|h\b|ma|ti|on|to|fr|hel) | tillf(?:\.|ällig) vård (?:av|bar)
        (?:30|60|90) (?:sjuk|dagars)\w* (?:gräns|regel|samtal|anm) | trepartssam | arbetsförmåga\W? ?\d
        arbetsförmåga (?:återst|på|nu|är) | (?:b|a|c)-intyg | b-utlåt | (?:del)?invalidpens | sjukpension
        fullt arbetsof
        (?:samtal|möte|neuvottel\w*|kontakt|tid|återgång|diskussion) (?:\w+ )?(?:med|hos|på|via) (?:fhv|fhs|
        företagshälsa\w*|arbetshälsa\w*)
        fhv (?:säg|rek|lämp|utlåt|möte|läk|tid) | arbetshälsoinstitutet (?:und|rem)
        (?:remiss|remitterad) till arbetshäls | brukar vara sjuk | sjuk mån | (?:ersättande|korvaava) arbete
        hälsovårdaren (?:rek|säg|tid|besl) | enl\.? ?(?:läk|fhv|hälsov|företagsl) | läkare kl
        ögonläk\w* (?:kl|tid|bes|idag) | (?:öron|hud|hjärt|barn|kvinno|specialist|hand)läk\w* (?:kl|tid|bes|idag|\d)
        hos läkaren | läkartid\b | sick \d | sick(?:lv|leave|abs|pay)\b | (?:sick|s/)l(?:v|ve)? \d | s/l\b
        sl \d+(?:d|wk|\.) | sl (?:mon|tue|wed|thu|fri|until|til|cert|no cert) | lts\b(?: |–|-|:|,|$)
        (?:lt|long term) sick | lt sick | saikku | sickie | phoned in ill | called off (?:sick|ill) | sicklist
        self-reported \d | self.?rep\w* (?:sick|abs|ill) | certificate (?:a|b)\b | (?:a|b)-certificate
        certificate to kela | kela certif | sick cert | doc(?:tor)?s?'? note | fmla | ada (?:accom|req)
        accommodation request | std claim | ltd (?:claim|packet|appr|paid|ins|benef) | short term disab
        long term disab | iip claim | (?:income|wage) protection claim | esa\b (?:claim|award) | pip (?:claim|award)
        attendance allow | dla\b | eap (?:coun|ref|ses|cont|used|cal) | employee assistance (?:ref|ses|coun|used)
        counsell?ing,? \d
        (?:feeling|feels|felt|feel) (?:rough|ill|sick|poorly|unwell|awful|dizzy|faint|queasy|nauseous|lousy|terrible|
        run down)
        not (?:feeling|feel) (?:well|great|good) | dodgy (?:tummy|stomach|prawn) | food poison | upset stomach
        (?:oh|occ health|gp|doctor) (?:called|says|said|recomm|confirm|advis|signed|appt|appo|report|note|letter|inform)
        (?:he|she|kid|child|son|daughter|baby|toddler|little one|boy|girl|twins|youngest|eldest)'?s? (?:\w+ )?(?:ill|
        sick|poorly|fever|infection|vomiting|chickenpox|ear infection|tonsil|croup|temperature|in hospital|a&e|unwell|
        rash)\b
        temp\.? (?:childcare|care of) | care of (?:a )?sick | sick (?:kid|toddler|baby|daughter|son)
        (?:doctor|gp|neurologist|cardiologist|urologist|oncologist|dermatologist|gyn\w*ologist|psychiatrist|
        psychologist|rheumatologist|orthop\w+|physio\w*|osteopath|dietitian|surgeon)'?s? (?:opinion|ref|appo|appt|visit|
        on \d|in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|said|says|next|again|tomorrow|today|at \d)
        (?:ambulance|paramedics) (?:called|came|fetch|arriv) | treated (?:at|in) (?:the )?hosp | on a drip
        women'?s clinic
        (?:no|not allowed) (?:heavy lifts|lifting|ladders|forklift|driving|night shifts?|heights) (?:for now|until|per|
        after|due|this week|med)
        no (?:lifts|lifting) (?:over|above|>)
    """),
    allowed=listed(r"""
        sairauslomakäytän\w* | (?:{machines}) sairasta\w* | sairasvuode\w* | sjukledighetsvikari\w* | sjukhussäng\w*
        raskaana kuorm\w* | raskauttav\w* | autokuntout\w* | kuntouttamo\w* | toipu\w* (?:of the |i )?(?:{machines})
        (?:road|land|building|soil|bridge|river|track|sewer|pipe|dam|site) rehabilitat\w*
        rehabilitat\w+ of (?:the )?(?:road|bridge|rail)\w* | (?:{machines}) (?:is |was |on |went )?sick
        sick (?:beat|trick|building)\w* | sickness (?:insur|benefit scheme|fund)\w*
        toipu\w* (?:varmuuskop|katko|palvelim|häiriö)\w* | återhämta\w* (?:{files}) | (?:{files}) återhämta\w*
        incapacit\w+ (?:device|drone) | medical (?:history museum|certification body) | homesick\w*
        tapaturmassa vaurioit\w* | lääkäriin (?:toimit|laskut)\w* | fit for light (?:load|vehic)\w*
        (?:not fit for|unfit for) (?:purpose|human|consump|sale|use)\w*
        not fit (?:to|for) (?:print|ship|purp|the door|in)\w* | light duty (?:truck|veh|rack|shelv)\w*
        reasonable adjustm\w+ to (?:price|inv|sched)\w* | phased return of \w+
        rehab\w* (?:of) (?:the )?(?!her|his|hans|hennes|knee|back|shoulder|hip|axel|knä|rygg|höft|pat|empl|work|med)\w+
        rehab\w* (?:av) (?:the )?(?!her|his|hans|hennes|knee|back|shoulder|hip|axel|knä|rygg|höft|pat|empl|work|med)\w+
        sjukt (?:bra|bill|snabb|kul|fin|dyr|stor|gott)\w* | sjuk humor
        (?:opinnäytetyö|gradu|väitöskirja|tutkielma)\w*\W{1,3}(?:aihe\w*|aiheena)?[^;.]{0,50}
        (?:thesis|dissertation|essay|article|podcast|lecture|documentary) (?:on|about) [^;.]{0,50}
        (?:examensarbete|avhandling|artikel|uppsats|föredrag|föreläsning) om [^;.]{0,50}
        sairausajan (?:palk\w+ )?(?:tes|laske|ohje|määrit|kohta|sääntö)\w*
        \b\w{0,20}poissaolo\W?(?:ohje|käytän|malli|tilast|raport|prosent)\w*
        sjuk(?:frånvaro|löne|lednings)\w{0,6}\W?(?:policy|regl|stat|procent|rapp|anvis|para|tabell)\w*
        sick(?:ness)? (?:leave|pay|absence|rate) (?:polic|rule|clause|guid|rate|stat|report|%|calc|param|law|form)\w*
        sjuk(?:t)? (?:prest|mål|kväll|grej|räddn|tid|lågt|höga?|låga?|billig|mycket|många|långt|tungt|häftig)\w*
        sick (?:of|and tired|light|sensor|ag\b|moves|graphics|wheels) | (?:skämt|joke)\w* (?:sjuk|sick)\w*
        (?:putki|viemäri|verkosto|silla|tie\b|tien|tiestö|julkisivu|vesijohto|rakennu|katu|kaivo|suo\b|joki|
        järven)\w* kuntoutu\w*
        kuntoutusasent\w* | rehabilitera\w* (?:\w+ )?(?:fasad|bro|vatten|rör|avlopp|hus|byggn|väg|damm|tak)\w*
        (?:{machines}) (?:on )?(?:sairas|saikulla|kipeä)\w*
        (?:feels?|feeling) (?:sick|rough) (?:edge|surface|finish|cut)\w*
        health (?:check|exam) (?:endpoint|url|api|probe|script|{machines})\w*
        (?:{machines}|api|node|endpoint|cluster) health.?check\w*
        health.?check (?:of|for) (?:the )?(?:{machines}|api|node|cluster)\w* | saikku(?:prosent|tilast|%)\w*
        sairaus\w*(?:prosent|%)\w* | (?:sjuk|sairaus)\w*(?:avgift|maksu|premi|tariff)\w*
        (?:not|no longer) (?:sick|ill) of \w+ | (?:ambulance|ambulans)\w* (?:service|station|garage|contract|driver)\w*
    """),
)
