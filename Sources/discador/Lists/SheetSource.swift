import CampaignCore
import Foundation
import Workbooks

/// The sheet of a workbook that is a list, row by row.
///
/// Rows and columns that are hidden, and rows that a filter leaves out, are people whom somebody has perhaps taken out of
/// the list. So are those on another sheet. Only the user can say: until then the sheet is read as a whole, so that other
/// problems are told first, and refused at its end.
final class SheetSource {
    /// As for a record of a CSV file.
    private static let maxRowBytes = WorkbookLimits().rowBytes

    /// The name of the sheet.
    let name: String
    private let file: String
    private let rows: SheetReader
    private let hidden: ListReader.HiddenCells?
    /// As many cells as the first row has: the header, in most lists.
    private var width = 0
    private var hiddenColumn: Int?
    private var last: SheetRow?
    private var isAtEnd = false

    /// Opens the workbook, and finds the sheet.
    ///
    /// - Parameter source: the same file.
    init(_ list: ListFile, _ source: ByteSource, _ reading: ListReader.Options) throws {
        guard source.size != nil else {
            throw Failure(
                .badInput,
                "\(list.name) is a workbook, which cannot be read from standard input or a pipe: save it in a file, and "
                    + "name that.")
        }
        for (option, isGiven) in [("--delimiter", reading.delimiter != nil), ("--encoding", reading.encoding != nil)]
        where isGiven {
            throw Failure(.usage, "\(option) is for CSV files, and \(list.name) is a workbook: leave it out.")
        }
        file = list.name
        hidden = reading.hidden
        (name, rows) = try Self.translatingErrors(list.name) {
            let workbook = try Workbook(path: list.path == "-" ? "/dev/stdin" : list.path)
            let sheet = try Self.sheet(of: workbook, named: reading.sheet, in: list.name)
            return (sheet.name, try workbook.rows(of: sheet))
        }
    }

    /// Hidden rows that have been left out so far.
    var leftOutRows: Int { hidden == .skip ? rows.hiddenRows : 0 }

    /// The next row that belongs to the list; nil at the end.
    ///
    /// - Throws: ``Failure``, at the end, if something is hidden and the user has not said what to do with it.
    func next() throws -> SheetRow? {
        guard !isAtEnd else { return nil }
        return try Self.translatingErrors(file) {
            while try rows.next() {
                guard !rows.isRowHidden || hidden != .skip else { continue }
                if let row = try row() { return row }
            }
            isAtEnd = true
            try refuseHidden()
            return nil
        }
    }

    /// The row that was read last; nil when nothing of it belongs to the list.
    private func row() throws -> SheetRow? {
        var row = SheetRow(number: rows.rowNumber, like: last)
        for cell in rows.cells {
            if cell.isColumnHidden {
                hiddenColumn = min(hiddenColumn ?? cell.column, cell.column)
                if hidden == .skip { continue }
            }
            guard cell.kind != .emptyFormula else { throw unknownResult(cell, row.number) }
            row.pad(to: place(of: cell.column))
            let isNumber =
                switch cell.kind {
                case .number, .inexactNumber, .impossibleDate, .malformed: true
                case .text, .date, .boolean, .error, .emptyFormula: false
                }
            try rows.withText(of: cell) { row.append($0, isNumber: isNumber) }
            // The workbook's own limit does not count texts that many cells share.
            guard row.byteCount <= Self.maxRowBytes else {
                throw WorkbookError.limit(.rowBytes(sheet: name, row: row.number, limit: Self.maxRowBytes))
            }
        }
        guard row.count > 0 else { return nil }
        if width == 0 { width = row.count }
        row.pad(to: width)
        last = row
        return row
    }

    /// A column's place among those that belong to the list.
    private func place(of column: Int) -> Int {
        guard hidden == .skip else { return column }
        return column
            - rows.hiddenColumns.reduce(0) { $0 + max(0, min($1.upperBound + 1, column) - $1.lowerBound) }
    }

    // MARK: What only the user can say

