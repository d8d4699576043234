/// The readers for the countries of a list: the campaign's own, and those that a DDI column names.
struct CountryReaders: Sendable {
    /// The most that are remembered: lists have few countries, and anything at all may stand in a cell.
    private static let most = 16

    /// For rows without a country of their own; nil when nobody has the campaign's calling code.
    let own: PhoneReader?
    private let allowsLandlines: Bool
    private var known: [(cell: ArraySlice<UInt8>, reader: PhoneReader?)] = []

    init(country: String, allowsLandlines: Bool) {
        self.allowsLandlines = allowsLandlines
        own = PhoneReader(country: country, allowsLandlines: allowsLandlines)
    }

    /// The reader for what stands in a DDI cell; nil when that is no country.
    mutating func reader(for cell: ArraySlice<UInt8>) -> PhoneReader? {
        if let found = known.first(where: { $0.cell == cell }) { return found.reader }
        let reader = PhoneReader(ddi: cell, allowsLandlines: allowsLandlines)
        // A copy of the bytes: the cell shares the buffer of the file.
        if known.count < CountryReaders.most { known.append((ArraySlice(Array(cell)), reader)) }
        return reader
    }
}
