/// How large the directory at the end of a ZIP archive is (APPNOTE.TXT 6.3.10, sections 4.3.14 to 4.3.16). It is looked
/// at before the archive is opened, since opening reads all of the directory into memory.
enum ArchiveDirectory {
    /// `PK`, 5, 6.
    private static let endMark: UInt32 = 0x0605_4B50
    /// `PK`, 6, 6.
    private static let wideEndMark: UInt32 = 0x0606_4B50
    /// `PK`, 6, 7, which points to the one before.
    private static let locatorMark: UInt32 = 0x0706_4B50
    private static let endBytes = 22
    private static let locatorBytes = 20
    /// The end mark, a comment of at most 65 535 bytes, and the locator before them.
    private static let tailBytes = endBytes + 0xFFFF + locatorBytes

    /// Refuses an archive without a directory, or with one that is too large. Whatever looks like a directory's end has
    /// to keep the limits, since which of several counts is for the reader of the archive to say.
    static func check(_ file: InputFile, _ limits: WorkbookLimits) throws(WorkbookError) {
        let start = max(0, file.size - tailBytes)
        let tail = try file.read(tailBytes, at: start)
        var isFound = false
        for place in stride(from: tail.count - endBytes, through: 0, by: -1) {
            guard tail[place] == 0x50, tail.number32(at: place) == endMark else { continue }
            isFound = true
            var entries = UInt64(tail.number16(at: place + 10))
            var bytes = UInt64(tail.number32(at: place + 12) ?? 0)
            if tail.number32(at: place - locatorBytes) == locatorMark,
                let position = tail.number64(at: place - locatorBytes + 8), position < UInt64(file.size)
            {
                let wide = try file.read(56, at: Int(position))
                if wide.number32(at: 0) == wideEndMark {
                    entries = max(entries == 0xFFFF ? 0 : entries, wide.number64(at: 32) ?? 0)
                    bytes = max(bytes == 0xFFFF_FFFF ? 0 : bytes, wide.number64(at: 40) ?? 0)
                }
            }
            guard entries <= limits.archiveEntries else { throw .limit(.archiveEntries(limit: limits.archiveEntries)) }
            guard bytes <= limits.directoryBytes else { throw .limit(.directoryBytes(limit: limits.directoryBytes)) }
        }
        if !isFound { throw .cut }
    }
}