    private static func sheet(of workbook: Workbook, named name: String?, in file: String) throws -> Sheet {
        let all = workbook.sheets.filter(\.hasRows)
        if let name {
            let sheet =
                all.first { $0.name == name }
                ?? all.first { $0.name.lowercased() == name.lowercased() }
                ?? Int(name).flatMap { all.indices.contains($0 - 1) ? all[$0 - 1] : nil }
            guard let sheet else {
                throw Failure(.usage, "\(file) has no sheet “\(name)”; it has \(quoted(all)).")
            }
            return sheet
        }
        let visible = all.filter { $0.visibility == .visible }
        let filled = try workbook.filled(visible)
        guard filled.count != 1 else { return filled[0] }
        guard filled.isEmpty else {
            throw Failure(
                .badInput,
                "\(file) has several sheets with rows: \(quoted(filled)). Say which is the list with --sheet NAME; "
                    + "nothing was read.")
        }
        let others = all.filter { $0.visibility != .visible }
        throw Failure(
            .badInput,
            "\(file) has no rows\(others.isEmpty ? "" : " on a visible sheet; hidden are \(quoted(others))"): it needs a "
                + "header with column names, and rows\(others.isEmpty ? "" : ", or choose a sheet with --sheet NAME").")
    }

    private func refuseHidden() throws {
        if hidden == nil {
            var found: [String] = []
            if let first = rows.firstHiddenRow {
                found.append("\(rows.hiddenRows.counted("hidden row")) (the first is row \(first))")
            }
            if let hiddenColumn {
                found.append("values in hidden columns (the first is column \(SheetCell.columnName(hiddenColumn)))")
            }
            guard found.isEmpty else {
                throw Failure(
                    .badInput,
                    "The sheet “\(name)” of \(file) has \(found.joined(separator: " and ")), perhaps left out by a filter: "
                        + "--hidden skip reads only what is visible, --hidden take reads all. Nothing was imported.")
            }
        }
        guard rows.hasUnappliedFilter, hidden != .take else { return }
        throw Failure(
            .badInput,
            "The sheet “\(name)” of \(file) has a filter, but does not say which rows it leaves out: open the file in "
                + "Excel or LibreOffice, apply the filter again and save it, or read all rows with --hidden take. Nothing "
                + "was imported.")
    }

    private func unknownResult(_ cell: SheetCell, _ row: Int) -> Failure {
        Failure(
            .badInput,
            "\(file):\(row): cell \(SheetCell.columnName(cell.column))\(row) has a formula without a result, since the "
                + "program that wrote the file did not compute it: open the file in Excel or LibreOffice, and save it.")
    }

    private static func quoted(_ sheets: [Sheet]) -> String {
        sheets.map { "“\($0.name)”" }.joined(separator: ", ")
    }

    // MARK: Kinds of files

    /// Whether a list is to be read as a workbook, by its first bytes or its name.
    ///
    /// - Throws: ``Failure`` for a file that is neither a workbook nor text.
    static func isWorkbook(_ list: ListFile, beginningWith bytes: [UInt8]) throws -> Bool {
        let ending = URL(fileURLWithPath: list.name).pathExtension.lowercased()
        if ["xlsx", "xlsm"].contains(ending) { return true }
        guard let format = FileFormat(head: bytes) else { return true }
        switch format {
        case .oldExcel, .html, .excelXML: throw failure(list.name, WorkbookError.otherFormat(format))
        case .empty, .text, .unknown, .encrypted, .binaryExcel, .openDocument, .numbers, .word, .powerPoint,
            .otherArchive, .otherContainer, .xml, .pdf:
            return false
        }
    }

    /// Refuses what is said about a workbook for a list that is none.
    static func refuseChoices(of reading: ListReader.Options, for list: ListFile) throws {
        guard reading.sheet != nil || reading.hidden != nil else { return }
        throw Failure(
            .usage,
            "\(reading.sheet != nil ? "--sheet" : "--hidden") is for workbooks (.xlsx), and \(list.name) is none: leave it "
                + "out.")
    }

    private static func failure(_ file: String, _ error: WorkbookError) -> Failure {
        Failure(.badInput, Phrase(verbatim: "\(file): ") + error.phrase)
    }

    private static func translatingErrors<T>(_ file: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as WorkbookError {
            throw failure(file, error)
        }
    }
}
