/// Takes a sheet apart (ECMA-376 part 1, 18.3.1), one row at a time: it pauses after each row with a cell in it.
final class SheetHandler: XMLHandler {
    /// Which element the next one is expected in.
    private enum Context {
        case outside, sheet, columns, rows, row, cell, value, formula, text, merges, filter, tables
    }

    /// The row that was read last, or is being read.
    private(set) var row: RowBuilder
    private(set) var merges = 0
    private(set) var firstMerge: String?
    /// The sheet's own filters with a condition.
    private(set) var filters: [RowFilter] = []
    /// Whether the sheet says that some filter leaves rows out.
    private(set) var isInFilterMode = false

    let texts: TextStore
    private var context = Context.outside
    private var skipped = 0
    private var runs = TextRuns()
    private var filter: RowFilter?
    /// Elements around what is read now that merely wrap alternatives: all of them count.
    private var alternatives = 0
    /// The relationships that lead to tables; nil where those do not matter.
    private let tables: Set<String>?

    init(
        sheet: Sheet, styles: Styles, texts: SharedTexts, startsIn1904: Bool, tables: Set<String>?,
        limits: WorkbookLimits
    ) {
        self.tables = tables
        self.texts = texts.store
        row = RowBuilder(
            sheet: sheet, formats: styles.formats, texts: texts.store, startsIn1904: startsIn1904, limits: limits)
    }

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        if skipped > 0 {
            skipped += 1
            return
        }
        switch context {
        case .rows:
            if name == "row" { startRow(attributes) } else { skipped = 1 }
        case .row:
            if name.isLetter("c") { startCell(attributes) } else { skipped = 1 }
        case .cell: startInCell(name)
        case .text: runs.start(name)
        case .outside:
            context = .sheet
            if !(name == "worksheet") { row.failDamaged("its part", "it is no worksheet") }
        case .sheet: startInSheet(name, attributes)
        case .columns:
            skipped = 1
            if name == "col" { addColumns(attributes) }
        case .merges:
            skipped = 1
            if name == "mergeCell" { addMerge(attributes) }
        case .filter: filter?.start(name, attributes)
        case .tables:
            skipped = 1
            if name == "tablePart" { checkTable(attributes) }
        case .value, .formula: skipped = 1
        }
        stopIfFailed()
    }

    override func text(_ text: UnsafeRawBufferPointer) {
        guard context == .value || context == .text && runs.isInText, skipped == 0 else { return }
        row.append(text)
        stopIfFailed()
    }

    override func end() {
        if skipped > 0 {
            skipped -= 1
            return
        }
        switch context {
        case .value, .formula: context = .cell
        case .text: if runs.end() { context = .cell }
        case .cell:
            context = .row
            row.finishCell()
            stopIfFailed()
        case .row:
            context = .rows
            if row.finish() { pause() }
        case .filter: endInFilter()
        case .rows, .columns, .merges, .tables: context = .sheet
        case .sheet: if alternatives > 0 { alternatives -= 1 } else { context = .outside }
        case .outside: context = .outside
        }
    }

    override var shortcutMark: StaticString? { "<row" }
    override var isAtShortcut: Bool { context == .rows && skipped == 0 }

    override func takeShortcut(_ bytes: UnsafeRawBufferPointer) -> XMLShortcut {
        let shortcut = row.scan(bytes)
        stopIfFailed()
        return shortcut
    }

    private func stopIfFailed() {
        if let failure = row.failure { fail(failure) }
    }

    private func startInSheet(_ name: XMLName, _ attributes: XMLAttributes) {
        if name == "sheetData" {
            context = .rows
            if alternatives > 0 { row.failDamaged("the list of rows", "it is one of several alternatives") }
        } else if name == "cols" {
            context = .columns
        } else if name == "mergeCells" {
            context = .merges
        } else if name == "autoFilter" {
            context = .filter
            filter = RowFilter(attributes)
        } else if name == "tableParts" {
            context = .tables
        } else if name.isAlternative {
            alternatives += 1
        } else {
            skipped = 1
            if name == "sheetFormatPr", attributes.isTiny("defaultColWidth") { row.columns.hideOthers() }
            if name == "sheetPr", attributes.isTrue("filterMode") { isInFilterMode = true }
        }
    }

    /// A table that cannot be found may have a filter.
    private func checkTable(_ attributes: XMLAttributes) {
        let id = attributes.prefixedString("id")
        if let tables, id.map({ !tables.contains($0) }) ?? true {
            row.failDamaged("table “\(id ?? "")”", "it is not among the sheet's relationships")
        }
    }

    private func endInFilter() {
        guard filter?.end() != false else { return }
        if let filter, filter.hasCondition { filters.append(filter) }
        (filter, context) = (nil, .sheet)
    }

    private func addColumns(_ attributes: XMLAttributes) {
        guard let first = attributes.number("min"), let last = attributes.number("max"), first >= 1, first <= last
        else {
            return row.failDamaged("the list of columns", "a column has no number")
        }
        let isHidden = attributes.isTrue("hidden") || attributes.isTiny("width")
        guard row.number == 0 || !isHidden else {
            return row.failDamaged("the list of columns", "it is after the rows")
        }
        let end = min(last, WorkbookLimits.columns)
        if first <= end { row.columns.set(first - 1..<end, isHidden: isHidden) }
    }

    private func addMerge(_ attributes: XMLAttributes) {
        merges += 1
        if firstMerge == nil { firstMerge = attributes.string("ref").map { String($0.prefix(32)) } }
    }

    private func startRow(_ attributes: XMLAttributes) {
        context = .row
        var number: Int?
        var isHidden = false
        var pointer = attributes.list
        while let attribute = pointer[0] {
            defer { pointer += 2 }
            guard let value = pointer[1] else { continue }
            if attribute[0] == 0x72, attribute[1] == 0 {
                number = wholeNumber(value)
                if number == nil { row.failDamaged("row “\(String(cString: value))”", "it is not numbered") }
            } else if equal(attribute, "hidden") && isTrueText(value) || equal(attribute, "ht") && isTinyText(value) {
                isHidden = true
            }
        }
        row.begin(number: number, isHidden: isHidden)
    }

    private func startCell(_ attributes: XMLAttributes) {
        context = .cell
        var cell = CellStart()
        var pointer = attributes.list
        while let attribute = pointer[0] {
            defer { pointer += 2 }
            guard attribute[0] != 0, attribute[1] == 0, let value = pointer[1] else { continue }
            switch UInt8(bitPattern: attribute[0]) {
            case UInt8(ascii: "r"):
                cell.reference = CellReference(value)
                if cell.reference == nil { row.failName(String(cString: value)) }
            case UInt8(ascii: "t"): cell.type = CellType(value)
            case UInt8(ascii: "s"): cell.style = wholeNumber(value)
            default: break
            }
        }
        row.beginCell(cell)
    }

    private func startInCell(_ name: XMLName) {
        if name.isLetter("v") {
            context = .value
            row.beginValue()
        } else if name.isLetter("f") {
            context = .formula
            row.beginFormula()
        } else if name == "is", row.type == .inlineText {
            context = .text
            runs = TextRuns()
        } else {
            skipped = 1
        }
    }
}
