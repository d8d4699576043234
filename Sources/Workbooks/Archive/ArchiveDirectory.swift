/// The directory at the end of a ZIP archive (APPNOTE.TXT 6.3.10, sections 4.3.12 to 4.3.16). It is looked at before the
/// archive is opened, since opening reads all of the directory into memory, and may choose another one than other
/// programs do: a file in which two archives can be found is refused.
struct ArchiveDirectory {
    /// `PK`, 1, 2, before each entry.
    private static let entryMark: UInt32 = 0x0201_4B50
    /// `PK`, 5, 6.
    private static let endMark: UInt32 = 0x0605_4B50
    /// `PK`, 6, 6.
    private static let wideEndMark: UInt32 = 0x0606_4B50
    /// `PK`, 6, 7, which points to the one before.
    private static let locatorMark: UInt32 = 0x0706_4B50
    private static let entryBytes = 46
    private static let endBytes = 22
    private static let locatorBytes = 20
    /// The end mark, a comment of at most 65 535 bytes, and the locator before them.
    private static let tailBytes = endBytes + 0xFFFF + locatorBytes

    private let entries: UInt64
    private let bytes: UInt64
    /// Where it begins, by its own account.
    private let start: UInt64
    /// Where it has to end.
    private let end: UInt64
    /// Whether the file ends with it and its comment, but for blanks and line ends, which some downloads add.
    private let isLast: Bool

    /// Refuses a file without a directory at its very end that describes the file from its first byte on, or with a
    /// second one, or with one that is too large.
    static func check(_ file: InputFile, _ limits: WorkbookLimits) throws(WorkbookError) {
        let start = max(0, file.size - tailBytes)
        let tail = try file.read(tailBytes, at: start)
        var found: [ArchiveDirectory] = []
        for place in stride(from: tail.count - endBytes, through: 0, by: -1) {
            guard tail[place] == 0x50, tail.number32(at: place) == endMark else { continue }
            let directory = try ArchiveDirectory(tail, at: place, start: start, of: file)
            guard directory.entries <= limits.archiveEntries else {
                throw .limit(.archiveEntries(limit: limits.archiveEntries))
            }
            guard directory.bytes <= limits.directoryBytes else {
                throw .limit(.directoryBytes(limit: limits.directoryBytes))
            }
            // Parts may be archives themselves, whose directories count from their own beginning.
            var counts = directory.isLast
            if !counts { counts = try directory.isReadable(in: file) }
            if counts { found.append(directory) }
        }
        guard let last = found.first(where: \.isLast) else {
            if found.isEmpty { throw .cut }
            throw .damagedArchive(reason: "something is behind its end")
        }
        guard found.count == 1 else { throw .damagedArchive(reason: "it is several archives in one file") }
        guard last.start <= last.end, last.end - last.start == last.bytes else {
            throw .damagedArchive(reason: "its directory is not where it says")
        }
        guard try last.beginsWithFile(file) else {
            throw .damagedArchive(reason: "something is before its beginning")
        }
    }

    private init(_ tail: [UInt8], at place: Int, start tailStart: Int, of file: InputFile) throws(WorkbookError) {
        var entries = UInt64(tail.number16(at: place + 10))
        var bytes = UInt64(tail.number32(at: place + 12) ?? 0)
        var start = UInt64(tail.number32(at: place + 16) ?? 0)
        var end = UInt64(tailStart + place)
        if tail.number32(at: place - ArchiveDirectory.locatorBytes) == ArchiveDirectory.locatorMark,
            let position = tail.number64(at: place - ArchiveDirectory.locatorBytes + 8), position < UInt64(file.size)
        {
            let wide = try file.read(56, at: Int(position))
            if wide.number32(at: 0) == ArchiveDirectory.wideEndMark {
                entries = max(entries == 0xFFFF ? 0 : entries, wide.number64(at: 32) ?? 0)
                bytes = max(bytes == 0xFFFF_FFFF ? 0 : bytes, wide.number64(at: 40) ?? 0)
                if start == 0xFFFF_FFFF { start = wide.number64(at: 48) ?? start }
                end = position
            }
        }
        (self.entries, self.bytes, self.start, self.end) = (entries, bytes, start, end)
        let last = place + ArchiveDirectory.endBytes + Int(tail.number16(at: place + 20))
        isLast = last <= tail.count && tail[last...].allSatisfy { [0, 0x0A, 0x0D, 0x20].contains($0) }
    }

    /// Whether there is an entry where the directory says that it begins.
    private func isReadable(in file: InputFile) throws(WorkbookError) -> Bool {
        guard start < end else { return false }
        return try file.read(4, at: Int(start)).number32(at: 0) == ArchiveDirectory.entryMark
    }

    /// Whether one of the entries is at the file's first byte. An archive without entries has nothing there.
    private func beginsWithFile(_ file: InputFile) throws(WorkbookError) -> Bool {
        if entries == 0 { return start == 0 }
        let directory = try file.read(Int(bytes), at: Int(start))
        var place = 0
        while directory.number32(at: place) == ArchiveDirectory.entryMark {
            if ArchiveDirectory.contentPlace(directory, at: place) == 0 { return true }
            let lengths = [28, 30, 32].map { Int(directory.number16(at: place + $0)) }
            place += ArchiveDirectory.entryBytes + lengths.reduce(0, +)
        }
        return false
    }

    /// Where an entry's content is: in large archives, in a field behind its name (APPNOTE.TXT 4.5.3).
    private static func contentPlace(_ directory: [UInt8], at place: Int) -> UInt64? {
        let written = directory.number32(at: place + 42)
        guard written == 0xFFFF_FFFF else { return written.map(UInt64.init) }
        var field = place + entryBytes + Int(directory.number16(at: place + 28))
        let end = field + Int(directory.number16(at: place + 30))
        while field + 4 <= end {
            // In front of it are the sizes that need as much room.
            let sizes = [20, 24].count { directory.number32(at: place + $0) == 0xFFFF_FFFF }
            let length = Int(directory.number16(at: field + 2))
            if directory.number16(at: field) == 1, length >= 8 * (sizes + 1) {
                return directory.number64(at: field + 4 + 8 * sizes)
            }
            field += 4 + length
        }
        return nil
    }
}
