/// Waiting contacts that their list holds back, all until about the same time.
package struct HeldBackContacts: Hashable, Sendable {
    /// Until when the first of them is held back.
    package var first: Timestamp
    /// Until when the last of them is.
    package var last: Timestamp
    /// How many there are.
    package var contacts: Int

    package init(first: Timestamp, last: Timestamp, contacts: Int) {
        self.first = first
        self.last = last
        self.contacts = contacts
    }
}

/// The contacts of a forecast that are still held back, in the order of their times.
struct HeldBackQueue {
    /// How many they are.
    private(set) var contacts = 0
    /// The last in order comes first.
    private var groups: [HeldBackContacts] = []

    /// - Parameters:
    ///   - atMost: the contacts of the campaign; any more are ignored.
    ///   - now: those that may be called by then are not held back.
    init(_ groups: [HeldBackContacts], atMost limit: Int, after now: Timestamp) {
        for var group in groups.sorted(by: { $0.last < $1.last }) where group.last > now && contacts < limit {
            group.contacts = min(group.contacts, limit - contacts)
            contacts += group.contacts
            self.groups.append(group)
        }
        self.groups.reverse()
    }

    /// An open span, divided where further contacts may be called.
    func parts(of open: Range<Timestamp>) -> [Range<Timestamp>] {
        let divisions = groups.reversed().map(\.last).drop { $0 <= open.lowerBound }.prefix { $0 < open.upperBound }
        let bounds = [open.lowerBound] + divisions + [open.upperBound]
        return zip(bounds, bounds.dropFirst()).map { $0..<$1 }.filter { !$0.isEmpty }
    }

    /// How many more may be called from `moment` on.
    mutating func release(by moment: Timestamp) -> Int {
        var released = 0
        while let next = groups.last, next.last <= moment {
            released += next.contacts
            groups.removeLast()
        }
        contacts -= released
        return released
    }
}
