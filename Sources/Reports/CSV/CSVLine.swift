import CampaignCore

/// One line of a CSV report while it is being built: some of its cells are made harmless, others are not.
///
/// An encoder treats all cells of a row alike, so each run of cells with the same treatment is encoded separately, and
/// the line ends between the runs are replaced by delimiters.
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
    private var cells: [String] = []
    private var runs: [(treatment: Treatment, end: Int)] = []

    init(isForExcel: Bool) {
        exact = CSVEncoder(delimiter: isForExcel ? .semicolon : .comma, writesByteOrderMark: isForExcel)
        var encoder = exact
        encoder.defusesFormulas = true
        defusing = encoder
    }

    /// The bytes before the first line of a file.
    var head: [UInt8] { exact.head }

    /// Adds a cell at the end.
    mutating func add(_ cell: String, as treatment: Treatment) {
        cells.append(cell)
        let last = runs.count - 1
        // An empty cell is the same either way and is treated like its neighbors.
        if last >= 0, cell.isEmpty || runs[last].treatment == treatment {
            runs[last].end = cells.count
        } else {
            runs.append((treatment, cells.count))
        }
    }

    /// Writes the line with its line end, and begins the next one.
    mutating func append(to bytes: inout [UInt8]) {
        var start = 0
        for run in runs {
            if start > 0 {
                bytes.removeLast(2)
                bytes.append(exact.delimiter.rawValue)
            }
            let encoder = run.treatment == .defused ? defusing : exact
            encoder.append(runs.count == 1 ? cells : Array(cells[start..<run.end]), to: &bytes)
            start = run.end
        }
        cells.removeAll(keepingCapacity: true)
        runs.removeAll(keepingCapacity: true)
    }
}
