import CampaignCore
import Foundation

/// One row for each rejected row of a list: its own cells unchanged, and what is wrong with it.
struct RejectTable: ReportTable {
    let kind = ReportRowsKind.rejects
    let returnsOwnCells = true
    let columns: [ReportColumn] = [
        .rejectedFile, .rejectedLine, .rejectedReason, .rejectedSuggestion, .raw, .rawBase64,
    ]
    let jsonOnly: Set<ReportColumn> = [.raw, .rawBase64]
    let textColumns = [
        TextColumn(.rejectedFile, width: 20),
        TextColumn(.rejectedLine, width: 12, isRightAligned: true),
        TextColumn(.rejectedReason, width: 18),
        TextColumn(.raw, width: 30),
        TextColumn(.rejectedSuggestion, width: 80),
    ]

    func ownCells(of row: RejectRow) -> [String] { row.own }

    /// `raw` is always readable text; `rawBase64` has the bytes if they are not UTF-8.
    func cells(of row: RejectRow) -> [ReportCell] {
        let isPlain = !row.raw.contains(0) && String(validating: row.raw, as: UTF8.self) != nil
        return [
            .text(row.file),
            .number(row.line),
            .text(row.reason),
            .text(row.suggestion),
            .text(row.text),
            isPlain ? .absent : .text(Data(row.raw).base64EncodedString()),
        ]
    }
}

/// One row for each duplicate number of a list.
struct DuplicateTable: ReportTable {
    let kind = ReportRowsKind.duplicates
    let hasOwnCells = false
    let columns: [ReportColumn] = [.file, .line, .phone, .reason, .firstFile, .firstLine]
    let textColumns = [
        TextColumn(.file, width: 30),
        TextColumn(.line, width: 9, isRightAligned: true),
        TextColumn(.phone, width: 22),
        TextColumn(.reason, width: 19),
        TextColumn(.firstFile, width: 30),
        TextColumn(.firstLine, width: 9, isRightAligned: true),
    ]

    func ownCells(of row: DuplicateRow) -> [String] { [] }

    func cells(of row: DuplicateRow) -> [ReportCell] {
        [
            .text(row.file),
            .number(row.line),
            .text(row.phone.text),
            .text(row.reason.rawValue),
            ReportCell(row.firstFile),
            ReportCell(row.firstLine),
        ]
    }
}
