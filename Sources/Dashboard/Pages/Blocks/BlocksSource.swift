package import CampaignCore

/// Where the pages about the do-not-call list get what they show, and what they do.
package protocol BlocksSource: Sendable {
    /// Some of the list, in the order of the numbers.
    ///
    /// - Parameter after: where the page before ended.
    func blocks(after: String?, for viewer: Viewer) async throws -> BlockList

    /// The entry of a number, however it is written.
    ///
    /// - Returns: nil when it is not on the list.
    /// - Throws: when it is no number.
    func block(of number: String, for viewer: Viewer) async throws -> BlockList.Entry?

    /// Adds numbers.
    ///
    /// - Parameter lines: numbers as somebody writes them, one a line.
    func add(_ lines: [String], reason: String, by actor: Actor) async throws -> AddedBlocks

    /// What ``remove(_:requeues:knowing:by:)`` would do.
    ///
    /// - Returns: nil when the number is not on the list.
    func removal(of number: String) async throws -> BlockRemoval?

    /// Removes a number, and all others of the same person.
    ///
    /// - Parameters:
    ///   - requeues: whether contacts that were excluded because of it may be called again.
    ///   - known: what was shown that speaks against it.
    func remove(
        _ number: String, requeues: Bool, knowing known: ShownObjections, by actor: Actor
    ) async throws -> BlockRemovalOutcome
}

/// A page of the do-not-call list.
package struct BlockList: Sendable {
    package struct Entry: Hashable, Sendable {
        /// Masked where it is not to be seen.
        package var phone: String
        /// For forms; nil where it is not to be seen, or is not known any more.
        package var number: String?
        package var since: Phrase
        package var reason: Phrase

        package init(phone: String, number: String?, since: Phrase, reason: Phrase) {
            (self.phone, self.number, self.since, self.reason) = (phone, number, since, reason)
        }
    }

    package var entries: [Entry] = []
    /// Where the next page begins; nil: there is nothing more.
    package var next: String?
    package var times = Phrase(verbatim: "")

    package init() {}
}

/// What has become of numbers that were to be added.
package struct AddedBlocks: Sendable {
    /// What was done; nil when no line was a number.
    package var done: Phrase?
    /// The lines that are no number, and why.
    package var bad: [(written: String, why: Phrase)] = []

    package init() {}
}

/// Who would be taken off the list.
package struct BlockRemoval: Sendable {
    /// As it is read.
    package var phone = ""
    package var number = ""
    /// What speaks against it: other numbers of the person, and what they wrote.
    package var warnings: [Phrase] = []
    /// The same, for the form: what is decided is decided with these in view.
    package var known = ShownObjections()
    /// The contacts that were excluded because of it.
    package var excluded: [(campaign: String, phones: [String])] = []

    package init() {}
}

/// What has become of a number that was to be taken off the list.
package enum BlockRemovalOutcome: Sendable {
    /// It was done, as this says.
    case removed(Phrase)
    /// It is still on the list: more speaks against it than was shown.
    case kept
}

/// What speaks against taking a number off the list, as a form carries it.
package struct ShownObjections: Hashable, Sendable {
    /// The replies by which the person asked not to be called.
    package var replies: [Int64]
    /// What other numbers of theirs are known by.
    package var others: [Int64]

    package init(replies: [Int64] = [], others: [Int64] = []) {
        (self.replies, self.others) = (replies, others)
    }

    /// Reads what ``fields`` wrote; what is missing or unreadable was not shown.
    init(_ form: FormFields) {
        func numbers(_ name: String) -> [Int64] { (form[name] ?? "").split(separator: " ").compactMap { Int64($0) } }
        self.init(replies: numbers(Self.repliesField), others: numbers(Self.othersField))
    }

    private static let repliesField = "seenReplies"
    private static let othersField = "seenNumbers"

    /// The names and values of hidden fields.
    var fields: [(name: String, value: String)] {
        [(Self.repliesField, replies), (Self.othersField, others)].map { name, numbers in
            (name, numbers.map { "\($0)" }.joined(separator: " "))
        }
    }
}
