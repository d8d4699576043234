public import CampaignCore
import Foundation
import GRDB

/// Takes the rows of lists in, within the one transaction of an import.
///
/// Contacts are appended as they come, and their identities entered at the end, in order. That is when numbers are found
/// that stand in the import twice, and taken out again: until then the totals count them as accepted.
public final class ImportWriter {
    /// What became of the rows so far, list by list.
    public private(set) var totals: [ImportTotals] = []
    /// Whether contacts that wait and are in no list any more, but in an earlier version of these, are excluded.
    public var replaces = false
    private let db: Database
    private let campaign: Int64
    private let now: Timestamp
    private let campaignIsNew: Bool
    private var nextID: Int64
    private var list: Int64?
    /// For each of `totals` the first contact that may be of its list.
    private var firstIDs: [Int64] = []
    /// The rows of `totals` in the table; nil for a list that was left alone.
    private var rowsOfLists: [Int64?] = []
    /// The rows that have the contacts of `totals`; an earlier one where the very same list has come again.
    private var presentRows: [Int64] = []
    /// Which file each of `totals` is the present version of; nil for one that is of none.
    private var origins: [ListOrigin?] = []
    private let contacts: ContactRows
    private let duplicates: DuplicateRows
    private let skipsCalledSince: Timestamp?
    private var identities: IdentityRuns

    init(_ db: Database, campaign: Int64, isNew: Bool, _ rules: ImportRules) throws {
        self.db = db
        self.campaign = campaign
        now = rules.now
        nextID = (try Int64.fetchOne(db, sql: "SELECT max(id) FROM contact") ?? 0) + 1
        campaignIsNew = isNew
        contacts = try ContactRows(db, campaign: campaign)
        duplicates = try DuplicateRows(db)
        skipsCalledSince = rules.skipsCalledSince
        identities = IdentityRuns(most: rules.identitiesInMemory, folder: rules.folder)
    }

