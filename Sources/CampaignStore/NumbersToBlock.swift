import CampaignCore
import Foundation

/// Numbers that are to be put on the do-not-call list, gathered in bounded memory and handed out in the order in which
/// the list has them.
struct NumbersToBlock: Sendable {
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
    private var entries: SortedRuns<Entry>
    private var reasons: TextBuffer
    private var sorted: SortedEntries<Entry>?

    /// - Parameters:
    ///   - most: numbers that are kept in memory.
    ///   - folder: where the others go.
    init(most: Int, folder: String) {
        entries = SortedRuns(most: most, folder: folder)
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

    /// The next of them, once all are there, `most` at most; empty at the end.
    mutating func next(_ most: Int) throws -> [Number] {
        try (sorted?.next(most) ?? []).map { entry in
            Number(identity: entry.identity, phone: entry.phone, reason: try reasons.text(at: entry.reason))
        }
    }
}
