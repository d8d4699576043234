/// Gathers the cells of a row. Its buffers are used again for every row.
struct RowBuilder {
    private(set) var number = 0
    private(set) var isHidden = false
    var cells: [SheetCell] = []
    var bytes: [UInt8] = []

    var columns = HiddenColumns()
    private(set) var hiddenRows = HiddenRows()
    /// The number of the first row with a cell that is not hidden.
    private(set) var firstVisibleRow: Int?
    /// Why the reading has to stop.
    private(set) var failure: WorkbookError?

    let sheet: Sheet
    let formats: [CellFormat]
    let textCount: Int
    let emptyTexts: Set<Int>
    let startsIn1904: Bool
    let limits: WorkbookLimits

    /// The number of the row before.
    private var before = 0
    private var hasNumber = false

    // The cell that is being read.
    private(set) var cell = CellPlace()
    private(set) var type = CellType.number
    private(set) var format = CellFormat.number
    private(set) var start = 0
    private(set) var hasValue = false

    init(sheet: Sheet, formats: [CellFormat], texts: TextStore, startsIn1904: Bool, limits: WorkbookLimits) {
        self.sheet = sheet
        self.formats = formats
        self.startsIn1904 = startsIn1904
        self.limits = limits
        textCount = texts.count
        emptyTexts = texts.emptyIndexes
    }

    /// A row begins.
    ///
    /// - Parameter number: nil when the file does not say it.
    mutating func begin(number written: Int?, isHidden: Bool) {
        cells.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        before = number
        number = written ?? before + 1
        self.isHidden = isHidden
        hasNumber = written != nil
        cell.column = -1
        checkNumber()
    }

    /// Goes back to before the row.
    mutating func discard() {
        number = before
        cells.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func checkNumber() {
        if number > WorkbookLimits.rows {
            fail(.limit(.rows(sheet: sheet.name, row: "\(number)", limit: WorkbookLimits.rows)))
        }
        if number <= before { failDamaged("row \(number)", "it comes after row \(before)") }
    }

    /// The row ends.
    ///
    /// - Returns: whether it has a cell that is not empty.
    mutating func finish() -> Bool {
        guard !cells.isEmpty else { return false }
        if isHidden {
            hiddenRows.insert(number)
        } else if firstVisibleRow == nil {
            firstVisibleRow = number
        }
        return true
    }

    /// A cell begins. Without a name it follows the one before; a row without a number is where its first cell says.
    mutating func beginCell(_ written: CellStart) {
        let previous = cell.column
        cell = CellPlace(column: previous + 1)
        (type, format, hasValue, start) = (written.type, .number, false, bytes.count)
        if let style = written.style, style < formats.count { format = formats[style] }
        if let reference = written.reference {
            cell.column = reference.column
            if reference.row != number {
                guard !hasNumber, previous < 0, reference.row > number else {
                    return failName("\(SheetCell.columnName(reference.column))\(reference.row)")
                }
                number = reference.row
                checkNumber()
            }
        }
        hasNumber = true
        guard cell.column < WorkbookLimits.columns else {
            return fail(.limit(.columns(sheet: sheet.name, row: number, limit: WorkbookLimits.columns)))
        }
        if cell.column <= previous {
            failDamaged("cell \(cellName)", "it comes after cell \(SheetCell.columnName(previous))\(number)")
        }
        cell.isColumnHidden = columns.isHidden(cell.column)
    }

    /// The cell's value begins. There is one at most.
    mutating func beginValue() {
        hasValue = true
        if bytes.count > start { failDamaged("cell \(cellName)", "it has two values") }
    }

    /// The cell has a formula.
    mutating func beginFormula() {
        cell.isFormula = true
    }

    /// A piece of the cell's value, as it is in the file.
    @inline(__always)
    mutating func append(_ text: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: text)
        if bytes.count - start > EscapedText.mostBytes(characters: limits.textCharacters) { failTooLong() }
    }

    /// As Excel shows it, such as `B7`.
    var cellName: String { SheetCell.columnName(cell.column) + String(number) }

    mutating func fail(_ error: WorkbookError) {
        if failure == nil { failure = error }
    }

    mutating func failTooLong() {
        fail(.limit(.cellText(sheet: sheet.name, cell: cellName, limit: limits.textCharacters)))
    }

    mutating func failName(_ name: String) {
        failDamaged("row \(number)", "a cell in it is named “\(name)”")
    }

    mutating func failDamaged(_ place: String, _ reason: String) {
        fail(.damagedSheet(sheet: sheet.name, place: place, reason: reason))
    }
}

/// What a cell says about itself before its value.
struct CellStart {
    var reference: CellReference?
    var type = CellType.number
    var style: Int?
}

/// How a cell says what its value is (ECMA-376 part 1, 18.18.11).
enum CellType {
    case number, shared, formulaText, inlineText, boolean, error, date, unknown

    init(_ text: UnsafePointer<CChar>) {
        if equal(text, "s") {
            self = .shared
        } else if equal(text, "n") {
            self = .number
        } else if equal(text, "str") {
            self = .formulaText
        } else if equal(text, "inlineStr") {
            self = .inlineText
        } else if equal(text, "b") {
            self = .boolean
        } else if equal(text, "e") {
            self = .error
        } else {
            self = equal(text, "d") ? .date : .unknown
        }
    }
}
