/// What webhooks said about the last calls of an instance: several bad ones close together are the instance's trouble,
/// not the contacts'.
package struct DeliveryStreak: Hashable, Sendable {
    /// How many calls are remembered.
    package static let length = 10
    /// This many rejections by WhatsApp among them lead to a quarantine.
    package static let maxRejected = 2
    /// This many calls in a row whose delivery is unknown lead to a rest.
    package static let maxUnknown = 3

    /// What is to be done about the instance.
    package enum Trouble: Hashable, Sendable {
        /// WhatsApp rejects its calls.
        case rejected
        /// Z-API does not know what became of its calls.
        case unknown
    }

    /// One letter for each call, the latest last; see ``letter(_:)``.
    package private(set) var letters: String

    package init(letters: String = "") {
        self.letters = letters
    }

    /// Takes in what is first heard of a call. After trouble the streak starts over.
    package mutating func note(_ fact: CallFact) -> Trouble? {
        letters = String((letters + Self.letter(fact)).suffix(Self.length))
        let trouble: Trouble? =
            if letters.filter({ $0 == "r" }).count >= Self.maxRejected {
                .rejected
            } else if letters.count >= Self.maxUnknown, letters.suffix(Self.maxUnknown).allSatisfy({ $0 == "u" }) {
                .unknown
            } else {
                nil
            }
        if trouble != nil { letters = "" }
        return trouble
    }

    private static func letter(_ fact: CallFact) -> String {
        switch fact {
        case .delivered, .notAnswered, .answered: "d"
        case .failed(.rejectedByWhatsApp, _): "r"
        case .failed(.unknown, _): "u"
        case .failed: "f"
        }
    }
}

/// For how long WhatsApp leaves an instance alone that it restricts: 24 h, then 48 h, then 96 h (zapi.md: the advice is
/// to wait).
package struct InstanceQuarantine: Hashable, Sendable {
    /// The longest is level 3.
    package static let maxLevel = 3
    /// After this long without another one, the next is a first one again.
    package static let forgottenAfter = Duration.seconds(30 * 24 * 3600)
    /// How long an instance rests when the delivery of its calls is unknown.
    package static let rest = Duration.seconds(15 * 60)

    /// 0: there was none.
    package private(set) var level: Int
    /// When it ends, or ended; nil: there was none, or a person has ended it.
    package private(set) var until: Timestamp?

    package init(level: Int, until: Timestamp?) {
        self.level = level
        self.until = until
    }

    /// Begins the next one, unless one is under way.
    ///
    /// - Returns: whether it has begun.
    package mutating func begin(at now: Timestamp) -> Bool {
        if let until {
            guard until <= now else { return false }
            if until.advanced(by: Self.forgottenAfter) <= now { level = 0 }
        }
        level = min(level + 1, Self.maxLevel)
        until = now.advanced(by: .seconds(12 * 3600 << level))
        return true
    }
}
