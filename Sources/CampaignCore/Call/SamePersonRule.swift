/// Whether a contact may be called whose person is also another contact of the campaign, as has become known since the
/// import.
///
/// The person is called as one of them. A call to another contact speaks against it if it has rung, or may have, unless
/// somebody has decided that it did not, or that it may be repeated. A further call to somebody who did not answer is made
/// once, whichever of their contacts it is wanted for.
package struct SamePersonRule: Hashable, Sendable {
    /// A call to one of the person's contacts that has rung, or may have.
    package struct Call: Hashable, Sendable {
        package var contact: Int64
        package var startedAt: Timestamp
        package var past: PastCall
        /// When the contact's turn comes; nil unless it is `ready`.
        package var dueAt: Timestamp?

        package init(contact: Int64, startedAt: Timestamp, past: PastCall, dueAt: Timestamp? = nil) {
            self.contact = contact
            self.startedAt = startedAt
            self.past = past
            self.dueAt = dueAt
        }

        /// Whether it ended unanswered, and its contact waits to be called again for that.
        fileprivate var isRepeated: Bool { past.facts.answer == .notAnswered && past.isReleased }

        fileprivate func isLater(than other: Call?) -> Bool {
            other.map { (startedAt, contact) > ($0.startedAt, $0.contact) } ?? true
        }
    }

    package enum Ruling: Hashable, Sendable {
        /// It may be called; these contacts, which wait to be called again, are then not called.
        case mayBeCalled(insteadOf: Set<Int64>)
        /// The person is being called as another contact; nil, or will be, from this time on.
        case waits(for: Timestamp?)
        /// The person has been called as another contact.
        case hasBeenCalled
    }

    private let isRedial: Bool
    private let own: [Call]
    private let others: [Call]

    /// - Parameters:
    ///   - contact: the one whose turn has come.
    ///   - isRedial: whether it is to be called again by the wish of the campaign.
    ///   - calls: those to any of the person's contacts, except such as certainly did not ring.
    package init(_ contact: Int64, isRedial: Bool, calls: [Call]) {
        self.isRedial = isRedial
        own = calls.filter { $0.contact == contact }
        others = calls.filter { $0.contact != contact }
    }

    package var ruling: Ruling {
        let isCalledAgain = own.contains(where: \.isRepeated)
        if others.contains(where: { $0.past.outcome == nil && $0.past.reach == .inDoubt }) {
            return isCalledAgain ? .hasBeenCalled : .waits(for: nil)
        }
        guard !others.contains(where: { speaksAgainst($0, isCalledAgain: isCalledAgain) }) else {
            return .hasBeenCalled
        }
        let last = last
        let next = others.filter { $0.past.reach == .inDoubt && $0.isLater(than: last) }.compactMap(\.dueAt).max()
        if let next { return .waits(for: next) }
        return .mayBeCalled(insteadOf: Set(others.filter { $0.isRepeated && $0.dueAt != nil }.map(\.contact)))
    }

    /// The contact's own last call.
    private var last: Call? { own.max { $1.isLater(than: $0) } }

    private func speaksAgainst(_ call: Call, isCalledAgain: Bool) -> Bool {
        switch call.past.reach {
        case .inDoubt: !call.past.isReleased
        // Where the contact's own call failed in such a way, a person has wanted it called all the same.
        case .notPlaced: !own.contains { $0.past.reach == .notPlaced }
        case .wentOut:
            // Of two contacts that did not answer, the campaign calls the one again that it called last.
            !isCalledAgain || call.past.facts.answer != .notAnswered || isRedial && call.isLater(than: last)
        }
    }
}
