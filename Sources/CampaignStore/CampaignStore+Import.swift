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
    ///   - body: hands over the lists one after another; whatever it throws undoes everything and is thrown on.
    /// - Returns: what became of the rows, list by list.
    public func importLists(
        campaign: String, file: String, now: Timestamp, _ body: @escaping @Sendable (ImportWriter) throws -> Void
    ) async throws -> [ImportTotals] {
        try await transaction { db in
            let writer = ImportWriter(
                db, campaign: try CampaignRows.enter(db, campaign: campaign, file: file, now: now), now: now)
            try body(writer)
            try writer.finishList()
            return writer.totals
        }
    }

    /// Takes note of a campaign without contacts of its own, so that it is known by its name.
    public func enter(campaign: String, file: String, now: Timestamp) async throws(QueueError) {
        _ = try await write { db in try CampaignRows.enter(db, campaign: campaign, file: file, now: now) }
    }
}

/// Takes the rows of lists in, within the one transaction of an import.
public final class ImportWriter {
    /// What became of the rows so far, list by list.
    public private(set) var totals: [ImportTotals] = []
    private let db: Database
    private let campaign: Int64
    private let now: Timestamp
    private var list: Int64?
    private let encoder = JSONEncoder()

    init(_ db: Database, campaign: Int64, now: Timestamp) {
        self.db = db
        self.campaign = campaign
        self.now = now
    }

    /// The rows that follow are those of this list.
    public func beginList(file: String, columns: [String]) throws {
        try finishList()
        try db.execute(
            sql: """
                INSERT INTO import (campaign_id, file, columns, imported_at)
                VALUES (:campaign, :file, :columns, :now)
                """,
            arguments: [
                "campaign": campaign, "file": file, "columns": try json(columns), "now": now.milliseconds,
            ])
        list = db.lastInsertedRowID
        totals.append(ImportTotals(file: file))
    }

    /// Takes one row in.
    public func add(_ row: ListRow) throws {
        guard let list else { throw DatabaseError(message: "a row came before its list") }
        let last = totals.endIndex - 1
        switch row {
        case .blank:
            totals[last].blank += 1
        case .contact(let contact):
            // contact_by_identity decides: a number stands in a campaign once.
            try db.cachedStatement(
                sql: """
                    INSERT INTO contact (campaign_id, import_id, identity, phone, call_duration, own)
                    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (campaign_id, identity) DO NOTHING
                    """
            ).execute(arguments: [
                campaign, list, contact.phone.identity, contact.phone.value, contact.callDuration,
                try json(contact.own),
            ])
            if db.changesCount == 0 { totals[last].alreadyInCampaign += 1 } else { totals[last].accepted += 1 }
        case .reject(let reject):
            try db.cachedStatement(
                sql: "INSERT INTO reject (import_id, line, raw, own, reason, suggestion) VALUES (?, ?, ?, ?, ?, ?)"
            ).execute(arguments: [
                list, reject.line, Data(reject.raw), try json(reject.own), reject.reason, reject.suggestion,
            ])
            totals[last].reasons[reject.reason, default: 0] += 1
        }
    }

    /// Writes the figures of the list that has ended.
    func finishList() throws {
        guard let list, let totals = totals.last else { return }
        try db.execute(
            sql: """
                UPDATE import SET accepted = :accepted, duplicates = :duplicates, rejected = :rejected, blank = :blank
                WHERE id = :list
                """,
            arguments: [
                "accepted": totals.accepted, "duplicates": totals.duplicates, "rejected": totals.rejected,
                "blank": totals.blank, "list": list,
            ])
        self.list = nil
    }

    private func json(_ texts: [String]) throws -> String {
        String(decoding: try encoder.encode(texts), as: UTF8.self)
    }
}
