"""Words of crime, of punishment and of looking into somebody's past.

Belongs here: records, convictions, suspicions, sentences, security investigations. Does not belong here: what befell a
firm (a break-in, reported to the police).
"""

from __future__ import annotations

from schemas.detectors.lexicon.table import Table, listed

#: What befalls a suspect, and of which offences.
_CHARGED = (
    "charged|arrested|prosecuted|indicted|fined|cautioned|acquitted|detained|guilty|tried|convicted|dismissed|sacked|"
    "fired|caught|accused|reported|suspended|investigated|wanted|jailed|sentenced"
)
_OFFENCES = (
    "theft|fraud|assault|drink|drunk|drug|robb|steal|burg|gbh|abh|embez|shop|vand|viol|mur|rape|sex|harass|forg|moneyl|"
    "money l|posses|dealing|tax ev|tax fr|brib|batter|stalk|arson|manslau|criminal|common|perj|insider|smug|"
    "public order|threat|extort|blackmail|kidnap|hate cr|receiving stolen|handling stolen"
)
_OFFENCES_FI = (
    "varkau|petok|näpist|kavall|varast|huum|ratti|rikok|pahoin|ryöst|väärenn|törk|vahingonte|raiska|ahdist|tappo|tapon|"
    "murh|kiristy|kätkem|salakulj|väkival|hyväksikäyt|törkeä|liikennet|virkarik|veropet"
)
_OFFENCES_SV = (
    "stöld|bedr|förs|miss|snatt|narko|ratt|rån|grov|våld|hot\\b|olaga|smugg|hal|skatte|ringa|mord|dråp|bokför|barnp|"
    "sex|utpress|trolösh|häleri|knark|olovl|vårdsl|vapen|skadeg|brott"
)
_BEGINNING = (
    rf"(?:{_CHARGED}) (?:with|for|of|on suspicion of|in connection with) (?:\w+ )?(?:{_OFFENCES})",
    r"(?:theft|stealing|fraud|stolen|stole|cash) (?:\w+ )?from (?:the |his |her )?(?:till|cash|safe|employer|"
    r"workplace)",
    r"(?:dömd|dömdes|döms|åtal|åtalas|åtalad|fast|åkte fast|gripen|grips|greps|anmäld|misstänks|misstänkt|straff|dom|"
    r"böter|skadestånd|utmätning|suttit|satt|sitter|hovrätten|tingsrätten|tingsrätten,|hovrätten,|"
    r"fälld) (?:i \w+ )?(?:för |av )?"
    rf"(?:{_OFFENCES_SV})",
    r"(?:bokförings|vålds|narkotika|skatte|eko|sexual|vapen|trafik|tull|heders|egendoms|miljö|"
    r"förmögenhets|tjänste|hat)brott",
)
_ANYWHERE = (
    r"(?:kiinni|narahti|syyllistyi|syyllistynyt|syyte|syytteet|sakot|tuomio|käräjillä|potkut|ehdollista) (?:\w+ )?"
    rf"\w{{0,14}}(?:{_OFFENCES_FI})\w*(?:st[aä]|een|öön)\b",
    r"(?:kassa|kupari|auto|polkupyörä|työkalu|pyörä|tavara|metalli|polttoaine)varka(?:udest|uksist|udess|uteen syy)",
)

