/// Turns one row of a list into a contact, or a reject with its reason.
struct ListRules: Sendable {
    /// Cells beyond the header that are kept of a rejected row. A row of a sheet may have 16 384, nearly all of them empty;
    /// the row as it was read has them all.
    private static let mostExtraCells = 100

    let places: ContactColumns
    /// Number of cells in the header.
    let width: Int
    /// The indexes of the cells that are kept. Shared by all rows that are as wide as the header.
    private let kept: [Int]
    private let isKept: [Bool]
    /// Whether the list is an export of rejected rows, whose cells were made safe for a spreadsheet.
    private let isExport: Bool
    private(set) var phones: PhoneCells
    /// Numbers of cells, other than the header's, that contacts of this list have had.
    private(set) var otherWidths: Set<Int> = []
    /// Reads phones whose complete number is in one cell; nil when other cells matter too.
    private let plain: PhoneReader?
    /// The numbers of the contacts so far.
    private(set) var found: PhoneCounts
    private let times: LocalTimeReader

    /// - Parameters:
    ///   - options: how the list is to be read.
    ///   - places: which column has which meaning.
    ///   - width: the number of cells in the header.
    ///   - kept: the indexes of the cells that are kept.
    init(_ options: ListReader.Options, places: ContactColumns, width: Int, kept: [Int]) {
        self.places = places
        self.width = width
        self.kept = kept
        var isKept = Array(repeating: false, count: width)
        for place in kept { isKept[place] = true }
        self.isKept = isKept
        isExport = kept.count < width
        phones = PhoneCells(options, places)
        found = PhoneCounts(columns: places.phones.count)
        let hasOthers =
            !places.furtherPhones.isEmpty
            || [places.ddd, places.ddi, places.callDuration, places.callAudioUrl, places.notBefore]
                .contains { $0 != nil }
        plain = hasOthers ? nil : phones.own
        times = LocalTimeReader(country: options.country)
    }

    /// Turns a record into a row. The other rows of a record with several numbers are put into `others`, the next one
    /// last.
    mutating func row(_ record: CSVRecord, others: inout [ListRow]) -> ListRow {
        // Covers most rows of most lists; a row with any fault is examined again below.
        if let plain, record.count == width, !record.isAmount(at: places.phone),
            case .success(let phone) = plain.read(record.bytes(at: places.phone))
        {
            found.note(phone)
            return contact(record, phone, nil, nil)
        }
        guard !record.isEmpty else { return .blank }
        let duration: Int?
        let wishes: ContactWishes?
        let numbers: PhoneCells.Numbers
        do throws(RowProblem) {
            try refuseTooManyCells(record)
            numbers = try phones.read(record)
            // Of two faults in a row the phone's is reported, as the first one to correct.
            if case .one(.failure(let problem)) = numbers { throw problem }
            duration = try callDuration(record)
            wishes = ContactWishes(callAudioURL: try callAudioURL(record), notBefore: try notBefore(record))
        } catch {
            return reject(record, error)
        }
        switch numbers {
        case .one(.success(let phone)):
            if record.count != width { otherWidths.insert(record.count) }
            found.note(phone)
            return contact(record, phone, duration, wishes)
        case .person(let person):
            if record.count != width { otherWidths.insert(record.count) }
            found.note(person)
            return contact(record, person.numbers[0], duration, wishes, further: Array(person.numbers.dropFirst()))
        case .one(.failure(let problem)): return reject(record, problem)
        case .several(let results):
            var rows = results.map { result in
                switch result {
                case .success(let phone): contact(record, phone, duration, wishes)
                case .failure(let problem): reject(record, problem)
                }
            }
            for case .success(let phone) in results { found.note(phone) }
            for index in rows.indices.dropFirst() { rows[index].isExtra = true }
            others = rows.dropFirst().reversed()
            return rows[0]
        }
    }

    private func callDuration(_ record: CSVRecord) throws(RowProblem) -> Int? {
        guard let place = places.callDuration, !record.cell(at: place).isEmpty else { return nil }
        guard let seconds = Int(record.string(at: place)), 1...15 ~= seconds else {
            throw RowProblem(code: "call_duration_invalid", remedy: RowRemedy.callDuration, at: place)
        }
        return seconds
    }

