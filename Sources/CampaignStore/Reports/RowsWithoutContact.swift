import GRDB

/// Rows of a campaign's lists that did not become a contact, each counted by its latest state: a file as it was last
/// imported, and a rejected row that was corrected and imported by its result then.
struct RowsWithoutContact {
    private(set) var rejected = 0
    private(set) var duplicates = 0
    /// The imports whose rejected rows are the ones to list. Where only some rows of an export were imported, nothing tells
    /// which: the rows that they come from are listed, the corrected ones too, and `rejected` is less than these.
    private(set) var listed: [Int64] = []

    init(_ db: Database, campaign: Int64) throws {
        let lists = try Self.lists(db, campaign: campaign)
        var outdated = Set(lists.filter(\.isOutdated).map(\.id))
        var counted: [List] = []
        for (index, list) in lists.enumerated() {
            // The origin of an export is not stored; the program writes the rejects of one import at a time.
            let origin = list.isExport ? lists[..<index].last { $0.rejected >= list.rows } : nil
            if let origin, outdated.contains(origin.id) { outdated.insert(list.id) }
            let isRepeated = list.isExport && lists[(index + 1)...].contains { $0.isExport && $0.file == list.file }
            guard !isRepeated, !outdated.contains(list.id) else { continue }
            rejected = list.isExport ? max(rejected - (list.rows - list.rejected), 0) : rejected + list.rejected
            counted.append(list)
            note(listed: list, from: origin, among: counted)
        }
        let themselves = try Self.themselves(db, campaign: campaign, in: counted)
        duplicates = max(counted.reduce(0) { $0 + $1.duplicates } - themselves, 0)
    }

    /// Takes note of what a list adds to the rows to list, or replaces among them.
    private mutating func note(listed list: List, from origin: List?, among counted: [List]) {
        let known = counted.filter { listed.contains($0.id) }
        let all = known.reduce(0) { $0 + $1.rejected }
        if list.isExport, let origin, listed.contains(origin.id), origin.rejected > list.rows { return }
        if list.isExport, let origin, origin.rejected == list.rows {
            guard listed.contains(origin.id) else { return }
            listed.removeAll { $0 == origin.id }
        } else if list.isExport, origin == nil {
            // Of several lists at once.
            guard all <= list.rows else { return }
            if all == list.rows { listed = [] }
        }
        listed.append(list.id)
    }

    /// SQL: whether the rejected rows of a row of import are the ones to list.
    var condition: String { "import.id IN (\(listed.map(String.init).joined(separator: ", ")))" }

    /// The imports, in order. A campaign has few.
    private static func lists(_ db: Database, campaign: Int64) throws -> [List] {
        // By import_by_campaign, and by the primary key of list_version.
        try Row.fetchAll(
            db,
            sql: """
                SELECT id, file, rejected, duplicates, accepted + duplicates + rejected - extra, is_export,
                    id IN (SELECT import_id FROM list_version WHERE campaign_id = :campaign
                        GROUP BY import_id HAVING max(is_current) = 0)
                FROM import WHERE campaign_id = :campaign ORDER BY id
                """, arguments: ["campaign": campaign]
        ).map { row in
            List(
                id: try row.decode(atIndex: 0), file: try row.decode(atIndex: 1), rejected: try row.decode(atIndex: 2),
                duplicates: try row.decode(atIndex: 3), rows: try row.decode(atIndex: 4),
                isExport: try row.decode(atIndex: 5), isOutdated: try row.decode(atIndex: 6))
        }
    }

    /// Rows that are duplicates only of themselves: their contact came from an earlier version of the file, or from the
    /// same row, which was rejected and then corrected.
    private static func themselves(_ db: Database, campaign: Int64, in lists: [List]) throws -> Int {
        let ids = lists.filter { $0.duplicates > 0 }.map { "\($0.id)" }.joined(separator: ", ")
        // By duplicate_by_import; for each of them the contact is read by its row.
        return try Int.fetchOne(
            db,
            sql: """
                SELECT count(*) FROM duplicate
                JOIN import AS list ON list.id = duplicate.import_id
                JOIN contact ON contact.id = duplicate.contact_id
                JOIN import AS origin ON origin.id = contact.import_id AND origin.id <> list.id
                WHERE duplicate.import_id IN (\(ids)) AND duplicate.reason = 'already_in_campaign'
                    AND (origin.is_export = 1 AND (list.is_export = 0 OR origin.file = list.file)
                        OR EXISTS (
                            SELECT 1 FROM list_version AS earlier
                            JOIN list_version AS present
                                ON present.campaign_id = earlier.campaign_id AND present.path = earlier.path
                            WHERE earlier.campaign_id = :campaign AND earlier.import_id = origin.id
                                AND present.import_id = list.id))
                """, arguments: ["campaign": campaign]) ?? 0
    }
}

/// One import of a list.
private struct List {
    var id: Int64
    var file: String
    var rejected: Int
    var duplicates: Int
    /// Rows that are not blank.
    var rows: Int
    /// Whether it is an export of rejected rows.
    var isExport: Bool
    /// Whether the file has a later version.
    var isOutdated: Bool
}
