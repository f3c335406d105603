"""Names of illnesses of the body and of how they show.

Belongs here: illnesses, symptoms, codes of diagnoses. Does not belong here: what befalls a body from outside
(`injury`), and illnesses of the mind (`mind`).

An illness is called much the same in all three languages, so that one root serves them.
"""

from __future__ import annotations

from schemas.detectors.lexicon.table import Table, listed

#: A code of ICD-10 counts beside a word for diagnosis or a length of absence; alone it is a room or a shelf.
_CODE = r"[a-tv-z][0-9][0-9](?:[.][0-9]{1,2})?"
_ICD = (
    rf"(?:icd(?: ?10)?|dg|dx|diag|syy|syykoodi|orsak|koodi|reason|sva?|sl|a-tod|a-todistus|intyg)\.?[:,]? {_CODE}\b",
    r"[a-tv-z][0-9][0-9][.][0-9]\W{1,3}(?:\w+ ){0,2}\d+ ?(?:pv|vrk|vk|kk|d\b|dgr|veck|mån|wk|week|day|month)",
    r"[a-tv-z][0-9][0-9][.][0-9]\W+(?:jatk|utlåt|todist|lausun|cert|self|intyg|sick|sjuk|sair|poiss|diag)",
)

TABLE = Table(
    anywhere=listed(r"""
        diabee?t | epilep | \bast(?:h)?ma | (?:us|aikuis|allergi|ansträngnings|induced )ast(?:h)?ma | migr(?:een|än|ain)
        (?:rh?e|\breu)umat | niv?elreuma | \breuma | rankareuma | art(?:h)?rii?t | artroos | \bartros | arthrosis
        osteo(?:po|ar|my) | nivelrik | fibromyalg | [ck]o?eliak | co?eliac | celiaki | parkinson | alz?heimer
        dement(?:ia|ik|iss|oi|e) | dement\b | dementi(?:diag|sjuk) | demens | muistisair | infarkt | infarction
        hepati+t | psoria | tuber[ck]ulo | borrelio | skolioo?s | scoliosis | i(?:sk|sch)ias | sciatica | \bcrohn
        [ck]olit(?:is)?\b | [ck]oliit | ms (?:tau|diagn|potil|patient|sjuk) | s[ck]lero[os] | skleroos | hiv ?posi
        \bhiv\b | \bcovid | korona(?:ssa|posit|tart|a\b|n takia|an sair|test) | corona(?:posit|smitt|sjuk)
        leu[ck]+a?emi | lymf?ph?oma | lymfoom | lymfom | melano[om] | myelo[om] | kasvain | kasvaim | [ck]ar[cs]inoo?m
        metastaas | metastas(?:is|er) | \btum(?:ou?r|ör) | sy[öo]p[äa](?:hoi|sai|dia|lei|kas|tau|epäi|pot|lää|\W|n|ä|$)
        sy[öo]v[äa](?:n|st|ss|lt) | syöpiä | solumuut | allergi(?:a\b|aa\b|an\b|nen|sk|ker|soi) | allerg(?:y|ic to)
        allergies\b | ana[fp]h?yla | (?:laktoosi|gluteeni|histamiini|fruktoosi)-?intoleran | dialy+s | syndroo?ma
        syndrome?\b | oireyhtym | apnea | apnoea | narkolep | narcolep | aneurys | embolia | tromboos | trombos
        thrombo[se] | arrh?yth?mi | arytmia | rytmihäir | flimmer | eteisväri | sepelvaltim | angina\b | endometri?o
        \bpcos | \bcopd | \bals-(?:tau|sjuk|pot) | kilpirauha | sköldkört | hypoth?yre | hyperth?yre | thyroid
        [ks]irroo?s | cirrh | pn[ey]umon | bron[kc]h?ii?t | \bsepsis | aivokal | meningi | malaria(?:a|n)?\b | salmonell
        glaukoo?m | glaucoma | ekseem | \beksem | eczema | ihottum | dermati | tinnit | vertigo | lupus\b | sarkoid
        sarcoid | keuhkoahta | keuhkokuum | keuhkotau | hemofi?l | haemophil | anemi(?:a|n|s) | an?aemi[ac]
        verenpainetau | kohon\w+ verenp | korkea(?:n)? verenp | verenpaine(?:ongel|potil| kohol| korke) | sydänvi[ak]
        sydänkoh | sydänoir | sydänlihastul | sydänsai | sydänpotil | sydäntau | sydämen vaj | sydämentahdistin asen
        aivoverenv | aivohalv | aivoveri | halvau[sk] | halvaantun | tia-koht | tulehdu[sk]
        tulehtun\w+ (?:polv|nilk|jänne|umpis|haav|ham) | tau(?:ti|din\b|dit\b|dista|teja)
        munuai(?:s|ten )(?:vaj|siir|kiv|pot|vik) | maksasair | maksa-arvo | keliaki | kihti(?:\b|ä|k) | kihdin
        endometr | vyöruusu | flunssa(?:ssa|a\b|an\b|inen|n\b|t|\W|$) | fluns+is | kuume(?:essa|inen|tta|ilee|ista)
        \bkuume\b | influenssa(?:ssa|a\b|n|\W|$) | vatsatau[dt] | mahatau[dt] | vatsapö | mahapö | norovir
        noro(?:a\b|ssa\b) | oksentaa | oksentel | oksennustau | ripuli | pahoinvo | yskä(?:ä|n|inen|köh)
        nuha(?:a\b|inen|kuum|ssa) | kurkkukip | kurkku kip | angiina | poskiontel | päänsär | hammassär | cancer
        \bsärky(?:\b|ä) | (?:päätä|hammasta|selkää) särk | vatsakip | rintakip | kuukautiskip | vaihdevuosi | huimau[sk]
        pyörty | tajuttom | kipeä(?:nä|ksi) | (?:on|oli|tuli|lapsi) kip(?:eä|ee) | kip(?:ee|iä)nä | kipukroo | kipupot
        kroonis?\w* (?:\w+)?(?:kip|sair|sär|väsy|vaiv|syn)
        (?:epilepsia|astma|migreeni|sairaus|iskias|rytmihäiriö|aivo|allergia)koht | sai kohtauks | kouristus | unettomuu
        univaik | uniongel | uupumusoi | verisairau | verihyyty | laskimotuk | keuhkoveri | veritulp | veritulpp
        aivokasv | umpisuol | umpilisäk | sappikiv | sappikoht | virtsatietul | eturauha | gynekologi(?:n|s) | vatsahaav
        refluks | ärtyvä suol | pulmonary | elinsiir | (?:munuais|maksa|sydän|luuydin|keuhko)siir | autoimmuun
        autoimmun | immuunipuu | diagnoo(?:si|s) | diagnoso | diagnos(?:en|er|erad|ti[ck]erad|tise)\b
        oireilee (?:psyy|vats|selk|nis) | pitkä covid | \bitu?d-luok | sukupuolitau | melunalen | meluvamma | nikkeliall
        remissio(?:ssa|on|vaih) | (?:on|oli|sai) (?:saanut )?(?:aivo|sydän)(?:inf|halv|verenv)
        punkin purem\w+ (?:hoi|jälk) | änkyt | ylipainon (?:vuo|hoi|leik) | tartuntaa kanta | kantaa (?:epip|hepat|hiv)
        laktoosi-?int | gluteenit\w+ (?:diagn|tauti) | insuliinidiab | \bdiab\. | keliaaki | enterorok | vauvarok
        vesirok | tuhkarok | vihurirok | sikotau | tulirok | hinkuysk | kurkunpään | \bpsori
        syyhy(?:\b|epä|tart|ä\b|n\b|lää) | täitä\b | täi(?:epä|kar) | märkärup | silmätul | korvatuleh | korvat tuleh
        kihomat | loismat | kampylob | \bmykopl | klamyd | \bherpes | kondyl | hiivatul | hammasmät | hammaskip
        ientuleh | leukalukko | bruksis | narskut | suonikoh | peräpuk | kierros?huim | menier | tasapainohäir
        näköherm | verkkokalv | silmänpaine | kaihi\b | kaihin | hajatait(?:e lisä|ks) | karsast | (?:paksu|ohut)suol
        divertik | umppari | nivuskohj | kohju | tyrä(?:\b|n\b|leik) | luukato | luunmurt | osteop | luustosai
        skoliosi | scheuer | selkärankareu | bechter | spondyl | fasett | (?:iskias|hermo)kip | kasvohermo | bellin
        käsien vapina | epämuodost | crps | kilpirau | addison | cushing | akromeg | aivolis | neuropat | neuralg
        nefro | nefrii | nefrit | pankre | haimatul | haima(?:n|syö) | pernan | hemokrom | trombosyt | hyytymishäi
        leiden | lymfedeem | lymfaöd | lipöd | lipedee | väsymysoi | uupumusoireyht | pots-oir
        (?:on|oli|nousi|nous) (?:kovaa )?kuume | kuumetta | kurkku ?(?:kipeä|kipe|tuleh) | ääni (?:pois|lähti|menn)
        räkätau | räkäi | yskittä | nuhai | vatsa (?:sekai|kipe|kural|rikki) | maha (?:sekai|kipe|kural|kuralla)
        vilust | jomottaa | heikottaa | särkee | pyörrytt | oksetta | \bmigreen | aurallinen
        sydän(?:läppä|lihas|vaiv|tutk) | läppävi | läppävuo | rytmihäi | tahdistin (?:asen|tark|vaih)
        verenpain\w+ (?:kork|koh|seur|lääk|mit) | \brr 1[4-9]\d
    """),
    beginning=(
        *listed(r"""
        diagnos(?:en|er|erad|ti[ck]erad)?\b | diagnos(?:is|ed|es)\b | rintasyö | (?:hög|högt|lågt) blodtryck
        blodtrycks(?:med|sjuk|prob) | blodpropp | blodbrist | blodsjuk | hjärt(?:fel|prob|svikt|attack|besv) | hjärtinf
        hjärtpat | förmaksfl | kärlkramp | hjärnhinne | hjärnblöd | hjärntum | slaganfall
        (?:kol)(?:,|-sjuk|-pat| och|-diag| sedan|$) | lungsjuk
        (?:fick|hade?|efter|haft|fått|lindrig|had|suffered|after|mild|minor|major|survived) (?:en |an? |the )?stroke
        stroke(?:,|patient) | stroke surv | stroke (?:i |in |)(?:19|20)\d\d
        stroke (?:in|last|rehab|recovery|förra|i fjol) | (?:laktos|gluten)intol | laktosöverk
        (?:nöt|mjölk|päls|pälsdjurs|latex|pollen|jordnöts|ägg|fisk|skaldjurs)allergi | giktb?\b | gikt | artros
        bältros | förkyl | snuva | (?:har|fått|i|hög|med|lätt) (?:influensa|feber)\b | influensa(?:n\b|\W|$|sjuk)
        feber(?:\W|n|$|fri) | halsont | ont i hals | hosta(?:r|de) (?:och|sedan|mycket|svårt) | magsjuk | maginfl
        maginflu | vinterkräk | kräk(?:s|t|ning|er) | diarr | halsfluss | bihåle | öroninfl | urinvägs | lunginfl
        inflammation | körtelfeber | struma | ischias | ryggskott | huvudvärk | yrsel\b | svimma
        (?:har|svår|mycket) värk\b | värk i | värken\b | tandvärk | kroniskt? (?:värk|sm|tr|sj|ont|infl)
        kroniska? (?:värk|sm|sj|tr) | långtidscovid | postcovid | mensvärk | klimakt | prostata
        ont i (?:rygg|knä|axel|axlar|nack|huv|mag|ben|hand|fot|höft|arm|bröst) | gallsten | njursten | njursvikt
        blindtarm | tarm(?:sjuk|infl|prob) | magsår | magkatarr | sömnap
        (?:allvarligt|svårt|kroniskt|svår|kronisk) (?:sjuk|astma|migr) | smitta(?:d|ts) (?:av|med) (?:cov|cor|inf|mag)
        minnessjuk | hudsjuk | muskelsjuk | skelettcancer | mår (?:dåligt|illa) | krasslig
        (?:heart|kidney|liver|lung|bowel|chronic|autoimmune|skin|respiratory) (?:dis|cond|fail|att)
        (?:neurological|thyroid|coronary|inflammatory bowel) (?:dis|cond|fail|att)
        (?:heart|kidney|liver|bladder|stomach|thyroid) (?:prob|trou|issue|infec|stones?|murmur|transp)
        cardiac (?:arr|cond|event|prob|pati|failure) | angina | (?:has|had|with|fitted|wears) (?:a )?pacemaker
        cardiomy | atrial | hypertens | (?:high|low|raised) blood press | blood pressure (?:med|tab|prob)
        (?:has|have) aids\b | (?:has|have|diagnosed with|suffers from|living with) (?:ms|tb|mnd|als)\b
        (?:ibs|copd|dvt|cfs|ibd|covid)\b | gout\b | hernia(?:s|ted|\b) | slipped disc | herniat | gallbladder | gallston
        appendic(?:it|ec) | tonsil | sinusit | glandular fever | lyme
        (?:has|had|with|got) (?:the |a |an )?(?:flu|fever|norovirus|shingles|seizures?|headache|rash)\b
        (?:has|had|got) (?:the |a |an )?(?:bad |heavy |chest |ear |kidney |lung )?(?:cold|infection)\b
        stomach (?:bug|flu) | (?:swine|man|stomach|bird) flu\b | flu (?:sym|since|today|abs)
        (?:tested )?positive for cov | positive covid | long covid | fever(?:\W|$) | vomit | diarrh | nausea
        chest (?:pain|infec) | headaches?(?:\W|$) | tumou?rs?\b
        (?:nut|peanut|shellfish|penicillin|latex|wasp|bee|milk|egg|pollen|dairy|food|seafood|wheat) allerg | allergic
        allergy | hay ?fever | food intol | lactose | gluten intol | sleep apn | blood clot | cataract | macular
        (?:detached|torn) retina | chronic (?:pain|back|fat|mig|cond|ill|ast|bron|kid|fatigue) | insomnia
        (?:terminal|breast|prostate|bowel|skin|ovarian|cervical) (?:cancer|ill) | prostate
        (?:had|has|having|prone to) (?:a |an |frequent |bad |the )?(?:seizure|fits\b|migraine|blackout)
        (?:had|has|having|prone to) (?:regular |severe )?(?:seizure|fits\b|migraine|blackout) | seizures
        (?:faints|fainted)\b | life ?threaten | underlying (?:cond|health|med) | immunocomp | immunosup | sickle cell
        clinically vuln | haemo?rrh | hemorrhoi | colostom | stoma\b | incontinen | irritable bowel | nickelall
        nickel allerg | smittsam | (?:i|går i) remission(?: since|,|$) | in remission(?: since|,|$) | cancer.free
        melu(?:vamma|nalen) | bullerskad | stamm(?:ar|ning)\b | stammer(?:s|er|ing)?\b | stutter
        (?:tested|testing|tests) positive(?:,|\b) | self.?isolat | quarantin\w+ (?:due|with|for|at home|until)
        (?:sleep|mood|eating|bleeding|blood|seizure|autoimmune|genetic|digestive|tic|panic|adjustment) disorder
        (?:skin|thyroid|heart rhythm|neurological|attachment|stress|identity|bipolar) disorder
        passed out (?:at|dur|on|in|twice) | collapsed (?:at|dur|on|in the)
        brain (?:haem|hem|bleed|tumou?r|surg|injur|aneu) | ruptured (?:cru|ach|app|disc|lig|spl|ten) | frukt(?:os)?intol
        astmamed | avmagrad | undernärd | övervikt\w* (?:oper|beh) | gastric (?:band|byp|sleeve) | obese\b | obesity
        underactive | overactive thy | medical condition | (?:t1d|t2d|dm ?[12]|typ[e ]? ?[12].?diab|insulindiab)\b
        type (?:1|2|one|two)(?: diab|\W|$) | diabet | hypo(?:s|glyc)?(?: (?:in|at|on|dur|again|attack)|,|\b$)
        hyperglyc | afib | a ?fib | af\b(?:,| diag) | bell'?s palsy | palsy | face numb | numbness
        als (?:konst|diag|sedan) | als-(?:sjuk|diag|pat)
        ms (?:–|-|konst|fatigue|sedan|relaps|skov|flare|diag|since|nurse) | fatigue\b | trötthetssyn | scheuermann
        bechterew | benskör | kontakteks | handeks | eksem
        utslag (?:på (?:arm|hän|hud|krop|ben|hals|mag|hela|rygg)|av (?:med|nick|latex|hand|täl)) | nässelut | rosfeber
        vattkopp | mässling | röda hund | påssjuk | scharlak | kikhost | fallfeber | feberkr
        krupp(?:host|anf| i natt|,|$) | svinkopp | höstblås | springmask | löss\b | lus (?:i|på) | skabb | maskros
        borrelia | fästing(?:bett|sjuk|burna) | bihål | snuvig | snorig | febrig | hostig | hes\b | tappat rösten
        öron(?:värk|ont|sus|inf) | brustet öra | spräckt trumhin | ljusskygg | stomi | pacemaker | blåsljud | klaffel
        hjärtklapp | förhöjt | (?:högt|höga|förhöjda?) (?:blodtr|kolest|lever|sock|värden|blodsock) | levercirr
        leversjuk | njursjuk | fettlever | bukspott | tarm(?:vred|flora|blödn) | hemorro | hudcanc | cancersjuk
        knuta i (?:bröst|hals|arm|lju) | cysta | polyper | endometr | pcos | vestib | kristallsj | yr (?:och|sedan|av)\b
        yrsel | svimning | synk?op | epilep | kramper | kramp(?:anfall|ade) | domning | nervsmärt | nervvärk | trigemin
        herpes | klamyd | könssjuk | könsherp | vårtor på | svamp(?:inf|angrepp på (?:fot|hud)) | rosacea | psoria
        astmatik | astma | kol-pat | lung(?:emfys|fibr|embol) | tbc(?: ?pos|-| ?kont| ?smit|,) | tuberk | blödningsrub
        blödarsj | uti\b | utis\b
        (?:ear|eye|chest|throat|sinus|kidney|bladder|urinary|skin|wound|tooth|gum|lung|viral|bacterial|stomach|yeast|
        wound|fungal) infec
        strep\b | strep throat | sore throat | throat infec | laryngit | lost (?:her|his) voice | pharyng | bronchi
        asthma | pneumon | chicken ?pox | measles | mumps | rubella | scarlet fev | whooping | croup
        hand foot (?:and )?mouth | impetigo | scabies | head lice | nits\b | ringworm | threadworm | pink ?eye
        conjunctiv | stye\b | cold sore | chlamyd | gonorr | syphil | thrush\b | hep (?:a|b|c)\b | mono\b(?: since|,)
        mononucl | shingles | cellulitis | abscess | gastro(?:enterit| bug) | norovirus | reflux | acid reflux
        heartburn | ibs\b | crohn | ulcer(?:s|ative)?\b | divertic | kidney stones | gall stones | pancreatit | celiac
        anaem | anemi | throwing up | thrown up | puk(?:ing|ed) | the runs\b | shivers | shivering with
        high temp(?:erature)? \d | temp(?:erature)? of 3[789] | temperature (?:and|39|38|40|of|since) | high bp
        bp (?:high|med|check|\d{3}|up|tab) | raised bp | hyperten | hypoten | palpit | murmur\b | arrhyth | blood clots?
        dvt\b | embolism | mini ?stroke | tia\b | had a (?:fit|funny turn|turn|blackout|stroke|fall|wobble)\b
        blackouts? (?:twice|since|at work) | fainting | faint spell | dizz(?:y|iness) | vertigo | meniere | menière
        migraine | cluster head | tremor | numb (?:hand|finger|leg|after|face|arm) | neuralgia | sciatic | slipped disk
        osteo(?:arth|por) | rheum | lupus | fibro(?:myal|\b) | me/cfs | pots\b(?: synd|,) | ehlers | hypermob | scolio
        spondyl | sarcoid | thyroid | graves' | hashimot | endometri | fibroid | hyperemesis | preeclam | period pain
        cramps\b | hot flush | eczema | dermatit | urticar | hives\b | alopecia | memory (?:disorder|clinic|loss|probl)
        mild cognitive | glaucom | retin(?:a|opathy|itis) | cyst\b | polyp | lump (?:in|on) | biopsy | malignan
        oncolog(?:y|ist) (?:app|ref|on|vis) | remission(?: since|,|$) | terminal(?:ly)? (?:ill|canc|diag)
    """),
        *_ICD,
    ),
    allowed=listed(r"""
        (?:has|have|in) ms (?:office|word|excel|teams|sql|project|access|outlook)\w* | vika-?diagnoo\w*
        (?:auto|verkko|moottori|laite)diagnoo\w* | diagnosti(?!cated|serad)\w*
        \b(?:fault|vehicle|engine|network|fel|fordons?|nätverks)\W?diagnos\w*
        \b(?:motor|remote|felkods|car|system|brake|ecu)\W?diagnos\w* | diagnos\w+ (?:tool|port|log|socket|cable)\w*
        (?:{machines})\w*\W?diagnos\w* | (?:tropic of|cape|zodiac|sign of) cancer | sy[öo]p[äa]läi\w* | headache tab\w*
        allergeeni\w* | allergi(?:fri|aton|testat|testad|märkt|vänlig)\w* | allergen\w*
        allergy.?(?:tested|friendly|free) | (?:lactose|laktos\w*|gluteeni\w*|laktoosi\w*).(?:free|fri|iton|ton)\w*
        lactose free | insulin? ?(?:board|wool) | tartuntatautil\w* | kasvitau\w* | eläintau\w* | tautiluok\w*
        tautivapa\w* | tautitilan\w* | hylkytau\w* | (?:vauva|talvi|koti|mökki|kevät|ruoka|hulluus|kulta|matka)kuume\w*
        kuumeinen (?:tahti|kiire|etsint|rakenn)\w* | (?:guld|res|val|rens)feber\w*
        (?:gold|cabin|spring|world cup) fever | fever pitch | fever ?tree | cold.?(?:store|room|chain|roll)\w*
        (?:{machines}) (?:suffers?|suffering|lider) (?:from|av) \w+
        suffers? from (?:memory|lag|latency|packet|crash|rust|corros|poor|a bug|bugs|low|high|weak)\w*
        suffering from (?:memory|lag|latency|packet|crash|rust|corros|poor|a bug|bugs|low|high|weak|delay)\w*
        metastab\w* | metasta(?:t\b|sis test) | inflammation (?:i|of) (?:marknad|price|costs?)\w*
        tulehtun\w+ (?:ilmap|tilan|väli|keskus|suhte)\w* | sick building syndrom\w* | liiken\w+ halva\w*
        halvaan\w+ (?:liik|tuot|verko)\w* | oksennuspus\w* | kipeän? asia\w* | kuumetta? mit\w* | kuumemit\w*
        febertermomet\w* | (?:free|annual|offer\w*|staff) flu jab\w*
        flu jabs? (?:\w+ )?(?:avail|clinic|offer|camp|day|for|voucher)\w* | flunssakau\w* | influenssarok\w*
        influensavaccin\w* (?:erbj|till|ges|för|kamp|finns)\w* | influensasäsong\w*
        flu (?:vaccin|shot|clinic|season)\w*
        covid.?(?:19)?.?(?:pass|rule|guid|subsid|support|tuki|tukea|restrict|safe|avust|test kit|screen)\w*
        covid ?tu\w* | koronatu\w* | koronapas\w* | kidney (?:bean|pie|shap)\w* | kihtikau\w*
        prostat\w+ (?:of the )?club | terminal (?:ill|building|block)um\w*
        faint(?:ed|ing)? (?:line|print|signal|text)\w*
        (?:{machines}) (?:has|with) (?:a |the )?(?:fever|virus|bug|cold|infection)\w*
        (?:has|with) (?:a |the )?(?:virus|bug) (?:in|on|remov|scan)\w* | hosta(?:r|n)? (?:{machines})
        syndroma? ?bolag\w* | intolerant of (?:delay|error|late)\w* | (?:fault|zero) intoleran\w* | arthritis ?friendly
        allergi(?:c|sk) (?:to|mot) (?:excel|meeting|monday|work|email|spreadsh|deadline|overtime|paper|bureau|rule|
        early|phone|möten?|måndag|jobb|regler|byråk|övertid|papper|stress)\w*
        allergi\w+ (?:palaver|kokou|maanant|excel|kiire|byrokr|ylitö)\w*
        (?:big|real|constant|huge|logist\w*|another) headache\w*
        headache (?:with|of|from|for) (?:this|the|our|logis|invoic|it\b|payroll)\w*
        huvudvärk (?:med|av) (?:detta|den|det|bokf|syst|progr|budg|excel)\w*
        päänsär\w+ (?:tuo|aiheut|tästä|tämä|järj|budj)\w*
        diabet\w+(?:herk|karam|makei|chokl|jalk|sukk|strump|mat\b|ruok|sock)\w*
        diabee?t\w+ (?:jalkah|jalkoj|fotv|foot ?care|fotterap|sock|footwear)\w*
        kuume nousee\W+(?:\w+ )?(?:derby|ottelu|finaali|peli|vaali|messu|kausi)\w*
        (?:vaali|finaali|derby|play ?off|messu|jääkiekko|kisa|joulu|alennus|festari|olympia|mm)\W?(?:kuume|feber|
        fever)\w*
        lastentau\w+ (?:\w+ )?(?:ohjelm|versio|järj|koneessa|mallis|laitt|softa|uudessa)\w*
        lapsentau\w+ (?:\w+ )?(?:ohjelm|versio|järj|koneessa|mallis|laitt|softa|uudessa)\w*
        barnsjukdom\w* (?:i|med|hos) (?:\w+ )?(?:syst|progr|vers|ny|mask)\w* | (?:lintu|sika)influens\w* | fågelinfl\w*
        (?:bird|avian|swine) flu (?:restr|zone|keep|rule|poultry)\w* | (?:afrikkalainen )?sikarut\w* | utaretuleh\w*
        juverinfl\w* | mastitis\w* (?:cow|herd|in cow)\w*
        \b(?:lehmä\w*|vasik\w*|koira|kissa|hevonen|hevosen|sika|siat|kana|kanat|lammas|lampa\w*|cows?|calf|calves|dogs?|
        cats?|horses?|pigs?|hens?|kon?|korna|kalv\w*|hunden|hund|katt|katten|häst|hästen|
        gris\w*) (?:\d+ )?(?:\w+ )?(?:sair|ripul|tuleh|sick|lame|ill|sjuk|kräk|halt|infl|feber|kuume|mastit|yskä)\w*
        (?:on )?kuin syöpä\w* | (?:like|such) a? ?cancer\b | som (?:en )?cancer\b
        diagnoo\w*:? (?:kytkin|laaker|sulake|kaapel|{machines})\w*
        (?:auto|bil|bilen|car|van|paku|{machines}) (?:on |har |är |has )?(?:\w+ )?(?:flunss|snuva|kuume|feber|yskä|
        hosta|nuha|sjuk|influ|hicc|cough)\w*
        (?:{machines}) \w+,? (?:tauti|vika)\w* | lämpöhalva\w*\W+ei\b
        smittsam\w* (?:skratt|ent|glädj|humör|musik|leende|optim|energi)\w* | (?:trafik|liikenne)infar\w*
        (?:kytkin|verkko|laite|vika|moottori|auto)\w*\W+diagnoo\w* | (?:kytkin|moottor)\w* tauti\w* | migraine.?free
        metal fatigue | fatigue (?:test|crack|fractur|strength|limit|load|mat|life|failure|analy)\w*
        (?:driver|alarm|alert|meeting|password|zoom) fatigue | fibroid\w* board
        (?:{machines}) (?:tremor|palpit|hypo)\w* | reflux (?:condens|drum|valve|pump|oven|solder)\w*
        mono (?:speaker|cable|audio)\w* | malignant (?:code|script|process)\w* | polyp\w*propyl\w*
        polyp(?:ropyl|eptid|hon)\w* | (?:{machines}|signal|cell|bass) polyp\w*
        hives? (?:of|in|inspect|at|frame|honey)\w* | (?:bee|honey) ?hives? | ulcer.?free
        retina (?:display|screen|macbook|ipad)\w* | cramps? (?:the|my|our) style | abscess\w* tree | hydro\w* fatigue
        (?:imposter|impostor|stockholm|not invented here|helsinki|huijari|bedragar|tukholma)\W?(?:syndrom|oireyhtym)\w*
        (?:dement|senil|seniil|skitsofr|schi[sz]o|maani|autist)\w* (?:\w+ )?(?:{machines}|väd|market|design|weather|
        spec|kund|customer|polic|approach|sää\b|sään|asiak|markk|ohjel|määr)\w*
        (?:shopping|sommar|jul|börs|bostads|vm|em|hockey|mello|mässa?|spel|bygg|auktions)feber\w*
        (?:joulu|loma|ostos|asunto|pörssi|remontti|muutto|some|festivaali|kauppa|talo|vene|sijoitus|bitcoin)kuume\w*
        (?:baby|match|world cup|wedding|election|shopping|holiday|auction|football|hockey|festival|trade fair) fever
    """),
)
