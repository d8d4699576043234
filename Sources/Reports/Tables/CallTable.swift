import CampaignCore

/// One row for each contact: its own cells, where it stands, and what its last attempt gave.
struct CallTable: ReportTable {
    let kind = ReportRowsKind.calls
    let columns = [
        "phone", "state", "reason", "attempts", "zaapId", "messageId", "httpStatus", "error", "instance",
        "firstAttemptAt", "lastAttemptAt", "delivery", "deliveryError",
    ]

    func ownCells(of row: ContactRow) -> [String] { row.own }

    func cells(of row: ContactRow) -> [ReportCell] {
        [
            .text(row.phone.text),
            .text(row.state.rawValue),
            ReportCell(row.reason),
            .number(row.attempts),
            ReportCell(row.last?.receipt?.zaapId),
            ReportCell(row.last?.receipt?.messageId),
            ReportCell(row.last?.httpStatus),
            ReportCell(row.last?.error),
            ReportCell(row.last?.instance),
            ReportCell(row.firstAttemptAt),
            ReportCell(row.last?.startedAt),
            ReportCell(row.delivery),
            ReportCell(row.deliveryError),
        ]
    }
}
