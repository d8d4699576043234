import CampaignCore

/// What `webhooks set` does with one instance, given the addresses that Z-API has for it now.
///
/// An address that is not ours belongs to another program, which would hear nothing any more: it is never replaced
/// unless the user has chosen what becomes of it.
enum WebhookDecision: Equatable {
    /// Sets our address for every kind of event, and passes events on to the address of another program, if any.
    case set(forwardingTo: Secret?)
    /// Changes nothing.
    case refuse(WebhookRefusal)

    /// - Parameters:
    ///   - addresses: what Z-API has now; kinds without an address are left out.
    ///   - known: where this database passes the instance's events on to; nil means nowhere.
    ///   - choice: what the user wants to become of another program's address.
    init(_ addresses: [CurrentWebhook], forwardingTo known: Secret?, _ choice: OtherAddressChoice) {
        let others = addresses.filter { !$0.isOurs }
        switch choice {
        case .replace:
            self = .set(forwardingTo: nil)
        case .ask where others.isEmpty:
            self = .set(forwardingTo: known)
        case .ask:
            self = .refuse(.notOurs(others))
        case .forward:
            guard let first = others.first else {
                self = .set(forwardingTo: known)
                return
            }
            guard others.allSatisfy({ $0.address == first.address }) else {
                self = .refuse(.severalAddresses(others))
                return
            }
            self = first.canReceive ? .set(forwardingTo: first.address) : .refuse(.notEncrypted(others))
        }
    }
}

/// What becomes of an address that belongs to another program.
enum OtherAddressChoice: Equatable {
    /// The user has not decided.
    case ask
    /// It is replaced, and its program hears nothing any more.
    case replace
    /// Events are passed on to it.
    case forward
}

/// The address to which Z-API posts one kind of event.
struct CurrentWebhook: Equatable {
    /// The name of the kind, such as `delivery`.
    var kind: Phrase
    var address: Secret
    /// Its host, which can be shown.
    var host: String
    /// Whether it leads to this database: below the given public address, or with a token that the database knows.
    var isOurs: Bool
    /// Whether events may be passed on to it: HTTPS, or this machine.
    var canReceive = true
}

/// Why `webhooks set` leaves an instance as it is.
enum WebhookRefusal: Equatable {
    /// Addresses that the user has said nothing about.
    case notOurs([CurrentWebhook])
    /// Events can be passed on to one address, and these differ.
    case severalAddresses([CurrentWebhook])
    /// Events would be passed on without encryption, to another machine.
    case notEncrypted([CurrentWebhook])

    var addresses: [CurrentWebhook] {
        switch self {
        case .notOurs(let addresses), .severalAddresses(let addresses), .notEncrypted(let addresses): addresses
        }
    }

    /// What stands in the way, and what to do.
    var text: Phrase {
        Phrase { posts($0) + remedy[$0] }
    }

    private func posts(_ language: Language) -> String {
        let isOne = hosts.count == 1
        let are = language.text(
            isOne ? "is not an address" : "are not addresses",
            isOne ? "não é um endereço nosso" : "não são endereços nossos")
        return language.text(
            "Z-API posts \(places(language)), which \(are) of ours", "a Z-API envia \(places(language)), que \(are)")
    }

    private var remedy: Phrase {
        switch self {
        case .notOurs:
            Phrase(
                ". Add --forward to pass every event on to it, or --replace if nobody needs it any more.",
                ". Acrescente --forward para repassar cada evento a ele, ou --replace se ninguém mais precisa dele.")
        case .severalAddresses:
            Phrase(
                ", and events can be passed on to one address only. Set the same one everywhere in Z-API, or add --replace "
                    + "if nobody needs them any more.",
                ", e os eventos só podem ser repassados a um endereço. Configure o mesmo em toda parte na Z-API, ou "
                    + "acrescente --replace se ninguém mais precisa deles.")
        case .notEncrypted:
            Phrase(
                ", and events are not passed on unencrypted to another machine. Add --replace if nobody needs it any more.",
                ", e os eventos não são repassados sem criptografia a outra máquina. Acrescente --replace se ninguém mais "
                    + "precisa dele.")
        }
    }

    private var hosts: [String] { addresses.map(\.host).reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }

    /// `delivery and received to crm.example.com, connected to 10.0.0.7`.
    private func places(_ language: Language) -> String {
        hosts.map { host in
            let kinds = addresses.filter { $0.host == host }.map(\.kind).inWords(language)
            let host = Phrase(recorded: host)[language]
            return language.text("\(kinds) to \(host)", "\(kinds) a \(host)")
        }.joined(separator: ", ")
    }
}

extension [Phrase] {
    /// `a`, `a and b`, `a, b and c`.
    func inWords(_ language: Language) -> String { map { $0[language] }.inWords(language) }
}
