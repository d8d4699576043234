/// Finds out which column is which: from a header, or, in a list without one, from its first row.
///
/// Names are compared without case, accents, spaces and punctuation. A name that the user gave takes precedence;
/// otherwise the usual Portuguese, English and Spanish names count. If several columns could be the phone, the area
/// code or the calling code, that is an error, never a guess: the wrong one means calling the wrong people. For any
/// other column the first of the usual names is used.
package struct ColumnMatcher: Sendable {
    /// Instead of a column's name: the list has no such column, whatever its columns are called.
    package static let none = "none"

    private let explicit: [ContactColumn: String]
    private let furtherPhones: [String]
    let phones: PhoneReader?

    /// A matcher.
    ///
    /// - Parameters:
    ///   - explicit: what, and its name in the header, or its place counted from 1.
    ///   - furtherPhones: the columns of further phones, likewise; without one in `explicit` there are none.
    ///   - phones: recognizes a phone in the first row; with nil no cell is one.
    package init(
        explicit: [ContactColumn: String] = [:], furtherPhones: [String] = [], phones: PhoneReader? = PhoneReader()
    ) {
        self.explicit = explicit
        self.furtherPhones = furtherPhones
        self.phones = phones
    }

    /// The columns of a file with this header.
    package func match(header: [String]) throws(ColumnError) -> ContactColumns {
        let names = header.map { HeaderName($0) }
        var taken: [ContactColumn: Int]
        let further: [Int]
        do throws(ColumnError) {
            taken = try named(header)
            further = try namedFurther(header, taken)
            if taken[.phone] == nil { taken[.phone] = try phone(names, header, except: Set(taken.values)) }
        } catch {
            // An error about column names does not help where there is no header.
            try refuseContact(header, phone: nil)
            throw error
        }
        guard let phone = taken[.phone] else { throw .noPhone(columns: header) }
        if !isName(explicit[.phone], of: header[phone]) { try refuseContact(header, phone: phone) }
        var unsure: [ContactColumn: String] = [:]
        for column in ContactColumn.allCases where taken[column] == nil && !isDeclined(column, header) {
            guard let place = try usual(column, names, header, taken, further) else { continue }
            taken[column] = place
            if UsualColumnNames.isUnsure(names[place], as: column) { unsure[column] = header[place] }
        }
        try refuseCodesOfOthers(names, header, taken, further)
        var columns = ContactColumns(taken, phone: phone, further: further, header)
        columns.unsure = unsure
        return columns
    }

    /// Several columns that could be part of the phone are an error: one of them belongs to another phone.
    private func usual(
        _ column: ContactColumn, _ names: [HeaderName], _ header: [String], _ taken: [ContactColumn: Int],
        _ further: [Int]
    ) throws(ColumnError) -> Int? {
        let others = Set(taken.values).union(further)
        switch column {
        case .phone, .name, .callDuration, .callAudioUrl, .notBefore:
            return UsualColumnNames.usual(column, names, except: others)
        case .ddd, .ddi:
            let found = UsualColumnNames.codes(column, names, except: others)
            // Said of all phones, where there are several.
            guard found.count > 1, further.isEmpty else { return found.first }
            guard let phone = taken[.phone] else { return found.first }
            throw .severalCodes(column, places: found, phone: phone, columns: header)
        }
    }

    /// An area code belongs to the phone beside it: with several phones, one of several codes would make somebody else's
    /// number of the other phones.
    private func refuseCodesOfOthers(
        _ names: [HeaderName], _ header: [String], _ taken: [ContactColumn: Int], _ further: [Int]
    ) throws(ColumnError) {
        guard !further.isEmpty, let phone = taken[.phone] else { return }
        for column in [ContactColumn.ddd, .ddi] {
            guard let chosen = taken[column] else { continue }
            let others = Set(taken.values).union(further)
            let found = names.indices.filter { place in
                place == chosen
                    || !others.contains(place)
                        && UsualColumnNames.mayBeCodes(column, names[place], beside: names[chosen])
            }
            guard found.count == 1 else {
                throw .codesOfSeveralPhones(column, places: found, phones: [phone] + further, columns: header)
            }
        }
    }

    /// Whether the user said that the list has no such column.
    private func isDeclined(_ column: ContactColumn, _ header: [String]) -> Bool {
        guard let wanted = explicit[column], wanted.lowercased() == ColumnMatcher.none else { return false }
        return !header.contains { isName(wanted, of: $0) }
    }

    /// The columns of a file without a header, from the cells of its first row. They are called `column1`, `column2`,
    /// ….
    package func match(firstRow: [String]) throws(ColumnError) -> ContactColumns {
        let names = ColumnMatcher.names(count: firstRow.count)
        let taken = try named(names)
        let further = try namedFurther(names, taken)
        if let phone = taken[.phone] { return ContactColumns(taken, phone: phone, further: further, names) }
        let found = phonePlaces(firstRow, taken)
        guard let only = found.first else { throw .noPhoneCell(firstRow: firstRow) }
        guard found.count == 1 else { throw .ambiguousCells(firstRow: firstRow, places: found) }
        return ContactColumns(taken, phone: only, further: [], names)
    }

    /// The names of the columns of a file without a header.
    package static func names(count: Int) -> [String] {
        (0..<count).map { "column\($0 + 1)" }
    }

    /// The columns that the user named.
    private func named(_ header: [String]) throws(ColumnError) -> [ContactColumn: Int] {
        var taken: [ContactColumn: Int] = [:]
        guard !isDeclined(.phone, header) else { throw .noPhoneWanted }
        for column in ContactColumn.allCases {
            guard let wanted = explicit[column], !isDeclined(column, header) else { continue }
            let index = try place(of: wanted, as: column, header)
            if let other = ContactColumn.allCases.first(where: { taken[$0] == index }) {
                throw .sharedColumn(other, column, name: header[index])
            }
            taken[column] = index
        }
        return taken
    }

    /// The columns of further phones that the user named.
    private func namedFurther(_ header: [String], _ taken: [ContactColumn: Int]) throws(ColumnError) -> [Int] {
        var found: [Int] = []
        for wanted in furtherPhones where explicit[.phone] != nil {
            let index = try place(of: wanted, as: .phone, header)
            let other = ContactColumn.allCases.first { taken[$0] == index } ?? (found.contains(index) ? .phone : nil)
            if let other { throw .sharedColumn(other, .phone, name: header[index]) }
            found.append(index)
        }
        return found
    }

    /// Exactly the same name takes precedence over one that differs in case or accents, and any name over a position.
    private func place(of wanted: String, as column: ContactColumn, _ header: [String]) throws(ColumnError) -> Int {
        let exact = header.indices.filter { header[$0] == wanted }
        if let only = exact.first, exact.count == 1 { return only }
        let alike = header.indices.filter { isName(wanted, of: header[$0]) }
        if alike.isEmpty, let number = Int(wanted), header.indices.contains(number &- 1) { return number - 1 }
        guard let only = alike.first else { throw .notFound(column, name: wanted, columns: header) }
        guard alike.count == 1 else { throw .ambiguous(column, candidates: alike.map { header[$0] }, columns: header) }
        return only
    }

    private func isName(_ wanted: String?, of column: String) -> Bool {
        guard let wanted else { return false }
        let key = HeaderName(wanted).joined
        return wanted == column || !key.isEmpty && key == HeaderName(column).joined
    }

    private func phone(_ names: [HeaderName], _ header: [String], except: Set<Int>) throws(ColumnError) -> Int {
        let free = names.indices.filter { !except.contains($0) }
        let sure = free.filter { UsualColumnNames.isPhone(names[$0]) }
        let found = sure.isEmpty ? free.filter { UsualColumnNames.mayBePhone(names[$0]) } : sure
        guard let only = found.first else { throw .noPhone(columns: header) }
        guard found.count == 1 else { throw .ambiguous(.phone, candidates: found.map { header[$0] }, columns: header) }
        return only
    }

    /// A header that contains a phone is a contact's row: skipping it would lose a contact.
    private func refuseContact(_ header: [String], phone: Int?) throws(ColumnError) {
        var places = phonePlaces(header, [:])
        if places.isEmpty { places = cellsWithPhone(header, phone: phone) }
        guard places.isEmpty else { throw .noHeader(firstRow: header, phones: places) }
    }

    /// Whether a cell reads as a phone, or as several.
    func hasPhoneCell(_ cells: [String]) -> Bool { !phonePlaces(cells, [:]).isEmpty }

    /// The cells that read as a phone, or as several.
    private func phonePlaces(_ cells: [String], _ taken: [ContactColumn: Int]) -> [Int] {
        func bytes(_ column: ContactColumn) -> ArraySlice<UInt8> {
            taken[column].map { Array(cells[$0].utf8)[...] } ?? []
        }
        let reader = bytes(.ddi).isEmpty ? phones : PhoneReader(ddi: bytes(.ddi), allowsLandlines: true)
        let area = bytes(.ddd)
        return cells.indices.filter { place in
            guard !taken.values.contains(place), let reader else { return false }
            let cell = Array(cells[place].utf8)[...]
            switch area.isEmpty ? reader.read(cell) : reader.read(cell, area: area) {
            case .success, .failure(.twoNumbers): return true
            case .failure: return false
            }
        }
    }
}

