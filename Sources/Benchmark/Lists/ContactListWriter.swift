import CampaignCore
import Foundation

/// Writes a list piece by piece: a list of 10 million rows costs no more memory than one of ten.
///
/// That matters beyond thrift: the peak memory that the kernel tells of a child begins with its parent's.
struct ContactListWriter {
    let shape: ContactListShape
    let seed: UInt64

    /// What was written.
    struct List {
        var shape: ContactListShape
        var seed: UInt64
        var bytes: Int
        var distinctNumbers: Int
    }

    private static let pieceSize = 65_536

    /// Writes the list to `file` and waits for the disk, so that no measurement pays for it.
    func write(to file: URL) throws -> List {
        guard FileManager.default.createFile(atPath: file.path, contents: nil),
            let handle = FileHandle(forWritingAtPath: file.path)
        else { throw BenchmarkFailure("\(file.path) cannot be written: choose another --folder.") }
        defer { try? handle.close() }
        var rows = ContactRows(shape, seed: seed)
        var bytes = 0
        var piece: [UInt8] = []
        piece.reserveCapacity(Self.pieceSize + 1024)
        rows.appendHeader(to: &piece)
        for _ in 0..<shape.rows {
            rows.appendRow(to: &piece)
            guard piece.count >= Self.pieceSize else { continue }
            bytes += piece.count
            try handle.write(contentsOf: piece)
            piece.removeAll(keepingCapacity: true)
        }
        bytes += piece.count
        try handle.write(contentsOf: piece)
        try handle.synchronize()
        return List(shape: shape, seed: seed, bytes: bytes, distinctNumbers: rows.distinctNumbers)
    }
}

/// What a list should look like.
struct ContactListShape {
    /// One row in `oneIn`; nil is none.
    struct Share {
        var oneIn: Int?

        func isHit(_ random: inout SplitMix64) -> Bool {
            guard let oneIn else { return false }
            return random.next(below: oneIn) == 0
        }
    }

    /// Rows after the header.
    var rows: Int
    /// Columns, two at least: name, phone, contract, value, and then cities.
    var columns: Int
    /// Rows that repeat an earlier number, in any spelling.
    var repeatedNumbers: Share
    /// Rows without a usable number.
    var badRows: Share

    /// The phone's column in the header.
    static let phoneColumn = "telefone"

    var columnNames: [String] {
        let usual = ["nome", Self.phoneColumn, "contrato", "valor"]
        return usual.prefix(columns) + (4..<max(columns, 4)).map { "cidade\($0 - 3)" }
    }
}
