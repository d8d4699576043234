import CampaignCore
import Foundation
import GRDB

/// The hashes that stand in place of forgotten numbers.
///
/// A hash is the same for every campaign of a database and its copies, so that whoever was forgotten is recognized when
/// a list has the number again: they are not called twice, and not at all if they asked for that. Whoever has the
/// database has the key, and can find a number by hashing all there are; whoever has only a report or another database
/// cannot.
struct ForgottenNumbers {
    private let hash: KeyedHash
    private let find: HotStatement

    init(_ db: Database) throws {
        guard let key = try Data.fetchOne(db, sql: "SELECT key FROM erasure"), let hash = KeyedHash(key: Array(key))
        else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "its table erasure has no key") }
        self.hash = hash
        // By primary key.
        find = try HotStatement(db, "SELECT 1 FROM forgotten_number WHERE hash = ?")
    }

    /// Whether any number was forgotten. Reads the left end of the table.
    static func isAny(_ db: Database) throws -> Bool {
        try HotStatement(db, "SELECT 1 FROM forgotten_number LIMIT 1").firstNumber() != nil
    }

    static func isHash(_ identity: Int64) -> Bool { PhoneNumber.forgotten ~= identity }

    /// What stands for a number, whether or not it was forgotten.
    func hash(of identity: Int64) -> Int64 {
        guard !Self.isHash(identity) else { return identity }
        let bits = hash.value(of: identity) & UInt64(PhoneNumber.forgotten.lowerBound - 1)
        return PhoneNumber.forgotten.lowerBound | Int64(bits)
    }

    /// What stands for a number somewhere; nil when it was never forgotten.
    func known(_ identity: Int64) throws -> Int64? {
        let hash = hash(of: identity)
        find.bind(hash, at: 1)
        return try find.firstNumber() == nil ? nil : hash
    }

    /// Notes that a number is forgotten. By primary key.
    ///
    /// - Returns: what stands for it.
    func enter(_ db: Database, _ identity: Int64, at now: Timestamp) throws -> Int64 {
        let hash = hash(of: identity)
        let statement = try HotStatement(
            db, "INSERT INTO forgotten_number (hash, forgotten_at) VALUES (?, ?) ON CONFLICT DO NOTHING")
        statement.bind(hash, at: 1)
        statement.bind(now.milliseconds, at: 2)
        try statement.run()
        return hash
    }

    /// Puts a number on the do-not-call list that is there as a hash, since a contact has it again: claims look only at
    /// the number that is dialed.
    ///
    /// - Parameter isDialed: whether the contact is to be called on it: then also if its hash stands in the row of somebody
    ///   who must not be called.
    /// - Returns: whether it is on the list.
    @discardableResult
    func restoreBlock(_ db: Database, _ identity: Int64, isDialed: Bool = false) throws -> Bool {
        guard let hash = try known(identity), hash != identity else { return false }
        if isDialed, try !BlockRows.contains(db, hash), try StopList.block.stops(db, number: hash) {
            // contact_phone_by_identity; then by primary key.
            let beside = try HotStatement(
                db,
                """
                INSERT INTO block (identity, phone, reason, blocked_at)
                SELECT ?1, ?1, '\(ContactEraser.reason)', min(block.blocked_at) FROM contact_phone AS named
                CROSS JOIN contact_phone AS other ON other.contact_id = named.contact_id
                CROSS JOIN block ON block.identity = other.identity WHERE named.identity = ?2
                ON CONFLICT DO NOTHING
                """)
            beside.bind([identity, hash])
            try beside.run()
            return true
        }
        // By primary key.
        let statement = try HotStatement(
            db,
            """
            INSERT INTO block (identity, phone, reason, blocked_at)
            SELECT ?1, ?1, reason, blocked_at FROM block WHERE identity = ?2
            ON CONFLICT DO NOTHING
            """)
        statement.bind(identity, at: 1)
        statement.bind(hash, at: 2)
        return try statement.run() > 0 || BlockRows.contains(db, hash)
    }

    /// The same for these numbers, if any number was forgotten.
    static func restoreBlocks(_ db: Database, _ identities: some Sequence<Int64>) throws {
        guard try isAny(db) else { return }
        let numbers = try ForgottenNumbers(db)
        for identity in identities { try numbers.restoreBlock(db, identity) }
    }
}

/// SipHash-2-4 of one number (Aumasson and Bernstein, 2012): fast enough for every row of a list.
struct KeyedHash {
    private let key: (UInt64, UInt64)

    /// - Parameter key: 16 bytes; nil of any other number.
    init?(key: [UInt8]) {
        guard key.count == 16 else { return nil }
        func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
        self.key = (word(key[..<8]), word(key[8...]))
    }

    func value(of number: Int64) -> UInt64 {
        var state = State(key)
        state.take(UInt64(bitPattern: number))
        // The last word: only the length, 8 bytes.
        state.take(8 << 56)
        return state.finish()
    }

    private struct State {
        private var v0, v1, v2, v3: UInt64

        init(_ key: (UInt64, UInt64)) {
            v0 = key.0 ^ 0x736f_6d65_7073_6575
            v1 = key.1 ^ 0x646f_7261_6e64_6f6d
            v2 = key.0 ^ 0x6c79_6765_6e65_7261
            v3 = key.1 ^ 0x7465_6462_7974_6573
        }

        mutating func take(_ word: UInt64) {
            v3 ^= word
            round()
            round()
            v0 ^= word
        }

        mutating func finish() -> UInt64 {
            v2 ^= 0xff
            for _ in 0..<4 { round() }
            return v0 ^ v1 ^ v2 ^ v3
        }

        private mutating func round() {
            v0 &+= v1
            v1 = Self.rotated(v1, 13) ^ v0
            v0 = Self.rotated(v0, 32)
            v2 &+= v3
            v3 = Self.rotated(v3, 16) ^ v2
            v0 &+= v3
            v3 = Self.rotated(v3, 21) ^ v0
            v2 &+= v1
            v1 = Self.rotated(v1, 17) ^ v2
            v2 = Self.rotated(v2, 32)
        }

        private static func rotated(_ word: UInt64, _ bits: UInt64) -> UInt64 { word << bits | word >> (64 - bits) }
    }
}
