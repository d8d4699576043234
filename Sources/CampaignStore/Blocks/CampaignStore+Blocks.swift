package import CampaignCore
import GRDB

extension CampaignStore {
    /// Adds numbers to the do-not-call list, and excludes every contact of any campaign that waits with one of them.
    ///
    /// The numbers are collected first. A few are added in one transaction, many in slices: if that is interrupted,
    /// the numbers added so far stay, and adding the same numbers again adds the rest.
    ///
    /// - Parameters:
    ///   - now: the current time, stored with each number.
    ///   - body: adds the numbers, on a separate thread; if it throws, the error is rethrown and nothing is blocked.
    /// - Throws: ``InterruptedOperation/blocking(entered:of:cause:)`` when a slice after the first cannot be written.
    package func block(
        now: Timestamp, _ body: @escaping @Sendable (BlockWriter) throws -> Void
    ) async throws -> BlockTotals {
        var numbers = try await gathered(body)
        let count = numbers.count
        let areFew = count <= sliceLimits.scattered
        var totals = BlockTotals()
        var waiting = ExternalSorter<Int64>(maxInMemory: sliceLimits.entriesInMemory, folder: folder)
        do {
            while true {
                let slice = try numbers.next(areFew ? count : sliceLimits.rows)
                guard !slice.isEmpty else { break }
                let found = try await writeSlice { [blockFeed] db in
                    let inserter = try BlockInserter(db, now: now, blockFeed)
                    for number in slice { try inserter.insert(number, excludesAll: areFew) }
                    return (inserter.totals, inserter.waiting)
                }
                totals += found.0
                for contact in found.1 { try waiting.append(contact) }
            }
            totals.excluded += try await exclude(waiting)
            return totals
        } catch {
            let error = StoreError(error, path: path)
            let entered = totals.added + totals.known
            throw entered == 0 ? error : InterruptedOperation.blocking(entered: entered, of: count, cause: error)
        }
    }

    /// Excludes contacts that wait with a number of the list, in table order: in the order of the numbers, every page
    /// of a campaign would be written again and again. None of them is claimed before.
    private func exclude(_ waiting: ExternalSorter<Int64>) async throws -> Int {
        var waiting = waiting
        var rest = try waiting.sorted()
        var excluded = 0
        while true {
            let slice = try rest.next(sliceLimits) { $0 }
            guard !slice.isEmpty else { return excluded }
            excluded += try await writeSlice { db in
                try slice.reduce(0) { try $0 + BlockRows.exclude(db, $1) }
            }
        }
    }

    private func gathered(
        _ body: @escaping @Sendable (BlockWriter) throws -> Void
    ) async throws -> PendingBlocks {
        let (maxInMemory, folder, path) = (sliceLimits.entriesInMemory, folder, path)
        return try await onOwnThread {
            do {
                let writer = BlockWriter(maxInMemory: maxInMemory, folder: folder)
                try body(writer)
                try writer.numbers.finish()
                return writer.numbers
            } catch let error as DatabaseError {
                throw StoreError(error, path: path)
            }
        }
    }

    /// Removes numbers from the do-not-call list, with all others that are known to be the same people's.
    ///
    /// - Parameters:
    ///   - numbers: in any form; those that are not on the list are ignored.
    ///   - requeues: whether contacts that were excluded because of them may be called again.
    ///   - known: what was known to speak against it; a number against which more speaks stays on the list. Nil: it is
    ///     removed all the same.
    package func unblock(
        _ numbers: [PhoneNumber], requeues: Bool, knowing known: RemovalObjections? = nil
    ) async throws(StoreError) -> UnblockTotals {
        var totals = UnblockTotals()
        let given = Set(numbers.map(\.identity))
        var rest = numbers[...]
        while !rest.isEmpty {
            // Contacts of a cancelled campaign must not become ready.
            if requeues { try await finishCancels() }
            let slice = rest.prefix(sliceLimits.rows)
            rest = rest.dropFirst(slice.count)
            totals += try await writeSlice { db -> UnblockTotals in
                // In the transaction that removes: a reply that asks for no more calls comes before it, or after it.
                var (wanted, kept) = (slice, [PhoneNumber]())
                if let known { (wanted, kept) = try Self.parted(db, slice, given, by: known) }
                var totals = try Self.unblock(db, wanted, requeues: requeues)
                totals.kept = kept
                return totals
            }
        }
        return totals
    }