extension ContactColumns {
    fileprivate init(_ places: [ContactColumn: Int], phone: Int, further: [Int], _ names: [String]) {
        self.init(
            phone: phone, name: places[.name], callDuration: places[.callDuration], callAudioUrl: places[.callAudioUrl])
        notBefore = places[.notBefore]
        ddd = places[.ddd]
        ddi = places[.ddi]
        guard !further.isEmpty else { return }
        furtherPhones = further
        phoneNames = phones.map { names[$0] }
    }
}

extension ColumnMatcher {
    /// The fewest digits of a phone number, with or without an area code.
    private static let fewestDigits = 8

    /// The cells of a header that hold a phone somewhere in their text, such as `Fone: (11) 98765-0001`. In the column
    /// of the phones as many digits as a number has are enough: there the area code may have its own column.
    func cellsWithPhone(_ header: [String], phone: Int?) -> [Int] {
        header.indices.filter { place in
            let cell = Array(header[place].utf8)[...]
            return isBareNumber(cell) || holdsPhone(cell)
                || place == phone && Self.numbers(in: cell).contains { digits($0) >= Self.fewestDigits }
        }
    }

    /// Whether a text contains a phone, whatever is around it.
    func holdsPhone(_ text: ArraySlice<UInt8>) -> Bool {
        guard let phones else { return false }
        return Self.numbers(in: text).contains { number in
            guard digits(number) > Self.fewestDigits else { return false }
            switch phones.read(number) {
            case .success, .failure(.twoNumbers): return true
            case .failure: return false
            }
        }
    }

    /// No column is named with only the digits of a phone; a date has fewer.
    private func isBareNumber(_ cell: ArraySlice<UInt8>) -> Bool {
        9...13 ~= digits(cell) && !cell.contains(0x2F) && Self.numbers(in: cell).first?.count == cell.count
    }

    private func digits(_ text: ArraySlice<UInt8>) -> Int {
        text.count { 0x30...0x39 ~= $0 }
    }

    /// The pieces of a text that are digits and what people put between them.
    private static func numbers(in text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        text.split { byte in
            switch byte {
            case 0x30...0x39, 0x20, 0x28, 0x29, 0x2B, 0x2D, 0x2E, 0x2F: false
            default: true
            }
        }
    }
}
