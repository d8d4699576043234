/// One call of a contact, as far as it decides whether the contact may be dialed again.
package struct PastCall: Hashable, Sendable {
    /// How far it got, by everything that is known of it.
    package enum Reach: Hashable, Sendable {
        /// It certainly did not reach the person.
        case notPlaced
        /// It may have rung.
        case inDoubt
        /// Z-API has, or had, it.
        case wentOut
    }

    /// Counts the contact's calls.
    package var number: Int
    /// How its request ended; nil while that is not known.
    package var outcome: AttemptOutcome?
    /// What events have said about it.
    package var facts: CallFacts
    /// How much was known of it when it was decided that the contact may be dialed again all the same: by `redial`, by
    /// `inDoubt: retry`, by the provider queue, or by a person. Nil when nobody has decided so.
    package var released: CallFacts.Standing?
    /// Which number of the contact's row it dialed, where the contact has another by now; nil: the one that it has.
    package var place: Int?

    package init(
        number: Int, outcome: AttemptOutcome?, facts: CallFacts = CallFacts(), released: CallFacts.Standing? = nil,
        place: Int? = nil
    ) {
        self.number = number
        self.outcome = outcome
        self.facts = facts
        self.released = released
        self.place = place
    }

    package var reach: Reach {
        switch facts.standing {
        case .delivered, .notAnswered, .answered: return .wentOut
        case .failed: return facts.failure == .unknown ? .inDoubt : .notPlaced
        case .nothing:
            return switch outcome {
            case .accepted: .wentOut
            case .inDoubt, .serverError, nil: .inDoubt
            case .notSent, .throttled, .refused, .misconfigured: .notPlaced
            }
        }
    }

    /// Whether nothing has become known since it was released.
    package var isReleased: Bool { released.map { facts.standing <= $0 } ?? false }
}

/// All calls of a contact, the first one first. The one place that says whether a contact may be dialed again.
package struct ContactCalls: Hashable, Sendable {
    package let all: [PastCall]

    package init(_ all: [PastCall]) {
        self.all = all
    }

    package var last: PastCall? { all.last }

    /// The last call to the number that the contact has.
    package var lastToNumber: PastCall? { all.last { $0.place == nil } }

    /// The calls for which the contact must not be dialed again: each may have rung, and nobody has released it.
    private var open: [PastCall] { all.filter { $0.reach != .notPlaced && !$0.isReleased } }

    /// What the contact becomes because of its calls, instead of waiting to be dialed; nil when it may be dialed.
    package var obstacle: ContactStanding.Change? {
        let open = open
        guard let last = open.last else { return nil }
        if open.contains(where: { $0.reach == .wentOut }) { return .accepted }
        return .inDoubt(last.facts.failure == .unknown ? .deliveryUnknown : .noReply)
    }

    /// Whether the only obstacle is a call that certainly ended unanswered: it may be made once more, if the campaign or
    /// a person wants that.
    package var isUnanswered: Bool {
        let open = open
        return !open.isEmpty && open.allSatisfy { $0.reach == .wentOut && $0.facts.answer == .notAnswered }
    }

    /// The calls that must be released before an unanswered contact is dialed again.
    package var unanswered: [PastCall] { open.filter { $0.facts.answer == .notAnswered } }

    /// The calls of which somebody says that they did not ring.
    package var doubts: [PastCall] { open.filter { $0.reach == .inDoubt } }

    /// The call whose news is shown with the contact: the last one that went out, while that is why it is not dialed;
    /// otherwise the last one, to its number if there is any.
    package var shown: PastCall? { open.last { $0.reach == .wentOut } ?? lastToNumber ?? last }
}
