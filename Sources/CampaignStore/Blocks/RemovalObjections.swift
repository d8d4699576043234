import CampaignCore
import GRDB

/// What speaks against taking numbers off the do-not-call list.
///
/// A removal carries what was known when somebody decided on it. What has come since, such as a wish not to be called,
/// keeps the number on the list until it has been shown, too.
package struct RemovalObjections: Hashable, Sendable, Codable {
    /// The replies by which the people asked not to be called.
    package var replies: [Int64]
    /// The identities of other numbers of the same people, which would be removed too.
    package var others: [Int64]

    package init(replies: [Int64] = [], others: [Int64] = []) {
        (self.replies, self.others) = (replies, others)
    }

    /// Whether there is one that is not among `known`.
    func exceed(_ known: RemovalObjections) -> Bool {
        replies.contains { !known.replies.contains($0) } || others.contains { !known.others.contains($0) }
    }
}

extension RemovalObjections {
    /// What speaks against the removal of a number now; nothing while it is not on the list.
    ///
    /// - Parameters:
    ///   - person: all numbers of the person.
    ///   - given: the identities of all numbers that somebody wants removed.
    init(_ db: Database, to number: PhoneNumber, of person: [Int64], besides given: Set<Int64>) throws {
        self.init()
        // Few numbers, each by primary key.
        let entries = try Int64.fetchAll(
            db,
            sql: "SELECT phone FROM block WHERE identity IN (SELECT value FROM json_each(:person)) ORDER BY identity",
            arguments: ["person": StoredValue.json(person)])
        guard !entries.isEmpty else { return }
        // An `@lid` is how WhatsApp names somebody whose phone is given.
        others = try entries.map(StoredValue.phone)
            .filter { !$0.isLid && !$0.isForgotten && !given.contains($0.identity) }
            .map(\.identity)
        // reply_opt_out.
        replies = try Int64.fetchAll(
            db,
            sql: """
                SELECT id FROM reply WHERE identity IN (SELECT value FROM json_each(:persons))
                    AND (level = 'opt_out' OR decision = 'blocked')
                """,
            arguments: ["persons": StoredValue.json(try StoreReader.writers(db, of: [number]))])
    }
}
