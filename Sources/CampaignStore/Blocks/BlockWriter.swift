package import CampaignCore

/// Collects numbers for the do-not-call list.
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

/// Numbers to be added to the do-not-call list, collected in bounded memory and returned in the list's own order.
struct PendingBlocks: Sendable {
    /// A number to add.
    struct Number: Sendable {
        var identity: Int64
        var phone: Int64
        var reason: String
    }

    /// What is sorted; if a number occurs twice, the first one counts.
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

    private(set) var count = 0
    private var entries: ExternalSorter<Entry>
    private var reasons: TextBuffer
    private var sorted: SortedEntries<Entry>?

    /// - Parameters:
    ///   - maxInMemory: how many numbers are kept in memory.
    ///   - folder: where the rest are stored.
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

    /// Ends the input and does the work that needs no database.
    mutating func finish() throws {
        sorted = try entries.sorted()
    }

    /// The next `count` numbers, or as many as are left; empty at the end. Only after ``finish()``.
    mutating func next(_ count: Int) throws -> [Number] {
        try (sorted?.next(count) ?? []).map { entry in
            Number(identity: entry.identity, phone: entry.phone, reason: try reasons.text(at: entry.reason))
        }
    }
}
