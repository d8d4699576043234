/// Reads the phone of a row from the cells that affect it: its own, and those with the area code and the calling code.
struct PhoneCells: Sendable {
    /// The numbers in a row.
    enum Numbers {
        case one(Result<PhoneNumber, RowProblem>)
        /// Of several people.
        case several([Result<PhoneNumber, RowProblem>])
        /// Of one person, from several columns.
        case person(PersonPhones)
    }

    let places: ContactColumns
    private let country: String
    let splitsCells: Bool
    let takesEveryPhone: Bool
    private var countries: CountryReaders

    init(_ options: ListReader.Options, _ places: ContactColumns) {
        self.places = places
        country = options.country
        splitsCells = options.splitsCells
        takesEveryPhone = options.takesEveryPhone
        countries = CountryReaders(country: options.country, allowsLandlines: options.allowsLandlines)
    }

    /// For rows that do not name a country; nil when the campaign's calling code does not exist.
    var own: PhoneReader? { countries.own }

    mutating func read(_ record: CSVRecord) throws(RowProblem) -> Numbers {
        guard let reader = try reader(record) else {
            throw RowProblem(code: "country_unknown", remedy: RowRemedy.unknownCountry(country))
        }
        return places.furtherPhones.isEmpty
            ? try numbers(record, at: places.phone, reader) : try phones(of: record, reader)
    }

    /// The numbers in one of the cells.
    func numbers(_ record: CSVRecord, at place: Int, _ reader: PhoneReader) throws(RowProblem) -> Numbers {
        guard !record.isAmount(at: place) else { return .one(.failure(RowProblem(.decimals, at: place))) }
        let cell = record.cell(at: place)
        let area = try areaCode(record, reader, cell, at: place)
        let result = area.isEmpty ? reader.read(cell) : reader.read(cell, area: area)
        if case .success(let number) = result, countries.own?.isOwn(cell, ratherThan: number, by: reader) == true {
            throw RowProblem(.contradiction, at: place)
        }
        func told(_ result: Result<PhoneNumber, PhoneProblem>) -> Result<PhoneNumber, RowProblem> {
            result.mapError { RowProblem($0, at: place) }
        }
        // Most cells contain one number; only a cell that does not is split.
        guard splitsCells, case .failure = result else { return .one(told(result)) }
        let results = area.isEmpty ? reader.numbers(in: cell) : reader.numbers(in: cell, area: area)
        return results.count > 1 ? .several(results.map(told)) : .one(told(results.first ?? result))
    }

    /// Whether the phone column contains a phone, or something in the form of one.
    mutating func looksLikeContact(_ record: CSVRecord) -> Bool {
        switch try? read(record) {
        case .one(.success)?, .person?: return true
        case .several(let numbers)? where numbers.contains { (try? $0.get()) != nil }: return true
        case .one(.failure)?, .several?, nil:
            return places.phones.contains { place in
                let cell = record.cell(at: place)
                let isShaped = cell.allSatisfy {
                    0x30...0x39 ~= $0 || [0x20, 0x28, 0x29, 0x2B, 0x2D, 0x2E].contains($0)
                }
                return isShaped && 8...15 ~= cell.count { 0x30...0x39 ~= $0 }
            }
        }
    }

    /// Nil when the campaign's own country has no calling code.
    private mutating func reader(_ record: CSVRecord) throws(RowProblem) -> PhoneReader? {
        guard let place = places.ddi else { return countries.own }
        let cell = record.cell(at: place)
        guard !cell.isBlank else { return countries.own }
        guard let reader = countries.reader(for: cell) else {
            throw RowProblem(code: "ddi_invalid", remedy: RowRemedy.callingCode, at: place)
        }
        guard let name = places.unsure[.ddi], !PhoneText.unwrapped(cell).starts(with: [UInt8(ascii: "+")]),
            reader.country?.code != countries.own?.country?.code
        else { return reader }
        throw RowProblem(
            code: "ddi_unclear",
            remedy: RowRemedy.unclearCallingCode(ColumnError.shown(name), ColumnError.argument(.ddi, name)),
            at: place)
    }

    /// The content of the area code's cell; empty when the column may have another meaning.
    private func areaCode(
        _ record: CSVRecord, _ reader: PhoneReader, _ phone: ArraySlice<UInt8>, at phonePlace: Int
    ) throws(RowProblem) -> ArraySlice<UInt8> {
        guard let place = places.ddd else { return [] }
        let cell = record.cell(at: place)
        guard !cell.isBlank else { return [] }
        guard let name = places.unsure[.ddd] else { return cell }
        if reader.mayLackArea(phone, beside: cell) { throw RowProblem(.contradiction, at: phonePlace) }
        if reader.lacksArea(phone), case .digits = PhoneCode(cell) {
            throw RowProblem(
                code: PhoneProblem.noDDD.code,
                remedy: RowRemedy.areaInColumn(ColumnError.shown(name), ColumnError.argument(.ddd, name)),
                at: phonePlace)
        }
        return []
    }
}

extension CSVRecord {
    /// The bytes of a cell; empty when the row is too short to have it.
    func cell(at place: Int) -> ArraySlice<UInt8> {
        place < count ? bytes(at: place) : []
    }
}

extension ArraySlice<UInt8> {
    var isBlank: Bool { allSatisfy { $0 == 0x20 || $0 == 0x09 } }
}

/// The readers for the countries in a list: the campaign's own, and those that a DDI column names.
struct CountryReaders: Sendable {
    /// Maximum number of remembered readers: lists have few countries, but a cell may contain anything.
    private static let maxKnown = 16

    /// For rows that do not name a country; nil when the campaign's calling code does not exist.
    let own: PhoneReader?
    private let allowsLandlines: Bool
    private var known: [(cell: ArraySlice<UInt8>, reader: PhoneReader?)] = []

    init(country: String, allowsLandlines: Bool) {
        self.allowsLandlines = allowsLandlines
        own = PhoneReader(country: country, allowsLandlines: allowsLandlines)
    }

    /// The reader for the content of a DDI cell; nil when that is not a calling code.
    mutating func reader(for cell: ArraySlice<UInt8>) -> PhoneReader? {
        if let found = known.first(where: { $0.cell == cell }) { return found.reader }
        let reader = PhoneReader(ddi: cell, allowsLandlines: allowsLandlines)
        // A copy of the bytes: the cell shares the buffer of the file.
        if known.count < CountryReaders.maxKnown { known.append((ArraySlice(Array(cell)), reader)) }
        return reader
    }
}
