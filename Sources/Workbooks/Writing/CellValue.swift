/// What a cell of a new workbook holds. Nothing is a formula, and no text becomes a number or a date.
package enum CellValue: Hashable, Sendable {
    /// Nothing.
    case empty
    /// Text, which stays text also when somebody edits the cell.
    case text(String)
    /// Text that heads a sheet.
    case title(String)
    /// Text that heads a column, or a block of rows.
    case heading(String)
    /// A whole number, written as it is: `1234567`.
    case number(Int)
    /// A whole number of things, with its thousands grouped as the reader's Excel does.
    case count(Int)
    /// A share in thousandths, shown in percent: `99.5 %`.
    case share(thousandths: Int)
    /// A day and a time of day, without a zone: milliseconds since 1970-01-01 00:00. What Excel has no date for becomes
    /// an empty cell: years before 1900-03-01 and after 9999.
    case dateTime(milliseconds: Int64)
}

/// The formats of cells, in the order of the part `xl/styles.xml`.
enum CellStyle: Int, CaseIterable {
    case plain
    case text
    case title
    case heading
    case number
    case count
    case share
    case dateTime

    private static let customFormat = 164

    /// The part.
    ///
    /// - Parameter dateFormat: how days and times are shown, in Excel's code.
    static func part(dateFormat: String) -> String {
        var code: [UInt8] = []
        CellText.appendEscaped(dateFormat, to: &code)
        let formats = """
            <numFmts count="2"><numFmt numFmtId="\(customFormat)" formatCode="\(String(decoding: code, as: UTF8.self))"/>\
            <numFmt numFmtId="\(customFormat + 1)" formatCode="0.0%"/></numFmts>
            """
        let fonts = ["", "<b/>", "<b/>"].enumerated().map { index, bold in
            "<font>\(bold)<sz val=\"\(index == 2 ? 14 : 11)\"/><name val=\"Calibri\"/><family val=\"2\"/></font>"
        }
        let fills = """
            <fills count="3"><fill><patternFill patternType="none"/></fill>\
            <fill><patternFill patternType="gray125"/></fill>\
            <fill><patternFill patternType="solid"><fgColor rgb="FFE7E6E6"/><bgColor indexed="64"/></patternFill></fill>\
            </fills>
            """
        return """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <styleSheet xmlns="\(WorkbookParts.main)">\(formats)<fonts count="3">\(fonts.joined())</fonts>\(fills)\
            <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
            <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
            <cellXfs count="\(allCases.count)">\(allCases.map(\.element).joined())</cellXfs>\
            <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
            """
    }

    /// The ids below 164 are built in: 1 is `0`, 3 is `#,##0`, 49 is text (ECMA-376 part 1, 18.8.30).
    private var element: String {
        let (format, font, fill) =
            switch self {
            case .plain: (0, 0, 0)
            case .text: (49, 0, 0)
            case .title: (49, 2, 0)
            case .heading: (49, 1, 2)
            case .number: (1, 0, 0)
            case .count: (3, 0, 0)
            case .share: (Self.customFormat + 1, 0, 0)
            case .dateTime: (Self.customFormat, 0, 0)
            }
        return """
            <xf numFmtId="\(format)" fontId="\(font)" fillId="\(fill)" borderId="0" xfId="0" applyNumberFormat="1" \
            applyFont="1" applyFill="1"/>
            """
    }
}
