import CampaignCore
import Foundation

/// A write-ahead log, read frame by frame (sqlite.org/fileformat2.html, section 4).
///
/// SQLite stops reading at the first frame with a wrong checksum and takes everything before it for the whole log.
/// That is right for a frame that was torn by a power cut; but a damaged byte in the middle would silently undo every
/// commit after it, including the intents of calls.
struct WriteAheadLog {
    private static let headerLength = 32
    private static let frameHeaderLength = 24
    /// A power cut can tear only the last transaction, since each is on disk before the next begins.
    private static let maxTornCommits = 1

    private let file: SQLiteFile
    private let header: [UInt8]

    /// The log beside the database at `path`; nil when there is none, or nothing was ever written to it.
    init?(ofDatabase path: String) {
        guard let file = SQLiteFile(path + "-wal", .log) else { return nil }
        let header = file.read(Self.headerLength, at: 0)
        guard header.count == Self.headerLength, header.contains(where: { $0 != 0 }) else { return nil }
        self.file = file
        self.header = header
    }

    /// The pages that have a frame in it.
    func pages() -> Set<UInt32> {
        var pages: Set<UInt32> = []
        forEachFrame(withPage: false) { frame, _ in pages.insert(frame.number(at: 0)) }
        return pages
    }

    /// Whether a checkpoint can have written this content of a page to the database.
    func has(_ content: [UInt8], ofPage number: Int) -> Bool {
        var offset = Self.headerLength
        var has = false
        forEachFrame(withPage: false, ofAnyGeneration: true) { frame, _ in
            offset += Self.frameHeaderLength
            if !has, frame.number(at: 0) == number, frame[8..<16] == header[16..<24] {
                has = file.read(content.count, at: offset) == content
            }
            offset += content.count
        }
        return has
    }

    /// A page in the log.
    struct Page {
        var number: Int
        var content: [UInt8]
    }

    /// The page that a checkpoint of the first `count` frames writes last: it writes pages in the order of their
    /// numbers.
    func lastPage(ofFrames count: Int) -> Page? {
        var last: (number: UInt32, offset: Int) = (0, 0)
        var offset = Self.headerLength
        let pageSize = Int(header.number(at: 8))
        forEachFrame(withPage: false, ofAnyGeneration: true) { frame, _ in
            offset += Self.frameHeaderLength
            if offset < Self.headerLength + count * (Self.frameHeaderLength + pageSize) {
                // A later transaction may have made the database smaller.
                if frame.number(at: 4) > 0, frame.number(at: 4) < last.number { last = (0, 0) }
                if frame.number(at: 0) >= last.number { last = (frame.number(at: 0), offset) }
            }
            offset += pageSize
        }
        guard last.number > 0 else { return nil }
        return Page(number: Int(last.number), content: file.read(pageSize, at: last.offset))
    }

    /// What is wrong with it; nil when nothing is.
    func damage() -> Phrase? {
        var sum = WALChecksum(isBigEndian: header[3] & 1 == 1)
        sum.add(header[..<24])
        guard sum.first == header.number(at: 24), sum.second == header.number(at: 28) else {
            // A header without a complete frame after it was still being written.
            var hasFrames = false
            forEachFrame(withPage: true, ofAnyGeneration: true) { _, _ in hasFrames = true }
            return hasFrames
                ? Phrase(
                    "the header of its write-ahead log is damaged", "o cabeçalho do write-ahead log está danificado")
                : nil
        }
        var isWhole = true
        var commitsRead = 0
        var commitsBehind = 0
        forEachFrame(withPage: true) { frame, page in
            if isWhole {
                sum.add(frame[..<8])
                sum.add(page)
                isWhole = sum.first == frame.number(at: 16) && sum.second == frame.number(at: 20)
            }
            guard frame.number(at: 4) > 0 else { return }
            if isWhole { commitsRead += 1 } else { commitsBehind += 1 }
        }
        guard commitsBehind > Self.maxTornCommits else { return nil }
        let transactions = Noun("transaction", portuguese: ("transação", "transações"))
        return Phrase(
            "its write-ahead log is damaged after \(Language.english.counted(commitsRead, transactions)), and "
                + "\(commitsBehind) more \(commitsBehind.noun("follows", "follow"))",
            "o write-ahead log está danificado depois de \(Language.portuguese.counted(commitsRead, transactions)), e "
                + "\(commitsBehind == 1 ? "vem mais 1" : "vêm mais \(commitsBehind)") depois")
    }

    /// Passes each frame of the current generation to `body`, including those after a damaged one: its header and, if
    /// requested, its page.
    private func forEachFrame(
        withPage: Bool, ofAnyGeneration: Bool = false, _ body: (_ header: [UInt8], _ page: [UInt8]) -> Void
    ) {
        let pageSize = Int(header.number(at: 8))
        guard (512...65_536).contains(pageSize) else { return }
        var offset = Self.headerLength
        let wanted = Self.frameHeaderLength + (withPage ? pageSize : 0)
        while true {
            let bytes = file.read(wanted, at: offset)
            guard bytes.count == wanted else { return }
            let frame = Array(bytes.prefix(Self.frameHeaderLength))
            if ofAnyGeneration || frame[8..<16] == header[16..<24] {
                body(frame, Array(bytes.dropFirst(Self.frameHeaderLength)))
            }
            offset += Self.frameHeaderLength + pageSize
        }
    }
}

/// The running checksum of a write-ahead log (section 4.2).
private struct WALChecksum {
    private(set) var first: UInt32 = 0
    private(set) var second: UInt32 = 0
    let isBigEndian: Bool

    init(isBigEndian: Bool) {
        self.isBigEndian = isBigEndian
    }

    /// Adds bytes, a multiple of eight.
    mutating func add(_ bytes: some ContiguousBytes) {
        bytes.withUnsafeBytes { raw in
            var offset = 0
            while offset + 8 <= raw.count {
                first = first &+ word(raw, offset) &+ second
                second = second &+ word(raw, offset + 4) &+ first
                offset += 8
            }
        }
    }

    private func word(_ raw: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
        let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        return isBigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
    }
}

extension [UInt8] {
    /// The big-endian number in the four bytes at `offset`.
    fileprivate func number(at offset: Int) -> UInt32 {
        self[offset..<(offset + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
