"""Words of injuries, operations and disabilities.

Belongs here: what befell a body, what was cut or broken, and what it cannot do since. Does not belong here: illnesses
(`illness`, `mind`).

A part of the body counts with what was done to it, never alone.
"""

from __future__ import annotations

from schemas.detectors.lexicon.table import Table, listed

#: Parts of a body, and what is done to them; with nothing but these a word of each list counts beside the other.
_PART = (
    r"wrist|legs?\b|arms?\b|ankle|foot\b|feet\b|ribs?\b|collarb|hands?\b|fingers?\b|toes?\b|hips?\b|shoulder|elbow|"
    r"knees?\b|neck\b|back\b|hamstr|groin|calf|muscle|ligament|menisc|tendon|thigh|acl|mcl|achilles|thumb|jaw|nose|"
    r"skull|spine|pelvis|kneecap|shin\b|heel\b|eardrum|cornea|cheekb|vertebra|tailbone|palm\b"
)
_HURT = (
    r"broken?|fractured|sprained|dislocated|twisted|injured|hurt|torn?|tore|pulled|bruised|strained|bad|sore|dodgy|"
    r"crushed|shattered|cracked|busted|bust|jammed|trapped|burnt|burned|scalded|worn out|swollen|dislocates|aching|"
    r"stiff|numb|gammy|ruptured|squashed|pinched|cut|sliced|lacerated|operated|perforated|"
    r"lost (?:a|one|two|three|four|both|half)"
)
_WHOSE = r"(?:left |right |her |his |a |an |my |the |both |two |three |one |of |of the |of his |of her )"
#: The same in Finnish and in Swedish.
_OSA = (
    r"polv|lonk|selk|selän|niska|olkap|olkaluu|nilk|rante|ranne|sorm|peukal|jalka|jalan|jalkat|käsi|käde|käten|"
    r"kylk|solis|kyynär|varvas|varpa|reis|poh(?:je|kee)|kämmen|kantap|leuka|nenä|silmä|korva|häntäluu|rystys|akille|"
    r"kynsi"
)
_DEL = (
    r"arm|ben|hand|fot|vrist|fing|nyck|rev|hand|tå\b|tår\b|tumme|pekf|lång?f|lår|höft|axel|knä|rygg|nack|näsa|käke|häl|"
    r"skulder|smalben|bröstk|hälsena|vad\b|armbåg|svansk|öga|ögat|båtben|trumhinn"
)
_DELS = r"en|et|n|t|ret|rar|rarna|ar|arna|ern|er|elbenet?|"

