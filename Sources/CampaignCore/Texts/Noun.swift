/// Something that is counted, in every language, in the singular and in the plural.
package struct Noun: Sendable {
    private let english: (one: String, many: String)
    private let portuguese: (one: String, many: String)

    /// - Parameters:
    ///   - one: the English singular.
    ///   - many: the English plural; nil is `one` with an s.
    ///   - portuguese: the Portuguese singular and plural.
    package init(_ one: String, _ many: String? = nil, portuguese: (String, String)) {
        english = (one, many ?? one + "s")
        self.portuguese = portuguese
    }

    /// The noun for a number: `reply` for 1, `replies` for any other.
    package func text(_ count: Int, in language: Language) -> String {
        let (one, many) =
            switch language {
            case .english: english
            case .portuguese: portuguese
            }
        return count == 1 ? one : many
    }

    package static let attempt = Noun("attempt", portuguese: ("tentativa", "tentativas"))
    package static let call = Noun("call", portuguese: ("ligação", "ligações"))
    package static let campaign = Noun("campaign", portuguese: ("campanha", "campanhas"))
    package static let contact = Noun("contact", portuguese: ("contato", "contatos"))
    package static let event = Noun("event", portuguese: ("evento", "eventos"))
    package static let instance = Noun("instance", portuguese: ("instância", "instâncias"))
    package static let number = Noun("number", portuguese: ("número", "números"))
    package static let person = Noun("person", "people", portuguese: ("pessoa", "pessoas"))
    package static let reply = Noun("reply", "replies", portuguese: ("resposta", "respostas"))
    package static let row = Noun("row", portuguese: ("linha", "linhas"))
}
