/// A cell that is not empty; its text is in the ``SheetReader`` it came from, until that reads on.
package struct SheetCell: Hashable, Sendable {
    /// What a cell holds, as it is stored, not as it is shown. For a formula it is what it came to when the workbook was
    /// saved.
    package enum Kind: UInt8, Hashable, Sendable {
        /// Text.
        case text
        /// A number in decimal digits, such as `5512940468989` or `-0.5`; with zeros in front where the cell's format
        /// demands as many digits (`00000000000`).
        case number
        /// A number with more digits than the 15 that Excel keeps, such as a bar code or a card number typed as a
        /// number: its last digits are lost. The text is as in the file.
        case inexactNumber
        /// A day, time or both in ISO 8601: `2026-11-30`, `2026-11-30T09:00`, `09:00`, with seconds if there are any. A
        /// duration may have more than 24 hours: `36:00`.
        case date
        /// A number with the format of a date that is none, such as Excel's 1900-02-29. The text is as in the file.
        case impossibleDate
        /// `TRUE` or `FALSE`.
        case boolean
        /// An error, such as `#N/A`.
        case error
        /// A formula without its result: the program that wrote the file did not compute it. The text is empty.
        case emptyFormula
        /// A value that does not fit its type, such as a number that is none. The text is as in the file.
        case malformed
    }

    /// From 0 for `A` on.
    package var column: Int { Int(columnNumber) }
    /// What it holds.
    package let kind: Kind
    /// Whether a formula computed it.
    package let isFormula: Bool
    /// Whether its column is hidden: by hand, by a group that is folded, or by a width of 0.
    package let isColumnHidden: Bool
    /// Whether the text is in the table of shared texts.
    let isShared: Bool
    private let columnNumber: UInt16
    /// Where the text begins in the row's bytes, or its index in the table of shared texts.
    let place: Int32
    /// Bytes of the text, if it is not shared.
    let byteCount: Int32

    init(_ place: CellPlace, kind: Kind, start: Int, count: Int, isShared: Bool = false) {
        columnNumber = UInt16(truncatingIfNeeded: place.column)
        self.kind = kind
        isFormula = place.isFormula
        isColumnHidden = place.isColumnHidden
        self.isShared = isShared
        self.place = Int32(truncatingIfNeeded: start)
        byteCount = Int32(truncatingIfNeeded: count)
    }

    /// A column as Excel names it: `A` for 0, `AA` for 26.
    package static func columnName(_ column: Int) -> String {
        var rest = column + 1
        var letters: [UInt8] = []
        while rest > 0 {
            letters.append(UInt8(truncatingIfNeeded: 0x41 + (rest - 1) % 26))
            rest = (rest - 1) / 26
        }
        return String(decoding: letters.reversed(), as: UTF8.self)
    }
}

/// Where a cell is, and what is known of it before its value.
struct CellPlace {
    var column = 0
    var isFormula = false
    var isColumnHidden = false
}
