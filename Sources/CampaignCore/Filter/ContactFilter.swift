/// Selects contacts: an expression about what is known of a contact, as the user writes it after `--where`:
/// `state = failed and (httpStatus >= 500 or error ~ timeout) and [Nome do Cliente] != Ana`.
///
/// `not` binds tighter than `and`, and `and` tighter than `or`. What is not known (no reason, no reply, an empty cell)
/// equals `""` and nothing else, and is neither greater nor less than anything. Text is compared without case, and what it
/// contains also without accents.
package struct ContactFilter: Hashable, Sendable, Codable {
    enum Node: Hashable, Sendable, Codable {
        case all([Node])
        case any([Node])
        indirect case not(Node)
        case condition(FilterCondition)
    }

    let root: Node

    init(_ root: Node) {
        self.root = root
    }

    /// Parses a filter.
    ///
    /// - Throws: ``FilterError`` with the position of what cannot be understood, and what would be right.
    package init(parsing text: String, _ context: FilterContext) throws(FilterError) {
        var parser = FilterParser(try FilterToken.tokens(of: text), context)
        root = try parser.parse()
    }

    /// The contacts in one state.
    package static func state(_ state: CallState) -> ContactFilter {
        ContactFilter(.condition(.state(state)))
    }

    /// The contacts that match both filters.
    package func and(_ other: ContactFilter) -> ContactFilter {
        ContactFilter(.all([root, other.root]))
    }

    /// Whether a contact matches. Its own cells must be in the order of the columns that the filter was parsed with.
    package func matches(_ contact: ContactRow) -> Bool {
        root.matches(contact)
    }

    /// The states that matching contacts can be in: others need not be searched.
    package var states: Set<CallState> { root.states }
}

extension ContactFilter.Node {
    fileprivate func matches(_ contact: ContactRow) -> Bool {
        switch self {
        case .all(let nodes): nodes.allSatisfy { $0.matches(contact) }
        case .any(let nodes): nodes.contains { $0.matches(contact) }
        case .not(let node): !node.matches(contact)
        case .condition(let condition): condition.holds(for: contact)
        }
    }

    fileprivate var states: Set<CallState> {
        let every = Set(CallState.allCases)
        switch self {
        case .all(let nodes): return nodes.reduce(every) { $0.intersection($1.states) }
        case .any(let nodes): return nodes.reduce([]) { $0.union($1.states) }
        case .not(let node): return node.asksForStatesAlone ? every.subtracting(node.states) : every
        case .condition(.state(let state)): return [state]
        case .condition: return every
        }
    }

    /// Whether it depends only on the state: only then are `states` and their complement exact.
    private var asksForStatesAlone: Bool {
        switch self {
        case .all(let nodes), .any(let nodes): nodes.allSatisfy(\.asksForStatesAlone)
        case .not(let node): node.asksForStatesAlone
        case .condition(.state): true
        case .condition: false
        }
    }
}

/// The context in which a filter is written: the columns of the lists, the country of numbers without one, the zone of
/// times without one.
package struct FilterContext: Sendable {
    /// The contacts' own columns, in the order of their cells.
    package var columns: [String]
    /// Reads numbers to compare with.
    package var phones: PhoneReader
    /// Seconds east of UTC at a given time, for days and times without their own offset.
    package var utcOffset: @Sendable (Timestamp) -> Int

    package init(columns: [String], phones: PhoneReader, utcOffset: @escaping @Sendable (Timestamp) -> Int) {
        self.columns = columns
        self.phones = phones
        self.utcOffset = utcOffset
    }
}
