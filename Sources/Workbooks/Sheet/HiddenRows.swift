/// Which rows with cells are hidden: a bit for each, 128 KiB for a whole sheet.
struct HiddenRows {
    private(set) var count = 0
    /// The number of the first of them.
    private(set) var first: Int?
    private var bits: [UInt64] = []

    mutating func insert(_ row: Int) {
        guard 1...WorkbookLimits.rows ~= row else { return }
        count += 1
        if first == nil { first = row }
        let word = row / 64
        while bits.count <= word { bits.append(0) }
        bits[word] |= 1 << UInt64(row % 64)
    }

    /// Whether one of these rows is hidden.
    func contains(anyOf rows: Range<Int>) -> Bool {
        var row = max(1, rows.lowerBound)
        let end = min(rows.upperBound, bits.count * 64)
        while row < end {
            let word = bits[row / 64]
            if word == 0 {
                row = (row / 64 + 1) * 64
            } else if word >> UInt64(row % 64) & 1 == 1 {
                return true
            } else {
                row += 1
            }
        }
        return false
    }
}
