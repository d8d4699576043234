package import CampaignCore
import Foundation
import GRDB

/// Writes the rows of lists, within the transactions of an import.
///
/// Contacts are appended as they come; their identities are inserted at the end, in sorted order. Only then are numbers
/// found that the campaign has twice, and removed again: until then the totals count them as accepted.
package final class ImportWriter {
    /// The totals so far, list by list.
    package internal(set) var totals: [ImportTotals] = []
    /// Whether to exclude waiting contacts that are in an earlier version of these lists, but no longer in any list.
    package var replaces = false
    let transactions: ImportTransactions
    let listVersions: ListVersions
    let blockFeed: BlockFeed
    let campaign: Int64
    let campaignIsNew: Bool
    let skipsCalledSince: Timestamp?
    var identities: ExternalSorter<IdentityEntry>
    /// For each of `totals`, the first contact id that may belong to its list.
    private(set) var firstIDs: [Int64] = []
    /// The row ids of `totals`; nil for a list that was skipped.
    private(set) var rowsOfLists: [Int64?] = []
    /// The row ids of the imports that have the contacts of `totals`; an earlier import where the very same list came
    /// again.
    private(set) var presentRows: [Int64] = []
    /// The file that each of `totals` is the current version of; nil for a list that is not a version of a file.
    private(set) var origins: [ListOrigin?] = []
    /// Rows per transaction, if there are many transactions.
    let slice: Int
    private let now: Timestamp
    /// What the next contact's id will be.
    private(set) var nextID: Int64
    private var list: Int64?

    /// Contacts from this one on are the import's own.
    var firstOwn: Int64 { firstIDs.first ?? nextID }

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
            try CampaignRows.requireWhole(db, CampaignRows.name(db, campaign), campaign)
            let isNew = try !CampaignRows.hasContacts(db, campaign: campaign)
            // For looking up existing contacts; a first list only appends, for which the usual 2 MB are plenty.
            if !isNew { try db.execute(sql: "PRAGMA cache_size = -8000") }
            return (isNew, (try Int64.fetchOne(db, sql: "SELECT max(id) FROM contact_row") ?? 0) + 1)
        }
    }

    /// Reduces the page cache to what a run needs.
    static func shrinkCache(_ db: Database) throws {
        try db.execute(sql: "PRAGMA cache_size = -2000")
    }

    /// Begins a list; the rows that follow belong to it.
    ///
    /// - Parameters:
    ///   - file: the list's name as the user gave it.
    ///   - columns: the names of its columns.
    ///   - origin: the file that it is the current version of; nil for a list without one.
    ///   - isExport: whether it is an export of rejected rows: the corrected rows are added to those of their list, and
    ///     do not replace them.
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

    /// Records which lines were skipped at the top of the current list.
    package func note(_ skipped: SkippedLines?) {
        guard !totals.isEmpty else { return }
        totals[totals.endIndex - 1].skipped = skipped
    }

    /// Ends the current list. A list identical to an earlier one leaves no trace.
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

    /// Records that a list is skipped because nothing in it is new.
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

    /// Writes one row; writing many together is faster.
    package func add(_ row: ListRow) throws {
        var rows = PreparedRows()
        rows.append(row)
        try add(rows)
    }

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
            if !rows.further.isEmpty { try ContactPhones.insert(db, rows, kept: kept, firstID: nextID) }
            return kept
        }
        for index in kept {
            try identities.append(IdentityEntry(identity: rows.contacts[index].identity, contact: nextID))
            nextID += 1
        }
        totals[last].accepted += kept.count
        totals[last].alreadyInCampaign += rows.contacts.count - kept.count
    }

    /// The indexes of rows that are not yet in the campaign. Numbers of earlier imports are not even written: a
    /// list that comes again with a few more rows costs little.
    private func newcomers(_ db: Database, among rows: PreparedRows, list: Int64) throws -> [Int] {
        guard !campaignIsNew else { return Array(rows.contacts.indices) }
        let duplicates = try DuplicateInserter(db)
        let owners = try RowOwners(db, campaign: campaign, firstOwn: firstOwn)
        return try rows.contacts.indices.filter { index in
            let contact = rows.contacts[index]
            guard let known = try owners.owner(contact.identity, rows.further[index]) else { return true }
            // Whoever was forgotten gets none of it back.
            let hash = try owners.hash(of: known)
            try duplicates.write(
                list: list, line: Int64(contact.line), phone: hash ?? contact.phone.value, contact: known,
                .alreadyInCampaign)
            if hash == nil, let further = rows.further[index] { try PendingNumbers.add(db, further, to: known) }
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
