/// What a new sheet has beside its rows.
package struct SheetLayout: Hashable, Sendable {
    /// Its name; what Excel does not allow in one is replaced, and the name of an earlier sheet gets a number.
    package var name: String
    /// The first row, which stays visible, is repeated on every page, and has a filter; empty for a sheet without one.
    package var headings: [String]
    /// The width of each column, in digits.
    package var widths: [Int]

    package init(name: String, headings: [String], widths: [Int]) {
        self.name = name
        self.headings = headings
        self.widths = widths
    }

    func appendHead(isFirst: Bool, to bytes: inout [UInt8]) {
        bytes += WorkbookParts.head.utf8
        bytes += "<worksheet xmlns=\"\(WorkbookParts.main)\">".utf8
        bytes += "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>".utf8
        bytes += "<sheetViews><sheetView\(isFirst ? " tabSelected=\"1\"" : "") workbookViewId=\"0\"".utf8
        if headings.isEmpty {
            bytes += "/>".utf8
        } else {
            bytes += #"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>"#.utf8
            bytes += #"<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView>"#.utf8
        }
        bytes += "</sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>".utf8
        let columns = widths.prefix(WorkbookLimits.columns).enumerated().map { index, width in
            #"<col min="\#(index + 1)" max="\#(index + 1)" width="\#(min(max(width, 1), 255))" customWidth="1"/>"#
        }
        if !columns.isEmpty { bytes += "<cols>\(columns.joined())</cols>".utf8 }
        bytes += "<sheetData>".utf8
    }

    func appendFoot(filtered: String?, to bytes: inout [UInt8]) {
        bytes += "</sheetData>".utf8
        if let filtered { bytes += "<autoFilter ref=\"\(filtered.filter { $0 != "$" })\"/>".utf8 }
        bytes += #"<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>"#.utf8
        let orientation = headings.isEmpty ? "portrait" : "landscape"
        bytes += "<pageSetup paperSize=\"9\" fitToHeight=\"0\" orientation=\"\(orientation)\"/></worksheet>".utf8
    }

    /// The cells with a filter; nil for none.
    func filtered(rows: Int) -> String? {
        guard !headings.isEmpty else { return nil }
        let last = SheetCell.columnName(min(headings.count, WorkbookLimits.columns) - 1)
        return "$A$1:$\(last)$\(max(rows, 1))"
    }

    /// More than a row takes as XML, with what follows it.
    static func mostRowBytes(_ row: [CellValue]) -> Int {
        row.reduce(1024) { size, cell in
            switch cell {
            case .text(let text), .title(let text), .heading(let text): size + 7 * text.utf8.count + 100
            case .empty, .number, .count, .share, .dateTime: size + 100
            }
        }
    }
}

/// Names of sheets as Excel allows them: 1 to 31 UTF-16 units, without some characters, not twice in any case.
struct SheetNames: Sendable {
    private static let longest = 31
    private var used: Set<String> = []

    /// A name like this one.
    mutating func unused(for name: String) -> String {
        let legal = Self.legal(name)
        var candidate = legal
        var number = 2
        while !used.insert(candidate.lowercased()).inserted {
            let ending = " \(number)"
            candidate = Self.cut(legal, to: Self.longest - ending.utf16.count) + ending
            number += 1
        }
        return candidate
    }

    private static func legal(_ name: String) -> String {
        let kept = name.unicodeScalars.map { scalar -> Unicode.Scalar in
            scalar.value < 0x20 || "[]:*?/\\'".unicodeScalars.contains(scalar) ? " " : scalar
        }
        var text = String(String.UnicodeScalarView(kept))
        while text.first == " " { text.removeFirst() }
        text = cut(text, to: longest)
        while text.last == " " { text.removeLast() }
        // Excel keeps this one for itself.
        return text.isEmpty || text.lowercased() == "history" ? "Sheet" : text
    }

    private static func cut(_ text: String, to units: Int) -> String {
        var text = text
        while text.utf16.count > units { text.removeLast() }
        return text
    }
}
