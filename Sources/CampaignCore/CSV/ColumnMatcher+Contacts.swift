extension ColumnMatcher {
    /// Digits that are somebody's number, with or without an area code.
    private static let fewestDigits = 8

    /// The cells of a header that hold a phone somewhere in their text, such as `Fone: (11) 98765-0001`. In the column of
    /// the phones as many digits as a number has are enough: there the area code may have a column of its own.
    func cellsWithPhone(_ header: [String], phone: Int?) -> [Int] {
        header.indices.filter { place in
            let cell = Array(header[place].utf8)[...]
            return isBareNumber(cell) || holdsPhone(cell)
                || place == phone && Self.numbers(in: cell).contains { digits($0) >= Self.fewestDigits }
        }
    }

    /// Whether a phone stands in a text, whatever is around it.
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

    /// Nobody calls a column by nothing but the digits of a phone; a date has fewer.
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
