extension ListRules {
    /// What the quotes of a record mean for its row.
    enum Quoting {
        /// The row is what it seems to be.
        case sound
        /// The row is rejected, because of a quote that opens on `line`.
        case stray(line: Int)
        /// The row has too few or too many cells, and may be the rest of a cell whose quote opens on `line`.
        case cut(line: Int)
        /// The quotes around the field at this index have swallowed rows.
        case hidesRows(field: Int)
    }

    /// Judges the quotes of a record.
    ///
    /// After a stray quote, anything that is not a complete row may be the rest of a cell of several lines, and a
    /// number in it may be someone else's.
    func quoting(of record: CSVRecord, spansLines: Bool, _ stray: StrayQuote) -> Quoting {
        // In a list with only phones, several in one cell are all imported if cells are split.
        if spansLines, width > 1 || !phones.splitsCells {
            switch swallowedRows(in: record) {
            case .none: break
            case .rows(let field): return .hidesRows(field: field)
            case .perhaps(let line): return .stray(line: line)
            }
        }
        switch stray {
        case .none: return .sound
        case .here(let line): return .stray(line: line)
        case .before(let line):
            let isWhole = isAsWideAsHeader(record) || otherWidths.contains(record.count) || record.isEmpty
            return isWhole ? .sound : .cut(line: line)
        }
    }

    /// The reject for a record that cannot be used because of a quote on this line.
    func reject(_ record: CSVRecord, strayQuote line: Int) -> ListRow {
        reject(record, RowProblem(code: "stray_quote", remedy: RowRemedy.strayQuote("\(line)")))
    }

    /// The reject for an incomplete record after a quote on this line. Without such a quote, a row with too few cells
    /// is accepted.
    func reject(cut record: CSVRecord, below line: Int) -> ListRow {
        let isWide = record.count > width
        return reject(
            record,
            RowProblem(
                code: isWide ? "too_many_cells" : "too_few_cells",
                remedy: RowRemedy.cut(isWide: isWide, line: "\(line)")))
    }

    private func swallowedRows(in record: CSVRecord) -> SwallowedRows.Finding {
        // Rows as wide as the header cannot hide in cells without a delimiter, except in a list with only phones.
        guard width == 1 || !otherWidths.isEmpty || hasDelimiterInQuotes(record) else { return .none }
        // Eight digits are a complete number only if the area code has its own column.
        let fewest = places.ddd == nil ? 10 : 8
        let rows = SwallowedRows(phones: places.phones, widths: otherWidths.union([width])) {
            [own = phones.own] cell in
            if case .success? = own?.read(cell) { return true }
            return fewest...15 ~= cell.count { 0x30...0x39 ~= $0 }
        }
        return rows.find(in: record)
    }

    private func hasDelimiterInQuotes(_ record: CSVRecord) -> Bool {
        (0..<record.count).contains { field in
            record.quotedRange(at: field).map { record.raw[$0].contains(record.delimiter) } ?? false
        }
    }
}
