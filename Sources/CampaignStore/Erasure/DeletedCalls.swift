import CampaignCore
import GRDB

/// The calls of campaigns that were deleted. They count for `perPerson`, for the time between two calls to a person, and
/// for `--skip-called`.
enum DeletedCalls {
    struct Call {
        var startedAt: Timestamp
        var instance: Int64
        var answer: Answer?
        /// Whether it is certain that it was placed, so that events of it may still come.
        var isHeard: Bool
    }

    /// The calls to a forgotten number. By primary key.
    static func calls(_ db: Database, to hash: Int64) throws -> [Call] {
        let statement = try HotStatement(
            db, "SELECT started_at, instance_id, answer, is_heard FROM deleted_call WHERE hash = ?")
        statement.bind(hash, at: 1)
        var calls: [Call] = []
        while try statement.step() {
            calls.append(
                Call(
                    startedAt: Timestamp(milliseconds: try statement.requiredNumber(0)),
                    instance: try statement.requiredNumber(1),
                    answer: try statement.text(2).map { try StoredValue.word($0) }, isHeard: statement.number(3) == 1))
        }
        return calls
    }

    /// Whether a forgotten number may have been reached since then. By primary key.
    static func count(_ db: Database, to hash: Int64, since start: Timestamp) throws -> Bool {
        let statement = try HotStatement(
            db, "SELECT 1 FROM deleted_call WHERE hash = ? AND started_at >= ? AND counts = 1 LIMIT 1")
        statement.bind(hash, at: 1)
        statement.bind(start.milliseconds, at: 2)
        return try statement.firstNumber() != nil
    }

    /// Keeps the calls of a contact that is about to be deleted, as far as they may have rung. By attempt's primary key.
    ///
    /// - Parameter hashes: what stands for the number that was dialed, by its place in the row; that of the contact for
    ///   nil.
    static func keep(_ db: Database, of contact: Int64, hashes: (Int64?) -> Int64) throws {
        let read = try HotStatement(
            db,
            """
            SELECT started_at, instance_id, answer, delivery_reason, place,
                ifnull(outcome, 'accepted') = 'accepted' AND delivery_reason IS NULL AND error IS NOT ?2,
                ifnull(outcome, 'accepted') IN ('accepted', 'in_doubt')
            FROM attempt WHERE contact_id = ?1 AND (outcome IS NULL OR outcome = 'accepted' OR outcome = 'in_doubt'
                OR outcome = 'server_error')
            """)
        let write = try HotStatement(
            db,
            """
            INSERT INTO deleted_call (hash, started_at, instance_id, answer, is_heard, counts) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """)
        read.bind(contact, at: 1)
        read.bind(CampaignStore.clearedError, at: 2)
        while try read.step() {
            let failure: DeliveryFailure? = try read.text(3).map { try StoredValue.word($0) }
            guard failure.map({ !$0.neverRang }) ?? true else { continue }
            write.bind(hashes(read.number(4)), at: 1)
            write.bind(read.number(0), at: 2)
            write.bind(read.number(1), at: 3)
            write.bind(read.text(2), at: 4)
            write.bind(read.number(5), at: 5)
            write.bind(read.number(6), at: 6)
            try write.run()
        }
    }
}
