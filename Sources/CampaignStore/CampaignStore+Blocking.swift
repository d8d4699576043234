public import CampaignCore
import GRDB

extension CampaignStore {
    /// Puts numbers on the do-not-call list, and excludes every contact of any campaign that waits with one of them.
    ///
    /// The numbers are gathered first. Then they are entered in slices: whatever stops that leaves those on the list that
    /// are there, and entering the same numbers once more enters the rest.
    ///
    /// - Parameters:
    ///   - now: the present moment, kept with each number.
    ///   - body: hands the numbers over, on a thread of its own; whatever it throws is thrown on, and nobody is blocked.
    /// - Throws: ``InterruptedWork/blocking(entered:of:cause:)`` when a slice cannot be written that is not the first.
    public func block(
        now: Timestamp, _ body: @escaping @Sendable (BlockWriter) throws -> Void
    ) async throws -> BlockTotals {
        var numbers = try await gathered(body)
        let count = numbers.count
        var totals = BlockTotals()
        do {
            while true {
                let slice = try numbers.next(slices.rows)
                guard !slice.isEmpty else { return totals }
                totals += try await writeSlice { [recentBlocks] db in try Self.block(slice, now: now, recentBlocks, db)
                }
            }
        } catch {
            let error = QueueError(error, path: path)
            let entered = totals.added + totals.known
            throw entered == 0 ? error : InterruptedWork.blocking(entered: entered, of: count, cause: error)
        }
    }

    private func gathered(
        _ body: @escaping @Sendable (BlockWriter) throws -> Void
    ) async throws -> NumbersToBlock {
        let (most, folder, path) = (slices.entriesInMemory, folder, path)
        return try await onOwnThread {
            do {
                let writer = BlockWriter(most: most, folder: folder)
                try body(writer)
                try writer.numbers.finish()
                return writer.numbers
            } catch let error as DatabaseError {
                throw QueueError(error, path: path)
            }
        }
    }

    private static func block(
        _ numbers: [NumbersToBlock.Number], now: Timestamp, _ recent: RecentBlocks, _ db: Database
    ) throws -> BlockTotals {
        var totals = BlockTotals()
        let insert = try HotStatement(
            db, "INSERT INTO block (identity, phone, reason, blocked_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
        for number in numbers {
            insert.bind(number.identity, at: 1)
            insert.bind(number.phone, at: 2)
            insert.bind(number.reason, at: 3)
            insert.bind(now.milliseconds, at: 4)
            if try insert.run() > 0 {
                totals.added += 1
                recent.note(number.identity)
            } else {
                totals.known += 1
            }
            totals.excluded += try BlockRows.excludeWaiting(number.identity, db)
        }
        return totals
    }

    /// Takes numbers off the do-not-call list.
    ///
    /// - Parameters:
    ///   - numbers: in any form; those that are not on the list are passed over.
    ///   - putsBack: whether contacts that were excluded for it may be called again.
    public func unblock(_ numbers: [PhoneNumber], putsBack: Bool) async throws(QueueError) -> UnblockTotals {
        var totals = UnblockTotals()
        var rest = numbers[...]
        while !rest.isEmpty {
            // Whoever was cancelled is to be called no more for having waited for that.
            if putsBack { try await finishCancels() }
            let slice = rest.prefix(slices.rows)
            rest = rest.dropFirst(slice.count)
            totals += try await writeSlice { db in try Self.unblock(slice, putsBack: putsBack, db) }
        }
        return totals
    }

    private static func unblock(
        _ numbers: ArraySlice<PhoneNumber>, putsBack: Bool, _ db: Database
    ) throws -> UnblockTotals {
        var totals = UnblockTotals()
        for number in numbers {
            try db.execute(
                sql: "DELETE FROM block WHERE identity = :identity", arguments: ["identity": number.identity])
            guard db.changesCount > 0 else { continue }
            totals.removed.append(number)
            // As in BlockRows.excludeWaiting; a contact that was excluded was `ready` before.
            let contacts = try Int64.fetchAll(
                db,
                sql: """
                    SELECT contact.id FROM campaign
                    CROSS JOIN contact_identity AS known
                        ON known.campaign_id = campaign.id AND known.identity = :identity
                    CROSS JOIN contact ON contact.id = known.contact_id
                    WHERE contact.state = 'excluded' AND contact.reason = :reason
                    """,
                arguments: ["identity": number.identity, "reason": ExclusionReason.doNotCall.rawValue])
            totals.excluded += contacts.count
            guard putsBack else { continue }
            for contact in contacts {
                try db.execute(
                    sql: "UPDATE contact SET state = 'ready', reason = NULL WHERE id = :id",
                    arguments: ["id": contact])
            }
            totals.putBack += contacts.count
        }
        return totals
    }
}

/// Gathers numbers for the do-not-call list.
public final class BlockWriter {
    fileprivate var numbers: NumbersToBlock

    fileprivate init(most: Int, folder: String) {
        numbers = NumbersToBlock(most: most, folder: folder)
    }

    /// Has a number put on the list; one that is there already keeps its first reason and time.
    public func add(_ number: PhoneNumber, reason: String) throws {
        try numbers.append(number, reason: reason)
    }
}

/// What came of putting numbers on the do-not-call list.
public struct BlockTotals: Hashable, Sendable, Codable {
    /// Numbers that are new on the list.
    public var added = 0
    /// Numbers that were on it already.
    public var known = 0
    /// Contacts that waited to be called and are excluded now.
    public var excluded = 0

    static func += (totals: inout BlockTotals, more: BlockTotals) {
        totals.added += more.added
        totals.known += more.known
        totals.excluded += more.excluded
    }
}

/// What came of taking numbers off the do-not-call list.
public struct UnblockTotals: Hashable, Sendable, Codable {
    /// The numbers that were on it.
    public var removed: [PhoneNumber] = []
    /// Contacts that had been excluded for them.
    public var excluded = 0
    /// How many of those may be called again.
    public var putBack = 0

    static func += (totals: inout UnblockTotals, more: UnblockTotals) {
        totals.removed += more.removed
        totals.excluded += more.excluded
        totals.putBack += more.putBack
    }
}
