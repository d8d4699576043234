/// What people write who do not want to be called, in one language. The rule that uses it is ``OptOutReader``; how a
/// phrase is written, ``ReplyPattern``.
///
/// A false block costs a patient or a customer, a missed one costs trust, and a review costs a minute of somebody's time,
/// during which nobody is called. So only what cannot be meant otherwise blocks, and whatever may be meant so is reviewed.
struct OptOutTable {
    /// They block when they are the whole reply, and are reviewed inside a longer one.
    var words: [String]
    /// Those of the words that are reviewed on a button, because menus and appointments have such buttons, too.
    var menuWords: [String]
    /// Phrases about calls, messages, the number or the list: they block.
    var contact: [String]
    /// They block too, unless the reply says anywhere when, or why not now: `não me ligue, estou em reunião`.
    var bare: [String]
    /// They are reviewed.
    var review: [String]
    /// They are reviewed unless one of `settlements` says why no call is needed: `não precisa ligar, eu vou aí`.
    var needless: [String]
    /// Why no call is needed: `já resolvi`, `I'm on my way`.
    var settlements: [String]
    /// What is not counted: greetings, thanks.
    var courtesies: [String]
    /// As people write on a phone, and the word for it: `hj` is `hoje`.
    var shorthand: [String: String]
    /// Where one of the words means something else: `at the end of`; or a whole phrase: `não deixe de me ligar`.
    var idioms: [String]
    /// What people stop or cancel that is not our calls: one of the words beside such a noun says nothing about calls.
    ///
    /// `cancelar consulta` and `tem como parar a dor?` are answers to what the call was about. Whoever writes them wants
    /// to be looked after, perhaps by a call; `replies` shows them all the same.
    var matters: String
    /// Words that have an object, which the list of `matters` need not know: `remover o siso`.
    var transitive: String
    /// What such an object begins with.
    var articles: String
    /// Beside a phrase, they limit it: `hoje`, `antes`, `se`. It is reviewed.
    var limits: String
    /// Those of `limits` that are over soon: together with a request to call later, they say nothing.
    var moments: String
    /// `from now on` has a word of time, and limits nothing.
    var unlimited: [String]
    /// Before a phrase, they make it a question or a story: `por que não me ligam mais`. It is reviewed.
    var askers: String
    /// Right before a phrase, they turn it round: `não pare de me ligar`. It is reviewed.
    var negations: String
    /// Where one of the askers asks for it: `vocês podem parar de me ligar`.
    var requests: [String]
    /// Before a phrase, they say that it was not said.
    var denials: [String]
    /// They ask for a call, at the beginning of a clause: beside a phrase that contradicts them, it is reviewed.
    var invitations: [String]
    /// `minha`: what follows may be somebody else: `não liguem mais para minha mãe`. It is reviewed.
    var owners: String
    /// What follows `minha` and is still the writer's own phone.
    var ownThings: String
    /// `ela`: somebody else.
    var others: String
    /// Between a phrase and another thing that is rung: `ao banco`. It is reviewed.
    var toThing: String
    /// Words between a phrase and the one who is meant.
    var links: String
    /// Words that are one letter away from one of the table's and mean something else.
    var lookalikes: String

    /// The words of a list such as `matters`, in plain letters.
    static func plain(_ words: String) -> Set<String> {
        Set(words.split(whereSeparator: \.isWhitespace).map { ReplyPattern.plain(String($0)) })
    }
}

/// The tables of all languages as one: people do not say which language they write.
struct OptOutPhrases: Sendable {
    let words, menuWords, contact, bare, review, needless, settlements, courtesies, idioms: PhraseList
    let unlimited, requests, denials, invitations: PhraseList
    let matters, transitive, articles, limits, moments, askers, negations, owners, ownThings, others: Set<String>
    let toThing, links: Set<String>
    let shorthand: [String: String]
    let typos: OneLetterTypos

    static let builtIn = OptOutPhrases([.portuguese, .spanish, .english])

    init(_ tables: [OptOutTable]) {
        func phrases(_ list: KeyPath<OptOutTable, [String]>) -> PhraseList {
            PhraseList(tables.flatMap { $0[keyPath: list] })
        }
        func plain(_ list: KeyPath<OptOutTable, String>) -> Set<String> {
            tables.reduce(into: []) { $0.formUnion(OptOutTable.plain($1[keyPath: list])) }
        }
        words = phrases(\.words)
        menuWords = phrases(\.menuWords)
        contact = phrases(\.contact)
        bare = phrases(\.bare)
        review = phrases(\.review)
        needless = phrases(\.needless)
        settlements = phrases(\.settlements)
        courtesies = phrases(\.courtesies)
        idioms = phrases(\.idioms)
        unlimited = phrases(\.unlimited)
        requests = phrases(\.requests)
        denials = phrases(\.denials)
        invitations = phrases(\.invitations)
        matters = plain(\.matters)
        transitive = plain(\.transitive)
        articles = plain(\.articles)
        limits = plain(\.limits)
        moments = plain(\.moments)
        askers = plain(\.askers)
        negations = plain(\.negations)
        owners = plain(\.owners)
        ownThings = plain(\.ownThings)
        others = plain(\.others)
        toThing = plain(\.toThing)
        links = plain(\.links)
        shorthand = tables.reduce(into: [:]) { all, table in
            for (short, full) in table.shorthand { all[ReplyPattern.plain(short)] = ReplyPattern.plain(full) }
        }
        typos = OneLetterTypos(
            of: words.words.union(contact.words).union(bare.words), lookalikes: plain(\.lookalikes))
    }
}
