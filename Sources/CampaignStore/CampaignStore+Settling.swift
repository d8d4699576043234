public import CampaignCore
import GRDB

extension CampaignStore {
    /// How a person settled a doubt.
    public enum Settlement: String, CaseIterable, Sendable, Codable {
        /// The phone rang: the contact is done.
        case called
        /// The phone did not ring: the contact may be dialled again.
        case notCalled = "not-called"
    }

    /// The reason kept with a contact whose doubt a person settled as called.
    public static let confirmedReason = "confirmed"

    /// Settles doubts of a campaign; a contact that is not in doubt is left alone.
    public func settle(
        campaign name: String, _ choice: DoubtChoice, as settlement: Settlement
    ) async throws(QueueError) -> SettledDoubts {
        try await write { db in
            let campaign = try CampaignRows.id(db, named: name)
            let (doubts, missed) = try Self.doubts(db, campaign: campaign, choice)
            let blocked = try BlockedContacts(db, campaign: campaign, in: [.inDoubt])
            let update = try db.makeStatement(
                sql: """
                    UPDATE contact_row SET state = :state, reason = :reason, due_at = 0,
                        tries_used = iif(:state = 'ready', 0, tries_used), throttles_in_a_row = 0
                    WHERE id = :contact
                    """)
            var excluded = 0
            for doubt in doubts {
                let (state, reason): (CallState, String?) =
                    switch settlement {
                    case .called: (.accepted, Self.confirmedReason)
                    case .notCalled where blocked.contains(doubt.id): (.excluded, ExclusionReason.doNotCall.rawValue)
                    case .notCalled: (.ready, nil)
                    }
                if state == .excluded { excluded += 1 }
                try update.execute(arguments: ["state": state.rawValue, "reason": reason, "contact": doubt.id])
            }
            return SettledDoubts(settled: doubts.map(\.phone), excluded: excluded, notInDoubt: missed)
        }
    }

    private typealias Doubt = (id: Int64, phone: PhoneNumber)

    /// The doubts that are meant, and the numbers that were named and have none.
    private static func doubts(
        _ db: Database, campaign: Int64, _ choice: DoubtChoice
    ) throws -> (doubts: [Doubt], missed: [PhoneNumber]) {
        var doubts: [Doubt] = []
        switch choice {
        case .all:
            // contact_by_turn finds the doubts.
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT id, phone FROM contact WHERE campaign_id = :campaign AND state = 'in_doubt' ORDER BY id",
                arguments: ["campaign": campaign])
            while let row = try rows.next() {
                doubts.append((try row.decode(atIndex: 0), try StoredValue.phone(row.decode(atIndex: 1))))
            }
            return (doubts, [])
        case .matching(let filter):
            try StoredContacts(db, campaign: campaign).forEach(in: [.inDoubt]) { id, contact in
                if filter.matches(contact) { doubts.append((id, contact.phone)) }
            }
            return (doubts, [])
        case .numbers(let numbers):
            var known: Set<Int64> = []
            var missed: [PhoneNumber] = []
            for number in numbers {
                if let doubt = try Self.doubt(db, campaign: campaign, about: number) {
                    // One contact may be named in more than one form.
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
            sql: "SELECT phone FROM contact WHERE id = :id AND state = 'in_doubt'")
        return try Int64.fetchOne(statement, arguments: ["id": id]).map { (id, try StoredValue.phone($0)) }
    }

    /// Excludes every contact of a campaign whose turn has not come. Calls that a run left open when it was killed become
    /// doubts, so that no later run puts them back.
    ///
    /// - Parameter isBeingDialled: whether calls of the campaign are under way: they are left alone.
    /// - Returns: how many were excluded.
    public func cancel(campaign name: String, isBeingDialled: Bool = false) async throws(QueueError) -> Int {
        // Left where they are: the next run finds that it knows them, and nobody else may be adding to them now.
        let spooled = try await isBeingDialled ? [] : spooled().results
        return try await write { [self] db in
            let campaign = try CampaignRows.id(db, named: name)
            if !isBeingDialled {
                try takeIn(spooled, db)
                try InstanceRows.forgetWhen(callsOf: campaign, db)
                _ = try Self.settleInterrupted(db, campaign: campaign, attempts: 0)
            }
            return try CampaignRows.exclude(.cancelled, campaign: campaign, db)
        }
    }
}

/// Which doubts of a campaign are meant.
public enum DoubtChoice: Hashable, Sendable, Codable {
    /// All of them.
    case all
    /// Those of these numbers, however they are written.
    case numbers([PhoneNumber])
    /// Those that a filter means; contacts that are in no doubt are never meant.
    case matching(ContactFilter)
}

/// What came of settling doubts.
public struct SettledDoubts: Hashable, Sendable, Codable {
    /// The numbers whose doubt is settled, as they are dialled.
    public var settled: [PhoneNumber]
    /// How many of them did not ring and are excluded now, because they are on the do-not-call list.
    public var excluded: Int
    /// Numbers that were named and are not in doubt.
    public var notInDoubt: [PhoneNumber]
}
