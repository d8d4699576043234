import CampaignCore

/// How many contacts are in a state, or what came of their calls: `12 accepted`, `1 em dúvida`.
enum CountText {
    static func accepted(_ count: Int) -> Phrase {
        Phrase("\(count) accepted", "\(count) \(count.noun("aceita", "aceitas"))")
    }

    static func failed(_ count: Int) -> Phrase {
        Phrase("\(count) failed", "\(count) \(count.noun("falhou", "falharam"))")
    }

    static func inDoubt(_ count: Int) -> Phrase { Phrase("\(count) in doubt", "\(count) em dúvida") }

    static func excluded(_ count: Int) -> Phrase {
        Phrase("\(count) excluded", "\(count) \(count.noun("excluída", "excluídas"))")
    }

    static func underWay(_ count: Int) -> Phrase { Phrase("\(count) under way", "\(count) em andamento") }

    static func waiting(_ count: Int) -> Phrase { Phrase("\(count) waiting", "\(count) aguardando") }

    /// `12 of 40`.
    static func done(_ counts: StateCounts) -> Phrase {
        Phrase("\(counts.finished) of \(counts.total)", "\(counts.finished) de \(counts.total)")
    }
}

extension Phrase {
    /// What a thing says of itself, such as an error: in the user's language if it speaks it.
    init(of thing: Any) {
        self =
            thing as? Phrase ?? (thing as? any Explained)?.phrase ?? (thing as? any Error).flatMap {
                Failure($0)?.message
            }
            ?? Phrase(verbatim: "\(thing)")
    }

    /// Several things in one sentence: `a, b and c`.
    static func list(_ things: [String]) -> Phrase {
        Phrase { things.inWords($0) }
    }

    /// The English noun for a number, or the Portuguese one.
    static func noun(_ count: Int, _ english: (String, String), _ portuguese: (String, String)) -> Phrase {
        Phrase(count.noun(english.0, english.1), count.noun(portuguese.0, portuguese.1))
    }
}
