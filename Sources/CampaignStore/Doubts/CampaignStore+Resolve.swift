package import CampaignCore
import GRDB

extension CampaignStore {
    /// How a person resolved a doubt.
    package enum Resolution: String, CaseIterable, Sendable, Codable {
        /// The phone rang: the contact is done.
        case called
        /// The phone did not ring: the contact may be dialed again.
        case notCalled = "not-called"
    }

    /// The reason of contacts whose doubt a person resolved as called.
    package static let confirmedReason = "confirmed"

    /// Resolves doubts of a campaign; contacts that are not in doubt are left alone. Many doubts are resolved in
    /// slices, each checked against the do-not-call list at that moment.
    ///
    /// - Throws: ``StoreError`` or ``InterruptedOperation/cancelledMeanwhile(campaign:)``; doubts resolved before that
    ///   stay resolved.
    package func resolve(
        campaign name: String, _ choice: DoubtChoice, as resolution: Resolution
    ) async throws -> ResolvedDoubts {
        let (campaign, cancels) = try await readyToRequeue(name)
        let blocked = BlockedContacts([campaign], following: blockFeed)
        let chosen = try await readSnapshot { db in
            if resolution == .notCalled { try blocked.read(db) }
            return try Self.doubts(db, campaign: campaign, choice)
        }
        var done = ResolvedDoubts(resolved: [], excluded: 0, notInDoubt: chosen.missed)
        var rest = chosen.doubts[...]
        while !rest.isEmpty {
            let slice = rest.prefix(sliceLimits.rows)
            rest = rest.dropFirst(slice.count)
            let more: ResolvedDoubts? = try await writeSlice { db in
                guard try resolution == .called || CancelRows.count(db, campaign) == cancels else { return nil }
                try blocked.catchUp(db)
                return try Self.resolve(db, slice, as: resolution, blocked)
            }
            guard let more else { throw InterruptedOperation.cancelledMeanwhile(campaign: name) }
            done += more
        }
        return done
    }

    private static func resolve(
        _ db: Database, _ doubts: ArraySlice<Doubt>, as resolution: Resolution, _ blocked: BlockedContacts
    ) throws -> ResolvedDoubts {
        var done = ResolvedDoubts(resolved: [], excluded: 0, notInDoubt: [])
        // By rowid. Not a contact that was resolved since it was chosen and is in doubt again.
        let update = try db.cachedStatement(
            sql: """
                UPDATE contact_row SET state = 'accepted', reason = :reason, due_at = 0, throttles_in_a_row = 0
                WHERE id = :contact AND state = 'in_doubt' AND attempts = :attempts
                """)
        for doubt in doubts {
            try update.execute(
                arguments: ["reason": confirmedReason, "contact": doubt.id, "attempts": doubt.attempts])
            guard db.changesCount > 0 else {
                done.notInDoubt.append(doubt.phone)
                continue
            }
            done.resolved.append(doubt.phone)
            guard resolution == .notCalled else { continue }
            try PastCallRows.release(db, PastCallRows.calls(db, of: doubt.id).doubts, of: doubt.id)
            switch try ContactStandings.putBack(db, doubt.id, isBlocked: blocked.contains(db, doubt.id), .anew) {
            case .ready: break
            case .excluded(.doNotCall): done.excluded += 1
            case .excluded: done.outdated += 1
            case .called: done.called += 1
            }
        }
        return done
    }

    private struct Doubt: Sendable {
        var id: Int64
        var phone: PhoneNumber
        var attempts: Int
    }

    /// The chosen doubts, and the given numbers that are not in doubt.
    private static func doubts(
        _ db: Database, campaign: Int64, _ choice: DoubtChoice
    ) throws -> (doubts: [Doubt], missed: [PhoneNumber]) {
        var doubts: [Doubt] = []
        switch choice {
        case .all:
            // contact_by_turn finds the doubts.
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, phone, attempts FROM contact WHERE campaign_id = :campaign AND state = 'in_doubt'
                    ORDER BY id
                    """,
                arguments: ["campaign": campaign])
            while let row = try rows.next() { doubts.append(try doubt(row)) }
            return (doubts, [])
        case .matching(let filter):
            try StoredContacts(db, campaign: campaign).forEach(in: [.inDoubt]) { id, contact in
                guard filter.matches(contact) else { return }
                doubts.append(Doubt(id: id, phone: contact.phone, attempts: contact.attempts))
            }
            return (doubts, [])
        case .numbers(let numbers):
            var known: Set<Int64> = []
            var missed: [PhoneNumber] = []
            for number in numbers {
                if let doubt = try Self.doubt(db, campaign: campaign, about: number) {
                    // A contact may be given in more than one form.
                    if known.insert(doubt.id).inserted { doubts.append(doubt) }
                } else {
                    missed.append(number)
                }
            }
            return (doubts, missed)
        }
    }

    private static func doubt(_ db: Database, campaign: Int64, about number: PhoneNumber) throws -> Doubt? {
        // contact_identity by primary key, contact by row.
        guard let id = try CampaignRows.contact(db, campaign: campaign, identity: number.identity) else { return nil }
        let statement = try db.cachedStatement(
            sql: "SELECT id, phone, attempts FROM contact WHERE id = :id AND state = 'in_doubt'")
        return try Row.fetchOne(statement, arguments: ["id": id]).map(doubt)
    }

    private static func doubt(_ row: Row) throws -> Doubt {
        Doubt(
            id: try row.decode(atIndex: 0), phone: try StoredValue.phone(row.decode(atIndex: 1)),
            attempts: try row.decode(atIndex: 2))
    }
}

/// Which doubts of a campaign to resolve.
package enum DoubtChoice: Hashable, Sendable, Codable {
    /// All of them.
    case all
    /// The doubts of these numbers, however they are written.
    case numbers([PhoneNumber])
    /// Doubts that match a filter; contacts that are not in doubt never match.
    case matching(ContactFilter)
}

/// The result of resolving doubts.
package struct ResolvedDoubts: Hashable, Sendable, Codable {
    /// The numbers whose doubts were resolved, as they are dialed.
    package var resolved: [PhoneNumber]
    /// How many of them did not ring and are excluded because they are on the do-not-call list.
    package var excluded: Int
    /// How many of them did not ring and are excluded because their campaign has been cancelled, or their list replaced.
    package var outdated = 0
    /// How many of them have another call that went out, and are accepted.
    package var called = 0
    /// Numbers that were given and are not in doubt.
    package var notInDoubt: [PhoneNumber]

    static func += (done: inout ResolvedDoubts, more: ResolvedDoubts) {
        done.resolved += more.resolved
        done.excluded += more.excluded
        done.outdated += more.outdated
        done.called += more.called
        done.notInDoubt += more.notInDoubt
    }
}
