import GRDB
import GRDBSQLite

/// A prepared statement driven through SQLite's own interface.
///
/// GRDB's statement loop boxes each argument, which costs more than SQLite's work on the short statements that run
/// once for every call, every imported row and every number of a block list, and on the long ones whose rows reports
/// read: those of Calls, Imports, Blocks, Instances and Reports. GRDB prepares the statement; use it only on its
/// database's queue, within one transaction.
struct HotStatement {
    /// Keeps `statement` alive, whatever GRDB does with its cache.
    private let owner: Statement
    private let statement: OpaquePointer
    private let connection: OpaquePointer?

    /// Tells SQLite to copy a text before `bind` returns.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(_ db: Database, _ sql: String) throws {
        self.init(try db.cachedStatement(sql: sql), of: db)
    }

    /// A statement that is used here alone, since what is done with its rows may run the same SQL again.
    init(alone sql: String, _ db: Database) throws {
        self.init(try db.makeStatement(sql: sql), of: db)
    }

    private init(_ owner: Statement, of db: Database) {
        self.owner = owner
        statement = owner.sqliteStatement
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
        text.withUTF8 { bind(UnsafeRawBufferPointer($0), at: index, Self.transient) }
    }

    /// Binds text that stays in place until the statement has run: nothing is copied. It must be valid UTF-8.
    func bind(staying utf8: UnsafeRawBufferPointer, at index: Int32) {
        bind(utf8, at: index, nil)
    }

    private func bind(_ utf8: UnsafeRawBufferPointer, at index: Int32, _ lifetime: sqlite3_destructor_type?) {
        let bytes = utf8.assumingMemoryBound(to: CChar.self)
        sqlite3_bind_text(statement, index, bytes.baseAddress, Int32(bytes.count), lifetime)
    }

    /// Binds numbers, from the first place on.
    func bind(_ numbers: [Int64]) {
        for (index, number) in numbers.enumerated() { bind(number, at: Int32(index) + 1) }
    }

    /// Binds bytes; `index` counts from 1.
    func bind(bytes: [UInt8], at index: Int32) {
        // An empty array may have no address, and that would bind NULL.
        guard !bytes.isEmpty else {
            sqlite3_bind_zeroblob(statement, index, 0)
            return
        }
        _ = bytes.withUnsafeBytes {
            sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), Self.transient)
        }
    }

    /// Moves to the next row; false at the end, after which the statement can be bound again.
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

    /// Skips the remaining rows; the statement can be bound again.
    func leave() {
        sqlite3_reset(statement)
    }

    /// Runs a statement that gives no rows.
    ///
    /// - Returns: how many rows it changed.
    @discardableResult
    func run() throws -> Int {
        while try step() {}
        return Int(sqlite3_changes(connection))
    }

    /// Runs a statement that returns one row at most.
    ///
    /// - Returns: the first number of that row; nil when there is no row, or it is NULL.
    func firstNumber() throws -> Int64? {
        var first: Int64?
        while try step() { first = first ?? number(0) }
        return first
    }

    /// Runs a statement that returns one row at most.
    ///
    /// - Returns: the first text of that row; nil when there is no row, or it is NULL.
    func firstText() throws -> String? {
        var first: String?
        while try step() { first = first ?? text(0) }
        return first
    }

    /// A text of the current row; `index` counts from 0. NULL reads as nil.
    func text(_ index: Int32) -> String? {
        sqlite3_column_text(statement, index).map { String(cString: $0) }
    }

    /// The bytes of a text of the current row, for as long as `body` runs; `index` counts from 0. NULL reads as no bytes.
    func withText<Result>(_ index: Int32, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        let text = sqlite3_column_text(statement, index)
        return try body(UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, index))))
    }

    /// A number of the current row; `index` counts from 0. NULL reads as nil.
    func number(_ index: Int32) -> Int64? {
        sqlite3_column_type(statement, index) == SQLITE_NULL ? nil : sqlite3_column_int64(statement, index)
    }
}

/// Values that the schema guarantees; anything else means that the file is damaged.
extension HotStatement {
    /// A number of the current row, or NULL.
    func storedNumber(_ index: Int32) throws -> Int64? {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER: sqlite3_column_int64(statement, index)
        case SQLITE_NULL: nil
        default: throw unexpected(index)
        }
    }

    /// A text of the current row, or NULL.
    func storedText(_ index: Int32) throws -> String? {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_TEXT: withText(index) { String(decoding: $0, as: UTF8.self) }
        case SQLITE_NULL: nil
        default: throw unexpected(index)
        }
    }

    /// A number of the current row.
    func requiredNumber(_ index: Int32) throws -> Int64 {
        guard let number = try storedNumber(index) else { throw unexpected(index) }
        return number
    }

    /// A text of the current row.
    func requiredText(_ index: Int32) throws -> String {
        guard let text = try storedText(index) else { throw unexpected(index) }
        return text
    }

    private func unexpected(_ index: Int32) -> DatabaseError {
        let name = sqlite3_column_name(statement, index).map { String(cString: $0) } ?? "\(index)"
        return DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the column “\(name)” has an impossible value")
    }
}
