/// The calls to one person, over all campaigns of the database, and whether they may be called again (`perPerson`).
///
/// A call that certainly did not reach the person does not belong to them; one whose fate is unknown does.
package struct PersonHistory: Equatable, Sendable {
    /// A call that has rung, or may have.
    package struct Call: Equatable, Sendable {
        package var startedAt: Timestamp
        /// Nil while that is not known.
        package var answer: Answer?
        /// Whether Z-API has taken it, or is about to, and may still tell this database what becomes of it.
        package var isHeard = false

        package init(startedAt: Timestamp, answer: Answer?) {
            self.startedAt = startedAt
            self.answer = answer
        }
    }

    /// Whether the person may be called now.
    package enum Ruling: Equatable, Sendable {
        case mayBeCalled
        /// Not before this time.
        case waits(until: Timestamp)
        /// Not any more: they did not answer as often in a row as the campaign allows.
        case unanswered
    }

    /// In the order of their beginnings.
    private let calls: [Call]

    package init(_ calls: [Call]) {
        self.calls = calls.sorted { $0.startedAt < $1.startedAt }
    }

    /// Whether a campaign with this limit may call the person at `now`.
    ///
    /// Calls that seem to lie in the future count: the wall clock has been set back since.
    package func ruling(_ limit: PersonLimit, at now: Timestamp) -> Ruling {
        if let inARow = limit.unansweredInARow, calls.count >= inARow,
            calls.suffix(inARow).allSatisfy({ $0.answer == .notAnswered })
        {
            return .unanswered
        }
        guard let quota = limit.quota, calls.count >= quota.calls else { return .mayBeCalled }
        // With this one out of the period, one call fewer than the quota is left in it.
        let opens = calls[calls.count - quota.calls].startedAt.advanced(by: quota.per)
        return opens > now ? .waits(until: opens) : .mayBeCalled
    }

    /// Until when the person is not called again, so that events of the last call cannot be mistaken for the next one's;
    /// nil: they may be called now.
    package func eventsComeUntil(at now: Timestamp) -> Timestamp? {
        calls.filter { $0.isHeard && $0.startedAt <= now.advanced(by: EventRule.clockStep) }
            .map { $0.startedAt.advanced(by: EventRule.span) }.last { $0 > now }
    }
}

extension DeliveryFailure {
    /// Whether the person certainly was not called.
    package var neverRang: Bool {
        switch self {
        case .noWhatsApp, .notQueued, .badAudio, .badRequest: true
        case .unknown, .rejectedByWhatsApp, .shadowBan, .other: false
        }
    }
}
