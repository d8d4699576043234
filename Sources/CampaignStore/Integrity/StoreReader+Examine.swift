package import CampaignCore
import GRDB

/// A defect of a database.
package struct DatabaseDefect: Hashable, Sendable {
    /// What is wrong, in words.
    package var phrase: Phrase

    /// The same in English.
    package var text: String { phrase.english }
}

extension StoreReader {
    /// Examines the whole database: its pages, whether its values are what the commands expect, what its rows refer to,
    /// and whether its figures add up. Works during a run, and takes as long as reading the file.
    ///
    /// - Returns: what is wrong; empty when nothing is.
    package func examine() throws(StoreError) -> [DatabaseDefect] {
        do throws(StoreError) {
            let pages = try damagedPages()
            // The content of damaged pages proves nothing.
            guard pages.isEmpty else { return pages }
            if let damage = damageOfLog() { return [damage] }
            if let staleness { return [DatabaseDefect(phrase: staleness.phrase)] }
            return try read { db in
                let values = try ColumnRules.defects(db)
                // If a value is already wrong, CHECKs would report the same in other words.
                let conditions = try values.isEmpty ? CheckConstraints.defects(db) : []
                return try values + conditions + Self.rules.flatMap { try $0.defects(db) } + Self.lostReferences(db)
            }
        } catch {
            guard case .corrupt(_, let detail) = error else { throw error }
            return [DatabaseDefect(phrase: detail)]
        }
    }

    /// What `quick_check` finds.
    func damagedPages() throws(StoreError) -> [DatabaseDefect] {
        try read { db in
            try String.fetchAll(db, sql: "PRAGMA quick_check(20)").filter { $0 != "ok" }
                .map { DatabaseDefect(phrase: Phrase(verbatim: $0)) }
        }
    }

    /// What a writer would find in the log when it starts; cannot be determined while there is a writer.
    private func damageOfLog() -> DatabaseDefect? {
        guard WriterLock.holding(ofDatabase: path) == .free, let damage = WriteAheadLog(ofDatabase: path)?.damage(),
            // A writer may have started in the meantime.
            WriterLock.holding(ofDatabase: path) == .free
        else { return nil }
        return DatabaseDefect(phrase: damage)
    }

    private static func lostReferences(_ db: Database) throws -> [DatabaseDefect] {
        let lost = try Row.fetchAll(
            db, sql: "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2")
        return try lost.map { row in
            let table = Schema.name(ofTable: try row.decode(atIndex: 0))
            let parent = Schema.name(ofTable: try row.decode(atIndex: 1))
            let count = try row.decode(Int.self, atIndex: 2)
            return DatabaseDefect(
                phrase: Phrase(
                    "\(count.counted("row")) of \(table) \(count.noun("refers", "refer")) to a missing \(parent)",
                    "\(Language.portuguese.counted(count, .row)) de \(table) \(count.noun("aponta", "apontam")) para \(parent) que "
                        + "não existe"))
        }
    }
}
