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
                Phrase(
                    "\(list.name) is a workbook, which cannot be read from standard input or a pipe: save it in a file, "
                        + "and name that.",
                    "\(list.name) é uma planilha (.xlsx), que não pode ser lida da entrada padrão nem de um pipe: salve-a "
                        + "em um arquivo e indique esse arquivo."))
        }
        for (option, isGiven) in [("--delimiter", reading.delimiter != nil), ("--encoding", reading.encoding != nil)]
        where isGiven {
            throw Failure(
                .usage,
                Phrase(
                    "\(option) is for CSV files, and \(list.name) is a workbook: leave it out.",
                    "\(option) é para arquivos CSV, e \(list.name) é uma planilha (.xlsx): não use essa opção."))
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
                throw Failure(
                    .usage,
                    Phrase(
                        "\(file) has no sheet “\(name)”; it has \(quoted(all)).",
                        "\(file) não tem a planilha “\(name)”; tem \(quoted(all))."))
            }
            return sheet
        }
        let visible = all.filter { $0.visibility == .visible }
        let filled = try workbook.filled(visible)
        guard filled.count != 1 else { return filled[0] }
        guard filled.isEmpty else {
            throw Failure(
                .badInput,
                Phrase(
                    "\(file) has several sheets with rows: \(quoted(filled)). Say which is the list with --sheet NAME; "
                        + "nothing was read.",
                    "\(file) tem várias planilhas com linhas: \(quoted(filled)). Diga qual é a lista com --sheet NOME; "
                        + "nada foi lido."))
        }
        let others = all.filter { $0.visibility != .visible }
        throw Failure(
            .badInput,
            Phrase { language in
                let hidden = language.text(
                    " on a visible sheet; hidden are \(quoted(others))",
                    " em uma planilha visível; estão ocultas \(quoted(others))")
                let choice = language.text(
                    ", or choose a sheet with --sheet NAME", ", ou escolha uma planilha com --sheet NOME")
                return language.text(
                    "\(file) has no rows\(others.isEmpty ? "" : hidden): it needs a header with column names, and rows"
                        + "\(others.isEmpty ? "" : choice).",
                    "\(file) não tem linhas\(others.isEmpty ? "" : hidden): precisa de um cabeçalho com os nomes das "
                        + "colunas e de linhas\(others.isEmpty ? "" : choice).")
            })
    }

    private func refuseHidden() throws {
        if hidden == nil {
            let found = foundHidden
            guard found.isEmpty else {
                let (english, portuguese) = (found.map(\.english).inWords(.english), found.map(\.portuguese))
                throw Failure(
                    .badInput,
                    Phrase(
                        "The sheet “\(name)” of \(file) has \(english), perhaps left out by a filter: "
                            + "--hidden skip reads only what is visible, --hidden take reads all. Nothing was imported.",
                        "A planilha “\(name)” de \(file) tem \(portuguese.inWords(.portuguese)), talvez fora de um "
                            + "filtro: --hidden skip lê só o que está visível, --hidden take lê tudo. Nada foi importado."
                    ))
            }
        }
        guard rows.hasUnappliedFilter, hidden != .take else { return }
        throw Failure(
            .badInput,
            Phrase(
                "The sheet “\(name)” of \(file) has a filter, but does not say which rows it leaves out: open the file in "
                    + "Excel or LibreOffice, apply the filter again and save it, or read all rows with --hidden take. "
                    + "Nothing was imported.",
                "A planilha “\(name)” de \(file) tem um filtro, mas não diz quais linhas ele deixa de fora: abra o arquivo "
                    + "no Excel ou no LibreOffice, aplique o filtro de novo e salve, ou leia todas as linhas com "
                    + "--hidden take. Nada foi importado."))
    }

    private var foundHidden: [Phrase] {
        var found: [Phrase] = []
        if let first = rows.firstHiddenRow {
            let count = rows.hiddenRows
            found.append(
                Phrase(
                    "\(count.counted("hidden row")) (the first is row \(first))",
                    "\(count.counted("linha oculta", "linhas ocultas")) (a primeira é a linha \(first))"))
        }
        if let hiddenColumn {
            let column = SheetCell.columnName(hiddenColumn)
            found.append(
                Phrase(
                    "values in hidden columns (the first is column \(column))",
                    "valores em colunas ocultas (a primeira é a coluna \(column))"))
        }
        return found
    }

    private func unknownResult(_ cell: SheetCell, _ row: Int) -> Failure {
        let place = "\(SheetCell.columnName(cell.column))\(row)"
        return Failure(
            .badInput,
            Phrase(
                "\(file):\(row): cell \(place) has a formula without a result, since the program that wrote the file did "
                    + "not compute it: open the file in Excel or LibreOffice, and save it.",
                "\(file):\(row): a célula \(place) tem uma fórmula sem resultado, pois o programa que gravou o arquivo não "
                    + "a calculou: abra o arquivo no Excel ou no LibreOffice e salve."))
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
        case .html where !ending.hasPrefix("xl"): throw webPage(list.name)
        case .oldExcel, .html, .excelXML: throw failure(list.name, WorkbookError.otherFormat(format))
        case .empty, .text, .unknown, .encrypted, .binaryExcel, .openDocument, .numbers, .word, .powerPoint,
            .otherArchive, .otherContainer, .xml, .pdf:
            return false
        }
    }

    private static func webPage(_ name: String) -> Failure {
        Failure(
            .badInput,
            Phrase(
                "\(name): The file is a web page (HTML) and not a list; open it in Excel and save it as .xlsx, or ask for "
                    + "the list as CSV.",
                "\(name): O arquivo é uma página da web (HTML) e não uma lista; abra-o no Excel e salve-o como .xlsx, ou "
                    + "peça a lista em CSV."))
    }

    /// Refuses what is said about a workbook for a list that is none.
    static func refuseChoices(of reading: ListReader.Options, for list: ListFile) throws {
        guard reading.sheet != nil || reading.hidden != nil else { return }
        let option = reading.sheet != nil ? "--sheet" : "--hidden"
        throw Failure(
            .usage,
            Phrase(
                "\(option) is for workbooks (.xlsx), and \(list.name) is none: leave it out.",
                "\(option) é para planilhas (.xlsx), e \(list.name) não é uma: não use essa opção."))
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
