/// How many contacts of a campaign are in each state; they add up to the contacts imported.
package struct StateCounts: Hashable, Sendable, Codable {
    /// May be dialed.
    package var ready = 0
    /// A request is under way.
    package var dialing = 0
    /// Z-API has the call.
    package var accepted = 0
    /// Ended without a call.
    package var failed = 0
    /// May have rung.
    package var inDoubt = 0
    /// Will not be dialed.
    package var excluded = 0

    private enum CodingKeys: String, CodingKey {
        case ready, dialing, accepted, failed
        case inDoubt = "in_doubt"
        case excluded
    }

    package init() {}

    package var total: Int { ready + dialing + accepted + failed + inDoubt + excluded }

    /// Contacts whose turn is over: all but `ready` and `dialing`.
    package var finished: Int { accepted + failed + inDoubt + excluded }

    package subscript(state: CallState) -> Int {
        get {
            switch state {
            case .ready: ready
            case .dialing: dialing
            case .accepted: accepted
            case .failed: failed
            case .inDoubt: inDoubt
            case .excluded: excluded
            }
        }
        set {
            switch state {
            case .ready: ready = newValue
            case .dialing: dialing = newValue
            case .accepted: accepted = newValue
            case .failed: failed = newValue
            case .inDoubt: inDoubt = newValue
            case .excluded: excluded = newValue
            }
        }
    }

    /// Counts a contact's change from one state to another.
    package mutating func move(from old: CallState, to new: CallState) {
        self[old] -= 1
        self[new] += 1
    }
}
