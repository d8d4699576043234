package import CampaignCore

/// Gathers numbers for the do-not-call list.
package final class BlockWriter {
    var numbers: PendingBlocks

    init(maxInMemory: Int, folder: String) {
        numbers = PendingBlocks(maxInMemory: maxInMemory, folder: folder)
    }

    /// Adds a number; one that is on the list already keeps its first reason and time.
    package func add(_ number: PhoneNumber, reason: String) throws {
        try numbers.append(number, reason: reason)
    }
}

/// Numbers that are to be put on the do-not-call list, gathered in bounded memory and handed out in the order in which
/// the list has them.
struct PendingBlocks: Sendable {
    /// One of them.
    struct Number: Sendable {
        var identity: Int64
        var phone: Int64
        var reason: String
    }

    /// What is sorted: of a number that comes twice, the first one counts.
    private struct Entry: Comparable, BitwiseCopyable, Sendable {
        var identity: Int64
        var order: Int
        var phone: Int64
        var reason: TextBuffer.Place

        static func < (one: Entry, other: Entry) -> Bool {
            (one.identity, one.order) < (other.identity, other.order)
        }

        static func == (one: Entry, other: Entry) -> Bool { one.order == other.order }
    }

    /// How many there are.
    private(set) var count = 0
    private var entries: ExternalSorter<Entry>
    private var reasons: TextBuffer
    private var sorted: SortedEntries<Entry>?

    /// - Parameters:
    ///   - maxInMemory: numbers that are kept in memory.
    ///   - folder: where the others go.
    init(maxInMemory: Int, folder: String) {
        entries = ExternalSorter(maxInMemory: maxInMemory, folder: folder)
        reasons = TextBuffer(folder: folder)
    }

    mutating func append(_ number: PhoneNumber, reason: String) throws {
        try entries.append(
            Entry(
                identity: number.identity, order: count, phone: number.value, reason: try reasons.append(reason)))
        count += 1
    }

    /// No more will come: what needs no database is done.
    mutating func finish() throws {
        sorted = try entries.sorted()
    }

    /// The next `count` of them, or as many as are left, once all are there; empty at the end.
    mutating func next(_ count: Int) throws -> [Number] {
        try (sorted?.next(count) ?? []).map { entry in
            Number(identity: entry.identity, phone: entry.phone, reason: try reasons.text(at: entry.reason))
        }
    }
}
