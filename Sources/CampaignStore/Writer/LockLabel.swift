import CampaignCore
import Foundation
import Glibc

/// The content of a lock file: who holds the lock, as JSON, and in a second line a checksum of the first.
///
/// The label of a process that dials many campaigns has many pages, and whoever reads them while they are being written
/// may get some of the old and some of the new ones, which can look like a label. The checksum tells.
enum LockLabel {
    /// What a reader finds.
    enum Reading {
        case holder(WriterLock.Holder)
        /// No process is named.
        case none
        /// Part of one label, or of two.
        case unfinished
    }

    private static let newline = UInt8(ascii: "\n")
    private static let blank = UInt8(ascii: " ")

    /// Replaces the label in a file.
    ///
    /// - Returns: whether it could be written whole.
    static func write(_ holder: WriterLock.Holder, to descriptor: Int32) -> Bool {
        guard var label = try? JSONEncoder().encode(holder) else { return false }
        label += [newline] + Data(checksum(label).utf8) + [newline]
        let length = label.count
        // Blanks over the rest of a longer label, in the same write.
        var status = stat()
        let before = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
        label.append(contentsOf: repeatElement(blank, count: max(0, before - length)))
        guard label.withUnsafeBytes({ pwrite(descriptor, $0.baseAddress, $0.count, 0) }) == label.count else {
            return false
        }
        return ftruncate(descriptor, off_t(length)) == 0
    }

    /// Reads the label of a file, however long it is.
    static func read(_ descriptor: Int32) -> Reading {
        var data = Data()
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = pread(descriptor, &piece, piece.count, off_t(data.count))
            guard count >= 0 else { return .none }
            guard count > 0 else { break }
            data.append(contentsOf: piece[..<count])
        }
        return read(data)
    }

    static func read(_ data: Data) -> Reading {
        guard !data.isEmpty else { return .none }
        let lines = data.split(separator: newline, omittingEmptySubsequences: false)
        // Earlier versions wrote no checksum; their labels had one page.
        if lines.count > 1, String(decoding: lines[1], as: UTF8.self) != checksum(lines[0]) { return .unfinished }
        guard let holder = try? JSONDecoder().decode(WriterLock.Holder.self, from: lines[0]) else {
            return .unfinished
        }
        return .holder(holder)
    }

    /// FNV-1a, 64 bits: against accidents, not against people.
    private static func checksum(_ text: Data) -> String {
        let sum = text.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(sum, radix: 16)
    }
}
