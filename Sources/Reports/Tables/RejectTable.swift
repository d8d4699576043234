import CampaignCore
import Foundation

/// One row for each row of a list that was rejected: its own cells as they were, and what is wrong with it.
struct RejectTable: ReportTable {
    let kind = ReportRowsKind.rejects
    let returnsOwnCells = true
    let columns = RejectColumns.names + ["raw", "rawBase64"]
    let jsonOnly: Set = ["raw", "rawBase64"]
    let textColumns = [
        TextColumn("rejectedFile", width: 20),
        TextColumn("rejectedLine", width: 12, isRightAligned: true),
        TextColumn("rejectedReason", width: 18),
        TextColumn("raw", width: 30),
        TextColumn("rejectedSuggestion", width: 80),
    ]

    func ownCells(of row: RejectRow) -> [String] { row.own }

    /// `raw` is readable in any case; where the bytes are not those of UTF-8, `rawBase64` has them.
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
