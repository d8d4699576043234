import CampaignCore
import GRDB

/// The CHECK constraints of our own tables, checked against existing rows.
///
/// A row that violates one is refused by the first write that touches it, which would end a run. SQLite's own
/// `quick_check` looks at CHECKs only in a file that it may write to.
enum CheckConstraints {
    /// Counts the rows that violate them, table by table.
    static func defects(_ db: Database) throws -> [DatabaseDefect] {
        guard let reference = try Schema.reference(of: db) else { return [] }
        let tables = try reference.read { reference in
            try Row.fetchAll(
                reference, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%CHECK%'"
            ).map { row in (name: try row.decode(String.self, atIndex: 0), sql: try row.decode(String.self, atIndex: 1))
            }
        }
        return try tables.flatMap { table -> [DatabaseDefect] in
            // Invalid JSON is an error to SQLite, not a result; the columns that contain JSON have their own rules.
            let conditions = checks(in: table.sql).filter { !$0.contains("json_") }
            return try conditions.compactMap { condition -> DatabaseDefect? in
                let sql = "SELECT count(*) FROM \(table.name) NOT INDEXED WHERE NOT (\(condition))"
                guard let count = try Int.fetchOne(db, sql: sql), count > 0 else { return nil }
                let words = condition.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                let name = Schema.name(ofTable: table.name)
                return DatabaseDefect(
                    phrase: Phrase(
                        "\(count.counted("row")) of \(name) \(count.noun("violates", "violate")) its rule (\(words))",
                        "\(Language.portuguese.counted(count, .row)) de \(name) \(count.noun("viola", "violam")) a regra (\(words))"
                    ))
            }
        }
    }

    /// The expressions behind each CHECK of a table's definition.
    static func checks(in sql: String) -> [String] {
        // None of our string literals contains two dashes.
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
