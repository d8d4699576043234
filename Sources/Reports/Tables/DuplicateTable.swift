import CampaignCore

/// One row for each number of a list that became no contact of its own.
struct DuplicateTable: ReportTable {
    let kind = ReportRowsKind.duplicates
    let hasOwnCells = false
    let columns = ["file", "line", "phone", "reason", "firstFile", "firstLine"]
    let textColumns = [
        TextColumn("file", width: 30),
        TextColumn("line", width: 9, isRightAligned: true),
        TextColumn("phone", width: 22),
        TextColumn("reason", width: 19),
        TextColumn("firstFile", width: 30),
        TextColumn("firstLine", width: 9, isRightAligned: true),
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
