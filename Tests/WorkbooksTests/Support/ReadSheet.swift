import Foundation
import TestWorkbook
import Workbooks

extension TestWorkbook {
    func read(limits: WorkbookLimits = WorkbookLimits()) throws -> ReadSheet {
        try ReadSheet.read(archive.bytes, limits: limits)
    }
}

/// What was read of a sheet, for comparing.
struct ReadSheet {
    var sheets: [Sheet] = []
    var numbers: [Int] = []
    var hidden: [Bool] = []
    var rows: [[String]] = []
    /// As `rows`, each as `B7 number! 12`, with `!` for a formula's.
    var cells: [String] = []
    var hiddenCells: [String] = []
    var hiddenColumns: [ClosedRange<Int>] = []
    var hiddenRows = 0
    var firstHiddenRow: Int?
    var isFiltered = false
    var hasUnappliedFilter = false
    var merges = 0
    var firstMerge: String?

    /// Reads the first sheet with rows of a file that consists of these bytes.
    static func read(_ bytes: [UInt8], limits: WorkbookLimits = WorkbookLimits()) throws -> ReadSheet {
        let file = FileManager.default.temporaryDirectory.appending(path: "workbook-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try read(path: file.path, limits: limits)
    }

    static func read(path: String, sheet name: String? = nil, limits: WorkbookLimits = WorkbookLimits()) throws
        -> ReadSheet
    {
        let workbook = try Workbook(path: path, limits: limits, temporaryFolder: NSTemporaryDirectory())
        var result = ReadSheet()
        result.sheets = workbook.sheets
        guard let sheet = workbook.sheets.first(where: { name == nil ? $0.hasRows : $0.name == name }) else {
            return result
        }
        let reader = try workbook.rows(of: sheet)
        while try reader.next() {
            result.numbers.append(reader.rowNumber)
            result.hidden.append(reader.isRowHidden)
            var row: [String] = []
            for cell in reader.cells {
                let text = try reader.string(of: cell)
                row.append(text)
                let name = SheetCell.columnName(cell.column) + String(reader.rowNumber)
                result.cells.append("\(name) \(cell.kind)\(cell.isFormula ? "!" : "") \(text)")
                if cell.isColumnHidden { result.hiddenCells.append(name) }
            }
            result.rows.append(row)
        }
        result.hiddenColumns = reader.hiddenColumns
        result.hiddenRows = reader.hiddenRows
        result.firstHiddenRow = reader.firstHiddenRow
        result.isFiltered = reader.isFiltered
        result.hasUnappliedFilter = reader.hasUnappliedFilter
        result.merges = reader.merges
        result.firstMerge = reader.firstMerge
        return result
    }

    /// A file beside `make.py`.
    static func file(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Files/\(name)").path
    }
}

/// The error with which something ends; nil when it does not.
func workbookError(_ body: () throws -> Void) -> WorkbookError? {
    do {
        try body()
        return nil
    } catch {
        return error as? WorkbookError
    }
}
