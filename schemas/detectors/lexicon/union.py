"""Words of belonging to a trade union, of its duties and fees, and of strikes.

Belongs here: membership, shop stewards, fees that are withheld from pay, industrial action; unions by name. Does not
belong here: convictions of other kinds (`belief`).

The name of a union counts with a word for membership beside it: a union is an employer and a customer, too.
"""

from __future__ import annotations

from schemas.detectors.lexicon.table import Table, listed

TABLE = Table(
    anywhere=listed(r"""
        ammattiliit | ammattiyhdisty | ammattiosasto | ammattijärjestö(?:n jäs|ön kuul|akti) | luottamusmie
        luottamusvaltuut | luottamushenkilö(?:\W|$|nä) | pääluottam | \b(?:p?lm|plm)-(?:teht|vapau|koul)
        \bay-(?:j[äa]s|lii|akt|toim|maksu|väk|väe|koul|luott|teht|mie|ihm|vapa|per|as|puol|opis|edus|kok|kun|taus|työ)
        \bay (?:j[äa]s|maksu|peri|akt|toim|luott|koul) | \bayjäs | \baymaks | j[äa]senmaksu | jäsenmaksuosuu
        (?:liiton|liitto)(?:jäsen|maksu|maksut|kuulu) | liito(?:n|ssa) (?:jäsen|luottam|akti|maksu) | liittoon kuulu
        (?:kuuluu|kuulu|kuuluvat|liittyi|liittynyt|liittyy) (?:\w{0,30})liittoon
        (?:ero(?:si|nnut|aa|ttu)|erosta|lähti|lähtenyt|erotettu) \w{0,30}liitosta
        (?:liitosta|liittoon) (?:ero|liitt|ilmo) | ei (?:ole )?liito(?:ssa|n jäs) | on liitossa
        (?:on|ei|ole|myös) järjestäytyn | järjestäytymätö
        (?:teollisuus|rakennus)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt|osast|hallit)
        (?:metalli|insinööri)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt|osast|hallit)
        (?:teollisuus|rakennus)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:metalli|insinööri)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:lääkäri|sairaanhoitaja)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt|osast|hallit)
        (?:lääkäri|sairaanhoitaja)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:paperi|sähkö|kemian)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt|osast|hallit)
        (?:puu|toimihenkilö)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt|osast|hallit)
        (?:journalisti)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt|osast|hallit)
        (?:paperi|sähkö|kemian)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:puu|toimihenkilö)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:journalisti)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:tradenomi|juristi|ekonomi)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt)
        (?:tradenomi|juristi|ekonomi)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:osast|hallit)
        (?:poliisi|tulli|upseeri)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt|osast|hallit)
        (?:tradenomi|juristi|ekonomi)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:poliisi|tulli|upseeri)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:postin?|kuljetus|merimies)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt)
        (?:postin?|kuljetus|merimies)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:osast|hallit)
        (?:farmasia|elintarvike)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt|osast|hallit)
        (?:postin?|kuljetus|merimies)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:farmasia|elintarvike)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:opettaja)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt|osast|hallit)
        (?:lastentarhanopettaja)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt|osast|hallit)
        (?:opettaja)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:lastentarhanopettaja)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:hammaslääkäri|farmaseutti)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt)
        (?:hammaslääkäri|farmaseutti)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:osast|hallit)
        (?:hammaslääkäri|farmaseutti)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:agronomi|palomies)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt|osast|hallit)
        (?:pelastus|vartija)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt|osast|hallit)
        (?:agronomi|palomies)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:pelastus|vartija)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:kosmetologi)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt|osast|hallit)
        (?:luonnontieteiden )(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt|osast|hallit)
        (?:kosmetologi)(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:luonnontieteiden )(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:kirjasto|viestinnän )(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt|osast|hallit)
        (?:kirjasto|viestinnän )(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:taidealojen )(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt|osast|hallit)
        (?:palvelualojen )(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt|osast|hallit)
        (?:julkisten )(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:jäs|luott|akt|osast|hallit)
        (?:taidealojen |palvelualojen )(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:julkisten )(?:alan )?(?:ammatti)?(?:liiton|liitossa|järjestön) (?:edust|koul|maks|työpaik)
        (?:rakennus|metalli|teollisuus|insinööri|paperi|sähkö)(?:liiton)? (?:jäs|luott|aktiiv|osaston|edusta)
        (?:kemian|tehyn|superin|pamin|jhl:n|oaj:n|erton|jytyn)(?:liiton)? (?:jäs|luott|aktiiv|osaston|edusta)
        (?:tehyn|jytyn|superin|pamin|erton|talentian) (?:jäs|luott|akt|osast|edust|hall|valt|maks|yhdysh)
        (?:loimun|tekin|yty:n|akt:n|jhl:n) (?:jäs|luott|akt|osast|edust|hall|valt|maks|yhdysh)
        (?:oaj:n|sak:n|sttk:n|akavan|ytn:n|pau:n) (?:jäs|luott|akt|osast|edust|hall|valt|maks|yhdysh)
        (?:iau:n|smu:n|sel:n|pardian|jukon) (?:jäs|luott|akt|osast|edust|hall|valt|maks|yhdysh)
        \blako(?:ssa|sta|illut|illu)\b | \blakko(?:on|il|päi|va|ra|avust|liput|liput|uhk|kil)
        työtaistelu(?:un|ssa|päi) | ulosmarssi | työnseisau | lakon ?(?:rikkur|vah|järj|johta) | lakkorikkuri
        lakonrikkuri | työttömyyskassan jäs | työttömyyskassaan | förtroendeman | förtroendevald | huvudförtroende
        luottari(?:n|t|na|lle|\b) | liittomaks | \bay-pid | lakkol | lakkokass | yhteysmie\w+ liit
        liittyi (?:proon|pamiin|jhl:ään|tehyyn|superiin|jytyyn|ertoon|teollisuusl)
        (?:kuuluu|kuulu|jäsenenä) (?:proon|prossa|pamiin|pamissa|jhl:ään|jhl:ssä|tehyyn|tehyssä|superiin|jytyyn)
        (?:kuuluu|kuulu|jäsenenä) (?:teollisuusl|oaj:hin|tekiin|ekonomeihin|insinööril|akavaan|sak:ssa)
    """),
    beginning=listed(r"""
        fack(?:lig|förb|fören|medl|avg|ansl|akt|et\b|ets\b|klubb|möt|omb|repr)
        fack(?:pamp|strid|eng|organis|avd|topp|styr|uppd|tillh|ordf|sty) | medlemsavgift
        (?:avdrag|inbetalning|avgift) (?:för|till) (?:facket|förbundet) | förbundsavg | förbundsmedl
        medlem i (?:ett )?(?:facket|\w+facket|\w*förb|unionen|kommunal\b|byggnads|pappers)
        medlem i (?:ett )?(?:transport\b|handels\b|seko|ledarna|saco|tco|lo\b)
        medlem i (?:ett )?(?:jyty|tehy|super\b|jhl|pam\b|oaj|akava|if metall|metall\b)
        medlem i (?:ett )?(?:elektrik|sif\b|st\b|vision\b|hrf|livs\b|målarna)
        (?:med|aktiv|organiserad|ansluten|engagerad) (?:i|till|för|hos|från) (?:facket|förbundet|unionen|kommunal\b)
        (?:med|aktiv|organiserad|ansluten|engagerad) (?:i|till|för|hos|från) (?:byggnads|pappers)
        (?:ombud|kontaktperson|gått med) (?:i|till|för|hos|från) (?:facket|förbundet|unionen|kommunal\b)
        (?:ombud|kontaktperson|gått med) (?:i|till|för|hos|från) (?:byggnads|pappers)
        (?:med|aktiv|organiserad|ansluten|engagerad) (?:i|till|för|hos|från) (?:transport(?:arb)|handels(?:anst)|seko)
        (?:ombud|kontaktperson|gått med) (?:i|till|för|hos|från) (?:transport(?:arb)|handels(?:anst)|seko)
        (?:gick med|klubbordf|klubbordförande) (?:i|till|för|hos|från) (?:facket|förbundet|unionen|kommunal\b)
        (?:gick med|klubbordf|klubbordförande) (?:i|till|för|hos|från) (?:byggnads|pappers)
        (?:ordförande|sekreterare|kassör) (?:i|till|för|hos|från) (?:facket|förbundet|unionen|kommunal\b)
        (?:ordförande|sekreterare|kassör) (?:i|till|för|hos|från) (?:byggnads|pappers)
        (?:gick med|klubbordf|klubbordförande) (?:i|till|för|hos|från) (?:transport(?:arb)|handels(?:anst)|seko)
        (?:ordförande|sekreterare|kassör) (?:i|till|för|hos|från) (?:transport(?:arb)|handels(?:anst)|seko)
        (?:med|aktiv|organiserad|ansluten|engagerad) (?:i|till|för|hos|från) (?:ledarna|saco|tco\b|lo\b)
        (?:med|aktiv|organiserad|ansluten|engagerad) (?:i|till|för|hos|från) (?:jyty|tehy|super\b|jhl)
        (?:ombud|kontaktperson|gått med) (?:i|till|för|hos|från) (?:ledarna|saco|tco\b|lo\b|jyty|tehy|super\b|jhl)
        (?:med|aktiv|organiserad|ansluten|engagerad) (?:i|till|för|hos|från) (?:pam\b|oaj|akava|if metall)
        (?:med|aktiv|organiserad|ansluten|engagerad) (?:i|till|för|hos|från) (?:metall\b|metallf)
        (?:ombud|kontaktperson|gått med) (?:i|till|för|hos|från) (?:pam\b|oaj|akava|if metall|metall\b|metallf)
        (?:gick med|klubbordf|klubbordförande) (?:i|till|för|hos|från) (?:ledarna|saco|tco\b|lo\b)
        (?:gick med|klubbordf|klubbordförande) (?:i|till|för|hos|från) (?:jyty|tehy|super\b|jhl)
        (?:ordförande|sekreterare|kassör) (?:i|till|för|hos|från) (?:ledarna|saco|tco\b|lo\b|jyty|tehy|super\b|jhl)
        (?:gick med|klubbordf|klubbordförande) (?:i|till|för|hos|från) (?:pam\b|oaj|akava|if metall|metall\b|metallf)
        (?:ordförande|sekreterare|kassör) (?:i|till|för|hos|från) (?:pam\b|oaj|akava|if metall|metall\b|metallf)
        (?:tillhör|ur|lämnat|utträtt ur|utträde ur) (?:facket|förbundet|metallf|tjänstem|byggnads|lärarf|vårdf)
        (?:utanför|medlemskap i) (?:facket|förbundet|metallf|tjänstem|byggnads|lärarf|vårdf) | fackligt | oorganiserad
        fackligt org | klubbordförande | arbetsplatsombud | skyddsombud för (?:fack|förb|if|byg)
        (?:unionen|kommunal|byggnads|if metall|metall)s? (?:medlem|ombud|förtr|avg|klubb|anslut|representant|repr)
        (?:pappers|handels|seko|vision|ledarna)s? (?:medlem|ombud|förtr|avg|klubb|anslut|representant|repr)
        (?:saco|lo|tco|jyty|tehy|jhl|pam|oaj|akava)s? (?:medlem|ombud|förtr|avg|klubb|anslut|representant|repr)
        (?:vårdförbundet|lärarförbundet)s? (?:medlem|ombud|förtr|avg|klubb|anslut|representant|repr)
        strejk(?:ar|ade|at|vakt|ers|kass|und|led|deltag)\b | strejka\b | strejkvakt | i strejk | ut i strejk
        strejkersä | deltog i strejk | under strejken (?:bort|från|dagar) | blockadvakt | medlem i a-kassa
        a-kasseavg | lockoutad | trade ?union | labou?r union
        union (?:mem|due|rep|act|fee|sub|branch|conven|official|steward)
        union (?:deleg|duties|duty|card|learn|ballot|meet|organi[sz]) | union (?:contrib|levy|facil|chair)
        union (?:treas|affil|recog) | unioni[sz]ed | unioni[sz]ing | non union | de unionis
        (?:left|leaves?|leaving|joined) (?:the |a |an |his |her )?(?:trade |local |staff |teachers'? )?union\b
        (?:left|leaves?|leaving|joined) (?:our |their |no )?(?:trade |local |staff |teachers'? )?union\b
        (?:joins?|joining|pays) (?:the |a |an |his |her |our |their |no )?(?:trade |local |staff |teachers'? )?union\b
        (?:left|leaves?|leaving|joined) (?:the |a |an |his |her |our |their |no )?(?:nurses'? |workers'? )?union\b
        (?:joins?|joining|pays) (?:the |a |an |his |her |our |their |no )?(?:nurses'? |workers'? )?union\b
        (?:resigned from|quit|belongs? to) (?:the |a |an |his |her )?(?:trade |local |staff |teachers'? )?union\b
        (?:resigned from|quit|belongs? to) (?:our |their |no )?(?:trade |local |staff |teachers'? )?union\b
        (?:members? of) (?:the |a |an |his |her |our |their |no )?(?:trade |local |staff |teachers'? )?union\b
        (?:resigned from|quit|belongs? to) (?:the |a |an |his |her |our |their |no )?(?:nurses'? |workers'? )?union\b
        (?:members? of) (?:the |a |an |his |her |our |their |no )?(?:nurses'? |workers'? )?union\b
        (?:chair of|active in|member in) (?:the |a |an |his |her )?(?:trade |local |staff |teachers'? )?union\b
        (?:chair of|active in|member in) (?:our |their |no )?(?:trade |local |staff |teachers'? )?union\b
        (?:elected by) (?:the |a |an |his |her |our |their |no )?(?:trade |local |staff |teachers'? )?union\b
        (?:chair of|active in|member in) (?:the |a |an |his |her |our |their |no )?(?:nurses'? |workers'? )?union\b
        (?:elected by) (?:the |a |an |his |her |our |their |no )?(?:nurses'? |workers'? )?union\b
        (?:represented by|rep for) (?:the |a |an |his |her )?(?:trade |local |staff |teachers'? )?union\b
        (?:represented by|rep for) (?:our |their |no )?(?:trade |local |staff |teachers'? )?union\b
        (?:dues to|not in) (?:the |a |an |his |her |our |their |no )?(?:trade |local |staff |teachers'? )?union\b
        (?:represented by|rep for) (?:the |a |an |his |her |our |their |no )?(?:nurses'? |workers'? )?union\b
        (?:dues to|not in) (?:the |a |an |his |her |our |their |no )?(?:nurses'? |workers'? )?union\b
        (?:is|still|also|not) in (?:the|a) union\b
        member(?:ship)? (?:of|in|with|no\.?|number)?:? ?(?:unite|unison|gmb|usdaw|rcn|nasuwt|neu|rmt)\b
        member(?:ship)? (?:of|in|with|no\.?|number)?:? ?(?:aslef|cwu|ucu|siptu|fbu|teamsters|uaw)\b
        member(?:ship)? (?:of|in|with|no\.?|number)?:? ?(?:seiu|pam|jhl|tehy|oaj|sak|akava|unionen)\b
        member(?:ship)? (?:of|in|with|no\.?|number)?:? ?(?:if metall|kommunal|the teamsters)\b
        (?:unite|unite|unison|unison|gmb|usdaw|usdaw) (?:mem|rep|sub|due|branch|steward|fee|shop|offic)
        (?:rcn|nasuwt|neu|rmt|aslef|cwu|ucu|siptu) (?:mem|rep|sub|due|branch|steward|fee|shop|offic)
        (?:unite|unite|unison|unison|gmb|usdaw|usdaw) (?:card|deleg|ballot|conven|union|organis)
        (?:rcn|nasuwt|neu|rmt|aslef|cwu|ucu|siptu) (?:card|deleg|ballot|conven|union|organis)
        (?:fbu|bectu|bectu|pcs|tssa|afl-cio|seiu) (?:mem|rep|sub|due|branch|steward|fee|shop|offic)
        (?:uaw|pam|jhl|sak|tehy|oaj|akava|sttk) (?:mem|rep|sub|due|branch|steward|fee|shop|offic)
        (?:fbu|bectu|bectu|pcs|tssa|afl-cio|seiu) (?:card|deleg|ballot|conven|union|organis)
        (?:uaw|pam|jhl|sak|tehy|oaj|akava|sttk) (?:card|deleg|ballot|conven|union|organis)
        teamsters (?:mem|local|dues|rep) | shop steward | chief steward | convenor\b
        (?:on|went on|joined the|goes on|took part in (?:the |a )?|during the|honou?red the) strike
        strike (?:action|pay\b|fund|ballot|committee|day|picket|participant|organis|leader)
        striking (?:work|staff|emp|nurse|teach|with) | (?:took part in|taking|on|joined|takes) industrial action
        picket (?:line|duty) | picketing | picketed | check ?off (?:form|auth|sign|ded|sub) | facility time
        walk ?out (?:organ|part|lead) | collective barg\w+ (?:rep|team|deleg) | works council (?:mem|rep|del|chair)
        staff side (?:rep|sec) | political levy | dues deduct | (?:deduct|withhold)\w* (?:union|dues)
        blacklisted (?:for|union) | (?:lo|tco|saco|pro|jhl|pam|sak|sttk|akava) ansl
        medlemsavgift till (?:pro|jhl|pam|fack|unionen|tehy|super|oaj) | lokal fack
        (?:secretary|treasurer|rep|representative|delegate) (?:of|for|in|at) (?:the |a |his |her )?union
        (?:officer|organi[sz]er|spokes\w+|steward) (?:of|for|in|at) (?:the |a |his |her )?union
        (?:took part in|joined|led|organised) (?:the |a )?walk ?out | crossed the picket | union picket
        pays (?:unite|unison|gmb|usdaw|union) | strikebreak
    """),
    allowed=listed(r"""
        jäsenmaksu(?:lask|järjestel|ohjelm)\w* | jäsenmaksu(?:t|jen)\b(?! (?:liit|ay)) | ammattiliitto(?:yhteisty)\w*
        jäsenmaksu\w*(?: \d+)?(?: \S+){0,3} (?:seura(?:lle|n|a)?|kerho\w*|klubi\w*|harraste\w*)(?=\W|$)
        jäsenmaksu\w*(?: \d+)?(?: \S+){0,3} (?:salille|salin|liikuntaseur\w*)(?=\W|$)
        jäsenmaksu\w*(?: \d+)?(?: \S+){0,3} (?:golf\w*|jumppa\w*|koululle|yhdistyks\w*)(?=\W|$)
        jäsenmaksu\w*(?: \d+)?(?: \S+){0,3} (?:kauppakamari\w*|osuuskun\w*)(?=\W|$)
        (?:kauppakamari|kuntosali|kuntokeskus|sali|yhdistykse)\w* jäsenmaksu\w*
        (?:osuuskunna|urheiluseura|seura|kerho|golf)\w* jäsenmaksu\w*
        (?:yrittäj|klubi|harrast|joukkuee|juniori|juniorei)\w* jäsenmaksu\w*
        (?:aikuis|lapsi|lapse|perhe|kannatus|kannattaj)\w* jäsenmaksu\w*
        (?:laji|tanssi|uimasali|uimasal|tennis|pursiseura)\w* jäsenmaksu\w*
        (?:ratsastus|hiihto|pallo|jalkapallo|jääkiekko)\w* jäsenmaksu\w*
        (?:vpk|martt|omakotiyhdistyks|tieosuuskunna|kalastuskunna|metsästysseur|partio)\w* jäsenmaksu\w*
        jäsenmaksu\w* (?:junior|aikui|laps|perhe|kausi|kaude|20\d\d[-/]|seura)\w* | medlemsavgiftssystem\w*
        (?:föreningens|klubbens|klubb|förenings|gym|golf|idrotts|junior|senior|barn|familje)\w*(?: \w+)? medlemsavg\w*
        (?:vuxen|scout|segelsällskap\w*|kennel\w*|gymkort|handelskammar\w*|årlig|spelar)\w*(?: \w+)? medlemsavg\w*
        medlemsavgift\w*,?(?: \d+)?(?: \S+){0,3} (?:gym|handels|kamm|golf|idrott|förening|klubb|junior)\w*
        medlemsavgift\w*,?(?: \d+)?(?: \S+){0,3} (?:senior|scout|spel|säsong|barn|familj|träning|lag)\w*
        medlemsavgift\w* (?:20\d\d|\d+ ?(?:€|eur|kr|e\b)) | third party member\w* | on-strike clause
        (?:credit|student'?s?|students'?|rugby|european|western|customs) union(?:'s)?(?: \w+)?
        (?:soviet|pipe|banking|currency|postal|african|monetary|energy) union(?:'s)?(?: \w+)?
        union (?:street|square|station|jack|flag|all|joint|nut|pipe|fitting|valve|type|select) \w*
        union (?:query|canal|hotel|pacific|road|house|chapel|club|design|bank|tools) \w*
        in (?:a )?union (?:type|query|select|join|with|street|square)\w* | (?:in|on) union (?:street|square)
        works for union (?:pac|bank)\w* | facklig\w* tid(?:ning|skr)\w*
        strejkande (?:skriv|mask|motor|dator|hiss|bil|server)\w* | förtroendevald\w* revis\w*
        järjestäytyn\w+ (?:jono|tietok|rivi|joukko|kokoel)\w* | luottamushenkilö(?:\W|$|nä)öhallin\w*
        (?:during|because of|due to|after|by) (?:the )?(?:port|dock|postal|rail|airport) strike\w*
        (?:during|because of|due to|after|by) (?:the )?(?:lorry|truck|bus|airline|ferry) strike\w*
        lakko\w* (?:satama|posti|juna|lento)\w* | (?:satama|posti|juna|lento|kuljetus|bussi)lak\w*
        picket (?:fence|line fence|gate|pin)\w* | (?:{machines}) (?:on|went on) strike
        strike (?:pay ?wall|day rate for) | a-kassan? (?:fakt|avtal|kund)\w* | rikkuri(?:n|t)? (?:{machines})
        (?:fackliga?|fackets) (?:tidning|central|organ|lokal)\w*(?:en)? (?:fakt|städ|lokal|kont)\w*
        ammattiliit\w+ (?:toimisto|kiinteist|talo|loma|siiv|laskut|asiakas)\w*
        ammattiliit\w+ (?:sivust|verkkosiv|kokoushuo|it-tuki|palvel)\w*
        trade union (?:office|house|building|hq|account|customer|website|client|hall|invoice)\w*
        luottamusmie\w+ (?:huone|vaali(?:jär|tul)|koulutustila)\w* | medlemsavgifter(?:na)?\b
    """),
)

#: Unions by their short names, in just this case.
SHORT_NAMES = (
    *("SAK", "STTK", "Akava", "AKAVA", "JHL", "PAM", "JUKO", "OAJ", "Tehy", "TEHY", "SuPer-liit\\w*", "SuPer", "FFC"),
    *("FTFC", "YTN", "AKT", "Jyty", "JYTY", "ERTO", "Pardia", "Talentia"),
)