TABLE = Table(
    anywhere=listed(rf"""
        (?:polvi|lonkka|selkä|sydän|olkapää|kaihi|nivel|tyrä|sappi|silmä)leik
        (?:kohtu|nilkka|ranne|käsi|aivo|ohitus|korva|risa|meniski)leik
        (?:suonikohju|välilevy|kierukka|ristiside|jänne|eturauhas|kilpirauhas)leik
        (?:umpisuolen|rinta|keuhko|maha|tekonivel|laihdutus)leik
        (?:polvi|polven|polvea|lonkka|lonkan|selkä|selän|selkää|sydän|sydämen) (?:on )?(?:leik(?:at|kau)|oper)
        (?:olkapää|olkapään|nilkka|nilkan|ranne|ranteen|kaihin|nivelen) (?:on )?(?:leik(?:at|kau)|oper)
        leikat(?:tu|tiin|aan) (?:polv|lonk|selk|sydän|olkap|nilk) | leikkau(?:ksen|sten) jälk
        leikkau(?:sjono|saika|slähet|späivä|ksessa \d|ksesta toip|kseen \d|kseen jono|komplik)
        tekonivel(?:leik|pot|\W|$)
        (?:menossa|pääsee|pääsi|tulossa|odottaa|joutuu|menee|kutsu|jonottaa) (?:\w+ )?leikkau(?:kse|st)
        tähystyk(?:sessä|seen) | (?:polven|suolen|mahan) tähyst | leikkaushoi
        (?:näkö|kuulo|liikunta|kehitys|aivo|selkä|olkapää|polvi|niska|vaikea)vam
        (?:cp-|jalka|käsi|pää|nilkka|ranne|sormi|takareisi|nivus|kylki|lihas)vam
        (?:pohje|reisi|urheilu|rasitus|silmä|selkäydin|palo|hermo|jänne)vam
        (?:lonkka|hammas|puhe|luuston|hartia|kyynärpää|varvas)vam | moni-?vammai | vammai(?:nen|suus|suud|sen\b|seksi)
        vamman (?:takia|vuoksi|jälk|jälkeen) | vammalist | vammasta | vammautu | vammatutk | invalidi | liikuntarajoi
        liikuntaest | heikkonäk | huonokuul | huonosti kuul | huonosti näke | kuulolaite(?:\W|$) | kuulolaitetta
        käyttää kuulolait | kuuloviat | kuulovi[ka] | kuulon alen | kuurou | \bkuuro(?:na\b|n\b|\b) | sokeutu
        \bsokea(?:na\b|\b) | heikentynyt näkö | värisok | punavihersok | viittomakieli(?:nen|sen) | pyörätuolissa
        k[äa]ytt[äa]\w* pyörätuoli | rollaattorilla | käyttää rollaattor | (?:jalka|käsi)protees | käyttää prot
        proteesin käyt | amputoi | amputaat | opaskoira muk | opaskoiran k | avustajakoira
        apuväline(?:et|itä) (?:käyt|tarv) | kainalosauvoilla | kainalosauvojen kan | kyynärsauv | keppien kanssa
        esteetön (?:työp|ratkaisu) (?:tarv|vaad)
        (?:selkä|selän|niska|niskan|polvi|polven|hartia|hartioiden) ?(?:vaiv|kip|ongel|sär|oire|vik)
        (?:lonkka|lonkan|olkapää|olkapään|nilkka|nilkan) ?(?:vaiv|kip|ongel|sär|oire|vik)
        (?:ranne|ranteen|vatsa|vatsan|jalka|jalan|kylki|kyynärpää) ?(?:vaiv|kip|ongel|sär|oire|vik)
        (?:akilles|takareisi|nivus|rinta|lihas|nivel) ?(?:vaiv|kip|ongel|sär|oire|vik)
        (?:murtun|katken|reväht|venäht|nyrjäh|kipeyty)\w+ (?:käsi|jalka|rann|nilk|kylk|solis|sorm)
        (?:murtun|katken|reväht|venäht|nyrjäh|kipeyty)\w+ (?:polv|olka|reis|selk|akille|varv|luu)
        (?:leikattu|ruhjou|turvon|puhkaistu)\w+ (?:käsi|jalka|rann|nilk|kylk|solis|sorm)
        (?:leikattu|ruhjou|turvon|puhkaistu)\w+ (?:polv|olka|reis|selk|akille|varv|luu)
        (?:käsi|jalka|ranne|nilkka|sormi|polvi) (?:on )?(?:murt|kips|poikki|leik|revä|rikki|hajal|venäh|nyrjä|paket)
        (?:olkapää|kylkiluu|solisluu) (?:on )?(?:murt|kips|poikki|leik|revä|rikki|hajal|venäh|nyrjä|paket)
        (?:takareisi|pohje|reisi|nivunen|selkä|niska|akilles) (?:on )?(?:murt|kips|poikki|leik|revä|rikki)
        (?:takareisi|pohje|reisi|nivunen|selkä|niska|akilles) (?:on )?(?:hajal|venäh|nyrjä|paket)
        (?:käsi|jalka|ranne|nilkka|sormi|polvi|olkapää) (?:on )?(?:kip|jumis|paska|tuleh|sijoil|turvok|side)
        (?:selkä|niska|vatsa|kurkku|lonkka|hammas) (?:on )?(?:kip|jumis|paska|tuleh|sijoil|turvok|side)
        (?:luu|nilkka|ranne|sormi|kylki|jalka|käsi|rasitus|solis|lonkka|reisi|sääri)(?:luu)?n? ?murtum
        (?:kallo|nikama|selkä|kyynär|nenä|varvas|jalkapöytä|olka|leuka|luun)(?:luu)?n? ?murtum
        (?:nilkan|ranteen|sormen|kylkiluun|jalan|käden|solisluun|lonkan|reisiluun)(?:luu)?n? ?murtum
        (?:säären|sääriluun|kallon|nikaman|nenän|varpaan|olkaluun)(?:luu)?n? ?murtum
        (?:käsi|jalka|ranne|nilkka|kyynärpää) paketissa | kipsissä | kipsattu | meni sijoiltaan
        (?:olkapää|polvi|sormi|nilkka) sijoil | revähdy | revähti | revähtän | venähd | venähtän | nyrjäh | nyrjäyt
        (?:lihas|acl|ristiside|kierukka|jänne|akillesjänne|akilles) ?(?:repe|kats|vaur|vam|ruptu|tuleh|ongel)
        (?:pohje|takareisi|nivelside|kapseli|kiertäjäkalvosin) ?(?:repe|kats|vaur|vam|ruptu|tuleh|ongel) | eturistis
        ristiside | nivelsid | kierukkav | nivelkierukka | akillesj | jännetup | jännevaiv | tenniskyynär | penikkat
        limapuss | karpaali | rannekanav | kiertäjäkalv | välilevy | noidannuol | lumbago
        kulumaa? (?:polv|lonk|selk|niska) | polven kulum | lonkan kulum | selän kulum | rangan kulum | selkärank
        selkänikam | aivotäräh | aivovam | whiplash | retkahdusvam | niskan retk | palovamm | ruhje(?:vam|it)
        rikkoi (?:polv|nilk|jal|kät|sorm|rant) | mursi (?:polv|nilk|jal|kät|sorm|rant|kylk|solis)
        loukkaantu(?:n|i\b|mi|u\b) | loukkasi (?:polv|nilk|jal|kät|sorm|rant|selk|olka|pää|itse)
        teloi (?:polv|nilk|jal|kät|sorm|selk|itse) | puukotet | paleltumav
        (?:rygg|axel|knä|nack|hjärn|syn|hörsel|korsbands|menisk|fot|ljumsk|muskel|höft|huvud|ledbands)skad
        (?:bröst|ryggmärgs|nerv|rörelse|cp-|brän[nt]|hand|finger|arm|vad|lår|tand|ögon|köld)skad
        (?:knä|höft|rygg|hjärt|axel|starr|fot|hand|bråck|galls|menisk)oper
        (?:korsbands|ögon|mag|cancer|hals|bypass|underlivs|njur)oper | hälsene | korsband
        leikattiin (?:polv|selk|viime v|olka|sair|kaih|sydän) | leikattavana
        (?:stress|höft|revbens|kot|handleds|fotleds|lårbens)fraktur | bortoperer
        operera(?:de|t) (?:fot|knä|rygg|axel|hand|höft|mag|hjärt|gall)
        (?:förslitnings|belastnings|idrotts|sport|muskel)skad | rygginvalid | (?:stressi|rasitus)murtum
        (?:{_OSA})\w{{0,3}} (?:on )?(?:murt|kips|poikki|revä|rikki|hajal|venäh|nyrjä|paket|kip|jumis|tuleh|sijoil|
        turvok|jäyk|pun(?:oitt)|ruhj|mustel|halkes|haav|ompel|tikk|tikat|amput|välis)
        (?:murtu|katke|reväht|venäht|nyrjäh|kipeyty|jäätyny|turvonnu|särkev|puutuv|puutunut|kulune)\w+ (?:{_OSA})
        (?:iski|litisti|viilsi|leikkasi|sahasi|poltti|katkaisi|teloi|satutti|loukkasi|mursi|ruhjoi|
        kolautti) (?:\w+ )?(?:{_OSA})\w*
        (?:haava|siru|roska|lastu|metallisiru|hitsausroska|viiltohaava) (?:\w+ )?(?:{_OSA})
        (?:{_OSA})\w* (?:haava|ommelt|saumat|tikattu) | saumat(?:tu|tiin) (?:\w+ )?(?:{_OSA}|haava) | ja tikit
        tikit (?:pois|otet) | \btikkiä | viiltohaav | puremahaav | silmäpäivyst
        (?:työ|liikenne|kotitap|sähkö|työmatka)tapaturm\w* (?:\d|ilm|vak|sattu|käs|toip|korv) | tapaturmapoiss
        tapaturmakorv | sähköisku(?:n|a|ssa|sta)? (?:\d|sai|saan|tark|pol|yön|vuok) | sai sähköisk
        putosi (?:tikka|telin|kato|lava|rappu)\w* | kaatui (?:jää|liuk|pyör|portai|raput)
        (?:alaraaja|yläraaja|sääri|reisi|silmä|rinta|polvi|lonkka)prote | rollaattori\b | pyörätuolipot | tukisukat
        tukiliivi | niskatuki | rannetu[ek] | polvitu[ek]
        (?:umppari|lihavuus|suonikohju|peräpukama|lonkan|polven|sterilisaatio|viisaudenham\w*|nielurisa|kitaris|
        gynekologi\w*|kohdun|hallux|vaivaisen\w*|kyynär\w*|käden|keuhkon|aivo|nenä|hampaan)-?leik
        (?:hampaan|viisaudenhampaan|kohdun|kivesten|sappirakon|munuaisen|pernan|rinnan)-?poist | kohdunpoi | luomenpoi
        pallolaaj | ohitusleik | tahdistin\b | sydämentahd | sterilisaati | sterilisoitu | vasektomi | vasectom
        (?:kierukka|meniski|umppari|umpisuoli|sappi|nivelside|tyrä|kaihi|lonkka|polvi|luomi) (?:\w+ )?(?:leikat|poistet|
        tähyst)
        jäätynyt olka | luupiik | kantakalvo | olkanivel | vaivaisenluu | hermopinn | niska-?hartia
        kiputil(?:a\b|at|an) | hartiajumi | selkä (?:meni|jumi|juma|kipe|prakas|paskan|vihoi)
        (?:tinnit|kuulon?)(?:heik|alen|häir|vaur) | vammaiskort | vammaistu[ek] | vammaispalvelum
        vpl-?(?:matk|taksi|päät) | \braj\W?ei\W?nost | näkörajoit | liikuntavamm
        (?:hammas|hampaan|hampaat)\w* (?:poist|juurih|revit|leik|paikk|särk|lohk) | juurihoi
        viisaudenham\w* (?:pois|leik|puhk)
    """),
    beginning=listed(rf"""
        opere?ra(?:s|d|ts|des)\b | efter operat | (?:väntar på|köar till|ska på|inför|genomgått) (?:en )?oper
        operation (?:i|av|den) (?:jan|feb|mars|april|maj|juni|aug|sep|okt|nov|dec|knä|rygg|höft|axel)
        funktions(?:neds|hind|vari) | rörelsehind | utvecklingsstör | handikappad | rullstolsb
        (?:sitter|i|använder|har|behöver) rullstol\b
        (?:har|använder|med|går med|på) (?:rullator|permobil|kryckor|hörapparat|ledarhund|protes|benprotes)\b
        hörapparat | hörselned | nedsatt (?:hörsel|syn|rörl|funk) | döv(?:\b|a\b|blind|stum) | är blind
        blind (?:på|sedan|medarb) | synned | synskad | svagsynt | färgblind | ledarhund | benprotes | protes(?:\b|er\b)
        amput | förlamad | förlamning | halvsidesf | cp(?:.störn|.pat|\b,) | cp-skad | teckenspråkig | går med krycka
        brut(?:en|et|it) (?:arm|ben|hand|fot|vrist|fing|nyck|rev|hand|tå|när|lår|höft|axel)
        brutit (?:\w+ )?(?:arm|ben|hand|fot|vrist|fing|nyck|rev|tå|lår)
        bröt (?:\w+ )?(?:arm|ben|hand|fot|vrist|fing|nyck|rev)
        (?:armen?|benet|handen?|foten|vristen|knät|knäet|axeln) (?:är )?(?:bruten|brutet|i gips|gipsa|stuka)
        (?:armen?|benet|handen?|foten|vristen|knät|knäet|axeln) (?:är )?(?:vricka|opere|ur led|svull)
        (?:fingret|nyckelbenet|revbenet|handleden|fotleden) (?:är )?(?:bruten|brutet|i gips|gipsa|stuka)
        (?:fingret|nyckelbenet|revbenet|handleden|fotleden) (?:är )?(?:vricka|opere|ur led|svull) | gipsad
        gipset (?:av|bort) | benbrott | armbrott | handledsbrott | fotledsbrott | lårbensbrott | fraktur
        stuka(?:d|t|de|s) | vrickad? | vrickat | muskelbrist | muskelsträ | sträckning i | sträckt (?:lår|vad|ljum|bak)
        menisk | ledband | hjärnskak
        (?:rygg|knä|axel|höft|nack|fot|ljumsk|hälsene)(?:besv|prob|skott|ont|värk|smärt|infl)
        (?:häl|armbågs?|handleds?|mag|hjärt)(?:besv|prob|skott|ont|värk|smärt|infl) | diskbr | musarm | tennisarm
        karpalt | frusen axel | skadad spelare | skadad i (?:knä|rygg|fot|axel|match|träning) | skadelista | skadefrånv
        långtidsskad | rehab(?:träning|ar) | invalid | besvär (?:med|i|från) (?:rygg|knä|nack|ax|fot|höft|mag|mage)
        problem med (?:ryggen|knä|nacken|axel|foten|höft|magen|hjärtat|hörseln|synen|sömnen|andning|nerverna|alkohol)
        (?:hearing|visually|sight|mobility|visual|speech|cognitive|cognitively|vision) impair
        impaired (?:hearing|vision|sight|mobility) | partially sight | hard of hear | hearing (?:aid|loss|prob)
        sight loss | poor eyesight | wheelchair user | (?:in|uses|using|needs|has) (?:a |an )?(?:electric )?wheelchair
        (?:on|uses|using|with) (?:crutches|walking (?:stick|frame)|a walking|a cane\b|a stick\b|a walker\b)
        limited mobility | reduced mobility | mobility (?:prob|issue|diff|scoot|aid) | deaf\b | deafness
        (?:is|registered|legally|partially|totally|almost|night|going|born) blind\b | blind (?:in|since|from birth)
        colou?r ?blind | blindness | sign language user | guide dog (?:user|with|at|hand) | assistance dog | hearing dog
        disabilit | (?:registered|is|severely|was|became|considered) disabled
        disabled (?:worker|person|empl|since|veteran|staff|colleague|member|son|daughter|child) | disabled,
        special needs | paralys | paraly[sz]ed | parapleg | quadripleg | tetrapleg | hemipleg | amputee | amputat
        prosthe(?:tic|sis) (?:leg|arm|limb|hand|foot|knee|hip) | artificial (?:leg|limb|hip|arm) | cerebral palsy
        spina bifida | muscular dyst | spinal cord | dyspraxi | birth defect | chair user
        (?:back|shoulder|knee|neck|head|spinal|brain) (?:injur|pain|surgery|strain|sprain|fracture)
        (?:wrist|hip|ankle|foot|hand|elbow|groin) (?:injur|pain|surgery|strain|sprain|fracture)
        (?:hamstring|calf|achilles|eye|leg|arm) (?:injur|pain|surgery|strain|sprain|fracture)
        (?:rib|thigh|tendon|ligament|muscle) (?:injur|pain|surgery|strain|sprain|fracture)
        (?:back|shoulder|knee|neck|spinal|brain|wrist|hip|ankle) (?:operation|probl|troub|issue|ache)
        (?:hip|knee|shoulder|joint) replac
        (?:hip|heart|bypass|cataract|hernia|eye|foot|hand|cancer|open heart|gastric) (?:surg|oper|repl|bypass)
        (?:bariatric|dental|keyhole|major|minor|corrective|emergency|spinal) (?:surg|oper|repl|bypass)
        surgery (?:recov|on|in|next|sched|plan|book|date)
        (?:had|has|having|awaiting|due|for|after|needs|undergo|undergoing) (?:surgery|an operation)
        (?:recovering from|scheduled for|waiting for) (?:surgery|an operation)
        had (?:an? )?(?:oper|surg|stroke|heart|fall at|accident) | after (?:an? |the )?(?:surgery|operation|accident)
        operated on | (?:{_HURT}) {_WHOSE}{{0,2}}(?:{_PART})
        (?:leg|arm|wrist|foot|ankle) (?:is |still |is still )?in (?:a )?(?:cast|plaster|brace|sling|boot)
        (?:hand|knee|shoulder) (?:is |still |is still )?in (?:a )?(?:cast|plaster|brace|sling|boot)
        (?:leg|arm|wrist|ankle|knee|shoulder) (?:is |was )?(?:fractured|dislocated|sprained|swollen)
        in plaster (?:for|until|\d|cast|six|four) | (?:in a|wearing a) (?:cast|sling|neck brace|moon boot|knee brace)
        (?:acl|mcl|meniscus|achilles|ligament|rotator cuff|hamstring|groin) | torn ligament | frozen shoulder
        tennis elbow | carpal tunnel | repetitive strain | (?:rsi) (?:in|since|from|wrist|sym|inj|due)
        tendon(?:it|in|op) | bursitis | plantar fasc | shin splint | concuss | injur(?:ed|y|ies)\b | sprain(?:ed|s)?\b
        bad back | back trouble | back went | put (?:his|her) back out | burn injur | frostbit | needlestick
        (?:hip|knee|heart|back|eye|shoulder|hernia|foot|hand|nose|gall) op\b
        (?:stress|hairline|compound|skull|hip|rib|wrist|ankle|leg|arm|spinal) fracture
        opererade (?:fot|knä|rygg|axel|hand|höft|mag|hjärt|gall) | ruptured | gick av (?:benet|armen|foten)
        (?:sågade|klämde|skar|krossade|brände|skadade|bröt|vred|slog|stukade|ryckte|kapade|vrickade|spräckte|
        sträckte) (?:av |upp |sig i |i |sig )?(?:\w+ )?(?:{_DEL}|fingertopp)(?:{_DELS})\b
        (?:{_DEL})(?:{_DELS}) (?:är |i )?(?:bruten|brutet|gips|gipsa|stuka|vrickad?|opere|ur led|svull|paket|avskur|
        klämd|krossad|amput|domn|fastnade|spräck|inflamm)
        (?:flis|spån|skräp|stänk|syra|lut|skum|metallflis|splitter) i (?:vänster |höger )?öga | spricka i (?:{_DEL}|kot)
        sydde?s? (?:\w+ )?(?:\d|fyra|fem|sex|tre) stygn | stygn (?:i|tas|tags|bort)\b | arbetsolyck | arbetsolycksfall
        olycksfall(?:s?frånv| på job| i arb|,| \d|et \d) | elstöt | elolyck | stödkorsett | ryggkorsett
        ortos(?:\b|er\b) | specialskor | skoinlägg | (?:nya?|ny) (?:knäled|höftled|höft\b|knä\b) | knäled | höftled
        proteskirurgi | ballongvidg | bypassop | stent(?:ad|en|ar)?\b | ljumskbr | navelbr | bråck | diskusbr | rygg ?op
        (?:knä|axel|höft|starr|fot|hand|mag|hjärt|ögon|gall|blindtarms|bråck|åderbråcks|hemorrojd|menisk) ?op\b
        steriliser(?:ad|ing)? (?:19|20|\d|poli|gjord|kl|i fjol) | vasekt | rotfyll | visdomst
        tand(?:en|) (?:utdrag|ute|drag|oper) | bedövad | lokalbedöv | svimm | åderbr | hemorr
        ser (?:nästan |knappt |inte |dåligt |bara )\w* ?(?:på|med|ingent)
        hör (?:nästan |knappt |dåligt |inget |inte )\w* ?(?:på|med|ing|vänster|höger) | enögd | ensidig(?:t)? döv
        (?:går|rör sig|kommer) med (?:rollator|käpp|krycka|kryckor|rullstol|stav) | rollator\b
        (?:handikapp|parkerings?)tillstånd för rörelse | handikappkort | färdtjänst | handikappbidr | vårdbidrag\b
        fell (?:off|from|down|through) (?:a |the |his |her )?(?:\w+ )?(?:ladder|scaff|roof|stairs|steps|truck|platform|
        tail ?lift|bike|horse|mezz)
        (?:slipped|tripped) (?:on|over|and|off|down) \w+ ?\w* ?\w*\W{{1,3}}(?:hurt|sprain|broke|bruis|hosp|twist|knee|
        wrist|back|ankle)
        (?:had|needs?|needed|got|has) (?:\d+ |a few |three |four |five |six )stitch | stitches (?:out|remov|taken)
        (?:cut|sliced|chopped|lost|severed|burnt|trapped|crushed|
        jammed) (?:off )?(?:the |his |her |a )?(?:tip of |top of |end of )?(?:his |her |the )?(?:{_PART})
        (?:splinter|swarf|grit|metal|something|dust|chemical|acid|splash|foreign body|lime|
        grinding spark) (?:\w+ )?in (?:the |his |her |one |left |right )?eyes?\b
        eye (?:clinic|infection|injury|casualty|wash used|doctor|specialist)
        (?:acid|chemical|caustic|hot oil|steam|lye) (?:splash|burn)\w* (?:on|to) (?:the |his |her )?(?:{_PART}|face|eye)
        electric shock (?:from|\d|at|,|–) | electrocuted | (?:below|above).(?:knee|elbow)
        (?:knee|elbow|leg|arm) (?:amput|prosth|stump) | (?:leg|arm|eye|hand|foot) prosth | prosthe(?:sis|tic)\b
        glass eye | orthotic | orthosis | walking frame | zimmer frame | rollator | neck brace | back brace
        (?:new|artificial|replacement) (?:hip|knee|heart valve|kidney)\b
        (?:knees?|hips?) (?:worn|gone|replac|shot|knack)
        waiting for a (?:hip|knee|replacement|new hip|new knee|scan|specialist|neuro|heart|liver|kidney|donor)
        (?:worn.?out|bad|dodgy|gammy|knackered) (?:knees?|hips?|back|shoulders?|joints?)
        back'?s? (?:gone|went|is gone|out again|playing up|in spasm|gave out|locked)
        (?:knee|hip|shoulder|ankle) (?:gave|gone|playing|went|locked|popped|clicks|swol)
        (?:stent|shunt|catheter|icd|pacemaker)s? (?:put|fit|in\b|insert|chang|implant|check) | emergency op\b
        (?:wisdom|back|front) (?:tooth|teeth) (?:out|extr|pull|remov|knock|broke) | wisdom tooth | root canal
        tooth (?:extr|out\b|pulled|ache|absc) | toothache | dental (?:absc|extr|implant (?:app|op)) | varicose
        piles (?:op|again|surg|treat) | haemorr
        (?:appendix|gallbladder|tonsils|spleen|kidney|prostate|uterus|womb|ovary|thyroid|mole|lump|polyp|cyst|bunion|
        cataract|hernia|cyst|fibroids)s? (?:out\b|remov|taken out|op\b|burst|oper|surg|whipped)
        burst appendix | bunion | (?:only )?one kidney | single kidney
        (?:one|an) (?:eye|ear|leg|arm|lung) (?:only|since|remov|blind|deaf|lost)
        (?:steril[iy][sz]ation|steril[iy][sz]ed|hysterectomy|vasectomy|circumcision|laparoscop\w*|arthroscop\w*|keyhole|
        angioplast\w*|bypass|ablation|cardioversion|dilatation|curettage) (?:op|done|on|\d|booked|mon|tue|wed|thu|fri|
        next|last|in|sched|–)
        cardiovers | angioplast | arthroscop | laparoscop | blue badge | disabled parking (?:permit|badge)
        workers'? ?comp\b | wc claim | compo claim | comp claim | accident insurance (?:inform|claim|case|pays|notif)
        accident report\w* (?:on|for) (?:him|her|his)
    """),
    allowed=listed(r"""
        (?:tropic|cape) of cancer
        injury (?:time|prev|statis|lawyer|claims? (?:dept|depart|team|law)|free|rate|report form|log)\w* | injury free
        personal injury (?:law|claims|solic)\w* | injured part(?:y|ies) | (?:zero|lost time|no) injur\w*
        injury frequency\w*
        disabled (?:toilet|park|access|ramp|entrance|lift|bay|wc|feature|account|user|button|flag)\w*
        disability (?:awareness|access|law|act\b|polic|insur|confident|studies|sport|serv|discrim|friendly)\w*
        (?:{machines})\w* (?:is |was )?disabled\b
        disabled,? (?:account|user|in ad|by default|feature|plugin|rule|alarm|mfa)\w*
        (?:account|user|login|mfa|sso|licen[cs]e|mailbox|sync|alarm|vpn|service|rule)\w*:? (?:is |was )?disabled,?
        (?:flag|plugin|check|module|job|cron|backup|notification\w*|access|card)\w*:? (?:is |was )?disabled,?
        blind (?:copy|spot|rivet|test|fit|hole)\w* | (?:window|roller|venetian) blind\w*
        deaf (?:association|club|union)\w* | pyörätuoli(?:hissi|ramp|luisk)\w* | rullstolsramp\w* | rullstolshiss\w*
        (?:brute?n|brutet) (?:avtal|kontrakt|förp)\w*
        broken (?:handle|hand ?rail|hand ?set|footer|arm ?rest|back.?(?:end|up|link|order|plate|rest))\w*
        (?:broken|torn|bad|damaged) (?:\w+ )?(?:back ?(?:up|end|rest|order|light|panel|cover)|legs? (?:of|on))\w*
        (?:arm|leg|foot|hand|back)s? of (?:the )?(?:chair|table|crane|robot)\w*
        (?:robot|crane|chair|table|swing)\w* (?:arm|leg|foot|hand|back)s?(?: (?:is )?(?:broken|injur\w*|bent))?
        (?:control|pick ?up|desk)\w* (?:arm|leg|foot|hand|back)s?(?: (?:is )?(?:broken|injur\w*|bent))?
        broken (?:\w+ )?(?:arm|leg|foot|back|neck|rib|hip|nose|hand) (?:on|of) (?:the )?(?:chair|robot|table|crane)\w*
        broken (?:\w+ )?(?:arm|leg|foot|back|neck|rib|hip|nose|hand) (?:on|of) (?:the )?(?:desk|machine|guitar)\w*
        head (?:oper|problem solv)\w* | hand (?:operated|issue)\w* | back (?:problem ticket|operations)\w*
        (?:hand|foot).operat\w* | back ?office oper\w* | eye ?surgery (?:cl|cent)\w*
        surgery (?:recept|clean|printer|door|hours)\w* | protes(?:sor|tin)\w* | (?:benprotes|protes)(?:tillv|verks)\w*
        kipsi(?:levy|katto)\w* | (?:kipsattu|gipsad) (?:katto|sein|väg)\w*
        loukkaantu\w* (?:palaut|kommen|komment|sano|asiak)\w* | (?:{machines}) (?:on )?(?:murt|poikki|rikki|hajal)\w*
        halva\w+ liiken\w* | rikkoi (?:polvisuoj|rantakiv)\w*
        vammais(?:palvelu|pysäk|urheilu|järjest|foorum|neuvost|pysäköin)\w* | invalidi(?:hissi|wc|paikka|luiska)\w*
        liikuntarajoit\w* (?:wc|hissi)\w* | esteet\w+ | tähystys(?:torni|paik|aukko)\w*
        handikapp(?:toal|park|anpass|hiss|plats)\w* | sträckning i (?:kabel|led|plan)\w*
        skadad (?:spelkonsol|spelplan|handtag|fotplatta)\w* | stuka(?:d|t)? (?:plåt|rör)\w* | putki\w*murtum\w*
        korttimurtum\w* | second ?hand surg\w* | plastic surgery simul\w* | tendonit\w* tape | hernia belt\w*
        (?:scald|burn).?(?:guard|valve|proof|protec)\w* | (?:front|rear|wheel|brake|back ?up) (?:wheelchair|brake)
        hamstring(?:er)?s? (?:machine|curl)\w* | achilles heel\w* | groin vault\w*
        reduced mobility (?:toilet|access|lift)\w* | sokea piste\w* | analysis paralysis | paralysis by analysis
        (?:döva öron|deaf ears|kuuroille korville|deaf to (?:our|my|the|all|any))\w*
        (?:turn\w* a blind eye|blind to) \w+
        (?:doctor\S*|gp|dental|vet\w*|tree|{machines}) surgery (?:in|on|recov|next|reception)\b | \b\w{0,20}vammaisten\b
        \b\w{0,20}vammaisty\w*
        (?:synskadades|hörselskadades|rörelsehindrades|handikappades|utvecklingsstördas|funktionshindrades)\b
        (?:säljer|myy|sells|selling|sale of|reparerar|korjaa|repairs|tillverkar|installerar|tekee|
        makes) (?:\w+ ){0,2}(?:hörapparat|protes|rullstol|kuulolait|kuuloko|pyörätuol|hearing aid|wheelchair|prosthe|
        rollat|korsett)\w*
        (?:rasitus|stressi|väsymis)murtum\w* (?:akseli|runko|rungo|palki|hitsi|teräks|metalli|laake|lava)\w*
        stress fracture\w* in (?:the )?(?:axle|beam|weld|frame|steel|shaft|rail|casting)\w*
        (?:{machines}) (?:bråck|korsett)\w* | bråck(?:stång|band)\w*
        (?:lever|handle|arm|foot|leg) (?:of|on) (?:the )?(?:press|door|pump|machine)\w*
        cut (?:back|the back|a hand|hand|the hand|her back)\b | cut ?back\w*
        (?:cut|pulled|pull|hit|took|lost|trapped|jammed|bad|lost a|lost one|tore) (?:the )?(?:back ?(?:up|order|end|log|
        door|panel|side|wheel|office|light|copy)|hand ?(?:le|brake|rail|set|over|book|tool|held|truck|pallet|tow)|
        foot(?:ing|er|ball)|arm ?rest|leg ?(?:room)|head|neck ?lace|nose ?cone|spine (?:label|cover)|heel)\w*
        (?:hand|käsi|käden)\w*(?:bok|bromm|tag|skar|verkty)\w*
        bröt (?:arm|hand|ben)\w* på (?:stol|robot|maskin|kran)\w*
        skar (?:av |upp )?(?:i |en |ett )?(?:arm|rygg|hand)(?:skar|stöd|tag|järn)\w*
        (?:no|zero|without|without any|nobody|no one|none) (?:was |were |serious |one )?(?:injur|hurt)\w*
        ei loukkaantu\w* | ingen skada\w*
        paraly[sz]\w+ (?:traffic|network|the (?:city|network|market|port)|port|market)\w*
    """),
)
