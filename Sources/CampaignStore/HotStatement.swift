import GRDB
import GRDBSQLite

/// A prepared statement driven through SQLite's own interface.
///
/// GRDB's statement loop boxes each argument, which costs more than SQLite's work on the few short statements that every
/// call needs. They stand in ``CallJournal`` and nowhere else. GRDB prepares and keeps the statement; use it only on the
/// queue of its database, within one function.
struct HotStatement {
    private let statement: OpaquePointer
    private let connection: OpaquePointer?

    /// Tells SQLite to copy a text before `bind` returns.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(_ db: Database, _ sql: String) throws {
        statement = try db.cachedStatement(sql: sql).sqliteStatement
        connection = db.sqliteConnection
    }

    /// Binds a number, or NULL; `index` counts from 1.
    func bind(_ value: Int64?, at index: Int32) {
        if let value {
            sqlite3_bind_int64(statement, index, value)
        } else {
            sqlite3_bind_null(statement, index)
        }
    }

    /// Binds a text, or NULL; `index` counts from 1.
    func bind(_ text: String?, at index: Int32) {
        guard var text else {
            sqlite3_bind_null(statement, index)
            return
        }
        text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { bytes in
                _ = sqlite3_bind_text(statement, index, bytes.baseAddress, Int32(bytes.count), Self.transient)
            }
        }
    }

    /// Goes to the next row; false at the end, after which the statement can be bound anew.
    func step() throws -> Bool {
        let code = sqlite3_step(statement)
        if code == SQLITE_ROW { return true }
        sqlite3_reset(statement)
        guard code == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: connection.map(sqlite3_extended_errcode) ?? code),
                message: connection.flatMap(sqlite3_errmsg).map { String(cString: $0) })
        }
        return false
    }

    /// Runs a statement that gives no rows.
    ///
    /// - Returns: how many rows it changed.
    @discardableResult
    func run() throws -> Int {
        while try step() {}
        return Int(sqlite3_changes(connection))
    }

    /// A number of the present row; `index` counts from 0. NULL reads as nil.
    func number(_ index: Int32) -> Int64? {
        sqlite3_column_type(statement, index) == SQLITE_NULL ? nil : sqlite3_column_int64(statement, index)
    }
}
