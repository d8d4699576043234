extension WorkbookError: CustomStringConvertible {
    /// One sentence for people.
    package var description: String {
        switch self {
        case .unreadable(let reason): "The file cannot be read: \(reason); check its path and its permissions."
        case .otherFormat(let format): format.sentence
        case .cut:
            "The file is cut off: it begins like a workbook, and its end is missing; copy or download it again."
        case .damagedArchive(let reason):
            "The file is damaged (\(reason)); copy or download it again, or open it in Excel and save it anew."
        case .damagedPart(let part, let reason):
            "The part \(quoted(part)) of the workbook is damaged (\(reason)); copy or download the file again, or open it in Excel and save it anew."
        case .encryptedPart(let part):
            "The part \(quoted(part)) of the workbook is encrypted; save the workbook in Excel without a password."
        case .damagedXML(let part, let line, let reason):
            "The part \(quoted(part)) of the workbook is damaged on line \(line) (\(reason)); open the file in Excel and save it anew."
        case .documentType(let part, let line):
            "The part \(quoted(part)) of the workbook has a document type on line \(line), which no spreadsheet program writes and which is refused as unsafe; open the file in Excel and save it anew."
        case .missingPart(let part):
            "The part \(quoted(part)) of the workbook is missing; open the file in Excel and save it anew."
        case .ambiguousPart(let part):
            "The archive has two files named \(quoted(part)); open the file in Excel and save it anew."
        case .noSheets: "The workbook has no sheets; open it in Excel and save it anew."
        case .noRows(let sheet):
            "The sheet \(quoted(sheet)) has no rows (it is a chart or a macro); choose another sheet."
        case .damagedSheet(let sheet, let place, let reason):
            "In the sheet \(quoted(sheet)), \(shown: place) cannot be read (\(shown: reason)); open the file in Excel and save it anew."
        case .temporaryFile(let folder, let reason):
            "A temporary file in \(quoted(folder)) cannot be used (\(reason)); free some space there, or set another folder for temporary files."
        case .limit(let exceeded): exceeded.sentence
        }
    }
}

extension WorkbookError.Exceeded {
    /// One sentence for people.
    fileprivate var sentence: String {
        switch self {
        case .archiveEntries(let limit):
            "The archive has more than \(limit) files, too many for a workbook; copy the list into a new workbook."
        case .directoryBytes(let limit):
            "The archive's directory has more than \(limit) bytes, too many for a workbook; copy the list into a new workbook."
        case .partBytes(let part, let limit):
            "The part \(quoted(part)) of the workbook has more than \(limit) bytes once unpacked, which is refused; copy the list alone into a new workbook, or split it."
        case .depth(let part, let line, let limit):
            "The part \(quoted(part)) of the workbook has more than \(limit) elements within each other on line \(line), which no spreadsheet program writes; open the file in Excel and save it anew."
        case .markupBytes(let part, let line, let limit):
            "The part \(quoted(part)) of the workbook has a tag or comment of more than \(limit) bytes on line \(line), which no spreadsheet program writes; open the file in Excel and save it anew."
        case .names(let part, let line, let limit):
            "The part \(quoted(part)) of the workbook has more than \(limit) different names of elements and attributes up to line \(line), which no spreadsheet program writes; open the file in Excel and save it anew."
        case .sheets(let limit): "The workbook has more than \(limit) sheets; copy the list into a new workbook."
        case .tables(let limit):
            "The sheet has more than \(limit) tables; copy the list into a new workbook and save that."
        case .tableBytes(let limit):
            "The tables of the sheet have more than \(limit) bytes once unpacked, which is refused; copy the list into a new workbook and save that."
        case .searchBytes(let limit):
            "The sheets of the workbook have more than \(limit) bytes before their first rows, too many to find the one with the list; choose it, or copy the list into a new workbook."
        case .relationships(let part, let limit):
            "The part \(quoted(part)) of the workbook refers to more than \(limit) others, which no spreadsheet program writes; copy the list into a new workbook."
        case .sharedTexts(let limit):
            "The workbook has more than \(limit) different texts, which is refused; split the list into several workbooks."
        case .formats(let limit):
            "The workbook has more than \(limit) cell formats; copy the list, values only, into a new workbook."
        case .sharedText(let number, let limit):
            "Text \(number) of the workbook's shared texts has more than \(limit) characters, the most that a cell can have; open the file in Excel and save it anew."
        case .cellText(let sheet, let cell, let limit):
            "In the sheet \(quoted(sheet)), cell \(cell) has more than \(limit) characters, the most that a cell can have; shorten it."
        case .rowBytes(let sheet, let row, let limit):
            "In the sheet \(quoted(sheet)), row \(row) has more than \(limit) bytes; remove columns that are not needed."
        case .rows(let sheet, let row, let limit):
            "In the sheet \(quoted(sheet)), row \(shown: row) is beyond the last one that a sheet can have, \(limit); open the file in Excel and save it anew."
        case .columns(let sheet, let row, let limit):
            "In the sheet \(quoted(sheet)), row \(row) has a cell beyond the last column that a sheet can have, \(limit) (XFD); open the file in Excel and save it anew."
        }
    }
}

extension FileFormat {
    /// One sentence for people.
    fileprivate var sentence: String {
        switch self {
        case .empty: "The file is empty; copy or download it again."
        case .encrypted:
            "The workbook is encrypted with a password; save it in Excel without one (File, Info, Protect Workbook)."
        case .oldExcel: "The file is in Excel's old format (.xls); open it in Excel and save it as .xlsx."
        case .binaryExcel: "The file is a binary workbook (.xlsb); open it in Excel and save it as .xlsx."
        case .excelXML: "The file is an XML spreadsheet of Excel 2003; open it in Excel and save it as .xlsx."
        case .openDocument: "The file is an OpenDocument spreadsheet (.ods); open it and save it as .xlsx."
        case .numbers: "The file is from Apple Numbers; export it as Excel (.xlsx) there."
        case .word: "The file is a Word document; copy its table into a workbook and save that as .xlsx."
        case .powerPoint: "The file is a presentation; copy its table into a workbook and save that as .xlsx."
        case .otherArchive: "The file is a ZIP archive without a workbook; unpack it if the list is in it."
        case .otherContainer: "The file is in an old Microsoft format that is not a workbook; save the list as .xlsx."
        case .html:
            "The file is a web page (HTML) that is merely named like a workbook; open it in Excel and save it as .xlsx."
        case .xml: "The file is XML and not a workbook; save the list as .xlsx."
        case .pdf: "The file is a PDF and not a workbook; ask for the list as .xlsx or CSV."
        case .text: "The file is text and not a workbook; if it is CSV, give it the extension .csv."
        case .unknown: "The file is not a workbook; save the list as .xlsx."
        }
    }
}

/// A name out of the file as it can be shown: on one line, without control characters, not endless.
private func quoted(_ name: String) -> String {
    "“\(shown(name))”"
}

private func shown(_ name: String) -> String { WorkbookError.shown(name) }

extension WorkbookError {
    /// A text of a file as it can be shown: on one line, without control characters, not endless.
    package static func shown(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars.prefix(120) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                text.unicodeScalars.append("\u{FFFD}")
            default: text.unicodeScalars.append(scalar)
            }
        }
        return name.unicodeScalars.count > 120 ? text + "…" : text
    }
}

extension DefaultStringInterpolation {
    /// What a file says, without quotation marks.
    fileprivate mutating func appendInterpolation(shown text: String) {
        appendLiteral(shown(text))
    }
}
