import CampaignCore
import GRDB

/// Learns that a phone and an `@lid` are one person: what holds for one of the person's numbers holds for all, also what
/// came before that was known.
struct PersonLinks {
    private let db: Database
    private let feed: BlockFeed

    init(_ db: Database, _ feed: BlockFeed) {
        self.db = db
        self.feed = feed
    }

    /// - Returns: what follows, if it is news.
    @discardableResult
    func learn(_ identity: Int64, lid: Int64, at now: Timestamp) throws -> [EventEffect] {
        guard try PersonNumbers.link(db, identity, lid: lid) else { return [] }
        let numbers = try PersonNumbers(db).all(of: [identity])
        // The `@lid` is not theirs alone.
        guard numbers.contains(lid) else { return [] }
        var effects: [EventEffect] = []
        if try mustNotBeCalled(numbers, at: now) {
            effects += try ContactPhones.besides(db, numbers).map { .mustNotBeCalled(identity: $0) }
        }
        effects += try ReplyEvents(db, feed).noteEarlier(of: numbers)
        effects += try CallEvents(db).noteEarlierCallBacks(of: numbers)
        return try effects + ParkedEvents.effects(db, ofPerson: numbers, feed)
    }

    /// Spreads a block, or else the holds.
    ///
    /// - Returns: whether there are any.
    private func mustNotBeCalled(_ numbers: [Int64], at now: Timestamp) throws -> Bool {
        let rows = ReplyRows(db, feed)
        // All by primary key.
        let arguments: StatementArguments = ["numbers": StoredValue.json(numbers)]
        let reason = try String.fetchOne(
            db, sql: "SELECT reason FROM block WHERE identity IN (SELECT value FROM json_each(:numbers)) LIMIT 1",
            arguments: arguments)
        if let reason {
            try rows.block(numbers, reason, at: now)
            return true
        }
        let replies = try Int64.fetchSet(
            db, sql: "SELECT reply_id FROM hold WHERE identity IN (SELECT value FROM json_each(:numbers))",
            arguments: arguments)
        for reply in replies.sorted() { try rows.hold(numbers, reply: reply) }
        return !replies.isEmpty
    }
}
