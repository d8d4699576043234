/// Texts by their index, first written, then read: in memory while they are few, else in a temporary file.
///
/// Each text lies behind its length, in the order of the indexes. Where every sixteenth begins is kept in memory, half a
/// byte for each text; from there on the lengths lead to the others. Sheets mostly name texts in rising order, and the
/// next one is found at once.
final class TextStore {
    /// Texts so far.
    private(set) var count = 0

    private static let group = 16

    private let memoryLimit: Int
    private let folder: String
    /// Texts in memory; all of them, or those that are not in the file yet.
    private var memory: [UInt8] = []
    private var file: TemporaryFile?
    /// Where every sixteenth text begins.
    private var starts: [Int] = []
    private var end = 0
    /// Where the text after the one that was read last begins.
    private var next = (index: 0, place: 0)
    /// The first texts without a character; programs write one at most.
    private(set) var emptyIndexes: Set<Int> = []

    init(memory: Int, temporaryFolder: String) {
        memoryLimit = memory
        folder = temporaryFolder
    }

    func append(_ text: [UInt8]) throws(WorkbookError) {
        if count % TextStore.group == 0 { starts.append(end) }
        if text.isEmpty, emptyIndexes.count < 64 { emptyIndexes.insert(count) }
        let before = memory.count
        var length = text.count
        while length >= 0x80 {
            memory.append(UInt8(truncatingIfNeeded: length) | 0x80)
            length >>= 7
        }
        memory.append(UInt8(length))
        memory.append(contentsOf: text)
        end += memory.count - before
        count += 1
        if memory.count > memoryLimit { try spill() }
    }

    /// All texts are there.
    func finish() throws(WorkbookError) {
        guard file != nil else { return }
        try spill()
        memory = []
    }

    private func spill() throws(WorkbookError) {
        if file == nil { file = try TemporaryFile(folder: folder) }
        try file?.append(memory)
        memory.removeAll(keepingCapacity: true)
    }

    /// Writes a text after what is there.
    ///
    /// - Parameter index: less than `count`.
    func append(_ index: Int, to bytes: inout [UInt8]) throws(WorkbookError) {
        var (current, place) = next
        if index < current || index >= current + TextStore.group {
            current = index / TextStore.group * TextStore.group
            place = starts[index / TextStore.group]
        }
        if let file {
            try TextStore.append(index - current, of: file, from: &place, to: &bytes)
        } else {
            TextStore.append(index - current, of: memory, from: &place, to: &bytes)
        }
        next = (index + 1, place)
    }

    private static func append(_ skipped: Int, of memory: [UInt8], from place: inout Int, to bytes: inout [UInt8]) {
        for left in Swift.stride(from: skipped, through: 0, by: -1) {
            var (length, shift) = (0, 0)
            while true {
                let byte = memory[place]
                place += 1
                length |= Int(byte & 0x7F) << shift
                if byte < 0x80 { break }
                shift += 7
            }
            if left == 0 { bytes.append(contentsOf: memory[place..<place + length]) }
            place += length
        }
    }

    private static func append(
        _ skipped: Int, of file: TemporaryFile, from place: inout Int, to bytes: inout [UInt8]
    ) throws(WorkbookError) {
        for left in Swift.stride(from: skipped, through: 0, by: -1) {
            var (length, shift) = (0, 0)
            while true {
                let byte = try file.byte(at: place)
                place += 1
                length |= Int(byte & 0x7F) << shift
                if byte < 0x80 { break }
                shift += 7
            }
            if left == 0 { try file.copy(length, at: place, to: &bytes) }
            place += length
        }
    }
}
