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

    /// What ``remove(_:requeues:by:)`` would do.
    ///
    /// - Returns: nil when the number is not on the list.
    func removal(of number: String) async throws -> BlockRemoval?

    /// Removes a number, and all others of the same person.
    ///
    /// - Parameter requeues: whether contacts that were excluded because of it may be called again.
    /// - Returns: what was done.
    func remove(_ number: String, requeues: Bool, by actor: Actor) async throws -> Phrase
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
    /// The contacts that were excluded because of it.
    package var excluded: [(campaign: String, phones: [String])] = []

    package init() {}
}
