/// Looks at the first rows of a list for what is in the columns that could be its phone.
struct PhoneSample {
    /// With landlines, also where they are not wanted: they are counted as what they are.
    private let options: ListReader.Options
    private let acceptsFixed: Bool
    private let head: [UInt8]

    /// - Parameter head: the first bytes of the list, ``CSVDialect/sampleSize`` or the whole of a smaller one.
    init(_ options: ListReader.Options, _ head: [UInt8]) {
        var options = options
        acceptsFixed = options.allowsLandlines
        options.allowsLandlines = true
        self.options = options
        self.head = head
    }

    /// The error about several columns that could be the phone, with what they contain; nil for any other error.
    func counted(_ error: ColumnError, header: [String]) -> ColumnError? {
        guard case .ambiguous(.phone, let names, _) = error else { return nil }
        var candidates = header.indices.filter { names.contains(header[$0]) }.map {
            PhoneCandidate(place: $0, acceptsFixed: acceptsFixed)
        }
        var readers = candidates.map { PhoneCells(options, columns(of: $0.place, header)) }
        let rows = rows()
        for row in rows {
            for index in candidates.indices { candidates[index].note(row, &readers[index]) }
        }
        return .ambiguousPhone(candidates, rows: rows.count, columns: header)
    }

    /// The columns of the list if this is its phone.
    private func columns(of phone: Int, _ header: [String]) -> ContactColumns {
        var names = options.columns.byMeaning
        names[.phone] = "\(phone + 1)"
        let matcher = ColumnMatcher(explicit: names, phones: PhoneReader(country: options.country))
        return (try? matcher.match(header: header)) ?? ContactColumns(phone: phone)
    }

    /// The rows below the header, without one that is cut off and without blank ones.
    private func rows() -> [CSVRecord] {
        let dialect = CSVDialect.detect(
            sample: head, delimiter: options.delimiter, encoding: options.encoding, skipLines: options.skipLines)
        var parser = CSVParser(dialect: dialect, skipLines: options.skipLines)
        parser.append(head)
        if head.count < CSVDialect.sampleSize { parser.finish() }
        var rows: [CSVRecord] = []
        while let row = try? parser.next() {
            if !row.isEmpty { rows.append(row) }
        }
        return Array(rows.dropFirst())
    }
}

extension PhoneCandidate {
    fileprivate mutating func note(_ row: CSVRecord, _ phones: inout PhoneCells) {
        guard !row.cell(at: place).isBlank else { return empty += 1 }
        switch try? phones.read(row) {
        case .one(.success(let number))?: kinds.note(number.kind)
        case .several(let results)?:
            for case .success(let number) in results { kinds.note(number.kind) }
        case .one(.failure)?, .person?, nil: others += 1
        }
    }
}
