package import CampaignCore

/// Where a page of contacts ends, and the next one begins.
package struct ContactPlace: Hashable, Sendable {
    /// What somebody looks for first. In the order of the lists, a campaign could only be read from its beginning: where
    /// that is, no index says.
    static let states: [CallState] = [.dialing, .inDoubt, .failed, .accepted, .excluded, .ready]

    var state: CallState
    var dueAt: Int64
    var id: Int64

    init(_ state: CallState, dueAt: Int64, id: Int64) {
        (self.state, self.dueAt, self.id) = (state, dueAt, id)
    }

    /// Before all contacts of a state.
    static func start(of state: CallState) -> ContactPlace { ContactPlace(state, dueAt: .min, id: .min) }

    /// Reads what ``text`` has written; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let state = CallState(rawValue: String(parts[0])), let dueAt = Int64(parts[1]),
            let id = Int64(parts[2])
        else { return nil }
        (self.state, self.dueAt, self.id) = (state, dueAt, id)
    }

    /// For an address.
    package var text: String { "\(state.rawValue).\(dueAt).\(id)" }

    /// Where to go on, state by state.
    ///
    /// - Parameters:
    ///   - place: nil is the beginning.
    ///   - states: only these.
    static func starts(after place: ContactPlace?, in states: Set<CallState>) -> [ContactPlace] {
        let all = Self.states.filter(states.contains)
        guard let place else { return all.map(start) }
        guard let index = Self.states.firstIndex(of: place.state) else { return [] }
        let later = Self.states[(index + 1)...].filter(states.contains).map(start)
        return states.contains(place.state) ? [place] + later : later
    }
}

/// Some contacts of a campaign, one after another.
package struct ContactPage: Sendable {
    package struct Entry: Sendable {
        /// What the database knows it by; another one after a restore.
        package var id: Int64
        package var contact: ContactRow
    }

    package var entries: [Entry] = []
    /// Where the next page begins; nil: there is nothing more.
    package var next: ContactPlace?
    /// Whether it ends because enough contacts have been looked at, although there was room for more.
    package var isCutShort = false

    init() {}
}
