/// Writes the rows of a sheet as XML.
struct CellWriter: Sendable {
    private static let millisecondsPerDay: Int64 = 86_400_000
    /// From 1899-12-30, Excel's day 0, to 1970-01-01.
    private static let daysTo1970: Int64 = 25_569
    /// 1900-03-01, before which Excel counts a day that never was, and the day after 9999-12-31.
    private static let days: Range<Int64> = 61..<2_958_466

    // As bytes, since there are millions of each.
    private static let rowStart = Array("<row r=\"".utf8)
    private static let tagEnd = Array("\">".utf8)
    private static let rowEnd = Array("</row>".utf8)
    private static let beforeStyle = Array("\" s=\"".utf8)
    private static let beforeText = Array("\" t=\"inlineStr\"><is><t".utf8)
    private static let spaces = Array(" xml:space=\"preserve\"".utf8)
    private static let textEnd = Array("</t></is></c>".utf8)
    private static let beforeValue = Array("\"><v>".utf8)
    private static let valueEnd = Array("</v></c>".utf8)

    /// How a cell of each column used so far begins: `<c r="A`.
    private var starts: [[UInt8]] = []

    mutating func append(_ cells: [CellValue], row: Int, to bytes: inout [UInt8]) {
        let row = Array(String(row).utf8)
        bytes += Self.rowStart
        bytes += row
        bytes += Self.tagEnd
        for (column, cell) in cells.prefix(WorkbookLimits.columns).enumerated() {
            if column == starts.count { starts.append(Array("<c r=\"\(SheetCell.columnName(column))".utf8)) }
            guard let style = Self.style(of: cell) else { continue }
            bytes += starts[column]
            bytes += row
            bytes += Self.beforeStyle
            // There are fewer than ten.
            bytes.append(UInt8(ascii: "0") + UInt8(style.rawValue))
            Self.append(cell, to: &bytes)
        }
        bytes += Self.rowEnd
    }

    /// Nil for a cell that is left out.
    private static func style(of cell: CellValue) -> CellStyle? {
        switch cell {
        case .empty: nil
        case .text(let text): text.isEmpty ? nil : .text
        case .title: .title
        case .heading: .heading
        case .number: .number
        case .count: .count
        case .share: .share
        case .dateTime(let milliseconds): days.contains(day(milliseconds)) ? .dateTime : nil
        }
    }

    /// What follows the number of the style.
    private static func append(_ cell: CellValue, to bytes: inout [UInt8]) {
        switch cell {
        case .empty: return
        case .text(let text), .title(let text), .heading(let text):
            bytes += beforeText
            if CellText.needsItsSpaces(text) { bytes += spaces }
            bytes.append(UInt8(ascii: ">"))
            CellText.append(text, to: &bytes)
            bytes += textEnd
        case .number(let number), .count(let number):
            appendValue(String(number), to: &bytes)
        case .share(let thousandths):
            appendValue(decimal(Int64(thousandths / 1000), Int64(thousandths % 1000), digits: 3), to: &bytes)
        case .dateTime(let milliseconds):
            let day = day(milliseconds)
            let rest = milliseconds - (day - daysTo1970) * millisecondsPerDay
            // Ten digits of a day are a hundredth of a millisecond; with the day they fit the 15 that Excel keeps.
            let part = (rest * 10_000_000_000 + millisecondsPerDay / 2) / millisecondsPerDay
            appendValue(decimal(day, part, digits: 10), to: &bytes)
        }
    }

    private static func appendValue(_ number: String, to bytes: inout [UInt8]) {
        bytes += beforeValue
        bytes += number.utf8
        bytes += valueEnd
    }

    private static func decimal(_ whole: Int64, _ part: Int64, digits: Int) -> String {
        let part = String(part)
        return "\(whole).\(String(repeating: "0", count: max(digits - part.utf8.count, 0)))\(part)"
    }

    private static func day(_ milliseconds: Int64) -> Int64 {
        let day = milliseconds / millisecondsPerDay
        return daysTo1970 + (milliseconds < day * millisecondsPerDay ? day - 1 : day)
    }
}
