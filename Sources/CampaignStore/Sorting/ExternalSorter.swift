import HeapModule

/// Sorts any number of entries in bounded memory: sorted runs go to an anonymous file, and are merged at the end.
struct ExternalSorter<Entry: Comparable & BitwiseCopyable & Sendable>: Sendable {
    private let maxInMemory: Int
    private let folder: String
    private var entries: [Entry] = []
    private var file: AnonymousFile?
    private var runs: [Range<Int>] = []

    /// - Parameters:
    ///   - maxInMemory: how many entries are kept in memory.
    ///   - folder: where the file goes when there are more.
    init(maxInMemory: Int, folder: String) {
        self.maxInMemory = maxInMemory
        self.folder = folder
    }

    mutating func append(_ entry: Entry) throws {
        entries.append(entry)
        if entries.count >= maxInMemory { try endRun() }
    }

    /// Passes all entries to `body`, in order, and forgets them.
    mutating func drain(_ body: (Entry) throws -> Void) throws {
        guard file != nil else {
            entries.sort()
            for entry in entries { try body(entry) }
            entries = []
            return
        }
        var sorted = try sorted()
        while let entry = try sorted.next() { try body(entry) }
    }

    /// All entries, in order; this sorter is empty afterwards.
    mutating func sorted() throws -> SortedEntries<Entry> {
        guard file != nil else {
            entries.sort()
            defer { entries = [] }
            return SortedEntries(entries)
        }
        try endRun()
        entries = []
        defer { (file, runs) = (nil, []) }
        return try SortedEntries(runs, in: file)
    }

    private mutating func endRun() throws {
        guard !entries.isEmpty else { return }
        entries.sort()
        let file = try self.file ?? AnonymousFile(in: folder)
        self.file = file
        let start = runs.last?.upperBound ?? 0
        try entries.withUnsafeBytes { try file.write($0, at: start * MemoryLayout<Entry>.stride) }
        runs.append(start..<start + entries.count)
        entries.removeAll(keepingCapacity: true)
    }
}

/// Entries that are returned in order.
struct SortedEntries<Entry: Comparable & BitwiseCopyable & Sendable>: Sendable {
    private var cursors: [Cursor] = []
    private var heap = Heap<Candidate>()

    init() {}

    var isEmpty: Bool { heap.isEmpty }

    fileprivate init(_ entries: [Entry]) {
        cursors = [Cursor(ahead: entries[...])]
        if let first = cursors[0].ahead.popFirst() { heap.insert(Candidate(entry: first, run: 0)) }
    }

    fileprivate init(_ runs: [Range<Int>], in file: AnonymousFile?) throws {
        cursors = runs.map { Cursor(rest: $0, file: file) }
        for index in cursors.indices {
            if let entry = try cursors[index].next() { heap.insert(Candidate(entry: entry, run: index)) }
        }
    }

    /// The next entry; nil at the end.
    mutating func next() throws -> Entry? {
        guard let least = heap.min else { return nil }
        if let entry = try cursors[least.run].next() {
            heap.replaceMin(with: Candidate(entry: entry, run: least.run))
        } else {
            heap.removeMin()
        }
        return least.entry
    }

    /// The next `count` entries, or as many as are left; empty at the end.
    mutating func next(_ count: Int) throws -> [Entry] {
        var slice: [Entry] = []
        while slice.count < count, let entry = try next() { slice.append(entry) }
        return slice
    }

    /// The next entries, as many as one transaction may change the rows of; empty at the end.
    ///
    /// - Parameter row: the row of an entry; entries are sorted by it.
    mutating func next(_ sliceLimits: SliceLimits, row: (Entry) -> Int64) throws -> [Entry] {
        var slice: [Entry] = []
        var (group, groups) = (Int64.min, 0)
        while slice.count < sliceLimits.rows, let entry = heap.min?.entry {
            if row(entry) / Self.neighbours != group {
                (group, groups) = (row(entry) / Self.neighbours, groups + 1)
                guard groups <= sliceLimits.scattered else { break }
            }
            slice.append(entry)
            _ = try next()
        }
        return slice
    }

    /// Rows that fit on one or two pages.
    private static var neighbours: Int64 { 64 }

    private struct Candidate: Comparable, Sendable {
        var entry: Entry
        var run: Int

        static func < (one: Candidate, other: Candidate) -> Bool { one.entry < other.entry }
    }

    /// How far a sorted run has been read.
    private struct Cursor: Sendable {
        /// Bytes per read while runs are merged.
        private static var readAhead: Int { 32_768 }

        var rest = 0..<0
        var file: AnonymousFile?
        var ahead: ArraySlice<Entry> = []

        mutating func next() throws -> Entry? {
            if ahead.isEmpty, !rest.isEmpty, let file {
                let stride = MemoryLayout<Entry>.stride
                let piece = rest.prefix(max(Self.readAhead / stride, 1))
                ahead = try Array(unsafeUninitializedCapacity: piece.count) { buffer, count in
                    try file.read(
                        into: UnsafeMutableRawBufferPointer(
                            start: buffer.baseAddress, count: piece.count * stride),
                        at: piece.lowerBound * stride)
                    count = piece.count
                }[...]
                rest = piece.upperBound..<rest.upperBound
            }
            return ahead.popFirst()
        }
    }
}
