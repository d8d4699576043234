/// Examines cells that span several lines: an accidental quote, and a second one far below, turn all the rows between
/// them into one cell. Such lines can be recognized: they have the delimiters of a row, and a phone where a row has it.
struct SwallowedRows {
    /// What the cells of a record contain.
    enum Finding: Hashable {
        /// Text: an address, a note.
        case none
        /// Rows; the quotes around the field at this index are stray.
        case rows(field: Int)
        /// Some lines look like rows and others do not: it is unclear. The quote opens on `line`.
        case perhaps(line: Int)
    }

    /// The indexes of the phones in a row.
    let phones: [Int]
    /// How many cells a row can have: as many as the header, or as other rows of this list have had.
    let widths: Set<Int>
    /// Whether a cell contains a phone.
    let isPhone: (ArraySlice<UInt8>) -> Bool

    /// Examines each cell of a record.
    func find(in record: CSVRecord) -> Finding {
        for field in 0..<record.count {
            guard let cell = record.quotedRange(at: field) else { continue }
            let lines = Self.lines(of: record, from: cell.lowerBound, upTo: cell.upperBound)
            guard lines.count > 1 else { continue }
            let opening = opening(field, lines[0], of: record)
            // If the list has several cells per row, so must a row here: the rest of a cell's first line alone proves
            // nothing.
            let widths = opening.width > 1 ? self.widths.union([opening.width]) : self.widths
            let others = lines.dropFirst().filter { !isBlank(record.raw[$0]) }
            let rows = others.count { line in
                guard isRow(record.raw[line], record.delimiter, widths) else { return false }
                // The last line continues after the closing quote, where a regular row has its other cells.
                let isWithin = line.upperBound <= cell.upperBound || hasDelimiter(record, line, before: cell.upperBound)
                return isWithin || opening.isRow
            }
            guard rows > 0 else { continue }
            guard rows * 2 > others.count else {
                return .perhaps(
                    line: record.line + Self.lines(of: record, from: record.raw.startIndex, upTo: cell.lowerBound).count
                        - 1)
            }
            return .rows(field: field)
        }
        return .none
    }

    /// The line on which the cell opens, read as a row.
    private func opening(_ field: Int, _ rest: Range<Int>, of record: CSVRecord) -> (width: Int, isRow: Bool) {
        let pieces = record.raw[rest].split(separator: record.delimiter, omittingEmptySubsequences: false)
        let width = field + pieces.count
        guard widths.contains(width) else { return (width, false) }
        let hasPhone = phones.contains { phone in
            phone < width && isPhone(phone < field ? record.bytes(at: phone) : unquoted(pieces[phone - field]))
        }
        return (width, hasPhone)
    }

    private func isRow(_ line: ArraySlice<UInt8>, _ delimiter: UInt8, _ widths: Set<Int>) -> Bool {
        let cells = line.split(separator: delimiter, omittingEmptySubsequences: false)
        return widths.contains(cells.count)
            && phones.contains { $0 < cells.count && isPhone(unquoted(cells[$0])) }
    }

    private func hasDelimiter(_ record: CSVRecord, _ line: Range<Int>, before end: Int) -> Bool {
        line.lowerBound < end && record.raw[line.lowerBound..<end].contains(record.delimiter)
    }

    private func unquoted(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        ArraySlice(cell.filter { $0 != 0x22 })
    }

    private func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
        line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x22 }
    }

    /// The lines between two positions of a record, the last one up to its end in the file.
    private static func lines(of record: CSVRecord, from start: Int, upTo end: Int) -> [Range<Int>] {
        let raw = record.raw
        var lines: [Range<Int>] = []
        var begin = start
        var place = start
        while place < raw.endIndex {
            let isEnd = raw[place] == 0x0A || raw[place] == 0x0D
            guard isEnd else {
                place += 1
                continue
            }
            lines.append(begin..<place)
            if raw[place] == 0x0D, place + 1 < raw.endIndex, raw[place + 1] == 0x0A { place += 1 }
            place += 1
            begin = place
            if begin > end { return lines }
        }
        lines.append(begin..<raw.endIndex)
        return lines
    }
}