    private func callAudioURL(_ record: CSVRecord) throws(RowProblem) -> String? {
        guard let text = text(record, places.callAudioUrl) else { return nil }
        do throws(WebAddress.Fault) {
            return try WebAddress(text).text
        } catch {
            throw RowProblem(
                code: "call_audio_url_invalid", remedy: RowRemedy.address(error), at: places.callAudioUrl)
        }
    }

    private func notBefore(_ record: CSVRecord) throws(RowProblem) -> LocalTime? {
        guard let text = text(record, places.notBefore) else { return nil }
        do throws(LocalTimeReader.Fault) {
            return try times.read(text)
        } catch {
            throw RowProblem(code: error.code, remedy: error.remedy, at: places.notBefore)
        }
    }

    /// The text of a cell without the spaces around it; nil when the list has no such column, or the cell is empty.
    private func text(_ record: CSVRecord, _ place: Int?) -> String? {
        guard let place, !record.cell(at: place).isEmpty else { return nil }
        let text = record.string(at: place)
        var scalars = (isExport ? RejectColumns.original(text) : text).unicodeScalars[...]
        while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
        while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
        return scalars.isEmpty ? nil : String(scalars)
    }

    /// Ignoring empty cells at its end.
    func isAsWideAsHeader(_ record: CSVRecord) -> Bool {
        record.count >= width && (width..<record.count).allSatisfy { record.bytes(at: $0).isEmpty }
    }

    private func refuseTooManyCells(_ record: CSVRecord) throws(RowProblem) {
        guard record.count > width, !isAsWideAsHeader(record) else { return }
        let isFarTooWide = record.count > width + Self.mostExtraCells
        throw RowProblem(
            code: "too_many_cells", remedy: RowRemedy.tooManyCells(isFarTooWide ? "\(record.count)" : nil))
    }

    @inline(__always)
    private func contact(
        _ record: CSVRecord, _ phone: PhoneNumber, _ duration: Int?, _ wishes: ContactWishes?,
        further: [PhoneNumber] = []
    ) -> ListRow {
        let places = record.count >= width ? kept : kept.filter { $0 < record.count }
        let cells: ListCells =
            isExport
            ? .texts(places.map { RejectColumns.original(record.string(at: $0)) }) : .record(record, places: places)
        var contact = ListContact(line: record.line, phone: phone, callDuration: duration, cells: cells)
        contact.wishes = wishes
        contact.further = further
        return .contact(contact)
    }

    func reject(_ record: CSVRecord, _ problem: RowProblem) -> ListRow {
        let own = (0..<min(record.count, width + Self.mostExtraCells)).filter { $0 >= width || isKept[$0] }.map {
            record.string(at: $0)
        }
        .map { isExport ? RejectColumns.original($0) : $0 }
        var reject = ListReject(
            line: record.line, raw: record.original, own: own, reason: problem.code,
            suggestion: problem.remedy.english)
        if let place = problem.place {
            reject.column = place + 1
            let text = place < record.count ? record.string(at: place) : ""
            reject.cell = isExport ? RejectColumns.original(text) : text
        }
        return .reject(reject)
    }
}

/// Why a row cannot be used.
struct RowProblem: Error {
    /// The stable code of the reason.
    let code: String
    /// One sentence with the remedy.
    var remedy: Phrase
    /// The index of the cell it is about; nil for the row as a whole.
    let place: Int?

    init(code: String, remedy: Phrase, at place: Int? = nil) {
        self.code = code
        self.remedy = remedy
        self.place = place
    }

    init(_ problem: PhoneProblem, at place: Int) {
        self.init(code: problem.code, remedy: problem.remedy, at: place)
    }
}

extension ListRow {
    /// Whether an earlier number of the same row has already been returned.
    fileprivate var isExtra: Bool {
        get {
            switch self {
            case .contact(let contact): contact.isExtra
            case .reject(let reject): reject.isExtra
            case .blank: false
            }
        }
        set {
            switch self {
            case .contact(var contact):
                contact.isExtra = newValue
                self = .contact(contact)
            case .reject(var reject):
                reject.isExtra = newValue
                self = .reject(reject)
            case .blank: break
            }
        }
    }
}
