/// Looks for the header below a title: reads the beginning of a list as `--skip-lines` would, for one number of lines
/// after another. It never takes a contact's row for the header: in doubt, it finds none.
struct HeaderSearch {
    /// How many lines below the first are tried.
    private static let maxLines = 20
    /// How many rows below a header are examined.
    private static let maxRows = 20
    private static let linesShown = 8

    let options: ListReader.Options
    /// The first bytes of the list.
    let head: [UInt8]

    /// How many lines above the header are to be skipped, including those already skipped; nil when it is not certain
    /// which line is the header.
    func linesAboveHeader() -> Int? {
        (1...HeaderSearch.maxLines).lazy.map { options.skipLines + $0 }.first(where: isHeader)
    }

    /// Whether the first row may be a title: the row below it has more cells. A row that contains a phone is a contact,
    /// unless it has only one cell.
    func beginsWithTitle(holdingPhone: Bool) -> Bool {
        var below = parser(skipping: options.skipLines + 1)
        guard let second = try? below.next() else { return false }
        let first = HeaderSearch.filled(rowsAbove(options.skipLines + 1, below.dialect).last?.strings ?? [])
        return first < HeaderSearch.filled(second.strings) && (first <= 1 || !holdingPhone)
    }

    /// The first lines with their numbers, none of them containing a complete phone.
    func firstLines() -> String {
        let dialect = parser(skipping: options.skipLines).dialect
        return rowsAbove(options.skipLines + HeaderSearch.linesShown, dialect)
            .map { "  \($0.line)  \(ColumnError.masked(SkippedLines.shown($0.rawString)))" }.joined(separator: "\n")
    }

    /// Whether the line below this many lines is certainly the header.
    private func isHeader(below lines: Int) -> Bool {
        var parser = parser(skipping: lines)
        guard let record = try? parser.next(), record.line == lines + 1, parser.stray == .none, !parser.spansLines
        else { return false }
        let cells = record.strings
        let above = rowsAbove(lines, parser.dialect)
        var rows: [CSVRecord] = []
        while rows.count < HeaderSearch.maxRows, let row = try? parser.next() {
            if !row.isEmpty { rows.append(row) }
        }
        return columns(cells).contains { columns in
            isPlain(cells, columns, above: above.map(widest), hasRows: !rows.isEmpty)
                && !above.contains { isContact($0, columns) }
                && (rows.isEmpty
                    || rows.count { $0.count >= cells.count && isContact($0, columns) } * 2 >= rows.count)
        }
    }

    /// What the columns may be if these are their names; several possibilities if the user has to say which is the
    /// phone.
    private func columns(_ cells: [String]) -> [ContactColumns] {
        do throws(ColumnError) {
            return [try matcher(options.columns.byMeaning, options.columns.furtherPhones).match(header: cells)]
        } catch {
            guard case .ambiguous(.phone, let candidates, _) = error else { return [] }
            return cells.indices.filter { candidates.contains(cells[$0]) }.compactMap { place in
                var names = options.columns.byMeaning
                names[.phone] = "\(place + 1)"
                return try? matcher(names).match(header: cells)
            }
        }
    }

    /// Nothing above may be the header instead: titles have fewer cells.
    private func isPlain(_ cells: [String], _ columns: ContactColumns, above: [Int], hasRows: Bool) -> Bool {
        let isNamed = options.columns.phone != nil
        guard (above.max() ?? 0) < HeaderSearch.filled(cells) else { return isNamed }
        // Without rows to compare with, `ligar no celular` does not count as a column name.
        let isOneWord = HeaderName(cells[columns.phone]).words.count == 1
        return hasRows || above.allSatisfy { $0 <= 1 } && (isNamed || isOneWord)
    }

    /// How many non-empty cells a row has. If the row does not contain the delimiter, the one that makes the most cells
    /// is assumed.
    private func widest(_ record: CSVRecord) -> Int {
        guard options.delimiter == nil, record.count == 1 else { return HeaderSearch.filled(record.strings) }
        let counts = CSVDialect.Delimiter.allCases.map { delimiter in
            record.raw.split(separator: delimiter.rawValue).count { $0.contains { $0 != 0x20 && $0 != 0x22 } }
        }
        return counts.max() ?? 0
    }

    /// Whether the phone column contains a phone, or one of several cells does.
    private func isContact(_ record: CSVRecord, _ columns: ContactColumns) -> Bool {
        var phones = PhoneCells(options, columns)
        return phones.looksLikeContact(record)
            || HeaderSearch.filled(record.strings) > 1 && matcher([:]).hasPhoneCell(record.strings)
    }

    /// The rows up to this line, without those already skipped.
    private func rowsAbove(_ lines: Int, _ dialect: CSVDialect) -> [CSVRecord] {
        var parser = CSVParser(dialect: dialect, skipLines: options.skipLines)
        parser.append(head)
        parser.finish()
        var rows: [CSVRecord] = []
        while let row = try? parser.next(), row.line <= lines { rows.append(row) }
        return rows
    }

    private func parser(skipping lines: Int) -> CSVParser {
        let dialect = CSVDialect.detect(
            sample: head, delimiter: options.delimiter, encoding: options.encoding, skipLines: lines)
        var parser = CSVParser(dialect: dialect, skipLines: lines)
        parser.append(head)
        parser.finish()
        return parser
    }

    private func matcher(_ names: [ContactColumn: String], _ furtherPhones: [String] = []) -> ColumnMatcher {
        ColumnMatcher(explicit: names, furtherPhones: furtherPhones, phones: PhoneReader(country: options.country))
    }

    private static func filled(_ cells: [String]) -> Int { cells.count { !$0.isEmpty } }
}
