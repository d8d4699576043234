public import CampaignCore
import Foundation
import GRDB

extension CampaignStore {
    /// Takes lists into a campaign, all of them or none: one transaction, on disk when this returns.
    ///
    /// - Parameters:
    ///   - campaign: the campaign's name; entered if it is new.
    ///   - file: where its campaign file stands.
    ///   - now: the present moment.
    ///   - skipsCalledSince: numbers that another campaign called since then are left out; nil leaves nobody out.
    ///   - body: hands over the lists one after another; whatever it throws undoes everything and is thrown on.
    /// - Returns: what became of the rows, list by list.
    public func importLists(
        campaign: String, file: String, now: Timestamp, skipsCalledSince: Timestamp? = nil,
        _ body: @escaping @Sendable (ImportWriter) throws -> Void
    ) async throws -> [ImportTotals] {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let rules = ImportRules(now: now, folder: folder, skipsCalledSince: skipsCalledSince)
        return try await importLists(campaign: campaign, file: file, rules, body)
    }

    func importLists(
        campaign: String, file: String, _ rules: ImportRules,
        _ body: @escaping @Sendable (ImportWriter) throws -> Void
    ) async throws -> [ImportTotals] {
        try await transaction { db in
            let campaign = try CampaignRows.enter(db, campaign: campaign, file: file, now: rules.now)
            let isNew = try !CampaignRows.hasContacts(db, campaign: campaign)
            // For looking up whom the campaign has; a first list only appends, for which the usual 2 MB are plenty.
            if !isNew { try db.execute(sql: "PRAGMA cache_size = -8000") }
            defer { try? db.execute(sql: "PRAGMA cache_size = -2000") }
            let writer = try ImportWriter(db, campaign: campaign, isNew: isNew, rules)
            try body(writer)
            try writer.finish()
            return writer.totals
        }
    }

    /// Takes note of a campaign without contacts of its own, so that it is known by its name.
    public func enter(campaign: String, file: String, now: Timestamp) async throws(QueueError) {
        _ = try await write { db in try CampaignRows.enter(db, campaign: campaign, file: file, now: now) }
    }
}

/// What an import goes by.
struct ImportRules {
    /// The present moment.
    var now: Timestamp
    /// Where sorted identities go that memory has no room for; the database's own folder, whose disk must hold them anyway.
    var folder: String
    /// Numbers that another campaign called since then are left out; nil leaves nobody out.
    var skipsCalledSince: Timestamp?
    /// Identities that are sorted in memory: 4 MB of them.
    var identitiesInMemory = 262_144
}