    /// The numbers that may be removed, and those against which more speaks than is known.
    private static func parted(
        _ db: Database, _ numbers: ArraySlice<PhoneNumber>, _ given: Set<Int64>, by known: RemovalObjections
    ) throws -> (wanted: ArraySlice<PhoneNumber>, kept: [PhoneNumber]) {
        let people = try PersonNumbers(db)
        let kept = try numbers.filter { number in
            let person = try people.all(of: [number.identity])
            return try RemovalObjections(db, to: number, of: person, besides: given).exceed(known)
        }
        let identities = Set(kept.map(\.identity))
        let wanted = numbers.filter { !identities.contains($0.identity) }
        return (wanted[...], kept)
    }

    private static func unblock(
        _ db: Database, _ numbers: ArraySlice<PhoneNumber>, requeues: Bool
    ) throws -> UnblockTotals {
        var totals = UnblockTotals()
        let people = try PersonNumbers(db)
        for number in numbers {
            // What blocks a person by one of their numbers blocks them by all.
            let all = try people.all(of: [number.identity])
            let person = StoredValue.json(all)
            let removed = try Int64.fetchAll(
                db,
                sql: "DELETE FROM block WHERE identity IN (SELECT value FROM json_each(:person)) RETURNING phone",
                arguments: ["person": person])
            guard !removed.isEmpty else {
                totals.missing.append(number)
                continue
            }
            // By its hash the number itself was on the list, which the caller knows.
            let hash = people.forgotten?.hash(of: number.identity)
            let shown = Set(removed.map { $0 == hash ? number.value : $0 })
            totals.removed += try PersonNumbers.sorted(shown).map(StoredValue.phone)
            // Those that another number of their rows does not keep from being called.
            let contacts = try excluded(db, by: all).filter { try !StopList.block.stops(db, $0) }
            totals.excluded += contacts.count
            guard requeues else { continue }
            for contact in contacts
            where try ContactStandings.putBack(db, contact, isBlocked: false) == .ready {
                totals.requeued += 1
            }
        }
        return totals
    }
}

extension CampaignStore {
    /// The contacts that are excluded because one of these numbers is, or was, on the list.
    private static func excluded(_ db: Database, by identities: [Int64]) throws -> [Int64] {
        // As in BlockRows.excludeWaiting; contacts that were excluded had been `ready`.
        let statement = try HotStatement(
            db,
            """
            SELECT id FROM contact_row WHERE state = 'excluded' AND reason = 'do_not_call' AND id IN (
                \(ContactPhones.contacts(concernedBy: "?1")))
            """)
        var contacts: Set<Int64> = []
        for identity in identities {
            statement.bind(identity, at: 1)
            while try statement.step() { if let contact = statement.number(0) { contacts.insert(contact) } }
        }
        return contacts.sorted()
    }
}

/// Adds numbers to the do-not-call list, within one transaction.
private final class BlockInserter {
    private(set) var totals = BlockTotals()
    /// Waiting contacts with these numbers that are still to be excluded.
    private(set) var waiting: [Int64] = []
    private let db: Database
    private let now: Timestamp
    private let feed: BlockFeed
    private let insert: HotStatement
    /// Whether anybody may be called who is not waiting now: a call is under way, or a campaign redials.
    private let mayBeCalledAgain: Bool
    /// Nil while no number is linked with another.
    private let people: PersonNumbers?

