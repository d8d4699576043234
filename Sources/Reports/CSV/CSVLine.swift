import CampaignCore

/// The line of a CSV report that is being written: some of its cells are made harmless, others are not. A line has more
/// than one cell.
struct CSVLine: Sendable {
    /// What is done to cells that a spreadsheet would run as a formula.
    enum Treatment {
        /// An apostrophe is put before it.
        case defused
        /// It is written unchanged.
        case exact
    }

    private let defusing: CSVEncoder
    private let exact: CSVEncoder
    private var isAtStart = true

    init(isForExcel: Bool) {
        exact = CSVEncoder(delimiter: isForExcel ? .semicolon : .comma, writesByteOrderMark: isForExcel)
        var encoder = exact
        encoder.defusesFormulas = true
        defusing = encoder
    }

    /// The bytes before the first line of a file.
    var head: [UInt8] { exact.head }

    /// Writes the next cell.
    mutating func add(_ cell: String, as treatment: Treatment, to bytes: inout [UInt8]) {
        begin(to: &bytes)
        switch treatment {
        case .defused: defusing.append(field: cell, to: &bytes)
        case .exact: exact.append(field: cell, to: &bytes)
        }
    }

    /// Begins the next cell, which is empty until something is written that needs neither quotes nor an apostrophe.
    mutating func begin(to bytes: inout [UInt8]) {
        if !isAtStart { bytes.append(exact.delimiter.rawValue) }
        isAtStart = false
    }

    /// Ends the line, and begins the next one.
    mutating func end(to bytes: inout [UInt8]) {
        exact.appendLineEnd(to: &bytes)
        isAtStart = true
    }
}
