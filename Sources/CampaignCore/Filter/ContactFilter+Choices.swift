/// Filters of one condition, for those who choose from lists instead of writing an expression.
extension ContactFilter {
    /// The contact that is dialed under a number, however it is written.
    package static func phone(_ number: PhoneNumber) -> ContactFilter {
        ContactFilter(.condition(.phone(identity: number.identity)))
    }

    /// The identity of the number that all matching contacts have; nil when there is no such one. Others need not be
    /// searched.
    package var identity: Int64? { root.identity }

    /// The contacts that are in their state for one reason.
    package static func reason(_ code: String) -> ContactFilter {
        ContactFilter(.condition(.text(.reason, .equal(code.lowercased()))))
    }

    /// The contacts whose last call was placed through one instance.
    package static func instance(named name: String) -> ContactFilter {
        ContactFilter(.condition(.text(.instance, .equal(name.lowercased()))))
    }

    package static func answer(_ answer: Answer) -> ContactFilter {
        ContactFilter(.condition(.text(.answer, .equal(answer.rawValue))))
    }

    package static func delivery(_ delivery: Delivery) -> ContactFilter {
        ContactFilter(.condition(.text(.delivery, .equal(delivery.rawValue))))
    }

    /// The contacts that a text finds (``TextSearch``); nil when the text has neither a letter nor a digit.
    package static func having(_ text: String) -> ContactFilter? {
        TextSearch(text) == nil ? nil : ContactFilter(.condition(.search(text)))
    }

    /// The contacts that match all of these; nil when there are none.
    package static func all(_ filters: [ContactFilter]) -> ContactFilter? {
        guard let first = filters.first else { return nil }
        return filters.dropFirst().reduce(first) { $0.and($1) }
    }
}

extension ContactFilter.Node {
    fileprivate var identity: Int64? {
        switch self {
        case .all(let nodes): nodes.lazy.compactMap(\.identity).first
        case .condition(.phone(let identity)): identity
        case .any, .not, .condition: nil
        }
    }
}