    /// The rows that follow are those of this list.
    ///
    /// - Parameters:
    ///   - file: how the operator called the list.
    ///   - columns: the names of its columns.
    ///   - origin: the file that it is the present version of; nil for a list without one.
    ///   - isExport: whether it is an export of rejected rows: corrected, they come beside the list that they stood in, and
    ///     not in place of those before them.
    public func beginList(
        file: String, columns: [String], origin: ListOrigin? = nil, isExport: Bool = false
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO import (campaign_id, file, columns, imported_at, is_export)
                VALUES (:campaign, :file, :columns, :now, :isExport)
                """,
            arguments: [
                "campaign": campaign, "file": file, "columns": CellsJSON.text(columns), "now": now.milliseconds,
                "isExport": isExport,
            ])
        let row = db.lastInsertedRowID
        list = row
        rowsOfLists.append(row)
        enter(ImportTotals(file: file), row: row, origin: isExport ? nil : origin)
    }

    /// What was left out at the top of the list that has begun.
    public func note(_ skipped: SkippedLines?) {
        guard !totals.isEmpty else { return }
        totals[totals.endIndex - 1].skipped = skipped
    }

    /// The list that has begun has no more rows. One that is the very same as an earlier one leaves no trace.
    public func endList(_ fingerprint: ListFingerprint) throws {
        guard let list else { throw DatabaseError(message: "a list ended before it began") }
        defer { self.list = nil }
        let last = totals.endIndex - 1
        if totals[last].accepted == 0, let earlier = try earlierImport(of: fingerprint) {
            for table in ["reject", "duplicate"] {
                try db.execute(sql: "DELETE FROM \(table) WHERE import_id = :list", arguments: ["list": list])
            }
            try db.execute(sql: "DELETE FROM import WHERE id = :list", arguments: ["list": list])
            rowsOfLists[last] = nil
            presentRows[last] = earlier.list
            totals[last] = earlier.totals(file: totals[last].file)
            return
        }
        try db.execute(
            sql: "UPDATE import SET bytes = :bytes, sha256 = :sha256, reading = :reading WHERE id = :list",
            arguments: [
                "bytes": fingerprint.bytes, "sha256": Data(fingerprint.sha256), "reading": fingerprint.reading,
                "list": list,
            ])
    }

    /// Whether a list of this many bytes was taken into the campaign before, so that it is worth looking closer.
    public func hasList(ofBytes bytes: Int) throws -> Bool {
        // import_by_campaign; a campaign has few lists.
        try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (
                    SELECT 1 FROM import WHERE campaign_id = :campaign AND bytes = :bytes AND sha256 NOT NULL
                        AND called_recently = 0)
                """,
            arguments: ["campaign": campaign, "bytes": bytes]) ?? false
    }

    /// The last import of the very same list into the campaign; nil if there was none.
    public func earlierImport(of fingerprint: ListFingerprint) throws -> EarlierImport? {
        // import_by_campaign.
        try Row.fetchOne(
            db,
            sql: """
                SELECT id, imported_at, accepted + duplicates, is_export FROM import
                WHERE campaign_id = :campaign AND bytes = :bytes AND sha256 = :sha256 AND reading = :reading
                    AND called_recently = 0
                ORDER BY id DESC LIMIT 1
                """,
            arguments: [
                "campaign": campaign, "bytes": fingerprint.bytes, "sha256": Data(fingerprint.sha256),
                "reading": fingerprint.reading,
            ]
        ).map { row in
            EarlierImport(
                list: try row.decode(atIndex: 0), importedAt: Timestamp(milliseconds: try row.decode(atIndex: 1)),
                hasUsableRows: try row.decode(atIndex: 2) > 0, isExport: try row.decode(atIndex: 3))
        }
    }

    /// A list is left alone: nothing of it is new.
    public func skipList(file: String, sameAs earlier: EarlierImport, origin: ListOrigin?) {
        rowsOfLists.append(nil)
        enter(earlier.totals(file: file), row: earlier.list, origin: earlier.isExport ? nil : origin)
    }

    private func enter(_ totals: ImportTotals, row: Int64, origin: ListOrigin?) {
        self.totals.append(totals)
        firstIDs.append(nextID)
        presentRows.append(row)
        origins.append(origin)
    }

    /// Takes one row in; many at once are cheaper.
    public func add(_ row: ListRow) throws {
        var rows = PreparedRows()
        rows.append(row)
        try add(rows)
    }

    /// Takes rows in.
    public func add(_ rows: PreparedRows) throws {
        guard let list else { throw DatabaseError(message: "a row came before its list") }
        let last = totals.endIndex - 1
        totals[last].blank += rows.blanks
        for reject in rows.rejects {
            if reject.isExtra { totals[last].extra += 1 }
            totals[last].reasons[reject.reason, default: 0] += 1
            try add(reject, list: list)
        }
        let firstID = nextID
        var kept: [Int] = []
        kept.reserveCapacity(rows.contacts.count)
        for (index, contact) in rows.contacts.enumerated() {
            if contact.isExtra { totals[last].extra += 1 }
            // Numbers of earlier imports are not even written: a list that comes again with some more rows costs little.
            if !campaignIsNew,
                let known = try CampaignRows.contact(db, campaign: campaign, identity: contact.identity)
            {
                try duplicates.write(
                    list: list, line: Int64(contact.line), phone: contact.phone.value, contact: known,
                    .alreadyInCampaign)
                totals[last].alreadyInCampaign += 1
                continue
            }
            kept.append(index)
            try identities.append(IdentityEntry(identity: contact.identity, contact: nextID))
            nextID += 1
        }
        totals[last].accepted += kept.count
        try contacts.write(rows, kept: kept, list: list, firstID: firstID)
    }

    private func add(_ reject: ListReject, list: Int64) throws {
        try db.cachedStatement(
            sql: "INSERT INTO reject (import_id, line, raw, own, reason, suggestion) VALUES (?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            list, reject.line, Data(reject.raw), CellsJSON.text(reject.own), reject.reason, reject.suggestion,
        ])
    }

    private func enterIdentities() throws {
        var entering = try IdentityEntering(db, campaign: campaign, skipsCalledSince: skipsCalledSince) {
            contact, fate in
            self.note(fate, ofContact: contact)
        }
        try identities.drain { try entering.take($0) }
        try entering.finish()
    }

    private func note(_ fate: IdentityEntering.Fate, ofContact contact: Int64) {
        let list = (firstIDs.lastIndex { $0 <= contact }) ?? 0
        switch fate {
        case .repeated:
            totals[list].accepted -= 1
            totals[list].repeated += 1
        case .calledRecently:
            totals[list].accepted -= 1
            totals[list].calledRecently += 1
        case .blocked:
            totals[list].blocked += 1
        }
    }

    /// Writes what is still in hand, and the figures of the lists.
    func finish() throws {
        try enterIdentities()
        for (row, totals) in zip(rowsOfLists, totals) {
            guard let row else { continue }
            try db.execute(
                sql: """
                    UPDATE import SET accepted = :accepted, duplicates = :duplicates, rejected = :rejected,
                        blank = :blank, extra = :extra, called_recently = :calledRecently
                    WHERE id = :list
                    """,
                arguments: [
                    "accepted": totals.accepted, "duplicates": totals.duplicates, "rejected": totals.rejected,
                    "blank": totals.blank, "extra": totals.extra, "calledRecently": totals.calledRecently,
                    "list": row,
                ])
        }
        try compareVersions()
    }

    /// Enters the lists as the present versions of their files, and looks for whom the earlier ones had.
    private func compareVersions() throws {
        let known = ListVersions(db: db, campaign: campaign)
        // A list of which nothing could be used is a mistake, and no version of anything.
        let present = totals.indices.filter { totals[$0].hasUsableRows }
        let versions = present.compactMap { index in
            origins[index].map { (index, ListVersion(list: presentRows[index], origin: $0)) }
        }
        for (index, version) in versions {
            try known.enter(version, file: totals[index].file)
            totals[index].isReplaced = replaces
        }
        guard !campaignIsNew else { return }
        for (index, version) in versions {
            totals[index].notListed = try known.notListed(since: version)
            if replaces { try known.excludeNotListed(since: version) }
        }
        for index in present { totals[index].listedAgain = try known.putBackListed(in: presentRows[index]) }
    }
}
