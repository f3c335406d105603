"""Words of examinations and tests of a person, of vaccinations, and of what was found or what work is allowed since.

Belongs here: health checks, samples and their values, images, vaccinations, carriers, fit within limits. Does not
belong here: sick leave and its papers (`absence`), or the illness that was found (`illness`).
"""

from __future__ import annotations

from schemas.detectors.lexicon.table import Table, listed

#: What is vaccinated against, or tested for, as clerks shorten it.
_GERM = r"hep(?:atiitti?|atit|atitis)? ?[abc]|hbv|hcv|mpr|mmr|tbe|tbc?|bcg|dtp|hpv|polio|covid|koron\w|corona|flu|sars"
_SHOWN = r"pos|neg|positiivi\w*|negatiivi\w*|positive?t?|negative?t?|ok|puhdas|clean|ren\b"
_BUG = r"mrsa|esbl|vre|salmonella|covid|corona|korona|hiv|tb|tbc|tub|hep(?: ?[abc])?|hcv|hbv|influensa|noro"
_DRUG = r"huume|päihde|alko|alkoholi|drog|narkotika|drug|alcohol"
_IMAGE = r"mri|mr|mra|ct|tt|pet|dxa|x-?ray|ultrasound|ultraljud|ultraääni|datortomografi|röntgen|magneettikuv\w*"
_BODY = (
    r"lumbar|spine|back|knee|head|brain|shoulder|neck|hip|chest|abd|her|his|ländrygg|rygg|knä|huvud|hjärn|axel|nack|"
    r"höft|lungor|buk|selä|selk|polv|pää|aivo|olkap|nisk|lonk|keuhk|vats"
)
_DAY = (
    r"\d|on|mon|tue|wed|thu|fri|på|mån|tis|ons|tor|fre|idag|imorgon|ma\b|ti\b|ke\b|to\b|pe\b|vk|v\.|klo|kl|"
    r"tomorrow|today"
)
_LIMITED = r"raj|rajoit\w*|begr|begräns\w*|restr|restrict\w*|limit\w*|undant\w*|varauksin|förbehåll|conditions"

