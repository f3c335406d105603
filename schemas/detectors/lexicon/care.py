"""Words of pregnancy, of medicines and of treatment.

Belongs here: expecting a child, what somebody takes, and how somebody is treated. Does not belong here: the illness
(`illness`, `injury`, `mind`), or absence and fitness for work (`absence`).
"""

from __future__ import annotations

from schemas.detectors.lexicon.table import Table, listed

#: Somebody takes something; and what it is.
_TAKES = r"(?:on|takes?|taking|needs|uses|prescribed|started|using|carries|given|got|has|with|forgot|off|her|his)"
_HOW = r"(?:strong |daily |heavy |regular |her |his |some |prescribed |new |prescription |an |a |oral |the |high dose )"
_DRUGS = (
    r"medicines?\b|meds\b|pills\b|insulin\b|painkill|steroids?\b|antibio|antidep|blood thin|sedativ|opioid|"
    r"morphine|lithium|statins?\b|inhaler|beta.?block|antipsy|anti ?anx|sleeping (?:pill|tab)|tranq|"
    r"tablets for|warfarin|chemo|cortiso|methotrex|antihist|antivir|anticoag|codeine|co.codamol|tramadol|"
    r"injections\b|drip\b|oxygen\b|ventolin|hrt\b|nicotine (?:patch|gum)|antifung"
)
_TAR = r"(?:äter|tar|står på|använder|behöver|går på|fick|får|ordinerad|börjat med|slutat med|äter nu)"
_PILLER = (
    r"medicin|tablett|insulin|kortison|antibio|litium|blodf|smärts|sömnm|lugnande|psykofar|antidep|waran|statin|burana|"
    r"panad|ibuprof|treo|alvedon|penicill|betablock|cellg|morf|astma|ventol|värkm|värkt|nikotin|champix|p-piller"
)

