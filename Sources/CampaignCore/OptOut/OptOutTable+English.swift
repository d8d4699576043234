extension OptOutTable {
    private static let not = "not|dont|never|dnt"
    private static let call = "call|phone|ring|contact|text|message|msg|telephone|whatsapp|dial"
    private static let calling =
        "calling|phoning|ringing|contacting|texting|messaging|telephoning|dialing|dialling|whatsapping"
    private static let calls = "calls|call|texts|messages|messaging|texting|calling|contact|msgs|robocalls"
    private static let number = "number|numbers|phone|contact|cell|mobile|num"
    private static let lists = "list|lists|database|contacts|system|records|directory"
    private static let again = "again|anymore|ever|more|back"

    static let english = OptOutTable(
        words: [
            "stop", "stopall", "stop all", "unsubscribe", "unsubscribe me", "end", "quit", "cancel", "revoke", "optout",
            "opt out",
            "opt me out", "remove", "remove me", "exit",
        ],
        menuWords: ["cancel", "end", "quit", "exit", "remove", "revoke"],
        contact: [
            "do not [ever] \(call) [me|us] \(again) [again]", "dont|dnt [ever] \(call) [me|us] \(again) [again]",
            "don t [ever] \(call) [me|us] \(again) [again]",
            "dont|dnt|never|not [ever] \(call) [me] or|nor|and \(call) [me|us]",
            "do|dont|dnt|never [not] [ever] \(call) [me|us] [on|at] this|my \(number)",
            "never [ever] \(call) [me|us] \(again) [again]", "no longer \(call) me|us",
            "stop|quit|cease|end [all] \(calling) [me|us|here|again]",
            "stop [all] [the|these|your|those] \(calls)",
            "stop sending [me|us] [these|your|any|more|all] messages|texts|stuff|anything|msgs|ads|promotions",
            "stop trying to \(call) [me|us]", "^no [more] calls|texts|messages|contact|calling$",
            "no more calls|phone|texts|messages|calling",
            "only|just [by|on|via|through|use|send] whatsapp|text|texts|message|messages|email|sms|writing [please] [and|but] "
                + "no|not|never|dont [more] [phone|voice] calls|call|calling",
            "no|dont|not|never [phone|voice] calls|call|calling only|just [by|on|via|through] whatsapp|text|texts|message|messages|email|sms",
            "remove|delete|erase|drop|lose|forget|unlist|block [all] my|this|our \(number)",
            "take my|this [phone] number|name off",
            "remove|delete|take|drop|get [my|this] [phone|me|us|number|name] [number] from|off [of] [your|the|this|all|any|every"
                + "|that] [your] [calling|call|mailing|contact|phone|marketing|telemarketing|dialing] [contact] \(lists)",
            "do not|dont call list", "opt me|us out", "unsubscribe|deregister me|my|this [number|phone]",
            "^i want|wish|would|d|need|please|pls [like] [to] opt out$",
            "^i want|wish|would|d|need [like] [to] unsubscribe|optout$",
            "not|dont|never want|wish|consent|agree [to] [receive|get|be|any|more|your|you|these|have|for|to] "
                + "[receive|get|any|more|your|these|to|further|contacted|called] [any|more|your|these|further] [more|further|of] "
                + "[your|phone] calls|texts|messages|called|contacted|contact",
            "dont|not want|wish you|anyone|anybody [guys] [to] [to] [ever] \(call)|calling [me]",
            "not|dont want to be called|contacted|phoned",
            "cancel|stop|end [all] [the|your|these|my] [phone] calls|messages|texts",
            "no further calls|contact|messages|texts",
            "cease all|any|further|and [further|desist] [contact|communication|calls]",
            "forbid|prohibit you|anyone|u [guys|all] [to|from] [ever] \(call)|\(calling) [me|us]",
            "forbid|prohibit [any|all|further|more|your|these] [further|more|phone] calls|contact",
            "you|u are not|never allowed|permitted|authorized|authorised to [ever] \(call) [me|us]",
            "youre|arent not|never|allowed [allowed|permitted|authorized|authorised] to [ever] \(call) [me|us]",
            "you|u are no longer allowed|permitted|authorized|authorised to \(call) [me|us]",
            "you|u [do] dont|not have [my|any|the] permission|consent|authorization|right to [ever] \(call) [me|us]",
            "you|u have no permission|consent|authorization|right to [ever] \(call) [me|us]",
            "withdraw|revoke my|all|any [previous|prior] consent|permission|authorization",
            "^[i] refuse [to] [receive|take|get|accept] [any|all|more|further|your|these] [more|further|phone] "
                + "calls|messages|texts|contact$",
        ],
        bare: [
            "^do not \(call) [me|us]$", "^dont|dnt|never \(call) [me|us]$", "^don t \(call) [me|us]$",
            "do not \(call) me|us$",
            "dont|dnt \(call) me|us$", "please do not call",
            "^do not|dont|never \(call) me|us because|cause|as|please|so|unless|when"
                + "|at|on|before|after|until|now|today|tomorrow|tonight|if|while|im|during|in|about",
            "^no phone calls$",
        ],
        review: [
            "leave me|us alone", "let me be", "go away", "get lost", "piss|buzz|sod off", "back off", "not interested",
            "no interest",
            "who is|are|r|iz this|you|it|u|calling", "whos this|calling", "^who is|r|are$", "^who this|dis$",
            "who gave you",
            "where|how did|do|have you|u [guys] get|got|find|found|have [this|my] [my] \(number)",
            "will|gonna|going|ill|shall|am [to] report|block|sue [you|this]", "report|reported|reporting you|this|it|u",
            "block|blocked|blocking [you|this|u]",
            "scam|scammer|scammers|fraud|spam|spammer|spammers|harassment|harassing|harass|stalking",
            "police|lawyer|tcpa|ftc|sue", "wrong number|person|guy|phone", "not me|him|her|my", "you have the wrong",
            "no longer [with|my|at]", "passed away", "died|deceased",
            "stop|quit|enough bothering|harassing|spamming|it|this|that|now",
            "^enough", "no need to call anymore|again|any|me",
            "you dont need to call me|anymore|again",
            "prefer [a|to|by|that|get] [you] text|texts|message|messages|whatsapp|email|sms",
            "only|just [by|on|via|through|use|send] whatsapp|text|texts|message|messages|email|sms",
            "dont|do|never [not] answer|take|accept [phone|unknown|any] calls|numbers", "\(not) \(call)",
            "do not \(call)|disturb",
            "\(not) disturb|bother", "dont want", "do not want", "dont|not send|mail|email [me] [any|more|anything]",
            "did|do|didnt|not|never|dont [not] [ask|sign|consent|subscribe|authorize|authorise|give|request] [for|up|to|you] [this|permission|it]$",
            "delete|erase|remove my|all [personal] data|information|details|account|info|name",
            "remove|delete|unsubscribe|take me",
            "^delete|block|discontinue|unsub$", "fuck|fucking|screw|shit|asshole|wtf",
            "keep|keeps|kept|always calling|phoning|ringing [me]",
        ],
        needless: ["no need to call [me]", "you dont need|have to call [me]", "dont need to call"],
        settlements: [
            "im|am on|coming|here|outside|almost|there|arriving|heading", "ill|will|can call|come|be|pick|pass|go|stop",
            "i already", "already paid|solved|done|sorted|here|got|came|booked|picked", "on my way",
        ],
        courtesies: [
            "please|pls|plz|plse|kindly", "thanks|thx|thankyou|ty|tks|tnx|cheers", "thank you|u [very|so] [much]",
            "many thanks",
            "hi|hello|hey|dear", "good morning|afternoon|evening|night|day", "sorry", "regards",
            "best|kind|warm regards|wishes",
            "sir|madam|maam|miss", "excuse me", "if possible", "if you can|could|may", "ok|okay", "god bless [you]",
            "have a nice|good|great day",
        ],
        shorthand: [
            "u": "you", "ur": "your", "callin": "calling", "textin": "texting", "messagin": "messaging",
            "2day": "today",
            "2moro": "tomorrow", "tmrw": "tomorrow", "tmr": "tomorrow", "tomorow": "tomorrow", "l8r": "later",
            "b4": "before", "rn": "now", "atm": "now", "cuz": "because", "nomore": "more", "donot": "dont",
            "dnot": "dont", "dont't": "dont",
        ],
        idioms: [
            "does|will|did|would it|this|that|the|class|session [class|session|treatment] end|stop|quit",
            "^dont stop|quit calling|phoning|ringing|texting|messaging|contacting [me|us]",
            "^do not stop|quit calling|phoning|ringing|texting|messaging|contacting [me|us]",
            "why did|have you|they|u [all|guys] stop|stopped|quit calling|phoning|texting|messaging [me|us]",
            "you|u|they|nobody|noone never call|phone|text|message [me|us] [back]",
            "dont|not want to cancel|stop|quit|exit|remove|unsubscribe", "^dont|never cancel|remove|unsubscribe|end",
            "^do not cancel|remove|unsubscribe|end",
            "stop|stops|stopping|stopped at|near|outside|here|in|across|behind",
            "end of|in|the", "the|this|week|year|month|by|at|weekend end", "in the end",
            "bus|next|pit|first|last|one stop", "exit row|poll|the|from",
            "stop by|at|over|in", "non stop", "nonstop", "quit my|smoking|drinking|the", "remove the|my|a|stitches|it",
            "to the end",
        ],
        matters: """
            appointment appointments visit order orders purchase plan contract pain bleeding fever cough medication medicine meds pills
            pill antibiotic antibiotics treatment therapy surgery procedure vaccine diet result results payment payments bill bills
            invoice debt booking reservation flight trip delivery package shipment service insurance card account exam test class
            course event smoking drinking taking coughing crying vomiting itching swelling doctor dentist job work gym month week year installment loan
            membership policy refund meeting stitches scan session
            """,
        transitive: "remove cancel revoke quit exit",
        articles: "the a an my our this that his her their your",
        limits: """
            today now tomorrow morning mornings afternoon evening evenings night nights tonight early late later before after during
            while until till hour hours time times moment minutes week month year day days weekend weekends sunday sundays saturday
            saturdays monday tuesday wednesday thursday friday holiday holidays work office meeting lunch yet busy working driving
            sleeping traveling travelling class if unless except when waiting only instead new replace change other another
            """,
        moments: "today now yet busy driving working sleeping meeting moment class",
        unlimited: [
            "every|each [single] day|hour|week|morning|night|evening|minute|time", "all day|night|week [long]",
            "from now|today|this on|onwards|forward|onward|day|moment", "starting now|today", "any time", "anytime",
            "at any time",
            "ever again", "right now stop", "one more time", "all the time", "effective immediately",
        ],
        askers: "why when who what did didnt does doesnt have hasnt havent has had he she they if how whether",
        negations: "not dont never no didnt wont cant doesnt",
        requests: ["if you could|can|would|may", "if possible"],
        denials: [
            "didnt|never|not [ask|say|said|mean|tell|told|want|asked] [you|to|for|that]", "instead of", "rather than",
        ],
        invitations: [
            "^call|phone|ring me|us", "you can|may|could call", "can|could you [please] call me",
            "call [me] back|later|tomorrow|today|after",
            "give me a call", "feel free to call",
        ],
        owners: "my our his her their your",
        ownThings:
            "number numbers phone phones cell mobile line house home whatsapp contact lists list database system records landline "
            + "subscription enrollment registration consent permission details name data info calls call messages texts thing "
            + "nonsense crap stuff",
        others: "him her them it that she he",
        toThing: "",
        links: "to at on for the a with about",
        lookalikes:
            "top shop step stoop stock stops cancer quite quiet quiz edit exist exits care said fair hair pair falling cell canceled"
    )
}
