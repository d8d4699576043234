/// Which columns of a sheet are hidden.
struct HiddenColumns {
    /// By column; those beyond the end are as `others`.
    private var flags: [Bool] = []
    private var others = false

    @inline(__always)
    func isHidden(_ column: Int) -> Bool {
        column < flags.count ? flags[column] : others
    }

    /// All columns that nothing else is said about.
    mutating func hideOthers() {
        others = true
    }

    mutating func set(_ columns: Range<Int>, isHidden: Bool) {
        guard isHidden || others, !columns.isEmpty else { return }
        while flags.count < columns.upperBound { flags.append(others) }
        for column in columns { flags[column] = isHidden }
    }

    /// From 0 on, in rising order; without those that nothing is said about.
    var ranges: [ClosedRange<Int>] {
        var ranges: [ClosedRange<Int>] = []
        for column in flags.indices where flags[column] {
            if let last = ranges.last, last.upperBound == column - 1 {
                ranges[ranges.count - 1] = last.lowerBound...column
            } else {
                ranges.append(column...column)
            }
        }
        return ranges
    }
}