TABLE = Table(
    anywhere=_ANYWHERE
    + listed(r"""
        rikos(?:rek|r\.|tau|tuo|epä|his|ote|syyt|seuraam(?:us|uk)) | rikosten uus | rikoksenuus
        riko(?:ksesta|ksista|kseen|ksia|ksiin) | rikollis(?:ta\b|tau|uu|nen\b) | rikollinen(?:\W|$)(?:taus|men)
        rikostutkinnas
        (?:huumausaine|huume|talous|vero|seksuaali|väkivalta|omaisuus|petos|nuoruus|liikenne|virka|törkeä)rikok
        (?:huume|talous|seksuaali|väkivalta)rikolli | lainrikko | vankila(?:tuo|sta\b|reis|kund|aikan|rangai)
        vankilassa (?:ist|\d|ollut|vuon|kaks) | vankeu[sdt] | linnatuo | linnassa (?:ist|vuo|\d)
        istu(?:i|u|nut|massa) (?:\w+ )?(?:linna|vankil|tuomi|rangaist|kaks) | linnakund | entinen vanki | ex-vanki
        vapautu(?:i|u|nut) (?:vankil|linnas) | ehdonalai | ehdollis(?:ta|een|en) (?:vank|tuom|rang)
        ehdollinen (?:tuom|vank|rang) | ehdoton(?:ta)? (?:tuom|vank) | valvontarang
        yhdyskuntapalvelu(?:a|ssa|un|\b|s) | yhdyskuntaseur | koevapau | jalkapant | valvontapant | sakkovank
        tutkintavank | tutkintavang | avovankil | avolaitokses | rattijuop | rattijuopp | törkeä ratti
        ajokielto(?:on|ssa|tuom)? (?:ratti|saakka|päätt|tuom|alko) | ajokielto\w* \d | kortti hyll
        ajokortti (?:kuiv|hyll|pois ratti) | tuomittu \w+st[aä](?:\W|$) | tuomittu (?:\w+ )?(?:vank|sak|ehd|yhdysk|\d)
        tuomittiin | tuomion (?:kärs|saan|istu|lusi)
        tuomio (?:petok|kaval|varka|pahoin|ratti|huum|raiskau|törk|väkiv|näpist|veror|käräj|hovi|20\d\d|19\d\d)
        (?:petos|kavallus|varkaus|pahoinpitely|näpistys|huumausaine|raiskaus)tuomio
        (?:rattijuopumus|väkivalta|vero|ryöstö|tappo|murha|sakko|talousrikos)tuomio | lainvoimai\w+ tuom | sai tuomion
        (?:ei|aiempia|vanhoja|aikaisempia) tuomioita
        epäil(?:ty|tynä|lään|tiin|tyä|tyjä) (?:\w+ ){0,2}(?:petok|varkau|ratti|pahoin|kavall|rikok|näpist)
        epäil(?:ty|tynä|lään|tiin|tyä|tyjä) (?:\w+ ){0,2}(?:huum|väärenn|törk|ryöst|vahingonte)
        epäil(?:ty|tynä|lään|tiin|tyä|tyjä) (?:\w+ ){0,2}(?:raiska|ahdist|veropet|tietomur|tappo|väkival|hyväksikäyt)
        (?:varkaudesta|petoksesta|kavalluksesta) (?:epäil|tuomi|syyt|kiin|pidät|sak|kärä|poliis)
        (?:näpistyksestä|pahoinpitelystä) (?:epäil|tuomi|syyt|kiin|pidät|sak|kärä|poliis)
        (?:huumeista|ryöstöstä|väärennöksestä) (?:epäil|tuomi|syyt|kiin|pidät|sak|kärä|poliis)
        (?:raiskauksesta|murhasta|taposta) (?:epäil|tuomi|syyt|kiin|pidät|sak|kärä|poliis)
        (?:kiinni|narahti|syyllistyi|syyllistynyt) (?:\w+ )?(?:varkau|petok|näpist|kavall|varast)
        (?:kiinni|narahti|syyllistyi|syyllistynyt) (?:\w+ )?(?:huum|ratti|rikok|pahoin)
        (?:syylliseksi|syyllinen) (?:\w+ )?(?:varkau|petok|näpist|kavall|varast|huum|ratti|rikok|pahoin) | sakotettu
        sakkorangais | päiväsakko | pahoinpitel | lähestymiskiel | kavalsi | kavaltanut | kavaltanee
        varasti (?:kass|työp|raha|töi|asiak) | varastanut | näpisti | näpistys | näpistely | puukotti | raiskau
        raiskan | hyväksikäyt(?:tö|ä|östä) | lähisuhdeväk | perheväk | syyteharkin | syytteessä | syytettynä
        syytetty | syyte (?:nost|pet|kav|var|pah|ratti|huu) | nostettu syyte
        esitutkin(?:nassa|ta (?:kesk|käyn|alo|päät)) | vangitt(?:u|iin)(?:\W|$) | vangittuna
        pidätett(?:y|iin) (?:epäil|poliis|huum|ratti|var|pet|virant|työp|20)
        poliisi(?:n)? (?:pidät|otti kiin|kuulust|epäil|tutkii (?:hän|epäil)|tutkinnas|tutkinta (?:kesk|käyn)|kuulust)
        kuulustel(?:tavana|uissa|tiin|tu) | turva(?:llisuus)?-?selv | turvallisuusselv | turvaselv | luotettavuusselv
        supo(?:n|lta)? (?:selv|tark|laus|hyv|hyl|taust) | suojelupoliisi(?:n|lta) (?:selv|tark|laus)
        (?:perusmuotoi|suppea|laaja|henkilö)\w* (?:turva|selvit|htts) | henkilöturv\w+selv
        taustaselvitys (?:tehty|hyv|hyl|kesk|ok|voim) | taustatarkistus (?:tehty|hyv|hyl|kesk|ok|voim)
        taustan tarkis | rikosrekisteriot | luotettavuustark | linnareis
        poliisitutkin(?:ta kes|nassa|ta käy|nan koht) | (?:sai|saanut|saa) ehdollis
        ehdollista (?:kaval|petok|pahoin|ratti|huum|vank|varka) | saanut sakkoja | sakot (?:ratti|pahoin|ylinop|huum)
        käräjillä (?:pah|pet|kav|varka|syyt|20|ensi) | oikeudessa (?:pah|pet|kav|varka|syyt)
        vankilassa(?:\W|$)(?:ist|20|ol|ed) | istunut vank | kassavaje\w* (?:epäil|poliis|tutk) | järjestyssak
        porttikiel\w* (?:väki|pah|huum)
        matkustuskiellossa | ehdollista \d | ehdotonta \d | kuulustelu(?:un|ssa|ihin) | kuulusteli\b
        sai sako(?:t|n|ista)\b | saanut sako | kannabiksen kasv | kasvatta\w+ (?:kotona |itse )?kannabi
        \bistuu \w+(?:lla|llä|ssa|ssä),? vapau | \bvapautuu (?:\w+kuu|\d|vank) | \bvapautunut \d | liiketoimintakiel
        syyte \w+(?:udesta|oksesta|ksista|östä)\b | jengi(?:ssä|ssa|in\b|n jäs|läi|tau|liiv) | liivijengi
        exit-ohjelm | moottoripyöräjeng | bandidos | hells angels | united brotherhood | cannonball mc
        ajokiel(?:lossa|toon) | liikenneturvallisuuden vaar | petti kassan | kunniaton ero
        pölli (?:kass|raha|firm|työp) | vohki | \brr-ote | \brr-?ot(?:e|teen)\b | avovan[kg] | siviilityölup
        \bvanki(?:na)?\b | \bvangin\b | \bvangit\b | \blusi(?:i|nut|mi|nee)\b | muuntorang | sakon muun | etsintäkuul
        poliisi haki | vahingonkorvaus\w* riko | rikosvahin | elinkauti | nuorisorang | rangaistuslait | kriseläi
        kriminaalihuol | syyttäjä\w* (?:nost|harkin|pääts) | haaste käräj | vastaaja(?:na)? käräj | käräjät \d
        poliisi\w* rikosilm | rikosilmoitus (?:hän|tehty hän|työntek) | petti luott\w* kass | huumekaup | diilaa
        diileri | huumeista kiin | rattij(?:uop|uo)\b | ratista kiin | puhallutuks\w* jäi | pidätettynä | putkassa
        yön putk | kortti kuiv | kortti pois ratti
    """),
    beginning=_BEGINNING
    + listed(r"""
        brottsregist | straffregist | belastningsreg | (?:begärt|visat|uppvisat|lämnat|giltigt) registerutdrag
        utdrag ur (?:belast|brott|straff|misst|polis) | polisregist | dömd(?:es)? (?:för|till|i tings|20)
        dömts (?:för|till) | fälld (?:för|i tings) | (?:tidigare|ostraffad|ej) straffad | ostraffad | straffad
        villkorlig dom | villkorligt? (?:frig|dom|dömd) | skyddstillsyn | dagsböter | bötfälld
        fängelse(?:stra|dom|vist) | (?:i|från|ur|sitter|satt|suttit) (?:fängelse|häkte|kåken|finkan)\b
        (?:suttit|sitter|satt) inne\b | (?:mån|månaders|års) fängelse | fotboja | fängslad | häktad | anhållen
        avtjän | frigiven (?:\d|från|ur|på) | ex-fånge | före detta fånge | intern på | samhällstjänst | kontaktförbud
        besöksförbud | misstänk(?:t|s|ta) (?:för|av polis|i brott)
        misstanke om (?:brott|stöld|bedr|förs|narko|miss|grov) | åtala[dts]\b | åtalas | snattat | snatteri
        förskingr | stöld(?:dom|brott|misst|dömd)
        (?:dom|åtal|straff|böter|polisanmäld) för (?:stöld|bedr|förs|miss|snatt|narko|ratt|rån|grov)
        (?:fast|ertappad|gripen) för (?:stöld|bedr|förs|miss|snatt|narko|ratt|rån|grov)
        (?:dom|åtal|straff|böter|polisanmäld|fast|ertappad|gripen) för (?:våld|hot|smugg|hal|skatte|olaga|ringa)
        gripen (?:av|för|misst) | grips av | polisanmäld för | polisförhör | förhör hos polis | förundersök
        kriminell (?:bak|bel|akt|för|krets|gäng) | kriminalitet
        kriminalvård(?:en)? (?:klient|intagen|dömd|frig|kontroll) | rattfyll | rattonykt | narkotikabrott
        narkotikadöm | våldtäkt | våldsbrott | misshandl(?:at|ade|ar|ats)\b | misshandelsdom | sexualbrott | ekobrott
        skattebrott | bedrägeri(?:dom|dömd|misst) | brottsmiss | brottsling | brottslig | brottsdöm | dömts
        körförbud (?:till|eft|på|rat) | körkortet (?:indr|åter|beslag|omhänd) | indraget körkort efter
        säkerhets(?:utredn|pröv|klassad|skyddssamtal|klarer|godk|intervju) | bakgrundskontroll av (?:brott|belast|per)
        bakgrundskontroll(?: |:)(?:gjord|klar|ok|godk|underk|utförd|anm|säk|brott) | registerkontroll(?:erad| |:|\W|$)
        säpo(?:kontr|gran|:s) | criminal (?:rec|con|bac|off|his|cha|past|act|inv|proc|case|check|disc|resp)
        convicted | convict\b
        conviction(?:s)? (?:for|spent|unspent|disclos|record|quash|from|20|19|as|of (?:the|fra|ass|thef))
        (?:spent|unspent|previous|prior|driving|drug|theft|fraud|assault|past|no|has) convictions?\b
        (?:any|old|dui|criminal|juvenile|motoring|relevant|undisclosed|declared) convictions?\b
        ex (?:con\b|convict|offender|prisoner|felon|inmate) | felon(?:y|ies|s)?\b | misdemean
        offender (?:reg|man|prog|sup|since) | sex(?:ual)? offen
        (?:young|first|repeat|serial|registered|known|former|violent) offender | suspended sent
        (?:prison|custodial|jail) sent | sentenced
        served (?:time|his|her|\d|a (?:sent|prison|two|three|five|six)|sentence|six|two|three) | time served
        (?:from|in|out of|released from|serving time in|serving in) (?:prison|jail|custody)\b | imprison | incarcerat
        jailed | (?:on|out on|breached|under) (?:parole|licence recall|bail|remand|probation for|tag\b|curfew)
        bail cond | remanded | awaiting (?:trial|sentenc|court) | (?:electronic|ankle) (?:tag|monit)
        community (?:service (?:ord|sent|on|comp|hours|for|until|fin|after|imp)|payback|order|resol) | restraining ord
        non molestation | asbo\b
        probation (?:order|for (?:the|ass|dru|fra|dri|van|sho)|officer (?:app|meet|visit|contact))
        on probation (?:for|after) (?:theft|ass|dru|fra|dri|van|sho|a conv)
        suspected (?:of|thief|fraud|theft|drug|terror|shop) | suspect in
        arrested (?:by|last|in \d|on|at|twice|over|20) | under arrest | arrest (?:warrant|record)
        (?:found|pleaded|pled|pleads|plead) (?:not )?guilty
        (?:summoned to|appears? in|appearing in) (?:crown |magistrates'? )?court (?:for|on|next|charged|over|accused)
        (?:summoned to|appears? in|appearing in) (?:criminal |district )?court (?:for|on|next|charged|over|accused)
        (?:due in|up in|in) (?:crown |magistrates'? |criminal |district )?court (?:for|on|next|charged|over|accused)
        court (?:conv|appear\w+ for|case for (?:the|ass|fra))
        police (?:invest|caution|record|check|clear|enq|cust|inter(?:view|rog)|questioned|matter pending)
        (?:questioned|interviewed|investigated|detained|cautioned|held|arrested) by (?:the )?police
        under (?:criminal |police )?investigation (?:for|by)(?: the)? (?:pol|fra|the|ass|stea|crim|mis)
        under (?:criminal |police )?investigation (?:for|by)(?: the)? (?:har|sex|tax|emb|money|dru) | shoplift
        drink driv | drunk driv | drunk driver | drug driv | (?:dui|dwi)\b | drunk in charge
        (?:driving ban|banned from driv|disqualified from driv|lost (?:his|her) licen[cs]e)
        (?:licen[cs]e (?:revoked|suspended) (?:for|after|until|due)) | embezzl
        (?:stole|stealing) from (?:till|the till|work|employer|the company|the club|coll) | caught steal | pickpocket
        assault(?:ed|s)? (?:a |an |charge|convic|on |on$|his|her|case|coll) | assault(?:\W|$) | (?:gbh|abh)\b
        domestic (?:viol|abus) | drug (?:offen|deal|poss|traff|smugg|charg|convic) | drugs charge | manslaughter
        murder(?:ed|er) | perjur | gang (?:memb|affil) | terror(?:ist|ism) (?:links|susp|watch|off)
        fraud (?:convic|charge|trial) | theft (?:convic|charge|from (?:work|emp|till)) | tax evasion (?:conv|charg)
        money launder\w+ (?:conv|charg|susp|inv) | background checks?:
        background checks? (?:fail|pass|clean|pend|done|ok\b|compl|clear|show|reve|result|back|came)
        dbs (?:check|enh|basic|cert|clear|stand|pend|appl|rene|upd|no|ok|done|num|exp) | enhanced dbs | crb check
        disclosure (?:scot|and barr|cert|check) | (?:basic|enhanced|standard) disclosure | barred list
        security.(?:clear|vett|cleared|investigat|screen) | (?:sc|dv|bpss|ctc|nato|esc) (?:clear|vett|check|secret)
        (?:nato|top|uk) secret clear | clearance (?:level \d gran|revoked|denied by sec)
        (?:vetting|vetted) (?:fail|pass|pend|done|ok|level|comp|form|expi|clear|by (?:sec|pol|supo)|refus|susp|status)
        (?:police|developed|supo|non-police|counter terrorist|counter terrorism) (?:vett|clear|screen)
        (?:supo|finnish security) (?:check|clear|invest|vett|back) | criminality | rap sheet
        (?:broke|breaking) the law | säkerhetsklass(?:\W|ning|ad)
        (?:polisen|polis) utreder (?:henne|honom|hen|den anst|medarb|spelaren|för)
        (?:utredning|utreds|utredd|förhör|rättegång|åtal) för (?:bedr|stöld|förs|miss|narko|ratt)
        (?:utredning|utreds|utredd|förhör|rättegång|åtal) för (?:våld|skatte|bok|grov|sex)
        prickar i (?:belast|straff) | villkorligt för | fick villkorligt
        tingsrätten för (?:miss|stöld|bedr|ratt|narko)
        (?:failed|passed|clean) (?:the |a |his |her )?(?:background|police|criminal) (?:check|vett|clear|screen)
        (?:pending|clear) (?:the |a |his |her )?(?:background|police|criminal) (?:check|vett|clear|screen)
        (?:failed|passed|clean) (?:the |a |his |her )?(?:dbs|vetting|security) (?:check|vett|clear|screen)
        (?:pending|clear) (?:the |a |his |her )?(?:dbs|vetting|security) (?:check|vett|clear|screen)
        (?:awaiting|no issues in) (?:the |a |his |her )?(?:background|police|criminal) (?:check|vett|clear|screen)
        (?:awaiting|no issues in) (?:the |a |his |her )?(?:dbs|vetting|security) (?:check|vett|clear|screen)
        dbs (?:renew|iss|valid|sub|rec|on) | did time | criminal\b past | prison record
        (?:has|have|with) (?:a )?record for | (?:awaiting|on|stood|facing|faces|goes to) trial (?:for|in|on|at crown)
        faces charges | facing charges | pressed charges against (?:him|her)
        (?:murder|rape|theft|fraud|assault|drug|arson|burglary|robbery|battery) (?:charge|convic|accus|alleg|arrest)
        (?:sitter|satt|suttit|sonen|intagen|är) (?:i|på) \w+ fängelse\b
        (?:i|på|från) (?:åbo|vasa|kylmäkoski|skogsby|sörnäs|helsingfors|jokela|riihimäki) fängelse
        öppe?n(?:a)? anstalt | på anstalt | frigång | övervakningsstraff | ungdomsstraff | övervakare \w+ kont
        snatta | bötesföreläg | strafforder | förvandlingsstraff | tog pengar ur | tog ur kassan
        (?:stal|stulit|stjäl|norpade) (?:ur|från|på job|i kass) | (?:kassan|blev|blivit|är|själv),? polisanmäld
        hovrätten för | langa(?:de|r|t|re) | gängmedl | gängkrim | mc-gäng | bandidos | hells angels | brottsreg
        straffreg | säk?utr\b | sakutr | säkutr | supo (?:klar|godk|nek|utr|kontr|intyg|ok|utdr|utl) | barnporr
        mordbrand | mordbränn | näringsförbud | livstid(?:s|\b) döm | efterlyst (?:av|för) | f\.?d\.? fånge | fånge på
        kåken | i häkte | häktes | permission från fäng | villkorligt | brottspåföljd | kriminalvård(?:en kont|ens kl)
        rånare | dömd[,)]*(?: i| av|$|\W*$) | avtjänat | avtjänar | körkortet taget | åkte dit för | fast för ratt
        på fyllan, kört | (?:the|he's the|she's the|a|main|prime) suspect\b
        (?:sees|meets|meeting|see|meet) (?:his|her|their) (?:probation |parole )?officer | community service \d
        (?:court|speeding|unpaid|police) fines?,? (?:conv|court|pay|unpaid|attach|order|until)
        attachment (?:of earnings )?for (?:court|fine|crim) | unpaid (?:\w+ )?fine | fine default | fine converted
        garda vett | vetting\W{1,3}(?:disc|clean|pend|fail|ok|clear|adv) | open prison | day release | work release
        halfway house | tax offence | business prohib | banned from business | disqualified (?:as |company )?director
        bench warrant | arrest warrant | warrant (?:out|issued) | contempt of court
        wanted (?:by (?:the )?(?:police|interpol|europol)|in (?:estonia|sweden|russia|germany|poland|latvia))
        crim ?rec | crim ?check | police rec\b | ex ?con\b | ex offender | electronic tag | in jail | jail time
        prison time | behind bars | served (?:in|at) \w+ prison | inmate (?:at|in)\b | on parole | paroled
        youth custody | young offend | biker gang | outlaw mc
        caught with (?:drugs|cannabis|coke|weed|stolen|cocaine) | dealt (?:drugs|weed|hash) | sold (?:drugs|weed|hash)
        growing cannabis | police came (?:for|to ask) | taken in for questioning | called in for questioning
        helping police with | identity parade
    """),
    allowed=listed(r"""
        brottslighets\w* | rikosseuraamus(?:laitos|esimie|ala|virasto)\w*
        criminal (?:damage|law|lawyer|defen[cs]e|justice (?:dep|sys|agen)|court build|record office|action film)\w*
        conviction rates?\b\w* | (?:the |no |with )?conviction (?:rate|marketing)\w*
        (?:captive|prison|jail) (?:portal|break|fence|kitchen|museum|service|island)\w* | jailbreak\w*
        (?:in|from|to|after) (?:prison|jail) (?:kitchen|fence|deliver|site|service|building|work ?shop|break|mode)\w*
        (?:in|from|to|after) (?:prison|jail) (?:gate|yard|library|offic|store|estate|health|wall|educ|system|cell)\w*
        vankila(?:an|ssa|sta) (?:toim|asen|huol|siiv|ruok|kuljet|keitt|remon|työm|laskut|putki|lukko|uus)\w*
        i fängelse(?:t)?(?:s)? (?:kök|lev|byg|service|verkst)\w* | sentenced? (?:case|struct|length)\w*
        (?:felon|offender) ?mgmt | fängelsemus\w* | syytetty pois
        community service (?:day|club|award|hub|point|desk|centre|center|program)\w*
        community (?:order(?:ing)?|sentiment)\w*
        (?:charged|fined|guilty|caught) for (?:the )?(?:delivery|freight|hour|use|month|stor|park)\w*
        arrested fall\w* | fall arrest\w* | arrestor\w* | assault course\w*
        police (?:check ?point|radio|station|record (?:store|office|shop)|car)\w*
        suspected (?:of )?(?:virus|fault|leak|spam|phish|malware|bug|overheat|wear|mould|duplicat)\w*
        misstänkt(?:s|a)? (?:för )?(?:läck|fel|virus|mögel|intrång|skräp|fuktsk|phish)\w*
        epäilty (?:vuoto|öljy|vika|kosteus|home|roska|kalaste)\w*
        steal(?:ing)? (?:the )?(?:show|focus|cpu|time slice|scene)\w* | stole the show | thief ?proof\w*
        murder mystery\w* | grand theft auto | theft (?:alarm|protec|prevent|insur|report)\w* | anti ?theft\w*
        (?:money laundering|aml) (?:train|course|polic|officer|report|check|prev|direct)\w*
        drug (?:dealer(?:ship)?|offer)\w* | tax evasion (?:course|seminar|rules)\w* | anti ?terror\w*
        (?:customs|stock|ground|road|roof|height|door) clearance\w* | data(?:base)? clearance\w*
        (?:is|was)? ?bail(?:er|ing|iff)\w* | (?:straffad|straff) (?:spark|avg|kast)\w* | straffavg\w*
        varastanut?h?\w*(?= ?koodi) | varastanut (?:shown|huomion)\w* | näpistys(?:suoj|eston|hälyt)\w*
        taustaselvitys (?:tehty|hyv|hyl|kesk|ok|voim)\w* (?:asiakk|yrity|toimitt|tilaaja|hankkee|markkin)\w*
        taustatarkistus (?:tehty|hyv|hyl|kesk|ok|voim)\w* (?:asiakk|yrity|toimitt)\w*
        bakgrundskontroll(?:er)? av (?:företag|leverant|kund)\w*
        background check(?:s)? (?:service|software|process|polic|vendor|supplier|form)\w*
        registerkontroll\w* (?:av )?(?:företag|fordon|moms|kund|lev)\w*
        registerutdrag\w* (?:handel|fordon|fastig|före|bolag|patent|ytj)\w* | vangit(?:tu|sija)\w* (?:keko|muuttu)\w*
        (?:poliisi|polis)\w* (?:tutkii|utreder) (?:murto|ilkival|inbrott|skadeg|varast)\w*
        ajokielto\w* (?:ajoneuv|auto|perävaun|katsas|kuorma)\w*
        (?:ajoneuvo|auto|perävaunu|pakettiauto|rekka)\w* ajokie\w*(?: \S+)?
        fraud (?:case study|invest\w+ (?:soft|team|unit))\w* | ransom\w* | offender management serv\w*
        security (?:screen(?:s|ed)? door|clearance of snow)\w* | näpistely(?:n)? (?:esto|torju)\w*
        snatteri(?:larm|skydd)\w* | förundersökning\w* (?:av )?(?:mark|geo|bygg|tak|rör)\w*
        säkerhetsintervju\w* (?:av )?(?:besök)\w*
        hyväksikäytt(?:ö|öä)(?:aste|suhde)\w* av (?:minne|resur|kapi|disk)\w*
        (?:fire|vehicle|palo|home|rakenne)turvallisuusselv\w*
        turva(?:llisuus)?-?selvity\w+ (?:palo|rakennu|kohtee|kone)\w*
        turvallisuusselvity\w+ \w*(?:palotur|kiinteist|rakennus|kone|laite|kemikaal|kuljetu)\w*
        prisoner'?s dilemma\w* | (?:the )?prison (?:break|architect|of azkaban)\w* | warrant(?:y|ies) \w+
        inmate (?:search software|catering)\w* | (?:chain|work|road|maintenance|press) gang\w* | gängjä\w*
        gängtapp\w* | vankilan (?:toim|keit|laskut|kiint)\w* | vangin dilem\w*
        (?:ölands|vasa|åbo) fängelse(?:t)? (?:kök|museum|byggn)\w*
        suspect (?:device|package|reading|part|sensor|value|batch|cable)\w*
        the suspect (?:part|cable|batch|sensor|file|disk)\w* | barred list of (?:supp|firms)\w*
    """),
)
