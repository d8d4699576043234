/// The numbers of a person in a row with several phone columns.
struct PersonPhones {
    /// A cell that is not empty.
    struct Cell {
        /// Which of the phone columns it is in, 0-based.
        let column: Int
        /// The kind of its number; nil for a cell that cannot be used.
        let kind: PhoneNumber.Kind?
    }

    /// In the order in which they would be called, each only once; at least one.
    private(set) var numbers: [PhoneNumber] = []
    private(set) var cells: [Cell] = []

    /// Nil when there is no number.
    init?(_ found: [(column: Int, result: Result<PhoneNumber, RowProblem>)]) {
        var identities: Set<Int64> = []
        for (column, result) in found {
            guard case .success(let number) = result else {
                cells.append(Cell(column: column, kind: nil))
                continue
            }
            cells.append(Cell(column: column, kind: number.kind))
            if identities.insert(number.identity).inserted { numbers.append(number) }
        }
        // Only what is certainly a fixed line comes later.
        numbers = numbers.filter { $0.kind != .fixed } + numbers.filter { $0.kind == .fixed }
        if numbers.isEmpty { return nil }
    }
}

extension PhoneCells {
    /// The numbers in all phone columns: those of one person, or with ``takesEveryPhone`` each by itself.
    ///
    /// - Throws: the first problem, if no cell has a number; it names its column.
    func phones(of record: CSVRecord, _ reader: PhoneReader) throws(RowProblem) -> Numbers {
        var found: [(column: Int, result: Result<PhoneNumber, RowProblem>)] = []
        for (column, place) in places.phones.enumerated() where !record.cell(at: place).isBlank {
            found += results(record, column, place, reader).map { (column: column, result: $0) }
        }
        if takesEveryPhone, let first = found.first {
            return found.count > 1 ? .several(found.map(\.result)) : .one(first.result)
        }
        if let phones = PersonPhones(found) { return .person(phones) }
        guard case .failure(let problem)? = found.first?.result else { throw RowProblem(.empty, at: places.phone) }
        throw problem
    }

    /// What a cell has; nothing for one with only punctuation.
    private func results(
        _ record: CSVRecord, _ column: Int, _ place: Int, _ reader: PhoneReader
    ) -> [Result<PhoneNumber, RowProblem>] {
        var results: [Result<PhoneNumber, RowProblem>]
        do throws(RowProblem) {
            switch try numbers(record, at: place, reader) {
            case .one(let result): results = [result]
            case .several(let several): results = several
            case .person: results = []
            }
        } catch {
            results = [.failure(error)]
        }
        let name = ColumnError.shown(places.phoneNames[column])
        return results.compactMap { result in
            guard case .failure(var problem) = result else { return result }
            guard problem.code != PhoneProblem.empty.code else { return nil }
            problem.remedy = Phrase(verbatim: "\(name): ") + problem.remedy
            return .failure(problem)
        }
    }
}
