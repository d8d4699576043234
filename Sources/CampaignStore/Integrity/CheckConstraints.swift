import CampaignCore
import GRDB

/// The CHECKs of our own tables, held against rows that are there already.
///
/// A row that breaks one is refused by the first write that touches it: a run would end there. SQLite's own `quick_check`
/// sees CHECKs only in a file that it may write to.
enum CheckConstraints {
    /// Counts the rows that break them, table by table.
    static func defects(_ db: Database) throws -> [DatabaseDefect] {
        guard let reference = try Schema.reference(of: db) else { return [] }
        let tables = try reference.read { reference in
            try Row.fetchAll(
                reference, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%CHECK%'"
            ).map { row in (name: try row.decode(String.self, atIndex: 0), sql: try row.decode(String.self, atIndex: 1))
            }
        }
        return try tables.flatMap { table -> [DatabaseDefect] in
            // JSON that is none is an error to SQLite and no answer; the columns that hold it have rules of their own.
            let conditions = checks(in: table.sql).filter { !$0.contains("json_") }
            return try conditions.compactMap { condition -> DatabaseDefect? in
                let sql = "SELECT count(*) FROM \(table.name) NOT INDEXED WHERE NOT (\(condition))"
                guard let count = try Int.fetchOne(db, sql: sql), count > 0 else { return nil }
                let words = condition.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                return DatabaseDefect(
                    text:
                        "\(count.counted("row")) of \(Schema.name(ofTable: table.name)) \(count.noun("violates", "violate")) its rule (\(words))"
                )
            }
        }
    }

    /// The expressions behind each CHECK of a table's definition.
    static func checks(in sql: String) -> [String] {
        // No text of ours has two dashes in it.
        let lines = sql.split(separator: "\n").map { line in
            String(line.firstRange(of: "--").map { line[..<$0.lowerBound] } ?? line)
        }
        let text = lines.joined(separator: "\n")
        return text.ranges(of: "CHECK (").map { start in
            var depth = 1
            let rest = text[start.upperBound...]
            let end = rest.firstIndex { character in
                switch character {
                case "(": depth += 1
                case ")": depth -= 1
                default: break
                }
                return depth == 0
            }
            return String(rest[..<(end ?? rest.endIndex)])
        }
    }
}
