/// Filters of one condition, for those who choose from lists instead of writing an expression.
extension ContactFilter {
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
