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

    /// `raw` is readable in any case; where that took replacement characters, or the bytes are those of UTF-16, `rawBase64`
    /// has the bytes.
    func cells(of row: RejectRow) -> [ReportCell] {
        let text = row.raw.contains(0) ? nil : String(validating: row.raw, as: UTF8.self)
        return [
            .text(row.file),
            .number(row.line),
            .text(row.reason),
            .text(row.suggestion),
            .text(text ?? String(decoding: row.raw, as: UTF8.self)),
            text == nil ? .text(Data(row.raw).base64EncodedString()) : .absent,
        ]
    }
}