TABLE = Table(
    anywhere=listed(rf"""
        rokot(?:ettu|us \d|us annettu|us otett|us puutt|us vanh|ukset (?:kunn|ok|puutt|ajan|vanh|voim)|ustiedot|uskort)
        rokot(?:e \d|e annet|e otet|teen\b|etaan|teesta kielt|esuoja|ussuoja|tamat|uskielt|us ?status)
        (?:jäykkäkouristus|punkki|influenssa|tuhkarokko|korona|tetanus|hepatiitti|keltakuume)rokot
        \b(?:{_GERM})-?(?:rok|suoja|vacc) | (?:tuhkarokko|vesirokko|vihurirokko)
        (?:otti|otettu|saanut|sai|haki|tehoste|booster) \w*rokotteen | tehosterok | boosteri
        vasta-aine(?:et|ita|tas)\w* (?:mit|ok|mat|kork|puut|pos|neg)
        terveystarkastu(?:ksessa|kseen|s (?:\d|tehty|ok|hyl|puutt|vanh|huom|klo|ma\b|ti\b|ke\b|to\b|pe\b|vk))
        työhöntulotark | alkutarkast | sopivuuslaus | terveydelli\w+ (?:est|raj|syy|soveltu)
        soveltuu (?:raj|rajoituk|varau) | (?:sovel|sopiva|työkykyinen)\w*\W{{1,3}}(?:{_LIMITED})
        (?:{_DRUG})(?:testi|seula)\w* (?:{_SHOWN}) | (?:{_DRUG})(?:testissä|testiin|testattu|seulassa)
        puhalsi (?:\d|promil|yli) | promillea (?:aamu|port|töi|puh) | spirometri | \bekg\b | ekg:(?:ss|n|t)
        quantiferon | verensiir | rauta-arvo | rautatiputu | hemoglobiini
        (?:veren|verest|veri)(?:kokee|lyijy|sokeri|arvo) | (?:lyijy|sokeri|kolesteroli|maksa|munuais|tulehdus|psa)-?arvo
        kolestero?l | biologinen monit | altistu(?:s|minen|nut)(?:mitt|seur| melul| asb| kem)\w*
        (?:tubi|tbc|hiv|korona|asbesti|melu|mikrobi|home|veri)altist | asbestoosi | keuhkokuva | silikoosi | pölykeuhko
        homeoire | homesair | homeesta oir | sisäilma(?:oir|sair|ongelmasta oir)
        (?:oireilee|oireili) (?:homee|sisäi|töi)
        (?:röntgen|ultraääni|magneetti|tt-|viipale)kuv(?:a (?:pol|sel|ran|jal|\d|vk|ke|to|ma|ti|pe|otet)|attu|ataan|
        iin\b)
        (?:koepala|biopsia|näyte)(?:n|t)? (?:otett|tulok|vast|selk|rint|luom) | näytteenot(?:toon|ossa)
        tähystys (?:\d|ma\b|ti\b|ke\b|to\b|pe\b|vk|klo|huom|teht|vars) | mammografia | papa-koe | irtosolu
        seulontakuts | (?:kuulo|näkö|selkä|yötyö|liikkumis)rajoit | \braj ei | (?:kuulo|näkö)seula | kuulotest
        näöntark | näkötest | näkökent | röknor | \bsavusukelluskel\w+ (?:hyl|ei)
    """),
    beginning=listed(rf"""
        (?:o?vaccinerad|vaccinerade|ovaccinerad) (?:mot|för|\d|ok|i|mai) | (?:är |inte |ej |ny)(?:o?vaccinerad)
        ovaccin | vacc (?:{_GERM}|ok|nej|ja|x|klar) | (?:{_GERM})\W?(?:vacc\b|vaccin(?:erad|ation (?:ok|kl|tag|\d))|jab)
        (?:{_GERM}) (?:dos|dose|booster|titre|titer|titra|ok\b|skydd|immun|[123]/[123])
        (?:hep|hepatit|tbe|mpr|tetanus|stelkramp|dtp) ?[ab]? (?:ok|tagen|\d|saknas|gått ut|utgång|missing|expired)
        stelkramp | tetanus | påfyllnadsd | dos \d (?:tagen|given|mot)
        (?:vaccin|vaccine|vaccination|jab) (?:status|saknas)
        (?:got|had|has had|took|refus\w+|declin\w+|due|needs|missed|
        booked for) (?:for )?(?:a |an |the |his |her )?(?:\w+ )?(?:jabs?|vaccin\w*|booster)\b
        (?:unvaccinated|vaccinated|jabbed|immuni[sz]ed) | not vaccin | booster (?:needed|due|taken|given|overdue)
        antibod\w+ (?:ok|test|meas|low|pos|neg) | antikropp\w* (?:ok|mät|saknas|pos|neg) | titre | nonimmune
        (?:{_BUG}) ?(?:pos|neg|bärare|carrier|kanta|smitt|kontakt|contact|expos)(?:\W|itiv|as\b|ed\b|are\b|$)
        (?:{_BUG})[+] | (?:bär på|carries|kantaa|bärare av|carrier of) (?:{_BUG}) | mrsa(?:-| k) | bacill?bärare
        pcr ?(?:test)?\W?(?:{_SHOWN}) | antigen\w* ?test | quantiferon | latent tb
        (?:{_DRUG}) ?(?:test|screen|prov)(?:s|et|en|ing)?\W{{1,2}}(?:{_SHOWN}|fail|pass|ref) | drogtest(?:ad|at)
        (?:fail|failed|passed|refused|underkänd|positiv\w*|negativ\w*) (?:\w+ )?(?:{_DRUG}) ?(?:test|screen)
        breathaly[sz]ed | blew (?:\d|pos) | blåste (?:\d|pos|över|rött) | promille (?:på|vid|i utand)
        smel[lt]\w* (?:of )?(?:booze|drink|spirits|whisk|beer) | luktade (?:sprit|alk|öl) | spritstinn | hba1c | hb \d
        psa (?:rai|high|förh|\d|koh) | ferritin | järninf | iron infus
        (?:blood|bloods) (?:test|taken|lead|sugar|iron|count|work|sample) | bloods | bly(?:halt|prov) (?:i blod|\d)
        bly i blod | blodprov | blodvärd | blodsock | provtagning (?:blod|hb|bly|på vård|kl|lab)
        (?:lever|njur|sänk|blod)(?:värd|prov) | lever:? (?:förh|värd|prov) | liver (?:values|enz|func|test) | kolesterol
        cholesterol | statin(?:s|er)?\b | spirometr | ekg\b | ecg\b | audiogr | hörseltest | hörselunders
        synfält\w* (?:under|inskr|bortf|nedsatt|kontr) | hearing test | eye ?sight (?:test|fail|poor|below|under)
        vision test | failed (?:the |his |her |a )?(?:\w+ )?(?:medical|eyesight|hearing|eye test)
        seafarers?'? ?s? medical
        (?:medical|med|health|hälso|hälsa) (?:exam\w*|check|screening|surveil\w*|unders\w*)\W+(?:\d|done|ok|pass|fail|
        due|on|utan|found|show|book|kl|abn|w)
        (?:oh|occ health|fhv) (?:health check|check|statement|screening|opinion|exam|medical|nurse (?:says|adv)|called|
        inform|contact|kontroll)
        hälsogransk | hälsounders | hälsokontroll (?:\d|utan|visa|med|kl|hos|i|på) | ingångskontr | läkarunders
        läkarkontr | läkint | med cert | med\.? ?(?:restr|unfit|fit|lim|exam) | unfit \w+ med
        (?:fit|suitable|lämplig|duglig|able|cleared) (?:for work )?(?:with|med|m)\W+(?:{_LIMITED}) | fit w/ ?restr
        (?:begr|restr|limit) (?:lyft|lift|rygg|knä|axel|natt|häls|hörs|med\b|knee)
        (?:back|knee|shoulder|neck|hand|wrist) inj\b | inj restr
        (?:natt|höjd|lyft|syn|hörsel|buller|rök)(?:arbets)?(?:begr|restr|förb|dispens) | farg ?blind
        får (?:ej|inte) (?:arbeta|jobba|lyfta|stå|köra|bära|gå) \w* ?\w* ?\w* ?(?:enl|läk|höjd|tung|över|hälso)
        (?:rökdyk\w*|körkorts?\w*|c-kort\w*|intyg\w*) (?:\w+ )?underkän | rökdykardugl
        underkänd? (?:syn|hörsel|vid (?:häls|läk|c-k))
        (?:{_IMAGE})(?: scan)?(?: result\w*| svar)? (?:of|on|av|
        på) (?:the |her |his |left |right |vänster |höger )?(?:{_BODY})
        (?:mri|röntgen|ultraljud|ultrasound|biopsi|biopsy|koloskopi|gastroskopi|endoscopy|mammograf\w*|
        mammogram) (?:scan )?(?:{_DAY}|show\w*|visade|result\w*|svar|pending|beställd|tagen|booked|clear|clean)
        (?:mr|mri|ct|pet) (?:scan|unders|tid\b|show|visade|svar|result) | magnetunders | magnetkam | lungrönt | tandrönt
        röntga(?:d|s|t) (?:{_BODY}|hand|fot|arm|i) | röntgen(?:tid|svar|remiss) | biopsi | biopsy (?:res|tak|of|on|pend)
        cellprov | mammogra | gastroskop | koloskop | skopi\b
        (?:lump|mole|shadow|polyp|nodule|knöl|fläck)s? (?:found|remov|on (?:his|her|the) (?:lung|breast)|i bröst|
        på lung|bort|hitt)
        pleural | asbestos(?:is| expo\w* (?:in|sur|health)|exponerad) | asbestos(?:kontr|plack) | silicos | silikos
        dammlung | stendamml | vibration white | white finger | hav(?:s)? (?:exam|tier|synd|stage) | vita fingrar
        vibrationssk
        (?:epoxy|isocyanate|chrom\w*|nickel|latex|flour|hardener|epoxi|isocyanat|nickel|mjöl) ?(?:sensiti[sz]\w*|
        allerg\w*|överkänsl\w*|eksem)
        sensiti[sz]ed (?:to|–|-) | överkänslig (?:mot|för) (?:epox|parf|nick|lat|damm|kem|löks)
        mögel(?:sjuk|symt|skadad|bes) | hypersensitiv\w* (?:to|–) | sick building (?:sym|suff|vict)
    """),
    allowed=listed(r"""
        rokotusosaam\w* | rokotuskoord\w* | vaccinationsk\w*
        (?:vaccine|vaccin|rokote)\W?(?:fridge|kyl\w*|jääkaap\w*|logist\w*)
        (?:koira|kissa|hevo|lehm|vasik|sika|lemmik|karja)\w* (?:\w+)?rokot\w*
        rokot\w+ (?:koir|kiss|hevos|karja|lehm|eläin)\w* | (?:hund|katt|häst|dog|cat|horse|cattle)\w* (?:\w+)?vaccin\w*
        (?:vaccinated|vaccinerade?) (?:hund|katt|dog|cat|horse|cattle|calf)\w*
        (?:weld|svets|hits|pipe|putk|rör)\w* (?:\w+ )?(?:x-?ray|röntg|kuva)\w*
        (?:x-?ray|röntg\w*) (?:\w+ )?(?:weld|svets|hits|pipe|putk|rör)\w*
        (?:blood|bloods?)(?: sample)? (?:orange|tubes?|bank|analy\w+|transport)\w* | (?:unit|yksikkö|enhets)test\w*
        (?:hearing|eye|vision) test (?:booth|equip|van|app)\w* | alcohol test(?:er)?s? (?:kit|device|mount|lock)\w*
        (?:drug|alcohol) test(?:ing)? (?:polic|supplier|kits?|contract|provid)\w*
        huumetesti\w* (?:sopim|toimit|politiik|ohje)\w* | terveystarkast\w+ (?:sopim|hinn|toimenp|ohje|lask)\w*
        booster (?:pump|seat|cable|fan|rocket|pack|station)\w* | antigen ?test(?:s|er)? (?:kit|box|kpl|st|pcs|in)\w*
        boosteripum\w* | kolesteroliton
    """),
)