TABLE = Table(
    anywhere=listed(r"""
        raskau | raskaana | laskettu aika | keskenmen | (?:lapsettomuus|hedelmöitys|hedelmällisyys)hoi | koeputkihed
        äitiys(?:lom|vap|päivär|rah|neuv) | äippäl | mammalom | mammavap
        odottaa (?:lasta|vauvaa|kaksos|esikois|pienokais|perheenlis|toista lasta|kolmatta lasta|tokaa|lapsen)
        perheenlisäy | imettä(?:ä|v) | imetys | synnyttä(?:nyt|nee|mään|misen|ä(?:\W|$)) | synnytyk | synnytysval
        keisarinleik | abort(?:ti|in)\b | neuvola(?:an\b|käyn|aika|lääk) | kohtukuol | vauva syntyy | vauvan laskettu
        \bivf\b | l[äa][äa]kity | l[äa][äa]kkei(?:tä|den|stä|llä)
        (?:mieliala|kipu|uni|nukahtamis|verenpaine|sydän|rauhoittava)-?l[äa][äa]k
        (?:verenohennus|masennus|psyyke|reuma|astma|syöpä|epilepsia)-?l[äa][äa]k
        (?:diabetes|allergia|adhd|ahdistus|migreeni|kolesteroli|kilpirauhas|hormoni|opioidi|reseptilääke?)-?l[äa][äa]k
        rauhoittavi(?:a|en)(?:\W|$) | rauhoittavat l
        (?:vahva|vahvat|vahvoja|vahvan|uudet|uusi|särky|biologinen|biologista|biologiset|biologisia) l[äa][äa]k
        särkylääk | lääkekuuri | lääkeriip | lääkekoke | lääkkeet (?:aamu|ilta|klo|muk|päiv|otet|vaik)
        lääkkeen (?:sivu|vaiku|taki|vuok) | lääke(?:stä|iden) (?:väs|taki) | antibioottikuu | antibiotikakur
        (?:syö|söi|sai) antibioot | kortisoni(?:hoi|pist|tab|kuur) | syö kortiso | cortisone (?:inj|shot|jab)
        verenohen | \bmarevan | warfari | insuliini(?:pump|pist|puut|hoi) | (?:käyttää|pistää|tarvitsee|syö) insul
        insuliini (?:muk|kass|jääk) | insuliinia päiv | morfiin | \bmorphine | opiaat | opioid | tramadol | tramal
        ritalin | concerta | medikinet | elvanse | prozac | sertrali | citalopra | sitalopra | mirtatsa | venlafaks
        venlafax | di?atsepam | diazepam | diapam | ketiapi | quetiap | metotreks | methotrex | metotrex | metadon
        methadon | buprenor | subutex | suboxon | antabus | epipen | epi-pen | adrenaliinikyn | \bssri
        beta(?:salp|block) | astmapiip | penisilliini | litiumlääk | syö litium | litiumhoi | [ck]h?emotherap
        kemoterap | solunsalp | s?ytostaat | cytostat | s[äa]dehoi | immun(?:o|suppressi)(?:terap|hoi|ther|suppr)
        hormonihoi | biologinen hoi | luuydinsiir | saattohoi | palliatiiv | palliativ | syöpähoi
        seurantakäyn\w* (?:polik|sair|syöp) | kuvantamis(?:tutk|läh) | magneettikuv(?:iin|auks|aus) | leikkaushoi
        laitoshoi | pakkohoi | osastohoi | tahdosta riipp | fysioterapia(?:a\b|ssa|an\b|jak|läh|käy) | fysikaali\w+ hoi
        toimintaterapia(?:a\b|ssa|an\b|jak|läh|käy) | puheterapia(?:a\b|ssa|an\b) | kuntoutuskurs | hierontaläh
        burana(?:a\b|n\b|lla\b|t\b| \d| ei) | panacod | panadol | ibuprofe | \bdolan | ventolin | symbicort | metformi
        ozempic | wegovy | mounjaro | humira | simponi | enbrel | thyroxin | tyroksii | lyrica | gabapenti | pregabal
        oksikod | oxycod | kodei+ni | codeine | champix | varenikl | triptaa?n | omepra | eliquis | xarelto | plavix
        primaspan | lexapro | cipralex | escitalop | zoloft | voxra | strattera | vyvanse | imovane | zopikl | tsolpid
        xanor | alprazol | oxamin | temesta | levaxin | prednis | kortisonipii
        (?:kortisoni|b12|rauta|hyytymisneste|botox)-?(?:piik|pist|tipu|injek) | statiini | betasalp | antikoagul
        nikotiini(?:laast|kor) | lääkepis | lääkeann(?:ost|os)l | lääkitt | tiputu(?:kse|s\b) | tipassa | \bdropp\b
        hoitojakso(?:lla|lle| \d) | (?:vuode|päivä|poliklinikka|kotisairaala|myllyhoi|hoitokoti)-?hoi | myllyhoi
        myllyhoidossa | a-klinik | a-kliniik | syömishäiriöklin | nuorisopsyk | päihdeklin | osteopaat | naprapaat
        kiropraktik | fysiot? \d+ ?(?:x|krt|ker) | fysio ?\d+ ?x
        \bfysio(?:ssa|on\b| (?:\d|ma\b|ti\b|ke\b|to\b|pe\b|klo|vk|jälk)) | (?:m1|m2|m3|b1|tarkkailu)-?lähete
        (?:fysio|psyk|hoito|jatkotutkimus|erikoislääkäri|sairaala|poli|kuvantamis|labra|labora)-?lähet | pieniin päin
        raskausp | \brv ?[1-4]\d\b | äidiks tul | vauva tulossa | rintaruok | raskausviik | sektio
        (?:naisten|äitiys|sydän|keuhko|reuma|kipu|uni|muisti|silmä|hermo|iho|neuro|syöpä|dialyysi|synnytys|
        hematologian |kirurgian )-?poli(?:lla|lle|klin|\b)
        naisten ?klin | kipuklin | uniklin | muistipoli | dieetti(?:lääk|hoi) | ravitsemustera | ravitsemusneuv
        nestemäi\w+ die
    """),
    beginning=listed(rf"""
        gravid(?:itet|a\b|\W|$) | havande | missfall | fertilitetsbeh | moderskaps(?:risk|led|pen|int) | mammaled
        väntar (?:barn|smått|tvill|tillök|sitt|sin f|en baby|bebis|familje) | (?:beräknad|väntad) (?:förl|nedk)
        förlossning | nedkomst | barnafödsl | amma(?:r|de)\b | amning | kejsarsn | mödravård | rådgivningsbesök mödra
        barnlöshetsb | provrörsbefr | foglossn | medicin(?:ering|erar|erad) | {_TAR} (?:\w+ )?(?:{_PILLER}) | waran\b
        smärtstillande | värktabl | sömnmed | sömntabl | lugnande (?:med|tabl) | psykofarm | läkemedelsbeh | hjärtmed
        blodtrycksmed | adhd-med | tar litium | litium(?:beh|med) | insulin(?:pump|b|spr|p) | penicillin | kortisonspr
        strålbeh | strålning mot | cellgift | cytostatik | hormonbeh
        behandling (?:mot|för) (?:canc|depr|ång|alk|miss|hepat|svår) | cancerbeh | dialys
        (?:njur|lever|organ|hjärt|lung)transplant | sjukgymn\w* (?:två|en|på|för|efter|tider)
        fysioterapi (?:för|efter|två|på (?:mån|tis|ons|tors|fre)) | tvångsvård | magnetröntgen | väntar på oper
        biverkningar av (?:med|läk|cell|tabl) | pregnan | maternity (?:risk|leave|pay|allow|abs|benefit|lv)
        mat(?:\.)? leave | (?:matb1|smp)\b | miscarr | stillb | stillborn | ectopic | fertility treat | ivf\b
        expecting (?:a baby|a child|twins|her|their|his)
        expecting (?:in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|winter))
        expecting (?:first|second|baby|again|mother) | baby (?:due|expected|arriv|bump) | due to give birth
        (?:gave|giving|give) birth | c section | caesar | cesarean | ante ?natal | prenatal | post ?natal | postpartum
        breast ?feed | breastfeed | menopaus | midwife appo | morning sick | trimester
        (?:weeks|months|wks|mths) (?:pregnant|along|gone) | (?:had|having|an) abortion
        terminat\w+ (?:of )?(?:her )?preg | surrogacy | medication | {_TAKES} {_HOW}?(?:{_DRUGS})
        (?:her|his|daily|strong|heart|adhd) meds\b | blood thinner | painkiller | antidepress | antipsych
        sleeping (?:pill|tab) | tranquil(?:l?i[sz]er) | sedated | inhaler | nebuli | epi ?pen
        steroid (?:inj|treat|tab|cream) | prescri(?:bed|ption) (?:med|drug|pain|opi|tab|pill) | warfarin
        insulin (?:dep|pump|inj|pen|shot) | immunosuppress | (?:anti-?)?hiv med | radiother | radiation (?:ther|treat)
        chemo(?:\b|ther) | palliat | hospice care | on dialysis | kidney trans
        (?:liver|heart|lung|bone marrow|stem cell|organ) transpl
        (?:undergo|undergoes|undergoing) (?:treatment for (?:canc|dep|alc|add|anx|hep|her|his|a |drug|bre|back))
        (?:receiving|receives|having) (?:treatment for (?:canc|dep|alc|add|anx|hep|her|his|a |drug|bre|back))
        (?:awaiting|waiting for|in) (?:treatment for (?:canc|dep|alc|add|anx|hep|her|his|a |drug|bre|back))
        (?:under|starts?|started) (?:treatment for (?:canc|dep|alc|add|anx|hep|her|his|a |drug|bre|back))
        (?:undergo|undergoes|undergoing) (?:cancer treat|medical treat|chemo|dialysis|physio)
        (?:receiving|receives|having) (?:cancer treat|medical treat|chemo|dialysis|physio)
        (?:awaiting|waiting for|in|under|starts?|started) (?:cancer treat|medical treat|chemo|dialysis|physio)
        treatment (?:for|until) (?:canc|dep|alc|add|anx|spring|drug|bre)
        physio(?:therapy)? (?:for|on|twice|weekly|appo|sess|after|refer|tues|thurs) | cancer treat
        (?:mri|ct|ultrasound) (?:scan )?(?:appo|booked|sched|on (?:her|his)|of (?:her|his))
        colonoscopy (?:app|on|book|next) | mastect | hysterect | vasect | blood transf
        side effects (?:from|of) (?:the )?(?:med|chemo|drug|tabl|treat) | föder (?:i|barn|sitt) | ska föda | fött barn
        födde barn | läkemedel mot | medicin mot | (?:her|his) pregn | fertility (?:clinic app|treat|leave)
        (?:ivf|scan|midwife|fertility) appo | nursing mother | expressing milk
        due date (?:is|in|\d+ ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)) (?:preg|baby)
        fysioterapi (?:x|\d|remiss|hos|via|tis) | fysio (?:x|\d+) | dietist | näringsterap | dietitian | dietician
        nutritionist ref | fpa terapi | fpa rehab | fpa (?:stödd|bekost)\w* (?:rehab|tera) | magnet(?:under|kam)
        dropp\b | blodtransf | järnpiller | kirurg(?:en)? (?:\d|tid|bes|säg) | naprapat | osteopat | kiroprak
        massage på remiss
        (?:på|inlagd på) (?:barn|psyk|kvinno|hjärt|stroke|infektions|bb|akut|intensiv)\w*(?:avd|klin|mott)
        inlagd (?:sedan|över natt|igår|för (?:obs|hj|lung|psyk|vård)) | utskriven från (?:sj|avd|klin|vård)
        observation över natt | (?:hölls|ligger|kvar) på obs | jour(?:en|läk) | åkte till jour | till jouren
        hos jouren | ingreppet (?:poli|gick|lyck|gjord) | behandlas (?:idag|för|mot|med|imorgon) | polikliniskt
        poliklinik(?:besök|tid) | beta.?blockers?\b | (?:cortisone|steroid|b12|vitamin b12|botox|pain) (?:jab|injection)
    """),
    allowed=listed(r"""
        l[äa][äa]kityslask\w* | l[äa][äa]kityslis\w* | l[äa][äa]k[ei]\w*.?(?:hoidon|hoito).?(?:lup|osaa|suun|koul)\w*
        lääkkeiden (?:\w+)?(?:jakelu|toimitus|kuljetus|tilau|valmist|myyn|hävit|palautu)\w*
        lääkkeiden (?:\w+)?(?:säilyt|annoste|annosjak|tukku|vastaanotto)\w* | lääkkeitä (?:myy|toimi|kuljet|valmist)\w*
        raskau(?:tta|den).?(?:vahving|testi)\w*(?= ?(?:\d|kpl|laatik)) | pregnancy test\w* (?:kit|stock|\d|box)\w*
        pregnan\w* (?:pause|yoga|clothes|wear|pillow|photo)\w* | äitiys(?:vaat|pakkau|neuvolan? (?:siiv|huol|tila))\w*
        maternity (?:wear|clothes|ward|unit|pack|photo|cloth|cover|hospital)\w* | moderskapsförp\w*
        imetys(?:liiv|tyyn|huone)\w* | amnings(?:bh|kudde|rum)\w*
        medication (?:permit|licen|round|manag|admin|compet|safety|train|course)\w*
        medication (?:handl|room|dispens|cabinet|cart|cupboard|trolley|polic)\w*
        prescription (?:drug sales|medicines? sales|pads?|glasses)\w* | lithium.?(?:batt|ion|cell|grease|pack)\w*
        litium.?(?:ion|akku|batt|par)\w* | on lithium (?:batt|cell|power)\w* | steroid ?free | epipen train\w*
        (?:abortti|aborterad|aborted?|abort) (?:deploy|job|proce|bygge|script|mission)\w*
        chemo.?(?:resist|metric|tax|sens|proof)\w*
        side ?effects? (?:of|in) (?:the )?(?:chang|patch|updat|func|code|migr|deploy|merge)\w* | side ?effect ?free
        sivuvaikutu\w+ (?:muuto|koodi|funktio|asennu|päivity)\w* | biverkn\w* av (?:ändr|uppd|bytet)\w*
        transplant\w* (?:seedl|tree|plant)\w* | (?:seed|tree|plant)\w* transplant\w* | nedkomst\w* ?(?:tal|väg)
        biopsy needle\w* | endoscop\w* (?:camera|inspection|pipe)\w* | dialysis (?:machine|fluid|unit|centre)\w*
        caesar (?:salad|dress)\w* | caesarsal\w* | sedat\w+ color
        (?:synnytys|förlossnings)(?:salin|osasto|avdeln|sängy|huone)\w* | provsvar\w* (?:betong|vatten|mark|jord)\w*
        tranquil\w* garden\w* | strålning mot (?:skärm|vägg)\w* | antibiootti\w*(?:vapaa|resis)\w* | antibiotic ?free
        kortisonfri\w* | betablock(?:list|et)?\b(?= ?(?:kod|chain|sten)) | vauvan laskettu hint\w*
        inhaler (?:stock|order|box)\w* | penicillin (?:lab|prod)\w* | hoitojakso\w* (?:hinno|lask|tilast)\w*
        pillow pregnan\w* | raskaus(?:ajan )?kuva\w*
        (?:särky|kipu)lääk\w+ (?:\w+ )?(?:ea|kaappi|ensiapu|tila|hyll|varast|myyn|täyd)\w* | särkylääk\w+ ea-kaap\w*
        painkillers? (?:for|in|to) (?:the )?first ?aid\w*
        (?:painkiller|burana|panadol|ibuprofen|alvedon)\w* (?:till|to|for|shelf|display|order|kpl|st\b|pack|hyll|kamp|
        myynti|hint)\w*
        drip (?:irrig|tray|edge|pan|feed|coffee|system)\w*
        (?:with|has|needs|uses|given|got|on|the|a|using|carries) (?:a |the |an )?drip (?:irrig|tray|edge|pan|feed|
        coffee)\w*
        nikotiinilaast\w* (?:myyn|hyll|kampan)\w* | läkemedelsk\w* | injection mould\w*
        behandlas (?:i|på) (?:möt|styr|nästa|ledn|nämnd)\w*
        (?:ärende|anmäl|klagom|faktura|reklam|offert|ansök|order|uppgift|data)\w* behandlas \w+
        oxygen (?:bottle|cylinder|hose|level|sensor|tank)\w*
        (?:blood pressure|verenpaine|blodtrycks) ?(?:monitor|mittar|mätar|cuff|meter|manschett)\w*
        (?:kliini\w+ )?lääketutkim\w* | (?:clinical|drug) trial\w*
    """),
)
