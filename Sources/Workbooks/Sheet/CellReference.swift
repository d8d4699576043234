/// A cell as files name it, such as `B7`.
struct CellReference {
    /// From 0 on; may be beyond a sheet's last column.
    var column: Int
    /// From 1 on; may be beyond a sheet's last row.
    var row: Int

    /// Nil for anything but letters and digits in their order.
    @inline(__always)
    init?(_ text: UnsafePointer<CChar>, until end: CChar = 0) {
        var next = text
        var column = 0
        while true {
            let letter = (Int(next.pointee) | 0x20) - 0x60
            guard letter >= 1, letter <= 26, column < 1 << 24 else { break }
            column = column * 26 + letter
            next += 1
        }
        guard column > 0, let row = wholeNumber(next, until: end), row > 0 else { return nil }
        self.column = column - 1
        self.row = row
    }
}
