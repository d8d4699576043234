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

    private enum CodingKeys: CodingKey {
        case ready, dialing, accepted, failed, inDoubt, excluded, total
    }

    package init() {}

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        ready = try container.decode(Int.self, forKey: .ready)
        dialing = try container.decode(Int.self, forKey: .dialing)
        accepted = try container.decode(Int.self, forKey: .accepted)
        failed = try container.decode(Int.self, forKey: .failed)
        inDoubt = try container.decode(Int.self, forKey: .inDoubt)
        excluded = try container.decode(Int.self, forKey: .excluded)
    }

    /// With the total, so that every document has it.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(ready, forKey: .ready)
        try container.encode(dialing, forKey: .dialing)
        try container.encode(accepted, forKey: .accepted)
        try container.encode(failed, forKey: .failed)
        try container.encode(inDoubt, forKey: .inDoubt)
        try container.encode(excluded, forKey: .excluded)
        try container.encode(total, forKey: .total)
    }

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
