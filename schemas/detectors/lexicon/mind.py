"""Words of illnesses of the mind, of exhaustion and of addiction.

Belongs here: what is suffered, and what is used too much. Does not belong here: medicines and how they are taken
(`care`).
"""

from __future__ import annotations

from schemas.detectors.lexicon.table import Table, listed

TABLE = Table(
    anywhere=listed(r"""
        sc?[hk]i[tz]so?fre | schi[sz]ophren | bi ?pol[aä]+r | autis[mt] | asperger | dysle[kx] | \badhd | add-diagn
        touret | psykoos | psykos\b | psykotisk | psychosis | psychotic | psyko?oot | psy(?:k|ch)iat
        psy(?:k|ch)o(?:te?rap|ther) | trauma(?:per|att|tera) | posttrauma | post trauma | anti?depres | anore[ckx]si
        \banore[xk] | bulimi | masennu | masentun | mielenterv | ty[öo]uupumu | uupumu | uupunu | uuvuksi | burn ?-?out
        loppuun ?pala | loppu(?:un)? väsy | ahdistu(?:s|k|nei|nut) | paniikki(?:häi|koh) | pakko-?oire
        (?:mieliala|keskittymis|syömis|luki|uni|persoonallisuus|ahdistuneisuus|käytös|kehitys)häiri
        (?:sopeutumis|stressi|tarkkaavuus|tarkkaavaisuus|sukupuoli-identiteetin )häiri
        (?:aistisäätelyn|tarkkaavuuden|keskittymisen|unen|oppimis|oppimisen|puheen) (?:häiri|vaik) | oppimisvaik
        lukivaik | \blukihäi | hahmotushäi | (?:nepsy|neuropsyk) | nepsy- | neurokirjo | autismikirj | kaksisuuntai
        itsetuho | itsemurha | viiltel | hermoromahd | romahti hen | mielisaira | mielialao | mielialal | alakulo
        psyykki | psyykkees | dissosi | \bptsd | \bocd\b | stressilom | stressiperä | stressioir | stressireak
        terapiassa | terapia(?:an|käy|aika|istun|jakso)\b | terapeutil[tl] | (?:kävi|käynyt|aloitti|kelan) terapia
        kelan psykot | jaksamiso | jaksamisen (?:kans|vuok|taki|ongel|tuke) | jaksamisvaik
        jaksaminen (?:heik|huon|alen) | p[äa]ihde(?:on|ri|ku|ho|häi|sai|test\w+ pos|käy|lää|äi) | p[äa]ihteiden k
        p[äa]ihteitä | alkoholi(?:on|ri|smi|sti(?:\b|n\b)|n (?:on|väär|käyt|suur)|hoi|sair|kat) | alkoholisoit
        juoppo(?:\b|us|hul) | juopottel | ratkeili | retkahti | retkahta | retkahdus
        huume(?:on|ri|id|testi\w* pos|hoi|käyt|kuntoutus|veloi) | huumeseula\w* pos | hoitoon ?ohja | hoitoonohj
        katkaisuho | (?:on|meni|alkoholi|viikon|päihde) katkoll | alkoholikatk
        (?:peli|lääke|nikotiini|opioidi|alkoholi|huume|sekakäyttö)(?:riip|addik|ongel) | sekakäyt | vieroitus
        narkomaan | peliriip | peliongel | rahapeliong | korvaushoi | minnesota-?hoi | aa-kerho | aa-ryhm | na-ryhm
        raitistu | raittiina (?:\d|vuo|kk|jo) | addiktio(?:\b|n|t|ita) | humalassa | humaltunee | päihtyn(?:een|yt|ei)
        krapula | känni(?:ssä|läi) | (?:käytti|käyttää|käyttänyt|poltti|polttaa) (?:huum|kannab|pilve|amfet|kokai)
        kokaiini | amfetami | kannabi(?:s|k) | puhallutettu | pelkotil | pelko-oir | sosiaalinen pelko | lentopelko
        korkean paikan kam | (?:unetto|heräily)m | hermot (?:meni|loppu) | jaksamaton | ei jaksa (?:henk|töis)
        henkisesti (?:huono|kuorm|väsy|rom) | henkinen (?:kuorm|paha|romah) | syömishäiriöklin | paniikkikoht
        paniikki(?:n|sta) (?:taki|vuok) | burnis | burn out | stressi(?:n|stä) (?:taki|vuok|väsyn) | työstressi
        uupui\b | uupuneisuu | voimat lop | lääkkeiden väärink | alkometr\w* (?:pos|\d) | viinan ?(?:haju|käk)
        haisi (?:viin|alko|olu|vanha) | vanhalle viinalle | kaapissa viin | ryyppyput | ryyppää | ryyppäs | dokasi
        dokaa | deeku | pilvess | kamoissa | sekaisin (?:töi|vuor|lääk) | psykia | psykologil | kriisiapu(?:a|un)
        kriisikes | traumaat | syömishäi | lääkkeillä sek | aikuis-?adhd | adhd | \badd\b-?(?:lää|diag) | kehityshäi
        uniapne | valvoo yöt | itkuisuu | itkuherk | surulom | surun vuok
    """),
    beginning=listed(r"""
        depressi | deprimer | utbränd | utmattad | utmattning(?:s(?:s|d|rel)|\W|$) | gå(?:r|tt) in i väggen
        gick in i väggen | in i väggen | stressrel | stressreak | stressjuk | krisreak | krissamtal | nedstämd | deppig
        deppad | sömn(?:prob|lös|stör|svår|besv) | psykisk | psykisk ohäl | ångest | panik(?:ång|syn|att) | självmord
        självskad | suicid | ätstör | tvångssyn | tvångstan | personlighetsst | neuropsyk | npf\W | dyslexi
        läs- och skrivsv | koncentrationsst | borderline.?(?:pers|diag|stö)
        (?:hos|till|träffar|går till|går hos) (?:en |sin )?(?:psykolog|kurator|terapeut|psykoterap)
        (?:besöker|samtal med|kontakt med) (?:en |sin )?(?:psykolog|kurator|terapeut|psykoterap) | psykologsamt
        psykologkont | psykologbes | psykologtid | kuratorsamt | (?:går|gått|börjat|är|varit) (?:i|på|hos) \w*terapi
        i terapi\b | samtalsterapi | terapisamt | kbt(?:-|,| (?:sess|ter|beh|hos|via|\d|på|med|mot|för|i\b|x)|$)
        missbruk | alkohol(?:prob|is[mt]|ber|miss|sjuk|demen) | drog(?:prob|miss|ber|test\w* pos|avv|reh)
        narkotika(?:p|m|b)(?:r|er|i|e) | spelmissb | spelberoende | beroendev | beroendesj | beroendeprob | tablettber
        läkemedelsber | narkoman | nykter (?:alk|sedan|i \d) | vårdhänvis | hänvis\w+ till (?:vård|behandl) | avgiftn
        tolvsteg | aa-möte | återfall i (?:miss|drick|alk|depr) | dricker för mycket | problem med alkohol
        depressi(?:on|ve) | depressed | anxiety | anxious (?:dis|and dep) | panic (?:att|dis)
        mental (?:health|break|dis|ill) | mentally (?:ill|unwell|unst|disab) | nervous (?:break|exh)
        (?:had|has had|suffered|having) a breakdown | burn(?:ed|t)? ?out | stress related | stress leave
        work related stress | (?:off|absent|signed off|away) (?:with|due to|because of) (?:work )?stress | exhaustion
        emotional\w* exh | (?:ocd|ptsd|asd|bpd)\b | obsessive comp | self ?harm | eating dis | personality dis
        neurodiv | learning (?:disab|diff) | dyscalc | on the spectrum | attention deficit | hoarding dis | phobia
        (?:sees|seeing|see|visits|visiting) (?:a |an |the |his |her |their )?(?:therapist|psychol|psychiat|shrink)
        (?:under|has|under a|with) (?:a |an |the |his |her |their )?(?:therapist|psychol|psychiat|shrink)
        (?:sees|seeing|see|visits|visiting) (?:a |an |the |his |her |their )?(?:counsell?or|mental health)
        (?:under|has|under a|with) (?:a |an |the |his |her |their )?(?:counsell?or|mental health)
        in (?:therapy|counsell?ing|psychoth)\b | counsell?ing (?:for|sess|since|on|every|appoint|arranged|refer)
        therapy (?:sess|on|every|appoint|for|twice|once|since)
        (?:attends|goes to|having|starting|started) (?:\w+ )?(?:therapy|counsell?ing)\b
        (?:needs|weekly|going to|undergoing) (?:\w+ )?(?:therapy|counsell?ing)\b | alcoholi(?:sm|c\b)
        alcohol (?:prob|abu|dep|add|issue|misus|treat|rehab)
        (?:drug|substance|gambling|opioid|prescription drug) (?:add|abu|prob|dep|misus|habit|rehab|issue)
        (?:drink|drinking|sex|gaming) (?:add|abu|prob|dep|misus|habit|rehab|issue) | substance use
        addict(?:s|ed|ion)?\b | (?:failed|positive) (?:a |the )?(?:drug|alcohol|breath) | drug test pos | detox
        drinks (?:too|heav) | heavy drinker | (?:sober|clean) (?:since|for \d|\d) | in recovery
        relapse (?:of|in (?:dep|her|his)|after) | recovering (?:alc|add|from add) | (?:aa|na) meeting | alcoholics anon
        (?:12|twelve) step | overdos | withdrawal sympt | drug user | on drugs | sectioned (?:under|last|in|for|twice)
        drunk (?:at|on|in) (?:work|duty|the job|shift|train|the match)
        (?:came|turned up|arrived) (?:to work |for work |at work )?(?:drunk|intox|hung ?over|under the infl)
        (?:came|turned up|arrived) (?:in |for duty )?(?:drunk|intox|hung ?over|under the infl)
        (?:showed up|reported) (?:to work |for work |at work |in |for duty )?(?:drunk|intox|hung ?over|under the infl)
        intoxicated | under the influence | hungover | smell(?:s|ed|ing)? of alcohol
        (?:uses|using|used|takes|smokes|smoking|on|possession of) (?:coca|cann|hero|amph|marij|drugs\b|weed) | cocaine
        heroin\b | amphetamin | fear of (?:height|fly|crowd|open) | claustroph | agoraph | low mood | mood swings
        tearful | knark | onykter | berusad (?:på|till|i tj|under)
        (?:kom|var|full|påverkad) (?:berusad|onykter|full|påverkad) (?:på|till) | bakfull | luktade? alkohol | kokain
        amfetamin | cannabis | höjdrädsla | flygrädsla | torgskräck | social fobi | fobi\b | gråtmild | sammanbrott
        mår (?:psykiskt|inte bra) | nervsamm | cbt (?:sess|via|on|with|for|\d|ref|course) | dbt (?:sess|group) | emdr
        eap coun | counsell?ing (?:via|\d)
        (?:talking|talked|talks|thoughts|thinking) (?:about|of) (?:ending|killing|suicid|self)
        ending (?:his|her|it) (?:life|all) | panic att | can'?t cope | not coping
        stressed out (?:and|,) (?:off|sign|home) | wits end | meltdown (?:at|in the) (?:work|office) | grief coun
        bereavement coun | crisis team | mental\W?health | mh (?:crisis|issues|team|day)\b | stress.?induced | anx/dep
        dep/anx | depr\b | bipolar | schizo | psychot | adhd | autis | asperger | tourette | dyslex | anorex | bulimi
        ptsd | ocd\b | booze | boozer | boozing | drinking (?:again|prob|heav|on the job|at work)
        (?:drunk|pissed|stoned) (?:again|at|on (?:shift|site|duty)|in the) | reek\w* of (?:alc|drin|booze|spir)
        back on the (?:bottle|booze|drink) | off the wagon | on the wagon | antabuse | methadone | needle marks
        (?:cocaine|coke|cannabis|weed|meth) (?:habit|positive|use at) | gamblers anon | al-anon | naltrex | champix
        snus(?:ar|fri) slut | röksluta | rökavv | nikotinavv | självmordst | suicidal | utmattn | stressyndr
        stress(?:ad|relaterad) (?:sjuk|med läk) | sjukskriven (?:för|pga) stress | krisstöd
        psykolog (?:kl|tid|bes|på|\d) | psykiater | psykiatr | terapi(?:tid|besök|möte)? (?:\d|kl|på|hos|varje)
        panik\W?attack | alkolås\w* (?:pos|spärr) | spritluk | luktade? (?:sprit|fylla) | bakrus | på fyllan | fyllerist
        full på (?:job|pass|arb) | supit | drack (?:på|under) (?:job|arb) | alkis | minnesluck | tvångsv | lpt\b
        dyslek
    """),
    allowed=listed(r"""
        mielenterveysty[öo]\b | p[äa]ihdety[öo](?:\b|n\b) | mental health first aid\w* | mielenterveyden ensia\w*
        psykiskt? arbetsmilj\w* | psykisk första hjälp | psykisk(?:t|a)? (?:krav|belastning i arb)\w*
        (?:pressure|tropical|economic|market|great|floor) depressi\w* | (?:låg|hög|under)trycks?\W{0,2}depress\w*
        depress\w* (?:i |in )?(?:the )?(?:{machines})\w*
        depressi\w+ (?:över|over|off|near|at sea|i (?:mark|golv|terräng|asfalt|väg|ekonom))\w*
        depressio(?:kulma|venttiil)\w* | depression (?:angle|valve|tank|era)\w*
        (?:burn\w* ?out|utbränd\w*|uupu\w*|bränn\w*) (?:of the |i |på )?(?:{machines})
        (?:{machines})(?: (?:är|on|is|has|was))? (?:burn\w* ?out|utbränd\w*|uupu\w*)
        burn(?:ed|t) ?out (?:house|car|building|fuse|bulb|motor|van|shop)\w* | burnout (?:paradise|tyre|smoke)\w*
        utmattning\w* (?:i|av) (?:metall|stål|mater|svets|axel)\w* | (?:material|metall)utmattn\w*
        missbruk av (?:\w*kort|inlog|konto|syst|data|behör)\w* | alcoholic (?:beverage|drink|product|bever)\w*
        non ?alcoholic\w* | alcohol (?:licen|sales|gel|free|wipe)\w* | workaholic
        bipol[aä]+r\w* (?:trans|step|junc|plate|electr|motor|supply|outp|platt|signaa)\w*
        borderline (?:case|pass|cost) | anti ?addict\w*
        addict(?:ed)? to (?:coffee|choc|work|football|golf|sauna|fitn|cycl)\w* | drug addict\w* counsell?or\w*
        detox (?:tea|juice|smoothie|day spa|lotion)\w* | kuivilla (?:teil|alus|pinn)\w*
        in recovery (?:mode|console|boot|partition)\w* | (?:disaster|data|file|system|cost) recovery\w*
        overdos\w+ (?:of )?(?:chlor|cement|fertil|additive|ferti)\w* | ahdistus(?:sent|pel)\w*
        masentav\w* (?:sää|ilma|tulos)\w* | autistic\w* soft\w* | relapse (?:rate|model)\w* | panic attack button
        withdraw\w+ sympt\w* test | exhaustion of (?:stock|rights|suppl|remed|local)\w*
        (?:heat|engine|battery|resource|pool|memory|port|address) exhaustion | stressreaktion\w* (?:test|i mat)\w*
        phobia(?:-?free)? film | uupumus(?:murtuma|testi|koe)\w* | mielisairaala\w*
        addict(?:ed)? to (?!drug|alco|drin|gambl|opi|pill|pain|heroin|coc|cann|nicot|sex|gaming|betting|sleep|medic|
        prescr|amph|meth|her |his |benzo|codeine|tramad)\w+
        depress\w+ in (?:the )?(?:asph|ground|road|floor|surf|roof|lawn|wall|metal|sheet|terr|market|econ|pave|concr|
        groove|panel)\w*
        mielenterveys\W{1,3}(?:ja|och) päihde\w* | päihde\W{1,3}ja mielenterv\w*
        missbruks\W{1,3}och (?:beroende|psykiatri)\w*
        mental health and (?:addict|substance)\w* (?:work|serv|nurs|prog)\w*
        psykiatri\w*[,–:]? (?:målning|maalau|painting|städn|siivou|cleaning|remont|renov|iv\b|ventil|lattia|golv|
        korridor|väggar|el\b|sähk|rakenn|byggn|tontti|huset|talo)\w*
        masennustila\W?modu\w* | (?:peli|pelin|game)\w* masennus\w* | burnis\w* tila
        (?:bipolar|rehab) (?:bridge|road|facade|trans|junc|step|deck|pipe|sewer)\w*
        booze (?:cruise|run|order|delivery)\w* | on the wagon (?:lift|wheel|axle)\w* | adhd.?(?:lab)\w* board
        speed (?:in|at|use|pos)\w* | (?:arbets|kaffe|tränings|socker|choklad)(?:narkoman|missbruk|beroende)\w*
        työnarkomaan\w* | skitsofr\w+ (?:sää|asiak|tilan|markk|ohjel|määr)\w*
        schi[sz]o\w+ (?:väd|market|design|weather|spec|kund|customer|polic|approach)\w*
    """),
)