    init(_ db: Database, now: Timestamp, _ feed: BlockFeed) throws {
        self.db = db
        self.now = now
        self.feed = feed
        insert = try HotStatement(
            db, "INSERT INTO block (identity, phone, reason, blocked_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
        mayBeCalledAgain = try BlockRows.isAnybodyCalledAgain(db)
        people = try PersonNumbers.isAny(db) ? PersonNumbers(db) : nil
    }

    /// - Parameter excludesAll: whether all waiting contacts with the number are excluded now. If false, only those
    ///   that claims would not recognize by it.
    func insert(_ number: PendingBlocks.Number, excludesAll: Bool) throws {
        insert.bind(number.identity, at: 1)
        insert.bind(number.phone, at: 2)
        insert.bind(number.reason, at: 3)
        insert.bind(now.milliseconds, at: 4)
        if try insert.run() > 0 {
            totals.added += 1
            feed.publish(number.identity)
        } else {
            totals.known += 1
        }
        if mayBeCalledAgain { try insertDialedForms(of: number.identity, number.reason) }
        try insertOthersOfPerson(number)
        if excludesAll {
            totals.excluded += try BlockRows.excludeWaiting(db, number.identity)
        } else {
            waiting += try BlockRows.waiting(db, number.identity)
            totals.excluded += try BlockRows.excludeWaiting(db, number.identity, byOtherNumber: true)
        }
    }
}

extension BlockInserter {
    /// Whoever is dialed under another form of the number, and may be ready again later, cannot be excluded yet, and
    /// claims look only at the number that is dialed: that form comes onto the list too.
    private func insertDialedForms(of identity: Int64, _ reason: String) throws {
        for other in try BlockRows.dialedForms(db, of: identity) {
            try insert(other.identity, phone: other.phone, reason)
        }
    }

    /// The person's other numbers come onto the list with this one: contacts that are dialed under them must be
    /// recognized too, also when they are imported later.
    private func insertOthersOfPerson(_ number: PendingBlocks.Number) throws {
        guard let people else { return }
        for other in try people.all(of: [number.identity]) where other != number.identity {
            try insert(other, phone: other, number.reason)
            if mayBeCalledAgain { try insertDialedForms(of: other, number.reason) }
            totals.excluded += try BlockRows.excludeWaiting(db, other)
        }
    }

    private func insert(_ identity: Int64, phone: Int64, _ reason: String) throws {
        insert.bind(identity, at: 1)
        insert.bind(phone, at: 2)
        insert.bind(reason, at: 3)
        insert.bind(now.milliseconds, at: 4)
        if try insert.run() > 0 { feed.publish(identity) }
    }
}

/// The result of adding numbers to the do-not-call list.
package struct BlockTotals: Hashable, Sendable, Codable {
    /// Numbers added.
    package var added = 0
    /// Numbers that were already on the list.
    package var known = 0
    /// Waiting contacts that have been excluded.
    package var excluded = 0

    static func += (totals: inout BlockTotals, more: BlockTotals) {
        totals.added += more.added
        totals.known += more.known
        totals.excluded += more.excluded
    }
}

/// The result of removing numbers from the do-not-call list.
package struct UnblockTotals: Hashable, Sendable, Codable {
    /// The numbers that were on the list: those that were named, and the others of the same people.
    package var removed: [PhoneNumber] = []
    /// Those that were named, and had nothing on the list any more.
    package var missing: [PhoneNumber] = []
    /// Those that were named and are still on the list, because more speaks against it than was known.
    package var kept: [PhoneNumber] = []
    /// Contacts that had been excluded because of them.
    package var excluded = 0
    /// How many of those may be called again.
    package var requeued = 0

    static func += (totals: inout UnblockTotals, more: UnblockTotals) {
        totals.removed += more.removed
        totals.missing += more.missing
        totals.kept += more.kept
        totals.excluded += more.excluded
        totals.requeued += more.requeued
    }
}
