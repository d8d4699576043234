import CampaignCore
import CampaignStore

/// Reads the rows of a list from its file: CSV or a workbook.
struct ListFeed {
    private enum Source {
        case bytes(ByteSource)
        case sheet(SheetSource)
    }

    /// How the list is read, and what has been found in it so far.
    private(set) var list: ListReader
    /// Bytes read so far.
    private(set) var bytes: Int
    /// Bytes of the whole list; nil where they do not tell how much has been read, as with a workbook, whose rows are read
    /// by their places in the file.
    let size: Int?
    private var source: Source
    private var hasher: ListHasher

    /// - Parameter source: the file, at its beginning.
    init(_ file: ListFile, _ source: ByteSource, _ reading: ListReader.Options) throws {
        var source = source
        var piece = try source.read()
        hasher = ListHasher(reading)
        hasher.append(piece)
        bytes = piece.count
        guard try SheetSource.isWorkbook(file, beginningWith: piece) else {
            try SheetSource.refuseChoices(of: reading, for: file)
            list = ListReader(file: file.name, options: reading, sample: piece)
            size = source.size
            self.source = .bytes(source)
            return
        }
        let sheet = try SheetSource(file, source, reading)
        while !piece.isEmpty {
            piece = try source.read()
            hasher.append(piece)
            bytes += piece.count
        }
        list = ListReader(file: file.name, options: reading, sheet: sheet.name)
        size = nil
        self.source = .sheet(sheet)
    }

    /// The next row; nil when there are no more.
    mutating func next() throws -> ListRow? {
        while true {
            if let row = try list.next() { return row }
            guard !list.isFinished else { return nil }
            try readOn()
        }
    }

    /// Hidden rows of a sheet that have been left out so far.
    var hiddenRows: Int {
        if case .sheet(let sheet) = source { sheet.leftOutRows } else { 0 }
    }

    /// Of the whole file; complete when there are no more rows.
    var fingerprint: ListFingerprint { hasher.fingerprint }

    private mutating func readOn() throws {
        switch source {
        case .bytes(var bytes):
            let piece = try bytes.read()
            source = .bytes(bytes)
            hasher.append(piece)
            self.bytes += piece.count
            list.append(piece)
        case .sheet(let sheet):
            if let row = try sheet.next() { list.append(row) } else { list.finish() }
        }
    }
}
