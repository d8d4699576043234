/// Whether a call went out to WhatsApp, as webhooks say. The words are stored in the database and shown in reports.
package enum Delivery: String, CaseIterable, Sendable, Codable {
    /// It went out.
    case delivered
    /// It did not go out.
    case failed
    /// Z-API does not know.
    case unknown
}

/// Whether the person answered a call. The words are stored in the database and shown in reports.
package enum Answer: String, CaseIterable, Sendable, Codable {
    case answered
    /// It rang, and nobody answered.
    case notAnswered = "not_answered"
}

/// One thing that an event says about a call that it certainly belongs to.
package enum CallFact: Hashable, Sendable {
    /// It did not go out, or that is unknown; with Z-API's own text.
    case failed(DeliveryFailure, String)
    /// It went out to WhatsApp.
    case delivered
    /// It rang, and nobody answered.
    case notAnswered
    /// Somebody answered.
    case answered
}

/// Everything that events have said about one call.
///
/// Facts only move forward: `nothing < failed < delivered < not answered < answered`. The highest one counts, whatever
/// the order in which they came, so that late, repeated and shuffled events lead to the same end.
package struct CallFacts: Hashable, Sendable {
    /// How much is known.
    package enum Standing: Int, Comparable, Sendable {
        case nothing, failed, delivered, notAnswered, answered

        package static func < (one: Standing, other: Standing) -> Bool { one.rawValue < other.rawValue }
    }

    package private(set) var delivery: Delivery?
    /// Why it did not go out; nil unless `delivery` is failed or unknown.
    package private(set) var failure: DeliveryFailure?
    /// Z-API's own text for that; nil unless there is a failure.
    package private(set) var error: String?
    /// Since when it is known that it went out.
    package private(set) var deliveredAt: Timestamp?
    package private(set) var answer: Answer?
    /// When it was answered, or ended unanswered.
    package private(set) var answeredAt: Timestamp?

    /// Nothing is known.
    package init() {}

    /// Facts as they were stored.
    package init(delivery: Delivery?, failure: (reason: DeliveryFailure, error: String?)?, answer: Answer?) {
        self.delivery = delivery
        self.failure = failure?.reason
        error = failure?.error
        self.answer = answer
    }

    /// The same with the times that were stored.
    package func at(delivered: Timestamp?, answered: Timestamp?) -> CallFacts {
        var facts = self
        facts.deliveredAt = delivered
        facts.answeredAt = answered
        return facts
    }

    package var standing: Standing {
        switch answer {
        case .answered: .answered
        case .notAnswered: .notAnswered
        case nil:
            switch delivery {
            case .delivered: .delivered
            case .failed, .unknown: .failed
            case nil: .nothing
            }
        }
    }

    /// Takes a fact in.
    ///
    /// - Returns: a remark, if it contradicts what was known.
    package mutating func add(_ fact: CallFact, at moment: Timestamp) -> EventRemark? {
        switch fact {
        case .failed(let reason, let text): return add(reason, text)
        case .delivered: return advance(to: nil, at: moment)
        case .notAnswered: return advance(to: .notAnswered, at: moment)
        case .answered: return advance(to: .answered, at: moment)
        }
    }

    private mutating func add(_ reason: DeliveryFailure, _ text: String) -> EventRemark? {
        switch standing {
        case .delivered, .notAnswered, .answered: return .failedAfterDelivery
        case .nothing, .failed: break
        }
        let isHeavier = failure.map { ($0.weight, error ?? "") < (reason.weight, text) } ?? true
        guard isHeavier else { return reason == failure ? nil : .otherFailure }
        defer { (failure, error, delivery) = (reason, text, reason == .unknown ? .unknown : .failed) }
        return failure == nil || failure == reason ? nil : .otherFailure
    }

    /// The call went out, and perhaps more.
    private mutating func advance(to answer: Answer?, at moment: Timestamp) -> EventRemark? {
        var remark: EventRemark?
        if standing == .failed {
            remark = .deliveredAfterFailure
        } else if let known = self.answer, let answer, known != answer {
            remark = .otherAnswer
        }
        delivery = .delivered
        (failure, error) = (nil, nil)
        deliveredAt = min(deliveredAt ?? moment, moment)
        guard let answer else { return remark }
        if self.answer == answer {
            answeredAt = min(answeredAt ?? moment, moment)
        } else if self.answer != .answered {
            (self.answer, answeredAt) = (answer, moment)
        }
        return remark
    }
}

extension DeliveryFailure {
    /// Of two failures of one call, the one that weighs more counts: whatever may have rung first, then what is for
    /// good.
    fileprivate var weight: Int {
        switch self {
        case .unknown: 7
        case .shadowBan: 6
        case .rejectedByWhatsApp: 5
        case .noWhatsApp: 4
        case .badAudio: 3
        case .badRequest: 2
        case .notQueued: 1
        case .other: 0
        }
    }
}
