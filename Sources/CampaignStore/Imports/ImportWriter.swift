package import CampaignCore
import Foundation
import GRDB

/// Writes the rows of lists, within the transactions of an import.
///
/// Contacts are appended as they come, and their identities entered at the end, in order. That is when numbers are found
/// that the import has twice, and removed again: until then the totals count them as accepted.
package final class ImportWriter {
    /// What became of the rows so far, list by list.
    package internal(set) var totals: [ImportTotals] = []
    /// Whether contacts that wait and are in no list any more, but in an earlier version of these, are excluded.
    package var replaces = false
    let transactions: ImportTransactions
    let listVersions: ListVersions
    let blockFeed: BlockFeed
    let campaign: Int64
    let campaignIsNew: Bool
    let skipsCalledSince: Timestamp?
    var identities: ExternalSorter<IdentityEntry>
    /// For each of `totals` the first contact that may be of its list.
    private(set) var firstIDs: [Int64] = []
    /// The rows of `totals` in the table; nil for a list that was left alone.
    private(set) var rowsOfLists: [Int64?] = []
    /// The rows that have the contacts of `totals`; an earlier one where the very same list has come again.
    private(set) var presentRows: [Int64] = []
    /// Which file each of `totals` is the present version of; nil for one that is of none.
    private(set) var origins: [ListOrigin?] = []
    /// Rows of one transaction, where there are many.
    let slice: Int
    private let now: Timestamp
    private var nextID: Int64
    private var list: Int64?

    init(in transactions: ImportTransactions, of store: CampaignStore, campaign: Int64, _ rules: ImportRules) throws {
        self.transactions = transactions
        blockFeed = store.blockFeed
        self.campaign = campaign
        now = rules.now
        slice = rules.slice
        skipsCalledSince = rules.skipsCalledSince
        listVersions = ListVersions(
            campaign: campaign, gathering: ExternalSorter(maxInMemory: rules.identitiesInMemory, folder: store.folder))
        identities = ExternalSorter(maxInMemory: rules.identitiesInMemory, folder: store.folder)
        (campaignIsNew, nextID) = try transactions.write { db in
            let isNew = try !CampaignRows.hasContacts(db, campaign: campaign)
            // For looking up whom the campaign has; a first list only appends, for which the usual 2 MB are plenty.
            if !isNew { try db.execute(sql: "PRAGMA cache_size = -8000") }
            return (isNew, (try Int64.fetchOne(db, sql: "SELECT max(id) FROM contact_row") ?? 0) + 1)
        }
    }

    /// Keeps no more pages in memory than a run needs.
    static func shrinkCache(_ db: Database) throws {
        try db.execute(sql: "PRAGMA cache_size = -2000")
    }

    /// The rows that follow are those of this list.
    ///
    /// - Parameters:
    ///   - file: how the operator called the list.
    ///   - columns: the names of its columns.
    ///   - origin: the file that it is the present version of; nil for a list without one.
    ///   - isExport: whether it is an export of rejected rows: corrected, they come beside the list that they stood in, and
    ///     not in place of those before them.
    package func beginList(
        file: String, columns: [String], origin: ListOrigin? = nil, isExport: Bool = false
    ) throws {
        let row = try transactions.write { db in
            try db.execute(
                sql: """
                    INSERT INTO import_row (campaign_id, file, columns, imported_at, is_export)
                    VALUES (:campaign, :file, :columns, :now, :isExport)
                    """,
                arguments: [
                    "campaign": campaign, "file": file, "columns": CellsJSON.text(columns), "now": now.milliseconds,
                    "isExport": isExport,
                ])
            return db.lastInsertedRowID
        }
        list = row
        rowsOfLists.append(row)
        enter(ImportTotals(file: file), row: row, origin: isExport ? nil : origin)
    }

    /// What was left out at the top of the list that has begun.
    package func note(_ skipped: SkippedLines?) {
        guard !totals.isEmpty else { return }
        totals[totals.endIndex - 1].skipped = skipped
    }

    /// The list that has begun has no more rows. One that is the very same as an earlier one leaves no trace.
    package func endList(_ fingerprint: ListFingerprint) throws {
        guard let list else { throw DatabaseError(message: "a list ended before it began") }
        defer { self.list = nil }
        let last = totals.endIndex - 1
        if totals[last].accepted == 0, let earlier = try earlierImport(of: fingerprint) {
            try remove(list)
            rowsOfLists[last] = nil
            presentRows[last] = earlier.list
            totals[last] = earlier.totals(file: totals[last].file)
            return
        }
        try transactions.write { db in
            try db.execute(
                sql: "UPDATE import_row SET bytes = :bytes, sha256 = :sha256, reading = :reading WHERE id = :list",
                arguments: [
                    "bytes": fingerprint.bytes, "sha256": Data(fingerprint.sha256), "reading": fingerprint.reading,
                    "list": list,
                ])
        }
    }

    /// A list is left alone: nothing of it is new.
    package func skipList(file: String, sameAs earlier: EarlierImport, origin: ListOrigin?) {
        rowsOfLists.append(nil)
        enter(earlier.totals(file: file), row: earlier.list, origin: earlier.isExport ? nil : origin)
    }

    private func enter(_ totals: ImportTotals, row: Int64, origin: ListOrigin?) {
        self.totals.append(totals)
        firstIDs.append(nextID)
        presentRows.append(row)
        origins.append(origin)
    }

    /// Writes one row; many together are cheaper.
    package func add(_ row: ListRow) throws {
        var rows = PreparedRows()
        rows.append(row)
        try add(rows)
    }

    /// Writes rows.
    package func add(_ rows: PreparedRows) throws {
        guard let list else { throw DatabaseError(message: "a row came before its list") }
        let last = totals.endIndex - 1
        totals[last].blank += rows.blanks
        for reject in rows.rejects {
            if reject.isExtra { totals[last].extra += 1 }
            totals[last].reasons[reject.reason, default: 0] += 1
        }
        totals[last].extra += rows.contacts.count { $0.isExtra }
        let kept = try transactions.write { db in
            for reject in rows.rejects { try add(db, reject, list: list) }
            let kept = try newcomers(db, among: rows, list: list)
            try ContactInserter(db, campaign: campaign).write(rows, kept: kept, list: list, firstID: nextID)
            return kept
        }
        for index in kept {
            try identities.append(IdentityEntry(identity: rows.contacts[index].identity, contact: nextID))
            nextID += 1
        }
        totals[last].accepted += kept.count
        totals[last].alreadyInCampaign += rows.contacts.count - kept.count
    }

    /// The places of those whom the campaign has not yet. Numbers of earlier imports are not even written: a list that comes
    /// again with some more rows costs little.
    private func newcomers(_ db: Database, among rows: PreparedRows, list: Int64) throws -> [Int] {
        guard !campaignIsNew else { return Array(rows.contacts.indices) }
        let duplicates = try DuplicateInserter(db)
        return try rows.contacts.indices.filter { index in
            let contact = rows.contacts[index]
            let known = try CampaignRows.contact(db, campaign: campaign, identity: contact.identity)
            guard let known else { return true }
            try duplicates.write(
                list: list, line: Int64(contact.line), phone: contact.phone.value, contact: known, .alreadyInCampaign)
            return false
        }
    }

    private func add(_ db: Database, _ reject: ListReject, list: Int64) throws {
        try db.cachedStatement(
            sql: "INSERT INTO reject (import_id, line, raw, own, reason, suggestion) VALUES (?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            list, reject.line, Data(reject.raw), CellsJSON.text(reject.own), reject.reason, reject.suggestion,
        ])
    }
}
